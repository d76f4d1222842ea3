//! What must hold for the whole path, one test a promise.

use runtime::engine::{Instance, Limits, Module};
use runtime::host::Device;
use runtime::memory::{Counting, Flat, Region};
use tests::case::{self, Case};
use tests::compile::{LEVELS, Language, OptLevel, Options, compile};
use tests::machine::{Machine, World, board::BenchBoard, windowed};
use tests::placement::{self, Evidence};
use wasm_common::backend::{Output, PlacedObject};

const WINDOW: u32 = 4096;

fn example(path: &str) -> Output {
    let path = case::root().join("examples").join(path);
    build(&Case::read(&path).expect("an example"), OptLevel::O2)
}

fn build(case: &Case, level: OptLevel) -> Output {
    let name = case.path.file_name().unwrap_or_default().to_string_lossy();
    compile(case.language, &name, &case.source, level, &case.options)
        .unwrap_or_else(|problems| panic!("{}: {problems:?}", case.name()))
}

fn object<'o>(image: &'o Output, name: &str) -> &'o PlacedObject {
    let named = |object: &&PlacedObject| object.name.eq_ignore_ascii_case(name);
    let found = image.layout.objects.iter().find(named);
    found.unwrap_or_else(|| panic!("no `{name}` in:\n{}", image.layout))
}

fn in_window(object: &PlacedObject) -> bool {
    object.address + object.size <= WINDOW
}

#[test]
fn bench_c_counts_172_primes_and_sums_to_130560000() {
    for level in LEVELS {
        let case = Case::read(&case::root().join("examples/c/bench.c")).expect("an example");
        let image = build(&case, level);
        for machine in [Machine::Flat, Machine::Chip, windowed(4096, 512, 1), Machine::Wasmi] {
            let run = machine.run(&image, &World::default());
            assert_eq!(run.end, Ok(0), "{level:?} on {machine}: {run}");
            assert!(run.output.contains("primes   172 "), "{level:?} on {machine}: {run}");
            assert!(run.output.contains("checksum 130560000\n"), "{level:?} on {machine}: {run}");
            assert!(!run.output.contains("1546752000"), "the seed's bug");
        }
    }
}

#[test]
fn bench_c_has_its_arrays_in_the_window_and_the_heap_behind_all_data() {
    let image = example("c/bench.c");
    let (sieve, membuf) = (object(&image, "sieve"), object(&image, "membuf"));
    assert!(in_window(sieve) && in_window(membuf), "{}", image.layout);
    for object in &image.layout.objects {
        let end = object.address + object.size;
        assert!(object.address >= 16, "nothing lies below 16:\n{}", image.layout);
        assert!(
            end <= image.layout.heap_start,
            "{} lies in the heap:\n{}",
            object.name,
            image.layout
        );
    }
    assert_eq!(image.layout.heap_start % 4, 0);
    assert_eq!(heap_pointer(&image.wasm), Some(image.layout.heap_start));
    let last_array = (sieve.address + sieve.size).max(membuf.address + membuf.size);
    let text = b"checksum %u\n";
    let place = find_data(&image.wasm, text).expect("the format is in the module");
    assert!(place >= last_array, "strings lie behind the arrays:\n{}", image.layout);
}

fn heap_pointer(wasm: &[u8]) -> Option<u32> {
    let module = Module::new(wasm, &Limits::default()).expect("a valid module");
    let mut board = BenchBoard::default();
    let mut device = Device::new(&mut board);
    let instance = Instance::new(module, Flat::new(1), &mut device).expect("links");
    instance.global("_heap_ptr").map(|bits| bits as u32)
}

/// The address at which a module's data segments put `text`.
fn find_data(wasm: &[u8], text: &[u8]) -> Option<u32> {
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        let wasmparser::Payload::DataSection(segments) = payload.ok()? else { continue };
        for segment in segments {
            let segment = segment.ok()?;
            let wasmparser::DataKind::Active { offset_expr, .. } = segment.kind else { continue };
            let first = offset_expr.get_operators_reader().read().ok()?;
            let wasmparser::Operator::I32Const { value } = first else { continue };
            let at = segment.data.windows(text.len()).position(|bytes| bytes == text);
            if let Some(at) = at {
                return Some(value as u32 + at as u32);
            }
        }
    }
    None
}

/// Runs a module and counts its loads and stores: in the window, and all.
fn accesses(wasm: &[u8]) -> (Region, Region) {
    let module = Module::new(wasm, &Limits::default()).expect("a valid module");
    let mut board = BenchBoard::default();
    let mut device = Device::new(&mut board);
    let memory = Counting::new(Flat::new(16), 65_536);
    let mut instance = Instance::new(module, memory, &mut device).expect("links");
    let global = |name: &str| instance.global(name).map(|bits| bits as u32);
    device.lay_out(global, 65_536);
    instance.call("main", &[], &mut device).expect("runs");
    (instance.memory().region(0, WINDOW), instance.memory().total())
}

#[test]
fn bench_c_makes_999_of_1000_accesses_in_the_window() {
    let (inside, all) = accesses(&example("c/bench.c").wasm);
    let (inside, all) = (inside.loads + inside.stores, all.loads + all.stores);
    assert!(all > 2_000_000, "{all}: it writes and reads a million bytes each");
    assert!(inside * 1000 >= all * 999, "{inside} of {all}");
}

/// Programs whose hot data is larger than the window: each kind of evidence beats the one before,
/// in time on the simulated device.
#[test]
fn evidence_places_better_than_the_order_of_declaration() {
    let folder = case::root().join("tests/quality/layout");
    for (file, saved) in [("filter.c", 0.3), ("lookup.c", 0.2), ("rows.bas", 0.3)] {
        let run = |evidence| {
            placement::run(&folder.join(file), evidence)
                .unwrap_or_else(|why| panic!("{file}: {why}"))
        };
        let [none, estimate, profile] =
            [Evidence::None, Evidence::Estimate, Evidence::Profile].map(run);
        let times = [&none, &estimate, &profile].map(|run| run.milliseconds);
        assert!(times[1] < times[0] && times[2] <= times[1] * 1.001, "{file}: {times:?}");
        assert!(times[2] < times[0] * (1.0 - saved), "{file}: {times:?}");
        // What the plan expects of accesses to objects is what happens.
        assert!((profile.expected - profile.inside).abs() < 1.0, "{file}: {profile:?}");
    }
}

#[test]
fn an_array_of_basic_with_constant_bounds_lies_in_the_window() {
    let image = example("basic/sieve.bas");
    assert!(in_window(object(&image, "S")), "{}", image.layout);
}

#[test]
fn a_module_without_heap_pointer_allocates_from_the_pool() {
    let text = r#"(module
        (import "env" "malloc" (func $malloc (param i32) (result i32)))
        (import "env" "free" (func $free (param i32)))
        (memory (export "memory") 1)
        (func (export "main") (result i32)
            (call $free (call $malloc (i32.const 100)))
            (call $malloc (i32.const 8))))"#;
    let wasm = wat::parse_str(text).expect("good text");
    for machine in [Machine::Flat, Machine::Wasmi, windowed(64, 32, 1)] {
        let run = machine.run_module(&wasm, &World::default());
        let address = run.end.unwrap_or_else(|fault| panic!("{machine}: {fault}"));
        assert!((0x8000..0xF000).contains(&address), "{machine}: {address:#x}");
        assert_eq!(run.live, 1);
    }
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    let mut cases = case::all(&case::root().join("examples"));
    cases.extend(case::all(&case::root().join("tests/cases/c")));
    cases.extend(case::all(&case::root().join("tests/cases/basic")));
    let mut built = 0;
    for case in &cases {
        let name = case.path.file_name().unwrap_or_default().to_string_lossy();
        for level in [OptLevel::O0, OptLevel::O2] {
            let once = || compile(case.language, &name, &case.source, level, &case.options);
            // Another thread has other hash seeds, addresses and stack.
            let other = std::thread::scope(|scope| scope.spawn(once).join().expect("no panic"));
            match (once(), other) {
                (Ok(a), Ok(b)) => {
                    assert!(a.wasm == b.wasm, "{} at {level:?}", case.name());
                    built += 1;
                }
                (Err(a), Err(b)) => assert_eq!(a, b, "{}", case.name()),
                _ => panic!("{} compiles only sometimes", case.name()),
            }
        }
    }
    assert!(built > 20, "{built}: there are programs");
}

/// What a loop may do with strings; whatever it does, a pass leaves as many blocks as the first did.
const STRING_WORK: &[&str] = &[
    "A$ = STR$(I) + \"x\" + LEFT$(A$, 3)",
    "B$ = A$",
    "A$ = A$",
    "SWAP A$, B$",
    "MID$(B$, 1, 2) = UPPER$(A$)",
    "N$(I MOD 3 + 1) = A$ + B$",
    "A$ = N$(I MOD 3 + 1)",
    "SELECT CASE UPPER$(A$)\nCASE \"A\", B$ + \"1\"\nA$ = \"a\"\nCASE ELSE\nB$ = \"b\"\nEND SELECT",
    "IF LEFT$(A$ + B$, 1) = \"x\" THEN B$ = RIGHT$(B$ + A$, 4)",
    "B$ = JOINED$(A$, \"-\" + STR$(I))",
    "TAKES A$ + \"!\", B$",
    "PRINT LEFT$(A$, 0);",
    "L = LEN(TRIM$(\" \" + A$)) + ASC(B$ + \"z\")",
    "RESTORE\nREAD A$",
    "EARLY A$ + B$",
    "B$ = CHR$(65 + I MOD 26) + STRING$(3, 42)",
];

const STRING_SUBS: &str = "SUB JOINED$ P$, Q$\nLOCAL R$\nR$ = P$ + Q$\nP$ = LEFT$(R$, 5)\nRETURN P$\nEND SUB\n\
    SUB TAKES P$, Q$\nQ$ = P$\nEND SUB\n\
    SUB EARLY P$\nIF LEN(P$) > 3 THEN RETURN\nP$ = P$ + \"y\"\nEND SUB\nDATA one, two\n";

/// Blocks that a program of this loop leaves allocated after so many passes.
fn left_behind(work: &[&str], passes: u32) -> usize {
    let body = work.join("\n");
    let source = format!(
        "DIM N$(3)\nA$ = \"\"\nB$ = \"\"\nL = 0\nFOR I = 1 TO {passes}\n{body}\nNEXT\n{STRING_SUBS}"
    );
    let image = compile(Language::Basic, "pool.bas", &source, OptLevel::O2, &Options::default());
    let image = image.unwrap_or_else(|problems| panic!("{problems:?}\n{source}"));
    let run = Machine::Flat.run(&image, &World { fuel: u64::MAX, ..World::default() });
    assert_eq!(run.end, Ok(0), "{run}\n{source}");
    run.live
}

/// `PASSES=1000000` sets the number of passes of each loop.
#[test]
fn strings_of_basic_loops_leave_the_pool_as_it_was() {
    let passes = std::env::var("PASSES").ok().and_then(|n| n.parse().ok()).unwrap_or(2000);
    let mut random = 1u32;
    for _ in 0..24 {
        let mut next = || {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            random as usize >> 16
        };
        let work: Vec<&str> =
            (0..3 + next() % 4).map(|_| STRING_WORK[next() % STRING_WORK.len()]).collect();
        // Every variable may hold a string, and each element of the array.
        let (few, many) = (left_behind(&work, 6), left_behind(&work, passes));
        assert!(
            many <= few.max(5),
            "{few} blocks after 6 passes, {many} after {passes}:\n{work:#?}"
        );
    }
}

#[test]
fn every_case_says_what_it_must_do() {
    let folder = case::root().join("tests/cases");
    let folders = ["c", "basic", "conez-probes", "found"].map(|name| folder.join(name));
    let cases: Vec<Case> = folders.iter().flat_map(|folder| case::all(folder)).collect();
    let nothing = |case: &&Case| case.expected == case::Expected::Nothing;
    let silent: Vec<_> = cases.iter().filter(nothing).map(Case::name).collect();
    assert!(silent.is_empty(), "no golden beside {silent:?}");
    assert!(cases.len() > 150, "{} cases were found", cases.len());
}
