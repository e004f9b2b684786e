//! Lists of loaders, and how their slots get into rows.

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
/// It takes all parents at once and returns one slot per parent, in order. It runs one statement, however
/// many parents there are. `None` means that the parent is left out.
pub trait Load<C: Connection>: Include {
    /// Loads the slots.
    ///
    /// # Errors
    /// Any error of the database.
    fn load(
        self,
        parents: &Rows<<Self::Association as Association>::Source>,
        conn: &mut C,
    ) -> Result<Vec<Option<Self::Slot>>>;

    /// Adds the statements that it would run to the tree.
    fn show(self, tree: &mut Tree);
}

/// What a list of loaders, `((), A)` or `(((), A), B)`, returns.
///
/// It is separate from [`LoadList`] and requires nothing of the connection: for every mention of an
/// associated type, rustc works out all that the type depends on, so each loader and each level of nesting
/// would multiply its work.
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
    /// Any error of the database.
    fn load(self, parents: &Rows<M>, conn: &mut C) -> Result<Self::Columns>;

    /// Adds the statements that it would run to the tree.
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

/// The slots of loaders, for one row after the other. They turn a `Before`, whose slots for these loaders are
/// empty, into a `Row`. They do not know the loaders, so they are compiled once for all queries that give the
/// same rows.
pub trait SlotColumns<Before, Row> {
    /// Makes the next row. `None` if the row is left out, now or already before. All columns advance, whether
    /// or not the row stays.
    fn next(&mut self, row: Option<Before>) -> Option<Row>;
}

/// The slots of an association.
#[derive(Debug)]
pub struct Column<A, Slot> {
    slots: IntoIter<Option<Slot>>,
    association: PhantomData<fn() -> A>,
}

impl<A, Slot> Column<A, Slot> {
    /// These slots, of which none leaves a row out.
    pub(crate) fn of(slots: Vec<Slot>) -> Self {
        Self {
            slots: slots.into_iter().map(Some).collect::<Vec<_>>().into_iter(),
            association: PhantomData,
        }
    }
}

impl<Row> SlotColumns<Row, Row> for () {
    fn next(&mut self, row: Option<Row>) -> Option<Row> {
        row
    }
}

// Fills the last column first, so that the row from which the others start is a known type.
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
    /// The rows that the outer loader returns: plain models, or models with slots.
    type Row;
    /// The rows with slots, even if no slot is filled.
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

/// Turns models into rows, with nested includes if there are any.
pub trait MakeRows<M: Model, C>: Nested<M, Row: Row<M>> {
    /// Makes the rows. A required nested include may leave some out.
    ///
    /// # Errors
    /// Any error of the database.
    fn make_rows(self, models: Rows<M>, conn: &mut C) -> Result<Rows<Self::Row>>;

    /// Adds the statements that it would run to the tree.
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
