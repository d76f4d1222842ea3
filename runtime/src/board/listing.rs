//! The directory that was listed last.

use super::{Entry, Failed};
use alloc::{string::String, vec::Vec};

/// Its path and entries, so that a walk by number reads the directory once and sees it as it was
/// when the walk began.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing(Option<(String, Vec<Entry>)>);

impl Listing {
    /// Entry `index` of the directory at `path`; `list` reads the directory, in whatever order,
    /// where a walk begins or goes on after one of another directory.
    ///
    /// # Errors
    /// Those of `list`.
    pub(super) fn entry(
        &mut self,
        path: &str,
        index: usize,
        list: impl FnOnce() -> Result<Vec<Entry>, Failed>,
    ) -> Result<Option<Entry>, Failed> {
        let last = self.0.take().filter(|(of, _)| index > 0 && of == path);
        let (path, entries) = match last {
            Some(last) => last,
            None => (path.into(), sorted(list()?)),
        };
        let found = entries.get(index).cloned();
        // At the end of a walk there is nothing to keep.
        self.0 = found.is_some().then_some((path, entries));
        Ok(found)
    }
}

fn sorted(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<Entry> {
        let entry =
            |name: &&str| Entry { name: (*name).into(), is_dir: false, size: 0, modified: 0 };
        names.iter().map(entry).collect()
    }

    #[test]
    fn a_walk_reads_once_and_the_next_one_again() {
        let (mut listing, mut reads) = (Listing::default(), 0);
        let mut walk = |path: &str, indices: &[usize]| {
            let mut read = || {
                reads += 1;
                Ok(named(&["b", "c", "a"]))
            };
            let mut names = String::new();
            for &index in indices {
                let entry = listing.entry(path, index, &mut read).unwrap();
                names.push_str(&entry.map_or("-".into(), |entry| entry.name));
            }
            (names, reads)
        };
        assert_eq!(walk("d", &[0, 1, 2, 3]), ("abc-".into(), 1));
        assert_eq!(walk("d", &[0, 1]), ("ab".into(), 2));
        assert_eq!(walk("e", &[1]), ("b".into(), 3));
        assert_eq!(walk("e", &[2, 0]), ("ca".into(), 4));
    }
}
