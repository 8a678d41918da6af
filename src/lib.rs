#![doc = include_str!("README.md")]

pub mod course;
pub mod encounter;
pub mod records;
pub mod scenario;
pub mod scoring;
