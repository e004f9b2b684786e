//! Grouping rows by key: pure, and without copying a row that is not shared.

use crate::association::Association;
use crate::field::{Field, Holds, Key};
use crate::query::keys::Keys;
use crate::query::rows::Rows;

/// Faster than the standard library's for keys as short as these, and seeded at random as well.
type HashMap<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// The groups of the sources of an association, by the keys that the targets refer to.
pub(super) fn of_sources<A: Association>(sources: &Rows<A::Source>) -> Groups<'_, A::Key> {
    let keys = sources.iter().map(|row| A::SourceField::read(row).key());
    Groups::of(sources.len(), keys)
}

/// Where no group is.
pub(super) const NOWHERE: usize = usize::MAX;

/// The distinct keys of some rows, numbered in the order of their first appearance.
pub(super) struct Positions<'a, K> {
    positions: HashMap<&'a K, usize>,
}

impl<'a, K: Key> Positions<'a, K> {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        let state = foldhash::fast::RandomState::default();
        Self {
            positions: HashMap::with_capacity_and_hasher(capacity, state),
        }
    }

    /// The key's number, which may be a new one.
    pub(super) fn number(&mut self, key: &'a K) -> usize {
        let next = self.positions.len();
        *self.positions.entry(key).or_insert(next)
    }

    /// Gives a key its number.
    pub(super) fn set(&mut self, key: &'a K, number: usize) {
        self.positions.insert(key, number);
    }

    /// The key's number, which may be none.
    fn find(&self, key: &K) -> Option<usize> {
        self.positions.get(key).copied()
    }

    /// The number of each key, for keys that mostly follow others like themselves.
    pub(super) fn find_each<'k>(
        &self,
        keys: impl Iterator<Item = Option<&'k K>>,
    ) -> impl Iterator<Item = Option<usize>>
    where
        K: 'k,
    {
        let mut last: Option<(&K, Option<usize>)> = None;
        keys.map(move |key| {
            let key = key?;
            match last {
                Some((same, position)) if same == key => position,
                _ => {
                    let position = self.find(key);
                    last = Some((key, position));
                    position
                }
            }
        })
    }
}

/// The distinct keys of the parents, and which parent has which.
pub struct Groups<'a, K> {
    positions: Positions<'a, K>,
    keys: Vec<&'a K>,
    /// The key's position for each parent; `None` where the key is NULL.
    parents: Vec<Option<usize>>,
    /// How many parents have the key, for each position.
    shared: Vec<usize>,
}

impl<'a, K: Key> Groups<'a, K> {
    /// The groups of so many parents.
    pub(super) fn of(count: usize, parents: impl Iterator<Item = Option<&'a K>>) -> Self {
        let mut positions = Positions::with_capacity(count);
        let mut keys = Vec::with_capacity(count);
        let mut shared = Vec::with_capacity(count);
        let mut of_parents = Vec::with_capacity(count);
        for key in parents {
            let position = key.map(|key| positions.number(key));
            if let (Some(position), Some(key)) = (position, key) {
                match shared.get_mut(position) {
                    Some(count) => *count += 1,
                    None => {
                        shared.push(1);
                        keys.push(key);
                    }
                }
            }
            of_parents.push(position);
        }
        Self {
            positions,
            keys,
            parents: of_parents,
            shared,
        }
    }

    /// The distinct keys, in the order of their first appearance.
    pub(super) fn keys(&self) -> Keys<K> {
        Keys::new(self.keys.iter().copied().cloned().collect())
    }

    /// The number of distinct keys.
    pub(super) fn len(&self) -> usize {
        self.shared.len()
    }

    /// The group of each key; see [`Positions::find_each`].
    pub(super) fn find_each<'k>(
        &self,
        keys: impl Iterator<Item = Option<&'k K>>,
    ) -> impl Iterator<Item = Option<usize>>
    where
        K: 'k,
    {
        self.positions.find_each(keys)
    }

    /// The group of each of so many rows, by its key.
    pub(super) fn place<'k>(&self, rows: usize, keys: impl Iterator<Item = Option<&'k K>>) -> Places
    where
        K: 'k,
    {
        let mut places = Places::of(self.len(), rows);
        let groups = self.find_each(keys);
        groups.for_each(|group| places.push(group));
        places
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

/// The group of each of some rows, so that the rows move only once.
pub struct Places {
    groups: Vec<usize>,
    sizes: Vec<usize>,
}

impl Places {
    /// Of so many rows in so many groups.
    pub(super) fn of(groups: usize, rows: usize) -> Self {
        Self {
            groups: Vec::with_capacity(rows),
            sizes: vec![0; groups],
        }
    }

    /// The group of the next row.
    pub(super) fn push(&mut self, group: Option<usize>) {
        let group = group.unwrap_or(NOWHERE);
        if let Some(size) = self.sizes.get_mut(group) {
            *size += 1;
        }
        self.groups.push(group);
    }

    /// The groups, to be pushed in another order.
    pub(super) fn take(&mut self) -> impl Iterator<Item = Option<usize>> + use<> {
        self.sizes.fill(0);
        let groups = std::mem::take(&mut self.groups).into_iter();
        groups.map(|group| (group != NOWHERE).then_some(group))
    }

    /// The rows of each group in one `Vec`, allocated exactly and once its first row comes: by then
    /// the blocks of the rows before are free.
    pub(super) fn vecs<R>(self, rows: impl Iterator<Item = Option<R>>) -> Vec<Vec<R>> {
        let mut vecs: Vec<Vec<R>> = Vec::new();
        vecs.resize_with(self.sizes.len(), Vec::new);
        for (row, group) in rows.zip(self.groups) {
            let Some(row) = row else { continue };
            if let (Some(vec), Some(size)) = (vecs.get_mut(group), self.sizes.get(group)) {
                if vec.is_empty() {
                    vec.reserve_exact(*size);
                }
                vec.push(row);
            }
        }
        vecs
    }

    /// The first row of each group.
    pub(super) fn firsts<R>(self, rows: impl Iterator<Item = R>) -> Vec<Option<R>> {
        let mut firsts: Vec<Option<R>> = Vec::new();
        firsts.resize_with(self.sizes.len(), || None);
        for (row, group) in rows.zip(self.groups) {
            if let Some(first) = firsts.get_mut(group) {
                first.get_or_insert(row);
            }
        }
        firsts
    }
}
