//! PostgreSQL: many rows are inserted as one array per column.

use std::fmt;

use diesel::expression::QueryMetadata;
use diesel::pg::{Pg, PgMetadataLookup, PgTypeMetadata};
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Array, HasSqlType};

use crate::Connection;
use crate::error::Result;
use crate::field::Field;
use crate::model::Model;
use crate::query::fetch::fetch_erased;
use crate::query::read::ReadColumns;
use crate::schema::meta::{ColumnKind, TableName};
use crate::write::create::InsertRows;
use crate::write::insert::{KEPT_ROWS, Returning, push_names};
use crate::write::returning;
use crate::write::values::{BindValue, ColumnSet, Columns, Values, Visit};

/// `INSERT … RETURNING`, of many rows from arrays.
///
/// A `VALUES` list of many rows is a text that the server parses and plans anew for each number of rows, with
/// a parameter for each value.
#[derive(Debug)]
pub struct ByArrays;

impl<C, M> InsertRows<C, M> for ByArrays
where
    C: Connection<Backend = Pg>,
    Pg: QueryMetadata<M::SqlType>,
    M: Columns<Pg> + ReadColumns<Pg>,
{
    fn insert(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<Vec<M>> {
        if rows.len() <= KEPT_ROWS || !fit_into_arrays::<M>(columns) {
            return returning::insert(conn, rows, columns);
        }
        let insert = InsertArrays {
            rows: Rows::<M>(rows),
            columns,
            returning: Returning::of::<M>(),
        };
        fetch_erased::<C, M, M::SqlType>(&insert, conn)
    }

    fn upsert(
        conn: &mut C,
        row: &Values<M>,
        columns: ColumnSet,
        key: ColumnSet,
        changed: ColumnSet,
    ) -> Result<Vec<M>> {
        returning::upsert(conn, row, columns, key, changed)
    }
}

/// An array of arrays would be taken apart down to the last value.
fn fit_into_arrays<M: Model>(columns: ColumnSet) -> bool {
    let mut kinds = columns.iter().map(|index| M::META.columns.get(index));
    !columns.is_empty()
        && kinds.all(|column| !column.is_some_and(|c| matches!(c.kind, ColumnKind::Array(_))))
}

/// `INSERT INTO table (a, b) SELECT * FROM unnest($1, $2) RETURNING …`
///
/// Its text does not depend on the number of rows, so it stays prepared.
struct InsertArrays<'a, M: Model> {
    rows: Rows<'a, M>,
    columns: ColumnSet,
    returning: Returning<Pg>,
}

impl<M: Columns<Pg>> QueryFragment<Pg> for InsertArrays<'_, M> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO ");
        TableName::of::<M>().walk(out.reborrow())?;
        out.push_sql(" (");
        push_names(&M::META, self.columns.iter(), &mut out)?;
        out.push_sql(") SELECT * FROM unnest(");
        for (position, index) in self.columns.iter().enumerate() {
            if position > 0 {
                out.push_sql(", ");
            }
            let rows = &self.rows;
            let out = out.reborrow();
            M::visit(index, BindColumn { rows, out }).unwrap_or(Ok(()))?;
        }
        out.push_sql(")");
        self.returning.walk(&M::META, out)
    }
}

/// Rows that are bound column by column.
struct Rows<'a, M: Model>(&'a [&'a Values<M>]);

impl<M: Model> fmt::Debug for Rows<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} values]", self.0.len())
    }
}

struct BindColumn<'p, 'b, 'a, M: Model> {
    rows: &'b Rows<'a, M>,
    out: AstPass<'p, 'b, Pg>,
}

impl<M: Model> Visit<M, Pg> for BindColumn<'_, '_, '_, M> {
    type Output = QueryResult<()>;

    fn field<F>(mut self) -> QueryResult<()>
    where
        F: Field<Model = M> + BindValue<Pg>,
    {
        let rows = self.rows;
        self.out.push_bind_param::<Array<TypeOf<F>>, _>(rows)
    }
}

/// The SQL type of a field, which says of which column an array is.
struct TypeOf<F>(std::marker::PhantomData<fn() -> F>);

impl<F: BindValue<Pg>> HasSqlType<TypeOf<F>> for Pg {
    fn metadata(lookup: &mut (dyn PgMetadataLookup + 'static)) -> PgTypeMetadata {
        F::metadata(lookup)
    }
}

impl<F: BindValue<Pg>> ToSql<Array<TypeOf<F>>, Pg> for Rows<'_, F::Model> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let values = self.0.iter().map(|row| Element::<F>(F::given(row)));
        let values: Vec<Element<'_, F>> = values.collect();
        ToSql::<Array<TypeOf<F>>, Pg>::to_sql(&values[..], &mut out.reborrow())
    }
}

/// A value of a column, or NULL.
struct Element<'a, F: Field>(Option<&'a F::Value>);

impl<F: Field> fmt::Debug for Element<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<F: BindValue<Pg>> ToSql<TypeOf<F>, Pg> for Element<'_, F> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        match self.0 {
            Some(value) => F::write_value(value, out),
            None => Ok(IsNull::Yes),
        }
    }
}
