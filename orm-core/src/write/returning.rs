//! Backends that give inserted rows back: `INSERT … RETURNING`.

use diesel::expression::QueryMetadata;

use crate::Connection;
use crate::error::Result;
use crate::model::{Model, ReadsFrom};
use crate::query::fetch::Fetch;
use crate::write::create::InsertRows;
use crate::write::insert::{Insert, OnTaken};
use crate::write::values::{ColumnSet, Values};

/// `INSERT … RETURNING`.
#[derive(Debug)]
pub struct Returning;

impl<C, M> InsertRows<C, M> for Returning
where
    C: Connection,
    C::Backend: QueryMetadata<M::SqlType>,
    M: Model<New: Values<C::Backend>> + ReadsFrom<<M as Model>::SqlType, C::Backend>,
{
    fn insert(conn: &mut C, rows: Vec<&M::New>, columns: ColumnSet) -> Result<Vec<M>> {
        let insert = Insert::<M> {
            rows,
            columns,
            on_taken: OnTaken::Fail,
            returning: true,
        };
        insert.fetch(conn)
    }

    fn upsert(
        conn: &mut C,
        row: &M::New,
        columns: ColumnSet,
        key: ColumnSet,
        changed: ColumnSet,
    ) -> Result<Vec<M>> {
        let insert = Insert::<M> {
            rows: vec![row],
            columns,
            on_taken: OnTaken::Update {
                key: Some(key),
                columns: changed,
            },
            returning: true,
        };
        insert.fetch(conn)
    }
}
