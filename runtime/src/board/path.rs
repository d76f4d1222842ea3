//! Paths as every storage has them, however they were written.

use super::Failed;
use alloc::{string::String, vec::Vec};

/// The components of `path` with one slash between them and none at the ends; `.` is none. The
/// root is empty.
///
/// # Errors
/// If a component is `..`.
pub fn plain(path: &str) -> Result<String, Failed> {
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.contains(&"..") { Err(Failed) } else { Ok(parts.join("/")) }
}

/// The same of what can be made, moved and removed: everything but the root.
///
/// # Errors
/// If a component is `..`, or there is none.
pub fn below_root(path: &str) -> Result<String, Failed> {
    plain(path).and_then(|path| if path.is_empty() { Err(Failed) } else { Ok(path) })
}

/// Whether `path` is `top` or below it, both as [`below_root`] gives them.
pub fn is_within(path: &str, top: &str) -> bool {
    path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The directory that `path` is in; of a name alone the root.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(dir, _)| dir)
}

/// The last component.
pub fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_path_for_each_thing() {
        for path in ["/a/b", "a/b", "//a///b", "/a/b/", "/./a/./b/."] {
            assert_eq!(below_root(path).unwrap(), "a/b", "{path}");
        }
        for path in ["/", "", "//", "/./"] {
            assert_eq!(plain(path).unwrap(), "", "{path}");
            assert!(below_root(path).is_err(), "{path}");
        }
        assert!(plain("/a/../b").is_err());
        assert_eq!(plain("/a..b/...").unwrap(), "a..b/...");
    }

    #[test]
    fn a_name_that_goes_on_is_another() {
        assert!(is_within("a", "a") && is_within("a/b", "a"));
        assert!(!is_within("ab", "a") && !is_within("a", "a/b"));
    }
}
