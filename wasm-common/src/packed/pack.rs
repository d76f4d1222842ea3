//! The maker of the archives that `Packed` reads; build scripts include this file.
//!
//! The most frequent pair of neighbours becomes a symbol of its own, again and again, until none is
//! left that pays (Larsson and Moffat, "Off-line dictionary-based compression", 2000). Then the symbols
//! are numbered so that those with the same left symbol follow one another, in the order of that.

use std::collections::{BTreeMap, BTreeSet};

/// What `Packed` is made of.
pub(crate) struct Archive {
    /// Right symbols and texts.
    pub(crate) codes: Vec<u8>,
    /// Bits of a code.
    pub(crate) width: u8,
    /// How many rules each symbol begins.
    pub(crate) tree: Vec<u8>,
    /// Some left symbols.
    pub(crate) lefts: Vec<u16>,
    /// The first code of each text, and the end of the last.
    pub(crate) starts: Vec<u16>,
    /// The bytes of each text.
    pub(crate) lengths: Vec<u16>,
}

impl Archive {
    /// The constant `ARCHIVE` in Rust; the codes are in the file `codes` of the folder `OUT_DIR`.
    /// With the feature `std` it has the texts `plain` too.
    #[allow(dead_code, reason = "for build scripts")]
    pub(crate) fn constants(&self, plain: &[&str]) -> String {
        let plain = if std::env::var_os("CARGO_FEATURE_STD").is_some() { plain } else { &[] };
        let Self { width, tree, lefts, starts, lengths, .. } = self;
        format!(
            "const ARCHIVE: Packed = Packed {{
    codes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/codes\")),
    width: {width},
    tree: &{tree:?},
    lefts: &{lefts:?},
    starts: &{starts:?},
    lengths: &{lengths:?},
    plain: &{plain:?},
}};\n"
        )
    }
}

type Pair = (u16, u16);

/// Symbols below are bytes.
const BYTES: usize = 256;
/// As many as eleven or twelve bits tell apart.
const SYMBOLS: [usize; 2] = [2048, 4096];
/// Two codes fewer are three bytes, for two that a rule takes.
const PAYS: usize = 2;
/// Of so many rules the left symbol of the first is known.
const STEP: usize = 16;

/// Packs `texts`, which must not contain NUL bytes.
pub(crate) fn pack(texts: &[&str]) -> Archive {
    let size = |archive: &Archive| archive.codes.len() + archive.tree.len();
    let archives = SYMBOLS.map(|symbols| pack_with(texts, symbols));
    archives.into_iter().min_by_key(size).expect("two archives")
}

/// With at most so many symbols.
fn pack_with(texts: &[&str], symbols: usize) -> Archive {
    let mut rows: Vec<Vec<u16>> =
        texts.iter().map(|t| t.bytes().map(u16::from).collect()).collect();
    let mut rules: Vec<Pair> = Vec::new();
    loop {
        let room = symbols - BYTES - rules.len();
        let chosen = choose(&rows, room);
        if chosen.is_empty() {
            break;
        }
        let symbols: BTreeMap<Pair, u16> =
            chosen.iter().copied().zip((BYTES + rules.len()) as u16..).collect();
        rules.extend(chosen);
        rows.iter_mut().for_each(|row| replace(row, &symbols));
    }
    let length = |text: &&str| u16::try_from(text.len()).expect("texts of at most 65535 bytes");
    let lengths = texts.iter().map(length).collect();
    let (order, tree, lefts) = number(&rules);
    let mut new = vec![0; order.len()];
    order.iter().zip(0_u16..).for_each(|(&old, number)| new[usize::from(old)] = number);

    let rights = order[BYTES..].iter().map(|&old| rules[usize::from(old) - BYTES].1);
    let mut row: Vec<u16> = rights.collect();
    let mut starts = vec![row.len() as u16];
    for text in rows {
        row.extend(text);
        starts.push(u16::try_from(row.len()).expect("an archive of at most 65535 codes"));
    }
    let width = (order.len() - 1).ilog2() + 1;
    let bits = row.iter().flat_map(|&old| (0..width).map(move |bit| (old, bit)));
    let mut codes = bytes(bits.map(|(old, bit)| new[usize::from(old)] >> bit & 1 != 0));
    codes.extend([0; 2]);
    Archive { codes, width: width as u8, tree: bytes(tree.into_iter()), lefts, starts, lengths }
}

/// The symbols in their new order: behind the bytes the rules by the numbers of their left symbols. Bits
/// of the tree, and of each `STEP`-th rule the new number of its left symbol.
fn number(rules: &[Pair]) -> (Vec<u16>, Vec<bool>, Vec<u16>) {
    let mut begun = vec![Vec::new(); BYTES + rules.len()];
    for (&(left, _), rule) in rules.iter().zip(BYTES as u16..) {
        begun[usize::from(left)].push(rule);
    }
    let mut order: Vec<u16> = (0..BYTES as u16).collect();
    let (mut tree, mut lefts) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < order.len() {
        for &rule in &begun[usize::from(order[at])] {
            if (order.len() - BYTES).is_multiple_of(STEP) {
                lefts.push(at as u16);
            }
            order.push(rule);
            tree.push(true);
        }
        tree.push(false);
        at += 1;
    }
    (order, tree, lefts)
}

/// Eight bits a byte, the lowest first.
fn bytes(bits: impl Iterator<Item = bool>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (at, bit) in bits.enumerate() {
        if at.is_multiple_of(8) {
            bytes.push(0);
        }
        *bytes.last_mut().expect("just made") |= u8::from(bit) << (at % 8);
    }
    bytes
}

/// The most frequent pairs: several at a time, as far as they do not touch each other and are
/// nearly as frequent as the first.
fn choose(rows: &[Vec<u16>], room: usize) -> Vec<Pair> {
    let mut all: Vec<Pair> = Vec::new();
    for row in rows {
        let mut before = None;
        for pair in row.windows(2).map(|pair| (pair[0], pair[1])) {
            // Of three equal neighbours two are a pair.
            let overlaps = before == Some(pair) && pair.0 == pair.1;
            before = (!overlaps).then_some(pair);
            all.extend(before);
        }
    }
    all.sort_unstable();
    let mut counted: Vec<(usize, Pair)> =
        all.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0])).collect();
    counted.retain(|pair| pair.0 >= PAYS);
    counted.sort_unstable_by(|a, b| b.cmp(a));
    let least = counted.first().map_or(0, |most| most.0 * 4 / 5);
    let mut touched = BTreeSet::new();
    let mut chosen = Vec::new();
    for (_, pair) in counted.into_iter().take_while(|pair| pair.0 >= least) {
        if chosen.len() < room && !touched.contains(&pair.0) && !touched.contains(&pair.1) {
            touched.extend([pair.0, pair.1]);
            chosen.push(pair);
        }
    }
    chosen
}

/// Puts symbols in the place of the pairs that they stand for.
fn replace(row: &mut Vec<u16>, symbols: &BTreeMap<Pair, u16>) {
    let mut out = Vec::with_capacity(row.len());
    let mut rest = row.as_slice();
    while let [a, after @ ..] = rest {
        rest = match after {
            [b, after @ ..] if symbols.contains_key(&(*a, *b)) => {
                out.push(symbols[&(*a, *b)]);
                after
            }
            _ => {
                out.push(*a);
                after
            }
        };
    }
    *row = out;
}
