//! Backends that give inserted rows back: `INSERT … RETURNING`.

use diesel::expression::QueryMetadata;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;

use crate::Connection;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::model::Model;
use crate::query::fetch::Fetch;
use crate::query::read::ReadColumns;
use crate::write::create::InsertRows;
use crate::write::insert::{Insert, OnTaken};
use crate::write::values::{ColumnSet, Values};

/// `INSERT … RETURNING`.
#[derive(Debug)]
pub struct Returning;

impl<C, M> InsertRows<C, M> for Returning
where
    C: Connection,
    C::Backend: QueryMetadata<M::SqlType>,
    M: Model<New: Values<C::Backend>> + ReadColumns<C::Backend>,
{
    fn insert(conn: &mut C, rows: Vec<&M::New>, columns: ColumnSet) -> Result<Vec<M>> {
        let insert = Insert::<M>::rows(rows, columns).returning();
        if insert.rows.len() == 1 && is_whole::<M>(columns) {
            return OneWhole(insert).fetch(conn);
        }
        insert.fetch(conn)
    }

    fn upsert(
        conn: &mut C,
        row: &M::New,
        columns: ColumnSet,
        key: ColumnSet,
        changed: ColumnSet,
    ) -> Result<Vec<M>> {
        let on_taken = OnTaken::Update {
            key: Some(key),
            columns: changed,
        };
        let insert = Insert::<M>::rows(vec![row], columns).on_taken(on_taken);
        insert.returning().fetch(conn)
    }
}

/// Whether these are all columns but a generated key, as most rows give them.
fn is_whole<M: Model>(columns: ColumnSet) -> bool {
    let generated = usize::from(M::META.generated_key);
    let key = M::META.columns_named(M::META.primary_key);
    columns.len() + generated == M::META.columns.len() && columns.has(key) != M::META.generated_key
}

/// An `INSERT` of one row for which [`is_whole`] holds and that fails where its key is taken.
///
/// Its text depends on the model alone, so that Diesel finds the prepared statement by the type and
/// does not write the text first.
struct OneWhole<'a, M: Model>(Insert<'a, M>);

impl<M: Model> Query for OneWhole<'_, M> {
    type SqlType = M::SqlType;
}

impl<M: Model> QueryId for OneWhole<'_, M> {
    type QueryId = OneWhole<'static, M>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<M, DB> QueryFragment<DB> for OneWhole<'_, M>
where
    DB: Dialect,
    M: Model<New: Values<DB>>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}
