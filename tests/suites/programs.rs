//! Every program of `examples` and `tests/cases`: from source to what it does, at every level, on
//! every machine. `BLESS=1` writes missing and wrong `.out` files anew.

use libtest_mimic::{Arguments, Failed, Trial};
use std::fs;
use tests::case::{self, Case, Expected};
use tests::compile::{LEVELS, Problem, compile};
use tests::machine::{self, Fault, Machine, Run};
use wasm_common::backend::Output;

/// Folders of programs, from the root of the workspace.
const FOLDERS: &[&str] = &[
    "examples/c",
    "examples/basic",
    "tests/cases/c",
    "tests/cases/c_small",
    "tests/cases/basic",
    "tests/cases/conez-probes",
    "tests/cases/found",
];

/// Cases that are known to fail, a name and the reason a line; `--include-ignored` runs them too.
const PENDING: &str = include_str!("../cases/pending.txt");

fn main() {
    let arguments = Arguments::from_args();
    let pending: Vec<&str> =
        PENDING.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let mut trials = Vec::new();
    for folder in FOLDERS {
        for case in case::all(&case::root().join(folder)) {
            let name = case.name();
            let known = pending.contains(&name.as_str());
            let trial = Trial::test(name, move || check(&case).map_err(Failed::from));
            trials.push(trial.with_ignored_flag(known));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn check(case: &Case) -> Result<(), String> {
    for level in LEVELS {
        let file = case.path.file_name().unwrap_or_default().to_string_lossy();
        let compiled = compile(case.language, &file, &case.source, level, &case.options);
        match (&case.expected, compiled) {
            (Expected::Reject(places), Err(problems)) => refused(places, &problems)?,
            (Expected::Trap(lines, true), Err(problems)) => {
                if !problems.iter().any(|problem| lines.contains(&problem.line)) {
                    return Err(format!("no error in lines {lines:?}:\n{}", listed(&problems)));
                }
            }
            (_, Err(problems)) => return Err(format!("at {level:?}:\n{}", listed(&problems))),
            (Expected::Reject(_), Ok(_)) => return Err("compiles, and must not".into()),
            (_, Ok(image)) => runs(case, &image).map_err(|why| format!("at {level:?}, {why}"))?,
        }
    }
    Ok(())
}

fn listed(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("  {problem}\n")).collect()
}

/// Checks that the errors stand where they must, and no others.
fn refused(places: &[(u32, u32)], problems: &[Problem]) -> Result<(), String> {
    let found: Vec<(u32, u32)> =
        problems.iter().map(|problem| (problem.line, problem.column)).collect();
    if places.is_empty() || found == places {
        return Ok(());
    }
    Err(format!("errors expected at {places:?}, found:\n{}", listed(problems)))
}

/// Runs a program everywhere, and compares with what it must do.
fn runs(case: &Case, image: &Output) -> Result<(), String> {
    let first = Machine::Flat.run(image, &case.world);
    match &case.expected {
        Expected::Output(golden) => {
            if first.end != Ok(case.exit) || first.output != *golden {
                bless(case, &first)?;
            }
        }
        Expected::Nothing => bless(case, &first)?,
        Expected::Trap(lines, _) => {
            let own = !matches!(first.end, Ok(_) | Err(Fault::Load(_) | Fault::Fuel));
            if !own || !first.line.is_some_and(|line| lines.contains(&line)) {
                return Err(format!("an error in lines {lines:?} expected, found:\n{first}"));
            }
        }
        Expected::Endless(_) if first.end == Err(Fault::Fuel) => return Ok(()),
        Expected::Endless(_) => return Err(format!("it ends:\n{first}")),
        Expected::Reject(_) => {}
    }
    for machine in machine::ALL[1..].iter().filter(|machine| machine.suits(&image.wasm)) {
        let run = machine.run(image, &case.world);
        if !run.agrees(&first) {
            return Err(format!("flat:\n{first}\nbut {machine}:\n{run}"));
        }
        let ours = matches!(machine, Machine::Windowed(_));
        if ours && (run.instructions != first.instructions || run.line != first.line) {
            return Err(format!("{machine} counts or traps otherwise than flat:\n{run}\n{first}"));
        }
    }
    Ok(())
}

/// Writes the golden if that is asked for; else says what differs.
fn bless(case: &Case, run: &Run) -> Result<(), String> {
    if std::env::var_os("BLESS").is_some() && run.end == Ok(case.exit) {
        let golden = case.path.with_extension("out");
        return fs::write(golden, &run.output).map_err(|error| error.to_string());
    }
    match &case.expected {
        Expected::Output(golden) => Err(difference(golden, run)),
        _ => Err(format!("no golden beside it; it gives:\n{run}")),
    }
}

fn difference(golden: &str, run: &Run) -> String {
    let found = run.output.lines().chain(std::iter::repeat("(end)"));
    for (number, (wanted, found)) in golden.lines().zip(found).enumerate() {
        if wanted != found {
            let number = number + 1;
            return format!(
                "output line {number}: expected {wanted:?}, found {found:?}\n[{:?}]",
                run.end
            );
        }
    }
    format!("expected:\n{golden}\nfound:\n{run}")
}
