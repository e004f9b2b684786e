//! Values for columns: those of a row to insert, of changes, and of a row.

use std::any::{Any, TypeId};
use std::fmt::{self, Write as _};

use diesel::backend::Backend;
use diesel::expression::Expression;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::HasSqlType;

use crate::dialect::Dialect;
use crate::field::Field;
use crate::fields::{BindFields, FieldList};
use crate::model::Model;

/// A set of columns, one bit each in the order of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ColumnSet(u128);

impl ColumnSet {
    /// No columns.
    #[must_use]
    pub const fn new() -> Self {
        Self(0)
    }

    /// These and `others`.
    pub(crate) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// With the column at `index`, if `given`.
    #[must_use]
    pub const fn with(self, index: usize, given: bool) -> Self {
        Self(self.0 | ((given as u128) << index))
    }

    /// The columns that are in `others`, too.
    pub(crate) const fn within(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// The columns that are not in `others`.
    #[must_use]
    pub(crate) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether all of `others` are among these.
    pub(crate) const fn has(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// The indexes of the columns, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let lowest = left.trailing_zeros() as usize;
            left &= left.checked_sub(1)?;
            Some(lowest)
        })
    }

    /// Whether the column at `index` is one of these.
    pub(crate) const fn contains(self, index: usize) -> bool {
        self.0 & (1 << index) != 0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn len(self) -> usize {
        self.0.count_ones() as usize
    }
}

/// A value, or none, for each field of a model, as a tuple.
pub type ValuesOf<M> = <<M as Model>::Fields as FieldList>::Values;

/// A value of which is known no more than that it can be shown; its type may be asked for.
pub trait Shown: Any + fmt::Debug {}

impl<T: Any + fmt::Debug> Shown for T {}

/// Values for some columns of a model: a row to insert, or changes.
pub struct Values<M: Model>(pub ValuesOf<M>);

impl<M: Model> Values<M> {
    /// The columns that have a value, NULL being one.
    pub(crate) fn given(&self) -> ColumnSet {
        ColumnSet(M::Fields::given(&self.0))
    }

    /// The columns that have a value other than NULL.
    pub(crate) fn not_null(&self) -> ColumnSet {
        let given = self.given();
        let is_null = |index: &usize| {
            let column = M::META.columns.get(*index);
            column.is_some_and(|column| column.nullable) && self.shows(*index, NULL)
        };
        let null = given.iter().filter(is_null);
        given.without(null.fold(ColumnSet::new(), |set, index| set.with(index, true)))
    }

    /// How the value of the field at `index` is shown; `None` where there is none, or NULL.
    pub(crate) fn shown(&self, index: usize) -> Option<String> {
        let column = M::META.columns.get(index)?;
        let place = format!("{:?}", M::Fields::shown(&self.0, index)?);
        let value = inner(&place)?;
        match column.nullable {
            true => inner(value),
            false => Some(value),
        }
        .map(str::to_owned)
    }

    /// How many bytes the values of these columns take where they are bound, about.
    pub(crate) fn bytes(&self, columns: ColumnSet) -> usize {
        self.bytes_where(columns, shown_bytes)
    }

    /// How many bytes they take at least.
    #[cfg(feature = "mysql")]
    pub(crate) fn least_bytes(&self, columns: ColumnSet) -> usize {
        self.bytes_where(columns, |_| 0)
    }

    fn bytes_where(&self, columns: ColumnSet, unknown: fn(&dyn fmt::Debug) -> usize) -> usize {
        let bytes_at = |index: usize| match M::META.columns.get(index) {
            Some(column) if column.kind.is_long() && column.values.is_empty() => {
                let place = M::Fields::shown(&self.0, index);
                place.map_or(0, |place| bytes(place).unwrap_or_else(|| unknown(place)))
            }
            _ => SHORT,
        };
        columns.iter().map(|index| BESIDE + bytes_at(index)).sum()
    }

    /// Whether the field at `index` is shown by this text.
    fn shows(&self, index: usize, text: &str) -> bool {
        let mut left = Expected(text);
        let Some(place) = M::Fields::shown(&self.0, index) else {
            return false;
        };
        write!(left, "{place:?}").is_ok() && left.0.is_empty()
    }

    /// The value of the field at `index`, if it is there.
    pub(crate) fn untyped(&self, index: usize) -> Option<Untyped<'_>> {
        M::Fields::untyped(&self.0, index)
    }
}

/// No number, moment, UUID or name of a variant is longer.
const SHORT: usize = 80;

/// What is sent beside a value: its length, its type, and whether it is NULL.
const BESIDE: usize = 12;

/// How long a text is, or bytes are; `None` of other types, of which is not known as what they are bound.
fn bytes(place: &dyn Shown) -> Option<usize> {
    let any: &dyn Any = place;
    let text = any.downcast_ref::<Option<String>>().map(Option::as_ref);
    let text = text.or_else(|| {
        Some(
            any.downcast_ref::<Option<Option<String>>>()?
                .as_ref()?
                .as_ref(),
        )
    });
    if let Some(text) = text {
        return Some(text.map_or(0, String::len));
    }
    let many = any.downcast_ref::<Option<Vec<u8>>>().map(Option::as_ref);
    let many = many.or_else(|| {
        Some(
            any.downcast_ref::<Option<Option<Vec<u8>>>>()?
                .as_ref()?
                .as_ref(),
        )
    });
    many.map(|many| many.map_or(0, Vec::len))
}

/// How long a value is where it is shown: seldom less than what it is bound as.
pub(crate) fn shown_bytes(value: &dyn fmt::Debug) -> usize {
    let mut length = Length(0);
    match write!(length, "{value:?}") {
        Ok(()) => length.0,
        Err(_) => 0,
    }
}

struct Length(usize);

impl fmt::Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

/// How a place is shown that holds NULL. A field that can be NULL is an `Option`, of whose inner type nothing
/// needs to be known for this.
const NULL: &str = "Some(None)";

/// What is shown within `Some(…)`.
fn inner(shown: &str) -> Option<&str> {
    shown.strip_prefix("Some(")?.strip_suffix(')')
}

/// The rest of a text that is expected. It ends what differs at once, however long that is.
struct Expected<'t>(&'t str);

impl fmt::Write for Expected<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

/// A value of which the type is known only while the program runs.
#[derive(Debug, Clone, Copy)]
pub struct Untyped<'v> {
    /// The value, of the field's type.
    value: &'v dyn Any,
    /// The SQL type of the value, without `Nullable`.
    sql_type: TypeId,
}

impl<'v> Untyped<'v> {
    /// A value of the SQL type `ST`.
    pub(crate) fn new<ST: 'static>(value: &'v dyn Any) -> Self {
        let sql_type = TypeId::of::<ST>();
        Self { value, sql_type }
    }

    /// The field is a `T`, or an `Option` of it.
    pub(crate) fn holds<T: 'static>(self) -> bool {
        self.value.is::<T>() || self.value.is::<Option<T>>()
    }

    /// The field is a `T`, or an `Option` of it, in the SQL type `ST`.
    pub(crate) fn is<T: 'static, ST: 'static>(self) -> bool {
        self.sql_type == TypeId::of::<ST>() && self.holds::<T>()
    }

    /// The field is a `T`, or an `Option` of it, and its value passes or is NULL.
    pub(crate) fn passes<T: 'static>(self, passes: impl Fn(&T) -> bool) -> bool {
        let optional = || self.value.downcast_ref::<Option<T>>()?.as_ref();
        let value = self.value.downcast_ref::<T>();
        self.holds::<T>() && value.or_else(optional).is_none_or(passes)
    }
}

impl<M: Model> Default for Values<M> {
    fn default() -> Self {
        Self(Default::default())
    }
}

impl<M: Model> Clone for Values<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<M: Model> fmt::Debug for Values<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A model whose columns a backend can bind.
pub trait Columns<DB: Backend>: Model {
    /// Shows the field at `index` to the visitor.
    fn visit<V: Visit<Self, DB>>(index: usize, visitor: V) -> Option<V::Output>;

    /// What a statement gives back of the rows that it writes, where that is not the columns of the fields.
    fn selection() -> Option<Box<dyn QueryFragment<DB>>>;
}

impl<M, DB> Columns<DB> for M
where
    M: Model<Fields: BindFields<M, DB>>,
    DB: Backend,
{
    fn visit<V: Visit<M, DB>>(index: usize, visitor: V) -> Option<V::Output> {
        M::Fields::visit(index, visitor)
    }

    fn selection() -> Option<Box<dyn QueryFragment<DB>>> {
        M::Fields::selection()
    }
}

/// What is done with one field, whichever it is.
pub trait Visit<M: Model, DB: Backend> {
    /// What comes of it.
    type Output;

    /// Does it.
    fn field<F>(self) -> Self::Output
    where
        F: Field<Model = M> + BindValue<DB>;
}

/// Something that has values for columns, which a backend can bind.
pub trait BindAt<DB: Backend> {
    /// Binds the value of the column at `index`, or NULL.
    ///
    /// # Errors
    /// What Diesel says of binds.
    fn bind<'b>(&'b self, index: usize, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;
}

/// The values of a row.
#[derive(Debug)]
pub(crate) struct Whole<'a, M>(pub(crate) &'a M);

impl<M: Columns<DB>, DB: Backend> BindAt<DB> for Values<M> {
    fn bind<'b>(&'b self, index: usize, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        M::visit(index, BindGiven { values: self, out }).unwrap_or(Ok(()))
    }
}

impl<M: Columns<DB>, DB: Backend> BindAt<DB> for Whole<'_, M> {
    fn bind<'b>(&'b self, index: usize, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        M::visit(index, BindRow { row: self.0, out }).unwrap_or(Ok(()))
    }
}

struct BindGiven<'p, 'b, M: Model, DB: Backend> {
    values: &'b Values<M>,
    out: AstPass<'p, 'b, DB>,
}

impl<M: Model, DB: Backend> Visit<M, DB> for BindGiven<'_, '_, M, DB> {
    type Output = QueryResult<()>;

    fn field<F>(self) -> QueryResult<()>
    where
        F: Field<Model = M> + BindValue<DB>,
    {
        match F::given(self.values) {
            Some(value) => F::bind_value(value, self.out),
            None => F::bind_null(self.out),
        }
    }
}

struct BindRow<'p, 'b, M, DB: Backend> {
    row: &'b M,
    out: AstPass<'p, 'b, DB>,
}

impl<M: Model, DB: Backend> Visit<M, DB> for BindRow<'_, '_, M, DB> {
    type Output = QueryResult<()>;

    fn field<F>(self) -> QueryResult<()>
    where
        F: Field<Model = M> + BindValue<DB>,
    {
        F::bind_value(F::read(self.row), self.out)
    }
}

/// NULL, whatever the type of the column.
#[derive(Debug)]
struct Null;

impl<ST, DB: Backend> ToSql<ST, DB> for Null {
    fn to_sql<'b>(&'b self, _: &mut Output<'b, '_, DB>) -> serialize::Result {
        Ok(IsNull::Yes)
    }
}

/// A backend that stores decimals with all their digits.
#[diagnostic::on_unimplemented(
    message = "the backend `{Self}` has no exact decimals",
    note = "store the number of the smallest unit in an `i64`, such as cents"
)]
pub trait ExactDecimals {}

/// A field whose value a backend can bind.
#[diagnostic::on_unimplemented(
    message = "the backend `{DB}` cannot store this field's type",
    note = "the chapter \"models\" of the guide lists the types"
)]
pub trait BindValue<DB: Backend>: Field {
    /// Binds the value.
    ///
    /// # Errors
    /// What Diesel says of binds.
    fn bind_value<'b>(value: &'b Self::Value, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;

    /// Binds NULL.
    ///
    /// # Errors
    /// What Diesel says of binds.
    fn bind_null(out: AstPass<'_, '_, DB>) -> QueryResult<()>;

    /// Writes the value where it is a part of another one, such as of an array.
    ///
    /// # Errors
    /// What the value says.
    fn write_value<'b>(value: &'b Self::Value, out: &mut Output<'b, '_, DB>) -> serialize::Result;

    /// What the database calls the type.
    fn metadata(lookup: &mut DB::MetadataLookup) -> DB::TypeMetadata;
}

/// Refuses what could not be read again, of types whose `ToSql` is Diesel's.
#[inline]
fn check<T: 'static, DB: Dialect>(
    value: &T,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    #[cfg(feature = "json")]
    crate::types::check_json(value)?;
    DB::check(value)
}

/// Binds a value, if what is sent can be read again.
///
/// # Errors
/// What the value is.
pub(crate) fn bind_checked<'b, ST, T, DB>(
    value: &'b T,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()>
where
    DB: Dialect + HasSqlType<ST>,
    T: ToSql<ST, DB> + 'static,
{
    check::<T, DB>(value).map_err(diesel::result::Error::SerializationError)?;
    out.push_bind_param::<ST, T>(value)
}

impl<F, ST, DB> BindValue<DB> for F
where
    F: Field<Column: Expression<SqlType = ST>>,
    DB: Dialect + HasSqlType<ST>,
    F::Value: ToSql<ST, DB>,
{
    fn bind_value<'b>(value: &'b F::Value, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        bind_checked::<ST, F::Value, DB>(value, out)
    }

    fn bind_null(mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        out.push_bind_param::<ST, Null>(&Null)
    }

    fn write_value<'b>(value: &'b F::Value, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        check::<_, DB>(value)?;
        ToSql::<ST, DB>::to_sql(value, out)
    }

    fn metadata(lookup: &mut DB::MetadataLookup) -> DB::TypeMetadata {
        <DB as HasSqlType<ST>>::metadata(lookup)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_come_in_order_up_to_the_last_bit() {
        for indexes in [&[][..], &[0], &[127], &[0, 1, 63, 64, 126, 127]] {
            let set = indexes
                .iter()
                .fold(ColumnSet::new(), |set, index| set.with(*index, true));
            assert!(set.iter().eq(indexes.iter().copied()));
            assert_eq!(set.len(), indexes.len());
        }
    }

    #[test]
    fn null_is_told_from_what_looks_like_it() {
        #[derive(Debug)]
        struct None;
        let is_null = |place: &dyn fmt::Debug| {
            let mut left = Expected(NULL);
            write!(left, "{place:?}").is_ok() && left.0.is_empty()
        };
        assert!(is_null(&Some(Option::<i32>::None)));
        assert!(!is_null(&Some(Some(None))));
        assert!(!is_null(&Some(Some("None"))));
        assert!(!is_null(&Option::<Option<i32>>::None));
    }

    #[test]
    fn of_texts_and_bytes_it_is_known_how_long_they_are() {
        let text = || "a\nb".to_owned();
        assert_eq!(bytes(&Some(text())), Some(3));
        assert_eq!(bytes(&Some(Some(text()))), Some(3));
        assert_eq!(bytes(&Some(Some(vec![7_u8; 9]))), Some(9));
        assert_eq!(bytes(&Some(Option::<String>::None)), Some(0));
        assert_eq!(bytes(&Some(7_i32)), None);
    }
}
