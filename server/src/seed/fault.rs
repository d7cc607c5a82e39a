//! What is wrong in the files, each fault with its file, line and column.

use std::fmt;

use chiyuan_core::RejectionCode;

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

/// What kind of fault it is; its word is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultCode {
    /// The file, or a line of it, cannot be read.
    Unreadable,
    /// A column is unknown, doubled or missing.
    Columns,
    /// A line has more or fewer cells than the header.
    Width,
    /// There are more rows than can be taken.
    TooMany,
    /// A value that may not be left out.
    Empty,
    /// The value is not of the form of its column.
    Malformed,
    /// The id or code stands in another row too.
    Duplicate,
    UnknownReference,
    /// Rows that are right alone contradict each other.
    Contradiction,
    /// A row that this one names is wrong.
    DependsOnError,
    /// The rules refuse the row.
    Refused(RejectionCode),
}

impl FaultCode {
    /// The stable word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Columns => "columns",
            Self::Width => "width",
            Self::TooMany => "too_many",
            Self::Empty => "empty",
            Self::Malformed => "malformed",
            Self::Duplicate => "duplicate",
            Self::UnknownReference => "unknown_reference",
            Self::Contradiction => "contradiction",
            Self::DependsOnError => "depends_on_error",
            Self::Refused(code) => code.as_str(),
        }
    }
}

/// One thing that is wrong: `seed/yangquan/ambulances.csv:17: class: unknown variant E`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub place: Place,
    /// Empty if the fault belongs to no single column.
    pub column: String,
    pub code: FaultCode,
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

/// All faults that were found, the first of them in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    list: Vec<Fault>,
    most: usize,
    /// Faults beyond the limit.
    more: usize,
}

impl Default for Faults {
    fn default() -> Self {
        Self::at_most(MAX_FAULTS)
    }
}

impl Faults {
    /// No faults; so many will be told in full.
    #[must_use]
    pub fn at_most(most: usize) -> Self {
        Self {
            list: Vec::new(),
            most,
            more: 0,
        }
    }

    /// Notes a fault.
    pub fn add(&mut self, place: &Place, column: &str, code: FaultCode, detail: impl Into<String>) {
        if self.list.len() == self.most {
            self.more += 1;
            return;
        }
        self.list.push(Fault {
            place: place.clone(),
            column: column.to_owned(),
            code,
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
            faults.add(&place, "class", FaultCode::Malformed, "unknown variant E");
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
