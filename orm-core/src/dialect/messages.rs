//! What a database tells of a violated constraint only in words.

/// SQLite names the columns only in its message: `UNIQUE constraint failed: users.a, users.b`
/// (<https://www.sqlite.org/src/file/src/build.c>, `sqlite3UniqueConstraint`).
pub(crate) fn columns(message: &str) -> (Option<String>, Vec<String>) {
    let named = ["UNIQUE constraint failed: ", "NOT NULL constraint failed: "]
        .iter()
        .find_map(|prefix| message.strip_prefix(prefix));
    let Some(list) = named else {
        return (None, Vec::new());
    };
    let pairs: Vec<_> = list
        .split(", ")
        .filter_map(|name| name.split_once('.'))
        .collect();
    let table = pairs.first().map(|(table, _)| (*table).to_owned());
    let columns = pairs.iter().map(|(_, column)| (*column).to_owned());
    (table, columns.collect())
}

/// SQLite refuses for RESTRICT as a trigger does (`SQLITE_CONSTRAINT_TRIGGER`), which Diesel does not
/// know (<https://www.sqlite.org/src/file/src/fkey.c>, `fkActionTrigger`).
pub(crate) fn is_foreign_key_violation(message: &str) -> bool {
    message == "FOREIGN KEY constraint failed"
}
