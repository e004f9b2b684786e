//! Rows in blocks, as they come from the database.

/// The size of the first block. Each further block is as large as all blocks before it together.
const FIRST_BLOCK: usize = 16;

/// No block is larger. While rows are taken, at most this many are held twice.
const LARGEST_BLOCK: usize = 128;

/// Rows in order.
///
/// The database does not say how many rows come. In one `Vec`, all rows would move each time it
/// grows. Here no row moves, and each block is freed as soon as its rows are taken.
#[derive(Debug)]
pub struct Rows<T> {
    blocks: Vec<Vec<T>>,
    len: usize,
}

impl<T> Rows<T> {
    pub(crate) fn new() -> Self {
        Self {
            blocks: Vec::new(),
            len: 0,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn push(&mut self, row: T) {
        match self.blocks.last_mut() {
            Some(block) if block.len() < block.capacity() => block.push(row),
            _ => {
                let room = self.len.clamp(FIRST_BLOCK, LARGEST_BLOCK);
                let mut block = Vec::with_capacity(room);
                block.push(row);
                self.blocks.push(block);
            }
        }
        self.len += 1;
    }

    /// Keeps only the first `len` rows.
    pub(crate) fn truncate(&mut self, len: usize) {
        let mut room = len;
        for block in &mut self.blocks {
            block.truncate(room);
            room -= block.len();
        }
        self.len = self.len.min(len);
    }

    pub(crate) fn iter(&self) -> Iter<'_, T> {
        Iter {
            blocks: self.blocks.iter(),
            block: [].iter(),
        }
    }

    /// Changes each row into another one, or leaves it out.
    pub(crate) fn filter_map<U>(self, mut change: impl FnMut(T) -> Option<U>) -> Rows<U> {
        let mut rows = Rows::new();
        for block in self.blocks {
            let mut changed = Vec::with_capacity(block.len());
            for row in block {
                if let Some(row) = change(row) {
                    changed.push(row);
                }
            }
            rows.len += changed.len();
            rows.blocks.push(changed);
        }
        rows
    }

    /// All rows in one `Vec`.
    pub(crate) fn into_vec(mut self) -> Vec<T> {
        if self.blocks.len() <= 1 {
            return self.blocks.pop().unwrap_or_default();
        }
        let mut rows = Vec::with_capacity(self.len);
        for mut block in self.blocks {
            rows.append(&mut block);
        }
        rows
    }
}

/// Iterates over the rows.
///
/// The standard library's `flatten` would be compiled for each model, in many parts.
pub(crate) struct Iter<'r, T> {
    blocks: std::slice::Iter<'r, Vec<T>>,
    block: std::slice::Iter<'r, T>,
}

impl<'r, T> Iterator for Iter<'r, T> {
    type Item = &'r T;

    #[inline]
    fn next(&mut self) -> Option<&'r T> {
        loop {
            if let Some(row) = self.block.next() {
                return Some(row);
            }
            self.block = self.blocks.next()?.iter();
        }
    }
}

/// Iterates over the rows by value. A block is freed after its last row is taken.
#[derive(Debug)]
pub struct IntoIter<T> {
    blocks: std::vec::IntoIter<Vec<T>>,
    block: std::vec::IntoIter<T>,
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        loop {
            if let Some(row) = self.block.next() {
                return Some(row);
            }
            self.block = self.blocks.next()?.into_iter();
        }
    }
}

impl<T> IntoIterator for Rows<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter {
            blocks: self.blocks.into_iter(),
            block: Vec::new().into_iter(),
        }
    }
}

impl<T> Extend<T> for Rows<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, rows: I) {
        rows.into_iter().for_each(|row| self.push(row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> Rows<usize> {
        let mut rows = Rows::new();
        rows.extend(0..count);
        rows
    }

    #[test]
    fn rows_come_back_in_order_whatever_their_number() {
        for count in [0, 1, 15, 16, 17, 32, 33, 10_000] {
            let all: Vec<usize> = (0..count).collect();
            assert_eq!(rows(count).len(), count);
            assert!(rows(count).iter().eq(&all));
            assert_eq!(rows(count).into_vec(), all);
            assert_eq!(rows(count).into_iter().collect::<Vec<_>>(), all);
        }
    }

    #[test]
    fn no_block_is_larger_than_it_has_to_be() {
        let sizes = |count| {
            let rows: Rows<usize> = rows(count);
            rows.blocks.iter().map(Vec::capacity).collect::<Vec<_>>()
        };
        assert_eq!(sizes(100), [16, 16, 32, 64]);
        assert_eq!(sizes(20_000).last(), Some(&LARGEST_BLOCK));
    }

    #[test]
    fn rows_are_left_out_in_whichever_block() {
        let odd = rows(100).filter_map(|row| (row % 2 == 1).then_some(row));
        assert_eq!(odd.len(), 50);
        assert_eq!(
            odd.into_vec(),
            (0..100).filter(|row| row % 2 == 1).collect::<Vec<_>>()
        );
    }

    #[test]
    fn the_first_rows_stay() {
        for len in [0, 1, 16, 20, 100, 200] {
            let mut rows = rows(100);
            rows.truncate(len);
            assert_eq!(rows.len(), len.min(100));
            assert_eq!(rows.into_vec(), (0..len.min(100)).collect::<Vec<_>>());
        }
    }
}
