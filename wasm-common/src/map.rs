//! Ordered maps and sets that take little flash: a B-tree's code, made anew for each type of key and
//! value, was a tenth of a compiler.
//!
//! Always holds: keys are unique, and ascend in the order of the entries. What moves when a key
//! comes between others is numbers, whatever the entries are, so that code is there once; maps whose
//! keys come as they ascend, which are most, keep no numbers.

mod order;

use crate::frugal;
use alloc::vec::{self, Vec};
use core::borrow::Borrow;
use core::fmt;
use core::ops::{Index, RangeBounds};
use order::{Indices, Order, Place};

/// A comparison as the search takes it: without `std`, where code is dear, there is one search for
/// all maps; with it each has its own, which takes half the time.
macro_rules! shared {
    ($compare:ident) => {{
        #[cfg(not(feature = "std"))]
        let $compare: &dyn Fn(usize) -> core::cmp::Ordering = &$compare;
        $compare
    }};
}

/// A map from `K` to `V`, in the order of the keys.
#[derive(Clone)]
pub struct Map<K, V> {
    /// As they came.
    entries: Vec<(K, V)>,
    order: Order,
}

impl<K, V> Map<K, V> {
    /// An empty map.
    pub const fn new() -> Self {
        Self { entries: Vec::new(), order: Order::new() }
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Removes all.
    pub fn clear(&mut self) {
        *self = Self::new();
    }

    /// The entries.
    pub fn iter(&self) -> Iter<'_, K, V> {
        self.entries_at(self.order.indices(self.len()))
    }

    /// The entries, to change their values.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.sort();
        self.entries.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &K> + Clone {
        self.iter().map(|entry| entry.0)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &V> + Clone {
        self.iter().map(|entry| entry.1)
    }

    /// The values, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.iter_mut().map(|entry| entry.1)
    }

    /// The values by themselves.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.into_iter().map(|entry| entry.1)
    }

    /// Keeps the entries of which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.sort();
        self.entries.retain_mut(|(key, value)| keep(key, value));
    }

    /// Brings the entries into their order.
    fn sort(&mut self) {
        let entries = &mut self.entries;
        self.order.take(&mut |a, b| entries.swap(a, b));
    }

    fn entries_at<'a>(&'a self, indices: Indices<'a>) -> Iter<'a, K, V> {
        Iter { entries: &self.entries, indices }
    }
}

impl<K: Ord, V> Map<K, V> {
    /// The index of a key's entry, or the place where it belongs.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, Place>
    where
        K: Borrow<Q>,
    {
        let compare = |index: usize| self.entries[index].0.borrow().cmp(key);
        self.order.search(self.len(), shared!(compare))
    }

    /// The index of a key's entry. If it has none, its place is given to the entry that comes next,
    /// which is to be pushed at once.
    fn find_or_add(&mut self, key: &K) -> Option<usize> {
        let entries = &self.entries;
        let compare = |index: usize| entries[index].0.cmp(key);
        self.order.search_or_add(entries.len(), shared!(compare))
    }

    /// The place of a key, or where it belongs.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<Place, Place>
    where
        K: Borrow<Q>,
    {
        let compare = |index: usize| self.entries[index].0.borrow().cmp(key);
        self.order.place(self.len(), shared!(compare))
    }

    /// The value of `key`.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|index| &self.entries[index].1)
    }

    /// The value of `key`, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|index| &mut self.entries[index].1)
    }

    /// Whether `key` has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Gives `key` a value; whether it had none before.
    pub fn insert(&mut self, key: K, value: V) -> bool {
        let found = self.find_or_add(&key);
        match found {
            Some(index) => self.entries[index].1 = value,
            None => frugal::push(&mut self.entries, (key, value)),
        }
        found.is_none()
    }

    /// Gives `key` this value, or takes its value away; returns the one that it had.
    pub fn swap(&mut self, key: K, value: Option<V>) -> Option<V> {
        match (self.get_mut(&key), value) {
            (Some(old), Some(value)) => Some(core::mem::replace(old, value)),
            (Some(_), None) => self.remove(&key),
            (None, value) => {
                if let Some(value) = value {
                    self.insert(key, value);
                }
                None
            }
        }
    }

    /// Takes the value of `key` away.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        let last = self.place(self.entries.last()?.0.borrow()).ok()?;
        let index = self.order.remove(place, last, self.len());
        Some(self.entries.swap_remove(index).1)
    }

    /// What `key` has or is to get.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry { map: self, key }
    }

    /// The entries whose keys lie in `range`, which must not begin behind its end.
    pub fn range(&self, range: impl RangeBounds<K>) -> impl Iterator<Item = (&K, &V)> {
        use core::ops::Bound::{Excluded, Included, Unbounded};
        let mut indices = self.order.indices(self.len());
        match range.start_bound() {
            Included(key) => indices.skip_to(self.place(key).unwrap_or_else(|place| place)),
            Excluded(key) => match self.place(key) {
                Ok(place) => {
                    indices.skip_to(place);
                    indices.next();
                }
                Err(place) => indices.skip_to(place),
            },
            Unbounded => {}
        }
        self.entries_at(indices).take_while(move |&(key, _)| match range.end_bound() {
            Included(end) => key <= end,
            Excluded(end) => key < end,
            Unbounded => true,
        })
    }
}

/// The entries of a map, in the order of the keys.
#[derive(Debug)]
pub struct Iter<'a, K, V> {
    entries: &'a [(K, V)],
    indices: Indices<'a>,
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = &self.entries[self.indices.next()?];
        Some((key, value))
    }
}

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Self { entries: self.entries, indices: self.indices.clone() }
    }
}

/// What a key of a map has or is to get.
pub struct Entry<'a, K, V> {
    map: &'a mut Map<K, V>,
    key: K,
}

impl<'a, K: Ord, V> Entry<'a, K, V> {
    /// The value; if there is none, first what `make` gives.
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        let Self { map, key } = self;
        let index = map.find_or_add(&key).unwrap_or_else(|| {
            frugal::push(&mut map.entries, (key, make()));
            map.entries.len() - 1
        });
        &mut map.entries[index].1
    }

    /// The value; if there is none, first `value`.
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    /// The value; if there is none, first the default.
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

/// How the entries lie does not count.
impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for Map<K, V> {}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = vec::IntoIter<(K, V)>;

    fn into_iter(mut self) -> Self::IntoIter {
        self.sort();
        self.entries.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<Q: Ord + ?Sized, K: Ord + Borrow<Q>, V> Index<&Q> for Map<K, V> {
    type Output = V;

    /// # Panics
    /// If the key has no value.
    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("a key of the map")
    }
}

/// A set, in order.
#[derive(Clone, PartialEq, Eq)]
pub struct Set<K>(Map<K, ()>);

impl<K> Set<K> {
    /// An empty set.
    pub const fn new() -> Self {
        Self(Map::new())
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Removes all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The elements.
    pub fn iter(&self) -> impl Iterator<Item = &K> + Clone {
        self.0.keys()
    }

    /// Keeps the elements of which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&K) -> bool) {
        self.0.retain(|key, ()| keep(key));
    }
}

impl<K: Ord> Set<K> {
    /// Whether `key` is an element.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(key)
    }

    /// Makes `key` an element; whether it was none before.
    pub fn insert(&mut self, key: K) -> bool {
        self.0.insert(key, ())
    }

    /// Removes `key`; whether it was an element.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.remove(key).is_some()
    }

    /// The elements that `other` has not.
    pub fn difference<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a K> {
        self.iter().filter(|key| !other.contains(*key))
    }
}

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug> fmt::Debug for Set<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<K: Ord> Extend<K> for Set<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        self.0.extend(keys.into_iter().map(|key| (key, ())));
    }
}

impl<K: Ord> FromIterator<K> for Set<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        Self(keys.into_iter().map(|key| (key, ())).collect())
    }
}

impl<K: Ord, const N: usize> From<[K; N]> for Set<K> {
    fn from(keys: [K; N]) -> Self {
        keys.into_iter().collect()
    }
}

impl<K> IntoIterator for Set<K> {
    type Item = K;
    type IntoIter = core::iter::Map<<Map<K, ()> as IntoIterator>::IntoIter, fn((K, ())) -> K>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|entry| entry.0)
    }
}

impl<'a, K> IntoIterator for &'a Set<K> {
    type Item = &'a K;
    type IntoIter =
        core::iter::Map<<&'a Map<K, ()> as IntoIterator>::IntoIter, fn((&'a K, &'a ())) -> &'a K>;

    fn into_iter(self) -> Self::IntoIter {
        (&self.0).into_iter().map(|entry| entry.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;
    use proptest::prelude::*;

    /// A change of a map.
    #[derive(Clone, Debug)]
    enum Change {
        Insert(u16, u8),
        Add(u16),
        Remove(u16),
        Retain(u8),
    }

    fn change() -> impl Strategy<Value = Change> {
        prop_oneof![
            6 => (0u16..900, any::<u8>()).prop_map(|(key, value)| Change::Insert(key, value)),
            2 => (0u16..900).prop_map(Change::Add),
            2 => (0u16..900).prop_map(Change::Remove),
            1 => (0u8..9).prop_map(Change::Retain),
        ]
    }

    proptest! {
        #[test]
        fn as_a_tree_does(
            first in 0u16..900,
            changes in prop::collection::vec(change(), 0..600),
            (start, len) in (0u16..900, 0u16..300),
        ) {
            let mut map: Map<u16, u8> = (0..first).map(|key| (key, 1)).collect();
            let mut tree: BTreeMap<u16, u8> = (0..first).map(|key| (key, 1)).collect();
            for change in changes {
                match change {
                    Change::Insert(key, value) => {
                        prop_assert_eq!(map.insert(key, value), tree.insert(key, value).is_none());
                    }
                    Change::Add(key) => {
                        let (a, b) = (map.entry(key).or_default(), tree.entry(key).or_default());
                        (*a, *b) = (a.wrapping_add(1), b.wrapping_add(1));
                    }
                    Change::Remove(key) => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                    Change::Retain(least) => {
                        map.retain(|key, _| key % 9 >= least.into());
                        tree.retain(|key, _| key % 9 >= least.into());
                    }
                }
            }
            prop_assert_eq!(map.len(), tree.len());
            // Equal entries are equal maps, however they came there.
            prop_assert_eq!(&map, &tree.iter().map(|(&key, &value)| (key, value)).collect());
            prop_assert!(map.iter().eq(tree.iter()));
            prop_assert!(map.range(start..start + len).eq(tree.range(start..start + len)));
            prop_assert!(map.range(start..).eq(tree.range(start..)));
            prop_assert!((0..900).all(|key| map.get(&key) == tree.get(&key)));
            prop_assert!(map.into_iter().eq(tree));
        }
    }
}
