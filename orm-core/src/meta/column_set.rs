//! Sets of columns.

/// A set of columns, with one bit per column in the order of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ColumnSet(pub(crate) u128);

impl ColumnSet {
    /// No columns.
    #[must_use]
    pub const fn new() -> Self {
        Self(0)
    }

    /// The columns in either set.
    pub(crate) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Adds the column at `index`, if `given`.
    #[must_use]
    pub const fn with(self, index: usize, given: bool) -> Self {
        Self(self.0 | ((given as u128) << index))
    }

    /// The columns in both sets.
    pub(crate) const fn within(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// These columns without `others`.
    #[must_use]
    pub(crate) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether this set contains all of `others`.
    pub(crate) const fn has(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// The indexes of the columns, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let lowest = left.trailing_zeros() as usize;
            left &= left.checked_sub(1)?;
            Some(lowest)
        })
    }

    /// Whether this set contains the column at `index`.
    pub(crate) const fn contains(self, index: usize) -> bool {
        self.0 & (1 << index) != 0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn len(self) -> usize {
        self.0.count_ones() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_come_in_order_up_to_the_last_bit() {
        for indexes in [&[][..], &[0], &[127], &[0, 1, 63, 64, 126, 127]] {
            let set = indexes
                .iter()
                .fold(ColumnSet::new(), |set, index| set.with(*index, true));
            assert!(set.iter().eq(indexes.iter().copied()));
            assert_eq!(set.len(), indexes.len());
            assert!((0..128).all(|index| set.contains(index) == indexes.contains(&index)));
        }
    }
}
