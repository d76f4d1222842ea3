//! C prototypes of imports. In: their text, when the table is compiled. Out: a letter for each type,
//! which a device has, and the text, which it has not: there `conez_api.h` is packed.

use super::ValType;

/// A C prototype.
#[derive(Clone, Copy, Debug)]
pub struct Prototype {
    letters: [u8; 10],
    #[cfg(feature = "std")]
    text: &'static str,
}

impl Prototype {
    /// A letter for the type of the result and for that of each parameter: `v` void, `i` int, `u` unsigned,
    /// `L` long long, `f` float, `d` double, `s` `char *`, `S` `const char *`, `p` another pointer, `P` one
    /// to what is const.
    pub fn letters(&self) -> &str {
        let count = self.letters.iter().position(|&letter| letter == 0);
        let letters = &self.letters[..count.unwrap_or(self.letters.len())];
        core::str::from_utf8(letters).unwrap_or_default()
    }

    /// As what each parameter is passed.
    pub(super) fn params(&self) -> impl ExactSizeIterator<Item = ValType> + Clone {
        let letters = self.letters().as_bytes();
        letters[1..].iter().map(|&letter| passed(letter).unwrap_or(ValType::I32))
    }

    /// As what the result is passed.
    pub(super) fn result(&self) -> Option<ValType> {
        passed(self.letters[0])
    }

    /// The text without a semicolon.
    #[cfg(feature = "std")]
    pub const fn text(self) -> &'static str {
        self.text
    }
}

/// As what a type is passed.
fn passed(letter: u8) -> Option<ValType> {
    match letter {
        b'v' => None,
        b'L' => Some(ValType::I64),
        b'f' => Some(ValType::F32),
        b'd' => Some(ValType::F64),
        _ => Some(ValType::I32),
    }
}

/// Reads a prototype: `int host_printf(const char *format, const void *args)`.
pub(super) const fn prototype(text: &'static str) -> Prototype {
    let bytes = text.as_bytes();
    let mut letters = [0; 10];
    let (mut count, mut start, mut at) = (0, 0, 0);
    while at < bytes.len() {
        if matches!(bytes[at], b'(' | b',' | b')') {
            let letter = letter(text.split_at(at).0.split_at(start).1.trim_ascii().as_bytes());
            // `(void)` is no parameter.
            if letter != b'v' || count == 0 {
                letters[count] = letter;
                count += 1;
            }
            start = at + 1;
        }
        at += 1;
    }
    Prototype {
        letters,
        #[cfg(feature = "std")]
        text,
    }
}

/// The letter of a type, behind which a name stands.
const fn letter(text: &[u8]) -> u8 {
    let is_const = starts_with(text, b"const ");
    let base = if is_const { text.split_at(6).1 } else { text };
    match (stars(text), is_const) {
        (1.., true) if starts_with(base, b"char") => b'S',
        (1, false) if starts_with(base, b"char") => b's',
        (1.., true) => b'P',
        (1.., false) => b'p',
        _ if starts_with(base, b"unsigned") => b'u',
        _ if starts_with(base, b"long long") => b'L',
        _ if starts_with(base, b"int") => b'i',
        _ if starts_with(base, b"float") => b'f',
        _ if starts_with(base, b"double") => b'd',
        _ => b'v',
    }
}

const fn stars(text: &[u8]) -> usize {
    let (mut stars, mut at) = (0, 0);
    while at < text.len() {
        stars += (text[at] == b'*') as usize;
        at += 1;
    }
    stars
}

const fn starts_with(text: &[u8], start: &[u8]) -> bool {
    let mut at = 0;
    while at < start.len() {
        if at == text.len() || text[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::prototype;

    #[test]
    fn types_become_letters() {
        assert_eq!(prototype("long long get_epoch_ms(void)").letters(), "L");
        assert_eq!(prototype("void led_show(void)").letters(), "v");
        let text =
            "int f(const char *a, const void *b, char *c, char **d, unsigned int e, float f)";
        assert_eq!(prototype(text).letters(), "iSPspuf");
    }
}
