//! The work of the benches, done by Toasty as its documentation recommends it.

// Benches state what they expect.
#![allow(clippy::expect_used)]

use toasty::Db;
use tokio::runtime::Runtime;

mod models;
mod work;

fn main() {
    let url = std::env::args().nth(1).expect("the URL of a database");
    // The one of the two whose features the benches are to be measured with.
    let url = url.replace("mysql://", "mariadb://");
    let runtime = Runtime::new().expect("a runtime");
    let connected = runtime.block_on(
        Db::builder()
            .models(toasty::models!(crate::*))
            .max_pool_size(1)
            .connect(&url),
    );
    let db = &mut connected.expect("a connection");
    let works = work::all(url.starts_with("mariadb:"));
    worker::serve(db, &runtime, works, async |db, sql| {
        let ran = toasty::sql::statement(sql).exec(db).await;
        ran.expect("a statement");
    });
}
