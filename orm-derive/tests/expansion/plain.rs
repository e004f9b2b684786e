#[derive(Model)]
pub struct Track {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 200, unique)]
    pub name: String,
    #[model(default = 0)]
    pub plays: i32,
    pub composer: Option<String>,
}
