//! What the methods of all kinds of associations do with keys.

use std::collections::HashSet;

use crate::association::Association;
use crate::association::target::{IntoTarget, Targets};
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::field::{Field, Holds};
use crate::model::{Key, KeyOf, Model, PrimaryKey};
use crate::query::key_list::ListKeys;
use crate::query::keys::Keys;

/// The key by which other rows are linked to `source`.
pub(crate) fn source_key<A: Association>(source: &A::Source) -> Result<&A::Key> {
    A::SourceField::read(source).key().ok_or(Error::NullKey {
        model: A::Source::NAME,
        association: A::NAME,
    })
}

/// The distinct primary keys of targets.
pub(crate) fn target_keys<M: Model>(targets: impl Targets<M>) -> Keys<KeyOf<M>> {
    let keys: Vec<KeyOf<M>> = targets
        .into_iter()
        .filter_map(|target| target.primary_key())
        .collect();
    Keys::distinct(keys.iter())
}

/// The keys that are in `these` but not in `those`.
pub(crate) fn without<K: Key>(these: &[K], those: &[K]) -> Keys<K> {
    let those: HashSet<&K> = those.iter().collect();
    Keys::new(
        these
            .iter()
            .filter(|key| !those.contains(key))
            .cloned()
            .collect(),
    )
}

/// The first of these keys by which no row was found. Several keys that differ only in Rust may find one row in the
/// database; such keys are looked up one by one.
pub(crate) fn first_missing<K: Key>(
    keys: &Keys<K>,
    found: &[K],
    is_asked: bool,
    mut is_there: impl FnMut(&Keys<K>) -> Result<bool>,
) -> Result<Option<K>> {
    for key in without(keys.all(), found).all() {
        if !is_asked || !is_there(&Keys::new(vec![key.clone()]))? {
            return Ok(Some(key.clone()));
        }
    }
    Ok(None)
}

/// Whether all of these keys are linked, if Rust cannot tell which of them are equal. `among` reads which of the
/// keys that it receives are linked, as the links spell them.
pub(crate) fn all_linked<K: Key>(
    keys: &Keys<K>,
    mut among: impl FnMut(&Keys<K>) -> Result<Vec<K>>,
) -> Result<bool> {
    let found = among(keys)?;
    if found.is_empty() || keys.len() <= 1 {
        return Ok(found.is_empty() == (keys.len() == 0));
    }
    let missing = first_missing(keys, &found, true, |one| Ok(!among(one)?.is_empty()))?;
    Ok(missing.is_none())
}

/// The keys that are linked in addition to these. `among` reads which of the keys that it receives are linked, as
/// the links spell them; it is called if Rust cannot tell.
pub(crate) fn others<K: Key>(
    linked: &[K],
    keys: &Keys<K>,
    is_asked: bool,
    among: impl FnOnce(&Keys<K>) -> Result<Vec<K>>,
) -> Result<Keys<K>> {
    let others = without(linked, keys.all());
    let new = without(keys.all(), linked);
    if !is_asked || others.len() == 0 || new.len() == 0 {
        return Ok(others);
    }
    Ok(without(others.all(), &among(&new)?))
}

/// Keys of which one does not exist, in readable form: `id among [1, 2]`.
pub(crate) fn among<M: Model>(keys: &Keys<KeyOf<M>>) -> String {
    let fields = M::PrimaryKey::FIELDS.join(", ");
    format!("{fields} among {:?}", keys.all())
}

/// Runs a statement once per chunk of keys and adds up the results.
pub(crate) fn each_chunk<P, K, C>(
    keys: &Keys<K>,
    mut run: impl FnMut() -> Result<usize>,
) -> Result<usize>
where
    P: ListKeys<C::Backend, K>,
    C: Connection,
{
    let mut sum = 0;
    for chunk in keys.chunks_of(P::limit(keys)) {
        keys.select(chunk);
        sum += run()?;
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The database is asked only if there are links that it could find among the keys.
    #[test]
    fn nobody_is_asked_of_what_is_known() -> Result<()> {
        let never = |_: &Keys<i32>| Err(Error::not_found("Tag", "asked"));
        let others = |linked: &[i32], keys: Vec<i32>| others(linked, &Keys::new(keys), true, never);
        assert_eq!(others(&[], vec![1])?.len(), 0);
        assert_eq!(others(&[1, 2], vec![1])?.all(), [2]);
        assert!(others(&[1, 2], vec![1, 3]).is_err());
        Ok(())
    }
}
