//! Compilers and interpreters of others, when the machine has them.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What makes gcc's dialect ours: signed overflow wraps, no extra precision, i386's data model (with
/// 8-aligned doubles), which is wasm32's but for `long double`.
const FLAGS: &[&str] = &[
    "-w",
    "-std=gnu17",
    "-fwrapv",
    "-fno-strict-aliasing",
    "-ffp-contract=off",
    "-msse2",
    "-mfpmath=sse",
    "-malign-double",
    "-m32",
];

/// Whether gcc can compile and link for 32 bits here.
#[must_use]
pub fn has_gcc() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| gcc("int main(void) { return 0; }", "-O0").is_ok())
}

/// What a program prints, compiled by gcc, and its exit status.
///
/// # Errors
/// If gcc is not there or refuses, or the program crashes or does not end in 10 s.
pub fn gcc(source: &str, level: &str) -> Result<(String, i32), String> {
    let program = temporary("gcc");
    let mut compiler = Command::new("gcc")
        .args(FLAGS)
        .args([level, "-x", "c", "-", "-lm", "-o"])
        .arg(&program)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut input = compiler.stdin.take().expect("piped");
    input.write_all(source.as_bytes()).map_err(|error| error.to_string())?;
    drop(input);
    let result = compiler.wait_with_output().map_err(|error| error.to_string())?;
    if !result.status.success() {
        return Err(String::from_utf8_lossy(&result.stderr).into_owned());
    }
    let run = run(&program);
    let _ = std::fs::remove_file(&program);
    run
}

fn run(program: &PathBuf) -> Result<(String, i32), String> {
    let output = temporary("out");
    let file = std::fs::File::create(&output).map_err(|error| error.to_string())?;
    let mut child = Command::new(program)
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let deadline = Instant::now() + Duration::from_secs(10);
    let status = loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None if Instant::now() > deadline => {
                let _ = child.kill();
                let _ = child.wait();
                return Err("it does not end".into());
            }
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    let text = std::fs::read(&output).unwrap_or_default();
    let _ = std::fs::remove_file(&output);
    let status = status.code().ok_or("it crashed")?;
    Ok((String::from_utf8_lossy(&text).into_owned(), status))
}

/// A name for a file that nobody else uses.
fn temporary(kind: &str) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("tests-{}-{number}.{kind}", std::process::id()))
}
