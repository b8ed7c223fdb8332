//! One binary, many roles. `ventanilla --help` lists them.

use std::process::ExitCode;

use ventanilla::cli;

fn main() -> ExitCode {
    cli::main()
}
