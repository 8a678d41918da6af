#![doc = include_str!("README.md")]

pub mod attempt;
pub mod cli;
pub mod course;
pub mod encounter;
pub mod records;
pub mod scenario;
pub mod scoring;
