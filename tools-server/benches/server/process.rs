//! Programs that run beside the bench, and end with it.

use std::{
    io::{BufRead, BufReader, Read},
    process::Child,
    sync::mpsc::{Receiver, channel},
    thread,
};

/// A program that runs until this is dropped.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The lines of what a program says. They are read on where nobody wants them any more: else it would wait.
pub fn lines(said: impl Read + Send + 'static) -> Receiver<String> {
    let (line, lines) = channel();
    thread::spawn(move || {
        BufReader::new(said).lines().map_while(Result::ok).for_each(|text| {
            let _ = line.send(text);
        });
    });
    lines
}
