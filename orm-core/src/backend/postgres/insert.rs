//! PostgreSQL: insert many rows as one array per column.

use std::fmt;

use diesel::deserialize;
use diesel::expression::QueryMetadata;
use diesel::pg::{Pg, PgMetadataLookup, PgTypeMetadata};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Array, BigInt, Bool, HasSqlType};

use crate::backend::returning::{self, Returning};
use crate::connection::Connection;
use crate::dialect::{Dialect, OnTaken};
use crate::error::{Error, Result};
use crate::field::Field;
use crate::meta::{ColumnKind, ColumnSet, ModelMeta, TableName, push_names};
use crate::model::{Model, Values};
use crate::query::read::{FromRow, ReadColumns, Readable, value_at};
use crate::query::run;
use crate::write::insert::{Insert, KEPT_ROWS, push_row};
use crate::write::inserting::{Created, InsertRows, Returns, TellsCreated, only};
use crate::write::stored::whole;
use crate::write::values::{BindValue, Columns, Visit};

/// `INSERT … RETURNING`. Many rows come from arrays.
///
/// The server parses and plans a `VALUES` list anew for each number of rows, with one parameter per value.
#[derive(Debug)]
pub struct ByArrays;

impl<C, M> InsertRows<C, M> for ByArrays
where
    C: Connection<Backend = Pg>,
    Pg: QueryMetadata<M::SqlType>,
    M: Columns<Pg> + ReadColumns<Pg>,
{
    fn insert_one(conn: &mut C, row: Values<M>, columns: ColumnSet) -> Result<M> {
        Self::upsert(conn, &row, columns, OnTaken::Fail)
    }

    fn insert(
        conn: &mut C,
        rows: &[&Values<M>],
        columns: ColumnSet,
        on_taken: OnTaken<'_>,
    ) -> Result<Vec<M>> {
        if let [_] = rows {
            return returning::insert(conn, rows, columns, on_taken);
        }
        let mut insert = InsertMany {
            rows: Rows::<M>(rows),
            columns,
            on_taken,
            returning: Some(Returning::of::<M>()),
            may_skip: false,
        };
        let created = run::all_by_text::<C, M, M::SqlType>(conn, &insert)?;
        if !created.is_empty() || !matches!(on_taken, OnTaken::Fail) {
            return Ok(created);
        }
        insert.may_skip = true;
        let created = run::all_by_text::<C, M, M::SqlType>(conn, &insert);
        created.map_err(|error| skipped::<M>(error, rows.len()))
    }

    /// Only a plain `INSERT` fails by itself if a trigger skips rows.
    fn must_undo(columns: ColumnSet, on_taken: OnTaken<'_>) -> bool {
        !matches!(on_taken, OnTaken::Fail) || Self::must_undo_of::<M>(columns)
    }

    fn upsert(
        conn: &mut C,
        row: &Values<M>,
        columns: ColumnSet,
        on_taken: OnTaken<'_>,
    ) -> Result<M> {
        whole(conn, Self::must_undo_of::<M>(columns), |conn| {
            only(returning::insert(conn, &[row], columns, on_taken)?)
        })
    }

    fn insert_free(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<usize> {
        if columns.is_empty() {
            let insert = Insert::rows::<M>(rows.iter().copied(), columns);
            return insert.on_taken(OnTaken::SKIP).execute(conn);
        }
        let insert = InsertMany {
            rows: Rows::<M>(rows),
            columns,
            on_taken: OnTaken::SKIP,
            returning: None,
            may_skip: false,
        };
        run::execute(conn, &insert, &M::META)
    }
}

impl Returns for Pg {
    fn settled<C, M>(_: &mut C, rows: Vec<M>) -> Result<Vec<M>>
    where
        C: Connection<Backend = Self>,
        Self: QueryMetadata<M::SqlType>,
        M: Columns<Self> + ReadColumns<Self>,
    {
        Ok(rows)
    }
}

impl TellsCreated for Pg {
    fn upsert_telling<C, M>(
        conn: &mut C,
        row: &Values<M>,
        columns: ColumnSet,
        on_taken: OnTaken<'_>,
    ) -> Result<(M, Created)>
    where
        C: Connection<Backend = Self>,
        Self: QueryMetadata<M::SqlType>,
        M: Columns<Self> + ReadColumns<Self>,
    {
        whole(conn, ByArrays::must_undo_of::<M>(columns), |conn| {
            let mut insert = Insert::rows::<M>([row], columns).on_taken(on_taken);
            insert.end = Some(Box::new(Returning::of::<M>().and(IS_NEW)));
            let told = run::all_by_text::<C, Told<M>, M::SqlType>(conn, &insert)?;
            let told = told.into_iter().next();
            let Told(row, is_new) = told.ok_or_else(|| Error::skipped(M::NAME, 1, 0))?;
            Ok((row, if is_new { Created::Yes } else { Created::No }))
        })
    }
}

/// `ON CONFLICT` locks the row before it changes it, and `xmax` is who did. Nobody knows a new row yet
/// (<https://www.postgresql.org/docs/current/ddl-system-columns.html>).
const IS_NEW: &str = ", xmax = 0";

/// A row, and whether it is new.
struct Told<M>(M, bool);

impl<M: ReadColumns<Pg>> Readable<M::SqlType, Pg> for Told<M> {
    fn of() -> Option<&'static ModelMeta> {
        Some(const { &M::META })
    }

    fn read_row<'a>(row: &impl Row<'a, Pg>) -> deserialize::Result<Self> {
        let last = row.field_count().saturating_sub(1);
        let is_new = value_at::<bool, Bool, Pg>(row, last)?;
        Ok(Self(M::read_columns(FromRow(row))?, is_new))
    }
}

impl ByArrays {
    /// True if the statement may write a row that cannot be read.
    fn must_undo_of<M: Model>(columns: ColumnSet) -> bool {
        !M::META.may_refuse(columns).is_empty()
    }
}

/// False for array columns: `unnest` would take an array of arrays apart, down to the last value.
fn fit_into_arrays<M: Model>(columns: ColumnSet) -> bool {
    let mut kinds = columns.iter().map(|index| M::META.columns.get(index));
    !columns.is_empty()
        && kinds.all(|column| !column.is_some_and(|c| matches!(c.kind, ColumnKind::Array(_))))
}

/// `INSERT INTO table (a, b) SELECT * FROM unnest($1, $2) WHERE … RETURNING …`
///
/// The text does not depend on the number of rows, so it stays prepared. A few rows are a list, `(VALUES …)`.
///
/// A trigger that runs before the insert may skip rows, and the rows that come back do not tell which are
/// missing. So if there is such a trigger, the first statement inserts nothing. A second one then inserts all
/// rows, and fails if fewer come back. Counting the rows every time would take a quarter longer.
struct InsertMany<'a, M: Model> {
    rows: Rows<'a, M>,
    columns: ColumnSet,
    on_taken: OnTaken<'a>,
    returning: Option<Returning<Pg>>,
    may_skip: bool,
}

impl<M: Model> QueryId for InsertMany<'_, M> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// Marks the error's message.
const SKIPPED: &str = "__orm_written:";

impl<M: Columns<Pg>> QueryFragment<Pg> for InsertMany<'_, M> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(if self.may_skip {
            "WITH __orm_new AS (INSERT INTO "
        } else {
            "INSERT INTO "
        });
        TableName::of::<M>().walk(out.reborrow())?;
        out.push_sql(" (");
        push_names(&M::META, self.columns.iter(), &mut out)?;
        out.push_sql(") SELECT * FROM ");
        self.push_rows(out.reborrow())?;
        if !matches!(self.on_taken, OnTaken::Fail) {
            Pg::push_on_taken(self.on_taken, &M::META, out.reborrow())?;
            return self.returning.walk_ast(out);
        }
        if !self.may_skip {
            out.push_sql(" WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = ");
            out.push_sql(&regclass::<M>());
            // ROW and INSERT, and BEFORE or INSTEAD OF
            // (<https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_trigger.h>).
            out.push_sql(" AND tgtype & 5 = 5 AND tgtype & 66 <> 0)");
            return self.returning.walk_ast(out);
        }
        self.returning.walk_ast(out.reborrow())?;
        out.push_sql(
            ") SELECT * FROM __orm_new WHERE CASE WHEN (SELECT COUNT(*) FROM __orm_new) = ",
        );
        out.push_bind_param::<BigInt, _>(&self.rows)?;
        out.push_sql(" THEN TRUE ELSE CAST('");
        out.push_sql(SKIPPED);
        out.push_sql("' || (SELECT COUNT(*) FROM __orm_new) AS BOOLEAN) END");
        Ok(())
    }
}

impl<M: Columns<Pg>> InsertMany<'_, M> {
    /// `unnest($1, $2)`, or `(VALUES ($1, $2), ($3, $4))`
    fn push_rows<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let rows = &self.rows;
        let few = rows.0.len() <= KEPT_ROWS;
        if few || !fit_into_arrays::<M>(self.columns) {
            if !few {
                out.unsafe_to_cache_prepared();
            }
            for (position, row) in rows.0.iter().enumerate() {
                out.push_sql(if position > 0 { ", " } else { "(VALUES " });
                push_row(*row, self.columns, out.reborrow())?;
            }
            out.push_sql(")");
        } else {
            for (position, index) in self.columns.iter().enumerate() {
                out.push_sql(if position > 0 { ", " } else { "unnest(" });
                let out = out.reborrow();
                M::visit(index, BindColumn { rows, out }).unwrap_or(Ok(()))?;
            }
            out.push_sql(")");
        }
        out.push_sql(" AS __orm_rows");
        Ok(())
    }
}

/// The table, as a value of the type `regclass`.
fn regclass<M: Model>() -> String {
    let TableName { schema, name } = TableName::of::<M>();
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let schema = schema.map_or_else(String::new, |schema| quoted(schema) + ".");
    let name = format!("{schema}{}", quoted(name)).replace('\'', "''");
    format!("'{name}'::regclass")
}

/// The error for a statement that returned fewer rows than it was given.
fn skipped<M: Model>(error: Error, rows: usize) -> Error {
    let Error::Database(diesel::result::Error::DatabaseError(_, info)) = &error else {
        return error;
    };
    let written = info.message().split_once(SKIPPED).and_then(|(_, rest)| {
        let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next()?;
        digits.parse().ok()
    });
    written.map_or(error, |written| Error::skipped(M::NAME, rows, written))
}

/// Rows that are bound column by column.
struct Rows<'a, M: Model>(&'a [&'a Values<M>]);

impl<M: Model> fmt::Debug for Rows<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} values]", self.0.len())
    }
}

/// Binds the number of rows.
impl<M: Model> ToSql<BigInt, Pg> for Rows<'_, M> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let number = i64::try_from(self.0.len())?;
        ToSql::<BigInt, Pg>::to_sql(&number, &mut out.reborrow())
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

/// The SQL type of a field, which tells the arrays of different columns apart.
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
