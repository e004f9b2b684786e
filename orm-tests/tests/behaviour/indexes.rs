//! Indexes: stated ones, and those of foreign keys.

#[cfg(not(feature = "mysql"))]
use crate::support::blog::Blog;
use orm_core::Schema as _;
use orm_tests::{Backend, connect_to};

mod grid {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone)]
    #[model(unique(b, a), index(b, c), index(c, a))]
    #[belongs_to(Grid, fk = "c", as = "other")]
    pub struct Grid {
        #[model(primary_key)]
        pub id: i64,
        pub a: i32,
        pub b: i32,
        pub c: Option<i64>,
        #[model(index, length = 5)]
        pub d: String,
    }

    orm_core::schema! { pub Plane { Grid } }
}

#[test]
fn indexes_are_those_that_are_stated() {
    // IX.1, IX.4
    let sql = grid::Plane::create_sql::<Backend>().replace(['`', '"'], "");
    let expected = [
        "grids_d_idx ON grids (d)",
        "grids_b_c_idx ON grids (b, c)",
        "grids_c_a_idx ON grids (c, a)",
    ];
    // In MySQL they are part of the table.
    let (prefix, on) = match cfg!(feature = "mysql") {
        true => ("INDEX ", ""),
        false => ("CREATE INDEX IF NOT EXISTS ", " ON grids"),
    };
    let expected = expected.map(|index| index.replace(" ON grids", on));
    let indexes: Vec<&str> = sql
        .lines()
        .filter_map(|line| line.trim().strip_prefix(prefix))
        .map(|index| index.trim_end_matches([',', ';']))
        .collect();
    assert_eq!(indexes, expected);
    let unique = "CONSTRAINT grids_b_a_key UNIQUE (b, a)";
    assert!(sql.contains(unique), "{sql}");
    let conn = &mut connect_to::<grid::Plane>();
    assert_eq!(orm_tests::indexes(conn), 3);
}

// MySQL makes these itself.
#[cfg(not(feature = "mysql"))]
#[test]
fn foreign_keys_get_an_index_unless_they_have_one() {
    let sql = Blog::create_sql::<Backend>().replace(['`', '"'], "");
    assert!(
        sql.contains("posts_author_id_idx ON posts (author_id)"),
        "{sql}"
    );
    assert!(sql.contains("ON post_tags (tag_id)"), "{sql}");
    assert!(
        !sql.contains("ON post_tags (post_id)"),
        "the key begins with it: {sql}"
    );
    assert!(!sql.contains("ON user_profiles"), "it is unique: {sql}");
}
