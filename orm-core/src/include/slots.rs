//! Lists of loaders, and how their slots are put into rows.

use std::vec::IntoIter;

use crate::Connection;
use crate::association::Association;
use crate::error::Result;
use crate::include::loader::Include;
use crate::include::row::{Row, Vacant};
use crate::model::Model;

/// A list of loaders, `((), A)` or `(((), A), B)`, and the row that it makes of a model.
pub trait IncludeList<M: Model> {
    /// The model with the slots of the list.
    type With;
}

impl<M: Model> IncludeList<M> for () {
    type With = M::With;
}

impl<M, Rest, L> IncludeList<M> for (Rest, L)
where
    M: Model,
    Rest: IncludeList<M>,
    L: Include,
    Rest::With: Vacant<L::Association>,
{
    type With = <Rest::With as Vacant<L::Association>>::Filled<L::Slot>;
}

/// A loader that a connection can run.
///
/// It gets the parents as one slice and gives one slot per parent, in order: one statement however
/// many parents there are. `None` means that the parent is to be left out.
pub trait Load<C: Connection>: Include {
    /// Loads the slots.
    ///
    /// # Errors
    /// What the database says.
    fn load(
        self,
        parents: &[<Self::Association as Association>::Source],
        conn: &mut C,
    ) -> Result<Vec<Option<Self::Slot>>>;
}

/// A list of loaders that a connection can run.
pub trait LoadList<M: Model, C: Connection>: IncludeList<M> {
    /// One column of slots per loader.
    type Columns;

    /// Loads the columns, in the order of the list.
    ///
    /// # Errors
    /// What the database says.
    fn load(self, parents: &[M], conn: &mut C) -> Result<Self::Columns>;

    /// The next row, with a slot from each column; `None` where it is to be left out.
    fn next(columns: &mut Self::Columns, model: M) -> Option<Self::With>;
}

impl<M: Model, C: Connection> LoadList<M, C> for () {
    type Columns = ();

    fn load(self, _: &[M], _: &mut C) -> Result<()> {
        Ok(())
    }

    fn next(_: &mut (), model: M) -> Option<M::With> {
        Some(model.into_with())
    }
}

impl<M, C, Rest, L> LoadList<M, C> for (Rest, L)
where
    M: Model,
    C: Connection,
    Rest: LoadList<M, C>,
    L: Load<C, Association: Association<Source = M>>,
    Rest::With: Vacant<L::Association>,
{
    type Columns = (Rest::Columns, IntoIter<Option<L::Slot>>);

    fn load(self, parents: &[M], conn: &mut C) -> Result<Self::Columns> {
        let rest = self.0.load(parents, conn)?;
        Ok((rest, self.1.load(parents, conn)?.into_iter()))
    }

    fn next((rest, slots): &mut Self::Columns, model: M) -> Option<Self::With> {
        // Both columns move on, whether or not the row stays.
        let slot = slots.next().flatten();
        let row = Rest::next(rest, model);
        Some(row?.fill(slot?))
    }
}

/// The rows that a loader gives: plain models, or models with nested includes.
pub trait RowsOf<M: Model> {
    /// The row.
    type Row;
}

impl<M: Model> RowsOf<M> for () {
    type Row = M;
}

impl<M: Model, Rest, L> RowsOf<M> for (Rest, L)
where
    (Rest, L): IncludeList<M>,
{
    type Row = <(Rest, L) as IncludeList<M>>::With;
}

/// Turns models into rows, with nested includes where there are any.
pub trait MakeRows<M: Model, C>: RowsOf<M, Row: Row<M>> {
    /// The rows. A required nested include may leave some out.
    ///
    /// # Errors
    /// What the database says.
    fn make_rows(self, models: Vec<M>, conn: &mut C) -> Result<Vec<Self::Row>>;
}

impl<M: Model, C> MakeRows<M, C> for () {
    fn make_rows(self, models: Vec<M>, _: &mut C) -> Result<Vec<M>> {
        Ok(models)
    }
}

impl<M, C, Rest, L> MakeRows<M, C> for (Rest, L)
where
    M: Model,
    C: Connection,
    (Rest, L): LoadList<M, C>,
    <(Rest, L) as IncludeList<M>>::With: Row<M>,
{
    fn make_rows(self, models: Vec<M>, conn: &mut C) -> Result<Vec<Self::Row>> {
        with_slots(self, models, conn)
    }
}

/// Loads all slots of `models` and puts them into rows.
pub(crate) fn with_slots<M, C, L>(loaders: L, models: Vec<M>, conn: &mut C) -> Result<Vec<L::With>>
where
    M: Model,
    C: Connection,
    L: LoadList<M, C>,
{
    let mut columns = loaders.load(&models, conn)?;
    let rows = models.into_iter();
    Ok(rows
        .filter_map(|model| L::next(&mut columns, model))
        .collect())
}
