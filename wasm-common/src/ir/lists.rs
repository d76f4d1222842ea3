//! Lists of items by number, as graphs need them: all in one allocation.

use alloc::{vec, vec::Vec};

/// A list of items for each number below some count.
#[derive(Clone, Debug)]
pub struct Lists<T> {
    /// Where each list starts, and where the last one ends.
    start: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Lists<T> {
    /// Gives the list of each number its items in the order of `pairs`, which is walked twice.
    pub fn new(count: usize, pairs: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        // While the lists are filled, the start of each is one place farther on.
        let mut start = vec![0; count + 2];
        let mut items = Vec::new();
        for (number, _) in pairs.clone() {
            start[number + 2] += 1;
        }
        for at in 2..start.len() {
            start[at] += start[at - 1];
        }
        if let Some((_, any)) = pairs.clone().next() {
            items.resize(start[count + 1] as usize, any);
        }
        for (number, item) in pairs {
            items[start[number + 1] as usize] = item;
            start[number + 1] += 1;
        }
        start.truncate(count + 1);
        Self { start, items }
    }

    /// The list of `number`.
    pub fn of(&self, number: usize) -> &[T] {
        &self.items[self.start[number] as usize..self.start[number + 1] as usize]
    }

    /// All lists, by number.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> {
        self.start.windows(2).map(|ends| &self.items[ends[0] as usize..ends[1] as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn items_keep_their_order() {
        let pairs = [(2, 'a'), (0, 'b'), (2, 'c'), (0, 'd'), (2, 'e')];
        let lists = Lists::new(4, pairs.into_iter());
        assert_eq!((lists.of(0), lists.of(1)), (&['b', 'd'][..], &[][..]));
        assert_eq!((lists.of(2), lists.of(3)), (&['a', 'c', 'e'][..], &[][..]));
    }
}
