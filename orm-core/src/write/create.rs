//! From builders to rows.

use crate::Connection;
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::field::Field;
use crate::model::Model;
use crate::write::insert::rows_at_once;
use crate::write::values::{ColumnSet, Given};

/// Something that has every required column of `M`: a complete builder or a `NewUser`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something a `{M}` can be created from",
    label = "expected a complete `{M}::builder()…` or the insert struct of `{M}`"
)]
pub trait IntoNew<M> {
    /// The columns that were stated, NULL being a statement.
    fn stated(&self) -> ColumnSet;

    /// The insert struct.
    fn into_new(self) -> M::New
    where
        M: Model;
}

/// A required column of a builder that has no value yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Missing<Column>(std::marker::PhantomData<fn() -> Column>); // set this column on the builder before `create`

impl<Column> Missing<Column> {
    /// No value.
    #[must_use]
    pub const fn new() -> Self {
        Self(std::marker::PhantomData)
    }
}

/// A required column of a builder that has its value.
#[derive(Debug, Clone, Copy)]
pub struct Set<T>(pub T);

/// A required column of a builder is set.
#[diagnostic::on_unimplemented(
    message = "a required column has no value: `{Self}`",
    label = "the column in `{Self}` is not set",
    note = "set it first, with the builder's method of that name, as in `.title(\"…\")`; a column of a junction with `add_…_with`"
)]
pub trait IsSet<T> {
    /// The value.
    fn get(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> IsSet<T> for Set<T> {
    fn get(self) -> T {
        self.0
    }
}

/// A builder that can take a value for the field `F`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a builder whose association key can be filled in",
    label = "expected the builder of the associated model, as in `Post::builder()`"
)]
pub trait SetField<F: Field> {
    /// The builder with the field set.
    type Output;

    /// Sets the field.
    fn set_field(self, value: F::Value) -> Self::Output;
}

/// What the setter of an optional column takes: a value, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "an optional column of type `{T}` cannot be set to a `{Self}`",
    label = "expected `{T}` or `Option<{T}>`"
)]
pub trait IntoOption<T> {
    /// The value, or `None` for NULL.
    fn into_option(self) -> Option<T>;
}

impl<T> IntoOption<T> for T {
    fn into_option(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoOption<T> for Option<T> {
    fn into_option(self) -> Option<T> {
        self
    }
}

impl IntoOption<String> for &str {
    fn into_option(self) -> Option<String> {
        Some(self.to_owned())
    }
}

/// A connection on which rows of this model can be created.
///
/// Use it as a bound in code that is generic over the connection:
///
/// ```
/// use orm_core::prelude::*;
/// # mod model { orm_core::doc_model!(); } use model::*;
///
/// fn add_user<C>(conn: &mut C, name: &str) -> orm_core::Result<User>
/// where
///     C: orm_core::Connection,
///     User: orm_core::Create<C>,
/// {
///     User::create(conn, User::builder().name(name))
/// }
/// # fn main() { add_user(&mut connection(), "Bo").unwrap(); }
/// ```
pub trait Create<C: Connection>: Model {
    /// Inserts one row and reads it back.
    ///
    /// # Errors
    /// Constraint violations and what the database says.
    fn insert_one(conn: &mut C, new: Self::New) -> Result<Self>;

    /// Inserts rows and reads them back, in order.
    ///
    /// # Errors
    /// Constraint violations and what the database says; then no row is written.
    fn insert_many(conn: &mut C, new: Vec<Self::New>) -> Result<Vec<Self>>;

    /// Inserts a row or, where its unique key is taken, writes the stated columns into the row that
    /// is there; reads it back.
    ///
    /// # Errors
    /// Constraint violations and what the database says.
    fn upsert_one(conn: &mut C, new: Self::New, stated: ColumnSet) -> Result<Self>;
}

impl<M, C> Create<C> for M
where
    C: Connection,
    M: Model<New: Given<Model = M>>,
    <C::Backend as Dialect>::Inserting: InsertRows<C, M>,
{
    fn insert_one(conn: &mut C, mut new: M::New) -> Result<M> {
        new.fill();
        let columns = new.given();
        only(Inserting::<C>::insert(conn, vec![&new], columns)?)
    }

    fn upsert_one(conn: &mut C, mut new: M::New, stated: ColumnSet) -> Result<M> {
        let Some(key) = M::META.unique_among(new.given()) else {
            return Self::insert_one(conn, new);
        };
        new.fill();
        let columns = new.given();
        // A row that states nothing but its key: written to itself, it still comes back.
        let changed = match stated.without(key) {
            none if none.is_empty() => key,
            some => some,
        };
        only(Inserting::<C>::upsert(conn, &new, columns, key, changed)?)
    }

    fn insert_many(conn: &mut C, mut new: Vec<M::New>) -> Result<Vec<M>> {
        new.iter_mut().for_each(Given::fill);
        let pieces = pieces::<M, C::Backend>(&new);
        let insert = |conn: &mut C, (columns, indexes): &(ColumnSet, Vec<usize>)| {
            let rows = indexes.iter().filter_map(|index| new.get(*index)).collect();
            Inserting::<C>::insert(conn, rows, *columns)
        };
        match &pieces[..] {
            [] => return Ok(Vec::new()),
            [piece] => return insert(conn, piece),
            _ => {}
        }
        let mut created: Vec<M> = Vec::with_capacity(new.len());
        conn.transaction::<_, Error, _>(|conn| {
            for piece in &pieces {
                created.append(&mut insert(conn, piece)?);
            }
            Ok(())
        })?;
        let indexes = pieces.into_iter().flat_map(|(_, indexes)| indexes);
        if indexes.clone().is_sorted() {
            return Ok(created);
        }
        let mut numbered: Vec<(usize, M)> = indexes.zip(created).collect();
        numbered.sort_unstable_by_key(|(index, _)| *index);
        Ok(numbered.into_iter().map(|(_, row)| row).collect())
    }
}

fn only<M: Model>(rows: Vec<M>) -> Result<M> {
    let row = rows.into_iter().next();
    row.ok_or_else(|| Error::not_found(M::NAME, "the key that was just written"))
}

type Inserting<C> = <<C as diesel::Connection>::Backend as Dialect>::Inserting;

/// Which rows go into which statement: those that give the same columns, as many as it may have.
fn pieces<M, DB>(new: &[M::New]) -> Vec<(ColumnSet, Vec<usize>)>
where
    DB: Dialect,
    M: Model<New: Given>,
{
    let mut kinds: Vec<(ColumnSet, Vec<usize>)> = Vec::new();
    for (index, row) in new.iter().enumerate() {
        let columns = row.given();
        match kinds.iter_mut().find(|(of_kind, _)| *of_kind == columns) {
            Some((_, indexes)) => indexes.push(index),
            None => kinds.push((columns, vec![index])),
        }
    }
    let mut pieces = Vec::new();
    for (columns, mut indexes) in kinds {
        loop {
            let size = rows_at_once::<DB>(indexes.len(), columns);
            if size >= indexes.len() {
                break pieces.push((columns, indexes));
            }
            let rest = indexes.split_off(size);
            pieces.push((columns, std::mem::replace(&mut indexes, rest)));
        }
    }
    // As far as they can be, the rows are written in their order.
    pieces.sort_by_key(|(_, indexes)| indexes.first().copied());
    pieces
}

/// How a backend gives back the rows that it inserted.
pub trait InsertRows<C: Connection, M: Model> {
    /// Inserts rows that all give `columns`, in one statement where it can, and reads them back.
    ///
    /// # Errors
    /// Constraint violations and what the database says.
    fn insert(conn: &mut C, rows: Vec<&M::New>, columns: ColumnSet) -> Result<Vec<M>>;

    /// Inserts a row that gives `columns` or, where its unique `key` is taken, writes `changed` into
    /// the row that is there; reads it back.
    ///
    /// # Errors
    /// Constraint violations and what the database says.
    fn upsert(
        conn: &mut C,
        row: &M::New,
        columns: ColumnSet,
        key: ColumnSet,
        changed: ColumnSet,
    ) -> Result<Vec<M>>;
}
