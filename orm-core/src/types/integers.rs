//! Which SQL types are integers.

use std::any::TypeId;

#[cfg(feature = "mysql")]
use diesel::sql_types::Unsigned;
use diesel::sql_types::{BigInt, Integer, SmallInt};

/// Whether the SQL type is an integer. The SQL type decides how the database compares, whatever the
/// Rust type is.
pub(crate) fn is_integer<ST: 'static>() -> bool {
    let ids = [
        TypeId::of::<SmallInt>(),
        TypeId::of::<Integer>(),
        TypeId::of::<BigInt>(),
        #[cfg(feature = "mysql")]
        TypeId::of::<Unsigned<SmallInt>>(),
        #[cfg(feature = "mysql")]
        TypeId::of::<Unsigned<Integer>>(),
        #[cfg(feature = "mysql")]
        TypeId::of::<Unsigned<BigInt>>(),
    ];
    ids.contains(&TypeId::of::<ST>())
}
