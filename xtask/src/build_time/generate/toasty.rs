//! The program in Toasty, as its guide shows. Its keys are `u64`, as in the guide: with `i64`, a
//! nullable reference makes Toasty panic at run time.

use super::{File, Program, Query, Shape, calls};

pub(super) const QUERY_HEAD: &str = "\
use toasty::Db;

use crate::models::*;
";

pub(super) const DEPENDENCIES: &str = "\
toasty = { version = \"0.11\", features = [\"sqlite\"] }
tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }";

pub(super) fn files(program: Program) -> Vec<File> {
    let exports = program.each(|number| format!("pub use item{number}::*;"));
    let mut files = program.model_files(|number| model(program, number), &exports);
    files.push(("src/rows.rs".to_owned(), rows(program)));
    files.push(("src/main.rs".to_owned(), main()));
    files
}

fn model(program: Program, number: usize) -> String {
    let (parent, child) = (program.parent(number), program.child(number));
    let import = |other: usize| match other {
        other if other == number => String::new(),
        other => format!("use super::item{other}::Item{other};\n"),
    };
    let imports = match program.models {
        1 => String::new(),
        _ => import(parent) + &import(child),
    };
    format!(
        "{imports}
#[derive(Debug, Clone, toasty::Model)]
pub struct Item{number} {{
    #[key]
    #[auto]
    pub id: u64,
    #[index]
    pub parent_id: Option<u64>,
    pub name: String,
    pub note: Option<String>,
    pub amount: i32,
    pub price: f64,
    pub active: bool,
    #[belongs_to(key = parent_id, references = id)]
    pub parent: toasty::Deferred<Option<Item{parent}>>,
    #[has_many(pair = parent)]
    pub children: toasty::Deferred<Vec<Item{child}>>,
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
        "pub async fn query_{index}(db: &mut Db) -> toasty::Result<usize> {{
    let rows = Item{parent}::filter(Item{parent}::fields().{filter})
        .order_by(Item{parent}::fields().id().asc())
        .include(
            Item{parent}::fields()
                .children()
                .filter(Item{child}::fields().{nested})
                .order_by(Item{child}::fields().{order}),
        )
        .exec(db)
        .await?;
    Ok(rows.iter().map(|row| row.children.get().len()).sum())
}}
"
    )
}

fn shape(shape: Shape, literal: usize) -> (String, String, &'static str) {
    match shape {
        Shape::Amount => (
            format!("amount().gt({literal})"),
            "active().eq(true)".to_owned(),
            "name().asc()",
        ),
        Shape::Name => (
            format!("name().ne(\"{literal}\")"),
            "price().lt(2.5)".to_owned(),
            "amount().desc()",
        ),
        Shape::Active => (
            "active().eq(true)".to_owned(),
            format!("amount().ge({literal})"),
            "price().desc()",
        ),
        Shape::Price => (
            "price().gt(0.5)".to_owned(),
            format!("name().ne(\"{literal}\")"),
            "id().asc()",
        ),
    }
}

fn rows(program: Program) -> String {
    let creates = program.each(|number| {
        format!(
            "    toasty::create!(Item{number} {{
        name: \"name {number}\",
        note: \"note\",
        amount: {number},
        price: 1.5,
        active: true,
    }})
    .exec(db)
    .await?;"
        )
    });
    format!(
        "{QUERY_HEAD}
pub async fn create(db: &mut Db) -> toasty::Result<()> {{
{creates}    Ok(())
}}
"
    )
}

fn main() -> String {
    let calls = calls(|name| format!("    found += {name}(db).await?;"));
    format!(
        "mod models;
mod queries;
mod rows;

#[tokio::main]
async fn main() -> toasty::Result<()> {{
    let db = &mut toasty::Db::builder()
        .models(toasty::models!(crate::*))
        .connect(\"sqlite::memory:\")
        .await?;
    db.push_schema().await?;
    rows::create(db).await?;
    let mut found = 0;
{calls}    println!(\"{{found}}\");
    Ok(())
}}
"
    )
}
