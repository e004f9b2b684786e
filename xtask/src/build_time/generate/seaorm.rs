//! The program in SeaORM 2: its dense entities, and `load_many`, which takes a filter and an order.

use super::{File, Program, Query, Shape, calls};

pub(super) const QUERY_HEAD: &str = "\
use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseConnection, LoaderTrait, QueryOrder};

use crate::models::*;
";

pub(super) const DEPENDENCIES: &str = "\
sea-orm = { version = \"2\", features = [\"sqlx-sqlite\", \"runtime-tokio\", \"macros\"] }
tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }";

pub(super) fn files(program: Program) -> Vec<File> {
    let mut files = program.model_files(|number| model(program, number), "");
    files.push(("src/rows.rs".to_owned(), rows(program)));
    files.push(("src/main.rs".to_owned(), main(program)));
    files
}

fn model(program: Program, number: usize) -> String {
    let (parent, child) = (program.parent(number), program.child(number));
    // A model that refers to itself names both directions.
    let (belongs, parent, has, child) = if program.models == 1 {
        (
            "self_ref, relation_enum = \"Parent\", relation_reverse = \"Children\", \
             from = \"parent_id\", to = \"id\"",
            "Entity".to_owned(),
            "self_ref, relation_enum = \"Children\", relation_reverse = \"Parent\"",
            "Entity".to_owned(),
        )
    } else {
        (
            "belongs_to, from = \"parent_id\", to = \"id\"",
            format!("super::item{parent}::Entity"),
            "has_many",
            format!("super::item{child}::Entity"),
        )
    };
    format!(
        "use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = \"item{number}s\")]
pub struct Model {{
    #[sea_orm(primary_key)]
    pub id: i32,
    pub parent_id: Option<i32>,
    pub name: String,
    pub note: Option<String>,
    pub amount: i32,
    pub price: f64,
    pub active: bool,
    #[sea_orm({belongs})]
    pub parent: BelongsTo<Option<{parent}>>,
    #[sea_orm({has})]
    pub children: HasMany<{child}>,
}}

impl ActiveModelBehavior for ActiveModel {{}}
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
    let (filter, nested, order) = shape(query.shape, *literal, *child);
    let (load, by) = if parent == child {
        (
            "load_self_many",
            format!("            item{parent}::Relation::Parent,\n"),
        )
    } else {
        ("load_many", String::new())
    };
    format!(
        "pub async fn query_{index}(db: &DatabaseConnection) -> Result<usize, DbErr> {{
    let parents = item{parent}::Entity::find()
        .filter(item{parent}::COLUMN.{filter})
        .order_by_asc(item{parent}::COLUMN.id)
        .all(db)
        .await?;
    let children = parents
        .{load}(
            item{child}::Entity::find()
                .filter(item{child}::COLUMN.{nested})
                .{order},
{by}            db,
        )
        .await?;
    let rows: Vec<(item{parent}::Model, Vec<item{child}::Model>)> =
        parents.into_iter().zip(children).collect();
    Ok(rows.iter().map(|(_, children)| children.len()).sum())
}}
"
    )
}

fn shape(shape: Shape, literal: usize, child: usize) -> (String, String, String) {
    let by = |direction: &str, column: &str| {
        format!("order_by_{direction}(item{child}::COLUMN.{column})")
    };
    match shape {
        Shape::Amount => (
            format!("amount.gt({literal})"),
            "active.eq(true)".to_owned(),
            by("asc", "name"),
        ),
        Shape::Name => (
            format!("name.ne(\"{literal}\")"),
            "price.lt(2.5)".to_owned(),
            by("desc", "amount"),
        ),
        Shape::Active => (
            "active.eq(true)".to_owned(),
            format!("amount.gte({literal})"),
            by("desc", "price"),
        ),
        Shape::Price => (
            "price.gt(0.5)".to_owned(),
            format!("name.ne(\"{literal}\")"),
            by("asc", "id"),
        ),
    }
}

fn rows(program: Program) -> String {
    let creates = program.each(|number| {
        format!(
            "    item{number}::ActiveModel {{
        parent_id: Set(None),
        name: Set(\"name {number}\".to_owned()),
        note: Set(Some(\"note\".to_owned())),
        amount: Set({number}),
        price: Set(1.5),
        active: Set(true),
        ..Default::default()
    }}
    .insert(db)
    .await?;"
        )
    });
    format!(
        "use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::DatabaseConnection;

use crate::models::*;

pub async fn create(db: &DatabaseConnection) -> Result<(), DbErr> {{
{creates}    Ok(())
}}
"
    )
}

fn main(program: Program) -> String {
    let entities =
        program.each(|number| format!("        .register(models::item{number}::Entity)"));
    let calls = calls(|name| format!("    found += {name}(db).await?;"));
    format!(
        "mod models;
mod queries;
mod rows;

use sea_orm::{{Database, DbErr}};

#[tokio::main]
async fn main() -> Result<(), DbErr> {{
    let db = &Database::connect(\"sqlite::memory:\").await?;
    db.get_schema_builder()
{entities}        .apply(db)
        .await?;
    rows::create(db).await?;
    let mut found = 0;
{calls}    println!(\"{{found}}\");
    Ok(())
}}
"
    )
}
