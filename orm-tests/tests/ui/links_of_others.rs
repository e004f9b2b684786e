use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[belongs_to_many(User, through = Owner, fk = "project_id", other_key = "owner_id", as = "owners")]
pub struct Project {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone)]
#[rustfmt::skip]
pub struct Owner {
    #[model(primary_key)] pub project_id: i32,
    #[model(primary_key)] pub owner_id: i32,
    #[model(primary_key)] pub kind: String,
}

fn set(conn: &mut diesel::SqliteConnection, project: &Project) -> orm_core::Result<()> {
    project.set_owners(conn, [1])
}

fn main() {}
