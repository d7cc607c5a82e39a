//! Secrets from the operating system's generator, and their hashes.

use sha2::{Digest, Sha256};

/// Letters and digits that are not mistaken for each other when read aloud or typed.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Characters of a generated password; 5 bits each, hence 100 bits.
const PASSWORD_LENGTH: usize = 20;

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes: {0}")]
pub struct NoRandomness(#[from] getrandom::Error);

/// A session id or token: 256 random bits, 64 hexadecimal digits.
///
/// # Errors
/// If the operating system gives no random bytes.
pub fn new_secret() -> Result<String, NoRandomness> {
    Ok(hex::encode(random::<32>()?))
}

/// A password for the first log-in.
///
/// # Errors
/// If the operating system gives no random bytes.
pub fn new_password() -> Result<String, NoRandomness> {
    let bytes = random::<PASSWORD_LENGTH>()?;
    Ok(bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect())
}

/// Random bytes.
///
/// # Errors
/// If the operating system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// What is stored of a session id or token. They have full entropy, so no slow hash is needed.
#[must_use]
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
