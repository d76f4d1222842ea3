//! The vocabulary: frequent runs of characters, each of two that come before it or of characters.
//!
//! Re-Pair of all messages that both compilers have (Larsson and Moffat, "Off-line dictionary-based
//! compression", 2000) chose the runs. Another list does as well, only not so small.

/// The first code of the vocabulary; below are characters.
const FIRST: usize = 128;

const WORDS: [&str; 256 - FIRST] = [
    "s ",
    "e ",
    "t ",
    "in",
    "th",
    "er",
    "an",
    "a ",
    "` ",
    "is ",
    "on",
    "d ",
    "ar",
    "no",
    "or",
    "ti",
    "the ",
    "me",
    "st",
    "er ",
    "not ",
    "f ",
    "of ",
    "de",
    ", ",
    "te",
    "an ",
    "un",
    "al",
    "si",
    "it",
    "tion",
    "o ",
    "ed",
    "` is ",
    "ou",
    "fi",
    "as ",
    "le",
    "re",
    "ne",
    "no ",
    "ra",
    "y ",
    "ma",
    "es ",
    "cl",
    "has ",
    "en",
    "mb",
    "ing",
    "wi",
    "unc",
    "or ",
    "lin",
    "be",
    "na",
    "in ",
    "func",
    "ara",
    "function",
    "be ",
    "this ",
    "lo",
    "con",
    "ter ",
    "men",
    "it ",
    "ex",
    "ch",
    "ec",
    "def",
    "and ",
    "ing ",
    "ty",
    "int ",
    "ed ",
    "arra",
    "with",
    "us",
    "her",
    "at ",
    "umb",
    "sta",
    "numb",
    "line ",
    "defin",
    "typ",
    "co",
    "c ",
    "as",
    "to ",
    "ter",
    "exp",
    "can",
    "cannot ",
    " is ",
    "mp",
    "for",
    "ro",
    "le ",
    "di",
    "de ",
    "a p",
    "here",
    ": ",
    "to",
    "stan",
    "out ",
    "stati",
    "need",
    "needs ",
    "ment",
    "has no ",
    "el",
    "decl",
    "str",
    "`#",
    ") ",
    "ted ",
    "static ",
    "su",
    "function ",
    "without ",
    "val",
    "valu",
    "sig",
    "cannot be ",
];

/// The two codes of each word.
pub(crate) fn pairs() -> Vec<[u8; 2]> {
    let code = |part: &str, before: usize| match part.as_bytes() {
        [byte] => Some(*byte),
        _ => WORDS[..before].iter().position(|word| *word == part).map(|at| (FIRST + at) as u8),
    };
    let pair = |at: usize| {
        let word = WORDS[at];
        let mut cuts = (1..word.len()).map(|cut| word.split_at(cut));
        cuts.find_map(|(a, b)| Some([code(a, at)?, code(b, at)?])).expect("made of words before it")
    };
    (0..WORDS.len()).map(pair).collect()
}

/// The fewest codes that stand for `text`; `None` if it has characters that are none of ASCII.
pub(crate) fn pack(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() {
        return None;
    }
    // By length of what is packed: how many codes, and the last of them.
    let mut best: Vec<(usize, u8, usize)> = vec![(0, 0, 0)];
    for end in 1..=text.len() {
        let byte = (best[end - 1].0 + 1, text.as_bytes()[end - 1], end - 1);
        let words = WORDS.iter().enumerate().filter(|(_, word)| text[..end].ends_with(**word));
        let word = words.map(|(at, word)| {
            let before = end - word.len();
            (best[before].0 + 1, (FIRST + at) as u8, before)
        });
        best.push(word.chain([byte]).min().expect("a byte at least"));
    }
    let (mut codes, mut at) = (Vec::new(), text.len());
    while at > 0 {
        let (_, code, before) = best[at];
        codes.push(code);
        at = before;
    }
    codes.reverse();
    Some(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpack(code: u8, text: &mut String) {
        match usize::from(code).checked_sub(FIRST) {
            None => text.push(char::from(code)),
            Some(at) => pairs()[at].iter().for_each(|&half| unpack(half, text)),
        }
    }

    #[test]
    fn texts_come_back() {
        for text in ["", "x", "expected \u{1}, found \u{2}", "a function cannot be static\n"] {
            let codes = pack(text).unwrap();
            let mut again = String::new();
            codes.iter().for_each(|&code| unpack(code, &mut again));
            assert_eq!(again, text);
            assert!(codes.len() <= text.len());
        }
        assert_eq!(pack("\u{e9}"), None);
    }

    #[test]
    fn words_are_what_their_pairs_are() {
        for (at, word) in WORDS.iter().enumerate() {
            let mut again = String::new();
            unpack((FIRST + at) as u8, &mut again);
            assert_eq!(again, *word);
        }
    }
}
