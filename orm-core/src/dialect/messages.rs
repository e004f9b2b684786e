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

/// What Diesel has no kind for: a text that is too long, in PostgreSQL's words
/// (<https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/varchar.c>) and in
/// MySQL's (`ER_DATA_TOO_LONG`), and the CHECK constraint of MariaDB (`ER_CONSTRAINT_FAILED`,
/// <https://github.com/MariaDB/server/blob/main/sql/share/errmsg-utf8.txt>).
pub(crate) fn is_check_violation(message: &str) -> bool {
    message.starts_with("value too long for type character")
        || message.starts_with("Data too long for column '")
        || (message.starts_with("CONSTRAINT `") && message.contains("` failed for `"))
}

/// MySQL and MariaDB name the column of a value only in their messages:
/// `Column 'a' cannot be null`, `Field 'a' doesn't have a default value`,
/// `Data too long for column 'a' at row 1`
/// (<https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>).
pub(crate) fn column_in_quotes(message: &str) -> Option<String> {
    let (before, rest) = message.split_once('\'')?;
    let known = ["Column ", "Field ", "Data too long for column "];
    let (name, _) = rest.split_once('\'')?;
    known.contains(&before).then(|| name.to_owned())
}

/// MySQL and MariaDB describe a foreign key as ``(`db`.`table`, CONSTRAINT `name` FOREIGN KEY
/// (`column`) REFERENCES …``: the table, the constraint and the columns.
pub(crate) fn foreign_key(message: &str) -> Option<(String, String, Vec<String>)> {
    let (_, rest) = message.split_once("foreign key constraint fails (`")?;
    let (table, rest) = rest.split_once("`, CONSTRAINT `")?;
    let (_, table) = table.split_once("`.`")?;
    let (constraint, rest) = rest.split_once("` FOREIGN KEY (`")?;
    let (columns, _) = rest.split_once("`) REFERENCES ")?;
    let columns = columns.split("`, `").map(str::to_owned).collect();
    Some((table.to_owned(), constraint.to_owned(), columns))
}

/// SQLite refuses for RESTRICT as a trigger does (`SQLITE_CONSTRAINT_TRIGGER`), which Diesel does not
/// know (<https://www.sqlite.org/src/file/src/fkey.c>, `fkActionTrigger`).
pub(crate) fn is_foreign_key_violation(message: &str) -> bool {
    message == "FOREIGN KEY constraint failed"
}
