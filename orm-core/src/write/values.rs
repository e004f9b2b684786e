//! Values for columns: those of a row to insert, of changes, and of an existing row.

use std::collections::HashSet;
use std::fmt::{self, Write as _};

use diesel::backend::Backend;
use diesel::expression::Expression;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::HasSqlType;

use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::field::{ColumnNamed, Field, FieldOf};
use crate::fields::{Exact, FieldList, MadeByDiesel};
use crate::meta::ColumnSet;
use crate::model::{Model, Values};
use crate::untyped::{Untyped, bytes, shown_bytes};

impl<M: Model> Values<M> {
    /// The columns that have a value; NULL counts as one.
    pub(crate) fn given(&self) -> ColumnSet {
        ColumnSet(M::Fields::given(&self.0))
    }

    /// The columns that an `INSERT` of these values writes: those that have a value, and all that can be NULL and
    /// have no default. So rows that differ only in their NULLs share a statement.
    pub(crate) fn written(&self) -> ColumnSet {
        self.given().and(const { M::META.null_by_default() })
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

    /// Checks that these columns have values other than NULL.
    pub(crate) fn must_have(&self, key: ColumnSet) -> Result<()> {
        let missing = key.without(self.not_null());
        if missing.is_empty() {
            return Ok(());
        }
        let names = missing
            .iter()
            .filter_map(|index| M::META.columns.get(index));
        let names: Vec<&str> = names.map(|column| column.name).collect();
        Err(Error::MissingKey {
            model: M::NAME,
            key: names.join(", "),
        })
    }

    /// Checks that rows have different keys, each with values other than NULL. Keys that are shown differently may
    /// be equal in the database, which then reports that itself.
    pub(crate) fn must_differ(rows: &[Self], key: ColumnSet) -> Result<()> {
        let mut seen = HashSet::with_capacity(rows.len());
        for row in rows {
            row.must_have(key)?;
            let part = |index: usize| Some((M::META.columns.get(index)?.name, row.shown(index)?));
            let parts = key.iter().filter_map(part);
            let parts: Vec<String> = parts
                .map(|(name, value)| format!("{name} = {value}"))
                .collect();
            let key = parts.join(", ");
            if let Some(key) = seen.replace(key) {
                let model = M::NAME;
                return Err(Error::RepeatedKey { model, key });
            }
        }
        Ok(())
    }

    /// How the value of the field at `index` is shown; `None` if there is no value, or if it is NULL.
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

    /// About how many bytes the values of these columns take when they are bound.
    pub(crate) fn bytes(&self, columns: ColumnSet) -> usize {
        self.bytes_where(columns, shown_bytes)
    }

    /// The same; `unknown` returns the size for types whose bound form is not known.
    pub(crate) fn bytes_where(
        &self,
        columns: ColumnSet,
        unknown: fn(&dyn fmt::Debug) -> usize,
    ) -> usize {
        let bytes_at = |index: usize| match M::META.columns.get(index) {
            Some(column) if column.kind.is_long() && column.values.is_empty() => {
                let place = M::Fields::shown(&self.0, index);
                place.map_or(0, |place| bytes(place).unwrap_or_else(|| unknown(place)))
            }
            _ => SHORT,
        };
        columns.iter().map(|index| BESIDE + bytes_at(index)).sum()
    }

    /// Whether the field at `index` is shown as this text.
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

/// No number, moment, UUID or variant name is longer than this.
const SHORT: usize = 80;

/// How many bytes are sent in addition to a value: its length, its type, and whether it is NULL.
const BESIDE: usize = 12;

/// How a place that holds NULL is shown. A field that can be NULL is an `Option`; for this, nothing needs to be
/// known about its inner type.
const NULL: &str = "Some(None)";

/// What is shown within `Some(…)`.
fn inner(shown: &str) -> Option<&str> {
    shown.strip_prefix("Some(")?.strip_suffix(')')
}

/// The expected rest of a text. The comparison stops at the first difference, however long the text is.
struct Expected<'t>(&'t str);

impl fmt::Write for Expected<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

/// A model whose columns a backend can bind.
pub trait Columns<DB: Backend>: Model {
    /// Shows the field at `index` to the visitor.
    fn visit<V: Visit<Self, DB>>(index: usize, visitor: V) -> Option<V::Output>;

    /// What a statement returns of the rows that it writes, if that is not the columns of the fields.
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

/// An action on one field, whichever it is.
pub trait Visit<M: Model, DB: Backend> {
    /// The result.
    type Output;

    /// Runs the action.
    fn field<F>(self) -> Self::Output
    where
        F: Field<Model = M> + BindValue<DB>;
}

/// Something that has values for columns, which a backend can bind.
pub(crate) trait BindAt<DB: Backend> {
    /// Binds the value of the column at `index`, or NULL.
    ///
    /// # Errors
    /// Errors from Diesel about binds.
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

/// The values of a row, with other values in place of some of them.
pub(crate) struct Overlay<'a, M: Model> {
    pub(crate) row: &'a M,
    pub(crate) over: &'a Values<M>,
}

impl<'a, M: Model> Overlay<'a, M> {
    /// The value of the field at `index`.
    pub(crate) fn untyped<DB: Backend>(&self, index: usize) -> Option<Untyped<'a>>
    where
        M: Columns<DB>,
    {
        let over = self.over.untyped(index);
        over.or_else(|| M::visit(index, Look(self.row)))
    }
}

impl<M: Columns<DB>, DB: Backend> BindAt<DB> for Overlay<'_, M> {
    fn bind<'b>(&'b self, index: usize, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self.over.given().contains(index) {
            true => self.over.bind(index, out),
            false => M::visit(index, BindRow { row: self.row, out }).unwrap_or(Ok(())),
        }
    }
}

/// Looks at a value of a row, whatever its type.
struct Look<'r, M>(&'r M);

impl<'r, M: Model, DB: Backend> Visit<M, DB> for Look<'r, M> {
    type Output = Untyped<'r>;

    fn field<F>(self) -> Untyped<'r>
    where
        F: Field<Model = M> + BindValue<DB>,
    {
        Untyped::new::<F::Sql>(F::read(self.0))
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
    /// Errors from Diesel about binds.
    fn bind_value<'b>(value: &'b Self::Value, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;

    /// Binds NULL.
    ///
    /// # Errors
    /// Errors from Diesel about binds.
    fn bind_null(out: AstPass<'_, '_, DB>) -> QueryResult<()>;

    /// Writes the value if it is a part of another value, such as an array.
    ///
    /// # Errors
    /// Errors from the value.
    fn write_value<'b>(value: &'b Self::Value, out: &mut Output<'b, '_, DB>) -> serialize::Result;

    /// What the database calls the type.
    fn metadata(lookup: &mut DB::MetadataLookup) -> DB::TypeMetadata;
}

/// Refuses values that could not be read again, for types whose `ToSql` is Diesel's.
#[inline]
pub(crate) fn check<T: 'static, DB: Dialect>(
    value: &T,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    #[cfg(feature = "json")]
    crate::types::check_json(value)?;
    DB::check(value)
}

/// Binds a value if it can be read again as it is sent.
///
/// # Errors
/// An error that describes the value.
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

/// A list of fields whose values a backend can bind.
pub trait BindFields<M: Model, DB: Backend>: FieldList {
    /// Shows the field at `index` to the visitor.
    fn visit<V: Visit<M, DB>>(index: usize, visitor: V) -> Option<V::Output>;

    /// What a statement returns of the rows that it writes, if that is not the columns of these fields.
    fn selection() -> Option<Box<dyn QueryFragment<DB>>> {
        None
    }
}

impl<M, DB, const HASH: u64> BindFields<M, DB> for FieldOf<M, HASH>
where
    M: ColumnNamed<HASH>,
    DB: Backend,
    Self: BindValue<DB, Model = M>,
{
    #[inline]
    fn visit<V: Visit<M, DB>>(_: usize, visitor: V) -> Option<V::Output> {
        Some(visitor.field::<Self>())
    }
}

impl<M: Model, DB: Backend + ExactDecimals, F: BindFields<M, DB>> BindFields<M, DB> for Exact<F> {
    #[inline]
    fn visit<V: Visit<M, DB>>(index: usize, visitor: V) -> Option<V::Output> {
        F::visit(index, visitor)
    }
}

impl<M, DB, L> BindFields<M, DB> for MadeByDiesel<M, L>
where
    M: Model<Columns: QueryFragment<DB>>,
    DB: Backend,
    L: BindFields<M, DB>,
{
    #[inline]
    fn visit<V: Visit<M, DB>>(index: usize, visitor: V) -> Option<V::Output> {
        L::visit(index, visitor)
    }

    fn selection() -> Option<Box<dyn QueryFragment<DB>>> {
        Some(Box::new(M::columns()))
    }
}

/// The impls for tuples.
macro_rules! bind_fields {
    ($($list:ident)+) => {
        impl<M: Model, DB: Backend, $($list: BindFields<M, DB>),+> BindFields<M, DB> for ($($list,)+) {
            #[inline]
            fn visit<V: Visit<M, DB>>(index: usize, visitor: V) -> Option<V::Output> {
                let mut left = index;
                $(
                    if left < $list::LEN {
                        return $list::visit(left, visitor);
                    }
                    left -= $list::LEN;
                )+
                let _ = left;
                None
            }
        }
    };
}

bind_fields!(A);
bind_fields!(A B);
bind_fields!(A B C);
bind_fields!(A B C D);
bind_fields!(A B C D E);
bind_fields!(A B C D E F);
bind_fields!(A B C D E F G);
bind_fields!(A B C D E F G H);
bind_fields!(A B C D E F G H I);
bind_fields!(A B C D E F G H I J);
bind_fields!(A B C D E F G H I J K);
bind_fields!(A B C D E F G H I J K L);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Building;
    use crate::prelude::*;

    #[derive(Model, Debug, Clone)]
    #[model(crate = crate)]
    struct Note {
        #[model(primary_key)]
        id: i32,
        title: String,
        body: Option<String>,
    }

    #[test]
    fn rows_take_what_their_long_values_take_and_no_less_for_others() {
        let note = Note::builder().title("abc").body(None).into_parts().0;
        let [id, title, body] = [0, 1, 2].map(|index| ColumnSet::new().with(index, true));
        assert_eq!(note.bytes(ColumnSet::new()), 0);
        assert_eq!(note.bytes(id), BESIDE + SHORT);
        assert_eq!(note.bytes(title), BESIDE + "abc".len());
        assert_eq!(note.bytes(body), BESIDE);
        let all = id.and(title).and(body);
        assert_eq!(note.bytes(all), 3 * BESIDE + SHORT + "abc".len());
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
