//! What all kinds of associations share: several between the same models, other keys, and the
//! user's own methods.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, NONE};
use orm_tests::{Conn, connect_to, statements};

mod press {
    use diesel::prelude::*;
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(
        Article,
        fk = "author_id",
        as = "authored_articles",
        skip = "get_authored_articles",
        skip = "count_authored_articles"
    )]
    #[has_many(Article, fk = "editor_id", as = "edited_articles")]
    #[has_many(Article, fk = "desk", source_key = "desk", as = "filed_articles")]
    #[has_one(Badge, fk = "desk", source_key = "desk", as = "badge")]
    pub struct Writer {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique)]
        pub desk: Option<String>,
    }

    impl Writer {
        /// The user's own getter: the newest first.
        pub fn get_authored_articles(
            &self,
            conn: &mut orm_tests::Conn,
        ) -> QueryResult<Vec<Article>> {
            self.query_authored_articles()
                .order(articles::id.desc())
                .load(conn)
        }
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Writer, fk = "author_id", as = "author")]
    #[belongs_to(Writer, fk = "editor_id", as = "editor")]
    #[belongs_to(Writer, fk = "desk", target_key = "desk", as = "keeper")]
    pub struct Article {
        #[model(primary_key)]
        pub id: i32,
        pub author_id: i32,
        pub editor_id: Option<i32>,
        pub desk: Option<String>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Writer, fk = "desk", target_key = "desk", as = "writer")]
    pub struct Badge {
        #[model(primary_key)]
        pub id: i32,
        pub desk: Option<String>,
    }

    orm_core::schema! { pub Press { Writer, Article, Badge } }
}
use press::*;

/// Writers at the desks "north" and "south" and one at none; three articles of the first.
fn press() -> Result<Conn> {
    let mut conn = connect_to::<Press>();
    let desks = [Some("north"), Some("south"), None];
    let desk = |desk: Option<&str>| Writer::builder().desk(desk.map(str::to_owned));
    Writer::bulk_create(&mut conn, desks.map(desk))?;
    let article = |editor| Article::builder().author_id(1).editor_id(editor);
    Article::bulk_create(&mut conn, [Some(2), Some(1), None].map(article))?;
    Ok(conn)
}

fn writer(conn: &mut Conn, id: i32) -> Result<Writer> {
    Writer::get_by_pk(conn, id)
}

fn ids(articles: &[Article]) -> Vec<i32> {
    articles.iter().map(|article| article.id).collect()
}

#[test]
fn two_associations_between_the_same_models() -> Result {
    // SEED.20, AC.15
    let conn = &mut press()?;
    let writers = Writer::query()
        .order(writers::id.asc())
        .include(Writer::authored_articles().order(articles::id.asc()))
        .include(Writer::edited_articles())
        .load(conn)?;
    let rows: Vec<_> = writers
        .iter()
        .map(|w| (ids(&w.authored_articles), ids(&w.edited_articles)))
        .collect();
    assert_eq!(
        rows,
        [
            (vec![1, 2, 3], vec![2]),
            (vec![], vec![1]),
            (vec![], vec![])
        ]
    );
    let articles = Article::query()
        .order(articles::id.asc())
        .include(Article::author())
        .include(Article::editor())
        .load(conn)?;
    let rows: Vec<_> = articles
        .iter()
        .map(|article| (article.author.id, article.editor.as_ref().map(|e| e.id)))
        .collect();
    assert_eq!(rows, [(1, Some(2)), (1, Some(1)), (1, None)]);
    Ok(())
}

#[test]
fn each_has_methods_of_its_own() -> Result {
    // SEED.20
    let conn = &mut press()?;
    let south = writer(conn, 2)?;
    south.set_edited_articles(conn, [1, 3])?;
    assert_eq!(south.count_edited_articles(conn)?, 2);
    assert_eq!(
        ids(&writer(conn, 1)?.get_authored_articles(conn)?),
        [3, 2, 1]
    );
    let article = south.create_authored_article(conn, Article::builder().editor_id(3))?;
    assert_eq!((article.author_id, article.editor_id), (2, Some(3)));
    Ok(())
}

#[test]
fn a_method_that_the_user_writes_is_kept() -> Result {
    // AC.32
    let conn = &mut press()?;
    assert_eq!(
        ids(&writer(conn, 1)?.get_authored_articles(conn)?),
        [3, 2, 1]
    );
    Ok(())
}

#[test]
fn a_source_key_links_by_another_unique_field() -> Result {
    // AC.28
    let conn = &mut press()?;
    let north = writer(conn, 1)?;
    north.add_filed_articles(conn, [1, 2])?;
    assert_eq!(Article::get_by_pk(conn, 2)?.desk.as_deref(), Some("north"));
    assert_eq!(north.count_filed_articles(conn)?, 2);
    assert!(north.has_filed_article(conn, 1)?);
    north.set_filed_articles(conn, [2, 3])?;
    assert_eq!(ids(&north.get_filed_articles(conn)?), [2, 3]);
    let made = north.create_filed_article(conn, Article::builder().author_id(2))?;
    assert_eq!(made.desk.as_deref(), Some("north"));
    north.remove_filed_articles(conn, [2, 3, 4])?;
    assert_eq!(north.count_filed_articles(conn)?, 0);
    Ok(())
}

#[test]
fn a_target_key_is_looked_up_from_a_primary_key() -> Result {
    // AC.22, AC.28
    let conn = &mut press()?;
    let mut article = Article::get_by_pk(conn, 1)?;
    let south = writer(conn, 2)?;
    article.set_keeper(conn, &south)?;
    assert_eq!(article.desk.as_deref(), Some("south"));
    article.set_keeper(conn, 1)?;
    assert_eq!(Article::get_by_pk(conn, 1)?.desk.as_deref(), Some("north"));
    assert_eq!(article.get_keeper(conn)?.map(|w| w.id), Some(1));
    let error = article.set_keeper(conn, 9).err();
    assert!(
        matches!(
            error,
            Some(Error::NotFound {
                model: "Writer",
                ..
            })
        ),
        "{error:?}"
    );
    assert_eq!(article.desk.as_deref(), Some("north"));
    let east = article.create_keeper(conn, Writer::builder().desk("east"))?;
    assert_eq!((east.id, article.desk.as_deref()), (4, Some("east")));
    Ok(())
}

#[test]
fn other_keys_can_be_included() -> Result {
    // AC.28
    let conn = &mut press()?;
    writer(conn, 2)?.add_filed_articles(conn, [1, 3])?;
    writer(conn, 2)?.create_badge(conn, Badge::builder())?;
    let writers = Writer::query()
        .order(writers::id.asc())
        .include(Writer::filed_articles().order(articles::id.desc()).limit(1))
        .include(Writer::badge())
        .load(conn)?;
    let rows: Vec<_> = writers
        .iter()
        .map(|w| {
            (
                ids(&w.filed_articles),
                w.badge.as_ref().map(|badge| badge.id),
            )
        })
        .collect();
    assert_eq!(rows, [(vec![], None), (vec![3], Some(1)), (vec![], None)]);
    let kept = Article::query()
        .order(articles::id.asc())
        .include(Article::keeper().required())
        .load(conn)?;
    assert_eq!(
        kept.iter().map(|a| (a.id, a.keeper.id)).collect::<Vec<_>>(),
        [(1, 2), (3, 2)]
    );
    Ok(())
}

#[test]
fn a_row_whose_own_key_is_null_has_no_links_and_takes_none() -> Result {
    let conn = &mut press()?;
    let nowhere = writer(conn, 3)?;
    assert_eq!(
        (
            nowhere.get_filed_articles(conn)?,
            nowhere.count_filed_articles(conn)?
        ),
        (vec![], 0)
    );
    assert_eq!(nowhere.get_badge(conn)?, None);
    for error in [
        nowhere.add_filed_articles(conn, [1]).err(),
        nowhere.set_filed_articles(conn, NONE).err(),
        nowhere.create_badge(conn, Badge::builder()).err(),
    ] {
        assert!(
            matches!(
                error,
                Some(Error::NullKey {
                    model: "Writer",
                    ..
                })
            ),
            "{error:?}"
        );
    }
    let mut article = Article::get_by_pk(conn, 1)?;
    let error = article.set_keeper(conn, &nowhere).err();
    assert!(
        matches!(
            error,
            Some(Error::NullKey {
                model: "Writer",
                ..
            })
        ),
        "{error:?}"
    );
    assert_eq!(Badge::count(conn)?, 0);
    Ok(())
}

#[test]
fn a_getter_over_a_null_key_sends_nothing() -> Result {
    let conn = &mut press()?;
    let article = Article::get_by_pk(conn, 3)?;
    let (editor, sent) = statements::count(conn, |conn| article.get_editor(conn));
    assert_eq!((editor?, sent), (None, 0));
    Ok(())
}

#[test]
fn a_connection_may_be_generic() -> Result {
    fn found<C>(conn: &mut C, desk: &str) -> Result<Writer>
    where
        C: orm_core::Connection,
        Writer: orm_core::Create<C>,
    {
        Writer::create(conn, Writer::builder().desk(desk))
    }
    let conn = &mut press()?;
    assert_eq!(found(conn, "west")?.id, 4);
    Ok(())
}
