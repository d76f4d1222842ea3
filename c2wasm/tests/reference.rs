//! `REFERENCE.md` is what the tables say. After a change: `c2wasm --reference > REFERENCE.md`.

#[test]
fn the_reference_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/REFERENCE.md");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    let made = c2wasm::reference::markdown();
    let line = written.lines().zip(made.lines()).position(|(a, b)| a != b);
    assert!(
        written == made,
        "stale from line {:?} on: run `cargo run -p c2wasm -- --reference > c2wasm/REFERENCE.md`",
        line.map(|line| line + 1)
    );
}
