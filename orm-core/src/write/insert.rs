//! `INSERT` of rows that state the same columns.

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::{Error as DieselError, QueryResult};

use crate::connection::Connection;
use crate::dialect::{Dialect, OnTaken};
use crate::error::{Error, Result};
use crate::meta::{ColumnSet, ModelMeta, push_names};
use crate::model::{Model, Values};
use crate::query::run;
use crate::write::values::{BindAt, Columns};

/// Each number of rows has its own SQL text. Texts of up to this many rows stay prepared; if all did, they would
/// pile up.
pub(crate) const KEPT_ROWS: usize = 16;

/// How many of these rows go into the next statement.
pub(crate) fn rows_at_once<DB: Dialect>(left: usize, columns: ColumnSet) -> usize {
    let most = most_rows::<DB>(left, columns);
    match DB::INSERT_PIECE {
        Some(piece) if left > KEPT_ROWS => (1 << left.min(piece).ilog2()).min(most),
        _ => most,
    }
}

/// How many of these rows one statement can bind.
pub(crate) fn most_rows<DB: Dialect>(left: usize, columns: ColumnSet) -> usize {
    // A row that states nothing takes its own statement: a `VALUES` list cannot hold two such rows.
    let room = DB::BIND_LIMIT
        .checked_div(columns.len())
        .map_or(1, |room| room.max(1));
    left.min(room).min(DB::INSERT_ROWS)
}

/// How many of these rows, counted from the first, take no more than this many bytes.
pub(crate) fn rows_within<'r, M: Model>(
    rows: impl Iterator<Item = &'r Values<M>>,
    columns: ColumnSet,
    mut bytes: usize,
) -> usize {
    let fits = |row: &&Values<M>| match bytes.checked_sub(row.bytes(columns)) {
        Some(left) => {
            bytes = left;
            true
        }
        None => false,
    };
    rows.take_while(fits).count()
}

/// Whether an `INSERT` may have failed because it met a different row than intended. The error is a number out of
/// range, which the server reports in its own language. So the caller writes again, in statements that can mean
/// only one thing, and those tell what it was.
pub(crate) fn is_of_another_row(error: &Error) -> bool {
    matches!(
        error,
        Error::Database(DieselError::DatabaseError(..)) | Error::CheckViolation(_)
    )
}

/// `INSERT INTO table (…) VALUES (…), (…)`
///
/// It does not depend on the model, so that Diesel's code that runs it is compiled once.
pub(crate) struct Insert<'a, DB: Backend> {
    meta: &'static ModelMeta,
    rows: Vec<&'a dyn BindAt<DB>>,
    columns: ColumnSet,
    on_taken: OnTaken<'a>,
    /// The text after everything else.
    pub(crate) end: Option<Box<dyn QueryFragment<DB> + 'a>>,
}

impl<'a, DB: Dialect> Insert<'a, DB> {
    /// For rows that all state these columns; it fails if a key is taken.
    pub(crate) fn rows<M: Columns<DB>>(
        rows: impl IntoIterator<Item = &'a Values<M>>,
        columns: ColumnSet,
    ) -> Self {
        let mut all: Vec<&'a dyn BindAt<DB>> = Vec::new();
        for row in rows {
            all.push(row);
        }
        Self {
            meta: const { &M::META },
            rows: all,
            columns,
            on_taken: OnTaken::Fail,
            end: None,
        }
    }

    /// What happens to rows whose key is taken.
    pub(crate) fn on_taken(mut self, on_taken: OnTaken<'a>) -> Self {
        self.on_taken = on_taken;
        self
    }

    /// Runs it and returns the number of rows that it wrote.
    pub(crate) fn execute<C: Connection<Backend = DB>>(self, conn: &mut C) -> Result<usize> {
        run::execute(conn, &self, self.meta)
    }
}

impl<DB: Backend> QueryId for Insert<'_, DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Dialect> QueryFragment<DB> for Insert<'_, DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        push_into(self.meta, self.columns, out.reborrow())?;
        if !self.columns.is_empty() {
            if self.rows.len() > KEPT_ROWS && DB::INSERT_PIECE.is_none() {
                out.unsafe_to_cache_prepared();
            }
            for (position, row) in self.rows.iter().enumerate() {
                out.push_sql(if position > 0 { ", " } else { "" });
                push_row(*row, self.columns, out.reborrow())?;
            }
        }
        DB::push_on_taken(self.on_taken, self.meta, out.reborrow())?;
        match &self.end {
            Some(end) => end.walk_ast(out),
            None => Ok(()),
        }
    }
}

/// `INSERT INTO table (…) VALUES `, or the whole statement for a row that states nothing.
pub(crate) fn push_into<DB: Dialect>(
    meta: &ModelMeta,
    columns: ColumnSet,
    mut out: AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    out.push_sql("INSERT INTO ");
    meta.table.walk(out.reborrow())?;
    if columns.is_empty() {
        out.push_sql(DB::EMPTY_ROW);
        return Ok(());
    }
    out.push_sql(" (");
    push_names(meta, columns.iter(), &mut out)?;
    out.push_sql(") VALUES ");
    Ok(())
}

/// `(?, ?)`
pub(crate) fn push_row<'b, DB: Dialect>(
    row: &'b dyn BindAt<DB>,
    columns: ColumnSet,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    out.push_sql("(");
    for (position, index) in columns.iter().enumerate() {
        if position > 0 {
            out.push_sql(", ");
        }
        row.bind(index, out.reborrow())?;
    }
    out.push_sql(")");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::rows_within;
    use crate::model::Building;
    use crate::prelude::*;

    #[derive(Model, Debug, Clone)]
    #[model(crate = crate)]
    struct Note {
        #[model(primary_key)]
        id: i32,
        text: String,
    }

    #[test]
    fn rows_are_taken_until_one_does_not_fit() {
        let rows = ["one", "two", "three"].map(|text| Note::builder().text(text).into_parts().0);
        let columns = rows[0].given();
        let sizes = rows.each_ref().map(|row| row.bytes(columns));
        let within = |bytes| rows_within(rows.iter(), columns, bytes);
        let [one, two, three] = sizes;
        assert_eq!(within(one - 1), 0);
        assert_eq!(within(one), 1);
        assert_eq!(within(one + two), 2);
        assert_eq!(within(one + two + three - 1), 2);
        assert_eq!(within(one + two + three), 3);
        assert_eq!(within(usize::MAX), 3);
    }
}
