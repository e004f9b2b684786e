//! The program in plain Diesel with its derives, as Diesel's guides show: the tables as its command line
//! tool writes them, `belonging_to` and `grouped_by`, and hand-written structs for new rows and changes.

use super::{File, Program, Query, calls, ours};

pub(super) const QUERY_HEAD: &str = "\
use diesel::prelude::*;

use crate::models::*;
use crate::schema::*;
";

/// The same as in the workspace, and `RETURNING`, with which Diesel returns a created row.
pub(super) const DEPENDENCIES: &str = "\
diesel = { version = \"2.3\", default-features = false, features = [\"chrono\", \
\"32-column-tables\", \"sqlite\", \"returning_clauses_for_sqlite_3_35\"] }
libsqlite3-sys = { version = \"0.38\", features = [\"bundled\"] }";

pub(super) fn files(program: Program) -> Vec<File> {
    let exports = program.each(|number| format!("pub use item{number}::*;"));
    let mut files = program.model_files(|number| model(program, number), &exports);
    files.push(("src/schema.rs".to_owned(), schema(program)));
    files.push(("src/tables.sql".to_owned(), tables(program)));
    files.push(("src/rows.rs".to_owned(), rows(program)));
    files.push(("src/main.rs".to_owned(), main()));
    files
}

fn schema(program: Program) -> String {
    let tables = program.each(|number| {
        format!(
            "diesel::table! {{
    item{number}s (id) {{
        id -> Integer,
        parent_id -> Nullable<Integer>,
        name -> Text,
        note -> Nullable<Text>,
        amount -> Integer,
        price -> Double,
        active -> Bool,
    }}
}}
"
        )
    });
    if program.models == 1 {
        return tables;
    }
    let joins = program.each(|number| {
        let parent = program.parent(number);
        format!("diesel::joinable!(item{number}s -> item{parent}s (parent_id));")
    });
    let names = program.each(|number| format!("    item{number}s,"));
    format!("{tables}\n{joins}\ndiesel::allow_tables_to_appear_in_same_query!(\n{names});\n")
}

/// The tables, as a migration creates them.
fn tables(program: Program) -> String {
    program.each(|number| {
        let parent = program.parent(number);
        format!(
            "CREATE TABLE item{number}s (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    parent_id INTEGER REFERENCES item{parent}s (id),
    name TEXT NOT NULL,
    note TEXT,
    amount INTEGER NOT NULL,
    price DOUBLE NOT NULL,
    active BOOLEAN NOT NULL
);"
        )
    })
}

fn model(program: Program, number: usize) -> String {
    let parent = program.parent(number);
    let import = match parent {
        parent if parent == number => String::new(),
        parent => format!("use super::item{parent}::Item{parent};\n"),
    };
    format!(
        "use diesel::prelude::*;

{import}use crate::schema::item{number}s;

#[derive(Queryable, Selectable, Identifiable, Associations, Debug, Clone, PartialEq)]
#[diesel(table_name = item{number}s)]
#[diesel(belongs_to(Item{parent}, foreign_key = parent_id))]
#[diesel(check_for_backend(diesel::sqlite::Sqlite))]
pub struct Item{number} {{
    pub id: i32,
    pub parent_id: Option<i32>,
    pub name: String,
    pub note: Option<String>,
    pub amount: i32,
    pub price: f64,
    pub active: bool,
}}

#[derive(Insertable, Debug, Clone)]
#[diesel(table_name = item{number}s)]
#[diesel(check_for_backend(diesel::sqlite::Sqlite))]
pub struct NewItem{number}<'a> {{
    pub parent_id: Option<i32>,
    pub name: &'a str,
    pub note: Option<&'a str>,
    pub amount: i32,
    pub price: f64,
    pub active: bool,
}}

#[derive(AsChangeset, Debug, Clone, Default)]
#[diesel(table_name = item{number}s)]
#[diesel(check_for_backend(diesel::sqlite::Sqlite))]
pub struct Item{number}Changes {{
    pub parent_id: Option<Option<i32>>,
    pub name: Option<String>,
    pub note: Option<Option<String>>,
    pub amount: Option<i32>,
    pub price: Option<f64>,
    pub active: Option<bool>,
}}
"
    )
}

pub(super) fn query(query: &Query) -> String {
    let Query {
        index,
        parent,
        child,
        literal,
        ..
    } = query;
    let (filter, nested, order) = ours::shape(query.shape, *literal);
    format!(
        "pub fn query_{index}(conn: &mut SqliteConnection) -> QueryResult<usize> {{
    let parents = item{parent}s::table
        .filter(item{parent}s::{filter})
        .order(item{parent}s::id.asc())
        .select(Item{parent}::as_select())
        .load(conn)?;
    let children = Item{child}::belonging_to(&parents)
        .filter(item{child}s::{nested})
        .order(item{child}s::{order})
        .select(Item{child}::as_select())
        .load(conn)?;
    let rows = children
        .grouped_by(&parents)
        .into_iter()
        .zip(parents)
        .map(|(children, parent)| (parent, children))
        .collect::<Vec<(Item{parent}, Vec<Item{child}>)>>();
    Ok(rows.iter().map(|(_, children)| children.len()).sum())
}}
"
    )
}

fn rows(program: Program) -> String {
    let creates = program.each(|number| {
        format!(
            "    let row = NewItem{number} {{
        parent_id: None,
        name: \"name {number}\",
        note: Some(\"note\"),
        amount: {number},
        price: 1.5,
        active: true,
    }};
    diesel::insert_into(item{number}s::table)
        .values(&row)
        .returning(Item{number}::as_returning())
        .get_result(conn)?;"
        )
    });
    format!(
        "{QUERY_HEAD}
pub fn create(conn: &mut SqliteConnection) -> QueryResult<()> {{
{creates}    Ok(())
}}
"
    )
}

fn main() -> String {
    let calls = calls(|name| format!("    found += {name}(conn)?;"));
    format!(
        "mod models;
mod queries;
mod rows;
mod schema;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

fn main() -> QueryResult<()> {{
    let conn = &mut SqliteConnection::establish(\":memory:\").expect(\"SQLite opens\");
    conn.batch_execute(include_str!(\"tables.sql\"))?;
    rows::create(conn)?;
    let mut found = 0;
{calls}    println!(\"{{found}}\");
    Ok(())
}}
"
    )
}
