//! Lists of loaders, and how their slots are put into rows.

use std::marker::PhantomData;
use std::vec::IntoIter;

use crate::association::Association;
use crate::association::row::{Row, Vacant};
use crate::connection::Connection;
use crate::error::Result;
use crate::include::loader::Include;
use crate::include::tree::Tree;
use crate::model::Model;
use crate::query::rows::Rows;

/// A loader that a connection can run.
///
/// It gets all parents at once and gives one slot per parent, in order: one statement however
/// many parents there are. `None` means that the parent is to be left out.
pub trait Load<C: Connection>: Include {
    /// Loads the slots.
    ///
    /// # Errors
    /// What the database says.
    fn load(
        self,
        parents: &Rows<<Self::Association as Association>::Source>,
        conn: &mut C,
    ) -> Result<Vec<Option<Self::Slot>>>;

    /// Adds what it would run to the tree.
    fn show(self, tree: &mut Tree);
}

/// What a list of loaders, `((), A)` or `(((), A), B)`, gives.
///
/// It is told apart from [`LoadList`], and asks for nothing that a connection must be able to do: rustc works
/// out all that an associated type depends on for every mention of it, so that each loader and each level of
/// nesting would multiply its work.
pub trait ListColumns {
    /// One column of slots per loader.
    type Columns;
}

impl ListColumns for () {
    type Columns = ();
}

impl<Rest: ListColumns, L: Include> ListColumns for (Rest, L) {
    type Columns = (Rest::Columns, Column<L::Association, L::Slot>);
}

/// A list of loaders that a connection can run.
pub trait LoadList<M, C>: ListColumns {
    /// Loads the columns, in the order of the list.
    ///
    /// # Errors
    /// What the database says.
    fn load(self, parents: &Rows<M>, conn: &mut C) -> Result<Self::Columns>;

    /// Adds what it would run to the tree.
    fn show(self, tree: &mut Tree);
}

impl<M, C> LoadList<M, C> for () {
    fn load(self, _: &Rows<M>, _: &mut C) -> Result<()> {
        Ok(())
    }

    fn show(self, _: &mut Tree) {}
}

impl<M, C, Rest, L> LoadList<M, C> for (Rest, L)
where
    M: Model,
    C: Connection,
    Rest: LoadList<M, C>,
    L: Load<C, Association: Association<Source = M>>,
{
    fn load(self, parents: &Rows<M>, conn: &mut C) -> Result<Self::Columns> {
        let rest = self.0.load(parents, conn)?;
        let slots = self.1.load(parents, conn)?.into_iter();
        let association = PhantomData;
        Ok((rest, Column { slots, association }))
    }

    fn show(self, tree: &mut Tree) {
        self.0.show(tree);
        self.1.show(tree);
    }
}

/// Slots of loaders, for one row after the other: they make a `Row` of a `Before`, whose slots for them
/// are empty. They do not know the loaders, so that there is one code for all queries that give the same
/// rows.
pub trait SlotColumns<Before, Row> {
    /// The next row; `None` where it is to be left out, or was before. All columns move on, whether or
    /// not the row stays.
    fn next(&mut self, row: Option<Before>) -> Option<Row>;
}

/// The slots of an association.
#[derive(Debug)]
pub struct Column<A, Slot> {
    slots: IntoIter<Option<Slot>>,
    association: PhantomData<fn() -> A>,
}

impl<Row> SlotColumns<Row, Row> for () {
    fn next(&mut self, row: Option<Row>) -> Option<Row> {
        row
    }
}

// The last column is put in first: so the row that the others begin with is a type that is known here.
impl<Before, Row, Rest, A, Slot> SlotColumns<Before, Row> for (Rest, Column<A, Slot>)
where
    Before: Vacant<A>,
    Rest: SlotColumns<Before::Filled<Slot>, Row>,
{
    fn next(&mut self, row: Option<Before>) -> Option<Row> {
        let slot = self.1.slots.next().flatten();
        self.0.next(row.and_then(|row| Some(row.fill(slot?))))
    }
}

/// Models with their slots.
fn fill<M, Row, Columns>(models: Rows<M>, mut columns: Columns) -> Rows<Row>
where
    M: Model,
    Columns: SlotColumns<M::With, Row>,
{
    models.filter_map(|model| columns.next(Some(model.into_with())))
}

/// What is nested in a loader: `()`, or a list of loaders.
pub trait Nested<M: Model> {
    /// The list.
    type List;
    /// The rows that the outer loader gives: plain models, or models with slots.
    type Row;
    /// The rows with slots, whether or not one is filled.
    type With;

    /// The list.
    fn into_list(self) -> Self::List;
}

impl<M: Model> Nested<M> for () {
    type List = ();
    type Row = M;
    type With = M::With;

    fn into_list(self) {}
}

/// A list of loaders, and the row that it makes.
#[derive(Debug)]
pub struct With<List, Row> {
    list: List,
    row: PhantomData<fn() -> Row>,
}

impl<List, Row> With<List, Row> {
    pub(super) fn new(list: List) -> Self {
        Self {
            list,
            row: PhantomData,
        }
    }
}

impl<M: Model, List, Row> Nested<M> for With<List, Row> {
    type List = List;
    type Row = Row;
    type With = Row;

    fn into_list(self) -> List {
        self.list
    }
}

/// Turns models into rows, with nested includes where there are any.
pub trait MakeRows<M: Model, C>: Nested<M, Row: Row<M>> {
    /// The rows. A required nested include may leave some out.
    ///
    /// # Errors
    /// What the database says.
    fn make_rows(self, models: Rows<M>, conn: &mut C) -> Result<Rows<Self::Row>>;

    /// Adds what it would run to the tree.
    fn show(self, tree: &mut Tree);
}

impl<M: Model, C> MakeRows<M, C> for () {
    fn make_rows(self, models: Rows<M>, _: &mut C) -> Result<Rows<M>> {
        Ok(models)
    }

    fn show(self, _: &mut Tree) {}
}

impl<M, C, List, Rw> MakeRows<M, C> for With<List, Rw>
where
    M: Model,
    C: Connection,
    List: LoadList<M, C> + ListColumns<Columns: SlotColumns<M::With, Rw>>,
    Rw: Row<M>,
{
    fn make_rows(self, models: Rows<M>, conn: &mut C) -> Result<Rows<Rw>> {
        let columns = self.list.load(&models, conn)?;
        Ok(fill(models, columns))
    }

    fn show(self, tree: &mut Tree) {
        self.list.show(tree);
    }
}
