//! End-to-end tests, fault tests and benchmarks of Chiyuan, and the clients they share.

pub mod feed_client;
