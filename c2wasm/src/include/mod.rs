//! The standard headers, as text inside the compiler.
//!
//! `conez_api.h` is generated from the ABI table, so it cannot differ from the imports.

use crate::check::suggest;
use alloc::{borrow::Cow, string::String};

/// The headers by name.
pub(crate) const HEADERS: &[(&str, &str)] = &[
    ("alloca.h", include_str!("alloca.h")),
    ("assert.h", include_str!("assert.h")),
    ("ctype.h", include_str!("ctype.h")),
    ("errno.h", include_str!("errno.h")),
    ("float.h", include_str!("float.h")),
    ("inttypes.h", include_str!("inttypes.h")),
    ("iso646.h", include_str!("iso646.h")),
    ("limits.h", include_str!("limits.h")),
    ("malloc.h", include_str!("malloc.h")),
    ("math.h", include_str!("math.h")),
    ("stdalign.h", include_str!("stdalign.h")),
    ("stdarg.h", include_str!("stdarg.h")),
    ("stdbool.h", include_str!("stdbool.h")),
    ("stddef.h", include_str!("stddef.h")),
    ("stdint.h", include_str!("stdint.h")),
    ("stdio.h", include_str!("stdio.h")),
    ("stdlib.h", include_str!("stdlib.h")),
    ("stdnoreturn.h", include_str!("stdnoreturn.h")),
    ("string.h", include_str!("string.h")),
    ("strings.h", include_str!("strings.h")),
    ("time.h", include_str!("time.h")),
];

/// The name of the device's header.
const DEVICE: &str = "conez_api.h";

/// The text of the built-in header `name`.
pub fn header(name: &str) -> Option<Cow<'static, str>> {
    if name == DEVICE {
        return Some(Cow::Owned(device_header()));
    }
    HEADERS.iter().find(|header| header.0 == name).map(|header| Cow::Borrowed(header.1))
}

fn device_header() -> String {
    wasm_common::abi::c_header::text()
}

/// The built-in header that `name` may be a slip of.
pub fn nearest(name: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let mut all = HEADERS.iter().map(|header| header.0).chain([DEVICE]);
    let same = all.clone().find(|known| *known == name).map(String::from);
    same.or_else(|| suggest::nearest(name, &mut all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_their_header() {
        assert_eq!(nearest("stdoi.h").as_deref(), Some("stdio.h"));
        assert_eq!(nearest("strng.h").as_deref(), Some("string.h"));
        assert_eq!(nearest("sys/time.h").as_deref(), Some("time.h"));
        assert_eq!(nearest("my_sensors.h"), None);
    }
}
