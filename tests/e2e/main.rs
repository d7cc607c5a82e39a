//! End-to-end tests on real PostgreSQL, Redis and the real program.
