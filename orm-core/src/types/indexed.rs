//! SQL types that every enabled backend can index.

/// A type that every enabled backend can have in an index. The derive requires it only for JSON.
#[diagnostic::on_unimplemented(
    message = "an enabled backend cannot index JSON",
    label = "PostgreSQL and MySQL cannot index this column",
    note = "remove the index, or on PostgreSQL store the field with `#[model(sql_type = \"Jsonb\")]`"
)]
pub trait InIndex {}

/// A type that every enabled backend can have in a unique key. The derive requires it only for
/// JSON.
#[diagnostic::on_unimplemented(
    message = "an enabled backend cannot tell whether JSON is unique",
    label = "PostgreSQL cannot have a unique key with this column",
    note = "remove `unique`, or store the field with `#[model(sql_type = \"Jsonb\")]`"
)]
pub trait InUnique {}

#[cfg(not(any(feature = "postgres", feature = "mysql")))]
impl InIndex for diesel::sql_types::Json {}
impl InIndex for diesel::sql_types::Jsonb {}

// MariaDB stores JSON as a text, and can keep it unique.
#[cfg(not(feature = "postgres"))]
impl InUnique for diesel::sql_types::Json {}
impl InUnique for diesel::sql_types::Jsonb {}

/// Returns its argument. It compiles only if the column can be in an index.
pub const fn in_index<ST: InIndex, T: Copy>(stated: T) -> T {
    stated
}

/// Returns its argument. It compiles only if the column can be in a unique key.
pub const fn in_unique<ST: InUnique, T: Copy>(stated: T) -> T {
    stated
}
