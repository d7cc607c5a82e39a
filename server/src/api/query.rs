//! Query strings: every parameter known, checked, and named when it is wrong.

use std::borrow::Cow;

use actix_web::HttpRequest;
use chiyuan_core::{DivisionCode, Kind, unit::UnitStatus};
use chiyuan_geo::{Bounds, LonLat};

use super::error::{ApiError, Code};
use crate::picture::Filter;

/// Longest list in one parameter.
const MAX_LIST: usize = 64;
/// Most parameters of a request; no endpoint has as many.
const MAX_PARAMETERS: usize = 32;

/// The parameters of a query string. Most have nothing to decode and are taken as they stand.
fn split(text: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    text.split('&').filter_map(|pair| {
        if pair.contains(['%', '+']) || pair.is_empty() {
            return form_urlencoded::parse(pair.as_bytes()).next();
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((Cow::Borrowed(name), Cow::Borrowed(value)))
    })
}

/// The parameters of a request; whatever is not taken is unknown.
pub struct Query<'q> {
    pairs: Vec<(Cow<'q, str>, Cow<'q, str>)>,
}

impl<'q> Query<'q> {
    /// Splits the query string; a parameter may stand once.
    ///
    /// # Errors
    /// [`Code::MalformedQuery`].
    pub fn of(request: &'q HttpRequest) -> Result<Self, ApiError> {
        let mut pairs: Vec<(Cow<'q, str>, Cow<'q, str>)> = Vec::new();
        for (name, value) in split(request.query_string()) {
            if pairs.iter().any(|(given, _)| *given == name) {
                return Err(wrong(&format!("{} stands twice", name.escape_debug())));
            }
            if pairs.len() == MAX_PARAMETERS {
                return Err(wrong(&format!("more than {MAX_PARAMETERS} parameters")));
            }
            pairs.push((name, value));
        }
        Ok(Self { pairs })
    }

    /// Takes a parameter as text.
    pub fn text(&mut self, name: &str) -> Option<Cow<'q, str>> {
        let at = self.pairs.iter().position(|(given, _)| given == name)?;
        Some(self.pairs.swap_remove(at).1)
    }

    /// Takes a parameter of a type.
    ///
    /// # Errors
    /// [`Code::MalformedQuery`] if it is not of the type.
    pub fn take<T: std::str::FromStr>(&mut self, name: &str) -> Result<Option<T>, ApiError> {
        self.text(name)
            .map(|text| text.parse().map_err(|_| wrong(&format!("{name} is wrong"))))
            .transpose()
    }

    /// Takes a finite number.
    ///
    /// # Errors
    /// [`Code::MalformedQuery`].
    pub fn number(&mut self, name: &str) -> Result<Option<f64>, ApiError> {
        let number: Option<f64> = self.take(name)?;
        if number.is_some_and(|number| !number.is_finite()) {
            return Err(wrong(&format!("{name} is not finite")));
        }
        Ok(number)
    }

    /// Takes one of two words, the first of which is usual; true for the second.
    ///
    /// # Errors
    /// [`Code::MalformedQuery`] for any other word.
    pub fn choice(&mut self, name: &str, [usual, other]: [&str; 2]) -> Result<bool, ApiError> {
        match self.text(name).as_deref() {
            None => Ok(false),
            Some(word) if word == usual => Ok(false),
            Some(word) if word == other => Ok(true),
            Some(_) => Err(wrong(&format!("{name} is {usual} or {other}"))),
        }
    }

    /// Takes `limit`.
    ///
    /// # Errors
    /// [`Code::LimitOutOfRange`] outside 1..=1000.
    pub fn limit(&mut self, default: usize) -> Result<usize, ApiError> {
        let limit = self.take("limit")?.unwrap_or(default);
        if (1..=1_000).contains(&limit) {
            return Ok(limit);
        }
        Err(ApiError::new(
            Code::LimitOutOfRange,
            "limit lies in 1..=1000",
        ))
    }

    /// Takes `lon` and `lat`.
    ///
    /// # Errors
    /// [`Code::MalformedQuery`] if one is missing or out of range.
    pub fn place(&mut self) -> Result<LonLat, ApiError> {
        let lon = self.number("lon")?.ok_or_else(|| wrong("lon is missing"))?;
        let lat = self.number("lat")?.ok_or_else(|| wrong("lat is missing"))?;
        LonLat::new(lon, lat).map_err(|error| wrong(&error.to_string()))
    }

    /// Takes the filters that `resources`, `nearest` and `within` share.
    ///
    /// # Errors
    /// [`Code::MalformedQuery`].
    pub fn filter(&mut self) -> Result<Filter, ApiError> {
        Ok(Filter {
            kinds: self.list("kind", |word| {
                Kind::parse(word).filter(|kind| kind.is_placed())
            })?,
            statuses: self.list("status", UnitStatus::parse)?,
            capabilities: self.list("capability", |word| {
                (word.len() <= 192).then(|| word.to_owned())
            })?,
            jurisdictions: self.list("jurisdiction", |word| DivisionCode::new(word).ok())?,
            available: self.take("available")?,
            max_fix_age_s: self.max_fix_age_s()?,
            bbox: self.bbox()?,
            scope: None,
        })
    }

    /// Refuses what nobody took.
    ///
    /// # Errors
    /// [`Code::MalformedQuery`] naming the parameter.
    pub fn end(self) -> Result<(), ApiError> {
        match self.pairs.first() {
            None => Ok(()),
            Some((name, _)) => Err(wrong(&format!("unknown parameter {}", name.escape_debug()))),
        }
    }

    fn max_fix_age_s(&mut self) -> Result<Option<i64>, ApiError> {
        let age: Option<i64> = self.take("max_fix_age_s")?;
        if age.is_some_and(|age| age < 0) {
            return Err(wrong("max_fix_age_s is negative"));
        }
        Ok(age)
    }

    fn bbox(&mut self) -> Result<Option<Bounds>, ApiError> {
        let Some(text) = self.text("bbox") else {
            return Ok(None);
        };
        let numbers: Result<Vec<f64>, _> = text
            .split(',')
            .map(|part| part.trim().parse::<f64>())
            .collect();
        match numbers.as_deref() {
            Ok([west, south, east, north]) => Bounds::new(*west, *south, *east, *north)
                .map(Some)
                .map_err(|error| wrong(&format!("bbox: {error}"))),
            _ => Err(wrong("bbox is west,south,east,north")),
        }
    }

    fn list<T>(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, ApiError> {
        let Some(text) = self.text(name) else {
            return Ok(Vec::new());
        };
        if text.split(',').nth(MAX_LIST).is_some() {
            return Err(wrong(&format!("{name} has at most {MAX_LIST} values")));
        }
        text.split(',')
            .map(|word| {
                let value = if word.is_empty() { None } else { parse(word) };
                value.ok_or_else(|| wrong(&format!("{name} has no value {}", word.escape_debug())))
            })
            .collect()
    }
}

fn wrong(detail: &str) -> ApiError {
    ApiError::new(Code::MalformedQuery, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_forms_are_split() {
        for text in [
            "",
            "a",
            "a=",
            "=a",
            "a=b&c=d",
            "&&a=b&",
            "a=b=c&a=d",
            "a=%E9%A9%B0&b=1+2",
            "a=%&b=%zz",
            "a&b=%26&c==",
            "名=值",
        ] {
            let whole: Vec<_> = form_urlencoded::parse(text.as_bytes()).collect();
            assert_eq!(split(text).collect::<Vec<_>>(), whole, "{text}");
        }
    }
}
