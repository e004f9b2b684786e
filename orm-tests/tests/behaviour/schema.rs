//! Creating and dropping tables.

use crate::support::blog::{Blog, Post, Role, Tag, User, posts, tags, users};
use crate::support::{Result, blog, number, sql};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Backend, Conn, connect, connect_to, tables};

/// The statement of a schema that creates a table.
fn created<S: orm_core::Schema>(table: &str) -> String {
    let sql = S::create_sql::<Backend>().replace(['`', '"'], "");
    let head = format!("CREATE TABLE IF NOT EXISTS {table} (");
    let statements = sql.split(';').map(str::trim);
    let found = statements.into_iter().find(|text| text.starts_with(&head));
    found
        .unwrap_or_else(|| panic!("no {table} in {sql}"))
        .to_owned()
}

#[test]
fn create_all_makes_every_table() -> Result {
    // MB.6
    let conn = &mut connect();
    assert_eq!(tables(conn), 0);
    Blog::create_all(conn)?;
    assert_eq!(tables(conn), 8);
    assert_eq!(User::count(conn)?, 0);
    Ok(())
}

#[test]
fn create_all_twice_keeps_the_rows() -> Result {
    // MB.5
    let conn = &mut blog::seeded();
    Blog::create_all(conn)?;
    assert_eq!((User::count(conn)?, Post::count(conn)?), (4, 5));
    Ok(())
}

#[test]
fn create_all_adds_what_is_missing() -> Result {
    let conn = &mut blog::seeded();
    sql(conn, "DROP TABLE post_tags");
    Blog::create_all(conn)?;
    assert_eq!((User::count(conn)?, blog::PostTag::count(conn)?), (4, 0));
    Ok(())
}

#[test]
fn drop_all_drops_tables_with_rows_and_may_be_repeated() -> Result {
    // MB.7, CC.6
    let conn = &mut blog::seeded();
    sql(conn, "CREATE TABLE others (id INTEGER)");
    Blog::drop_all(conn)?;
    assert_eq!(tables(conn), 1);
    Blog::drop_all(conn)?;
    Blog::create_all(conn)?;
    assert_eq!(User::count(conn)?, 0);
    Ok(())
}

#[test]
fn the_sql_is_what_is_run() -> Result {
    let conn = &mut connect();
    sql(conn, &Blog::create_sql::<Backend>());
    assert_eq!(tables(conn), 8);
    User::create(conn, User::builder().first_name("Ann").email("a"))?;
    sql(conn, &Blog::drop_sql::<Backend>());
    assert_eq!(tables(conn), 0);
    Ok(())
}

#[test]
fn tables_come_in_the_order_of_their_keys() {
    // CC.1
    let place = |sql: &str, text: &str| {
        let sql = sql.replace(['`', '"'], "");
        sql.find(text)
            .unwrap_or_else(|| panic!("no {text} in {sql}"))
    };
    let create = odd::Reversed::create_sql::<Backend>();
    let at = |table: &str| place(&create, &format!("CREATE TABLE IF NOT EXISTS {table} ("));
    assert!(at("trunks") < at("branches") && at("branches") < at("leaves"));
    let drop = odd::Reversed::drop_sql::<Backend>();
    let at = |table: &str| place(&drop, &format!("DROP TABLE IF EXISTS {table}"));
    assert!(at("leaves") < at("branches") && at("branches") < at("trunks"));
}

mod odd {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone)]
    #[belongs_to(Branch, fk = "branch_id", as = "branch")]
    pub struct Leaf {
        #[model(primary_key)]
        pub id: i32,
        pub branch_id: i32,
    }

    #[derive(Model, Debug, Clone)]
    #[belongs_to(Trunk, fk = "trunk_id", as = "trunk")]
    pub struct Branch {
        #[model(primary_key)]
        pub id: i32,
        pub trunk_id: i32,
    }

    #[derive(Model, Debug, Clone)]
    pub struct Trunk {
        #[model(primary_key)]
        pub id: i32,
    }

    orm_core::schema! { pub Reversed { Leaf, Branch, Trunk } }

    /// Two tables that refer to each other.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Version, fk = "document_id", as = "versions")]
    #[belongs_to(Version, fk = "current_id", as = "current")]
    pub struct Document {
        #[model(primary_key)]
        pub id: i32,
        pub current_id: Option<i32>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Document, fk = "document_id", as = "document")]
    pub struct Version {
        #[model(primary_key)]
        pub id: i32,
        pub document_id: i32,
    }

    orm_core::schema! { pub Circle { Document, Version } }
}

#[test]
fn tables_that_refer_to_each_other() -> Result {
    // CC.2, CC.4
    use odd::{Circle, Document, Version};
    let conn = &mut connect_to::<Circle>();
    let mut document = Document::create(conn, Document::builder())?;
    let versions = document.create_versions(conn, [Version::builder(), Version::builder()])?;
    document.set_current(conn, &versions[1])?;
    let document = Document::query()
        .include(Document::current().include(Version::document()))
        .include(Document::versions())
        .first(conn)?;
    let current = document.current.as_ref().map(|v| (v.id, v.document.id));
    assert_eq!((current, document.versions.len()), (Some((2, 1)), 2));
    Circle::drop_all(conn)?;
    assert_eq!(tables(conn), 0);
    Circle::create_all(conn)?;
    assert_eq!(Version::count(conn)?, 0);
    Ok(())
}

#[test]
fn a_table_that_refers_to_itself_is_dropped_with_its_rows() -> Result {
    // CC.7
    let conn = &mut blog::seeded();
    assert_eq!(
        number(
            conn,
            "SELECT COUNT(*) FROM users WHERE manager_id IS NOT NULL"
        ),
        3
    );
    Blog::drop_all(conn)?;
    assert_eq!(tables(conn), 0);
    Ok(())
}

#[test]
fn columns_say_what_the_fields_say() {
    // What MySQL calls a text, short and long.
    let users = created::<Blog>("users").replace("VARCHAR(255)", "TEXT");
    let users = users.replace("LONGTEXT", "TEXT");
    for line in [
        "first_name TEXT NOT NULL",
        "email TEXT NOT NULL UNIQUE",
        "role TEXT NOT NULL DEFAULT 'reader' CHECK (role IN ('admin', 'author', 'reader'))",
        "manager_id INTEGER,",
    ] {
        assert!(users.contains(line), "{line} in {users}");
    }
    let links = created::<Blog>("post_tags");
    assert!(
        links.contains("relevance INTEGER NOT NULL DEFAULT 1"),
        "{links}"
    );
    assert!(links.contains("PRIMARY KEY (post_id, tag_id)"), "{links}");
}

#[test]
fn foreign_keys_have_the_actions_of_the_guide_or_their_own() {
    // SEED.21, AC.7, MN.18
    let key = |table: &str, text: &str| {
        let sql = created::<Blog>(table);
        let found = sql.lines().find(|line| line.contains(text));
        let found = found.unwrap_or_else(|| panic!("no {text} in {sql}"));
        let actions = found.split(" ON DELETE ").nth(1).unwrap_or_default();
        actions.trim_end_matches([',', ')', '\n']).to_owned()
    };
    assert_eq!(
        key("users", "REFERENCES users (id)"),
        "SET NULL ON UPDATE CASCADE"
    );
    assert_eq!(
        key("posts", "REFERENCES users (id)"),
        "CASCADE ON UPDATE CASCADE"
    );
    assert_eq!(
        key("comments", "REFERENCES users (id)"),
        "NO ACTION ON UPDATE CASCADE"
    );
    assert_eq!(
        key("post_tags", "REFERENCES tags (id)"),
        "CASCADE ON UPDATE CASCADE"
    );
}

#[test]
fn tables_of_one_schema_stand_in_one_diesel_query() -> Result {
    let conn = &mut blog::seeded();
    let rows: Vec<(String, String)> = users::table
        .inner_join(posts::table.on(posts::author_id.eq(users::id)))
        .filter(users::role.eq(Role::Author).or(posts::title.eq("SQL")))
        .order(posts::id.asc())
        .select((users::first_name, posts::title))
        .load(conn)?;
    assert_eq!(
        rows,
        [("Ann".into(), "SQL".into()), ("Bob".into(), "Tea".into())]
    );
    let (user, post): (User, Post) = users::table
        .inner_join(posts::table.on(posts::author_id.eq(users::id)))
        .filter(posts::id.eq(4))
        .select((User::as_select(), Post::as_select()))
        .first(conn)?;
    assert_eq!((user.id, post.author_id), (2, 2));
    // EL.8, QB.13: a column of one table against that of another, without a join.
    let same: i64 = tags::table
        .filter(diesel::dsl::exists(
            posts::table.filter(posts::id.eq(tags::id).and(posts::author_id.eq(1))),
        ))
        .count()
        .get_result(conn)?;
    assert_eq!((same, Tag::count(conn)?), (3, 4));
    Ok(())
}

// MySQL commits at each `CREATE` and `DROP`.
#[cfg(not(feature = "mysql"))]
#[test]
fn tables_are_made_and_dropped_within_a_transaction() -> Result {
    let conn = &mut connect();
    let undone = conn.transaction(|conn: &mut Conn| -> Result {
        Blog::create_all(conn)?;
        User::create(conn, User::builder().first_name("Ann").email("a"))?;
        User::get_by_pk(conn, 9).map(drop)
    });
    assert!(undone.is_err());
    assert_eq!(tables(conn), 0);
    let conn = &mut blog::seeded();
    let undone = conn.transaction(|conn: &mut Conn| -> Result {
        Blog::drop_all(conn)?;
        assert_eq!(tables(conn), 0);
        Err(diesel::result::Error::RollbackTransaction.into())
    });
    assert!(undone.is_err());
    assert_eq!((tables(conn), User::count(conn)?), (8, 4));
    conn.transaction(|conn: &mut Conn| Blog::drop_all(conn))?;
    assert_eq!(tables(conn), 0);
    Ok(())
}

/// The blog, and a table of another one that refers to a user.
fn referred() -> Conn {
    let mut conn = blog::seeded();
    sql(
        &mut conn,
        "CREATE TABLE others (user_id INTEGER, FOREIGN KEY (user_id) REFERENCES users (id));
         INSERT INTO others VALUES (1);",
    );
    conn
}

// `DROP TABLE` of SQLite enforces foreign keys.
#[cfg(feature = "sqlite")]
#[test]
fn tables_that_others_refer_to_are_not_dropped() {
    let conn = &mut referred();
    let error = Blog::drop_all(conn).err();
    assert!(
        matches!(error, Some(orm_core::Error::ForeignKeyViolation(_))),
        "{error:?}"
    );
    assert_eq!((tables(conn), User::count(conn).ok()), (9, Some(4)));
}

// The others drop the table and leave the row that refers to it.
#[cfg(not(feature = "sqlite"))]
#[test]
fn tables_that_others_refer_to_are_dropped() -> Result {
    let conn = &mut referred();
    Blog::drop_all(conn)?;
    assert_eq!(tables(conn), 1);
    assert_eq!(number(conn, "SELECT user_id FROM others"), 1);
    Ok(())
}
