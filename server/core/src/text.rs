//! Text that people type: NFC, bounded, without control or direction-changing characters.

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("the text has more than {0} characters")]
    TooLong(usize),
    #[error("the text has a control or direction-changing character")]
    Control,
}

/// Text of at most `MAX` characters, normalised to NFC, shown inert everywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(Box<str>);

/// A name of a thing: unit, hospital, item.
pub type Name = Text<80>;
/// A short word of a vocabulary that planners extend: capability, role, ward.
pub type Term = Text<48>;
/// A sentence: a reason, the text of a norm.
pub type Note = Text<300>;

impl<const MAX: usize> Text<MAX> {
    /// Normalises and checks a text.
    pub fn new(text: &str) -> Result<Self, TextError> {
        let text: String = if is_nfc(text) {
            text.to_owned()
        } else {
            text.nfc().collect()
        };
        if text.chars().count() > MAX {
            return Err(TextError::TooLong(MAX));
        }
        if text.chars().any(is_forbidden) {
            return Err(TextError::Control);
        }
        Ok(Self(text.into()))
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, and those that reorder or hide what surrounds them (bidi overrides, zero width, BOM).
fn is_forbidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::new(&text)
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0.into()
    }
}

impl<const MAX: usize> std::fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_normalised_and_bounded() {
        assert_eq!(
            Name::new("e\u{301}").map(|t| t.to_string()),
            Ok("\u{e9}".to_owned())
        );
        assert_eq!(Text::<3>::new("负压车"), Text::<3>::new("负压车"));
        assert_eq!(Text::<2>::new("负压车"), Err(TextError::TooLong(2)));
        for bad in ["a\nb", "a\u{0}", "a\u{202e}b", "\u{feff}x", "\u{1b}[31m"] {
            assert_eq!(Name::new(bad), Err(TextError::Control));
        }
    }
}
