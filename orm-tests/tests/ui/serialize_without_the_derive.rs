// lines: 45, because rustc shows the impl of serde for `Vec`, and where `serde_json` asks for it
include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let posts = Post::query().include(Post::tags().count()).load(conn).unwrap();
    println!("{}", serde_json::to_string(&posts).unwrap());
}
