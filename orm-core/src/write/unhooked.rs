//! Writes that run no hooks.

use std::marker::PhantomData;

use crate::connection::Connection;
use crate::error::Result;
use crate::model::{Building, Model};
use crate::write::builder::ChangesOf;
use crate::write::create::{Alone, IntoNew};
use crate::write::hooks::NoHooks;
use crate::write::inserting::{InsertRows, Inserting};
use crate::write::pipeline;
use crate::write::stored::Updatable;

/// Writes of a model that run none of its hooks; see [`without_hooks`](crate::ModelExt::without_hooks). Timestamps,
/// versions and validation still work as usual.
#[derive(Debug, Clone, Copy)]
#[must_use = "call `create`, `update`, `save` or `destroy` on it"]
pub struct WithoutHooks<M>(PhantomData<fn() -> M>);

impl<M: Model> WithoutHooks<M> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }

    /// [`ModelExt::create`](crate::ModelExt::create) without hooks.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    pub fn create<C>(self, conn: &mut C, new: impl IntoNew<M, Nested: Alone>) -> Result<M>
    where
        C: Connection,
        Inserting<C>: InsertRows<C, M>,
    {
        pipeline::create::<M, NoHooks, C>(conn, new.into_new())
    }

    /// [`ModelExt::bulk_create`](crate::ModelExt::bulk_create) without hooks.
    ///
    /// # Errors
    /// Constraint violations and other database errors; then no row is written.
    pub fn bulk_create<C, N>(self, conn: &mut C, new: impl IntoIterator<Item = N>) -> Result<Vec<M>>
    where
        C: Connection,
        N: IntoNew<M, Nested: Alone>,
        Inserting<C>: InsertRows<C, M>,
    {
        let new = new.into_iter().map(IntoNew::into_new).collect();
        pipeline::create_all::<M, NoHooks, C>(conn, new)
    }

    /// [`ModelExt::upsert`](crate::ModelExt::upsert) without hooks.
    ///
    /// # Errors
    /// Constraint violations, including those of other keys; then nothing is written.
    pub fn upsert<C>(self, conn: &mut C, new: impl IntoNew<M, Nested: Alone>) -> Result<M>
    where
        C: Connection,
        Inserting<C>: InsertRows<C, M>,
    {
        pipeline::upsert::<M, NoHooks, C>(conn, new.into_new())
    }

    /// [`ModelExt::update`](crate::ModelExt::update) without hooks.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone; constraint violations.
    pub fn update<C>(self, conn: &mut C, row: &mut M, changes: ChangesOf<M>) -> Result<()>
    where
        C: Connection,
        M: Updatable<C::Backend>,
    {
        pipeline::update::<M, NoHooks, C>(conn, row, changes.into_parts().0).map(drop)
    }

    /// [`ModelExt::save`](crate::ModelExt::save) without hooks.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone; constraint violations.
    pub fn save<C>(self, conn: &mut C, row: &mut M) -> Result<()>
    where
        C: Connection,
        M: Updatable<C::Backend>,
    {
        pipeline::save::<M, NoHooks, C>(conn, row)
    }

    /// [`ModelExt::destroy`](crate::ModelExt::destroy) without hooks.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone;
    /// [`Error::ForeignKeyViolation`](crate::Error::ForeignKeyViolation) if other rows refer to it.
    pub fn destroy<C>(self, conn: &mut C, row: &M) -> Result<()>
    where
        C: Connection,
        M: Updatable<C::Backend>,
    {
        pipeline::destroy::<M, NoHooks, C>(conn, row)
    }
}
