//! Counts rows per key: `SELECT key, COUNT(*) … GROUP BY key`.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::sql_types::{BigInt, Bool};

use crate::dialect::{BindKeys, Compared, Dialect};
use crate::field::Field;
use crate::meta::ModelMeta;
use crate::model::Model;
use crate::query::keys::Keys;
use crate::query::read::{Readable, value_at};

/// A query that selects one column, counted per value, or per key that the database treats as equal to it.
#[derive(Debug)]
pub struct Tally<F, K, Q> {
    query: Q,
    /// The keys, if the database decides which of them a row has.
    keys: Option<Keys<K>>,
    field: std::marker::PhantomData<fn() -> F>,
}

impl<F, K, Q> Tally<F, K, Q> {
    pub(crate) fn new(query: Q, keys: Option<&Keys<K>>) -> Self {
        Self {
            query,
            keys: keys.cloned(),
            field: std::marker::PhantomData,
        }
    }
}

impl<F: Field, K, Q> Query for Tally<F, K, Q> {
    type SqlType = (F::Sql, BigInt);
}

/// How keys are bound may change with their number, so the prepared statement is cached by its text.
impl<F, K, Q> QueryId for Tally<F, K, Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<F, K, Q, DB> QueryFragment<DB> for Tally<F, K, Q>
where
    F: Field,
    DB: BindKeys<F::Sql, K>,
    Q: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if let Some(keys) = &self.keys {
            out.push_sql("SELECT __orm_row.");
            out.push_identifier(F::COLUMN)?;
            out.push_sql(", COUNT(*), __orm_parent.__orm_place FROM ");
            let compared = Compared::unordered::<F>();
            DB::bind_matches(&self.query, compared, keys, out.reborrow())?;
            out.push_sql(" GROUP BY __orm_parent.__orm_place, __orm_row.");
            return out.push_identifier(F::COLUMN);
        }
        // The inner query selects one column under its own name, and this query reads nothing else.
        out.push_sql("SELECT ");
        out.push_identifier(F::COLUMN)?;
        out.push_sql(", COUNT(*) FROM (");
        self.query.walk_ast(out.reborrow())?;
        out.push_sql(") AS __orm_tally GROUP BY ");
        out.push_identifier(F::COLUMN)
    }
}

/// A key and the number of its rows.
#[derive(Debug)]
pub struct Counted<F, K> {
    pub(crate) key: K,
    pub(crate) count: i64,
    field: std::marker::PhantomData<fn() -> F>,
}

impl<F, K, ST, DB> Readable<(ST, BigInt), DB> for Counted<F, K>
where
    DB: Dialect,
    F: Field,
    ST: 'static,
    K: FromSql<ST, DB>,
    i64: FromSql<BigInt, DB>,
{
    fn of() -> Option<&'static ModelMeta> {
        Some(const { &F::Model::META })
    }

    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        Ok(Self {
            key: value_at::<K, ST, DB>(row, 0)?,
            count: value_at::<i64, BigInt, DB>(row, 1)?,
            field: std::marker::PhantomData,
        })
    }
}

/// How many rows a query returns: `SELECT COUNT(*) FROM (…)`.
#[derive(Debug, QueryId)]
pub struct CountRows<Q>(pub(crate) Q);

impl<Q> Query for CountRows<Q> {
    type SqlType = BigInt;
}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for CountRows<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT COUNT(*) FROM (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(") AS __orm_rows");
        Ok(())
    }
}

/// Whether a query returns any row: `SELECT EXISTS (…)`.
#[derive(Debug, QueryId)]
pub struct AnyRow<Q>(pub(crate) Q);

impl<Q> Query for AnyRow<Q> {
    type SqlType = Bool;
}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for AnyRow<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT EXISTS (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}
