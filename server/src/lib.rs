//! Chiyuan 驰援: the program around the rules. PostgreSQL decides, memory answers.

pub mod account;
pub mod api;
pub mod app;
pub mod backup;
pub mod basemap;
pub mod config;
pub mod drill;
pub mod executor;
pub mod feed;
pub mod field_changes;
pub mod gateway;
pub mod kpi;
pub mod mutant;
pub mod picture;
pub mod recommendation;
pub mod registry;
pub mod relay;
pub mod seed;
pub mod serve;
pub mod spreadsheet;
pub mod store;
pub mod time;
pub mod verify;
pub mod web_files;
pub mod world;
