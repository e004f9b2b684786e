//! The work of the benches, done by SeaORM as its documentation recommends it.

// Benches state what they expect.
#![allow(clippy::expect_used)]

use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use tokio::runtime::Runtime;

mod entities;
mod work;

fn main() {
    let url = std::env::args().nth(1).expect("the URL of a database");
    let runtime = Runtime::new().expect("a runtime");
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let connected = runtime.block_on(Database::connect(options));
    let db = &mut connected.expect("a connection");
    let works = work::all(db.support_returning());
    worker::serve(db, &runtime, works, async |db, sql| {
        db.execute_unprepared(sql).await.expect("a statement");
    });
}
