//! Backends that give inserted rows back: `INSERT … RETURNING`.

use diesel::expression::QueryMetadata;

use crate::Connection;
use crate::error::Result;
use crate::query::fetch::fetch_erased;
use crate::query::read::ReadColumns;
use crate::write::insert::{Insert, OnTaken};
use crate::write::values::{ColumnSet, Columns, Values};

/// Inserts rows and reads them back.
pub(crate) fn insert<C, M>(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<Vec<M>>
where
    C: Connection,
    C::Backend: QueryMetadata<M::SqlType>,
    M: Columns<C::Backend> + ReadColumns<C::Backend>,
{
    let insert = Insert::rows::<M>(rows.iter().copied(), columns);
    fetch_erased::<C, M, M::SqlType>(&insert.returning::<M>(), conn)
}

/// Inserts a row or, where its unique `key` is taken, writes `changed` into the row that is there; reads it
/// back.
pub(crate) fn upsert<C, M>(
    conn: &mut C,
    row: &Values<M>,
    columns: ColumnSet,
    key: ColumnSet,
    changed: ColumnSet,
) -> Result<Vec<M>>
where
    C: Connection,
    C::Backend: QueryMetadata<M::SqlType>,
    M: Columns<C::Backend> + ReadColumns<C::Backend>,
{
    let on_taken = OnTaken::Write {
        meant: key,
        unique: true,
        columns: changed,
    };
    let insert = Insert::rows::<M>([row], columns).on_taken(on_taken);
    fetch_erased::<C, M, M::SqlType>(&insert.returning::<M>(), conn)
}
