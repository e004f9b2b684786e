//! The program in this workspace's ORM, as its README shows.

use super::{File, Program, Query, Shape, calls};

pub(super) const QUERY_HEAD: &str = "\
use diesel::prelude::*;
use orm_core::prelude::*;

use crate::models::*;
";

pub(super) fn dependencies() -> String {
    let core = concat!(env!("CARGO_MANIFEST_DIR"), "/../orm-core");
    format!(
        "orm-core = {{ path = \"{core}\" }}\n\
         diesel = {{ version = \"2.3\", default-features = false, \
         features = [\"chrono\", \"32-column-tables\", \"sqlite\"] }}"
    )
}

pub(super) fn files(program: Program) -> Vec<File> {
    let exports = program.each(|number| format!("pub use item{number}::*;"));
    let names: Vec<String> = program.numbers().map(|n| format!("Item{n}")).collect();
    let schema = format!(
        "\norm_core::schema! {{ pub App {{ {} }} }}\n",
        names.join(", ")
    );
    let mut files = program.model_files(|number| model(program, number), &(exports + &schema));
    files.push(("src/rows.rs".to_owned(), rows(program)));
    files.push(("src/main.rs".to_owned(), main()));
    files
}

fn model(program: Program, number: usize) -> String {
    let child = program.child(number);
    let import = match child {
        child if child == number => String::new(),
        child => format!("use super::item{child}::Item{child};\n"),
    };
    format!(
        "use orm_core::prelude::*;

{import}
#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Item{child}, fk = \"parent_id\", as = \"children\")]
pub struct Item{number} {{
    #[model(primary_key)]
    pub id: i32,
    pub parent_id: Option<i32>,
    pub name: String,
    pub note: Option<String>,
    pub amount: i32,
    pub price: f64,
    pub active: bool,
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
    let (filter, nested, order) = shape(query.shape, *literal);
    format!(
        "pub fn query_{index}(conn: &mut SqliteConnection) -> orm_core::Result<usize> {{
    let rows = Item{parent}::query()
        .filter(item{parent}s::{filter})
        .order(item{parent}s::id.asc())
        .include(
            Item{parent}::children()
                .filter(item{child}s::{nested})
                .order(item{child}s::{order}),
        )
        .load(conn)?;
    Ok(rows.iter().map(|row| row.children.len()).sum())
}}
"
    )
}

/// The filter of the parents, and the filter and order of the children, as Diesel expressions.
pub(super) fn shape(shape: Shape, literal: usize) -> (String, String, &'static str) {
    match shape {
        Shape::Amount => (
            format!("amount.gt({literal})"),
            "active.eq(true)".to_owned(),
            "name.asc()",
        ),
        Shape::Name => (
            format!("name.ne(\"{literal}\")"),
            "price.lt(2.5)".to_owned(),
            "amount.desc()",
        ),
        Shape::Active => (
            "active.eq(true)".to_owned(),
            format!("amount.ge({literal})"),
            "price.desc()",
        ),
        Shape::Price => (
            "price.gt(0.5)".to_owned(),
            format!("name.ne(\"{literal}\")"),
            "id.asc()",
        ),
    }
}

fn rows(program: Program) -> String {
    let creates = program.each(|number| {
        format!(
            "    let row = Item{number}::builder()
        .parent_id(None)
        .name(\"name {number}\")
        .note(Some(\"note\".to_owned()))
        .amount({number})
        .price(1.5)
        .active(true);
    Item{number}::create(conn, row)?;"
        )
    });
    format!(
        "{QUERY_HEAD}
pub fn create(conn: &mut SqliteConnection) -> orm_core::Result<()> {{
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

use diesel::prelude::*;
use orm_core::prelude::*;

fn main() -> orm_core::Result<()> {{
    let conn = &mut SqliteConnection::establish(\":memory:\").expect(\"SQLite opens\");
    models::App::create_all(conn)?;
    rows::create(conn)?;
    let mut found = 0;
{calls}    println!(\"{{found}}\");
    Ok(())
}}
"
    )
}
