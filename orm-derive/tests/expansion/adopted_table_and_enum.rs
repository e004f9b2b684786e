#[derive(ModelEnum, Clone, Copy, Default)]
#[model(rename_all = "kebab-case")]
pub enum Status {
    #[default]
    Draft,
    InReview,
    #[model(rename = "live")]
    Published,
}

#[derive(Model)]
#[model(schema = crate::schema::articles)]
pub struct Article {
    #[model(primary_key)]
    pub id: i32,
    #[model(default)]
    pub status: Status,
}
