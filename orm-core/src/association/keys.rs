//! What the methods of all kinds do with keys.

use std::collections::HashSet;

use crate::Connection;
use crate::association::Association;
use crate::error::{Error, Result};
use crate::field::{Field, Holds, Key};
use crate::model::{IntoTarget, KeyOf, Model, Targets};
use crate::query::keys::Keys;

/// The key by which others are linked to `source`.
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

/// Runs a statement once per chunk of keys and adds up what each gives.
pub(crate) fn each_chunk<C: Connection, K: 'static>(
    keys: &Keys<K>,
    mut run: impl FnMut() -> Result<usize>,
) -> Result<usize> {
    let mut sum = 0;
    for chunk in keys.chunks::<C::Backend>() {
        keys.select(chunk);
        sum += run()?;
    }
    Ok(sum)
}
