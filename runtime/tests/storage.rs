//! Storages as the trait has them: whatever is asked, a folder of the desktop and the disk in RAM
//! answer alike; and what only a folder can hold does no harm.

use proptest::prelude::*;
use runtime::board::sim::Folder;
use runtime::board::{Entry, Failed, FileId, RamDisk, Storage};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use wasm_common::abi::files::FileMode;

/// An empty folder for the test of this name, and it as a storage.
fn folder(test: &str) -> (PathBuf, Folder) {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("storage").join(test);
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).unwrap();
    (root.clone(), Folder::new(root))
}

/// All entries of a directory, by number.
fn walk(storage: &mut dyn Storage, path: &str) -> Result<Vec<Entry>, Failed> {
    let mut entries = Vec::new();
    while let Some(mut entry) = storage.entry(path, entries.len())? {
        entry.modified = 0;
        entries.push(entry);
    }
    Ok(entries)
}

fn names(storage: &mut dyn Storage, path: &str) -> Vec<String> {
    walk(storage, path).unwrap().into_iter().map(|entry| entry.name).collect()
}

#[derive(Clone, Debug)]
enum Step {
    Open(String, FileMode),
    Close(FileId),
    Read(FileId, u32, usize),
    Write(FileId, u32, Vec<u8>),
    SetSize(FileId, u32),
    Remove(String),
    Rename(String, String),
    MakeDir(String),
    RemoveDir(String),
    Stat(String),
    Walk(String),
    /// Walks a directory, and removes each file as it comes.
    Clear(String),
}
use Step::*;

fn step() -> impl Strategy<Value = Step> {
    let part = prop::sample::select(&["a", "a", "b", "b", "a-b", "a:b.txt", "", ".", ".."]);
    let path = || {
        prop::collection::vec(part.clone(), 0..4).prop_map(|parts| format!("/{}", parts.join("/")))
    };
    let file = || 0..4u32;
    prop_oneof![
        4 => (path(), prop::sample::select(&FileMode::ALL)).prop_map(|(p, m)| Open(p, m)),
        2 => file().prop_map(Close),
        2 => (file(), 0..20u32, 0..20usize).prop_map(|(f, at, len)| Read(f, at, len)),
        2 => (file(), 0..20u32, prop::collection::vec(any::<u8>(), 0..9))
            .prop_map(|(f, at, bytes)| Write(f, at, bytes)),
        1 => (file(), 0..20u32).prop_map(|(f, size)| SetSize(f, size)),
        2 => path().prop_map(Remove),
        3 => (path(), path()).prop_map(|(from, to)| Rename(from, to)),
        4 => path().prop_map(MakeDir),
        1 => path().prop_map(RemoveDir),
        2 => path().prop_map(Stat),
        2 => path().prop_map(Walk),
        1 => path().prop_map(Clear),
    ]
}

/// What the storage says to a step, as text. The host lets nobody write by a mode that reads.
fn answer(storage: &mut dyn Storage, step: &Step, modes: &mut [FileMode; 64]) -> String {
    let may_write = |file: FileId| modes[file as usize].writes();
    match step {
        Open(path, mode) => {
            let file = storage.open(path, *mode);
            if let Ok(file) = file {
                modes[file as usize] = *mode;
            }
            format!("{file:?}")
        }
        Close(file) => format!("{:?}", storage.close(*file)),
        Read(file, at, len) => {
            let mut bytes = vec![0; *len];
            format!("{:?} {bytes:?}", storage.read_at(*file, *at, &mut bytes))
        }
        Write(file, at, bytes) if may_write(*file) => {
            let size = storage.size(*file).unwrap_or(0);
            format!("{:?}", storage.write_at(*file, *at.min(&size), bytes))
        }
        SetSize(file, size) if may_write(*file) => format!("{:?}", storage.set_size(*file, *size)),
        Write(file, ..) | SetSize(file, _) => format!("{:?}", storage.size(*file)),
        Remove(path) => format!("{:?}", storage.remove(path)),
        Rename(from, to) => format!("{:?}", storage.rename(from, to)),
        MakeDir(path) => format!("{:?}", storage.make_dir(path)),
        RemoveDir(path) => format!("{:?}", storage.remove_dir(path)),
        Stat(path) => format!("{:?}", storage.stat(path).map(|e| (e.name, e.is_dir, e.size))),
        Walk(path) => format!("{:?}", walk(storage, path)),
        Clear(path) => {
            let mut gone = Vec::new();
            while let Ok(Some(entry)) = storage.entry(path, gone.len()) {
                gone.push((storage.remove(&format!("{path}/{}", entry.name)), entry.name));
            }
            format!("{gone:?}")
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_folder_and_the_ram_disk_answer_alike(steps in prop::collection::vec(step(), 1..60)) {
        let (root, mut folder) = folder("alike");
        let mut disk = RamDisk::new(1 << 20);
        let (mut modes, mut same) = ([FileMode::Read; 64], [FileMode::Read; 64]);
        for step in &steps {
            let real = answer(&mut folder, step, &mut modes);
            prop_assert_eq!(answer(&mut disk, step, &mut same), real, "{:?}", step);
        }
        prop_assert!(root.is_dir());
    }
}

#[test]
fn the_root_can_only_be_looked_at() {
    let (root, mut folder) = folder("root");
    let mut disk = RamDisk::new(1 << 20);
    for storage in [&mut folder as &mut dyn Storage, &mut disk] {
        storage.open("/a", FileMode::Write).map(|file| storage.close(file)).unwrap();
        for root in ["/", "//", "/."] {
            assert!(storage.open(root, FileMode::Write).is_err());
            assert!(storage.rename("/a", root).is_err() && storage.rename(root, "/b").is_err());
            assert!(storage.make_dir(root).is_err());
            assert!(storage.remove(root).is_err());
            assert!(storage.stat(root).unwrap().is_dir);
        }
        assert_eq!(names(storage, "/"), ["a"]);
        storage.remove("//a/").unwrap();
        assert!(storage.remove_dir("/").is_err());
    }
    assert!(root.is_dir());
}

#[test]
fn what_is_open_stays_where_it_is() {
    let (_, mut folder) = folder("open");
    let mut disk = RamDisk::new(1 << 20);
    for storage in [&mut folder as &mut dyn Storage, &mut disk] {
        storage.make_dir("/d").unwrap();
        let file = storage.open("/d/f", FileMode::WriteUpdate).unwrap();
        let other = storage.open("/other", FileMode::Write).unwrap();
        storage.close(other);
        assert!(storage.remove("//d/f").is_err());
        assert!(storage.rename("/d/f", "/g").is_err());
        assert!(storage.rename("/d", "/e").is_err());
        assert!(storage.rename("/other", "/d/f").is_err());
        storage.write_at(file, 0, b"kept").unwrap();
        storage.close(file);
        storage.rename("/d", "/e").unwrap();
        assert_eq!(storage.stat("/e/f").unwrap().size, 4);
        storage.remove("/e/f").unwrap();
    }
}

/// Without a way to make one there is nothing to test.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_there_and_hides_nothing() {
    let (root, mut folder) = folder("no-file");
    let pipe = root.join("b-pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("nowhere", root.join("c-link")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", root.join("d-device")).unwrap();
    for name in ["a", "e"] {
        File::create(root.join(name)).unwrap();
    }
    assert_eq!(names(&mut folder, "/"), ["a", "e"]);
    for mode in FileMode::ALL {
        assert!(folder.open("/b-pipe", mode).is_err());
        assert!(folder.open("/d-device", mode).is_err());
    }
    assert!(folder.stat("/b-pipe").is_err() && folder.remove("/b-pipe").is_err());
    assert!(fs::symlink_metadata(pipe).is_ok());
}

#[cfg(not(windows))]
#[test]
fn what_is_listed_can_be_opened() {
    let (root, mut folder) = folder("listed");
    for name in ["a:b.txt", "c\\d"] {
        File::create(root.join(name)).unwrap();
    }
    for name in names(&mut folder, "/") {
        assert!(folder.open(&format!("/{name}"), FileMode::Read).is_ok(), "{name}");
    }
}

#[test]
fn a_walk_sees_the_directory_as_it_was_at_its_start() {
    let (root, mut folder) = folder("walk");
    let real = |name: &str| root.join(name);
    for i in 0..5 {
        File::create(real(&i.to_string())).unwrap();
    }
    assert_eq!(folder.entry("/", 0).unwrap().unwrap().name, "0");
    // Others change it meanwhile.
    fs::remove_file(real("0")).unwrap();
    assert_eq!(folder.entry("/", 1).unwrap().unwrap().name, "1");
    assert_eq!(folder.entry("/", 0).unwrap().unwrap().name, "1");
}

#[test]
fn a_file_longer_than_can_be_counted_ends_where_counting_does() {
    let (root, mut folder) = folder("long");
    let long = File::create(root.join("long")).unwrap();
    // Where there is no room for holes there is no such file.
    if long.set_len((1 << 32) + 10).is_err() {
        return;
    }
    assert_eq!(folder.stat("/long").unwrap().size, u32::MAX);
    let file = folder.open("/long", FileMode::Append).unwrap();
    assert_eq!(folder.size(file), Ok(u32::MAX));
    let mut bytes = [1; 8];
    assert_eq!(folder.read_at(file, u32::MAX - 3, &mut bytes), Ok(3));
    assert_eq!(folder.read_at(file, u32::MAX, &mut bytes), Ok(0));
    assert!(folder.write_at(file, u32::MAX, b"x").is_err());
    fs::remove_dir_all(root).unwrap();
}
