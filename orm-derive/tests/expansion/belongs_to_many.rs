#[derive(Model)]
#[belongs_to_many(Tag, through = PostTag, fk = "post_id", other_key = "tag_id", as = "tags")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
}
