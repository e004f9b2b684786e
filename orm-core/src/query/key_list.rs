//! Lists of whole primary keys, of one column or several.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::query_builder::AstPass;
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::dialect::{BindKeys, Dialect};
use crate::field::Field;
use crate::model::{Key, Model, PrimaryKey};
use crate::query::keys::{Keys, padded};
use crate::query::matched::is_asked;
use crate::query::read::{Readable, value_at};
use crate::write::values::bind_checked;

/// A primary key that a backend can read and compare with a list.
pub trait ListKeys<DB: Dialect>: PrimaryKey {
    /// How many keys one statement can bind, if there is a limit.
    fn limit(keys: &Keys<Self::Value>) -> Option<usize>;

    /// Writes `a IN (…)` or `(a, b) IN (…)` with all selected keys.
    ///
    /// # Errors
    /// Diesel's errors for binds.
    fn bind_list<'b>(keys: &'b Keys<Self::Value>, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;

    /// Whether the database may treat keys as equal that differ in Rust.
    fn is_asked() -> bool;

    /// Reads a row that has exactly the columns of the key.
    ///
    /// # Errors
    /// The errors of the fields' types for values that they cannot take.
    fn read<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self::Value>;
}

impl<F, DB> ListKeys<DB> for F
where
    F: Field<Value: Key + FromSql<F::Sql, DB>>,
    DB: BindKeys<F::Sql, F::Value>,
{
    fn limit(keys: &Keys<F::Value>) -> Option<usize> {
        DB::key_limit(keys)
    }

    fn bind_list<'b>(keys: &'b Keys<F::Value>, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_identifier(F::COLUMN)?;
        DB::bind_keys(keys, out)
    }

    fn is_asked() -> bool {
        is_asked::<F, DB>()
    }

    fn read<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<F::Value> {
        value_at(row, 0)
    }
}

/// `(a, b) IN ((?, ?), …)`
///
/// The function does not know the types of the values, so it is compiled once per type of key.
fn bind_rows<'b, K, DB: Dialect>(
    columns: &[&str],
    keys: &'b [K],
    bind: fn(&'b K, AstPass<'_, 'b, DB>) -> QueryResult<()>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    if keys.is_empty() {
        // SQL cannot write an empty list.
        out.push_sql("1 = 0");
        return Ok(());
    }
    for (position, column) in columns.iter().enumerate() {
        out.push_sql(if position > 0 { ", " } else { "(" });
        out.push_identifier(column)?;
    }
    out.push_sql(") IN (");
    out.push_sql(DB::ROWS_OF_KEYS);
    for (position, key) in padded(keys, &mut out).enumerate() {
        out.push_sql(if position > 0 { ", (" } else { "(" });
        bind(key, out.reborrow())?;
        out.push_sql(")");
    }
    out.push_sql(")");
    Ok(())
}

macro_rules! composite_key {
    ($($field:ident $position:tt)+) => {
        impl<$($field,)+ DB: Dialect> ListKeys<DB> for ($($field,)+)
        where
            Self: PrimaryKey<Value = ($($field::Value,)+)>,
            $(
                $field: Field<Value: Key + ToSql<$field::Sql, DB> + FromSql<$field::Sql, DB>>,
                DB: HasSqlType<$field::Sql>,
            )+
        {
            fn limit(keys: &Keys<Self::Value>) -> Option<usize> {
                let limit = DB::BIND_LIMIT / Self::COLUMNS.len();
                Some(match DB::BIND_BYTES {
                    Some(bytes) => keys.limit_within(limit, bytes),
                    None => limit,
                })
            }

            fn bind_list<'b>(
                keys: &'b Keys<Self::Value>,
                out: AstPass<'_, 'b, DB>,
            ) -> QueryResult<()> {
                bind_rows(
                    Self::COLUMNS,
                    keys.selected(),
                    |key: &'b Self::Value, mut out| {
                        $(
                            if $position > 0 {
                                out.push_sql(", ");
                            }
                            bind_checked::<$field::Sql, $field::Value, DB>(&key.$position, out.reborrow())?;
                        )+
                        Ok(())
                    },
                    out,
                )
            }

            fn is_asked() -> bool {
                false $(|| is_asked::<$field, DB>())+
            }

            fn read<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self::Value> {
                Ok(($(value_at::<$field::Value, $field::Sql, DB>(row, $position)?,)+))
            }
        }
    };
}

composite_key!(A 0 B 1);
composite_key!(A 0 B 1 C 2);
composite_key!(A 0 B 1 C 2 D 3);
composite_key!(A 0 B 1 C 2 D 3 E 4);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);

/// The primary key of a row.
#[derive(Debug)]
pub(crate) struct WholeKey<P: PrimaryKey>(pub(crate) P::Value);

impl<P, DB> Readable<P::Sql, DB> for WholeKey<P>
where
    P: ListKeys<DB>,
    DB: Dialect + Backend,
{
    fn model() -> &'static str {
        P::Model::NAME
    }

    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        P::read(row).map(WholeKey)
    }
}
