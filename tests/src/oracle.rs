//! Compilers and interpreters of others, when the machine has them.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What makes gcc's dialect ours: signed overflow wraps, no extra precision, i386's data model (with
/// 8-aligned doubles), which is wasm32's but for `long double`. Without `-frounding-math` gcc 12 makes
/// `0.0 - (double)n` into `-(double)n`, which is -0 for 0.
const FLAGS: &[&str] = &[
    "-w",
    "-std=gnu17",
    "-fwrapv",
    "-fno-strict-aliasing",
    "-ffp-contract=off",
    "-frounding-math",
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

/// What each of many programs prints and returns, all compiled at once: one run of gcc, one process.
///
/// # Errors
/// As [`gcc`]; and if one of them fails, none is known.
pub fn gcc_all(sources: &[String], level: &str) -> Result<Vec<(String, i32)>, String> {
    if sources.is_empty() || !has_gcc() {
        return Err("nothing to compile, or with".into());
    }
    let mut all = String::from("#include <stdio.h>\n#include <string.h>\n");
    for (number, source) in sources.iter().enumerate() {
        all += &apart(source, &format!("program{number}_"));
    }
    all += "int main(void) {\n";
    for number in 0..sources.len() {
        // A mark that no program prints ends each output, with the status before it.
        all += &format!("{{ int status = program{number}_main(); printf(\"%d\\1\", status); }}\n");
    }
    all += "return 0;\n}\n";
    let (output, _) = gcc(&all, level)?;
    let known: Option<Vec<_>> = output.split_terminator('\u{1}').map(last_line).collect();
    known.filter(|known| known.len() == sources.len()).ok_or_else(|| "outputs are missing".into())
}

/// Output and status of one program; the status is its last line.
fn last_line(text: &str) -> Option<(String, i32)> {
    let at = text.rfind('\n').map_or(0, |at| at + 1);
    Some((text[..at].into(), text[at..].parse().ok()?))
}

/// `source` with `prefix` before each name that it does not have from C or `stdio.h`, and without
/// its includes. It has no comments, and no names in its strings.
fn apart(source: &str, prefix: &str) -> String {
    const KEPT: &[&str] = &[
        "_Bool", "break", "case", "char", "const", "continue", "default", "do", "double", "else",
        "float", "for", "goto", "if", "int", "long", "memmove", "printf", "return", "short",
        "signed", "sizeof", "static", "struct", "switch", "union", "unsigned", "void", "volatile",
        "while",
    ];
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut out = String::with_capacity(source.len() * 2);
    for line in source.lines().filter(|line| !line.starts_with("#include")) {
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            let len = match c {
                '"' | '\'' => rest[1..].find(c).map_or(rest.len(), |at| at + 2),
                c if is_name(c) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
                c => c.len_utf8(),
            };
            let (word, after) = rest.split_at(len);
            if (c.is_ascii_alphabetic() || c == '_') && !KEPT.contains(&word) {
                out += prefix;
            }
            out += word;
            rest = after;
        }
        out.push('\n');
    }
    out
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
