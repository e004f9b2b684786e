//! What the methods of all kinds do with keys.

use std::collections::HashSet;

use crate::Connection;
use crate::association::Association;
use crate::error::{Error, Result};
use crate::field::{Field, Holds, Key};
use crate::model::{IntoTarget, KeyOf, Model, PrimaryKey, Targets};
use crate::query::key_list::ListKeys;
use crate::query::keys::{BindKeys, Keys};

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

/// Keys of which one is not there, as a person reads them: `id among [1, 2]`.
pub(crate) fn among<M: Model>(keys: &Keys<KeyOf<M>>) -> String {
    let fields = M::PrimaryKey::FIELDS.join(", ");
    format!("{fields} among {:?}", keys.all())
}

/// Runs a statement on the field `F` once per chunk of keys and adds up what each gives.
pub(crate) fn each_chunk<C, F, K>(
    keys: &Keys<K>,
    run: impl FnMut() -> Result<usize>,
) -> Result<usize>
where
    C: Connection<Backend: BindKeys<F::Sql, K>>,
    F: Field,
{
    run_each(keys, C::Backend::key_limit(keys), run)
}

/// The same, of whole primary keys.
pub(crate) fn each_chunk_of<M, C>(
    keys: &Keys<KeyOf<M>>,
    run: impl FnMut() -> Result<usize>,
) -> Result<usize>
where
    M: Model<PrimaryKey: ListKeys<C::Backend>>,
    C: Connection,
{
    run_each(keys, M::PrimaryKey::limit(keys), run)
}

fn run_each<K>(
    keys: &Keys<K>,
    limit: Option<usize>,
    mut run: impl FnMut() -> Result<usize>,
) -> Result<usize> {
    let mut sum = 0;
    for chunk in keys.chunks_of(limit) {
        keys.select(chunk);
        sum += run()?;
    }
    Ok(sum)
}
