include!("models.rs");

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(PostTag, fk = "post_id", as = "links")]
pub struct Page {
    #[model(primary_key)]
    pub id: i32,
}

fn link(conn: &mut SqliteConnection, page: &Page) -> orm_core::Result<()> {
    page.add_link(conn, 1)
}

fn main() {}
