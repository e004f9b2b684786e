//! The methods of the side that holds the foreign key.

use crate::support::blog::*;
use crate::support::{Result, sql};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{foreign_keys_off, statements};

#[test]
fn get_gives_the_row_or_an_option() -> Result {
    // AC.20, AC.13
    let conn = &mut seeded();
    let tea = Post::get_by_pk(conn, 4)?;
    let author: User = tea.get_author(conn)?;
    assert_eq!(author.first_name, "Bob");
    let manager: Option<User> = author.get_manager(conn)?;
    assert_eq!(manager.map(|m| m.first_name), Some("Ann".into()));
    assert_eq!(User::get_by_pk(conn, 1)?.get_manager(conn)?, None);
    Ok(())
}

#[test]
fn get_of_a_dangling_key_is_an_error_or_none() -> Result {
    let conn = &mut seeded();
    foreign_keys_off(conn, |conn| {
        sql(conn, "UPDATE posts SET author_id = 77 WHERE id = 4");
        sql(conn, "UPDATE users SET manager_id = 88 WHERE id = 4");
    });
    let error = Post::get_by_pk(conn, 4)?.get_author(conn).err();
    assert_eq!(
        error.map(|e| e.to_string()).as_deref(),
        Some("Post.author: there is no User for author_id = 77")
    );
    assert_eq!(User::get_by_pk(conn, 4)?.get_manager(conn)?, None);
    Ok(())
}

#[test]
fn set_changes_the_row_here_and_in_the_database() -> Result {
    // AC.22
    let conn = &mut seeded();
    let mut tea = Post::get_by_pk(conn, 4)?;
    let cid = User::get_by_pk(conn, 3)?;
    tea.set_author(conn, &cid)?;
    assert_eq!((tea.author_id, Post::get_by_pk(conn, 4)?.author_id), (3, 3));
    tea.set_author(conn, 2)?;
    assert_eq!((tea.author_id, Post::get_by_pk(conn, 4)?.author_id), (2, 2));
    let ann = User::query()
        .filter(users::id.eq(1))
        .include(User::posts())
        .first(conn)?;
    tea.set_author(conn, &ann)?;
    assert_eq!(Post::get_by_pk(conn, 4)?, tea);
    Ok(())
}

#[test]
fn set_writes_that_one_column() -> Result {
    let conn = &mut seeded();
    let mut tea = Post::get_by_pk(conn, 4)?;
    tea.title = "never saved".into();
    let (done, sent) = statements::of(conn, |conn| tea.set_author(conn, 3));
    done?;
    assert_eq!(sent.len(), 1);
    let text = sent[0].replace(['`', '"'], "");
    assert!(text.starts_with("UPDATE posts SET author_id = "), "{text}");
    assert!(!text.contains("title"), "{text}");
    assert_eq!(Post::get_by_pk(conn, 4)?.title, "Tea");
    Ok(())
}

#[test]
fn set_to_none_unlinks_where_the_key_is_optional() -> Result {
    // AC.23
    let conn = &mut seeded();
    let mut bob = User::get_by_pk(conn, 2)?;
    bob.set_manager(conn, None)?;
    assert_eq!(
        (bob.manager_id, User::get_by_pk(conn, 2)?.manager_id),
        (None, None)
    );
    let dan = User::get_by_pk(conn, 4)?;
    bob.set_manager(conn, Some(&dan))?;
    assert_eq!(bob.reload(conn).map(|()| bob.manager_id)?, Some(4));
    Ok(())
}

#[test]
fn set_to_one_that_does_not_exist_changes_nothing() -> Result {
    let conn = &mut seeded();
    let mut tea = Post::get_by_pk(conn, 4)?;
    let error = tea.set_author(conn, 99).err();
    assert!(
        matches!(&error, Some(Error::ForeignKeyViolation(v)) if v.model == "Post"),
        "{error:?}"
    );
    assert_eq!((tea.author_id, Post::get_by_pk(conn, 4)?.author_id), (2, 2));
    Ok(())
}

#[test]
fn set_on_a_row_that_is_gone_is_not_found() -> Result {
    let conn = &mut seeded();
    let mut tea = Post::get_by_pk(conn, 4)?;
    tea.destroy(conn)?;
    let error = tea.set_author(conn, 1).err();
    assert!(matches!(&error, Some(Error::NotFound { model: "Post", key, .. }) if key == "id = 4"));
    assert_eq!(tea.author_id, 2);
    Ok(())
}

#[test]
fn create_creates_and_links() -> Result {
    let conn = &mut seeded();
    let mut bob = User::get_by_pk(conn, 2)?;
    let new = User::builder().first_name("Eve").email("eve@example.com");
    let eve = bob.create_manager(conn, new)?;
    assert_eq!((eve.id, bob.manager_id), (5, Some(5)));
    assert_eq!(User::get_by_pk(conn, 2)?, bob);
    Ok(())
}

#[test]
fn create_writes_nothing_where_it_fails() -> Result {
    // SEED.31
    let conn = &mut seeded();
    let mut dan = User::get_by_pk(conn, 4)?;
    dan.destroy(conn)?;
    let new = User::builder().first_name("Eve").email("eve@example.com");
    let error = dan.create_manager(conn, new).err();
    assert!(matches!(error, Some(Error::NotFound { model: "User", .. })));
    assert_eq!((User::count(conn)?, dan.manager_id), (3, Some(2)));
    Ok(())
}

#[test]
fn stating_the_key_is_the_same_as_setting_the_row() -> Result {
    // AC.35
    let conn = &mut seeded();
    let stated = Post::create(conn, Post::builder().author_id(3).title("a"))?;
    let mut set = Post::create(conn, Post::builder().author_id(1).title("a"))?;
    set.set_author(conn, 3)?;
    assert_eq!(stated.get_author(conn)?, set.get_author(conn)?);
    Ok(())
}

#[test]
fn a_tree_is_walked_up_and_down() -> Result {
    // SEED.18, SEED.19
    let conn = &mut seeded();
    let web = Category::get_by_pk(conn, 3)?;
    let code = web.get_parent(conn)?.expect("Code");
    assert_eq!(code.get_parent(conn)?.map(|c| c.name), Some("Tech".into()));
    assert_eq!(code.get_children(conn)?, [web]);
    let bob = User::query()
        .filter(users::id.eq(2))
        .include(User::manager())
        .include(User::subordinates())
        .first(conn)?;
    let manager = bob.manager.as_ref().map(|m| m.first_name.as_str());
    assert_eq!((manager, bob.subordinates.len()), (Some("Ann"), 1));
    Ok(())
}
