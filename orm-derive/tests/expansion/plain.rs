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

#[derive(Model)]
#[model(validate(in_order, limits::within))]
pub struct Booking {
    #[model(primary_key)]
    pub id: i32,
    #[model(validate(email, length(3..=40), with = no_emoji))]
    #[model(validate(one_of("a@b", "c@d"), message = "one of ours"))]
    pub contact: Option<String>,
    #[model(validate(range(1..=10), not_one_of(4, 7)))]
    pub seats: i32,
}
