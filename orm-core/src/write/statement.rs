//! A write in SQL, built from names, fragments and binds.
//!
//! The text of a statement depends only on the model and the columns, so Diesel can cache it.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::deserialize;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::sql_types::BigInt;

use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::field::Field;
use crate::meta::{ColumnSet, ModelMeta, TableName};
use crate::model::{KeyOf, Model};
use crate::query::filter::BindKey;
use crate::query::key_list::{CompareKey, ListKeys};
use crate::query::keys::Keys;
use crate::query::read::Readable;
use crate::query::run;
use crate::write::values::{BindAt, Columns};

/// A statement under construction.
pub(crate) struct Statement<'a, DB: Backend> {
    /// The model that errors name.
    meta: &'static ModelMeta,
    parts: Vec<Part<'a, DB>>,
}

enum Part<'a, DB: Backend> {
    Sql(&'static str),
    Text(String),
    Name(&'static str),
    Table(TableName),
    Fragment(Box<dyn QueryFragment<DB> + 'a>),
}

impl<'a, DB: Dialect> Statement<'a, DB> {
    /// A statement whose errors name `M`.
    pub(crate) fn on<M: Model>(sql: &'static str) -> Self {
        Self {
            meta: const { &M::META },
            parts: vec![Part::Sql(sql)],
        }
    }

    pub(crate) fn sql(mut self, sql: &'static str) -> Self {
        self.parts.push(Part::Sql(sql));
        self
    }

    /// SQL that depends only on the model.
    pub(crate) fn text(mut self, sql: String) -> Self {
        self.parts.push(Part::Text(sql));
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
    pub(crate) fn field_is<F: CompareKey<DB, K>, K>(self, key: &'a K) -> Self {
        self.column::<F>()
            .sql(" = ")
            .fragment(BindOfKey::<F, K>(key, PhantomData))
    }

    /// `a, b`
    pub(crate) fn key_columns<P: ListKeys<DB, K>, K>(mut self) -> Self {
        for (position, column) in P::NAMES.iter().enumerate() {
            if position > 0 {
                self = self.sql(", ");
            }
            self = self.name(column);
        }
        self
    }

    /// `a IN (…)` or `(a, b) IN (…)`
    pub(crate) fn key_in<P: ListKeys<DB, K>, K>(self, keys: &'a Keys<K>) -> Self {
        self.fragment(KeyList::<P, K>(keys, PhantomData))
    }

    /// The whole primary key of `M`.
    pub(crate) fn key_is<M: Model>(self, key: &'a KeyOf<M>) -> Self
    where
        M::PrimaryKey: BindKey<DB>,
    {
        self.fragment(WholeKey::<M>(key))
    }

    /// ` AND version = ?`, the version of a row, if the model has one.
    pub(crate) fn version_is<M: Model>(self, row: &'a dyn BindAt<DB>) -> Self {
        let Some(version) = M::META.version else {
            return self;
        };
        let index = M::META.columns_named(&[version]);
        self.sql(" AND ").assign::<M>(row, index)
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

    /// `, version = version + 1`, if the model has one.
    pub(crate) fn raise_version<M: Model>(self) -> Self {
        match M::META.version {
            Some(version) => self
                .sql(", ")
                .name(version)
                .sql(" = ")
                .name(version)
                .sql(" + 1"),
            None => self,
        }
    }

    /// `a, b`: all columns of `M`, or what it selects instead.
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

    /// Runs it and returns the number of rows that it touched.
    pub(crate) fn execute<C: Connection<Backend = DB>>(self, conn: &mut C) -> Result<usize> {
        run::execute(conn, &self, self.meta)
    }

    /// Runs a query that returns one number, and returns that number; 0 if there is no row.
    pub(crate) fn number<C: Connection<Backend = DB>>(&self, conn: &mut C) -> Result<usize> {
        let mut rows: Vec<Number> = Vec::new();
        run::by_text::<C, _, BigInt>(conn, self, &mut rows)?;
        Ok(rows.first().map_or(0, |number| number.0))
    }

    /// Runs a query without reading its rows.
    pub(crate) fn run<C: Connection<Backend = DB>>(&self, conn: &mut C) -> Result<()> {
        let mut rows: Vec<Unread> = Vec::new();
        run::by_text::<C, _, BigInt>(conn, self, &mut rows)
    }

    /// Runs a query that selects exactly the columns of `P`.
    pub(crate) fn keys<P, K, C>(&self, conn: &mut C) -> Result<Vec<K>>
    where
        P: ListKeys<DB, K>,
        C: Connection<Backend = DB>,
    {
        P::fetch(self, conn)
    }
}

impl<DB: Backend> QueryFragment<DB> for Statement<'_, DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for part in &self.parts {
            match part {
                Part::Sql(sql) => out.push_sql(sql),
                Part::Text(sql) => out.push_sql(sql),
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

struct BindOfKey<'a, F, K>(&'a K, PhantomData<fn() -> F>);

impl<F: CompareKey<DB, K>, K, DB: Backend> QueryFragment<DB> for BindOfKey<'_, F, K> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        F::bind_key(self.0, out)
    }
}

struct KeyList<'a, P, K>(&'a Keys<K>, PhantomData<fn() -> P>);

impl<P: ListKeys<DB, K>, K, DB: Dialect> QueryFragment<DB> for KeyList<'_, P, K> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        P::bind_list(self.0, out)
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

/// A row that is one number.
struct Number(usize);

impl<ST, DB: Dialect> Readable<ST, DB> for Number {
    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        DB::last_number(row).map(Number)
    }
}

/// A row from which nothing is read.
struct Unread;

impl<ST, DB: Backend> Readable<ST, DB> for Unread {
    fn read_row<'a>(_: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        Ok(Self)
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
