//! Which characters an identifier may have beyond those of ASCII.

/// The ranges of C11, annex D.1, that lie in the first plane; but none that is invisible, which
/// C23 takes out again.
const RANGES: [(u16, u16); 27] = [
    (0x00A8, 0x00A8),
    (0x00AA, 0x00AA),
    (0x00AF, 0x00AF),
    (0x00B2, 0x00B5),
    (0x00B7, 0x00BA),
    (0x00BC, 0x00BE),
    (0x00C0, 0x00D6),
    (0x00D8, 0x00F6),
    (0x00F8, 0x00FF),
    (0x0100, 0x167F),
    (0x1681, 0x180D),
    (0x180F, 0x1FFF),
    (0x203F, 0x2040),
    (0x2054, 0x2054),
    (0x2070, 0x218F),
    (0x2460, 0x24FF),
    (0x2776, 0x2793),
    (0x2C00, 0x2DFF),
    (0x2E80, 0x2FFF),
    (0x3004, 0x3007),
    (0x3021, 0x302F),
    (0x3031, 0x303F),
    (0x3040, 0xD7FF),
    (0xF900, 0xFD3D),
    (0xFD40, 0xFDCF),
    (0xFDF0, 0xFE44),
    (0xFE47, 0xFFFD),
];

/// Whether a character may stand in an identifier, be it as itself or as a universal character
/// name: letters, digits and `_`, and the characters of annex D.
pub(crate) fn is_letter(c: char) -> bool {
    let code = u32::from(c);
    match u16::try_from(code) {
        Ok(0..0x80) => c.is_ascii_alphanumeric() || c == '_',
        Ok(code) => RANGES.iter().any(|&(first, last)| (first..=last).contains(&code)),
        // The same of every plane to the fourteenth: all but its last two.
        Err(_) => code < 0xF_0000 && code & 0xFFFF <= 0xFFFD,
    }
}

#[cfg(test)]
mod tests {
    use super::is_letter;

    #[test]
    fn letters_are_those_of_annex_d() {
        assert!("aZ09_äñжΩ中あ½€\u{1F600}\u{EFFFD}".chars().all(is_letter));
        assert!(!"×÷“”… \u{a0}\u{200b}\u{2028}\u{FFFE}\u{1FFFF}\u{F0000}".chars().any(is_letter));
    }
}
