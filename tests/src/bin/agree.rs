//! Generated programs in any number: `agree KIND COUNT [FIRST]` checks the programs of KIND (`c`,
//! `bas` or `ir`; `all` for each) of the seeds from FIRST on; `agree show KIND SEED` prints one.
//!
//! What disagrees is made small and written to `target/generated/KIND-SEED.KIND`, beside it why as
//! `.txt`; the status is 1 then. gcc compiles many C programs at a time.

use std::path::PathBuf;
use std::time::Instant;
use tests::agree::Kind;
use tests::case::root;
use tests::oracle;

/// Programs that gcc takes at once.
const BATCH: u64 = 64;

fn main() {
    // wasmi's handlers call one another in tail position, which is a loop only when the optimiser
    // sees it; a stack of this size is only reserved.
    let all = std::thread::Builder::new().stack_size(1 << 32).spawn(run);
    all.expect("a thread starts").join().expect("panics are caught");
}

fn run() {
    std::panic::set_hook(Box::new(|_| {}));
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let kind = |name: &str| Kind::ALL.into_iter().find(|kind| kind.name() == name);
    let done = match args.as_slice() {
        ["show", name, seed] => kind(name).zip(seed.parse().ok()).map(|(kind, seed)| {
            print!("{}", kind.source(&kind.tape(seed)));
            true
        }),
        [name, count, rest @ ..] if rest.len() < 2 => {
            let first = rest.first().map_or(Some(0), |first| first.parse().ok());
            let numbers = count.parse().ok().zip(first);
            let kinds = match *name {
                "all" => Some(Kind::ALL.to_vec()),
                name => kind(name).map(|kind| vec![kind]),
            };
            kinds.zip(numbers).map(|(kinds, (count, first))| {
                // All kinds, also after one that disagrees.
                let agreed: Vec<bool> =
                    kinds.into_iter().map(|kind| check(kind, count, first)).collect();
                agreed.iter().all(|&agrees| agrees)
            })
        }
        _ => None,
    };
    match done {
        Some(true) => {}
        Some(false) => std::process::exit(1),
        None => {
            eprintln!("usage: agree c|bas|ir|all COUNT [FIRST]\n       agree show c|bas|ir SEED");
            std::process::exit(2);
        }
    }
}

/// Checks `count` seeds; whether all agree.
fn check(kind: Kind, count: u64, first: u64) -> bool {
    let start = Instant::now();
    let end = first + count;
    let mut found = Vec::new();
    let mut seed = first;
    while seed < end {
        let batch = seed..(seed + BATCH).min(end);
        let known = known(kind, batch.clone());
        for (seed, known) in batch.clone().zip(known) {
            let words = kind.tape(seed);
            let outcome = match known {
                Some(known) => Kind::check_against(&words, known),
                None => kind.check(&words),
            };
            if outcome.is_err() {
                found.push(seed);
                keep(kind, seed, &words);
            }
        }
        seed = batch.end;
        if (seed - first).is_multiple_of(BATCH * 16) || seed == end {
            let (done, seconds) = (seed - first, start.elapsed().as_secs());
            println!("{}: {done} programs in {seconds} s, {} disagree", kind.name(), found.len());
        }
    }
    println!(
        "{}: {count} programs from seed {first}: {} disagree {found:?}",
        kind.name(),
        found.len()
    );
    found.is_empty()
}

/// What the programs of these seeds print, if somebody else can say.
fn known(kind: Kind, seeds: std::ops::Range<u64>) -> Vec<Option<(String, i32)>> {
    let sources: Vec<String> = match kind {
        Kind::C => seeds.clone().map(|seed| kind.source(&kind.tape(seed))).collect(),
        _ => Vec::new(),
    };
    match oracle::gcc_all(&sources, "-O0") {
        Ok(known) if kind == Kind::C => known.into_iter().map(Some).collect(),
        _ => seeds.map(|_| None).collect(),
    }
}

/// Makes a failing program small and writes it to a file.
fn keep(kind: Kind, seed: u64, words: &[u32]) {
    let words = kind.shrunk(words, 500);
    let (source, why) = (kind.source(&words), kind.check(&words).err().unwrap_or_default());
    let folder: PathBuf = root().join("target/generated");
    let path = folder.join(format!("{}-{seed}.{0}", kind.name()));
    let written = std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&path, source))
        .and_then(|()| std::fs::write(path.with_extension("txt"), &why));
    let why: String = why.chars().take(300).collect();
    match written {
        Ok(()) => println!("seed {seed}: {}\n{why}", path.display()),
        Err(error) => println!("seed {seed}: {error}\n{why}"),
    }
}
