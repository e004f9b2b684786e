//! The methods of a many-to-many association whose junction has a composite key.

use crate::support::blog::*;
use crate::support::{Result, number, sql, watch, written};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, NONE};
use orm_tests::{Conn, inserts, statements};

/// The tag and the relevance of each link of a post.
fn links(conn: &mut Conn, post: i32) -> Result<Vec<(i32, i32)>> {
    let links: Vec<PostTag> = PostTag::query()
        .filter(post_tags::post_id.eq(post))
        .order(post_tags::tag_id.asc())
        .load(conn)?;
    Ok(links.into_iter().map(|l| (l.tag_id, l.relevance)).collect())
}

/// The post without tags.
fn bread(conn: &mut Conn) -> Result<Post> {
    Post::get_by_pk(conn, 5)
}

#[test]
fn the_guides_walk_through() -> Result {
    // AC.31, AC.21
    let conn = &mut empty();
    let user = User::create(conn, User::builder().first_name("the").email("foo"))?;
    let foo = user.create_post(conn, Post::builder().title("the-foo"))?;
    let bar1 = Tag::create(conn, Tag::builder().name("some-bar"))?;
    let bar2 = Tag::create(conn, Tag::builder().name("another-bar"))?;
    assert_eq!(foo.get_tags(conn)?, []);
    assert_eq!(foo.count_tags(conn)?, 0);
    assert!(!foo.has_tag(conn, &bar1)?);
    foo.add_tags(conn, [&bar1, &bar2])?;
    assert_eq!(foo.count_tags(conn)?, 2);
    foo.add_tag(conn, &bar1)?;
    assert_eq!(foo.count_tags(conn)?, 2);
    assert!(foo.has_tag(conn, &bar1)?);
    foo.remove_tag(conn, &bar2)?;
    assert_eq!(foo.count_tags(conn)?, 1);
    let bar3 = foo.create_tag(conn, Tag::builder().name("yet-another-bar"))?;
    assert_eq!(foo.count_tags(conn)?, 2);
    let bars: Vec<Tag> = foo.query_tags().order(tags::id.asc()).load(conn)?;
    assert_eq!(bars, [bar1, bar3]);
    foo.set_tags(conn, NONE)?;
    assert_eq!(foo.count_tags(conn)?, 0);
    assert_eq!(Tag::count(conn)?, 3);
    Ok(())
}

#[test]
fn getters_give_the_targets_and_take_filters() -> Result {
    // AC.24, SEED.29
    let conn = &mut seeded();
    let diesel = Post::get_by_pk(conn, 3)?;
    let mut names: Vec<String> = diesel.get_tags(conn)?.into_iter().map(|t| t.name).collect();
    names.sort();
    assert_eq!(names, ["code", "data"]);
    let data: Vec<Tag> = diesel
        .query_tags()
        .filter(tags::name.like("d%"))
        .load(conn)?;
    assert_eq!(data.iter().map(|tag| tag.id).collect::<Vec<_>>(), [2]);
    Ok(())
}

#[test]
fn both_sides_see_the_same_links() -> Result {
    let conn = &mut seeded();
    let rare = Tag::get_by_pk(conn, 4)?;
    rare.add_posts(conn, [1, 5])?;
    assert_eq!(rare.count_posts(conn)?, 2);
    assert_eq!(links(conn, 5)?, [(4, 1)]);
    assert!(bread(conn)?.has_tag(conn, &rare)?);
    Ok(())
}

#[test]
fn targets_are_rows_keys_or_included_rows() -> Result {
    // AC.22
    let conn = &mut seeded();
    let bread = bread(conn)?;
    let code = Tag::get_by_pk(conn, 1)?;
    bread.add_tag(conn, &code)?;
    bread.add_tag(conn, 2)?;
    let food = Tag::query()
        .filter(tags::id.eq(3))
        .include(Tag::posts())
        .first(conn)?;
    bread.add_tag(conn, &food)?;
    assert!(bread.has_tags(conn, [1, 2, 3])?);
    // A link that was included is a row, too.
    let diesel = Post::query()
        .filter(posts::id.eq(3))
        .include(Post::tags())
        .first(conn)?;
    bread.remove_tags(conn, &diesel.tags)?;
    assert_eq!(links(conn, 5)?, [(3, 1)]);
    Ok(())
}

#[test]
fn targets_are_arrays_slices_vecs_and_iterators() -> Result {
    // AC.22
    let conn = &mut seeded();
    let bread = bread(conn)?;
    let all = Tag::find_all(conn)?;
    bread.add_tags(conn, &all)?;
    assert_eq!(bread.count_tags(conn)?, 4);
    bread.set_tags(conn, &all[..2])?;
    assert_eq!(links(conn, 5)?, [(1, 1), (2, 1)]);
    bread.set_tags(conn, vec![3, 4])?;
    assert_eq!(links(conn, 5)?, [(3, 1), (4, 1)]);
    bread.set_tags(conn, all.iter().filter(|tag| tag.id > 3))?;
    assert_eq!(links(conn, 5)?, [(4, 1)]);
    Ok(())
}

#[test]
fn has_asks_for_all_of_them() -> Result {
    // SEED.16
    let conn = &mut seeded();
    let rust = Post::get_by_pk(conn, 1)?;
    assert!(rust.has_tags(conn, [1, 2])?);
    assert!(!rust.has_tags(conn, [1, 2, 3])?);
    assert!(!rust.has_tag(conn, 99)?);
    assert!(rust.has_tags(conn, [1, 1, 1])?);
    assert!(rust.has_tags(conn, NONE)?);
    Ok(())
}

#[test]
fn adding_twice_adds_once_and_keeps_the_link() -> Result {
    let conn = &mut seeded();
    let rust = Post::get_by_pk(conn, 1)?;
    watch(conn, "post_tags", "x.tag_id");
    rust.add_tags(conn, [1, 3, 3, 1])?;
    assert_eq!(links(conn, 1)?, [(1, 5), (2, 1), (3, 1)]);
    // MySQL keeps a row by an update that changes nothing, which fires the trigger.
    let kept = if cfg!(feature = "mysql") { 1 } else { 0 };
    assert_eq!(written(conn), ["INSERT 3", "UPDATE 1"][..=kept]);
    Ok(())
}

#[test]
fn adding_takes_one_statement_and_nothing_for_nothing() -> Result {
    let conn = &mut seeded();
    let rust = Post::get_by_pk(conn, 1)?;
    let (added, sent) = statements::count(conn, |conn| rust.add_tags(conn, [1, 3, 4]));
    assert_eq!((added?, sent), ((), 1));
    let (added, sent) = statements::count(conn, |conn| rust.add_tags(conn, NONE));
    assert_eq!((added?, sent), ((), 0));
    Ok(())
}

#[test]
fn adding_one_that_does_not_exist_adds_none() -> Result {
    let conn = &mut seeded();
    let bread = bread(conn)?;
    let error = bread.add_tags(conn, [1, 99, 2]).err();
    let Some(Error::ForeignKeyViolation(violation)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(violation.model, "PostTag");
    assert_eq!(links(conn, 5)?, []);
    Ok(())
}

#[test]
fn adding_with_columns_writes_them_to_each_link() -> Result {
    // SEED.11, MN.3
    let conn = &mut seeded();
    let bread = bread(conn)?;
    bread.add_tag_with(conn, 1, PostTag::builder().relevance(10))?;
    bread.add_tags_with(conn, [2, 3], PostTag::builder().relevance(8))?;
    assert_eq!(links(conn, 5)?, [(1, 10), (2, 8), (3, 8)]);
    // A link that is there takes them, too.
    bread.add_tags_with(conn, [3, 4], PostTag::builder().relevance(2))?;
    assert_eq!(links(conn, 5)?, [(1, 10), (2, 8), (3, 2), (4, 2)]);
    // A builder that states nothing changes nothing.
    bread.add_tags_with(conn, [3], PostTag::builder())?;
    assert_eq!(links(conn, 5)?[2], (3, 2));
    Ok(())
}

#[test]
fn removing_leaves_the_others_and_the_targets() -> Result {
    // SEED.16
    let conn = &mut seeded();
    let rust = Post::get_by_pk(conn, 1)?;
    rust.remove_tags(conn, [2, 3, 99])?;
    assert_eq!(links(conn, 1)?, [(1, 5)]);
    assert_eq!(links(conn, 2)?, [(2, 9)]);
    assert_eq!(Tag::count(conn)?, 4);
    rust.remove_tag(conn, 2)?;
    rust.remove_tags(conn, NONE)?;
    assert_eq!(rust.count_tags(conn)?, 1);
    Ok(())
}

#[test]
fn set_replaces_and_writes_only_what_changes() -> Result {
    // SEED.12
    let conn = &mut seeded();
    let rust = Post::get_by_pk(conn, 1)?;
    watch(conn, "post_tags", "x.post_id || '-' || x.tag_id");
    rust.set_tags(conn, [2, 3])?;
    assert_eq!(written(conn), ["DELETE 1-1", "INSERT 1-3"]);
    assert_eq!(links(conn, 1)?, [(2, 1), (3, 1)]);
    rust.set_tags(conn, [3, 2, 3])?;
    assert_eq!(written(conn), [] as [&str; 0]);
    rust.set_tags(conn, NONE)?;
    assert_eq!(written(conn), ["DELETE 1-2", "DELETE 1-3"]);
    assert_eq!(links(conn, 2)?, [(2, 9)]);
    Ok(())
}

#[test]
fn set_with_columns_updates_the_links_that_stay() -> Result {
    // SEED.12
    let conn = &mut seeded();
    let rust = Post::get_by_pk(conn, 1)?;
    watch(conn, "post_tags", "x.tag_id");
    rust.set_tags_with(conn, [2, 3], PostTag::builder().relevance(9))?;
    assert_eq!(links(conn, 1)?, [(2, 9), (3, 9)]);
    assert_eq!(written(conn), ["DELETE 1", "INSERT 3", "UPDATE 2"]);
    rust.set_tags_with(conn, NONE, PostTag::builder().relevance(1))?;
    assert_eq!(links(conn, 1)?, []);
    Ok(())
}

#[test]
fn set_with_one_that_does_not_exist_changes_nothing() -> Result {
    let conn = &mut seeded();
    let rust = Post::get_by_pk(conn, 1)?;
    let error = rust.set_tags(conn, [3, 99]).err();
    assert!(matches!(error, Some(Error::ForeignKeyViolation(_))));
    let link = PostTag::builder().relevance(9);
    let error = rust.set_tags_with(conn, [2, 99], link).err();
    assert!(matches!(error, Some(Error::ForeignKeyViolation(_))));
    assert_eq!(links(conn, 1)?, [(1, 5), (2, 1)]);
    Ok(())
}

#[test]
fn the_number_of_statements_does_not_grow() -> Result {
    let counts = |size: i32| -> Result<[usize; 4]> {
        let conn = &mut seeded();
        let new = (0..size).map(|number| Tag::builder().name(format!("t{number}")));
        let tags = Tag::bulk_create(conn, new)?;
        let rust = Post::get_by_pk(conn, 1)?;
        let (done, set) = statements::count(conn, |conn| rust.set_tags(conn, &tags));
        done?;
        let (done, add) = statements::count(conn, |conn| rust.add_tags(conn, &tags));
        done?;
        let (done, has) = statements::count(conn, |conn| rust.has_tags(conn, &tags));
        assert!(done?);
        let (done, remove) = statements::count(conn, |conn| rust.remove_tags(conn, &tags));
        done?;
        assert_eq!(rust.count_tags(conn)?, 0);
        Ok([set, add, has, remove])
    };
    assert_eq!(counts(3)?, [4, 1, 1, 1]);
    assert_eq!(counts(300)?, [3 + inserts(300), inserts(300), 1, 1]);
    Ok(())
}

#[test]
fn forty_thousand_links_go_in_chunks_and_all_or_none() -> Result {
    let conn = &mut seeded();
    sql(
        conn,
        "INSERT INTO tags (id, name)
         WITH RECURSIVE n(i) AS (SELECT 101 UNION ALL SELECT i + 1 FROM n WHERE i < 40100)
         SELECT i, 't' || i FROM n",
    );
    let bread = bread(conn)?;
    bread.add_tags(conn, 101..=40_100)?;
    assert_eq!(bread.count_tags(conn)?, 40_000);
    bread.set_tags(conn, 101..=20_100)?;
    assert_eq!(bread.count_tags(conn)?, 20_000);
    let sum = "SELECT SUM(tag_id) FROM post_tags WHERE post_id = 5";
    assert_eq!(number(conn, sum), (101..=20_100).sum::<i64>());
    let error = bread.add_tags(conn, 20_101..=40_101).err();
    assert!(matches!(error, Some(Error::ForeignKeyViolation(_))));
    assert_eq!(bread.count_tags(conn)?, 20_000);
    Ok(())
}

#[test]
fn create_creates_and_links() -> Result {
    let conn = &mut seeded();
    let bread = bread(conn)?;
    let oven = bread.create_tag(conn, Tag::builder().name("oven"))?;
    assert_eq!(
        oven,
        Tag {
            id: 5,
            name: "oven".into()
        }
    );
    let link = PostTag::builder().relevance(6);
    let yeast = bread.create_tag_with(conn, Tag::builder().name("yeast"), link)?;
    assert_eq!(links(conn, 5)?, [(oven.id, 1), (yeast.id, 6)]);
    Ok(())
}

#[test]
fn create_writes_nothing_where_it_fails() -> Result {
    // SEED.31
    let conn = &mut seeded();
    let bread = bread(conn)?;
    let error = bread.create_tag(conn, Tag::builder().name("code")).err();
    assert!(matches!(error, Some(Error::UniqueViolation(_))));
    bread.destroy(conn)?;
    let error = bread.create_tag(conn, Tag::builder().name("oven")).err();
    assert!(matches!(error, Some(Error::ForeignKeyViolation(_))));
    assert_eq!((Tag::count(conn)?, PostTag::count(conn)?), (4, 6));
    Ok(())
}

#[test]
fn the_junction_is_a_model_of_its_own() -> Result {
    // SEED.13
    let conn = &mut seeded();
    let new = PostTag::builder().post_id(5).tag_id(4).relevance(10);
    let link = PostTag::create(conn, new)?;
    assert_eq!(PostTag::find_by_pk(conn, (5, 4))?, Some(link));
    assert!(bread(conn)?.has_tag(conn, 4)?);
    Ok(())
}

#[test]
fn links_go_with_either_end() -> Result {
    // MN.18
    let conn = &mut seeded();
    Post::get_by_pk(conn, 1)?.destroy(conn)?;
    assert_eq!(PostTag::count(conn)?, 4);
    Tag::get_by_pk(conn, 2)?.destroy(conn)?;
    assert_eq!(PostTag::count(conn)?, 2);
    Ok(())
}
