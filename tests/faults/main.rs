//! Fault tests: processes are killed and frozen under load; nothing acknowledged is lost.
