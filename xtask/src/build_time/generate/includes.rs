//! One model with `includes` associations to itself, and one query that includes all of them.

use super::{File, lines};

pub(super) fn files(includes: usize) -> Vec<File> {
    let associations = lines(0..includes, |number| {
        format!(
            "#[has_many(Item, fk = \"parent_id\", as = \"{}\")]",
            alias(number)
        )
    });
    let models = format!(
        "use orm_core::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
{associations}pub struct Item {{
    #[model(primary_key)]
    pub id: i32,
    pub parent_id: Option<i32>,
    pub name: String,
}}

orm_core::schema! {{ pub App {{ Item }} }}
"
    );
    vec![
        ("src/models.rs".to_owned(), models),
        ("src/main.rs".to_owned(), MAIN.to_owned()),
    ]
}

pub(super) fn query(includes: usize, literal: usize) -> String {
    let calls = lines(0..includes, |number| {
        format!("        .include(Item::{}())", alias(number))
    });
    format!(
        "pub fn query_0(conn: &mut SqliteConnection) -> orm_core::Result<usize> {{
    let rows = Item::query()
        .filter(items::id.gt({literal}))
{calls}        .load(conn)?;
    Ok(rows.iter().map(|row| row.{}.len()).sum())
}}
",
        alias(0)
    )
}

fn alias(number: usize) -> String {
    format!("n{number}_children")
}

const MAIN: &str = "\
mod models;
mod queries;

use diesel::prelude::*;
use orm_core::prelude::*;

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(\":memory:\").expect(\"SQLite opens\");
    models::App::create_all(conn)?;
    println!(\"{}\", queries::part_0::query_0(conn)?);
    Ok(())
}
";
