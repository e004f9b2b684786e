//! Grouping rows by key: pure, and without copying a row that is not shared.

use std::collections::HashMap;

use crate::field::Key;

/// The distinct keys of the parents, and which parent has which.
pub struct Groups<'a, K> {
    /// The position of each distinct key.
    positions: HashMap<&'a K, usize>,
    /// The key's position for each parent; `None` where the key is NULL.
    parents: Vec<Option<usize>>,
    /// How many parents have the key, for each position.
    shared: Vec<usize>,
}

impl<'a, K: Key> Groups<'a, K> {
    pub(super) fn of(keys: impl ExactSizeIterator<Item = Option<&'a K>>) -> Self {
        let mut positions = HashMap::with_capacity(keys.len());
        let mut shared = Vec::with_capacity(keys.len());
        let parents = keys
            .map(|key| {
                let next = positions.len();
                let position = *positions.entry(key?).or_insert(next);
                if position == next {
                    shared.push(0);
                }
                if let Some(count) = shared.get_mut(position) {
                    *count += 1;
                }
                Some(position)
            })
            .collect();
        Self {
            positions,
            parents,
            shared,
        }
    }

    /// The distinct keys, in the order of their first appearance.
    pub(super) fn keys(&self) -> Vec<K> {
        let mut keys: Vec<(usize, &K)> = self.positions.iter().map(|(k, p)| (*p, *k)).collect();
        keys.sort_unstable_by_key(|(position, _)| *position);
        keys.into_iter().map(|(_, key)| key.clone()).collect()
    }

    /// The number of distinct keys.
    pub(super) fn len(&self) -> usize {
        self.shared.len()
    }

    pub(super) fn position(&self, key: &K) -> Option<usize> {
        self.positions.get(key).copied()
    }

    /// Deals the groups out to the parents, in order: a clone to each but the last that shares one.
    pub(super) fn deal<G: Clone + Default>(mut self, mut groups: Vec<G>) -> Vec<G> {
        let mut take = |position: usize| {
            let left = self.shared.get_mut(position)?;
            *left -= 1;
            let group = groups.get_mut(position)?;
            Some(match *left {
                0 => std::mem::take(group),
                _ => group.clone(),
            })
        };
        let parents = self.parents.into_iter();
        parents
            .map(|position| position.and_then(&mut take).unwrap_or_default())
            .collect()
    }
}

/// Rows into one `Vec` per position, each allocated once and exactly.
pub(super) fn into_vecs<R>(rows: Vec<(usize, R)>, groups: usize) -> Vec<Vec<R>> {
    let mut sizes = vec![0_usize; groups];
    for (position, _) in &rows {
        if let Some(size) = sizes.get_mut(*position) {
            *size += 1;
        }
    }
    let mut vecs: Vec<Vec<R>> = sizes.into_iter().map(Vec::with_capacity).collect();
    for (position, row) in rows {
        if let Some(vec) = vecs.get_mut(position) {
            vec.push(row);
        }
    }
    vecs
}

/// Rows into one `Option` per position; the first row of a position stays.
pub(super) fn into_options<R>(rows: Vec<(usize, R)>, groups: usize) -> Vec<Option<R>> {
    let mut options: Vec<Option<R>> = Vec::new();
    options.resize_with(groups, || None);
    for (position, row) in rows {
        if let Some(option) = options.get_mut(position) {
            option.get_or_insert(row);
        }
    }
    options
}
