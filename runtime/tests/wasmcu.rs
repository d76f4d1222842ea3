//! The program `wasmcu`, from its command line: what goes to which stream, and the exit code.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A file with this text, under a name of its own.
fn file(text: &str, extension: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("wasmcu-{}-{number}.{extension}", std::process::id());
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn wasmcu(options: &[&str], path: &PathBuf, input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_wasmcu"))
        .arg(options[0])
        .args(&options[1..])
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Standard output, standard error and exit code of a run of this module.
fn run(options: &[&str], wat: &str) -> (String, String, i32) {
    run_with(options, wat, "")
}

fn run_with(options: &[&str], wat: &str, input: &str) -> (String, String, i32) {
    let options: Vec<&str> = ["run"].iter().chain(options).copied().collect();
    let output = wasmcu(&options, &file(wat, "wat"), input);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

const HELLO: &str = r#"(module
    (import "env" "print_str" (func $print (param i32 i32)))
    (memory (export "memory") 1)
    (data (i32.const 16) "hello\n")
    (func (export "main") (result i32)
        (call $print (i32.const 16) (i32.const 6))
        (i32.const 300)))"#;

#[test]
fn output_alone_on_stdout_and_the_low_bits_of_the_result() {
    assert_eq!(run(&[], HELLO), ("hello\n".into(), String::new(), 300 & 0xFF));
}

#[test]
fn psram_gives_the_same_and_reports() {
    let options = ["--memory", "psram", "--window", "16", "--cache", "1x32", "--json"];
    let (out, report, code) = run(&options, HELLO);
    assert_eq!((out.as_str(), code), ("hello\n", 44));
    for field in ["\"symbols\":", "\"misses\":", "\"spi_commands\":", "\"instructions\":"] {
        assert!(report.contains(field), "{report}");
    }
    let (_, report, _) = run(&["--report"], HELLO);
    for line in ["window", "beyond", "peak low heap", "live allocations", "wall time"] {
        assert!(report.lines().any(|l| l.starts_with(line)), "{report}");
    }
}

#[test]
fn a_trap_says_where_and_gives_1() {
    let (out, err, code) = run(&[], r#"(module (func $f (export "main") unreachable))"#);
    assert_eq!((out.as_str(), code), ("", 1));
    assert!(err.contains("trap: unreachable") && err.contains("in f"), "{err}");
}

#[test]
fn a_program_that_ends_itself_is_no_trap() {
    let program = |status| {
        format!(
            r#"(module (global $exit (export "__exit") (mut i32) (i32.const -1))
                (func (export "setup") (global.set $exit (i32.const {status})) unreachable))"#
        )
    };
    assert_eq!(run(&[], &program(7)), (String::new(), String::new(), 7));
    assert_eq!(run(&[], &program(-1)).2, 1);
}

#[test]
fn abort_and_a_failed_assert_say_where() {
    let run = |statement: &str| {
        let text = format!(
            "#include <assert.h>\n#include <stdlib.h>\nint main(void) {{\n    {statement}\n}}\n"
        );
        let output = wasmcu(&["run"], &file(&text, "c"), "");
        assert_eq!(output.status.code(), Some(134));
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap())
    };
    let [out, err] = run("abort();");
    assert!(out.is_empty() && err.ends_with(": aborted in line 4\n"), "{out}{err}");
    // Imports that ConeZ's firmware has know no standard error.
    let [out, err] = run("assert(1 == 2);");
    assert!(out.contains(":4: main: Assertion `1 == 2' failed.\n"), "{out}");
    assert!(err.contains(": aborted in line "), "{err}");
}

/// `setup` prints 1, each `loop` prints 2.
const LOOPING: &str = r#"(module
    (import "env" "print_i32" (func $print (param i32)))
    (func (export "setup") (call $print (i32.const 1)))
    (func (export "loop") (call $print (i32.const 2))))"#;

#[test]
fn setup_once_and_loop_as_often_as_asked() {
    assert_eq!(run(&["--loops", "3"], LOOPING), ("1\n2\n2\n2\n".into(), String::new(), 0));
    assert_eq!(run(&["--loops", "0"], LOOPING).0, "1\n");
}

const ENDLESS: &str = r#"(module (func (export "main") (loop $l (br $l))))"#;

#[test]
fn a_loop_without_calls_is_stopped_by_time_and_by_fuel() {
    let (_, err, code) = run(&["--timeout", "0.2"], ENDLESS);
    assert!(err.contains("time is up") && code == 0, "{err}");
    let (_, err, code) = run(&["--fuel", "100000"], ENDLESS);
    assert!(err.contains("out of fuel") && code == 1, "{err}");
}

#[test]
fn a_delay_is_stopped_and_virtual_time_does_not_wait() {
    let sleeper = |ms: u32| {
        format!(
            r#"(module (import "env" "delay_ms" (func $delay (param i32)))
                (func (export "main") (call $delay (i32.const {ms}))))"#
        )
    };
    let start = std::time::Instant::now();
    assert!(run(&["--timeout", "0.2"], &sleeper(60_000)).1.contains("time is up"));
    assert_eq!(run(&["--virtual-time"], &sleeper(60_000)).2, 0);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn input_is_read_line_by_line() {
    let echo = r#"(module
        (import "env" "console_read" (func $read (param i32 i32) (result i32)))
        (import "env" "print_str" (func $print (param i32 i32)))
        (memory (export "memory") 1)
        (func (export "main") (result i32)
            (local $lines i32) (local $len i32)
            (loop $next
                (local.set $len (call $read (i32.const 100) (i32.const 80)))
                (if (local.get $len) (then
                    (call $print (i32.const 100) (local.get $len))
                    (local.set $lines (i32.add (local.get $lines) (i32.const 1)))
                    (br $next))))
            (local.get $lines)))"#;
    let (out, _, code) = run_with(&[], echo, "one\n\nthree");
    assert_eq!((out.as_str(), code), ("one\n\nthree", 3));
}

#[test]
fn a_module_that_is_wrong_or_asks_for_too_much() {
    for (wat, message) in [
        ("(module (func (export \"main\") i32.add))", "invalid module"),
        ("(module (import \"env\" \"nothing\" (func)))", "no such import"),
        ("(module (import \"env\" \"malloc\" (func)))", "the host has"),
        ("(module)", "nothing to run"),
        ("(module", "expected"),
    ] {
        let (_, err, code) = run(&[], wat);
        assert!(code == 1 && err.contains(message), "{wat}: {err}");
    }
}

#[test]
fn wrong_usage_gives_2() {
    for options in [&["--cache", "3x3"][..], &["--memory", "disk"], &["--window", "-1"]] {
        assert_eq!(run(options, HELLO).2, 2, "{options:?}");
    }
}

#[test]
fn inspect_says_whether_conez_would_take_it() {
    let inspect = |wat: &str| {
        let output = wasmcu(&["inspect"], &file(wat, "wat"), "");
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(inspect(HELLO).contains("ConeZ firmware would run it"));
    let text = inspect(
        r#"(module (import "env" "basic_rnd" (func (param f32) (result f32)))
            (import "env" "malloc" (func)) (func (export "main")))"#,
    );
    for objection in ["`basic_rnd`, which only this device has", "`malloc` as ()", "no memory"] {
        assert!(text.contains(objection), "{text}");
    }
}

/// Shows LED 0 of channel 1 in three colours, 100 ms apart, then pin 4.
const COLORS: &str = r#"(module
    (import "env" "led_set_pixel" (func $set (param i32 i32 i32 i32 i32)))
    (import "env" "led_show" (func $show))
    (import "env" "delay_ms" (func $delay (param i32)))
    (import "env" "pin_set" (func $pin (param i32)))
    (func $color (param i32 i32 i32)
        (call $set (i32.const 1) (i32.const 0) (local.get 0) (local.get 1) (local.get 2))
        (call $show)
        (call $delay (i32.const 100)))
    (func (export "main")
        (call $color (i32.const 255) (i32.const 0) (i32.const 0))
        (call $color (i32.const 0) (i32.const 255) (i32.const 0))
        (call $color (i32.const 0) (i32.const 0) (i32.const 255))
        (call $pin (i32.const 4))))"#;

#[test]
fn recordings() {
    let record = |extension: &str| {
        let path = file("", extension);
        let options = ["--virtual-time", "--leds", "2", "--record", path.to_str().unwrap()];
        assert_eq!(run(&options, COLORS).2, 0);
        std::fs::read(path).unwrap()
    };
    let lines = String::from_utf8(record("jsonl")).unwrap();
    let expected = [
        r#"{"ms":0,"channel":1,"pixels":["ff0000","000000"]}"#,
        r#"{"ms":100,"channel":1,"pixels":["00ff00","000000"]}"#,
        r#"{"ms":200,"channel":1,"pixels":["0000ff","000000"]}"#,
        r#"{"ms":300,"pin":4,"level":1}"#,
    ];
    assert_eq!(lines.lines().collect::<Vec<_>>(), expected);

    let picture = record("gif");
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(&picture[..]).unwrap();
    let mut seen = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        seen.push((frame.width, frame.height, frame.delay, frame.buffer[..3].to_vec()));
    }
    let frame = |delay, color: [u8; 3]| (16, 8, delay, color.to_vec());
    assert_eq!(seen, [frame(10, [255, 0, 0]), frame(10, [0, 255, 0]), frame(100, [0, 0, 255])]);

    let picture = record("png");
    assert_eq!(picture[16..24], [0, 0, 0, 16, 0, 0, 0, 3]);
}

#[test]
fn a_scenario_drives_sensors_and_clock() {
    let scenario = file(
        "start = 1000000000\n[gps]\nlat = [[0, 10], [10, 20]]\n[pins]\n4 = [[3, 1]]\n",
        "toml",
    );
    let program = r#"(module
        (import "env" "get_lat" (func $lat (result f32)))
        (import "env" "get_year" (func $year (result i32)))
        (import "env" "pin_read" (func $pin (param i32) (result i32)))
        (import "env" "delay_ms" (func $delay (param i32)))
        (import "env" "print_f32" (func $float (param f32)))
        (import "env" "print_i32" (func $int (param i32)))
        (func (export "setup") (call $int (call $year)))
        (func (export "loop")
            (call $float (call $lat))
            (call $int (call $pin (i32.const 4)))
            (call $delay (i32.const 2500))))"#;
    let options = ["--virtual-time", "--loops", "3", "--scenario", scenario.to_str().unwrap()];
    assert_eq!(run(&options, program), ("2001\n10\n0\n12.5\n0\n15\n1\n".into(), String::new(), 0));
    let bad = file("[gps]\nlatitude = 3\n", "toml");
    let (_, err, code) = run(&["--scenario", bad.to_str().unwrap()], program);
    assert!(code == 1 && err.contains("`latitude`"), "{err}");
}

/// Standard output, standard error and exit code of a run of this C program.
fn run_c(options: &[&str], source: &str) -> (String, String, i32) {
    let options: Vec<&str> = ["run"].iter().chain(options).copied().collect();
    let output = wasmcu(&options, &file(source, "c"), "");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

#[test]
fn c_with_the_device_header_alone() {
    let source = r#"
        #include <conez_api.h>
        static uint8_t buffer[30];
        int main(void) {
            char name[16];
            int a, b;
            memset(buffer, 1, sizeof buffer);
            strcpy(name, "hi");
            bool same = strlen(name) == 2;
            printf("%d %d %d %f\n", same, sin256(64), clamp(5, 0, 3), sqrtf(2.0f));
            print_u8(300);
            snprintf(name, sizeof name, "%x", rgb_r(0x123456));
            printf("%s %d %lld\n", name, file_exists("/x"), (long long)INT64_MIN);
            sscanf("3 4", "%d %d", &a, &b);
            return a * b;
        }"#;
    let expected = "1 254 3 1.414214\n44\n12 0 -9223372036854775808\n";
    assert_eq!(run_c(&[], source), (expected.into(), String::new(), 12));
}

#[test]
fn macros_from_the_command_line_and_errors_in_c() {
    let source = "int main(void) { return ANSWER; }\n";
    assert_eq!(run_c(&["-D", "ANSWER=42", "-O0"], source).2, 42);
    let (out, err, code) = run_c(&[], source);
    assert!(
        code == 1 && out.is_empty() && err.contains("ANSWER") && err.contains(":1:25"),
        "{err}"
    );
}

#[test]
fn the_benchmark_is_right_and_stays_in_the_window() {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/c/bench.c"));
    let output = wasmcu(&["run", "--memory", "psram", "--report"], &path, "");
    let (out, report) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(out.contains("172") && out.contains("130560000"), "{out}");
    let window = report.lines().find(|line| line.starts_with("window ")).unwrap();
    let share: f64 = window.split_whitespace().rev().nth(3).unwrap().parse().unwrap();
    assert!(share >= 99.9, "{window}");
    for symbol in ["sieve", "membuf"] {
        let line = report.lines().find(|line| line.ends_with(symbol)).unwrap();
        assert!(line.contains(" in "), "{line}");
    }
}

#[test]
fn basic_runs_and_its_errors_have_places() {
    let run_basic = |options: &[&str], source: &str| {
        let options: Vec<&str> = ["run"].iter().chain(options).copied().collect();
        let output = wasmcu(&options, &file(source, "bas"), "");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code().unwrap())
    };
    let (out, _, code) = run_basic(&["--dialect", "qb"], "N$ = \"Ada\"\nPRINT \"Hello \"; N$; 3\n");
    assert!(out == "Hello Ada 3 \n" && code == 0, "{out}");
    let (_, err, code) = run_basic(&[], "X = 1\nY = = 2\n");
    assert!(code == 1 && err.contains(".bas:2:5"), "{err}");
    let (_, err, code) = run_basic(&["--dialect", "pascal"], "X = 1\n");
    assert!(code == 2 && err.contains("conez, qb, gw, ansi"), "{err}");
}

#[test]
fn an_echo_makes_a_run_with_a_file_look_as_at_a_terminal() {
    let source = "10 INPUT \"AGE\"; A\n20 PRINT TAB(3); A; \"YEARS\"\n";
    let run = |echo: &[&str]| {
        let options = [&["run", "--dialect", "gw"], echo].concat();
        String::from_utf8(wasmcu(&options, &file(source, "bas"), "x\n7\n").stdout).unwrap()
    };
    assert_eq!(run(&["--echo"]), "AGE? x\n?Redo from start\nAGE? 7\n   7 YEARS\n");
    assert_eq!(run(&[]), "AGE? ?Redo from start\nAGE?    7 YEARS\n");
}

#[test]
fn the_import_table_is_there_to_read() {
    let print = |options: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_wasmcu")).args(options).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(print(&["imports"]).contains("| `void led_show(void)` |"));
    assert!(print(&["imports", "--header"]).contains("\nvoid led_show(void);\n"));
}

/// ConeZ's table with ours beside it: its figures as they are, and in each row where the window holds
/// the data, a fraction of what the cache takes.
#[test]
fn bench_prints_the_table_of_conez() {
    let output = Command::new(env!("CARGO_BIN_EXE_wasmcu")).arg("bench").output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let row = |name: &str| -> Vec<u64> {
        let line = text.lines().find(|line| line.starts_with(name)).expect(name);
        let numbers = line[name.len()..].split_whitespace();
        numbers.map(|number| number.trim_start_matches('~').parse().unwrap()).collect()
    };
    let (flat, cache, fixed) =
        (row("DRAM only"), row("PSRAM cache only"), row("window, the bug fixed"));
    assert_eq!(flat[..3], [1554, 4039, 2946]);
    assert_eq!(cache[..3], [8294, 24705, 9948]);
    for phase in 0..3 {
        let (flat, cache, fixed) = (flat[3 + phase], cache[3 + phase], fixed[3 + phase]);
        assert!(flat < fixed && fixed < flat * 3 / 2 && fixed * 5 < cache, "{text}");
    }
    assert!(text.contains("172 primes, checksum 130560000"), "{text}");
}

#[test]
fn a_profile_knows_the_lines_that_allocate() {
    let source = "#include <stdlib.h>\nint main(void) {\n    volatile char *few = malloc(8);\n    \
                  volatile char *many = malloc(8);\n    few[0] = 1;\n    \
                  for (int i = 0; i < 100; i++) many[i & 7] = i;\n    return 0;\n}\n";
    let profile = file("", "prof");
    let options = ["run", "--profile", profile.to_str().unwrap()];
    let output = wasmcu(&options, &file(source, "c"), "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(&profile).unwrap();
    let stores = |name: &str| {
        let line = text.lines().find(|line| line.ends_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|count| count.parse::<u32>().ok())
    };
    assert_eq!(stores("(heap: line 3)"), Some(1), "{text}");
    assert_eq!(stores("(heap: line 4)"), Some(100), "{text}");
}
