//! A profile: how often a run loaded from and stored to each object.
//!
//! The text form is what `wasmcu run --profile` writes and the compilers' `--profile` reads: a line
//! for each object with loads, stores and name, the name last because it may hold anything but a
//! line end. Lines that start with `#`, and empty ones, are comments.

use crate::map::Map;
use alloc::string::String;
use core::fmt;

/// Loads and stores by name of the object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    counts: Map<String, (u64, u64)>,
}

/// A line that is no line of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileError {
    /// Which line, from 1.
    pub line: usize,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: expected loads, stores and a name, as in `120 7 buffer`", self.line)
    }
}

impl core::error::Error for ProfileError {}

impl Profile {
    /// Adds counts for an object.
    pub fn add(&mut self, name: &str, loads: u64, stores: u64) {
        let (old_loads, old_stores) = self.counts.entry(name.into()).or_default();
        *old_loads = old_loads.saturating_add(loads);
        *old_stores = old_stores.saturating_add(stores);
    }

    /// Loads and stores together; 0 for an object that the run did not touch.
    pub fn accesses(&self, name: &str) -> u64 {
        self.counts.get(name).map_or(0, |&(loads, stores)| loads.saturating_add(stores))
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// At the first line that is neither counts nor a comment.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let mut profile = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let counts = counts(line).ok_or(ProfileError { line: index + 1 })?;
            profile.add(counts.2, counts.0, counts.1);
        }
        Ok(profile)
    }
}

fn counts(line: &str) -> Option<(u64, u64, &str)> {
    let (loads, rest) = line.split_once(' ')?;
    let (stores, name) = rest.trim_start().split_once(' ')?;
    Some((loads.parse().ok()?, stores.parse().ok()?, name.trim_start()))
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# loads, stores, object")?;
        self.counts
            .iter()
            .try_for_each(|(name, (loads, stores))| writeln!(f, "{loads} {stores} {name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Profile, ProfileError};
    use alloc::string::ToString;

    #[test]
    fn text_is_read_back() {
        let mut profile = Profile::default();
        profile.add("a b", 3, 4);
        profile.add("x.1", 0, u64::MAX);
        profile.add("a b", 1, 0);
        assert_eq!(Profile::parse(&profile.to_string()), Ok(profile.clone()));
        assert_eq!((profile.accesses("a b"), profile.accesses("y")), (8, 0));
    }

    #[test]
    fn what_is_no_profile_is_refused_with_its_line() {
        let parsed = Profile::parse("# comment\n\n1 2 a\n1 two b\n");
        assert_eq!(parsed, Err(ProfileError { line: 4 }));
        assert!(Profile::parse("12").is_err() && Profile::parse("1 2").is_err());
    }
}
