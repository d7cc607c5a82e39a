//! Passwords: what is accepted, and slow hashing that cannot crowd out dispatching.

use std::sync::{Arc, LazyLock};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{
        PasswordHasher, PasswordVerifier,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};
use tokio::sync::Semaphore;

use super::secret::{self, NoRandomness};

/// Memory of one hash, KiB (OWASP's figure for Argon2id).
const MEMORY_KIB: u32 = 19_456;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// Hashes at once at most; on small machines one, so that a storm of log-ins leaves a core for dispatching.
const HASHES_AT_ONCE: usize = 2;
/// Shortest password, characters.
pub const SHORTEST: usize = 8;
/// Longest password, characters.
pub const LONGEST: usize = 128;
/// Passwords that are tried first by everybody.
const WORST: &str = include_str!("worst_passwords.txt");

/// Why a password was not accepted or hashed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("a password has {SHORTEST} to {LONGEST} characters")]
    Length,
    #[error("this password is among the first that are tried")]
    Common,
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error("hashing failed: {0}")]
    Hashing(String),
}

/// Checks a new password.
///
/// # Errors
/// [`PasswordError::Length`], [`PasswordError::Common`].
pub fn check(password: &str, username: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(PasswordError::Length);
    }
    let folded = password.to_lowercase();
    let first = folded.chars().next();
    let monotone = folded.chars().all(|character| Some(character) == first);
    let stem = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    let named = stem == username || stem == "chiyuan" || stem == "驰援";
    if monotone || named || WORST.lines().any(|worst| worst == folded) {
        return Err(PasswordError::Common);
    }
    Ok(())
}

/// What a verification came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    /// Right; `rehash` when today's parameters are stronger than the stored hash's.
    Right {
        rehash: bool,
    },
}

/// Hashes passwords, a few at a time, on threads of their own.
pub struct Hasher(Arc<Semaphore>);

impl Default for Hasher {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Semaphore::new(
            (cores / 2).clamp(1, HASHES_AT_ONCE),
        )))
    }
}

impl Hasher {
    /// The PHC string of a password, with a new salt.
    ///
    /// # Errors
    /// If the operating system gives no random bytes.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.run(move || hash_now(&password)).await
    }

    /// Compares a password with a stored hash; without one (unknown user) the same work ends in [`Verdict::Wrong`].
    ///
    /// # Errors
    /// If the stored hash is not readable.
    pub async fn verify(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<Verdict, PasswordError> {
        self.run(move || verify_now(&password, stored.as_deref()))
            .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let failed = |error: &dyn std::fmt::Display| PasswordError::Hashing(error.to_string());
        let permit = Arc::clone(&self.0)
            .acquire_owned()
            .await
            .map_err(|error| failed(&error))?;
        tokio::task::spawn_blocking(move || {
            // Held by the work itself: a caller who goes away does not make room for a further hash.
            let _permit = permit;
            work()
        })
        .await
        .map_err(|error| failed(&error))?
    }
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(hashing)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hashing(error: impl std::fmt::Display) -> PasswordError {
    PasswordError::Hashing(error.to_string())
}

fn hash_now(password: &str) -> Result<String, PasswordError> {
    let salt = secret::random::<16>()?;
    let hash = argon2()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(hashing)?;
    Ok(hash.to_string())
}

fn verify_now(password: &str, stored: Option<&str>) -> Result<Verdict, PasswordError> {
    let hash = match stored {
        Some(stored) => PasswordHash::new(stored).map_err(hashing)?,
        None => PasswordHash::new(unknown()?).map_err(hashing)?,
    };
    let right = argon2()?
        .verify_password(password.as_bytes(), &hash)
        .is_ok();
    if !right || stored.is_none() {
        return Ok(Verdict::Wrong);
    }
    let params = Params::try_from(&hash).map_err(hashing)?;
    let rehash =
        params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES || params.p_cost() < LANES;
    Ok(Verdict::Right { rehash })
}

/// A hash of no password, made of random bytes, for users that do not exist.
fn unknown() -> Result<&'static str, PasswordError> {
    static UNKNOWN: LazyLock<Result<String, String>> = LazyLock::new(|| {
        let make = || -> Result<String, PasswordError> {
            let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(hashing)?;
            let hash = PasswordHash {
                algorithm: Algorithm::Argon2id.ident(),
                version: Some(Version::V0x13.into()),
                params: ParamsString::try_from(&params).map_err(hashing)?,
                salt: Some(Salt::new(&secret::random::<16>()?).map_err(hashing)?),
                hash: Some(Output::new(&secret::random::<32>()?).map_err(hashing)?),
            };
            Ok(hash.to_string())
        };
        make().map_err(|error| error.to_string())
    });
    UNKNOWN
        .as_deref()
        .map_err(|error| PasswordError::Hashing(error.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accepted() {
        for bad in ["short1!", "", &"x".repeat(129), "好好好好好好好"] {
            assert!(
                matches!(check(bad, "li"), Err(PasswordError::Length)),
                "{bad}"
            );
        }
        for bad in [
            "password",
            "Password1",
            "12345678",
            "aaaaaaaa",
            "chiyuan2026",
            "Chiyuan@123",
            "zhangmin",
            "ZhangMin!1",
            "qwertyuiop",
            "5201314520",
            "woaini1314",
        ] {
            assert!(
                matches!(check(bad, "zhangmin"), Err(PasswordError::Common)),
                "{bad}"
            );
        }
        for good in ["correct horse", "晋城的山路十八弯", &"aB".repeat(64)] {
            assert!(check(good, "zhangmin").is_ok(), "{good}");
        }
    }

    #[test]
    fn hashes_verify_and_weak_ones_are_renewed() {
        let hash = hash_now("correct horse").unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let verify = |password: &str, hash: &str| verify_now(password, Some(hash)).unwrap();
        assert_eq!(
            verify("correct horse", &hash),
            Verdict::Right { rehash: false }
        );
        assert_eq!(verify("correct horsf", &hash), Verdict::Wrong);
        assert_ne!(hash, hash_now("correct horse").unwrap());
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(8_192, 1, 1, None).unwrap(),
        )
        .hash_password_with_salt(b"correct horse", &[7; 16])
        .unwrap()
        .to_string();
        assert_eq!(
            verify("correct horse", &weak),
            Verdict::Right { rehash: true }
        );
        assert_eq!(verify_now("correct horse", None).unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn a_hash_leaves_the_thread_that_asks_to_others() {
        let hasher = Hasher::default();
        let mut hash = std::pin::pin!(hasher.hash("correct horse".to_owned()));
        // The one thread of this test serves others while it waits: hashed here, it would have nothing to count.
        let mut served = 0;
        let hash = loop {
            tokio::select! {
                biased;
                hash = &mut hash => break hash,
                () = tokio::task::yield_now() => served += 1,
            }
        };
        assert!(hash.is_ok() && served > 10, "{served}");
    }
}
