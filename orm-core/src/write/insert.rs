//! `INSERT` of rows that give the same columns.

use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;

use crate::dialect::Dialect;
use crate::model::Model;
use crate::schema::meta::{ModelMeta, TableName};
use crate::write::values::{ColumnSet, Values};

/// Each number of rows is a text of its own. Those of up to so many rows stay prepared; all of them
/// would pile up.
const KEPT_ROWS: usize = 16;

/// How many of these rows go into the next statement.
pub(crate) fn rows_at_once<DB: Dialect>(left: usize, columns: ColumnSet) -> usize {
    // A row that gives nothing is a statement of its own: no VALUES list can hold two.
    let room = DB::BIND_LIMIT
        .checked_div(columns.len())
        .map_or(1, |room| room.max(1));
    match DB::INSERT_PIECE {
        Some(piece) if left > KEPT_ROWS => (1 << left.min(piece).ilog2()).min(room),
        _ => left.min(room),
    }
}

/// What happens to a row whose unique key is taken.
#[derive(Debug, Clone, Copy)]
pub enum OnTaken {
    /// The statement fails.
    Fail,
    /// The row that is there stays as it is. Without a key, whatever unique key is taken.
    Keep { key: Option<ColumnSet> },
    /// The row that is there takes these values.
    Update {
        key: Option<ColumnSet>,
        columns: ColumnSet,
    },
}

/// `INSERT INTO table (…) VALUES (…), (…)`; as a query it returns the rows.
pub(crate) struct Insert<'a, M: Model> {
    pub(crate) rows: Vec<&'a M::New>,
    pub(crate) columns: ColumnSet,
    on_taken: OnTaken,
    returning: bool,
}

impl<'a, M: Model> Insert<'a, M> {
    /// Of rows that all give these columns; it fails where a key is taken.
    pub(crate) fn rows(rows: Vec<&'a M::New>, columns: ColumnSet) -> Self {
        Self {
            rows,
            columns,
            on_taken: OnTaken::Fail,
            returning: false,
        }
    }

    /// What happens to rows whose key is taken.
    pub(crate) fn on_taken(mut self, on_taken: OnTaken) -> Self {
        self.on_taken = on_taken;
        self
    }

    /// Gives the rows back.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub(crate) fn returning(mut self) -> Self {
        self.returning = true;
        self
    }
}

impl<M: Model> Query for Insert<'_, M> {
    type SqlType = M::SqlType;
}

impl<M: Model> QueryId for Insert<'_, M> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<M, DB> QueryFragment<DB> for Insert<'_, M>
where
    DB: Dialect,
    M: Model<New: Values<DB>>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("INSERT INTO ");
        TableName::of::<M>().walk(out.reborrow())?;
        if self.columns.is_empty() {
            out.push_sql(DB::EMPTY_ROW);
        } else {
            self.walk_values(out.reborrow())?;
        }
        DB::push_on_taken(self.on_taken, &M::META, out.reborrow())?;
        if self.returning {
            out.push_sql(" RETURNING ");
            push_names(&M::META, 0..M::META.columns.len(), &mut out)?;
        }
        Ok(())
    }
}

impl<M: Model> Insert<'_, M> {
    fn walk_values<'b, DB>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Dialect,
        M::New: Values<DB>,
    {
        out.push_sql(" (");
        push_names(&M::META, self.columns.iter(), &mut out)?;
        out.push_sql(") VALUES ");
        if self.rows.len() > KEPT_ROWS && DB::INSERT_PIECE.is_none() {
            out.unsafe_to_cache_prepared();
        }
        for (position, row) in self.rows.iter().enumerate() {
            out.push_sql(if position > 0 { ", (" } else { "(" });
            for (position, index) in self.columns.iter().enumerate() {
                if position > 0 {
                    out.push_sql(", ");
                }
                row.bind(index, out.reborrow())?;
            }
            out.push_sql(")");
        }
        Ok(())
    }
}

fn push_names<DB: Dialect>(
    meta: &ModelMeta,
    indexes: impl Iterator<Item = usize>,
    out: &mut AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    let names = indexes.filter_map(|index| meta.columns.get(index));
    for (position, column) in names.enumerate() {
        if position > 0 {
            out.push_sql(", ");
        }
        out.push_identifier(column.name)?;
    }
    Ok(())
}
