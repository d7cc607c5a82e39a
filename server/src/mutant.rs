//! Negative controls: guards that a test breaks by name, to see that it would notice. Absent from normal builds.

/// Whether the guard of this name is broken on purpose (`CHIYUAN_MUTANT`).
#[must_use]
pub fn is(name: &str) -> bool {
    #[cfg(feature = "mutants")]
    {
        static CHOSEN: std::sync::LazyLock<Option<String>> =
            std::sync::LazyLock::new(|| std::env::var("CHIYUAN_MUTANT").ok());
        CHOSEN.as_deref() == Some(name)
    }
    #[cfg(not(feature = "mutants"))]
    {
        let _ = name;
        false
    }
}
