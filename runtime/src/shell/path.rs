//! Paths: what was typed, made absolute. No path leaves the root.

use alloc::{string::String, vec::Vec};

/// `path` seen from the directory `cwd`, absolute, without `.`, `..` and double slashes.
pub(super) fn resolve(cwd: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let base = if path.starts_with('/') { "" } else { cwd };
    for part in base.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    let mut absolute = String::new();
    for part in parts {
        absolute.push('/');
        absolute.push_str(part);
    }
    if absolute.is_empty() { String::from("/") } else { absolute }
}

/// Directory and last component: `/a/b` is `/a` and `b`.
pub(super) fn split(path: &str) -> (&str, &str) {
    match path.rsplit_once('/') {
        Some(("", name)) => ("/", name),
        Some((dir, name)) => (dir, name),
        None => ("", path),
    }
}

/// `name` in the directory `dir`.
pub(super) fn join(dir: &str, name: &str) -> String {
    let slash = if dir.ends_with('/') { "" } else { "/" };
    alloc::format!("{dir}{slash}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_root() {
        assert_eq!(resolve("/", "a"), "/a");
        assert_eq!(resolve("/a/b", "../c"), "/a/c");
        assert_eq!(resolve("/a", "/b//./c/"), "/b/c");
        assert_eq!(resolve("/a", "../../.."), "/");
        assert_eq!(split("/a/b"), ("/a", "b"));
        assert_eq!(split("/a"), ("/", "a"));
        assert_eq!(join("/", "a"), "/a");
        assert_eq!(join("/a", "b"), "/a/b");
    }
}
