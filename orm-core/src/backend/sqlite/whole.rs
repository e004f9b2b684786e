//! The `INSERT` that most rows use.

use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;

use crate::dialect::Dialect;
use crate::meta::{ColumnSet, ModelMeta, is_same};
use crate::model::{Model, Values};
use crate::write::insert::{push_into, push_row};
use crate::write::values::{BindAt, Columns};

/// An `INSERT` of one row that gives all columns except a generated key, as most rows do, and that fails if
/// its key is taken.
///
/// Its text depends only on the model, so Diesel finds the prepared statement by the type and need not write
/// the text first.
pub(crate) struct InsertWhole<'a, M: Model>(&'a Values<M>);

impl<'a, M: Model> InsertWhole<'a, M> {
    /// `None` unless `columns` are all columns that a row can give.
    pub(crate) fn of(row: &'a Values<M>, columns: ColumnSet) -> Option<Self> {
        (columns == Self::COLUMNS).then_some(Self(row))
    }

    const COLUMNS: ColumnSet = all_but_generated(&M::META);
}

impl<M: Model> QueryId for InsertWhole<'_, M> {
    type QueryId = InsertWhole<'static, M>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<M, DB> QueryFragment<DB> for InsertWhole<'_, M>
where
    DB: Dialect,
    M: Columns<DB>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        walk_one(const { &M::META }, self.0, Self::COLUMNS, out)
    }
}

/// One row. This function does not know the row's model.
fn walk_one<'b, DB: Dialect>(
    meta: &ModelMeta,
    row: &'b dyn BindAt<DB>,
    columns: ColumnSet,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    push_into(meta, columns, out.reborrow())?;
    match columns.is_empty() {
        true => Ok(()),
        false => push_row(row, columns, out),
    }
}

/// The columns that an `INSERT` gives if the database makes nothing but the key.
const fn all_but_generated(meta: &ModelMeta) -> ColumnSet {
    let mut set = ColumnSet::new();
    let mut index = 0;
    while index < meta.columns.len() {
        let in_key = meta.generated_key && is_same(meta.columns[index].name, meta.primary_key[0]);
        set = set.with(index, !in_key && !meta.columns[index].read_only);
        index += 1;
    }
    set
}
