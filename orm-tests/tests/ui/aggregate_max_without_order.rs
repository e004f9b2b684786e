use diesel::prelude::*;
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Note {
    #[model(primary_key)]
    pub id: i32,
    pub open: bool,
}

orm_core::schema! { pub App { Note } }

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    Note::max(conn, notes::open)?;
    Ok(())
}
