//! `wasmcu watch`: a program that starts again when its source is saved.
//!
//! Each save of the file, or of a file that it includes, stops the run, compiles anew and starts
//! anew. Errors are shown, and the next save is waited for. It ends by Ctrl-C.

use super::options::Run;
use super::stop::Stop;
use super::{Done, load, run};
use crate::board::sim::Setup;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};
use wasm_common::cli::is_screen;

/// Time between looks at the files.
const PAUSE: Duration = Duration::from_millis(100);

/// Compiles and runs, over and over, until Ctrl-C or the timeout.
pub(super) fn watch(options: &Run) -> Done {
    if options.file.as_os_str() == "-" {
        return Err("standard input is never saved: watch a file".into());
    }
    let mut options = options.clone();
    // The strip is what there is to watch.
    options.device.leds.get_or_insert(Setup::default().leds);
    let stop = Stop::new(options.limits.timeout)?;
    let name = options.file.display().to_string();
    while !stop.wanted() {
        if is_screen() {
            // Where the last picture was, the next one begins.
            eprint!("\x1b[2J\x1b[H");
        }
        eprintln!("-- {name} (Ctrl-C ends)");
        let files = once(&options, &stop);
        while !files.changed() && !stop.wanted() {
            thread::sleep(PAUSE);
        }
        stop.resume();
    }
    Ok(0)
}

/// Compiles and runs until the program ends or a file changes; the files that it is made of.
fn once(options: &Run, stop: &Stop) -> Watched {
    let mut files = Watched::default();
    files.add(options.file.clone());
    let mut seen = |path: PathBuf| files.add(path);
    let program = load::load(&options.file, &options.compile, options.device.window, &mut seen);
    let over = AtomicBool::new(false);
    let outcome = program.and_then(|program| {
        thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) && !files.changed() {
                    thread::sleep(PAUSE);
                }
                stop.flag.store(true, Ordering::Relaxed);
            });
            let outcome = run::program(options, &program, stop);
            over.store(true, Ordering::Relaxed);
            outcome
        })
    });
    match outcome {
        Ok(status) if !files.changed() && !stop.wanted() => {
            eprintln!("-- ended with status {status}; waiting for a change");
        }
        Ok(_) => {}
        Err(message) => eprintln!("wasmcu: error: {message}\n-- waiting for a change"),
    }
    files
}

/// Files, and when each was last written, before it was read.
#[derive(Default)]
struct Watched(Vec<(PathBuf, Option<Stamp>)>);

/// Time and length: editors that write twice within the clock's step mostly change the length.
type Stamp = (SystemTime, u64);

fn stamp(path: &PathBuf) -> Option<Stamp> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}

impl Watched {
    fn add(&mut self, path: PathBuf) {
        if self.0.iter().all(|(known, _)| *known != path) {
            let stamp = stamp(&path);
            self.0.push((path, stamp));
        }
    }

    /// Whether a file is another; one that is gone may be in the middle of being replaced.
    fn changed(&self) -> bool {
        self.0.iter().any(|(path, before)| stamp(path).is_some_and(|now| *before != Some(now)))
    }
}
