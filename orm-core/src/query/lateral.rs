//! The first rows of each parent: looked up parent by parent where the backend can, else numbered.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};
use diesel::result::QueryResult;

use crate::field::Field;
use crate::query::keys::{BindKeys, Keys};
use crate::query::window::{Slice, Sliced};

/// A query by keys, cut to a slice per key.
pub struct PerParent<F, K, Q, O> {
    way: Way<K, Q, O>,
    field: PhantomData<fn() -> F>,
}

enum Way<K, Q, O> {
    /// All rows of all parents are sorted and numbered.
    Numbered(Sliced<Q>),
    /// An index on the foreign key and the order finds the few rows of each parent.
    Lateral {
        query: Q,
        order: O,
        slice: Slice,
        keys: Keys<K>,
    },
}

impl<F, K, Q, O> PerParent<F, K, Q, O> {
    /// Of a query that has a number in its select list.
    pub(crate) fn numbered(query: Q, slice: Slice) -> Self {
        Self {
            way: Way::Numbered(Sliced::new(query, slice)),
            field: PhantomData,
        }
    }

    /// Of a query without an order of its own, whose keys these are.
    pub(crate) fn lateral(query: Q, order: O, slice: Slice, keys: &Keys<K>) -> Self {
        keys.set_as_rows();
        let keys = keys.clone();
        Self {
            way: Way::Lateral {
                query,
                order,
                slice,
                keys,
            },
            field: PhantomData,
        }
    }
}

impl<F, K, Q: Query, O> Query for PerParent<F, K, Q, O> {
    type SqlType = Q::SqlType;
}

/// The numbers of the slice are part of the text, so the text decides what is cached.
impl<F, K, Q, O> QueryId for PerParent<F, K, Q, O> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// ```sql
/// SELECT orm_slice.* FROM unnest($1) AS orm_parent (key) CROSS JOIN LATERAL (
///     SELECT … FROM posts WHERE … AND posts.author_id = ANY(ARRAY[orm_parent.key])
///     ORDER BY posts.author_id, … LIMIT 5
/// ) AS orm_slice
/// ```
///
/// The foreign key is the same in all rows of the subquery; to order by it leaves only such indexes as
/// begin with it. Only a nested loop can run a lateral join, so each parent's rows come in the order
/// of the subquery, and no order around it is needed.
impl<F, K, Q, O, DB> QueryFragment<DB> for PerParent<F, K, Q, O>
where
    F: Field<Column: QueryFragment<DB>>,
    DB: BindKeys<F::Sql, K> + Backend<QueryBuilder: Default>,
    Sliced<Q>: QueryFragment<DB>,
    Q: QueryFragment<DB>,
    O: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let (query, order, slice, keys) = match &self.way {
            Way::Numbered(sliced) => return sliced.walk_ast(out),
            Way::Lateral {
                query,
                order,
                slice,
                keys,
            } => (query, order, slice, keys),
        };
        out.push_sql("SELECT orm_slice.* FROM ");
        DB::bind_rows(keys, out.reborrow())?;
        out.push_sql(" AS orm_parent (key) CROSS JOIN LATERAL (");
        query.walk_ast(out.reborrow())?;
        out.push_sql(" ORDER BY ");
        F::EXPR.walk_ast(out.reborrow())?;
        out.push_sql(match begins_descending(order, out.backend())? {
            true => " DESC, ",
            false => ", ",
        });
        order.walk_ast(out.reborrow())?;
        push_slice(*slice, &mut out);
        out.push_sql(") AS orm_slice");
        Ok(())
    }
}

/// An index is read backwards as a whole, so the foreign key goes the way of the column behind it.
/// To be mistaken about that costs time, not rows.
fn begins_descending<O, DB>(order: &O, backend: &DB) -> QueryResult<bool>
where
    O: QueryFragment<DB>,
    DB: Backend<QueryBuilder: Default>,
{
    let mut text = DB::QueryBuilder::default();
    order.to_sql(&mut text, backend)?;
    let text = text.finish();
    let first = text.split(',').next().unwrap_or_default();
    Ok(first.contains(" DESC"))
}

/// The highest limit whose text is kept prepared.
const KEPT_LIMIT: i64 = 100;

/// The numbers are part of the text: a plan that is kept does not know bound ones, expects a tenth of
/// the rows, and may sort them all. But a program's users may choose the numbers, as those of a page,
/// and each would leave a statement prepared on the connection, so that only small limits do.
fn push_slice<DB: Backend>(slice: Slice, out: &mut AstPass<'_, '_, DB>) {
    let (limit, offset) = slice.rows();
    if let Some(limit) = limit {
        out.push_sql(&format!(" LIMIT {limit}"));
    }
    if offset > 0 {
        out.push_sql(&format!(" OFFSET {offset}"));
    }
    if offset > 0 || limit > Some(KEPT_LIMIT) {
        out.unsafe_to_cache_prepared();
    }
}
