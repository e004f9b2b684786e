#[derive(Model)]
#[has_many(Book, fk = "author_id", as = "books")]
pub struct Author {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model)]
#[belongs_to(Author, fk = "author_id", as = "author", on_delete = "cascade")]
pub struct Book {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
}
