// lines: 20, because rustc says by which lists of fields the type is asked for
use orm_core::prelude::*;

#[derive(serde::Serialize, serde::Deserialize, Debug, Clone)]
pub struct Settings {
    pub dark: bool,
}

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    pub settings: orm_core::Json<Settings>,
}

fn f(user: User) {
    let mut user = user.track();
    user.settings.0.dark = true;
    user.changed(users::settings);
}

fn main() {}
