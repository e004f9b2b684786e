//! Every attribute there is, to be mutated.

#[derive(Model, ModelEnum, Debug, Clone, PartialEq)]
#[model(
    table = "users",
    schema_name = "app",
    module = "app_users",
    rename_all = "camelCase",
    comment = "people",
    engine = "InnoDB",
    charset = "utf8mb4",
    collate = "utf8mb4_bin",
    unique(name, born),
    index(born, name),
    validate(in_order, self::rules::other)
)]
#[has_one(Profile, fk = "user_id", as = "profile", on_delete = "cascade", on_update = "restrict")]
#[has_many(Post, fk = "author_id", as = "posts", singular = "post", source_key = "name", skip = "get_posts")]
#[belongs_to(User, fk = "manager_id", as = "manager", target_key = "id", on_delete = "set_null")]
#[belongs_to_many(Tag, through = UserTag, fk = "user_id", other_key = "tag_id", as = "tags")]
pub struct User {
    #[model(primary_key, auto_increment = true, comment = "its key")]
    pub id: i32,
    #[model(unique, length = 200, collate = "NOCASE", default = "nobody", column = "Name")]
    #[model(validate(email, length(3..=40), one_of("a", "b"), contains("@"), with = no_emoji, message = "a name"))]
    pub name: String,
    #[model(index, default = "2026-01-31")]
    pub born: Option<NaiveDate>,
    #[model(default = "12:30:00")]
    pub at: chrono::NaiveTime,
    #[model(default = now)]
    pub seen: DateTime<Utc>,
    #[model(default = "2026-01-31T12:30:00Z")]
    pub moved: DateTime<Utc>,
    #[model(default = "2026-01-31T12:30:00")]
    pub noted: NaiveDateTime,
    #[model(default = -1.5e-3)]
    pub weight: f64,
    #[model(default = 0xff, validate(range(1..), after(LIMIT + 1), with = even))]
    pub small: i16,
    #[model(default)]
    pub large: i64,
    #[model(default = true)]
    pub flag: bool,
    #[model(set(password(&str) = hash))]
    pub password_hash: Hash,
    #[model(set(pin(Option<&str>) -> Result<_, Weak> = auth::pin))]
    pub pin_hash: Option<Hash>,
    #[model(default = Role::Reader)]
    pub role: Role,
    #[model(sql_type = "Integer", default = 7)]
    pub manager_id: Option<UserId>,
    pub bytes: Vec<u8>,
}

#[derive(Model)]
pub struct Wide {
    #[model(primary_key)]
    pub a: i32,
    #[model(primary_key)]
    pub b: String,
    pub c: i32,
    pub d: i32,
    pub e: i32,
    pub f: i32,
    pub g: i32,
    pub h: i32,
    pub i: i32,
    pub j: i32,
    pub k: i32,
    pub l: i32,
    pub m: i32,
    pub n: i32,
}

#[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
#[model(rename_all = "kebab-case")]
pub enum Status {
    #[model(default)]
    Draft,
    #[default]
    InReview,
    #[model(rename = "live")]
    Published,
}
