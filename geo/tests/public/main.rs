//! Tests of the public interface, in one program so that the support is built once.

mod exact;
mod history;
mod raw_degrees;
mod support;
mod systems;
