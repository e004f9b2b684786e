//! Includes whose keys are missing, shared, dangling or very many.

use crate::support::blog::*;
use crate::support::{Result, sql};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{connect_to, foreign_keys_off, statements};

/// The blog, where a post without an author and a user without a manager slipped in.
fn dangling() -> orm_tests::Conn {
    let mut conn = seeded();
    foreign_keys_off(&mut conn, |conn| {
        sql(
            conn,
            "INSERT INTO posts (id, author_id, title) VALUES (6, 77, 'Lost');
             INSERT INTO users (id, first_name, email, manager_id) VALUES (5, 'Eve', 'e', 88);
             INSERT INTO post_tags (post_id, tag_id) VALUES (1, 99);",
        );
    });
    conn
}

#[test]
fn an_empty_table_gives_nothing() -> Result {
    let conn = &mut empty();
    assert!(User::query().include(User::posts()).load(conn)?.is_empty());
    assert!(Post::query().include(Post::tags()).load(conn)?.is_empty());
    let error = User::query().include(User::profile()).first(conn).err();
    assert!(matches!(error, Some(Error::NotFound { model: "User", .. })));
    Ok(())
}

#[test]
fn a_dangling_required_key_is_an_error_that_names_it() {
    let conn = &mut dangling();
    let error = Post::query().include(Post::author()).load(conn).err();
    let Some(Error::Dangling {
        model,
        association,
        target,
        key,
        ..
    }) = error
    else {
        panic!("{error:?}");
    };
    assert_eq!(
        (model, association, target, key.as_str()),
        ("Post", "author", "User", "author_id = 77")
    );
}

#[test]
fn a_dangling_key_in_a_nested_include_is_an_error_too() {
    let conn = &mut dangling();
    let error = Comment::query()
        .include(Comment::post())
        .load(conn)
        .map(|rows| rows.len());
    assert_eq!(error.ok(), Some(4));
    sql(
        conn,
        "INSERT INTO comments (id, post_id, author_id, content) VALUES (5, 6, 1, 'where?')",
    );
    let error = Comment::query()
        .include(Comment::post().include(Post::author()))
        .load(conn)
        .err();
    assert!(
        matches!(&error, Some(Error::Dangling { model: "Post", key, .. }) if key == "author_id = 77"),
        "{error:?}"
    );
}

#[test]
fn a_dangling_required_key_is_no_match_where_it_may_be_missing() -> Result {
    let conn = &mut dangling();
    let posts = Post::query()
        .filter(posts::id.eq(6))
        .include(Post::author().filter(users::id.gt(0)))
        .load(conn)?;
    assert!(posts[0].author.is_none());
    let posts = Post::query()
        .include(Post::author().required())
        .load(conn)?;
    assert_eq!(posts.len(), 5);
    Ok(())
}

#[test]
fn a_dangling_optional_key_gives_none() -> Result {
    let conn = &mut dangling();
    let eve = User::query()
        .filter(users::id.eq(5))
        .include(User::manager())
        .first(conn)?;
    assert_eq!((eve.manager_id, eve.manager.is_none()), (Some(88), true));
    Ok(())
}

#[test]
fn a_dangling_link_is_left_out() -> Result {
    let conn = &mut dangling();
    let post = Post::query()
        .filter(posts::id.eq(1))
        .include(Post::tags().order(tags::id.asc()))
        .first(conn)?;
    let ids: Vec<i32> = post.tags.iter().map(|tag| tag.id).collect();
    assert_eq!(ids, [1, 2]);
    Ok(())
}

#[test]
fn null_keys_match_nothing() -> Result {
    let conn = &mut seeded();
    // Ann's key is NULL, and so are those of nobody's children.
    let ann = User::query()
        .filter(users::id.eq(1))
        .include(User::manager())
        .first(conn)?;
    assert!(ann.manager.is_none());
    let bosses = User::query()
        .order(users::id.asc())
        .include(User::manager().required())
        .load(conn)?;
    let ids: Vec<i32> = bosses.iter().map(|user| user.id).collect();
    assert_eq!(ids, [2, 3, 4]);
    Ok(())
}

#[test]
fn rows_that_share_a_parent_each_get_it() -> Result {
    let conn = &mut seeded();
    let posts = Post::query()
        .filter(posts::author_id.eq(1))
        .include(Post::author().include(User::profile()))
        .load(conn)?;
    assert_eq!(posts.len(), 3);
    for post in &posts {
        assert_eq!(post.author.first_name, "Ann");
        assert!(post.author.profile.is_some());
    }
    Ok(())
}

#[test]
fn of_two_has_one_rows_the_first_is_taken() -> Result {
    let conn = &mut double::filled()?;
    let house = double::House::query()
        .include(double::House::door().order(double::doors::id.desc()))
        .first(conn)?;
    assert_eq!(house.door.as_ref().map(|door| door.id), Some(2));
    let house = double::House::query()
        .include(double::House::door().order(double::doors::id.asc()))
        .first(conn)?;
    assert_eq!(house.door.as_ref().map(|door| door.id), Some(1));
    Ok(())
}

mod double {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_one(Door, fk = "house_id", as = "door")]
    pub struct House {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Door {
        #[model(primary_key)]
        pub id: i32,
        pub house_id: Option<i32>,
    }

    orm_core::schema! { pub Street { House, Door } }

    pub fn filled() -> orm_core::Result<orm_tests::Conn> {
        let mut conn = orm_tests::connect_to::<Street>();
        let house = House::create(&mut conn, House::builder())?;
        let door = || Door::builder().house_id(house.id);
        Door::bulk_create(&mut conn, [door(), door()])?;
        Ok(conn)
    }
}

#[test]
fn a_hundred_thousand_parents() -> Result {
    let conn = &mut empty();
    sql(
        conn,
        "INSERT INTO users (id, first_name, email)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
         SELECT i, 'U' || i, i FROM n;
         INSERT INTO posts (id, author_id, title) SELECT id, id, 'P' || id FROM users;
         INSERT INTO posts (id, author_id, title)
         SELECT 100000 + id, id, 'second' FROM users WHERE id % 1000 = 0;
         INSERT INTO tags (id, name) VALUES (1, 'even');
         INSERT INTO post_tags (post_id, tag_id) SELECT id, 1 FROM posts WHERE id % 2 = 0;",
    );
    let (users, sent) = statements::count(conn, |conn| {
        User::query()
            .order(users::id.asc())
            .include(
                User::posts()
                    .order(posts::id.asc())
                    .include(Post::tags())
                    .include(Post::author()),
            )
            .load(conn)
    });
    let users = users?;
    // MySQL binds so many keys one by one, in four chunks each for posts, links and authors.
    let statements = if cfg!(feature = "mysql") { 14 } else { 5 };
    assert_eq!((users.len(), sent), (100_000, statements));
    for user in &users {
        let second = usize::from(user.id % 1000 == 0);
        assert_eq!(user.posts.len(), 1 + second);
        assert_eq!(user.posts[0].title, format!("P{}", user.id));
        assert_eq!(user.posts[0].author.id, user.id);
        assert_eq!(user.posts[0].tags.len(), usize::from(user.id % 2 == 0));
    }
    Ok(())
}

#[test]
fn text_keys_of_any_letters() -> Result {
    let conn = &mut connect_to::<text::Zoo>();
    let names = [
        "",
        "a'b",
        "\"q\"",
        "back\\slash",
        "tab\t",
        "é 🦀",
        // PostgreSQL has no NUL in texts.
        #[cfg(not(feature = "postgres"))]
        "nul\0in",
        #[cfg(not(feature = "postgres"))]
        "nul\0on",
    ];
    for name in names {
        let cage = text::Cage::create(conn, text::Cage::builder().name(name))?;
        cage.create_animal(conn, text::Animal::builder())?;
    }
    let cages = text::Cage::query()
        .include(text::Cage::animals())
        .load(conn)?;
    assert_eq!(cages.len(), names.len());
    for cage in &cages {
        assert_eq!(cage.animals.len(), 1, "{:?}", cage.name);
        assert_eq!(cage.animals[0].cage, cage.name);
    }
    Ok(())
}

mod text {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Animal, fk = "cage", as = "animals")]
    pub struct Cage {
        #[model(primary_key)]
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Animal {
        #[model(primary_key)]
        pub id: i32,
        pub cage: String,
    }

    orm_core::schema! { pub Zoo { Cage, Animal } }
}
