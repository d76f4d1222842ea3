//! `REFERENCE.md` is what the tables say. After a change: `bas2wasm --reference > REFERENCE.md`.

#[test]
fn the_reference_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/REFERENCE.md");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    let made = bas2wasm::reference::markdown();
    let line = written.lines().zip(made.lines()).position(|(a, b)| a != b);
    assert!(
        written == made,
        "stale from line {:?} on: run `cargo run -p bas2wasm -- --reference > bas2wasm/REFERENCE.md`",
        line.map(|line| line + 1)
    );
}
