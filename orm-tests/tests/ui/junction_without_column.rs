// lines: 18, because rustc shows the one type that is a field
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[belongs_to_many(Tag, through = PostTag, fk = "post_id", other_key = "label_id", as = "tags")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone)]
pub struct Tag {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone)]
pub struct PostTag {
    #[model(primary_key)]
    pub post_id: i32,
    #[model(primary_key)]
    pub tag_id: i32,
}

fn main() {}
