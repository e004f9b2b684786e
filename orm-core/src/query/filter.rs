//! Filters on a field, generic over column, key and backend.
//!
//! In code that is generic over the column, Diesel's own `eq` and `eq_any` need private traits. These filters
//! are therefore our own expressions. Diesel treats them like any other.

use std::fmt;
use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::expression::is_aggregate;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType};

use crate::dialect::{BindKeys, Collation, Dialect, KeyRange};
use crate::field::Field;
use crate::meta::{ColumnSet, TableName, push_names};
use crate::model::{Key, Model, PrimaryKey, Values};
use crate::query::keys::Keys;
use crate::types::by_value::is_by_value;
use crate::write::values::{BindAt, BindValue, Columns, bind_checked};

/// `field = value`, with the value of a field `S` of another row. It finds nothing if the value is NULL.
pub struct FieldIs<F, S: Field>(S::Value, PhantomData<fn() -> F>);

/// `field IN (keys)`.
pub struct FieldIn<F, K>(Keys<K>, PhantomData<fn() -> F>);

/// `field IN (query)`.
pub struct FieldInQuery<F, Q> {
    query: Q,
    /// How the query's column compares, if its comparison decides and may differ from that of the field.
    collation: Option<Collation>,
    field: PhantomData<fn() -> F>,
}

/// Some columns have the values of a new row: `a = 1 AND b = 2`.
pub struct AsGiven<M: Model> {
    values: Values<M>,
    columns: ColumnSet,
}

/// The whole primary key: `a = 1 AND b = 2`.
pub struct KeyIs<P: PrimaryKey>(P::Value);

impl<F, S: Field> FieldIs<F, S> {
    pub(crate) fn new(value: &S::Value) -> Self {
        Self(value.clone(), PhantomData)
    }
}

impl<M: Model> AsGiven<M> {
    pub(crate) fn new(values: Values<M>, columns: ColumnSet) -> Self {
        Self { values, columns }
    }
}

impl<F, K> FieldIn<F, K> {
    pub(crate) fn new(keys: &Keys<K>) -> Self {
        Self(keys.clone(), PhantomData)
    }
}

impl<F, Q> FieldInQuery<F, Q> {
    /// The values compare as the field does.
    pub(crate) fn new(query: Q) -> Self {
        Self {
            query,
            collation: None,
            field: PhantomData,
        }
    }

    /// The values compare as `G` does, the field that the query selects.
    pub(crate) fn as_of<G: Field>(query: Q) -> Self
    where
        F: Field,
    {
        let collation = Collation::of::<G>();
        let differs = collation == Collation::Unknown || collation != Collation::of::<F>();
        Self {
            collation: Some(collation).filter(|_| differs && !is_by_value::<G::Sql>()),
            ..Self::new(query)
        }
    }
}

impl<P: PrimaryKey> KeyIs<P> {
    pub(crate) fn new(key: P::Value) -> Self {
        Self(key)
    }
}

/// What all filters here share: a boolean that can appear wherever its columns can.
///
/// The columns decide only where it can appear. That the field exists is checked nowhere else, so that a
/// wrong name is reported once, where it was written.
macro_rules! boolean_on {
    ([$($generics:tt)*] $filter:ty: $columns:ty where $($bound:tt)*) => {
        impl<$($generics)*> Expression for $filter {
            type SqlType = Bool;
        }

        impl<$($generics)*, Source> AppearsOnTable<Source> for $filter
        where
            $($bound)*,
            $columns: AppearsOnTable<Source>,
        {
        }

        impl<$($generics)*, Source> SelectableExpression<Source> for $filter
        where
            $($bound)*,
            $columns: AppearsOnTable<Source>,
        {
        }

        impl<$($generics)*, Group> ValidGrouping<Group> for $filter {
            type IsAggregate = is_aggregate::No;
        }

        impl<$($generics)*> fmt::Debug for $filter {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($filter))
            }
        }
    };
}

boolean_on!([F, S: Field] FieldIs<F, S>: F::Column where F: Field);
boolean_on!([F, K] FieldIn<F, K>: F::Column where F: Field);
boolean_on!([F, Q] FieldInQuery<F, Q>: F::Column where F: Field);
boolean_on!([M: Model] AsGiven<M>: <M::PrimaryKey as KeyColumns>::Columns where M::PrimaryKey: KeyColumns);
boolean_on!([P: PrimaryKey] KeyIs<P>: P::Columns where P: KeyColumns);

impl<F: 'static, S: Field> QueryId for FieldIs<F, S> {
    type QueryId = FieldIs<F, S>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

/// How keys are bound may change with their number, so the prepared statement is cached by its text.
impl<F, K> QueryId for FieldIn<F, K> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// Which columns these are is not known from the type, so the prepared statement is cached by its text.
impl<M: Model> QueryId for AsGiven<M> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<F: 'static, Q: QueryId> QueryId for FieldInQuery<F, Q> {
    type QueryId = FieldInQuery<F, Q::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<P: PrimaryKey> QueryId for KeyIs<P> {
    type QueryId = KeyIs<P>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<M: Model> Clone for AsGiven<M> {
    fn clone(&self) -> Self {
        Self::new(self.values.clone(), self.columns)
    }
}

impl<F, Q: Clone> Clone for FieldInQuery<F, Q> {
    fn clone(&self) -> Self {
        Self {
            query: self.query.clone(),
            ..*self
        }
    }
}

impl<F, S: Field> Clone for FieldIs<F, S> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<F, S, DB> QueryFragment<DB> for FieldIs<F, S>
where
    F: Field<Column: QueryFragment<DB>>,
    S: BindValue<DB>,
    DB: Backend,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        F::expression().walk_ast(out.reborrow())?;
        out.push_sql(" = ");
        S::bind_value(&self.0, out)
    }
}

impl<M: Columns<DB>, DB: Backend> QueryFragment<DB> for AsGiven<M> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for (position, index) in self.columns.iter().enumerate() {
            if position > 0 {
                out.push_sql(" AND ");
            }
            TableName::of::<M>().walk(out.reborrow())?;
            out.push_sql(".");
            push_names(&M::META, std::iter::once(index), &mut out)?;
            out.push_sql(" = ");
            self.values.bind(index, out.reborrow())?;
        }
        Ok(())
    }
}

impl<F, K: Key, DB> QueryFragment<DB> for FieldIn<F, K>
where
    F: Field<Column: QueryFragment<DB>>,
    DB: BindKeys<F::Sql, K>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        walk_in::<F::Sql, K, DB>(F::expression(), &self.0, out)
    }
}

/// `column IN (keys)`, or an equivalent. This function does not know the field, because there are more fields
/// than types of keys.
fn walk_in<'b, ST: 'static, K: Key, DB: BindKeys<ST, K>>(
    column: &'b dyn QueryFragment<DB>,
    keys: &'b Keys<K>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    if let Some(is_parent) = DB::FIRST_ROWS.is_parent().filter(|_| keys.are_rows()) {
        column.walk_ast(out.reborrow())?;
        out.push_sql(is_parent);
        return Ok(());
    }
    match (
        DB::KEY_RANGE,
        keys.all(),
        keys.range::<ST>(DB::KEY_RANGE.map(|range| range.most)),
    ) {
        (Some(KeyRange { is, .. }), [key], _) => {
            column.walk_ast(out.reborrow())?;
            out.push_sql(is);
            DB::bind_one(key, out)
        }
        (Some(KeyRange { between, .. }), _, Some((first, last))) => {
            let [before, at_least, and, at_most, after] = between;
            out.push_sql(before);
            column.walk_ast(out.reborrow())?;
            out.push_sql(at_least);
            DB::bind_one(first, out.reborrow())?;
            out.push_sql(and);
            column.walk_ast(out.reborrow())?;
            out.push_sql(at_most);
            DB::bind_one(last, out.reborrow())?;
            out.push_sql(after);
            Ok(())
        }
        _ => {
            column.walk_ast(out.reborrow())?;
            DB::bind_keys(keys, out)
        }
    }
}

impl<F, Q, DB> QueryFragment<DB> for FieldInQuery<F, Q>
where
    F: Field<Column: QueryFragment<DB>>,
    DB: Dialect,
    Q: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        F::expression().walk_ast(out.reborrow())?;
        if let Some(collation) = self.collation {
            DB::push_collation(collation, out.reborrow())?;
        }
        out.push_sql(" IN (");
        self.query.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

/// The columns of a primary key, for type checks.
pub trait KeyColumns: PrimaryKey {
    /// The column, or a tuple of them.
    type Columns: Expression;
}

/// A primary key that a backend can bind.
pub trait BindKey<DB: Backend>: PrimaryKey {
    /// Writes `a = 1 AND b = 2`.
    ///
    /// # Errors
    /// Diesel's errors for binds.
    fn bind_key<'b>(value: &'b Self::Value, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;
}

impl<P: BindKey<DB>, DB: Backend> QueryFragment<DB> for KeyIs<P> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        P::bind_key(&self.0, out)
    }
}

impl<F: Field<Value: Key>> KeyColumns for F {
    type Columns = F::Column;
}

impl<F, DB> BindKey<DB> for F
where
    F: Field<Value: Key + ToSql<F::Sql, DB>, Column: QueryFragment<DB>>,
    DB: Dialect + HasSqlType<F::Sql>,
{
    fn bind_key<'b>(value: &'b F::Value, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        F::expression().walk_ast(out.reborrow())?;
        out.push_sql(" = ");
        bind_checked::<F::Sql, F::Value, DB>(value, out)
    }
}

macro_rules! composite_key {
    ($first:ident $($field:ident)+) => {
        impl<$first, $($field),+> KeyColumns for ($first, $($field),+)
        where
            $first: Field<Value: Key>,
            $($field: Field<Model = $first::Model, Value: Key>,)+
            ($first::Column, $($field::Column),+): Expression,
        {
            type Columns = ($first::Column, $($field::Column),+);
        }

        impl<$first, $($field,)+ DB: Backend> BindKey<DB> for ($first, $($field),+)
        where
            $first: Field<Value: Key> + BindKey<DB, Value = <$first as Field>::Value>,
            $($field: Field<Model = <$first as Field>::Model, Value: Key>
                + BindKey<DB, Value = <$field as Field>::Value>,)+
        {
            #[allow(non_snake_case)]
            fn bind_key<'b>(
                ($first, $($field),+): &'b Self::Value,
                mut out: AstPass<'_, 'b, DB>,
            ) -> QueryResult<()> {
                <$first as BindKey<DB>>::bind_key($first, out.reborrow())?;
                $(
                    out.push_sql(" AND ");
                    <$field as BindKey<DB>>::bind_key($field, out.reborrow())?;
                )+
                Ok(())
            }
        }
    };
}

composite_key!(A B);
composite_key!(A B C);
composite_key!(A B C D);
composite_key!(A B C D E);
composite_key!(A B C D E F);
composite_key!(A B C D E F G);
composite_key!(A B C D E F G H);
composite_key!(A B C D E F G H I);
composite_key!(A B C D E F G H I J);
composite_key!(A B C D E F G H I J K);
composite_key!(A B C D E F G H I J K L);
