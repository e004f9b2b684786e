//! The first rows of each parent: `ROW_NUMBER() OVER (PARTITION BY …)`.

use diesel::backend::Backend;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::sql_types::{BigInt, HasSqlType};
use diesel::{deserialize, serialize::ToSql};

use crate::meta::ModelMeta;
use crate::model::Selects;
use crate::query::read::{FromRow, ReadColumns, Readable};

/// The name of the number within its query. Nothing of the user's can have this name.
pub(crate) const RANK: &str = "__orm_rank";

/// `ROW_NUMBER() OVER (PARTITION BY p ORDER BY o) AS __orm_rank`, for a select list.
#[derive(Debug, Clone, Copy)]
pub struct RowNumber<P, O> {
    pub(crate) partition: P,
    pub(crate) order: O,
}

/// No partition: the numbers run over all rows.
#[derive(Debug, Clone, Copy, QueryId)]
pub struct Whole;

impl<P, O> Expression for RowNumber<P, O> {
    type SqlType = BigInt;
}

impl<P, O: AppearsOnTable<Source>, Source> AppearsOnTable<Source> for RowNumber<P, O> {}
impl<P, O: AppearsOnTable<Source>, Source> SelectableExpression<Source> for RowNumber<P, O> {}

impl<P, O, Group> ValidGrouping<Group> for RowNumber<P, O> {
    type IsAggregate = is_aggregate::No;
}

impl<P: QueryId, O: QueryId> QueryId for RowNumber<P, O> {
    type QueryId = RowNumber<P::QueryId, O::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = P::HAS_STATIC_QUERY_ID && O::HAS_STATIC_QUERY_ID;
}

/// What `PARTITION BY` can name.
pub trait Partition<DB: Backend> {
    /// Writes the clause.
    fn walk<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;
}

impl<DB: Backend> Partition<DB> for Whole {
    fn walk<'b>(&'b self, _: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        Ok(())
    }
}

impl<DB: Backend, P: diesel::Column + QueryFragment<DB>> Partition<DB> for P {
    fn walk<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("PARTITION BY ");
        self.walk_ast(out.reborrow())?;
        out.push_sql(" ");
        Ok(())
    }
}

impl<P: Partition<DB>, O: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for RowNumber<P, O> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("ROW_NUMBER() OVER (");
        self.partition.walk(out.reborrow())?;
        out.push_sql("ORDER BY ");
        self.order.walk_ast(out.reborrow())?;
        out.push_sql(") AS ");
        out.push_identifier(RANK)
    }
}

/// How many rows of each parent, and starting where.
#[derive(Debug, Clone, Copy, Default)]
pub struct Slice {
    pub(crate) limit: Option<i64>,
    pub(crate) offset: i64,
}

impl Slice {
    /// The limit, if there is one, and the number of rows to skip before it.
    pub(crate) fn rows(self) -> (Option<i64>, i64) {
        (self.limit.map(|limit| limit.max(0)), self.offset.max(0))
    }

    /// The numbers of the rows: above the first bound, up to the second.
    fn bounds(self) -> (i64, i64) {
        let (limit, first) = self.rows();
        (first, first.saturating_add(limit.unwrap_or(i64::MAX)))
    }
}

/// ` WHERE __orm_rank > ? AND __orm_rank <= ? ORDER BY __orm_rank`
#[derive(Debug, Clone, Copy, QueryId)]
pub struct WithinSlice {
    above: i64,
    up_to: i64,
}

impl WithinSlice {
    pub(crate) fn new(slice: Slice) -> Self {
        let (above, up_to) = slice.bounds();
        Self { above, up_to }
    }
}

impl<DB> QueryFragment<DB> for WithinSlice
where
    DB: Backend + HasSqlType<BigInt>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(" WHERE ");
        out.push_identifier(RANK)?;
        out.push_sql(" > ");
        out.push_bind_param::<BigInt, _>(&self.above)?;
        out.push_sql(" AND ");
        out.push_identifier(RANK)?;
        out.push_sql(" <= ");
        out.push_bind_param::<BigInt, _>(&self.up_to)?;
        out.push_sql(" ORDER BY ");
        out.push_identifier(RANK)
    }
}

/// A query with a [`RowNumber`] in its select list, cut to a slice per partition.
#[derive(Debug)]
pub struct Sliced<Q> {
    query: Q,
    within: WithinSlice,
}

impl<Q> Sliced<Q> {
    pub(crate) fn new(query: Q, slice: Slice) -> Self {
        let within = WithinSlice::new(slice);
        Self { query, within }
    }
}

impl<Q: Query> Query for Sliced<Q> {
    type SqlType = Q::SqlType;
}

impl<Q: QueryId> QueryId for Sliced<Q> {
    type QueryId = Sliced<Q::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q, DB> QueryFragment<DB> for Sliced<Q>
where
    DB: Backend,
    Q: QueryFragment<DB>,
    WithinSlice: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT * FROM (");
        self.query.walk_ast(out.reborrow())?;
        out.push_sql(") AS __orm_slice");
        self.within.walk_ast(out)
    }
}

/// A row of a parent's slice. If the rows were numbered, the number is not read.
#[derive(Debug)]
pub struct Ranked<M>(pub(crate) M);

impl<M, ST, DB> Readable<(ST, BigInt), DB> for Ranked<M>
where
    DB: Backend,
    M: Selects<ST> + ReadColumns<DB>,
{
    fn of() -> Option<&'static ModelMeta> {
        Some(const { &M::META })
    }

    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        M::read_columns(FromRow(row)).map(Ranked)
    }
}
