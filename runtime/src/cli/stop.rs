//! What ends a run from outside: Ctrl-C and the timeout.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The flag that the board looks at, and why it was set.
#[derive(Clone, Default)]
pub(super) struct Stop {
    pub(super) flag: Arc<AtomicBool>,
    timed_out: Arc<AtomicBool>,
}

impl Stop {
    /// A flag that Ctrl-C sets, and the clock after `timeout` seconds. A second Ctrl-C ends the
    /// process, should the first not be heard.
    pub(super) fn new(timeout: Option<f64>) -> Result<Self, String> {
        let stop = Self::default();
        let flag = stop.flag.clone();
        ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
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

    /// Whether it was the clock.
    pub(super) fn timed_out(&self) -> bool {
        self.timed_out.load(Ordering::Relaxed)
    }
}
