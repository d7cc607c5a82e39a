//! What is wrong in the files, each fault with its file, line and column.

use std::fmt;

/// Most faults that are told at once; the rest is only counted.
pub const MAX_FAULTS: usize = 50;

/// A line of a file; line 0 is the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: std::sync::Arc<str>,
    pub line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.file),
            line => write!(f, "{}:{line}", self.file),
        }
    }
}

/// One thing that is wrong: `seed/yangquan/ambulances.csv:17: class: unknown variant E`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub place: Place,
    /// Empty if the fault belongs to no single column.
    pub column: String,
    pub detail: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column.as_str() {
            "" => write!(f, "{}: {}", self.place, self.detail),
            column => write!(f, "{}: {column}: {}", self.place, self.detail),
        }
    }
}

/// All faults that were found, the first [`MAX_FAULTS`] in full.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    list: Vec<Fault>,
    /// Faults beyond the limit.
    more: usize,
}

impl Faults {
    /// Notes a fault.
    pub fn add(&mut self, place: &Place, column: &str, detail: impl Into<String>) {
        if self.list.len() == MAX_FAULTS {
            self.more += 1;
            return;
        }
        self.list.push(Fault {
            place: place.clone(),
            column: column.to_owned(),
            detail: detail.into(),
        });
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are, told or not.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len() + self.more
    }

    /// The faults, in the order in which they were found.
    #[must_use]
    pub fn list(&self) -> &[Fault] {
        &self.list
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "nothing was loaded; {} fault(s) in the files:",
            self.count()
        )?;
        for fault in &self.list {
            writeln!(f, "  {fault}")?;
        }
        match self.more {
            0 => Ok(()),
            more => writeln!(f, "  and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_faults_are_told() {
        let place = Place {
            file: "seed/x.csv".into(),
            line: 3,
        };
        let mut faults = Faults::default();
        for _ in 0..MAX_FAULTS + 7 {
            faults.add(&place, "class", "unknown variant E");
        }
        assert_eq!(faults.list().len(), MAX_FAULTS);
        let text = faults.to_string();
        assert!(text.contains("57 fault(s)"), "{text}");
        assert!(
            text.contains("  seed/x.csv:3: class: unknown variant E\n"),
            "{text}"
        );
        assert!(text.ends_with("and 7 more\n"), "{text}");
    }
}
