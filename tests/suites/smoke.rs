//! The fuzz targets on inputs that are nearly right: cases and generated programs with bytes,
//! words and lines changed. The same inputs each time; `FUZZ_SECONDS=600` goes on from there at
//! random for so long on each target.

use std::time::{Duration, Instant};
use tests::basic;
use tests::case;
use tests::compile::{Language, OptLevel, Options, compile};
use tests::fuzz::TARGETS;
use tests::generate::{c, ir, tape::seeded};

/// A source of numbers.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }
}

/// Inputs to start from.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let (language, folders): (_, &[&str]) = match target {
        "c" => (Language::C, &["tests/cases/c", "examples/c"]),
        "basic" => {
            (Language::Basic, &["tests/cases/basic", "tests/cases/conez-probes", "examples/basic"])
        }
        "ir" => (Language::Ir, &["tests/cases/found"]),
        "shell" => return sessions(),
        _ => return modules(),
    };
    let cases = folders.iter().flat_map(|folder| case::all(&case::root().join(folder)));
    let mut inputs: Vec<Vec<u8>> = cases
        .filter(|case| case.language == language)
        .map(|case| case.source.into_bytes())
        .collect();
    for seed in 0..10 {
        let words = seeded(seed, 300);
        inputs.push(match language {
            Language::C => c::program(&words, c::Style::default()).into_bytes(),
            Language::Basic => {
                basic::text::write(&mut basic::generate::program(&words)).into_bytes()
            }
            Language::Ir => ir::program(&words).to_string().into_bytes(),
        });
    }
    inputs
}

/// Every command of the shell, well used and edited with the arrow keys.
fn sessions() -> Vec<Vec<u8>> {
    let commands = [
        "help compile",
        "compile a.c run",
        "compile b.bas -o b.wasm",
        "run b.wasm",
        "ps",
        "mem",
        "psram test",
        "ls -l /",
        "mkdir d",
        "cd d",
        "cp ../a.c .",
        "mv a.c x.c",
        "rm *",
        "cd ..",
        "rmdir d",
        "cat text",
        "grep -i -n TWO text",
        "hexdump text 1 4",
        "load new\nint x\n.",
        "edit text\np\na\nline\n.\nw\nq",
        "df",
        "param 3 7",
        "led 1 10 20 30",
        "gpio 4 1",
        "time",
        "history",
        "version",
        "run a.c\x03",
        "ca\t te\t",
        "\x1b[A\x1b[D\x1b[Cx\x7f\x01\x05\x0b",
        "echo 'open \"quote",
        "ls /no*such [a-z]?",
    ];
    let lines: Vec<Vec<u8>> = commands.iter().map(|c| [c.as_bytes(), b"\n"].concat()).collect();
    let mut sessions = lines.clone();
    sessions.push(lines.concat());
    sessions
}

/// Compiled programs.
fn modules() -> Vec<Vec<u8>> {
    (0..12)
        .filter_map(|seed| {
            let source = c::program(&seeded(seed, 300), c::Style::default());
            compile(Language::C, "seed", &source, OptLevel::Os, &Options::default()).ok()
        })
        .map(|image| image.wasm)
        .collect()
}

/// One input with a few changes.
fn mutated(inputs: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = inputs[numbers.below(inputs.len())].clone();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let end = (at + 1 + numbers.below(12)).min(bytes.len());
        match numbers.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            1 if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            4 => {
                let other = &inputs[numbers.below(inputs.len())];
                let from = numbers.below(other.len());
                let piece = other[from..(from + 40).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            5 => {
                const WORDS: &[&str] = &[
                    "(",
                    ")",
                    "{",
                    "}",
                    ";",
                    ",",
                    "*",
                    "=",
                    "-1",
                    "4294967296",
                    "\"",
                    "'",
                    "#",
                    "0",
                    "if",
                    "int",
                    "struct",
                    "NEXT",
                    "END SUB",
                    "DIM",
                    "goto",
                    "case",
                    "\n",
                    "99999999999999999999",
                ];
                let word = WORDS[numbers.below(WORDS.len())].as_bytes().to_vec();
                bytes.splice(at..at, word);
            }
            6 => bytes.truncate(at),
            _ => {
                let mut lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
                let (a, b) = (numbers.below(lines.len()), numbers.below(lines.len()));
                lines.swap(a, b);
                bytes = lines.join(&b'\n');
            }
        }
    }
    bytes
}

fn smoke(target: &str, inputs: usize) {
    let run = TARGETS.iter().find(|(name, _)| *name == target).expect("a target").1;
    let corpus = corpus(target);
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let deadline = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let seed = deadline.map_or(1, |_| std::process::id());
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15 ^ u64::from(seed));
    let mut tried = 0;
    while deadline.map_or(tried < inputs, |deadline| Instant::now() < deadline) {
        let input = mutated(&corpus, &mut numbers);
        let start = Instant::now();
        if let Err(panic) = std::panic::catch_unwind(|| run(&input)) {
            let path = std::env::temp_dir().join(format!("{target}-finding"));
            std::fs::write(&path, &input).expect("a place for the finding");
            eprintln!("the input is in {}", path.display());
            std::panic::resume_unwind(panic);
        }
        let took = start.elapsed();
        assert!(
            took < Duration::from_secs(20),
            "{took:?} for:\n{}",
            String::from_utf8_lossy(&input)
        );
        tried += 1;
    }
    println!("{target}: {tried} inputs");
}

#[test]
fn c_source() {
    smoke("c", 300);
}

#[test]
fn basic_source() {
    smoke("basic", 600);
}

#[test]
fn wasm_bytes() {
    smoke("wasm", 1500);
}

#[test]
fn shell_input() {
    smoke("shell", 600);
}

#[test]
fn ir_text() {
    smoke("ir", 1500);
}
