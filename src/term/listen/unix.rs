//! One thread that sleeps until the terminal or the system has something to say.

use std::{
    io,
    os::unix::net::UnixStream,
    process,
    sync::mpsc::Sender,
    thread,
    time::{Duration, Instant},
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator::{backend::SignalDelivery, exfiltrator::SignalOnly},
};

use crate::term::{
    guard,
    incoming::Incoming,
    input::{EAR, HUNG_UP, Heard, Parser},
};

/// How long the screen has to end before the program ends without it.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often what a terminal does not read is thrown away meanwhile.
const DISCARD: Duration = Duration::from_millis(20);

type Signals = SignalDelivery<UnixStream, SignalOnly>;

/// Starts the thread. `asked` where the terminal owes a reply.
pub fn listen(incoming: Sender<Incoming>, asked: bool) -> io::Result<()> {
    let (read, write) = UnixStream::pair()?;
    let all = [SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH];
    let signals = Signals::with_pipe(read, write, SignalOnly, all)?;
    let listener = Listener { incoming, signals, parser: Parser::new(asked), began: Instant::now() };
    thread::Builder::new().name("terminal".to_owned()).spawn(move || listener.listen()).map(drop)
}

struct Listener {
    incoming: Sender<Incoming>,
    signals: Signals,
    parser: Parser,
    began: Instant,
}

impl Listener {
    /// Tells the screen until it does not listen any more, or the program is to end.
    fn listen(mut self) {
        let mut bytes = [0; 4096];
        loop {
            let Ok((terminal, has_signals)) = self.wait() else { return self.end(HUNG_UP) };
            if has_signals && !self.take_signals() {
                return;
            }
            let Ok(_ear) = EAR.try_lock() else {
                // What there was to read was meant for another program, which has read it.
                drop(EAR.lock());
                continue;
            };
            let heard = if terminal.contains(PollFlags::IN) {
                match rustix::io::read(io::stdin(), &mut bytes) {
                    Ok(0) => return self.end(HUNG_UP),
                    Ok(read) => self.parser.feed(&bytes[..read], self.began.elapsed()),
                    Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => Vec::new(),
                    Err(_) => return self.end(HUNG_UP),
                }
            } else if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                return self.end(HUNG_UP);
            } else {
                self.parser.expire(self.began.elapsed())
            };
            if !self.tell(heard) {
                return;
            }
        }
    }

    /// Sleeps until there is something, or until what has begun is all there is.
    fn wait(&self) -> rustix::io::Result<(PollFlags, bool)> {
        let stdin = io::stdin();
        let mut both = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(self.signals.get_read(), PollFlags::IN)];
        let left = self.parser.deadline().map(|deadline| deadline.saturating_sub(self.began.elapsed()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        match poll(&mut both, left.as_ref()) {
            Ok(_) => Ok((both[0].revents(), both[1].revents().contains(PollFlags::IN))),
            Err(rustix::io::Errno::INTR) => Ok((PollFlags::empty(), true)),
            Err(error) => Err(error),
        }
    }

    /// Whether to go on.
    fn take_signals(&mut self) -> bool {
        for signal in self.signals.pending().collect::<Vec<_>>() {
            let message = match signal {
                SIGWINCH => Incoming::Resized,
                SIGCONT => Incoming::Continued,
                SIGTSTP => Incoming::Suspend,
                ends => {
                    self.end(128 + ends as u8);
                    return false;
                }
            };
            if self.incoming.send(message).is_err() {
                return false;
            }
        }
        true
    }

    fn tell(&self, heard: Vec<Heard>) -> bool {
        heard.into_iter().all(|heard| self.incoming.send(Incoming::Heard(heard)).is_ok())
    }

    /// Has the screen end. One that waits for a terminal that does not read goes on once what it wrote is thrown away;
    /// one that still does not end is not waited for.
    fn end(&self, code: u8) {
        if self.incoming.send(Incoming::Stop(code)).is_err() {
            return;
        }
        let until = Instant::now() + PATIENCE;
        while guard::hasten() && Instant::now() < until {
            thread::sleep(DISCARD);
        }
        thread::sleep(until.saturating_duration_since(Instant::now()));
        let _ = crossterm::terminal::disable_raw_mode();
        process::exit(i32::from(code));
    }
}
