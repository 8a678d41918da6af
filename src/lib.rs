#![doc = include_str!("README.md")]
#![forbid(unsafe_code)]

#[cfg(feature = "screens")]
pub mod app;
pub mod attempt;
pub mod cli;
pub mod course;
pub mod encounter;
pub mod measurement;
pub mod places;
pub mod proof;
pub mod records;
pub mod reports;
pub mod scenario;
pub mod scoring;
