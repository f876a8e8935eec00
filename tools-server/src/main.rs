//! The `tools-server` program.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    tools_server::panics::log_panics();
    match cli::run(cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("tools-server: {stop}");
            stop.exit_code()
        }
    }
}
