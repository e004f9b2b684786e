//! Groups rows by key. It does no I/O, and copies only rows that parents share.

use crate::association::Association;
use crate::field::{Field, Holds};
use crate::model::Key;
use crate::query::keys::Keys;
use crate::query::matched::Same;
use crate::query::rows::Rows;

/// Faster than the standard library's map for keys this short, and also seeded at random.
type HashMap<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// Groups the sources of an association by the key that the targets refer to.
pub(super) fn of_sources<A: Association>(sources: &Rows<A::Source>) -> Groups<'_, A::Key> {
    let mut keys = sources.iter().map(|row| A::SourceField::read(row).key());
    Groups::of(sources.len(), &mut keys)
}

/// The keys of rows, one after the other. Code that takes them this way is compiled once per key type and not
/// once per model.
pub(super) type KeysOf<'i, 'a, K> = &'i mut dyn Iterator<Item = Option<&'a K>>;

/// The position of rows that belong to no group.
pub(super) const NOWHERE: usize = usize::MAX;

/// The distinct keys of some rows, numbered in order of first appearance.
pub(super) struct Positions<'a, K> {
    positions: HashMap<&'a K, usize>,
}

impl<'a, K: Key> Positions<'a, K> {
    fn with_capacity(capacity: usize) -> Self {
        let state = foldhash::fast::RandomState::default();
        Self {
            positions: HashMap::with_capacity_and_hasher(capacity, state),
        }
    }

    /// The positions of keys that are already distinct.
    pub(super) fn of(count: usize, keys: KeysOf<'_, 'a, K>) -> Self {
        let mut positions = Self::with_capacity(count);
        for (position, key) in keys.enumerate() {
            if let Some(key) = key {
                positions.positions.insert(key, position);
            }
        }
        positions
    }

    /// Makes these keys findable too, by the values that the database treats as equal to them.
    pub(super) fn add(&mut self, keys: &'a [K], same: Option<&Same<K>>) {
        let Some(same) = same else {
            return;
        };
        let mut of_first = vec![None; keys.len()];
        for (value, first) in &same.values {
            let position = self.positions.get(value).copied();
            if let Some(of_first) = of_first.get_mut(*first) {
                *of_first = position;
            }
        }
        for (key, first) in keys.iter().zip(&same.first) {
            if let Some(position) = of_first.get(*first).copied().flatten() {
                self.positions.insert(key, position);
            }
        }
    }

    /// The key's number. A new key gets the next number.
    fn number(&mut self, key: &'a K) -> usize {
        let next = self.positions.len();
        *self.positions.entry(key).or_insert(next)
    }

    /// Finds the numbers of keys. It is fast if a key often equals the one before it.
    pub(super) fn finder<'k>(&self) -> Finder<'_, 'k, K> {
        Finder {
            positions: &self.positions,
            last: None,
        }
    }
}

/// Looks up keys one after the other. A run of equal keys costs one look-up.
pub(super) struct Finder<'p, 'k, K> {
    positions: &'p HashMap<&'p K, usize>,
    last: Option<(&'k K, Option<usize>)>,
}

impl<'k, K: Key> Finder<'_, 'k, K> {
    /// The key's number, if it has one.
    pub(super) fn find(&mut self, key: Option<&'k K>) -> Option<usize> {
        let key = key?;
        match self.last {
            Some((same, position)) if same == key => position,
            _ => {
                let position = self.positions.get(key).copied();
                self.last = Some((key, position));
                position
            }
        }
    }
}

/// The distinct keys of the parents, and which parent has which key.
pub(super) struct Groups<'a, K> {
    positions: Positions<'a, K>,
    keys: Vec<&'a K>,
    /// For each parent, the position of its key. `None` if the key is NULL.
    parents: Vec<Option<usize>>,
    /// For each position, how many parents have the key.
    shared: Vec<usize>,
    /// Whether the database treats some keys as equal that differ in Rust.
    merged: bool,
}

impl<'a, K: Key> Groups<'a, K> {
    /// Groups `count` parents.
    pub(super) fn of(count: usize, parents: KeysOf<'_, 'a, K>) -> Self {
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
            merged: false,
        }
    }

    /// Adopts the database's answer to which keys are equal, if it was asked.
    pub(super) fn learn(&mut self, same: Option<&'a Same<K>>) {
        let Some(same) = same else {
            return;
        };
        for (value, group) in &same.values {
            self.positions.positions.insert(value, *group);
        }
        for (group, first) in same.first.iter().enumerate() {
            if group != *first {
                self.merged = true;
                let parents = self.shared.get_mut(group).map_or(0, std::mem::take);
                if let Some(shared) = self.shared.get_mut(*first) {
                    *shared += parents;
                }
            }
        }
        if self.merged {
            for group in self.parents.iter_mut().flatten() {
                *group = same.first.get(*group).copied().unwrap_or(*group);
            }
        }
    }

    /// The distinct keys, in order of first appearance.
    pub(super) fn keys(&self) -> Keys<K> {
        Keys::new(self.keys.iter().copied().cloned().collect())
    }

    /// The number of distinct keys.
    pub(super) fn len(&self) -> usize {
        self.shared.len()
    }

    /// Finds the group of each key.
    pub(super) fn finder<'k>(&self) -> Finder<'_, 'k, K> {
        self.positions.finder()
    }

    /// The group of each row, by its key.
    pub(super) fn place<'k>(&self, rows: usize, keys: KeysOf<'_, 'k, K>) -> Places
    where
        K: 'k,
    {
        let mut places = Places::of(self.len(), rows);
        let mut finder = self.finder();
        for key in keys {
            places.push(finder.find(key));
        }
        places
    }

    /// Hands the groups' slots out to the parents, in order. The last parent that shares a slot gets the slot
    /// itself and the others get clones. A parent without a key gets an empty slot.
    pub(super) fn deal<S: Clone>(mut self, mut slots: Vec<S>, empty: impl Fn() -> S) -> Vec<S> {
        if self.shared.len() == self.parents.len() && !self.merged {
            // Each parent has a key of its own, so the slots are already in order.
            return slots;
        }
        let mut dealt = Vec::with_capacity(self.parents.len());
        for position in self.parents {
            let place = position.and_then(|position| {
                let left = self.shared.get_mut(position)?;
                *left -= 1;
                Some((*left, slots.get_mut(position)?))
            });
            dealt.push(match place {
                Some((0, slot)) => std::mem::replace(slot, empty()),
                Some((_, slot)) => slot.clone(),
                None => empty(),
            });
        }
        dealt
    }
}

/// The group of each row, recorded first so that each row moves only once.
pub(super) struct Places {
    groups: Vec<usize>,
    sizes: Vec<usize>,
}

impl Places {
    /// Room for this many rows in this many groups.
    pub(super) fn of(groups: usize, rows: usize) -> Self {
        Self {
            groups: Vec::with_capacity(rows),
            sizes: vec![0; groups],
        }
    }

    /// Records the group of the next row.
    pub(super) fn push(&mut self, group: Option<usize>) {
        let group = group.unwrap_or(NOWHERE);
        if let Some(size) = self.sizes.get_mut(group) {
            *size += 1;
        }
        self.groups.push(group);
    }

    /// Takes the groups out, so that the caller can push them in another order.
    pub(super) fn take(&mut self) -> impl Iterator<Item = Option<usize>> + use<> {
        self.sizes.fill(0);
        let groups = std::mem::take(&mut self.groups).into_iter();
        groups.map(|group| (group != NOWHERE).then_some(group))
    }

    /// One slot per group, which the caller fills row by row.
    pub(super) fn slots<S>(self, empty: impl Fn() -> S) -> Slots<S> {
        let mut slots = Vec::with_capacity(self.sizes.len());
        while slots.len() < self.sizes.len() {
            slots.push(empty());
        }
        Slots {
            groups: self.groups.into_iter(),
            sizes: self.sizes,
            slots,
        }
    }
}

/// The slots of the groups while they are being filled.
pub(super) struct Slots<S> {
    groups: std::vec::IntoIter<usize>,
    sizes: Vec<usize>,
    slots: Vec<S>,
}

impl<S> Slots<S> {
    /// The slot of the next row, and how many rows go into that slot.
    pub(super) fn next(&mut self) -> Option<(&mut S, usize)> {
        let group = self.groups.next()?;
        Some((self.slots.get_mut(group)?, *self.sizes.get(group)?))
    }

    /// All slots.
    pub(super) fn filled(self) -> Vec<S> {
        self.slots
    }
}

/// Adds a row to a slot that takes `of` rows. The `Vec` is allocated at its exact size, and only when its
/// first row comes, because by then the blocks of earlier rows are free.
pub(super) fn push_row<R>(slot: &mut Option<Vec<R>>, row: R, of: usize) {
    let rows = slot.get_or_insert_with(Vec::new);
    if rows.is_empty() {
        rows.reserve_exact(of);
    }
    rows.push(row);
}
