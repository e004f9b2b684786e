//! Backends that return inserted rows: `INSERT … RETURNING`.

use diesel::backend::Backend;
use diesel::connection::LoadConnection;
use diesel::expression::QueryMetadata;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::sql_types::Untyped;

use crate::connection::Connection;
use crate::dialect::{Dialect, OnTaken};
use crate::error::Result;
use crate::meta::{ColumnSet, ModelMeta, push_names};
use crate::model::Values;
use crate::query::fetch::Erased;
use crate::query::read::ReadColumns;
use crate::query::run;
use crate::write::insert::Insert;
use crate::write::values::Columns;

/// ` RETURNING …`: the columns of the fields, or the model's own selection.
pub(super) struct Returning<DB: Backend> {
    meta: &'static ModelMeta,
    /// `None` stands for the columns of the fields.
    selection: Option<Box<dyn QueryFragment<DB>>>,
    /// Another column, in SQL.
    also: &'static str,
}

impl<DB: Dialect> Returning<DB> {
    pub(super) fn of<M: Columns<DB>>() -> Self {
        Self {
            meta: const { &M::META },
            selection: M::selection(),
            also: "",
        }
    }

    /// With another column, after those of the model: `, ` and SQL.
    #[allow(dead_code, reason = "PostgreSQL alone has one")]
    pub(super) fn and(mut self, also: &'static str) -> Self {
        self.also = also;
        self
    }
}

impl<DB: Dialect> QueryFragment<DB> for Returning<DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(" RETURNING ");
        match &self.selection {
            Some(selection) => selection.walk_ast(out.reborrow())?,
            None => push_names(self.meta, 0..self.meta.columns.len(), &mut out)?,
        }
        out.push_sql(self.also);
        Ok(())
    }
}

/// For backends whose rows carry their types.
pub(crate) fn load_untyped<'conn, 'query, C>(
    conn: &'conn mut C,
    query: &'query dyn QueryFragment<C::Backend>,
) -> QueryResult<<C as LoadConnection>::Cursor<'conn, 'query>>
where
    C: LoadConnection,
{
    LoadConnection::load(conn, Erased::<C::Backend, Untyped>::new(query))
}

/// Inserts rows and reads back those that were written.
pub(crate) fn insert<C, M>(
    conn: &mut C,
    rows: &[&Values<M>],
    columns: ColumnSet,
    on_taken: OnTaken<'_>,
) -> Result<Vec<M>>
where
    C: Connection,
    C::Backend: QueryMetadata<M::SqlType>,
    M: Columns<C::Backend> + ReadColumns<C::Backend>,
{
    let mut insert = Insert::rows::<M>(rows.iter().copied(), columns).on_taken(on_taken);
    insert.end = Some(Box::new(Returning::of::<M>()));
    run::all_by_text::<C, M, M::SqlType>(conn, &insert)
}
