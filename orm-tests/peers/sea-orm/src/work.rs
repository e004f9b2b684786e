//! The pieces of work. There is no limit per parent, so nothing stands for the top five.

use sea_orm::ActiveValue::{NotSet, Set, Unchanged};
use sea_orm::QuerySelect;
use sea_orm::{DatabaseConnection, DerivePartialModel, EntityTrait, QueryOrder, prelude::*};
use worker::{MUCH_TAGGED, WANTED, Work, key};

use crate::entities::{author, comment, post, post_tag, section, tag};

type Db = DatabaseConnection;

/// `returning`: whether rows that are inserted together come back.
pub fn all(returning: bool) -> Vec<Work<Db>> {
    let mut all = vec![
        find_by_key(),
        first(),
        create_one(),
        has_many("has_many 100 × 10", 100),
        has_many("has_many 10,000 × 10", 10_000),
        three_levels(),
        many_to_many("many-to-many 1,000 × 3", 1_000),
        many_to_many("many-to-many 10,000 × 3", 10_000),
        belongs_to(),
        count(),
        set_tags(),
    ];
    if returning {
        all.push(bulk_create("bulk create 100", 100));
        all.push(bulk_create("bulk create 1,000", 1_000));
    }
    all
}

fn find_by_key() -> Work<Db> {
    Work::reading("find by key", async |db: &mut Db, turn| {
        let found = author::Entity::find_by_id(key(turn)).one(db).await;
        found.expect("a query").expect("an author")
    })
}

fn first() -> Work<Db> {
    Work::reading("first of a filtered query", async |db: &mut Db, turn| {
        let email = format!("author{}@example.org", key(turn));
        author::Entity::find()
            .filter(author::COLUMN.email.eq(email))
            .filter(author::COLUMN.age.gt(10))
            .one(db)
            .await
            .expect("a query")
            .expect("an author")
    })
}

fn new(number: i32) -> author::ActiveModel {
    author::ActiveModel {
        id: NotSet,
        name: Set(format!("new author {number}")),
        email: Set(format!("new{number}@example.org")),
        bio: Set((number % 2 == 0).then(|| format!("writes about {number}"))),
        age: Set(40),
        score: Set(1.5),
        active: Set(true),
    }
}

/// Keys go on, so they are not shown.
fn without_keys(created: Vec<author::Model>) -> String {
    let created = created.into_iter();
    let created: Vec<_> = created.map(|row| author::Model { id: 0, ..row }).collect();
    format!("{created:?}")
}

fn create_one() -> Work<Db> {
    Work::new(
        "create one, row returned",
        async |db: &mut Db, _| new(1).insert(db).await.expect("an author"),
        async |_: &mut Db, created| without_keys(vec![created]),
    )
}

fn bulk_create(name: &'static str, count: i32) -> Work<Db> {
    Work::new(
        name,
        async move |db: &mut Db, _| {
            author::Entity::insert_many((0..count).map(new))
                .exec_with_returning(db)
                .await
                .expect("authors")
        },
        async |_: &mut Db, created| without_keys(created),
    )
}

fn has_many(name: &'static str, parents: i32) -> Work<Db> {
    Work::reading(name, async move |db: &mut Db, _| {
        author::Entity::load()
            .filter(author::COLUMN.id.lte(parents))
            .with(post::Entity)
            .all(db)
            .await
            .expect("authors")
    })
}

fn three_levels() -> Work<Db> {
    Work::reading("three levels, 1,000 × 10 × 3", async |db: &mut Db, _| {
        author::Entity::load()
            .filter(author::COLUMN.id.lte(1_000))
            .with((post::Entity, comment::Entity))
            .all(db)
            .await
            .expect("authors")
    })
}

/// Through the entity of the junction, because its column is wanted as well.
fn many_to_many(name: &'static str, parents: i32) -> Work<Db> {
    Work::reading(name, async move |db: &mut Db, _| {
        post::Entity::load()
            .filter(post::COLUMN.id.lte(parents))
            .with((post_tag::Entity, tag::Entity))
            .all(db)
            .await
            .expect("posts")
    })
}

fn belongs_to() -> Work<Db> {
    let name = "belongs_to, 10,000 rows of 100 parents";
    Work::reading(name, async |db: &mut Db, _| {
        post::Entity::load()
            .filter(post::COLUMN.id.lte(10_000))
            .with(section::Entity)
            .all(db)
            .await
            .expect("posts")
    })
}

#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "author::Entity")]
struct Counted {
    #[sea_orm(nested)]
    _author: author::Model,
    #[sea_orm(from_expr = "post::COLUMN.id.count()")]
    _posts: i64,
}

fn count() -> Work<Db> {
    Work::reading("count per parent, 1,000 × 10", async |db: &mut Db, _| {
        author::Entity::find()
            .filter(author::COLUMN.id.lte(1_000))
            .left_join(post::Entity)
            .group_by(author::COLUMN.id)
            .into_partial_model::<Counted>()
            .all(db)
            .await
            .expect("authors")
    })
}

fn set_tags() -> Work<Db> {
    Work::new(
        "set_tags of 100, 10 changed",
        async |db: &mut Db, _| {
            let mut post = post::ActiveModel {
                id: Unchanged(MUCH_TAGGED),
                ..Default::default()
            }
            .into_ex();
            // As much as is needed of the tags, which a caller has at hand.
            let tags = WANTED.map(|id| {
                let tag = tag::ActiveModel {
                    id: Unchanged(id),
                    ..Default::default()
                };
                tag.into_ex()
            });
            post.tags.replace_all(tags);
            post.save(db).await.expect("the tags are set");
        },
        async |db: &mut Db, ()| {
            let links = post_tag::Entity::find()
                .filter(post_tag::COLUMN.post_id.eq(MUCH_TAGGED))
                .order_by_asc(post_tag::COLUMN.tag_id)
                .all(db)
                .await
                .expect("links");
            let links: Vec<_> = links
                .iter()
                .map(|row| (row.tag_id, row.relevance))
                .collect();
            format!("{links:?}")
        },
    )
}
