//! SQL and reading that several backends share.

#[cfg(any(feature = "sqlite", feature = "mysql"))]
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::query_builder::AstPass;
use diesel::result::QueryResult;
use diesel::row::Row;
#[cfg(any(feature = "sqlite", feature = "mysql"))]
use diesel::serialize::ToSql;
use diesel::sql_types::BigInt;
#[cfg(any(feature = "sqlite", feature = "mysql"))]
use diesel::sql_types::{HasSqlType, Nullable, Text};

use crate::dialect::Dialect;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
use crate::dialect::OnTaken;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
use crate::meta::push_names;
use crate::meta::{ColumnSet, ModelMeta};
#[cfg(any(feature = "sqlite", feature = "mysql"))]
use crate::model::Model;
#[cfg(any(feature = "sqlite", feature = "mysql"))]
use crate::query::keys::{Keys, padded};
use crate::query::read::value_at;
#[cfg(any(feature = "sqlite", feature = "mysql"))]
use crate::write::statement::Statement;
#[cfg(any(feature = "sqlite", feature = "mysql"))]
use crate::write::values::{BindAt, bind_checked};

/// A time without the digits after microseconds. The servers do not know them, and would round.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(super) fn microseconds(text: &str) -> &str {
    let end = text.find('.').map_or(text.len(), |point| point + 7);
    text.get(..end).unwrap_or(text)
}

/// The last column of a row that ends with a number.
pub(super) fn last_number<'a, DB>(row: &impl Row<'a, DB>) -> deserialize::Result<usize>
where
    DB: Dialect,
    i64: FromSql<BigInt, DB>,
{
    let number: i64 = value_at(row, row.field_count().saturating_sub(1))?;
    Ok(usize::try_from(number)?)
}

/// The names of columns.
pub(super) fn names(meta: &ModelMeta, columns: ColumnSet) -> Vec<&'static str> {
    let names = columns.iter().filter_map(|index| meta.columns.get(index));
    names.map(|column| column.name).collect()
}

/// `ON CONFLICT`, as PostgreSQL has it and SQLite adopted it (<https://www.sqlite.org/lang_upsert.html>).
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(super) fn push_on_conflict<DB: Dialect>(
    on_taken: OnTaken<'_>,
    meta: &ModelMeta,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    let OnTaken::Write {
        meant,
        unique,
        index,
        columns,
    } = on_taken
    else {
        return Ok(());
    };
    out.push_sql(" ON CONFLICT");
    if unique {
        out.push_sql(" (");
        push_names(meta, meant.iter(), &mut out)?;
        out.push_sql(")");
    }
    if let Some(condition) = index {
        out.push_sql(" WHERE ");
        out.push_sql(condition);
    }
    let is_change = !columns.without(meant).is_empty();
    let columns = names(meta, columns);
    if columns.is_empty() {
        out.push_sql(" DO NOTHING");
        return Ok(());
    }
    for (position, column) in columns.into_iter().enumerate() {
        out.push_sql(if position == 0 {
            " DO UPDATE SET "
        } else {
            ", "
        });
        out.push_identifier(column)?;
        out.push_sql(" = excluded.");
        out.push_identifier(column)?;
    }
    if let Some(version) = meta.version.filter(|_| is_change) {
        out.push_sql(", ");
        out.push_identifier(version)?;
        out.push_sql(" = ");
        out.push_identifier(meta.table.name)?;
        out.push_sql(".");
        out.push_identifier(version)?;
        out.push_sql(" + 1");
    }
    Ok(())
}

/// The keys of a list in which each key has its place. The list is padded with `None`.
#[cfg(any(feature = "sqlite", feature = "mysql"))]
pub(super) fn filled<'b, K, DB: Backend>(
    keys: &'b [K],
    out: &mut AstPass<'_, 'b, DB>,
) -> impl Iterator<Item = Option<&'b K>> + use<'b, K, DB> {
    let all = padded(keys, out).count().max(1);
    let nothing = std::iter::repeat_n(None, all - keys.len());
    keys.iter().map(Some).chain(nothing)
}

/// `?`, for a key or NULL.
#[cfg(any(feature = "sqlite", feature = "mysql"))]
pub(super) fn bind_or_null<'b, ST, K, DB>(
    key: Option<&'b K>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()>
where
    DB: Dialect + HasSqlType<ST> + HasSqlType<Text>,
    K: ToSql<ST, DB> + 'static,
    str: ToSql<Text, DB>,
{
    match key {
        Some(key) => bind_checked::<ST, K, DB>(key, out),
        None => out.push_bind_param::<Nullable<Text>, Option<&str>>(&None),
    }
}

/// ` IN (?, ?, …)`
#[cfg(any(feature = "sqlite", feature = "mysql"))]
pub(super) fn bind_each<'b, ST, K, DB>(
    keys: &'b Keys<K>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()>
where
    DB: Dialect + HasSqlType<ST>,
    K: ToSql<ST, DB> + 'static,
{
    let keys = keys.selected();
    if keys.is_empty() {
        // SQL cannot write an empty list.
        out.push_sql(" IN (NULL)");
        return Ok(());
    }
    for (position, key) in padded(keys, &mut out).enumerate() {
        out.push_sql(if position > 0 { ", " } else { " IN (" });
        bind_checked::<ST, K, DB>(key, out.reborrow())?;
    }
    out.push_sql(")");
    Ok(())
}

/// `a = ? AND b = ?`
#[cfg(any(feature = "sqlite", feature = "mysql"))]
pub(super) fn all_equal<'a, M: Model, DB: Dialect>(
    mut statement: Statement<'a, DB>,
    values: &'a dyn BindAt<DB>,
    columns: ColumnSet,
) -> Statement<'a, DB> {
    for (position, index) in columns.iter().enumerate() {
        if position > 0 {
            statement = statement.sql(" AND ");
        }
        let column = ColumnSet::new().with(index, true);
        statement = statement.assign::<M>(values, column);
    }
    statement
}
