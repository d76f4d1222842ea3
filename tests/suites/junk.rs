//! Input that is no program: an error, within a bounded time and amount of memory, and no crash.
//!
//! Each input is compiled in a process of its own (this one, started again with `--compile`), with
//! a limit on its address space, on its stack and on its time.

use libtest_mimic::{Arguments, Failed, Trial};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tests::compile::{Language, OptLevel, Options, compile};

/// Kilobytes of address space, and of stack, that a compilation may take.
const MEMORY: u32 = 1_500_000;
const STACK: u32 = 1024;
/// Seconds that it may take, in a build without optimisation.
const TIME: u64 = 60;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, path] = arguments.as_slice()
        && flag == "--compile"
    {
        std::process::exit(child(Path::new(path)));
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("junk");
    fs::create_dir_all(&folder).expect("a folder for junk");
    let mut trials = Vec::new();
    for (name, content) in inputs() {
        for extension in ["c", "bas"] {
            let path = folder.join(format!("{name}.{extension}"));
            let content = content.clone();
            let test = move || bounded(&path, &content).map_err(Failed::from);
            trials.push(Trial::test(format!("{name}.{extension}"), test));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn inputs() -> Vec<(&'static str, Vec<u8>)> {
    let noise = |len: u32| {
        let mut state = 1u32;
        let mut next = move || {
            state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            (state >> 16) as u8
        };
        (0..len).map(|_| next()).collect::<Vec<u8>>()
    };
    let nested = |head: &str, open: &str, close: &str, tail: &str| {
        format!("{head}{}1{}{tail}", open.repeat(100_000), close.repeat(100_000)).into_bytes()
    };
    vec![
        ("empty", Vec::new()),
        ("blank", b" \n\t\n   \n\n".to_vec()),
        ("noise", noise(200_000)),
        ("zeros", vec![0; 100_000]),
        ("module", b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0".to_vec()),
        ("long_line", vec![b'x'; 10 << 20]),
        ("long_number", vec![b'9'; 1 << 20]),
        ("long_string", [b"\"".as_slice(), &vec![b'a'; 1 << 20]].concat()),
        ("long_sum", format!("int x = 1{} +", " + 1".repeat(200_000)).into_bytes()),
        ("parentheses_c", nested("int x = ", "(", ")", " +;")),
        ("parentheses_basic", nested("X = ", "(", ")", " +")),
        ("open_parentheses", nested("X = ", "(", "", "")),
        ("brackets", nested("int x", "[", "]", " +;")),
        ("braces", nested("int x = ", "{", "}", " +;")),
        ("blocks", nested("int main(void) ", "{", "}", "")),
        ("minuses", nested("int x = ", "- ", "", " +;")),
        ("nots", nested("X = ", "NOT ", "", " +")),
        ("stars", nested("int ", "*", "", ";")),
        ("ifs_c", nested("int main(void) { ", "if (1) ", "", "+; }")),
        ("ifs_basic", format!("{}\n", "IF 1 THEN\n".repeat(100_000)).into_bytes()),
        ("fors_basic", format!("{}\n", "FOR I = 1 TO 2\n".repeat(100_000)).into_bytes()),
        (
            "elses",
            format!("int main(void) {{ {} + }}", "if (1) ; else ".repeat(100_000)).into_bytes(),
        ),
        ("ternaries", nested("int x = ", "1 ? 2 : ", "", " +;")),
        ("assignments", nested("int main(void) { int x; ", "x = ", "", " +; }")),
        ("casts", nested("int x = ", "(int)", "", " +;")),
        ("structs", nested("", "struct { ", " x; }", "")),
        ("declarators", nested("int ", "(*", ")(void)", "")),
        ("include_cycle", b"#include \"include_cycle.c\"\nint main(void) { return 0; }\n".to_vec()),
        ("include_basic", b"'$INCLUDE: 'include_basic.bas'\nA = = 1\n".to_vec()),
        ("macro_bomb", macro_bomb()),
        ("macro_chain", macro_chain()),
        ("conditions", format!("{}int x = +;", "#if 1\n".repeat(100_000)).into_bytes()),
        ("many_errors", "int x = ;\n".repeat(100_000).into_bytes()),
        (
            "huge_array",
            b"char a[4000000000u][4000000000u]; int main(void) { return a[0][0] +; }".to_vec(),
        ),
        ("huge_dim", b"DIM A(2000000000, 2000000000)\nA(1, 1) = = 5\n".to_vec()),
    ]
}

/// Doubles thirty times.
fn macro_bomb() -> Vec<u8> {
    let mut text = String::from("#define A0 x\n");
    for level in 1..30 {
        text += &format!("#define A{level} A{0} A{0}\n", level - 1);
    }
    (text + "int y = A29;\n").into_bytes()
}

/// Expands into itself, a hundred thousand macros deep.
fn macro_chain() -> Vec<u8> {
    let mut text = String::new();
    for level in 0..100_000 {
        text += &format!("#define B{level}(x) B{}(x)\n", level + 1);
    }
    (text + "int y = B0(+);\n").into_bytes()
}

/// Compiles a file; 0 if it was refused with an error, 3 if it compiled.
fn child(path: &Path) -> i32 {
    let language = Language::of(path).expect("c or bas");
    let source = fs::read(path).expect("the input");
    let source = String::from_utf8_lossy(&source);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match compile(language, &name, &source, OptLevel::O2, &Options::default()) {
        Ok(_) => 3,
        Err(problems) if problems.is_empty() => 4,
        Err(_) => 0,
    }
}

fn bounded(path: &Path, content: &[u8]) -> Result<(), String> {
    fs::write(path, content).map_err(|error| error.to_string())?;
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let limits = format!("ulimit -v {MEMORY}; ulimit -s {STACK}; exec \"$0\" --compile \"$1\"");
    let start = Instant::now();
    let mut process = Command::new("sh")
        .args(["-c", &limits])
        .arg(this)
        .arg(path)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let status = loop {
        match process.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None if start.elapsed() > Duration::from_secs(TIME) => {
                let _ = process.kill();
                let _ = process.wait();
                return Err(format!("still at it after {TIME} s"));
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let _ = fs::remove_file(path);
    match status.code() {
        Some(0) => Ok(()),
        Some(3) => Err("it compiles".into()),
        Some(4) => Err("refused without an error".into()),
        other => {
            let output = process.wait_with_output().map_err(|error| error.to_string())?;
            let text = String::from_utf8_lossy(&output.stderr);
            let text: String = text.chars().take(500).collect();
            Err(format!("crashed ({other:?}): {text}"))
        }
    }
}
