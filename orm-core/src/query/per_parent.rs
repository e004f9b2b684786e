//! The first rows of each parent: looked up parent by parent if the backend can do that, numbered if not.

use diesel::backend::Backend;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::BigInt;

use crate::dialect::{BindKeys, Compared, FirstRows};
use crate::field::Field;
use crate::meta::TableName;
use crate::model::Model;
use crate::query::keys::Keys;
use crate::query::matched::is_asked;
use crate::query::window::{RANK, RowNumber, Slice, Whole as AllRows, WithinSlice};

type ColumnsOf<F> = <<F as Field>::Model as Model>::Columns;

/// The select list of a query whose rows are cut to a slice per parent. The rows read as rows of the
/// model, whichever list it is.
pub struct Picked<F: Field, O> {
    columns: ColumnsOf<F>,
    list: List<F::Column, O>,
}

enum List<P, O> {
    Numbered(RowNumber<P, O>),
    /// All columns, and the row's number among all rows.
    Ranked(RowNumber<AllRows, O>),
    Whole,
    Key,
}

impl<F: Field, O> Picked<F, O> {
    /// All columns, and the row's number among all rows in this order.
    pub(crate) fn ranked(order: O) -> Self {
        Self::new(List::Ranked(RowNumber {
            partition: AllRows,
            order,
        }))
    }

    fn new(list: List<F::Column, O>) -> Self {
        Self {
            columns: F::Model::columns(),
            list,
        }
    }
}

impl<F: Field, O> Expression for Picked<F, O> {
    type SqlType = (<ColumnsOf<F> as Expression>::SqlType, BigInt);
}

impl<F, O, Source> AppearsOnTable<Source> for Picked<F, O>
where
    F: Field,
    ColumnsOf<F>: AppearsOnTable<Source>,
    O: AppearsOnTable<Source>,
{
}

impl<F, O, Source> SelectableExpression<Source> for Picked<F, O>
where
    F: Field,
    ColumnsOf<F>: SelectableExpression<Source>,
    O: AppearsOnTable<Source>,
{
}

impl<F: Field, O, Group> ValidGrouping<Group> for Picked<F, O> {
    type IsAggregate = is_aggregate::No;
}

/// [`PerParent`], which contains it, has no static id either.
impl<F: Field, O> QueryId for Picked<F, O> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<F, O, DB> QueryFragment<DB> for Picked<F, O>
where
    F: Field,
    DB: Backend,
    ColumnsOf<F>: QueryFragment<DB>,
    RowNumber<F::Column, O>: QueryFragment<DB>,
    RowNumber<AllRows, O>: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match &self.list {
            List::Whole => self.columns.walk_ast(out),
            List::Key => push_key::<F::Model, DB>(&mut out),
            List::Numbered(number) => {
                push_key::<F::Model, DB>(&mut out)?;
                out.push_sql(", ");
                number.walk_ast(out)
            }
            List::Ranked(number) => {
                self.columns.walk_ast(out.reborrow())?;
                out.push_sql(", ");
                number.walk_ast(out)
            }
        }
    }
}

/// A query by keys, cut to a slice per key.
pub struct PerParent<F: Field, K, Q, O> {
    columns: ColumnsOf<F>,
    way: Way<F, K, Q, O>,
    /// Whether each row comes with the place of its key.
    places: bool,
}

enum Way<F: Field, K, Q, O> {
    /// Sorts and numbers the keys of all rows of all parents.
    Numbered { rows: Numbered<F, Q>, keys: Keys<K> },
    /// An index on the foreign key finds the few rows of each parent. An index on the foreign key and the
    /// order reads no other rows.
    LookedUp {
        query: Q,
        order: O,
        slice: Slice,
        keys: Keys<K>,
    },
}

struct Numbered<F: Field, Q> {
    columns: ColumnsOf<F>,
    query: Q,
    within: WithinSlice,
    /// Whether the number follows the columns.
    shown: bool,
}

impl<F: Field, K, Q, O> PerParent<F, K, Q, O> {
    /// Cuts the query that `select` makes of these keys and a list.
    pub(crate) fn new<DB: BindKeys<F::Sql, K>>(
        select: impl FnOnce(&Keys<K>, Picked<F, O>) -> Q,
        order: O,
        slice: Slice,
        keys: &Keys<K>,
    ) -> Self {
        // Each of our tables has an index on its foreign keys. An adopted table may have none, and then
        // each parent would read the whole table.
        let can_look_up = !F::Model::META.adopted && DB::can_bind_rows(keys);
        let list = match DB::FIRST_ROWS {
            FirstRows::Lateral(_) if can_look_up => Some(List::Whole),
            FirstRows::Correlated(_) if can_look_up => Some(List::Key),
            _ => None,
        };
        let places = is_asked::<F, DB>();
        let way = if let Some(list) = list {
            Way::LookedUp {
                query: select(&keys.as_rows(), Picked::new(list)),
                order,
                slice,
                keys: keys.clone(),
            }
        } else {
            let number = RowNumber {
                partition: F::Column::default(),
                order,
            };
            let rows = Numbered {
                columns: F::Model::columns(),
                query: select(keys, Picked::new(List::Numbered(number))),
                within: WithinSlice::new(slice),
                shown: places,
            };
            let keys = keys.clone();
            Way::Numbered { rows, keys }
        };
        Self {
            columns: F::Model::columns(),
            way,
            places,
        }
    }
}

impl<F: Field, K, Q: Query, O> Query for PerParent<F, K, Q, O> {
    type SqlType = Q::SqlType;
}

/// The numbers of the slice are part of the text, so the prepared statement is cached by its text.
impl<F: Field, K, Q, O> QueryId for PerParent<F, K, Q, O> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// By a lateral join:
///
/// ```sql
/// SELECT __orm_slice.* FROM unnest($1) AS __orm_parent (__orm_key) CROSS JOIN LATERAL (
///     SELECT … FROM posts WHERE … AND posts.author_id = ANY(ARRAY[__orm_parent.__orm_key])
///     ORDER BY posts.author_id, … LIMIT 5
/// ) AS __orm_slice
/// ```
///
/// The foreign key is the same in all rows of the subquery. Ordering by it leaves only those indexes that
/// begin with it. Only a nested loop can run a lateral join, so each parent's rows come in the order of
/// the subquery, and the outer query needs no order.
///
/// By a correlated subquery:
///
/// ```sql
/// SELECT … FROM (SELECT value AS __orm_key FROM json_each(?)) AS __orm_parent CROSS JOIN posts
/// WHERE posts.id IN (
///     SELECT posts.id FROM posts WHERE … AND posts.author_id = __orm_parent.__orm_key ORDER BY … LIMIT 5
/// ) ORDER BY …
/// ```
///
/// The few remaining rows are sorted once more, because a list of keys has no order.
///
/// By numbers:
///
/// ```sql
/// SELECT … FROM (
///     SELECT posts.id, ROW_NUMBER() OVER (PARTITION BY posts.author_id ORDER BY …) AS __orm_rank
///     FROM posts WHERE … AND posts.author_id IN (…)
/// ) AS __orm_slice INNER JOIN posts ON posts.id = __orm_slice.id
/// WHERE __orm_rank > ? AND __orm_rank <= ? ORDER BY __orm_rank
/// ```
///
/// This sorts all rows, so it sorts only their keys: with whole rows, MariaDB takes eight times as long.
/// An index on the foreign key and the order holds all that the subquery reads.
///
/// If the database decides which key a row has, each of these queries also returns the key's place.
impl<F, K, Q, O, DB> QueryFragment<DB> for PerParent<F, K, Q, O>
where
    F: Field<Column: QueryFragment<DB>>,
    ColumnsOf<F>: QueryFragment<DB>,
    DB: BindKeys<F::Sql, K> + Backend<QueryBuilder: Default>,
    WithinSlice: QueryFragment<DB>,
    Q: QueryFragment<DB>,
    O: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let (query, order, slice, keys) = match &self.way {
            Way::Numbered { rows, keys } if self.places => {
                return Compared::ranked::<F>().join::<F::Sql, K, DB>(rows, keys, out);
            }
            Way::Numbered { rows, .. } => return rows.walk_ast(out),
            Way::LookedUp {
                query,
                order,
                slice,
                keys,
            } => (query, order, *slice, keys),
        };
        let place = match self.places {
            true => ", __orm_parent.__orm_place",
            false => "",
        };
        match DB::FIRST_ROWS {
            FirstRows::Correlated(_) => {
                out.push_sql("SELECT ");
                self.columns.walk_ast(out.reborrow())?;
                out.push_sql(place);
                out.push_sql(" FROM ");
                DB::bind_rows(keys, self.places, out.reborrow())?;
                out.push_sql(" AS __orm_parent CROSS JOIN ");
                TableName::of::<F::Model>().walk(out.reborrow())?;
                out.push_sql(" WHERE (");
                push_key::<F::Model, DB>(&mut out)?;
                out.push_sql(") IN (");
                query.walk_ast(out.reborrow())?;
                out.push_sql(" ORDER BY ");
                order.walk_ast(out.reborrow())?;
                push_slice(slice, &mut out);
                out.push_sql(") ORDER BY ");
                order.walk_ast(out)
            }
            FirstRows::Lateral(_) | FirstRows::Numbered => {
                out.push_sql("SELECT __orm_slice.*");
                out.push_sql(place);
                out.push_sql(" FROM ");
                DB::bind_rows(keys, self.places, out.reborrow())?;
                out.push_sql(match self.places {
                    true => " AS __orm_parent (__orm_key, __orm_place) CROSS JOIN LATERAL (",
                    false => " AS __orm_parent (__orm_key) CROSS JOIN LATERAL (",
                });
                query.walk_ast(out.reborrow())?;
                out.push_sql(" ORDER BY ");
                F::expression().walk_ast(out.reborrow())?;
                out.push_sql(match begins_descending(order, out.backend())? {
                    true => " DESC, ",
                    false => ", ",
                });
                order.walk_ast(out.reborrow())?;
                push_slice(slice, &mut out);
                out.push_sql(") AS __orm_slice");
                Ok(())
            }
        }
    }
}

impl<F, Q, DB> QueryFragment<DB> for Numbered<F, Q>
where
    F: Field,
    ColumnsOf<F>: QueryFragment<DB>,
    DB: Backend,
    WithinSlice: QueryFragment<DB>,
    Q: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT ");
        self.columns.walk_ast(out.reborrow())?;
        if self.shown {
            out.push_sql(", __orm_slice.");
            out.push_identifier(RANK)?;
        }
        out.push_sql(" FROM (");
        self.query.walk_ast(out.reborrow())?;
        out.push_sql(") AS __orm_slice INNER JOIN ");
        TableName::of::<F::Model>().walk(out.reborrow())?;
        push_same_key::<F::Model, DB>(&mut out)?;
        self.within.walk_ast(out)
    }
}

/// `posts.id`, or all columns of the primary key, separated by commas.
fn push_key<M: Model, DB: Backend>(out: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
    for (position, column) in M::META.primary_key.iter().enumerate() {
        if position > 0 {
            out.push_sql(", ");
        }
        TableName::of::<M>().walk(out.reborrow())?;
        out.push_sql(".");
        out.push_identifier(column)?;
    }
    Ok(())
}

/// ` ON posts.id = __orm_slice.id`, for all columns of the primary key.
fn push_same_key<M: Model, DB: Backend>(out: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
    for (position, column) in M::META.primary_key.iter().enumerate() {
        out.push_sql(if position > 0 { " AND " } else { " ON " });
        TableName::of::<M>().walk(out.reborrow())?;
        out.push_sql(".");
        out.push_identifier(column)?;
        out.push_sql(" = __orm_slice.");
        out.push_identifier(column)?;
    }
    Ok(())
}

/// The database reads an index backwards as a whole, so the foreign key is ordered in the direction of
/// the column that follows it. A wrong guess costs time, not rows.
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

/// The highest limit whose text stays prepared.
const KEPT_LIMIT: i64 = 100;

/// The numbers are part of the text. A cached plan does not know bound numbers: it expects a tenth of the
/// rows, and may sort all of them. But users may choose the numbers, as with pages, and each number would
/// leave a prepared statement on the connection. So only small limits stay prepared.
fn push_slice<DB: Backend>(slice: Slice, out: &mut AstPass<'_, '_, DB>) {
    let (limit, offset) = slice.rows();
    // SQLite takes no offset without a limit.
    let limit = limit.unwrap_or(i64::MAX);
    out.push_sql(&format!(" LIMIT {limit}"));
    if offset > 0 {
        out.push_sql(&format!(" OFFSET {offset}"));
    }
    if offset > 0 || limit > KEPT_LIMIT {
        out.unsafe_to_cache_prepared();
    }
}
