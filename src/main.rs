//! The program: without a command it opens the window, with one it runs it.

use std::process::ExitCode;

use clap::Parser as _;
use common_ground::cli::{self, Arguments};

fn main() -> ExitCode {
    cli::run(Arguments::parse())
}
