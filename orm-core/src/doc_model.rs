//! The models of the examples in this documentation.

/// Two models, a schema and a connection, for the examples in this documentation.
#[doc(hidden)]
#[macro_export]
macro_rules! doc_model {
    () => {
        use diesel::Connection as _;
        use $crate::prelude::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        #[has_many(Post, fk = "author_id", as = "posts")]
        pub struct User {
            #[model(primary_key)]
            pub id: i32,
            pub name: String,
        }

        #[derive(Model, Debug, Clone, PartialEq)]
        #[belongs_to(User, fk = "author_id", as = "author")]
        pub struct Post {
            #[model(primary_key)]
            pub id: i32,
            pub author_id: i32,
            pub title: String,
        }

        $crate::schema! { pub App { User, Post } }

        pub fn connection() -> diesel::SqliteConnection {
            let mut conn = diesel::SqliteConnection::establish(":memory:").expect("SQLite opens");
            App::create_all(&mut conn).expect("tables are created");
            User::create(&mut conn, User::builder().name("Ann")).expect("Ann is created");
            conn
        }
    };
}
