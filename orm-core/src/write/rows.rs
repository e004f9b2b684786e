//! All rows that a filter finds, written at once.

use std::fmt;
use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::expression::AppearsOnTable;
use diesel::query_builder::{AsChangeset, QueryFragment};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType, Nullable};

use crate::column::ColumnOf;
use crate::connection::Connection;
use crate::dialect::{Dialect, TruncatesReferring, Truncation};
use crate::error::Result;
use crate::field::Field;
use crate::model::{Building, Model, Values};
use crate::types::numeric::Numeric;
use crate::write::builder::ChangesOf;
use crate::write::change::{Write, WriteBack};
use crate::write::pipeline;
use crate::write::update::Sum;

/// A condition on the columns of `M`.
#[diagnostic::on_unimplemented(
    message = "this filter uses a column of another table than that of `{M}`",
    label = "filter by the columns of `{M}`"
)]
pub trait RowFilter<M> {}

#[diagnostic::do_not_recommend]
impl<M: Model, P: AppearsOnTable<M::Table>> RowFilter<M> for P {}

/// The SQL type of a condition.
#[diagnostic::on_unimplemented(
    message = "a filter is a condition, and this is a value of the SQL type `{Self}`",
    label = "expected a condition, as in `users::age.lt(18)`"
)]
pub trait IsCondition {}

impl IsCondition for Bool {}
impl IsCondition for Nullable<Bool> {}

/// The rows of `M` that a filter finds, to write them or to sum them up at once: [`ModelExt::rows`](crate::ModelExt::rows). Each call
/// is one statement.
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// # use diesel::prelude::*; use orm_core::prelude::*;
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut connection();
/// # User::create(conn, User::builder().name("Bo"))?;
/// let changed = User::rows(users::id.gt(1)).update(conn, User::changes().name("Bob"))?;
/// assert_eq!(changed, 1);
/// assert_eq!(User::all_rows().destroy(conn)?, 2);
/// # Ok(()) }
/// ```
#[must_use = "nothing is sent before a call such as `update`, `destroy` or `count`"]
pub struct RowsOf<M, Which> {
    which: Which,
    model: PhantomData<fn() -> M>,
}

/// All rows.
#[derive(Debug, Clone, Copy)]
pub struct Every;

/// The rows that a filter finds.
#[derive(Debug, Clone, Copy)]
pub struct Where<P>(P);

/// Which rows of a table are selected.
pub trait Which<DB: Backend> {
    /// The filter; if there is none, all rows are selected.
    fn filter(&self) -> Option<&dyn QueryFragment<DB>>;
}

impl<DB: Backend> Which<DB> for Every {
    fn filter(&self) -> Option<&dyn QueryFragment<DB>> {
        None
    }
}

impl<P: QueryFragment<DB>, DB: Backend> Which<DB> for Where<P> {
    fn filter(&self) -> Option<&dyn QueryFragment<DB>> {
        Some(&self.0)
    }
}

impl<M, W: fmt::Debug> fmt::Debug for RowsOf<M, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RowsOf").field(&self.which).finish()
    }
}

impl<M, W> RowsOf<M, W> {
    fn new(which: W) -> Self {
        let model = PhantomData;
        Self { which, model }
    }
}

impl<M, W> RowsOf<M, W> {
    /// The filter; if there is none, all rows are meant.
    pub(crate) fn filter<DB: Backend>(&self) -> Option<&dyn QueryFragment<DB>>
    where
        W: Which<DB>,
    {
        self.which.filter()
    }
}

impl<M> RowsOf<M, Every> {
    pub(crate) fn all() -> Self {
        Self::new(Every)
    }
}

impl<M, P> RowsOf<M, Where<P>> {
    pub(crate) fn found_by(filter: P) -> Self {
        Self::new(Where(filter))
    }
}

impl<M: Model, W> RowsOf<M, W> {
    /// Writes the given columns into the rows, and returns how many there were. If no column is given, nothing is
    /// sent.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let ann = User::rows(users::name.eq("Ann"));
    /// assert_eq!(ann.update(conn, User::changes().name("Anna"))?, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Constraint violations and other database errors; then no row is changed.
    pub fn update<C>(self, conn: &mut C, changes: ChangesOf<M>) -> Result<usize>
    where
        C: Connection,
        M: Write<C>,
        W: Which<C::Backend>,
    {
        M::update_rows(conn, self.which.filter(), changes.into_parts().0, None)
    }

    /// Writes Diesel's assignments into the rows, and returns how many there were. It takes what `.set(…)` of
    /// Diesel's `update` takes, so you can compute a column from others. If nothing is assigned, nothing is sent.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # let ann = User::get_by_pk(conn, 1)?;
    /// # ann.create_post(conn, Post::builder().title("Hello"))?;
    /// let changed = Post::rows(posts::author_id.eq(1))
    ///     .set(conn, posts::title.eq(posts::title.concat("!")))?;
    /// assert_eq!(changed, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Constraint violations and other database errors; then no row is changed.
    pub fn set<C, A>(self, conn: &mut C, assignments: A) -> Result<usize>
    where
        C: Connection,
        M: Write<C>,
        W: Which<C::Backend>,
        A: AsChangeset<Target = M::Table, Changeset: QueryFragment<C::Backend>>,
    {
        let assignments = assignments.as_changeset();
        M::update_rows(
            conn,
            self.which.filter(),
            Values::default(),
            Some(&assignments),
        )
    }

    /// Adds to a number in each of the rows, in the database, and returns how many rows there were.
    ///
    /// # Errors
    /// [`Error::CheckViolation`](crate::Error::CheckViolation) if a sum does not fit into the column; then no row is
    /// changed.
    pub fn increment<C, F, V>(self, conn: &mut C, column: F, by: V) -> Result<usize>
    where
        C: Connection,
        M: Write<C>,
        W: Which<C::Backend>,
        (F, V): Addition<M, C::Backend>,
    {
        M::add_to_rows(conn, self.which.filter(), &[(column, by).sum(" + ")])
    }

    /// Subtracts from a number in each of the rows, in the database, and returns how many rows there were.
    ///
    /// # Errors
    /// As [`increment`](Self::increment).
    pub fn decrement<C, F, V>(self, conn: &mut C, column: F, by: V) -> Result<usize>
    where
        C: Connection,
        M: Write<C>,
        W: Which<C::Backend>,
        (F, V): Addition<M, C::Backend>,
    {
        M::add_to_rows(conn, self.which.filter(), &[(column, by).sum(" - ")])
    }

    /// Adds to several numbers in each of the rows at once. It takes a tuple of pairs of a column and a number,
    /// such as `((users::points, 5), (users::level, 1))`, and returns how many rows there were.
    ///
    /// # Errors
    /// As [`increment`](Self::increment).
    pub fn increment_each<C, A>(self, conn: &mut C, additions: A) -> Result<usize>
    where
        C: Connection,
        M: Write<C>,
        W: Which<C::Backend>,
        A: Additions<M, C::Backend>,
    {
        M::add_to_rows(conn, self.which.filter(), &additions.sums(" + "))
    }

    /// Subtracts from several numbers in each of the rows at once; see [`increment_each`](Self::increment_each).
    ///
    /// # Errors
    /// As [`increment`](Self::increment).
    pub fn decrement_each<C, A>(self, conn: &mut C, additions: A) -> Result<usize>
    where
        C: Connection,
        M: Write<C>,
        W: Which<C::Backend>,
        A: Additions<M, C::Backend>,
    {
        M::add_to_rows(conn, self.which.filter(), &additions.sums(" - "))
    }

    /// Deletes the rows, and returns how many there were.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert_eq!(User::rows(users::name.like("B%")).destroy(conn)?, 0);
    /// assert_eq!(User::all_rows().destroy(conn)?, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error::ForeignKeyViolation`](crate::Error::ForeignKeyViolation) if other rows refer to one of them and
    /// their `on_delete` refuses; then no row is deleted.
    pub fn destroy<C>(self, conn: &mut C) -> Result<usize>
    where
        C: Connection,
        M: Write<C>,
        W: Which<C::Backend>,
    {
        M::delete_rows(conn, self.which.filter())
    }

    /// Makes the calls return the rows that they wrote instead of their number.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let changes = User::changes().name("Anna");
    /// let users: Vec<User> = User::all_rows().returning().update(conn, changes)?;
    /// assert_eq!(users[0].name, "Anna");
    /// # Ok(()) }
    /// ```
    ///
    /// MySQL does not tell which rows it wrote, so these calls do not compile there.
    pub fn returning(self) -> Returning<M, W> {
        Returning(self)
    }
}

/// Rows that are returned after they are written: [`RowsOf::returning`]. They are in no particular order.
#[must_use = "nothing is written before `update`, `set`, `increment` or `destroy`"]
#[derive(Debug)]
pub struct Returning<M, W>(RowsOf<M, W>);

impl<M: Model, W> Returning<M, W> {
    /// Like [`RowsOf::update`], but returns the rows as they are after it.
    ///
    /// # Errors
    /// Constraint violations, other database errors, and values that cannot be read; then no row is changed.
    pub fn update<C>(self, conn: &mut C, changes: ChangesOf<M>) -> Result<Vec<M>>
    where
        C: Connection,
        M: WriteBack<C>,
        W: Which<C::Backend>,
    {
        M::update_rows_back(conn, self.0.which.filter(), changes.into_parts().0, None)
    }

    /// Like [`RowsOf::set`], but returns the rows as they are after it.
    ///
    /// # Errors
    /// Constraint violations, other database errors, and values that cannot be read; then no row is changed.
    pub fn set<C, A>(self, conn: &mut C, assignments: A) -> Result<Vec<M>>
    where
        C: Connection,
        M: WriteBack<C>,
        W: Which<C::Backend>,
        A: AsChangeset<Target = M::Table, Changeset: QueryFragment<C::Backend>>,
    {
        let assignments = assignments.as_changeset();
        let filter = self.0.which.filter();
        M::update_rows_back(conn, filter, Values::default(), Some(&assignments))
    }

    /// Like [`RowsOf::increment`], but returns the rows as they are after it.
    ///
    /// # Errors
    /// As [`RowsOf::increment`], and values that cannot be read; then no row is changed.
    pub fn increment<C, F, V>(self, conn: &mut C, column: F, by: V) -> Result<Vec<M>>
    where
        C: Connection,
        M: WriteBack<C>,
        W: Which<C::Backend>,
        (F, V): Addition<M, C::Backend>,
    {
        M::add_to_rows_back(conn, self.0.which.filter(), &[(column, by).sum(" + ")])
    }

    /// Like [`RowsOf::increment_each`], but returns the rows as they are after it.
    ///
    /// # Errors
    /// As [`RowsOf::increment`], and values that cannot be read; then no row is changed.
    pub fn increment_each<C, A>(self, conn: &mut C, additions: A) -> Result<Vec<M>>
    where
        C: Connection,
        M: WriteBack<C>,
        W: Which<C::Backend>,
        A: Additions<M, C::Backend>,
    {
        M::add_to_rows_back(conn, self.0.which.filter(), &additions.sums(" + "))
    }

    /// Like [`RowsOf::destroy`], but returns the rows as they were.
    ///
    /// # Errors
    /// As [`RowsOf::destroy`], and values that cannot be read; then no row is deleted.
    pub fn destroy<C>(self, conn: &mut C) -> Result<Vec<M>>
    where
        C: Connection,
        M: WriteBack<C>,
        W: Which<C::Backend>,
    {
        M::delete_rows_back(conn, self.0.which.filter())
    }
}

/// A column of `M` and a number to add to it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column of `{M}` and a number to add to it",
    label = "expected a column with a number, and a number of its type"
)]
pub trait Addition<M, DB: Backend> {
    /// The sum.
    fn sum(&self, operator: &'static str) -> Sum<'_, DB>;
}

#[diagnostic::do_not_recommend]
impl<M, F, V, DB> Addition<M, DB> for (F, V)
where
    F: ColumnOf<M, Field: Field<Sql: Numeric>>,
    DB: Dialect + HasSqlType<<F::Field as Field>::Sql>,
    V: ToSql<<F::Field as Field>::Sql, DB>,
{
    fn sum(&self, operator: &'static str) -> Sum<'_, DB> {
        Sum::new::<<F::Field as Field>::Sql, V>(F::Field::COLUMN, operator, &self.1)
    }
}

/// Several columns of `M`, each with a number to add to it: [`Pairs`] if a call names them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are not columns of `{M}` and numbers to add to them",
    label = "expected a tuple of pairs, as in `((users::points, 5), (users::level, 1))`"
)]
pub trait Additions<M, DB: Backend> {
    /// The sums.
    fn sums(&self, operator: &'static str) -> Vec<Sum<'_, DB>>;
}

#[diagnostic::do_not_recommend]
impl<M, DB: Backend, P: Pairs<M, DB>> Additions<M, DB> for P {
    fn sums(&self, operator: &'static str) -> Vec<Sum<'_, DB>> {
        self.each(operator)
    }
}

/// A tuple of pairs of a column and a number.
pub trait Pairs<M, DB: Backend> {
    /// The sum of each.
    fn each(&self, operator: &'static str) -> Vec<Sum<'_, DB>>;
}

/// The impls for tuples.
macro_rules! additions {
    ($($column:ident $number:ident $position:tt)+) => {
        impl<M, DB: Backend, $($column, $number),+> Pairs<M, DB> for ($(($column, $number),)+)
        where
            $(($column, $number): Addition<M, DB>),+
        {
            fn each(&self, operator: &'static str) -> Vec<Sum<'_, DB>> {
                vec![$(self.$position.sum(operator)),+]
            }
        }
    };
}

additions!(A V 0);
additions!(A V 0 B W 1);
additions!(A V 0 B W 1 C X 2);
additions!(A V 0 B W 1 C X 2 D Y 3);
additions!(A V 0 B W 1 C X 2 D Y 3 E Z 4);
additions!(A V 0 B W 1 C X 2 D Y 3 E Z 4 F U 5);
additions!(A V 0 B W 1 C X 2 D Y 3 E Z 4 F U 5 G T 6);
additions!(A V 0 B W 1 C X 2 D Y 3 E Z 4 F U 5 G T 6 H S 7);

/// Empties the table of `M`: [`ModelExt::truncating`](crate::ModelExt::truncating).
#[must_use = "nothing is deleted before `execute`"]
pub struct Truncating<M> {
    how: Truncation,
    model: PhantomData<fn() -> M>,
}

impl<M> fmt::Debug for Truncating<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Truncating").field(&self.how).finish()
    }
}

impl<M: Model> Truncating<M> {
    pub(crate) fn new() -> Self {
        Self {
            how: Truncation::default(),
            model: PhantomData,
        }
    }

    /// Restarts the generated keys.
    pub fn restart(mut self) -> Self {
        self.how.restart = true;
        self
    }

    /// Also deletes all rows of the tables that refer to this one, whatever their `on_delete` says. Only PostgreSQL
    /// can do this.
    pub fn cascade(mut self) -> Cascading<M> {
        self.how.cascade = true;
        Cascading(self)
    }

    /// Deletes all rows.
    ///
    /// # Errors
    /// An error if other tables refer to this one; any other database error.
    pub fn execute<C: Connection>(self, conn: &mut C) -> Result<()> {
        pipeline::truncate::<M, C>(conn, self.how)
    }
}

/// Empties the table of `M` and the tables that refer to it: [`Truncating::cascade`].
#[must_use = "nothing is deleted before `execute`"]
#[derive(Debug)]
pub struct Cascading<M>(Truncating<M>);

impl<M: Model> Cascading<M> {
    /// Restarts the generated keys.
    pub fn restart(self) -> Self {
        Self(self.0.restart())
    }

    /// Deletes all rows.
    ///
    /// # Errors
    /// Any database error.
    pub fn execute<C: Connection<Backend: TruncatesReferring>>(self, conn: &mut C) -> Result<()> {
        self.0.execute(conn)
    }
}
