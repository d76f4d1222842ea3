//! The maker of the archives that `Packed` reads; build scripts include this file.
//!
//! The most frequent pair of neighbours becomes a code of its own, again and again, until none is
//! left that pays (Larsson and Moffat, "Off-line dictionary-based compression", 2000).

use std::collections::{BTreeMap, BTreeSet};

/// What `Packed` is made of.
pub(crate) struct Archive {
    /// Three bytes a pair.
    pub(crate) pairs: Vec<u8>,
    /// The first pair of each text, and the end of the last.
    pub(crate) starts: Vec<u16>,
    /// The bytes of each text.
    pub(crate) lengths: Vec<u16>,
}

impl Archive {
    /// The constant `ARCHIVE` in Rust; the pairs are in the file `pairs` of the folder `OUT_DIR`.
    /// With the feature `std` it has the texts `plain` too.
    #[allow(dead_code, reason = "for build scripts")]
    pub(crate) fn constants(&self, plain: &[&str]) -> String {
        let plain = if std::env::var_os("CARGO_FEATURE_STD").is_some() { plain } else { &[] };
        format!(
            "const ARCHIVE: Packed = Packed {{
    pairs: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/pairs\")),
    starts: &{:?},
    lengths: &{:?},
    plain: &{plain:?},
}};\n",
            self.starts, self.lengths
        )
    }
}

type Pair = (u16, u16);

/// Codes below are bytes.
const FIRST: usize = 256;
/// Codes have twelve bits.
const CODES: usize = 4096;
/// Three codes fewer are four and a half bytes, for three that a pair takes.
const PAYS: usize = 3;

/// Packs `texts`, which must not contain NUL bytes.
pub(crate) fn pack(texts: &[&str]) -> Archive {
    let mut rows: Vec<Vec<u16>> =
        texts.iter().map(|t| t.bytes().map(u16::from).collect()).collect();
    let mut vocabulary: Vec<Pair> = Vec::new();
    loop {
        let room = CODES - FIRST - vocabulary.len();
        let chosen = choose(&rows, room);
        if chosen.is_empty() {
            break;
        }
        let codes: BTreeMap<Pair, u16> =
            chosen.iter().copied().zip((FIRST + vocabulary.len()) as u16..).collect();
        vocabulary.extend(chosen);
        rows.iter_mut().for_each(|row| replace(row, &codes));
    }
    let length = |text: &&str| u16::try_from(text.len()).expect("texts of at most 65535 bytes");
    let lengths = texts.iter().map(length).collect();
    let mut archive = Archive { pairs: Vec::new(), starts: Vec::new(), lengths };
    let mut add = |(a, b): Pair| {
        archive.pairs.extend([a as u8, b as u8, (a >> 8 | b >> 8 << 4) as u8]);
        archive.pairs.len() / 3
    };
    let mut end = vocabulary.into_iter().map(&mut add).last().unwrap_or(0);
    for row in rows {
        archive.starts.push(end as u16);
        let pairs = row.chunks(2).map(|pair| (pair[0], pair.get(1).copied().unwrap_or(0)));
        end = pairs.map(&mut add).last().unwrap_or(end);
    }
    archive.starts.push(u16::try_from(end).expect("an archive of at most 65536 pairs"));
    archive
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

/// Puts codes in the place of the pairs that they stand for.
fn replace(row: &mut Vec<u16>, codes: &BTreeMap<Pair, u16>) {
    let mut out = Vec::with_capacity(row.len());
    let mut rest = row.as_slice();
    while let [a, after @ ..] = rest {
        rest = match after {
            [b, after @ ..] if codes.contains_key(&(*a, *b)) => {
                out.push(codes[&(*a, *b)]);
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
