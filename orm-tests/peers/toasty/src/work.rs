//! The pieces of work. There is no limit per parent and no count per parent, so nothing stands for the
//! top five and the counts.

use std::collections::HashSet;

use toasty::Db;
use worker::{MUCH_TAGGED, WANTED, Work, key};

use crate::models::{Author, Post, PostTag};

pub fn all(on_mariadb: bool) -> Vec<Work<Db>> {
    let mut all = vec![
        find_by_key(),
        first(),
        create_one(),
        bulk_create("bulk create 100", 100),
        bulk_create("bulk create 1,000", 1_000),
        has_many("has_many 100 × 10", 100),
        has_many("has_many 10,000 × 10", 10_000),
        three_levels(),
        many_to_many("many-to-many 1,000 × 3", 1_000),
        many_to_many("many-to-many 10,000 × 3", 10_000),
        belongs_to(),
    ];
    // Its DELETE names an alias, which MariaDB takes from 11.6 on.
    if !on_mariadb {
        all.push(set_tags());
    }
    all
}

fn find_by_key() -> Work<Db> {
    Work::reading("find by key", async |db: &mut Db, turn| {
        let found = Author::get_by_id(db, &key(turn)).await;
        found.expect("an author")
    })
}

fn first() -> Work<Db> {
    Work::reading("first of a filtered query", async |db: &mut Db, turn| {
        let email = format!("author{}@example.org", key(turn));
        Author::filter_by_email(email)
            .filter(Author::fields().age().gt(10))
            .first()
            .exec(db)
            .await
            .expect("a query")
            .expect("an author")
    })
}

/// The builder of a new author.
macro_rules! new {
    ($number:expr) => {
        toasty::create!(Author {
            name: format!("new author {}", $number),
            email: format!("new{}@example.org", $number),
            bio: ($number % 2 == 0).then(|| format!("writes about {}", $number)),
            age: 40,
            score: 1.5,
            active: true,
        })
    };
}

/// Keys go on, so they are not shown.
fn without_keys(created: Vec<Author>) -> String {
    let created = created.into_iter();
    let created: Vec<_> = created.map(|row| Author { id: 0, ..row }).collect();
    format!("{created:?}")
}

fn create_one() -> Work<Db> {
    Work::new(
        "create one, row returned",
        async |db: &mut Db, _| new!(1).exec(db).await.expect("an author"),
        async |_: &mut Db, created| without_keys(vec![created]),
    )
}

fn bulk_create(name: &'static str, count: i32) -> Work<Db> {
    Work::new(
        name,
        async move |db: &mut Db, _| {
            let none = Author::create_many();
            let all = (0..count).fold(none, |all, number| all.item(new!(number)));
            all.exec(db).await.expect("authors")
        },
        async |_: &mut Db, created| without_keys(created),
    )
}

fn has_many(name: &'static str, parents: i32) -> Work<Db> {
    Work::reading(name, async move |db: &mut Db, _| {
        Author::filter(Author::fields().id().le(parents))
            .include(Author::fields().posts())
            .exec(db)
            .await
            .expect("authors")
    })
}

fn three_levels() -> Work<Db> {
    Work::reading("three levels, 1,000 × 10 × 3", async |db: &mut Db, _| {
        Author::filter(Author::fields().id().le(1_000))
            .include(Author::fields().posts().comments())
            .exec(db)
            .await
            .expect("authors")
    })
}

/// Through the model of the junction, because its column is wanted as well.
fn many_to_many(name: &'static str, parents: i32) -> Work<Db> {
    Work::reading(name, async move |db: &mut Db, _| {
        Post::filter(Post::fields().id().le(parents))
            .include(Post::fields().links().tag())
            .exec(db)
            .await
            .expect("posts")
    })
}

fn belongs_to() -> Work<Db> {
    let name = "belongs_to, 10,000 rows of 100 parents";
    Work::reading(name, async |db: &mut Db, _| {
        Post::filter(Post::fields().id().le(10_000))
            .include(Post::fields().section())
            .exec(db)
            .await
            .expect("posts")
    })
}

/// Links are made and deleted as rows of the junction: there is no call that sets them.
fn set_tags() -> Work<Db> {
    Work::new(
        "set_tags of 100, 10 changed",
        async |db: &mut Db, _| {
            let wanted: HashSet<i32> = WANTED.collect();
            let mut tx = db.transaction().await.expect("a transaction");
            let there = PostTag::filter_by_post_id(MUCH_TAGGED)
                .select(PostTag::fields().tag_id())
                .exec(&mut tx)
                .await
                .expect("links");
            let there: HashSet<i32> = there.into_iter().collect();
            let gone: Vec<i32> = there.difference(&wanted).copied().collect();
            PostTag::filter_by_post_id(MUCH_TAGGED)
                .filter(PostTag::fields().tag_id().in_list(gone))
                .delete()
                .exec(&mut tx)
                .await
                .expect("links are deleted");
            let new = wanted.difference(&there);
            let none = PostTag::create_many();
            let all = new.fold(none, |all, tag| {
                all.item(toasty::create!(PostTag {
                    post_id: MUCH_TAGGED,
                    tag_id: *tag
                }))
            });
            all.exec(&mut tx).await.expect("links");
            tx.commit().await.expect("a commit");
        },
        async |db: &mut Db, ()| {
            let links = PostTag::filter_by_post_id(MUCH_TAGGED)
                .select((PostTag::fields().tag_id(), PostTag::fields().relevance()))
                .exec(db)
                .await;
            format!("{:?}", links.expect("links"))
        },
    )
}
