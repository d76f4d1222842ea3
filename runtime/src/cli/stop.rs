//! What ends a run from outside: Ctrl-C, the timeout, and a file that changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Signals within this time are one: `timeout` sends its own to the process and to its group.
const ONE_PRESS: Duration = Duration::from_millis(300);

/// The flag that the board looks at, and why it was set.
#[derive(Clone, Default)]
pub(super) struct Stop {
    pub(super) flag: Arc<AtomicBool>,
    timed_out: Arc<AtomicBool>,
    interrupted: Arc<AtomicBool>,
}

impl Stop {
    /// A flag that Ctrl-C sets, and the clock after `timeout` seconds. A second Ctrl-C ends the
    /// process, should the first not be heard.
    pub(super) fn new(timeout: Option<f64>) -> Result<Self, String> {
        let stop = Self::default();
        let (flag, interrupted) = (stop.flag.clone(), stop.interrupted.clone());
        let mut first = None;
        ctrlc::set_handler(move || {
            if first.get_or_insert_with(Instant::now).elapsed() > ONE_PRESS {
                std::process::exit(130);
            }
            interrupted.store(true, Ordering::Relaxed);
            flag.store(true, Ordering::Relaxed);
        })
        .map_err(|error| format!("Ctrl-C cannot be caught: {error}"))?;
        if let Some(seconds) = timeout {
            let later = stop.clone();
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_secs_f64(seconds));
                later.timed_out.store(true, Ordering::Relaxed);
                later.flag.store(true, Ordering::Relaxed);
            });
        }
        Ok(stop)
    }

    /// Whether the user wants an end: Ctrl-C came, or the time is up.
    pub(super) fn wanted(&self) -> bool {
        self.timed_out.load(Ordering::Relaxed) || self.interrupted.load(Ordering::Relaxed)
    }

    /// Why a run was stopped, for the user; `None` if a file changed, or nobody reads the output.
    pub(super) fn reason(&self) -> Option<&'static str> {
        match (self.timed_out.load(Ordering::Relaxed), self.wanted()) {
            (true, _) => Some("time is up"),
            (false, true) => Some("stopped"),
            (false, false) => None,
        }
    }

    /// Lets another run begin, unless the user wants an end.
    pub(super) fn resume(&self) {
        self.flag.store(self.wanted(), Ordering::Relaxed);
    }
}
