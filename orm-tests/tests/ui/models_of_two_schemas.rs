//! A query over the tables of two models that no `schema!` lists together.
// errors: 3, because Diesel asks of both tables whether they appear in the join, and of the join which tables it has
// lines: 60, because rustc shows how each trait of Diesel asks for the next, and what implements the first

use diesel::prelude::*;
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model, Debug, Clone)]
pub struct Invoice {
    #[model(primary_key)]
    pub id: i32,
    pub user_id: i32,
}

orm_core::schema! { pub People { User } }
orm_core::schema! { pub Accounts { Invoice } }

fn main() {
    let theirs = invoices::user_id.eq(users::id);
    let _ = users::table.inner_join(invoices::table.on(theirs));
}
