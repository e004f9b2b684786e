//! Deleting rows.

use crate::connection::Connection;
use crate::error::Result;
use crate::model::{KeyOf, Model};
use crate::query::filter::BindKey;
use crate::write::statement::Statement;

/// `DELETE` of the row with this key; gives how many rows went.
pub(crate) fn delete<M, C>(conn: &mut C, key: &KeyOf<M>) -> Result<usize>
where
    C: Connection,
    M: Model<PrimaryKey: BindKey<C::Backend>>,
{
    Statement::on::<M>("DELETE FROM ")
        .table::<M>()
        .sql(" WHERE ")
        .key_is::<M>(key)
        .execute(conn)
}
