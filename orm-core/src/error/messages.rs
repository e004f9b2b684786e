//! Facts that databases report only in the text of a message: which constraint was violated, and why a
//! transaction or a connection ended.
//!
//! The texts are those of servers that speak English, which is the default (`lc_messages`). In any other
//! language an error keeps what its code says and loses the rest.

use crate::meta::names::{LONGEST, cut};

/// What a message names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) table: Option<String>,
    pub(crate) constraint: Option<String>,
    pub(crate) columns: Vec<String>,
}

/// What the message about a violated constraint names.
pub(crate) fn named(message: &str) -> Named {
    sqlite_columns(message)
        .or_else(|| sqlite_check(message))
        .or_else(|| foreign_key(message))
        .or_else(|| duplicate_entry(message))
        .or_else(|| check(message))
        .or_else(|| column_in_quotes(message))
        .unwrap_or_default()
}

/// SQLite names the columns only in its message: `UNIQUE constraint failed: users.a, users.b`
/// (<https://www.sqlite.org/src/file/src/build.c>, `sqlite3UniqueConstraint`).
const SQLITE_LISTS: [&str; 2] = ["UNIQUE constraint failed: ", "NOT NULL constraint failed: "];

fn sqlite_columns(message: &str) -> Option<Named> {
    let mut beginnings = SQLITE_LISTS.iter();
    let list = beginnings.find_map(|beginning| message.strip_prefix(beginning))?;
    let pairs: Vec<_> = list
        .split(", ")
        .filter_map(|name| name.split_once('.'))
        .collect();
    let columns = pairs.iter().map(|(_, column)| (*column).to_owned());
    Some(Named {
        table: pairs.first().map(|(table, _)| (*table).to_owned()),
        constraint: None,
        columns: columns.collect(),
    })
}

/// `CHECK constraint failed: name`. A CHECK without a name has its text there.
fn sqlite_check(message: &str) -> Option<Named> {
    let check = message.strip_prefix("CHECK constraint failed: ")?;
    Some(Named {
        constraint: Some(check.to_owned()),
        ..Named::default()
    })
}

/// MySQL and MariaDB describe a foreign key as ``(`db`.`table`, CONSTRAINT `name` FOREIGN KEY (`column`)
/// REFERENCES …``. It names the table, the constraint and the columns.
fn foreign_key(message: &str) -> Option<Named> {
    let (_, rest) = message.split_once("foreign key constraint fails (")?;
    let (_, rest) = in_backticks(rest)?;
    let (table, rest) = in_backticks(rest.strip_prefix('.')?)?;
    let (constraint, rest) = in_backticks(rest.strip_prefix(", CONSTRAINT ")?)?;
    let mut rest = rest.strip_prefix(" FOREIGN KEY (")?;
    let mut columns = Vec::new();
    loop {
        let (column, behind) = in_backticks(rest)?;
        columns.push(column);
        match behind.strip_prefix(", ") {
            Some(other) => rest = other,
            None => break,
        }
    }
    Some(Named {
        table: Some(table),
        constraint: Some(constraint),
        columns,
    })
}

/// Reads a name in backticks, where two backticks stand for one, and returns it with the rest of the text.
fn in_backticks(text: &str) -> Option<(String, &str)> {
    in_quotes(text, '`')
}

fn in_quotes(text: &str, quote: char) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix(quote)?;
    let mut name = String::new();
    loop {
        let (part, behind) = rest.split_once(quote)?;
        name.push_str(part);
        match behind.strip_prefix(quote) {
            Some(behind) => {
                name.push(quote);
                rest = behind;
            }
            None => return Some((name, behind)),
        }
    }
}

/// MariaDB: `Duplicate entry 'value' for key 'index'` (`ER_DUP_ENTRY_WITH_KEY_NAME`,
/// <https://github.com/MariaDB/server/blob/main/sql/share/errmsg-utf8.txt>). Since 8.0.19, MySQL writes the
/// table before the index, as in `users.email`.
fn duplicate_entry(message: &str) -> Option<Named> {
    let rest = message.strip_prefix("Duplicate entry '")?;
    // The value may contain anything, but it comes first.
    let (_, key) = rest.strip_suffix('\'')?.rsplit_once("' for key '")?;
    let (table, index) = match key.split_once('.') {
        Some((table, index)) => (Some(table.to_owned()), index),
        None => (None, key),
    };
    Some(Named {
        table,
        constraint: Some(index.to_owned()),
        columns: Vec::new(),
    })
}

/// MariaDB: ``CONSTRAINT `name` failed for `db`.`table` `` (`ER_CONSTRAINT_FAILED`, same file), where the
/// name of a column's CHECK is `table.column`. MySQL: `Check constraint 'name' is violated.`
/// (`ER_CHECK_CONSTRAINT_VIOLATED`,
/// <https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>).
fn check(message: &str) -> Option<Named> {
    if let Some(rest) = message.strip_prefix("Check constraint '") {
        let name = rest.strip_suffix("' is violated.")?;
        return Some(Named {
            constraint: Some(name.to_owned()),
            ..Named::default()
        });
    }
    let (name, rest) = in_backticks(message.strip_prefix("CONSTRAINT ")?)?;
    let (_, rest) = in_backticks(rest.strip_prefix(" failed for ")?)?;
    let (table, _) = in_backticks(rest.strip_prefix('.')?)?;
    let column = name.strip_prefix(&table).and_then(|n| n.strip_prefix('.'));
    Some(Named {
        columns: column.map(str::to_owned).into_iter().collect(),
        table: Some(table),
        constraint: Some(name),
    })
}

/// MySQL and MariaDB name the column of a value only in their messages: `Column 'a' cannot be null`, `Field
/// 'a' doesn't have a default value`, `Data too long for column 'a' at row 1`, `Out of range value for column
/// 'a' at row 1` (<https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>).
const BEFORE_COLUMN: [&str; 4] = [
    "Column ",
    "Field ",
    "Data too long for column ",
    "Out of range value for column ",
];

fn column_in_quotes(message: &str) -> Option<Named> {
    let (before, rest) = message.split_once('\'')?;
    let (name, _) = rest.split_once('\'')?;
    BEFORE_COLUMN.contains(&before).then(|| Named {
        columns: vec![name.to_owned()],
        ..Named::default()
    })
}

/// The columns that a message names, if the table's columns are known. A column name may contain any
/// character, so without the list nobody can tell where a name ends.
pub(crate) fn known_columns<'a>(
    message: &str,
    table: &str,
    columns: &[&'a str],
) -> Option<Vec<&'a str>> {
    let mut beginnings = SQLITE_LISTS.iter();
    if let Some(list) = beginnings.find_map(|beginning| message.strip_prefix(beginning)) {
        return columns_of_list(list, table, columns);
    }
    let mut before = BEFORE_COLUMN.iter();
    let rest = before.find_map(|before| message.strip_prefix(before)?.strip_prefix('\''))?;
    let is_named = |column: &&&str| {
        let behind = rest.strip_prefix(**column);
        behind.is_some_and(|behind| behind.starts_with('\''))
    };
    let named = columns.iter().filter(is_named);
    let longest = named.max_by_key(|column| column.len())?;
    Some(vec![*longest])
}

/// `table.a, table.b`
fn columns_of_list<'a>(list: &str, table: &str, columns: &[&'a str]) -> Option<Vec<&'a str>> {
    let rest = list.strip_prefix(table)?.strip_prefix('.')?;
    columns.iter().find_map(|column| {
        let behind = rest.strip_prefix(column)?;
        let mut all = vec![*column];
        if !behind.is_empty() {
            all.append(&mut columns_of_list(
                behind.strip_prefix(", ")?,
                table,
                columns,
            )?);
        }
        Some(all)
    })
}

/// The index that MySQL names when a value is taken, if the index belongs to `table`. MySQL writes the table
/// before the index; MariaDB does not.
pub(crate) fn index_of<'m>(message: &'m str, table: &str) -> Option<[&'m str; 2]> {
    let rest = message.strip_prefix("Duplicate entry '")?;
    let (_, key) = rest.strip_suffix('\'')?.rsplit_once("' for key '")?;
    let behind = key
        .strip_prefix(table)
        .and_then(|key| key.strip_prefix('.'));
    Some([key, behind.unwrap_or(key)])
}

/// PostgreSQL names the columns of a key in the details, quoted if the name needs it: `Key (a, b)=(1, 2)
/// already exists.`
/// (<https://github.com/postgres/postgres/blob/master/src/backend/access/nbtree/nbtinsert.c>,
/// `_bt_check_unique`).
pub(crate) fn key_columns(details: &str) -> Vec<String> {
    let list = || {
        let mut rest = details.strip_prefix("Key (")?;
        let mut columns = Vec::new();
        loop {
            let (column, behind) = in_quotes(rest, '"').or_else(|| plain_column(rest))?;
            columns.push(column);
            match behind.strip_prefix(", ") {
                Some(other) => rest = other,
                None => return behind.starts_with(")=(").then_some(columns),
            }
        }
    };
    list().unwrap_or_default()
}

/// Reads an unquoted column or an expression. It ends at a comma or before the values.
fn plain_column(text: &str) -> Option<(String, &str)> {
    let ends = [text.find(", "), text.find(")=(")];
    let end = ends.into_iter().flatten().min()?;
    let (column, behind) = text.split_at_checked(end)?;
    Some((column.to_owned(), behind))
}

/// `Key (id)=(1) is still referenced from table "posts".`: a foreign key of other rows keeps this row
/// (<https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/ri_triggers.c>,
/// `ri_ReportViolation`).
pub(crate) fn is_still_referenced(details: &str) -> bool {
    details.contains(" is still referenced from table ")
        || details.contains(" is referenced from table ")
}

/// The column in the name of a foreign key. PostgreSQL and we name it alike: `posts_author_id_fkey`.
pub(crate) fn foreign_key_column(table: &str, constraint: &str) -> Option<String> {
    let name = constraint.strip_prefix(table)?.strip_prefix('_')?;
    name.strip_suffix("_fkey").map(str::to_owned)
}

/// How surely a CHECK belongs to a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sure {
    No,
    Maybe,
    Yes,
}

/// Whether a CHECK belongs to a column. Any of these decides it:
///
/// - The name that PostgreSQL or MariaDB gives it: `users_role_check`, `users.role`.
/// - The beginning of its text, which SQLite gives instead of a name. The quoted name of the column is all
///   that is left of it (<https://www.sqlite.org/src/file/src/build.c>, `sqlite3AddCheckConstraint`).
/// - The text mentions the column.
pub(crate) fn is_check_of(check: &str, table: &str, column: &str) -> Sure {
    let quoted = format!("`{}`", column.replace('`', "``"));
    let begins = |before: &str, behind: &str| {
        let rest = check.strip_prefix(before);
        let rest = rest.and_then(|rest| rest.strip_prefix(&quoted));
        rest.is_some_and(|rest| rest.starts_with(behind))
    };
    let of_postgres = object_name(table, column, "check");
    // A second CHECK gets a number.
    let numbered = check.strip_prefix(&of_postgres);
    let is_number = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit());
    if numbered.is_some_and(is_number)
        || check == format!("{table}.{column}")
        || check == column
        || begins("length(", ") <= ")
        || begins("", " IN (")
        || begins("", " <= ")
    {
        return Sure::Yes;
    }
    match check.contains(&quoted) {
        true => Sure::Maybe,
        false => Sure::No,
    }
}

/// The name that PostgreSQL makes of two names and an ending. It cuts the longer name until 63 bytes are
/// enough (<https://github.com/postgres/postgres/blob/master/src/backend/commands/indexcmds.c>,
/// `makeObjectName`).
fn object_name(table: &str, column: &str, ending: &str) -> String {
    let room = LONGEST - ending.len() - 2;
    let (mut first, mut second) = (table.len(), column.len());
    while first + second > room {
        match first > second {
            true => first -= 1,
            false => second -= 1,
        }
    }
    let (first, second) = (cut(table, first), cut(column, second));
    format!("{first}_{second}_{ending}")
}

/// Violations for which Diesel has no kind: a number too large or a text too long, as PostgreSQL
/// (<https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/varchar.c>) and MySQL
/// (`ER_DATA_TOO_LONG`) word it, and a CHECK constraint in MariaDB (`ER_CONSTRAINT_FAILED`,
/// <https://github.com/MariaDB/server/blob/main/sql/share/errmsg-utf8.txt>).
pub(crate) fn is_check_violation(message: &str) -> bool {
    message.starts_with("value too long for type character")
        || message.starts_with("Data too long for column '")
        || (message.starts_with("CONSTRAINT `") && message.contains("` failed for `"))
        || is_out_of_range(message)
}

/// A number that its column cannot hold, as PostgreSQL
/// (<https://github.com/postgres/postgres/tree/master/src/backend/utils/adt>, `int.c`, `int8.c`, `float.c`,
/// `numeric.c`) and MySQL (`ER_WARN_DATA_OUT_OF_RANGE`, `ER_DATA_OUT_OF_RANGE`) word it.
fn is_out_of_range(message: &str) -> bool {
    const WHOLE: [&str; 5] = [
        "smallint out of range",
        "integer out of range",
        "bigint out of range",
        "value out of range: overflow",
        "numeric field overflow",
    ];
    WHOLE.contains(&message)
        || message.starts_with("Out of range value for column '")
        || ["BIGINT", "BIGINT UNSIGNED", "DOUBLE", "DECIMAL"]
            .iter()
            .any(|name| {
                let rest = message.strip_prefix(name);
                rest.is_some_and(|rest| rest.starts_with(" value is out of range in '"))
            })
}

/// Why a database refuses to create a table, if it does not name the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    ForeignKey,
    KeyTooLong,
    Row,
    Json,
}

/// MySQL: `ER_CANT_CREATE_TABLE` with InnoDB's number 150, `ER_TOO_LONG_KEY` and `ER_TOO_BIG_ROWSIZE`
/// (<https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>). PostgreSQL: its words for a
/// type that has no order
/// (<https://github.com/postgres/postgres/blob/master/src/backend/commands/indexcmds.c>).
pub(crate) fn refusal(message: &str) -> Option<Refusal> {
    let known = [
        ("errno: 150", Refusal::ForeignKey),
        (
            "Foreign key constraint is incorrectly formed",
            Refusal::ForeignKey,
        ),
        ("Specified key was too long", Refusal::KeyTooLong),
        ("Row size too large", Refusal::Row),
        (
            "data type json has no default operator class",
            Refusal::Json,
        ),
    ];
    let said = known.iter().find(|(words, _)| message.contains(words));
    said.map(|(_, refusal)| *refusal)
}

/// Whether a message has a name in single or double quotes. Table names are in quotes of another kind.
pub(crate) fn quotes(message: &str, name: &str) -> bool {
    ['\'', '"']
        .iter()
        .any(|quote| message.contains(&format!("{quote}{name}{quote}")))
}

/// SQLite refuses a RESTRICT the way a trigger does (`SQLITE_CONSTRAINT_TRIGGER`), a code that Diesel does
/// not know (<https://www.sqlite.org/src/file/src/fkey.c>, `fkActionTrigger`).
pub(crate) fn is_foreign_key_violation(message: &str) -> bool {
    message == "FOREIGN KEY constraint failed"
}

/// What ends a transaction or a connection, whatever the statement was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    ConnectionLost,
    Deadlock,
    LockTimeout,
    SerializationFailure,
}

/// The beginnings of messages that Diesel reports without a kind of their own, or without any kind.
const TROUBLES: [(&str, Trouble); 23] = [
    // PostgreSQL: proc.c, deadlock.c, postgres.c and lmgr.c of
    // <https://github.com/postgres/postgres/tree/master/src/backend>.
    ("deadlock detected", Trouble::Deadlock),
    (
        "canceling statement due to lock timeout",
        Trouble::LockTimeout,
    ),
    ("could not obtain lock on ", Trouble::LockTimeout),
    ("terminating connection ", Trouble::ConnectionLost),
    // libpq: fe-exec.c, fe-misc.c and fe-secure*.c of
    // <https://github.com/postgres/postgres/tree/master/src/interfaces/libpq>.
    ("no connection to the server", Trouble::ConnectionLost),
    ("connection not open", Trouble::ConnectionLost),
    (
        "server closed the connection unexpectedly",
        Trouble::ConnectionLost,
    ),
    (
        "could not receive data from server",
        Trouble::ConnectionLost,
    ),
    ("could not send data to server", Trouble::ConnectionLost),
    ("SSL connection has been closed", Trouble::ConnectionLost),
    ("SSL SYSCALL error", Trouble::ConnectionLost),
    // The MySQL and MariaDB servers: 1213, 1205, 3572, 1020, 1053, 1927, 4031 of
    // <https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html> and
    // <https://mariadb.com/docs/server/reference/error-codes/mariadb-error-code-reference>.
    ("Deadlock found when trying to get", Trouble::Deadlock),
    ("Lock wait timeout exceeded", Trouble::LockTimeout),
    (
        "Statement aborted because lock(s) could not be acquired",
        Trouble::LockTimeout,
    ),
    (
        "Record has changed since last read",
        Trouble::SerializationFailure,
    ),
    ("Server shutdown in progress", Trouble::ConnectionLost),
    ("Connection was killed", Trouble::ConnectionLost),
    ("The client was disconnected", Trouble::ConnectionLost),
    // Their client libraries: 2006 and 2013 of
    // <https://dev.mysql.com/doc/mysql-errors/8.4/en/client-error-reference.html> and
    // <https://github.com/mariadb-corporation/mariadb-connector-c/blob/3.4/libmariadb/ma_errmsg.c>.
    ("MySQL server has gone away", Trouble::ConnectionLost),
    ("Server has gone away", Trouble::ConnectionLost),
    ("Lost connection to ", Trouble::ConnectionLost),
    // SQLite: SQLITE_BUSY and SQLITE_LOCKED (<https://www.sqlite.org/rescode.html#busy>).
    ("database is locked", Trouble::LockTimeout),
    ("database table is locked", Trouble::LockTimeout),
];

/// What a message without a kind of Diesel's own reports.
pub(crate) fn trouble(message: &str) -> Option<Trouble> {
    TROUBLES
        .iter()
        .find(|(beginning, _)| message.starts_with(beginning))
        .map(|(_, trouble)| *trouble)
}

/// Messages of servers that the test suite does not run on.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_quotes_of_which_two_are_one() {
        let taken = named("Duplicate entry '' for key '' for key 'days_day_hour_key'");
        assert_eq!(
            (taken.table, taken.constraint.as_deref()),
            (None, Some("days_day_hour_key"))
        );
        let check = named("CONSTRAINT `users.a``b` failed for `test`.`users`");
        assert_eq!(check.table.as_deref(), Some("users"));
        assert_eq!(check.constraint.as_deref(), Some("users.a`b"));
        assert_eq!(check.columns, ["a`b"]);
        let check = named("CONSTRAINT `positive` failed for `test`.`users`");
        assert_eq!(
            (check.constraint.as_deref(), check.columns.len()),
            (Some("positive"), 0)
        );
        let column = named("Column 'name' cannot be null");
        assert_eq!(column.columns, ["name"]);
    }

    #[test]
    fn columns_are_told_apart_by_the_known_ones() {
        let unique = "UNIQUE constraint failed: days.day, days.day, hour";
        let columns = known_columns(unique, "days", &["day", "day, hour"]);
        assert_eq!(columns, Some(vec!["day", "day, hour"]));
        assert_eq!(known_columns(unique, "nights", &["day"]), None);
        let null = "Column 'it's' cannot be null";
        assert_eq!(
            known_columns(null, "days", &["it", "it's"]),
            Some(vec!["it's"])
        );
    }

    #[test]
    fn postgres_names_the_columns_of_a_key_in_the_details() {
        let key = "Key (day, \"Ho, ur\", lower(name))=(1, 2, a) already exists.";
        assert_eq!(key_columns(key), ["day", "Ho, ur", "lower(name)"]);
        assert_eq!(key_columns("Key (day)=(1) conflicts."), ["day"]);
        assert!(key_columns("Failing row contains (1, 2).").is_empty());
    }

    #[test]
    fn postgres_cuts_the_longer_name() {
        assert_eq!(object_name("users", "age", "check"), "users_age_check");
        let (table, column) = ("t".repeat(40), "c".repeat(30));
        let name = object_name(&table, &column, "check");
        assert_eq!(name, format!("{}_{}_check", "t".repeat(28), "c".repeat(28)));
        let name = object_name("users", &"c".repeat(70), "check");
        assert_eq!(name, format!("users_{}_check", "c".repeat(51)));
    }

    #[test]
    fn numbers_are_out_of_range_in_both_servers_words() {
        for message in [
            "smallint out of range",
            "numeric field overflow",
            "Out of range value for column 'age' at row 1",
            "BIGINT UNSIGNED value is out of range in '(`test`.`users`.`age` - 1)'",
        ] {
            assert!(is_check_violation(message), "{message}");
        }
        assert!(!is_check_violation("BIGINT is out of range"));
    }

    #[test]
    fn mysql_names_the_table_of_an_index_and_the_check() {
        let entry = named("Duplicate entry 'a.b' for key 'users.email'");
        assert_eq!(entry.table.as_deref(), Some("users"));
        assert_eq!(entry.constraint.as_deref(), Some("email"));
        let check = named("Check constraint 'users_chk_1' is violated.");
        assert_eq!(check.constraint.as_deref(), Some("users_chk_1"));
    }

    #[test]
    fn other_clients_and_servers_lose_connections_in_their_own_words() {
        for message in [
            "MySQL server has gone away",
            "Lost connection to MySQL server during query",
            "The client was disconnected by the server because of inactivity. See wait_timeout",
            "no connection to the server\n",
            "SSL connection has been closed unexpectedly\n",
            "terminating connection due to idle-session timeout",
        ] {
            assert_eq!(trouble(message), Some(Trouble::ConnectionLost), "{message}");
        }
        let other = "value \"Server has gone away\" is too long";
        assert_eq!(trouble(other), None);
    }

    #[test]
    fn a_row_that_changed_since_it_was_read_is_a_serialization_failure() {
        let message = "Record has changed since last read in table 'users'";
        assert_eq!(trouble(message), Some(Trouble::SerializationFailure));
    }
}
