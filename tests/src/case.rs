//! Programs as data: a source file, what it must do in files beside it, how to run it in its head.
//!
//! `X.c` or `X.bas` stands with one of
//! - `X.out`: what it prints when it runs to its end;
//! - `X.trap`: the line where it must stop with an error (or several, any of which is right); with
//!   `static` after it, refusing to compile with an error in that line is as good;
//! - `X.endless`: a number of instructions after which it must still run;
//! - `X.reject`: it must not compile; if the file has lines, each is the `line:column` of an error,
//!   and there must be no others.
//!
//! A comment among the first three lines may say `run:` and then, by blanks, `loops=4`, `exit=3`,
//! `stdin=text`, `file=/path=text`, `std=gnu89`, `dialect=qb`; in texts `\n` and `\s` are line end
//! and blank.

use crate::compile::{Language, Options};
use crate::machine::World;
use std::fs;
use std::path::{Path, PathBuf};

/// What a program must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Print this and end.
    Output(String),
    /// Stop in one of these lines; or be refused there, if the flag says so.
    Trap(Vec<u32>, bool),
    /// Still run after this many instructions.
    Endless(u64),
    /// Be refused, with errors at exactly these lines and columns if there are any.
    Reject(Vec<(u32, u32)>),
    /// Nobody has said yet.
    Nothing,
}

/// A program and what it must do.
#[derive(Clone, Debug)]
pub struct Case {
    /// Where it lies.
    pub path: PathBuf,
    /// Its source.
    pub source: String,
    /// Its language.
    pub language: Language,
    /// How it is compiled.
    pub options: Options,
    /// What it finds when it runs.
    pub world: World,
    /// The result of `main`.
    pub exit: i32,
    /// What it must do.
    pub expected: Expected,
}

impl Case {
    /// Reads a case; `None` if the file is no program.
    ///
    /// # Panics
    /// If it cannot be read, or its directives or goldens make no sense.
    #[must_use]
    pub fn read(path: &Path) -> Option<Self> {
        let language = Language::of(path)?;
        let source = fs::read(path).expect("a case can be read");
        let source = String::from_utf8_lossy(&source).into_owned();
        let mut case = Self {
            path: path.into(),
            language,
            options: Options::default(),
            world: World::default(),
            exit: 0,
            expected: expected(path),
            source,
        };
        if let Expected::Endless(fuel) = case.expected {
            case.world.fuel = fuel;
        }
        let head: Vec<String> = case.source.lines().take(3).map(String::from).collect();
        for line in head {
            if let Some((_, directives)) = line.split_once("run: ") {
                directives
                    .trim_end_matches("*/")
                    .split_whitespace()
                    .for_each(|d| case.directive(d));
            }
        }
        Some(case)
    }

    fn directive(&mut self, directive: &str) {
        let (key, value) = directive.split_once('=').expect("run: key=value");
        let text = || value.replace("\\n", "\n").replace("\\s", " ");
        match key {
            "loops" => self.world.loops = value.parse().expect("a number"),
            "exit" => self.exit = value.parse().expect("a number"),
            "stdin" => self.world.input = text().into_bytes(),
            "file" => {
                let text = text();
                let (path, content) = text.split_once('=').expect("file=/path=text");
                self.world.files.insert(path.into(), content.into());
            }
            "std" => self.options.std = Some(value.into()),
            "dialect" => self.options.dialect = Some(value.into()),
            other => panic!("{}: no directive `{other}`", self.path.display()),
        }
    }

    /// Its name in a list of tests: folder and file.
    #[must_use]
    pub fn name(&self) -> String {
        let folder = self.path.parent().and_then(Path::file_name).unwrap_or_default();
        let file = self.path.file_name().unwrap_or_default();
        format!("{}/{}", folder.to_string_lossy(), file.to_string_lossy())
    }
}

/// What the files beside `path` say.
fn expected(path: &Path) -> Expected {
    let beside = |extension| fs::read(path.with_extension(extension)).ok();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    if let Some(output) = beside("out") {
        return Expected::Output(text(output));
    }
    if let Some(trap) = beside("trap").map(text) {
        let lines = trap.split_whitespace().filter_map(|line| line.parse().ok()).collect();
        return Expected::Trap(lines, trap.contains("static"));
    }
    if let Some(fuel) = beside("endless").map(text) {
        return Expected::Endless(fuel.trim().parse().expect("a number of instructions"));
    }
    let Some(reject) = beside("reject").map(text) else { return Expected::Nothing };
    let place = |line: &str| {
        let (line, column) = line.split_once(':').expect("line:column");
        (line.parse().expect("a line"), column.trim().parse().expect("a column"))
    };
    Expected::Reject(reject.lines().filter(|line| !line.is_empty()).map(place).collect())
}

/// All programs in `folder` and the folders in it, by name.
#[must_use]
pub fn all(folder: &Path) -> Vec<Case> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        if path.is_dir() {
            cases.extend(all(&path));
        } else {
            cases.extend(Case::read(&path));
        }
    }
    cases
}

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests is inside it").into()
}
