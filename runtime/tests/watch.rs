//! `wasmcu new` and `wasmcu watch`, as one works with them.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Seconds for anything to appear, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder");
    path
}

fn wasmcu(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wasmcu"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().expect("it starts")
}

/// A watching process and the lines of its standard error.
struct Watch {
    process: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(folder: &Path, file: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_wasmcu"))
            .args(["watch", "--timeout", "600", file])
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let messages = BufReader::new(process.stderr.take().expect("piped"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            let _ = messages.lines().map_while(Result::ok).try_for_each(|line| sender.send(line));
        });
        Self { process, lines }
    }

    /// Waits for a line with this text.
    fn until(&self, text: &str) {
        let end = Instant::now() + PATIENCE;
        let mut seen = String::new();
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            if line.contains(text) {
                return;
            }
            seen += &(line + "\n");
        }
        panic!("no {text:?} in:\n{seen}");
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_new_program_blinks_and_is_not_overwritten() {
    let folder = folder("new");
    for (file, dialect) in [("a.c", ""), ("b.bas", ""), ("c.bas", "qb"), ("d.bas", "gw")] {
        let arguments: Vec<&str> =
            ["new", file, dialect].into_iter().filter(|word| !word.is_empty()).collect();
        assert_eq!(wasmcu(&folder, &arguments).status.code(), Some(0), "{file}");
        let record = format!("{file}.jsonl");
        let run = wasmcu(
            &folder,
            &[
                "run",
                "--fuel",
                "100000",
                "--virtual-time",
                "--loops",
                "4",
                "--record",
                &record,
                file,
            ],
        );
        let frames = std::fs::read_to_string(folder.join(&record)).expect("a record");
        assert!(frames.lines().count() >= 4, "{file}: {frames}{run:?}");
        let lit = frames.lines().filter(|line| line.contains("64") || line.contains("40")).count();
        assert!(lit > 0 && lit < frames.lines().count(), "{file}: {frames}");
        let before = std::fs::read(folder.join(file)).expect("it is there");
        assert_eq!(wasmcu(&folder, &arguments).status.code(), Some(1), "{file} exists");
        assert_eq!(std::fs::read(folder.join(file)).expect("it is there"), before);
    }
    assert_eq!(wasmcu(&folder, &["new", "a.txt"]).status.code(), Some(2));
}

#[test]
fn a_save_starts_again_and_an_error_is_shown_and_survived() {
    let folder = folder("watch");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("a file");
    };
    write("status.h", "#define STATUS 3\n");
    write("main.c", "#include \"status.h\"\nint main(void) { return STATUS; }\n");
    let watch = Watch::start(&folder, "main.c");
    watch.until("ended with status 3");
    write("status.h", "#define STATUS 14\n");
    watch.until("ended with status 14");
    write("main.c", "int main(void) { return STATUS }\n");
    watch.until("[C0");
    watch.until("waiting for a change");
    write("main.c", "int main(void) { for (;;) ; }\n");
    watch.until("-- main.c");
    write("main.c", "int main(void) { return 25; }\n");
    watch.until("ended with status 25");
}
