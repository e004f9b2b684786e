//! Rows that know what was changed in them.

use std::fmt;
use std::ops::{Deref, DerefMut};

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::FilterDsl;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::association::row::Row;
use crate::column::{ColumnOf, ColumnValue, ColumnsOf, FieldNames};
use crate::connection::Connection;
use crate::error::Result;
use crate::ext::ModelExt;
use crate::field::{ColumnNamed, Field, FieldOf};
use crate::fields::{Exact, FieldList, MadeByDiesel};
use crate::meta::ColumnSet;
use crate::model::{Building, Model, Values};
use crate::query::fetch::Fetch;
use crate::query::filter::KeyIs;
use crate::types::numeric::Numeric;
use crate::write::builder::ChangesOf;
use crate::write::change::Write;

/// A row that knows what was changed in it.
///
/// It derefs to the model, so you read and change its fields as ever. [`save`](Self::save) writes the columns that
/// differ from the row as it was read, and sends nothing if none does.
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// # use diesel::prelude::*; use orm_core::prelude::*;
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut connection();
/// let mut ann = User::get_by_pk(conn, 1)?.track();
/// ann.name.push_str("abel");
/// assert!(ann.changed(users::name));
/// assert_eq!(ann.previous(users::name), "Ann");
///
/// ann.save(conn)?; // UPDATE users SET name = ? WHERE id = ?
/// ann.save(conn)?; // nothing
/// assert!(!ann.any_changed());
/// # Ok(()) }
/// ```
///
/// The key is never written: it says which row is meant. Nor are a version and columns that only the database writes.
///
/// [`update`](Self::update), [`increment`](Self::increment) and [`decrement`](Self::decrement) leave other changes as
/// they are. Methods of associations write into the row as well: call them in [`write`](Self::write), or what they
/// wrote counts as a change, which the next `save` writes once more.
#[derive(Clone)]
pub struct Tracked<M> {
    now: M,
    before: M,
    /// The columns that differ. What asks for `PartialEq` is asked by `track` alone.
    differ: fn(&M, &M) -> ColumnSet,
}

/// Rows that can be tracked: those of every model.
pub trait Track: Model {
    /// Remembers the row as it is, to know later what was changed in it.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// use orm_core::Tracked;
    ///
    /// let users = User::find_all(conn)?;
    /// let users: Vec<Tracked<User>> = users.into_iter().map(User::track).collect();
    /// # assert_eq!(users.len(), 1); Ok(()) }
    /// ```
    fn track(self) -> Tracked<Self>
    where
        Self: Compared,
    {
        Tracked {
            before: self.clone(),
            now: self,
            differ: Self::differing,
        }
    }
}

impl<M: Model> Track for M {}

impl<M: Model> Tracked<M> {
    /// Whether the column differs from the row as it was read.
    #[must_use]
    pub fn changed(&self, column: impl ColumnOf<M>) -> bool {
        !self.differing().within(columns_of(column)).is_empty()
    }

    /// Whether any column differs.
    #[must_use]
    pub fn any_changed(&self) -> bool {
        !self.differing().is_empty()
    }

    /// The columns that differ, by their names in the database.
    #[must_use]
    pub fn changed_columns(&self) -> Vec<&'static str> {
        let columns = self.differing();
        let name = |index: usize| M::META.columns.get(index).map(|column| column.name);
        columns.iter().filter_map(name).collect()
    }

    /// The value that the column had when the row was read, or saved last.
    pub fn previous<C: ColumnOf<M>>(&self, _: C) -> &ColumnValue<M, C> {
        C::Field::read(&self.before)
    }

    /// The row as it was when it was read, or saved last.
    pub fn before(&self) -> &M {
        &self.before
    }

    /// Takes all changes back that are not saved. Nothing is sent.
    pub fn undo(&mut self) {
        self.now = self.before.clone();
    }

    /// The row, with its changes.
    pub fn into_inner(self) -> M {
        self.now
    }

    /// Writes the columns that differ. If none does, nothing happens: nothing is sent, no hook runs, and `updated_at`
    /// and the version stay as they are.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone, [`Error::Stale`](crate::Error::Stale) if it has
    /// another version; constraint violations. The changes then stay here, unsaved.
    pub fn save<C>(&mut self, conn: &mut C) -> Result<()>
    where
        C: Connection,
        M: Write<C>,
    {
        self.save_within(conn, M::META.all_columns())
    }

    /// Writes those of these columns that differ: a column, or a tuple of them. Other changes stay unsaved.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # Post::create(conn, Post::builder().author_id(1).title("Helo"))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let mut post = Post::get_by_pk(conn, 1)?.track();
    /// post.title = "Hello".to_owned();
    /// post.author_id = 2;
    /// post.save_only(conn, posts::title)?; // UPDATE posts SET title = ? WHERE id = ?
    /// assert_eq!(post.changed_columns(), ["author_id"]);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of [`save`](Self::save).
    pub fn save_only<C>(&mut self, conn: &mut C, columns: impl ColumnsOf<M>) -> Result<()>
    where
        C: Connection,
        M: Write<C>,
    {
        self.save_within(conn, columns_of(columns))
    }

    /// Writes the columns that are given, here and in the database. Other changes stay unsaved.
    ///
    /// # Errors
    /// Those of [`save`](Self::save).
    pub fn update<C>(&mut self, conn: &mut C, changes: ChangesOf<M>) -> Result<()>
    where
        C: Connection,
        M: Write<C>,
    {
        self.write_values(conn, changes.into_parts().0)
    }

    /// Adds to a number, in the database, and reads the row again. Other changes stay unsaved.
    ///
    /// # Errors
    /// Those of [`ModelExt::increment`].
    pub fn increment<C, F, V>(&mut self, conn: &mut C, column: F, by: V) -> Result<()>
    where
        C: Connection,
        M: Write<C>,
        F: diesel::Column<Table = M::Table, SqlType: Numeric>,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>,
    {
        self.write(conn, |conn, row| row.increment(conn, column, by))
    }

    /// Subtracts from a number, in the database, and reads the row again. Other changes stay unsaved.
    ///
    /// # Errors
    /// Those of [`ModelExt::decrement`].
    pub fn decrement<C, F, V>(&mut self, conn: &mut C, column: F, by: V) -> Result<()>
    where
        C: Connection,
        M: Write<C>,
        F: diesel::Column<Table = M::Table, SqlType: Numeric>,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>,
    {
        self.write(conn, |conn, row| row.decrement(conn, column, by))
    }

    /// Reads the row again. All changes that are not saved are gone.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone.
    pub fn reload<C>(&mut self, conn: &mut C) -> Result<()>
    where
        C: Connection,
        M::Query: FilterDsl<KeyIs<M::PrimaryKey>, Output: AsQuery<Query: Fetch<C, M>>>,
    {
        self.now.reload(conn)?;
        self.before = self.now.clone();
        Ok(())
    }

    /// Runs calls that write the row themselves, such as methods of its associations. They get the row without the
    /// changes that are not saved, which stay unsaved, unless the calls write the same columns.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # Post::create(conn, Post::builder().author_id(1).title("Helo"))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let mut post = Post::get_by_pk(conn, 1)?.track();
    /// post.title = "Hello".to_owned();
    /// post.write(conn, |conn, post| post.set_author(conn, 2))?;
    /// assert_eq!(post.changed_columns(), ["title"]);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// What the calls give. Nothing is then different here.
    pub fn write<C, T>(
        &mut self,
        conn: &mut C,
        work: impl FnOnce(&mut C, &mut M) -> Result<T>,
    ) -> Result<T>
    where
        C: Connection,
        M: Write<C>,
    {
        let old = self.stored::<C>();
        let mut row = old.clone();
        let done = work(conn, &mut row)?;
        let written = (self.differ)(&old, &row);
        self.wrote::<C>(row, written);
        Ok(done)
    }

    fn differing(&self) -> ColumnSet {
        (self.differ)(&self.now, &self.before)
    }

    fn save_within<C>(&mut self, conn: &mut C, columns: ColumnSet) -> Result<()>
    where
        C: Connection,
        M: Write<C>,
    {
        let columns = self.differing().within(columns);
        let columns = columns.within(M::META.changeable()).without(which::<M>());
        self.write_values(conn, Write::<C>::values_of(&self.now, columns))
    }

    fn write_values<C>(&mut self, conn: &mut C, changes: Values<M>) -> Result<()>
    where
        C: Connection,
        M: Write<C>,
    {
        if changes.given().is_empty() {
            return Ok(());
        }
        let mut row = self.stored::<C>();
        let written = row.update_row(conn, changes)?;
        self.wrote::<C>(row, written);
        Ok(())
    }

    /// The row as the database has it, as far as is known: without the changes, but for what says which row it is,
    /// since a method of an association may have written that.
    fn stored<C>(&self) -> M
    where
        C: Connection,
        M: Write<C>,
    {
        let mut row = self.before.clone();
        Write::<C>::take_from(&mut row, &self.now, which::<M>());
        row
    }

    /// The database has this row since these columns were written. Other changes stay.
    fn wrote<C>(&mut self, row: M, written: ColumnSet)
    where
        C: Connection,
        M: Write<C>,
    {
        let kept = self.differing().without(written).without(which::<M>());
        self.before = row.clone();
        let changed = std::mem::replace(&mut self.now, row);
        Write::<C>::take_from(&mut self.now, &changed, kept);
    }
}

/// The columns that say which row it is: the key and the version.
fn which<M: Model>() -> ColumnSet {
    let key = M::META.columns_named(M::META.primary_key);
    let version = M::META.version.map(|name| M::META.columns_named(&[name]));
    key.and(version.unwrap_or_default())
}

fn columns_of<M: Model, L: ColumnsOf<M>>(_: L) -> ColumnSet {
    let mut names = Vec::new();
    L::Fields::each(&mut |name| names.push(name));
    M::META.columns_named(&names)
}

impl<M> Deref for Tracked<M> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.now
    }
}

impl<M> DerefMut for Tracked<M> {
    fn deref_mut(&mut self) -> &mut M {
        &mut self.now
    }
}

impl<M: fmt::Debug> fmt::Debug for Tracked<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { now, before, .. } = self;
        let mut tracked = f.debug_struct("Tracked");
        tracked.field("now", now).field("before", before).finish()
    }
}

/// So that methods of associations take it for a row.
impl<M: Model> Row<M> for Tracked<M> {
    fn model(&self) -> &M {
        &self.now
    }
}

/// A model of which is known in which columns two rows differ. It is a trait of the model so that rustc does not list
/// the impls for tuples of fields.
pub trait Compared: Model {
    /// The columns in which two rows differ.
    fn differing(a: &Self, b: &Self) -> ColumnSet;
}

impl<M: Model<Fields: Differ<M>>> Compared for M {
    fn differing(a: &M, b: &M) -> ColumnSet {
        ColumnSet(M::Fields::differ(a, b))
    }
}

/// Fields of which is known whether two rows differ in them.
pub trait Differ<M>: FieldList {
    /// The fields in which two rows differ, one bit each.
    fn differ(a: &M, b: &M) -> u128;
}

/// A type of fields that tells whether two values are equal.
#[diagnostic::on_unimplemented(
    message = "you cannot track a row with a field of type `{Self}`: nobody knows whether two of them are equal",
    label = "`{Self}` is not `PartialEq`",
    note = "add `#[derive(PartialEq)]` to `{Self}`, or to the types in it"
)]
pub trait Equal {
    /// Whether the two are equal.
    fn equal(&self, other: &Self) -> bool;
}

#[diagnostic::do_not_recommend]
impl<T: PartialEq> Equal for T {
    fn equal(&self, other: &T) -> bool {
        self == other
    }
}

impl<M: ColumnNamed<HASH, Value: Equal>, const HASH: u64> Differ<M> for FieldOf<M, HASH> {
    fn differ(a: &M, b: &M) -> u128 {
        (!Self::read(a).equal(Self::read(b))).into()
    }
}

impl<M, F: Differ<M>> Differ<M> for Exact<F> {
    fn differ(a: &M, b: &M) -> u128 {
        F::differ(a, b)
    }
}

impl<M: 'static, L: Differ<M>> Differ<M> for MadeByDiesel<M, L> {
    fn differ(a: &M, b: &M) -> u128 {
        L::differ(a, b)
    }
}

/// The impls for tuples.
macro_rules! differ {
    ($($list:ident)+) => {
        impl<M, $($list: Differ<M>),+> Differ<M> for ($($list,)+) {
            fn differ(a: &M, b: &M) -> u128 {
                let mut differing = 0;
                let mut shift = 0;
                $(
                    differing |= $list::differ(a, b) << shift;
                    shift += $list::LEN;
                )+
                let _ = shift;
                differing
            }
        }
    };
}

differ!(A);
differ!(A B);
differ!(A B C);
differ!(A B C D);
differ!(A B C D E);
differ!(A B C D E F);
differ!(A B C D E F G);
differ!(A B C D E F G H);
differ!(A B C D E F G H I);
differ!(A B C D E F G H I J);
differ!(A B C D E F G H I J K);
differ!(A B C D E F G H I J K L);
