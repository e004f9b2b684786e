//! A write in SQL, put together from names, fragments and binds.
//!
//! The text of a statement depends on the model and the columns only, so Diesel caches it.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::methods::ExecuteDsl;
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::connection::Connection;
use crate::dialect::{BindKeys, Dialect};
use crate::error::{Error, Result};
use crate::field::Field;
use crate::meta::{ColumnSet, TableName};
use crate::model::{KeyOf, Model, PrimaryKey};
use crate::query::filter::BindKey;
use crate::query::key_list::ListKeys;
use crate::query::keys::Keys;
use crate::write::values::{BindAt, Columns, bind_checked};

/// A statement under construction.
pub(crate) struct Statement<'a, DB: Backend> {
    /// Adds the model to an error.
    blame: fn(Error) -> Error,
    parts: Vec<Part<'a, DB>>,
}

enum Part<'a, DB: Backend> {
    Sql(&'static str),
    Name(&'static str),
    Table(TableName),
    Fragment(Box<dyn QueryFragment<DB> + 'a>),
}

impl<'a, DB: Dialect> Statement<'a, DB> {
    /// A statement whose errors name `M`.
    pub(crate) fn on<M: Model>(sql: &'static str) -> Self {
        Self {
            blame: Error::on::<M>,
            parts: vec![Part::Sql(sql)],
        }
    }

    pub(crate) fn sql(mut self, sql: &'static str) -> Self {
        self.parts.push(Part::Sql(sql));
        self
    }

    pub(crate) fn name(mut self, name: &'static str) -> Self {
        self.parts.push(Part::Name(name));
        self
    }

    pub(crate) fn table<M: Model>(mut self) -> Self {
        self.parts.push(Part::Table(TableName::of::<M>()));
        self
    }

    pub(crate) fn column<F: Field>(self) -> Self {
        self.name(F::COLUMN)
    }

    /// `column = ?`
    pub(crate) fn field_is<F: Field, K>(self, key: &'a K) -> Self
    where
        DB: HasSqlType<F::Sql>,
        K: ToSql<F::Sql, DB> + 'static,
    {
        self.column::<F>()
            .sql(" = ")
            .fragment(BindOfKey::<F::Sql, K>(key, PhantomData))
    }

    /// `?`, of a number.
    pub(crate) fn bind<ST: 'a, T>(self, value: &'a T) -> Self
    where
        DB: HasSqlType<ST>,
        T: ToSql<ST, DB>,
    {
        self.fragment(Bind::<ST, T>(value, PhantomData))
    }

    /// `column IN (…)`
    pub(crate) fn field_in<F: Field, K: 'static>(self, keys: &'a Keys<K>) -> Self
    where
        DB: BindKeys<F::Sql, K>,
    {
        self.column::<F>()
            .fragment(KeyList::<F::Sql, K>(keys, PhantomData))
    }

    /// `a, b`, the columns of the primary key of `M`.
    pub(crate) fn key_columns<M: Model>(mut self) -> Self {
        for (position, column) in M::PrimaryKey::COLUMNS.iter().enumerate() {
            if position > 0 {
                self = self.sql(", ");
            }
            self = self.name(column);
        }
        self
    }

    /// `a IN (…)` or `(a, b) IN (…)`, of the primary key of `M`.
    pub(crate) fn key_in<M: Model>(self, keys: &'a Keys<KeyOf<M>>) -> Self
    where
        M::PrimaryKey: ListKeys<DB>,
    {
        self.fragment(WholeKeys::<M>(keys))
    }

    /// The whole primary key of `M`.
    pub(crate) fn key_is<M: Model>(self, key: &'a KeyOf<M>) -> Self
    where
        M::PrimaryKey: BindKey<DB>,
    {
        self.fragment(WholeKey::<M>(key))
    }

    /// `a = ?, b = ?`
    pub(crate) fn assign<M: Model>(
        mut self,
        values: &'a dyn BindAt<DB>,
        columns: ColumnSet,
    ) -> Self {
        for (position, index) in columns.iter().enumerate() {
            if position > 0 {
                self = self.sql(", ");
            }
            let name = M::META.columns.get(index).map_or("", |column| column.name);
            self = self
                .name(name)
                .sql(" = ")
                .fragment(ValueAt { values, index });
        }
        self
    }

    /// `a, b`, all columns of `M`, or what else it selects.
    pub(crate) fn columns<M: Columns<DB>>(mut self) -> Self {
        if let Some(selection) = M::selection() {
            self.parts.push(Part::Fragment(selection));
            return self;
        }
        for (index, column) in M::META.columns.iter().enumerate() {
            if index > 0 {
                self = self.sql(", ");
            }
            self = self.name(column.name);
        }
        self
    }

    pub(crate) fn fragment(mut self, fragment: impl QueryFragment<DB> + 'a) -> Self {
        self.parts.push(Part::Fragment(Box::new(fragment)));
        self
    }

    /// Runs it and gives the number of rows that it touched.
    pub(crate) fn execute<C: Connection<Backend = DB>>(self, conn: &mut C) -> Result<usize> {
        let blame = self.blame;
        ExecuteDsl::<C, DB>::execute(self, conn).map_err(|error| blame(Error::from(error)))
    }

    /// Makes it a query whose rows have the SQL type `ST`.
    pub(crate) fn rows<ST>(self) -> Rows<'a, DB, ST> {
        Rows(self, PhantomData)
    }
}

impl<DB: Backend> QueryFragment<DB> for Statement<'_, DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for part in &self.parts {
            match part {
                Part::Sql(sql) => out.push_sql(sql),
                Part::Name(name) => out.push_identifier(name)?,
                Part::Table(table) => table.walk(out.reborrow())?,
                Part::Fragment(fragment) => fragment.walk_ast(out.reborrow())?,
            }
        }
        Ok(())
    }
}

impl<DB: Backend> QueryId for Statement<'_, DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// A [`Statement`] that gives rows.
pub(crate) struct Rows<'a, DB: Backend, ST>(Statement<'a, DB>, PhantomData<fn() -> ST>);

impl<DB: Backend, ST> Query for Rows<'_, DB, ST> {
    type SqlType = ST;
}

impl<DB: Backend, ST> QueryId for Rows<'_, DB, ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend, ST> QueryFragment<DB> for Rows<'_, DB, ST> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

struct Bind<'a, ST, T>(&'a T, PhantomData<fn() -> ST>);

impl<ST, T, DB> QueryFragment<DB> for Bind<'_, ST, T>
where
    DB: Backend + HasSqlType<ST>,
    T: ToSql<ST, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_bind_param::<ST, T>(self.0)
    }
}

struct BindOfKey<'a, ST, K>(&'a K, PhantomData<fn() -> ST>);

impl<ST, K, DB> QueryFragment<DB> for BindOfKey<'_, ST, K>
where
    DB: Dialect + HasSqlType<ST>,
    K: ToSql<ST, DB> + 'static,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        bind_checked::<ST, K, DB>(self.0, out)
    }
}

struct KeyList<'a, ST, K>(&'a Keys<K>, PhantomData<fn() -> ST>);

impl<ST, K, DB: BindKeys<ST, K>> QueryFragment<DB> for KeyList<'_, ST, K> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        DB::bind_keys(self.0, out)
    }
}

struct WholeKey<'a, M: Model>(&'a KeyOf<M>);

impl<M: Model, DB: Backend> QueryFragment<DB> for WholeKey<'_, M>
where
    M::PrimaryKey: BindKey<DB>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        <M::PrimaryKey as BindKey<DB>>::bind_key(self.0, out)
    }
}

struct WholeKeys<'a, M: Model>(&'a Keys<KeyOf<M>>);

impl<M: Model, DB: Dialect> QueryFragment<DB> for WholeKeys<'_, M>
where
    M::PrimaryKey: ListKeys<DB>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        <M::PrimaryKey as ListKeys<DB>>::bind_list(self.0, out)
    }
}

struct ValueAt<'a, DB: Backend> {
    values: &'a dyn BindAt<DB>,
    index: usize,
}

impl<DB: Backend> QueryFragment<DB> for ValueAt<'_, DB> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.values.bind(self.index, out)
    }
}
