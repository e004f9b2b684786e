//! Rows that are created at once and refer to each other: each comes after the rows that it refers to.

use std::collections::HashMap;

use crate::meta::ModelMeta;
use crate::model::{Model, Values};

/// The indexes of rows in an order in which they can be inserted one after the other.
pub(crate) struct ParentsFirst {
    /// Rows of the first level refer to none of these rows; rows of each later level refer to rows of earlier
    /// levels.
    pub(crate) levels: Vec<Vec<usize>>,
    /// Rows that refer to each other in a circle, and rows that refer to those. Only one statement with all of them
    /// can insert them, if the database checks references at the end of a statement.
    pub(crate) circles: Vec<usize>,
    /// Each row already comes after the rows that it refers to.
    pub(crate) as_given: bool,
}

impl ParentsFirst {
    /// `None` if no row refers to another one of these, as far as the rows state the keys.
    ///
    /// All that is known of a key is how it is shown. If two keys are equal to the database but shown differently,
    /// they do not count as a reference: their rows keep their places.
    pub(crate) fn of<M: Model>(rows: &[Values<M>]) -> Option<Self> {
        let mut parents: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
        for (column, target) in own_references(&M::META) {
            let keys = rows.iter().map(|row| row.shown(target)).enumerate();
            let rows_by_key: HashMap<String, usize> =
                keys.filter_map(|(row, key)| Some((key?, row))).collect();
            for (row, parents) in rows.iter().zip(&mut parents) {
                let key = row.shown(column);
                parents.extend(key.and_then(|key| rows_by_key.get(&key)));
            }
        }
        for (row, parents) in parents.iter_mut().enumerate() {
            parents.retain(|parent| *parent != row);
        }
        let refers = parents.iter().any(|parents| !parents.is_empty());
        refers.then(|| Self::in_levels(&parents))
    }

    fn in_levels(parents: &[Vec<usize>]) -> Self {
        let mut before = parents.iter().enumerate();
        let as_given = before.all(|(row, parents)| parents.iter().all(|parent| *parent < row));
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
        let mut left: Vec<usize> = parents.iter().map(Vec::len).collect();
        for (row, parents) in parents.iter().enumerate() {
            for parent in parents {
                if let Some(children) = children.get_mut(*parent) {
                    children.push(row);
                }
            }
        }
        let mut levels = Vec::new();
        let mut level: Vec<usize> = indexes_of(&left, |left| left == 0);
        while !level.is_empty() {
            let mut next = Vec::new();
            for child in level.iter().filter_map(|row| children.get(*row)).flatten() {
                if let Some(left) = left.get_mut(*child) {
                    *left -= 1;
                    next.extend((*left == 0).then_some(*child));
                }
            }
            next.sort_unstable();
            levels.push(std::mem::replace(&mut level, next));
        }
        Self {
            levels,
            circles: indexes_of(&left, |left| left > 0),
            as_given,
        }
    }
}

fn indexes_of(numbers: &[usize], these: impl Fn(usize) -> bool) -> Vec<usize> {
    let numbers = numbers.iter().enumerate();
    let these = numbers.filter(|(_, number)| these(**number));
    these.map(|(index, _)| index).collect()
}

/// The columns by which a row refers to another row of its table, each with the column that it refers to.
fn own_references(meta: &ModelMeta) -> Vec<(usize, usize)> {
    let own = meta
        .references
        .iter()
        .filter(|reference| reference.table == meta.table && reference.target_table == meta.table);
    let place = |name: &str| meta.columns.iter().position(|column| column.name == name);
    let pairs = own.map(|reference| (reference.column, reference.target_column));
    pairs
        .filter_map(|(column, target)| Some((place(column)?, place(target)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(parents: &[&[usize]]) -> (Vec<Vec<usize>>, Vec<usize>, bool) {
        let parents: Vec<Vec<usize>> = parents.iter().map(|row| row.to_vec()).collect();
        let order = ParentsFirst::in_levels(&parents);
        (order.levels, order.circles, order.as_given)
    }

    #[test]
    fn rows_come_behind_those_that_they_refer_to() {
        let (levels, circles, as_given) = order(&[&[2], &[], &[3, 1], &[]]);
        assert_eq!(levels, [vec![1, 3], vec![2], vec![0]]);
        assert_eq!((circles.len(), as_given), (0, false));
        let (levels, _, as_given) = order(&[&[], &[0], &[0, 1]]);
        assert_eq!(levels, [[0], [1], [2]]);
        assert!(as_given);
    }

    #[test]
    fn circles_and_what_hangs_on_them_are_left() {
        let (levels, circles, as_given) = order(&[&[1], &[0], &[0], &[], &[3]]);
        assert_eq!(levels, [[3], [4]]);
        assert_eq!((&circles[..], as_given), (&[0, 1, 2][..], false));
    }
}
