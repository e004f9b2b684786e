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

/// PostgreSQL names the columns of a key in the details: `Key (a, b)=(1, 2) already exists.`, with
/// quotes where a name needs them
/// (<https://github.com/postgres/postgres/blob/master/src/backend/access/nbtree/nbtinsert.c>,
/// `_bt_check_unique`).
pub(crate) fn key_columns(details: &str) -> Vec<String> {
    let list = details
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(")=("));
    let Some((list, _)) = list else {
        return Vec::new();
    };
    let unquoted = |name: &str| match name.strip_prefix('"').and_then(|n| n.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => name.to_owned(),
    };
    list.split(", ").map(unquoted).collect()
}

/// A text that is too long for its column has no kind of its own in Diesel: PostgreSQL's
/// `value too long for type character varying(3)`
/// (<https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/varchar.c>).
pub(crate) fn is_check_violation(message: &str) -> bool {
    message.starts_with("value too long for type character")
}

/// SQLite refuses for RESTRICT as a trigger does (`SQLITE_CONSTRAINT_TRIGGER`), which Diesel does not
/// know (<https://www.sqlite.org/src/file/src/fkey.c>, `fkActionTrigger`).
pub(crate) fn is_foreign_key_violation(message: &str) -> bool {
    message == "FOREIGN KEY constraint failed"
}
