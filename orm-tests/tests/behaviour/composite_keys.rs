//! Primary keys of two, five and twelve columns, in targets and in sources of associations.

use crate::support::Result;
use chrono::NaiveDate;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, NONE};
use orm_tests::{Conn, connect_to, statements};

/// Models of which one, `Item`, has a key of several columns, and tests of all that can be done with it.
/// `$key` makes the key with a number, `$wrong` one that no row has.
macro_rules! keyed {
    ($name:ident, ($($field:ident: $type:ty),+), $key:expr, $wrong:expr) => {
        mod $name {
            use super::*;

            #[derive(Model, Debug, Clone, PartialEq)]
            #[has_many(Item, fk = "owner_id", as = "items")]
            #[has_one(Item, fk = "keeper_id", as = "kept")]
            #[belongs_to_many(Item, through = Pick, fk = "owner_id", other_key = "item_code", target_key = "code", as = "picks")]
            pub struct Owner {
                #[model(primary_key)]
                pub id: i32,
                pub name: String,
            }

            #[derive(Model, Debug, Clone, PartialEq)]
            #[belongs_to(Owner, fk = "owner_id", as = "owner")]
            #[belongs_to(Owner, fk = "keeper_id", as = "keeper")]
            #[has_many(Part, source_key = "code", fk = "item_code", as = "parts")]
            #[has_one(Part, source_key = "code", fk = "cover_of", as = "cover")]
            #[belongs_to_many(Owner, through = Pick, source_key = "code", fk = "item_code", other_key = "owner_id", as = "pickers")]
            pub struct Item {
                $(#[model(primary_key)] pub $field: $type,)+
                #[model(unique, length = 40)]
                pub code: String,
                pub owner_id: Option<i32>,
                pub keeper_id: Option<i32>,
                #[model(default)]
                pub note: i32,
            }

            #[derive(Model, Debug, Clone, PartialEq)]
            #[belongs_to(Item, fk = "item_code", target_key = "code", as = "item")]
            #[belongs_to(Item, fk = "cover_of", target_key = "code", as = "covered")]
            pub struct Part {
                #[model(primary_key)]
                pub id: i32,
                #[model(length = 40)]
                pub item_code: Option<String>,
                #[model(length = 40)]
                pub cover_of: Option<String>,
            }

            #[derive(Model, Debug, Clone, PartialEq)]
            pub struct Pick {
                #[model(primary_key)]
                pub owner_id: i32,
                #[model(primary_key, length = 40)]
                pub item_code: String,
                #[model(default = 1)]
                pub weight: i32,
            }

            orm_core::schema! { pub Store { Owner, Item, Part, Pick } }

            type Key = ($($type,)+);

            pub(super) fn key(number: i32) -> Key {
                let make: fn(i32) -> Key = $key;
                make(number)
            }

            /// A key that no row has.
            fn wrong(number: i32) -> Key {
                let make: fn(i32) -> Key = $wrong;
                make(number)
            }

            pub(super) fn new(number: i32) -> NewItem {
                let ($($field,)+) = key(number);
                NewItem {
                    $($field,)+
                    code: format!("code {number}"),
                    owner_id: None,
                    keeper_id: None,
                    note: Some(number),
                }
            }

            fn of(item: &Item) -> Key {
                ($(item.$field.clone(),)+)
            }

            fn notes(items: &[Item]) -> Vec<i32> {
                let mut notes: Vec<i32> = items.iter().map(|item| item.note).collect();
                notes.sort_unstable();
                notes
            }

            /// Two owners and twenty items.
            pub(super) fn store() -> Result<(Conn, Owner, Owner, Vec<Item>)> {
                let mut conn = connect_to::<Store>();
                let ann = Owner::create(&mut conn, Owner::builder().name("Ann"))?;
                let bo = Owner::create(&mut conn, Owner::builder().name("Bo"))?;
                let items = Item::bulk_create(&mut conn, (0..20).map(new))?;
                Ok((conn, ann, bo, items))
            }

            #[test]
            fn a_row_is_found_changed_and_deleted_by_the_whole_key() -> Result {
                let (mut conn, _, _, items) = store()?;
                let conn = &mut conn;
                assert_eq!(items.len(), 20);
                for (number, item) in (0..).zip(&items) {
                    assert_eq!(of(item), key(number));
                    assert_eq!(&Item::get_by_pk(conn, key(number))?, item);
                }
                assert_eq!(Item::find_by_pk(conn, key(20))?, None);
                let error = Item::get_by_pk(conn, key(20)).unwrap_err();
                let ($($field,)+) = key(20);
                let shown = [$(format!("{} = {:?}", stringify!($field), $field)),+];
                assert_eq!(
                    error.to_string(),
                    format!("no Item with {} in the database", shown.join(", "))
                );

                let (page, count) = Item::find_and_count_all(conn, items::note.ge(5), 3, 1)?;
                assert_eq!((notes(&page), count), (vec![6, 7, 8], 15));

                let mut item = Item::create(conn, new(20))?;
                item.update(conn, Item::changes().note(77))?;
                item.code = "changed".into();
                item.save(conn)?;
                assert_eq!(Item::get_by_pk(conn, key(20))?, item);
                assert_eq!(Item::count_where(conn, items::note.eq(77))?, 1);
                item.increment(conn, items::note, 1)?;
                let upserted = Item::upsert(conn, NewItem { note: Some(79), ..new(20) })?;
                assert_eq!((upserted.note, upserted.code.as_str()), (79, "code 20"));
                item.reload(conn)?;
                assert_eq!(item, upserted);
                assert_eq!(Item::count(conn)?, 21);
                item.destroy(conn)?;
                assert_eq!(Item::find_all(conn)?.len(), 20);
                assert!(matches!(item.reload(conn), Err(Error::NotFound { model: "Item", .. })));
                assert!(matches!(Item::create(conn, new(3)), Err(Error::UniqueViolation(_))));
                Ok(())
            }

            #[test]
            fn has_many() -> Result {
                let (mut conn, ann, bo, items) = store()?;
                let conn = &mut conn;
                ann.add_item(conn, key(1))?;
                ann.add_item(conn, &items[2])?;
                ann.add_items(conn, [key(3), key(4), key(3)])?;
                ann.add_items(conn, &items[5..7])?;
                assert_eq!(notes(&ann.get_items(conn)?), [1, 2, 3, 4, 5, 6]);
                assert_eq!(ann.count_items(conn)?, 6);
                let found: Vec<Item> = ann.query_items().filter(items::note.gt(4)).load(conn)?;
                assert_eq!(notes(&found), [5, 6]);
                assert!(ann.has_item(conn, key(1))?);
                assert!(!ann.has_item(conn, &items[7])?);
                assert!(ann.has_items(conn, [key(1), key(2), key(1)])?);
                assert!(!ann.has_items(conn, [key(1), wrong(1)])?);
                assert!(!ann.has_items(conn, [&items[1], &items[7]])?);

                bo.add_items(conn, [key(6), key(7)])?;
                assert_eq!(notes(&ann.get_items(conn)?), [1, 2, 3, 4, 5]);
                ann.remove_item(conn, key(1))?;
                ann.remove_items(conn, [key(2), key(7), wrong(3)])?;
                assert_eq!(notes(&ann.get_items(conn)?), [3, 4, 5]);
                assert_eq!(notes(&bo.get_items(conn)?), [6, 7]);

                ann.set_items(conn, [key(5), key(6), key(8)])?;
                assert_eq!(notes(&ann.get_items(conn)?), [5, 6, 8]);
                ann.set_items(conn, &items[8..10])?;
                assert_eq!(notes(&ann.get_items(conn)?), [8, 9]);
                let error = ann.set_items(conn, [key(10), wrong(1)]).unwrap_err();
                assert!(matches!(error, Error::NotFound { model: "Item", .. }), "{error}");
                assert_eq!(notes(&ann.get_items(conn)?), [8, 9]);
                ann.set_items(conn, NONE)?;
                assert_eq!(ann.count_items(conn)?, 0);

                let ($($field,)+) = key(20);
                let builder = Item::builder()$(.$field($field))+.code("made");
                let made = ann.create_item(conn, builder)?;
                assert_eq!((of(&made), made.owner_id), (key(20), Some(ann.id)));
                let more = [21, 22].map(|number| {
                    let ($($field,)+) = key(number);
                    Item::builder()$(.$field($field))+.code(format!("made {number}"))
                });
                assert_eq!(ann.create_items(conn, more)?.len(), 2);
                assert_eq!(ann.count_items(conn)?, 3);
                Ok(())
            }

            #[test]
            fn has_one() -> Result {
                let (mut conn, ann, bo, items) = store()?;
                let conn = &mut conn;
                assert!(!ann.has_kept(conn)?);
                ann.set_kept(conn, key(1))?;
                assert_eq!(ann.get_kept(conn)?.map(|item| of(&item)), Some(key(1)));
                ann.set_kept(conn, &items[2])?;
                assert_eq!(ann.get_kept(conn)?.map(|item| of(&item)), Some(key(2)));
                bo.set_kept(conn, key(2))?;
                assert!(!ann.has_kept(conn)?);
                let error = ann.set_kept(conn, wrong(1)).unwrap_err();
                assert!(matches!(error, Error::NotFound { model: "Item", .. }), "{error}");
                bo.set_kept(conn, None)?;
                assert!(!bo.has_kept(conn)?);
                ann.set_kept(conn, key(3))?;
                let ($($field,)+) = key(20);
                let made = ann.create_kept(conn, Item::builder()$(.$field($field))+.code("made"))?;
                assert_eq!(ann.get_kept(conn)?, Some(made));
                assert_eq!(Item::count_where(conn, items::keeper_id.is_not_null())?, 1);
                Ok(())
            }

            #[test]
            fn belongs_to_by_a_unique_field() -> Result {
                let (mut conn, ann, _, mut items) = store()?;
                let conn = &mut conn;
                let mut part = Part::create(conn, Part::builder())?;
                part.set_item(conn, key(4))?;
                assert_eq!(part.item_code.as_deref(), Some("code 4"));
                assert_eq!(part.get_item(conn)?, Some(items[4].clone()));
                part.set_item(conn, &items[5])?;
                assert_eq!(part.get_item(conn)?, Some(items[5].clone()));
                let error = part.set_item(conn, wrong(1)).unwrap_err();
                assert!(matches!(error, Error::NotFound { model: "Item", .. }), "{error}");
                part.set_item(conn, None)?;
                let ($($field,)+) = key(20);
                let made = part.create_item(conn, Item::builder()$(.$field($field))+.code("made"))?;
                assert_eq!(part.get_item(conn)?, Some(made));

                items[1].set_owner(conn, &ann)?;
                assert_eq!(items[1].get_owner(conn)?, Some(ann));
                assert_eq!(Item::count_where(conn, items::owner_id.is_not_null())?, 1);
                Ok(())
            }

            #[test]
            fn a_source_with_such_a_key() -> Result {
                let (mut conn, ann, bo, items) = store()?;
                let conn = &mut conn;
                let item = &items[3];
                let part = item.create_part(conn, Part::builder())?;
                assert_eq!(part.item_code.as_deref(), Some("code 3"));
                let other = Part::create(conn, Part::builder())?;
                item.set_parts(conn, [&other])?;
                assert_eq!(item.get_parts(conn)?.len(), 1);
                assert!(item.has_part(conn, other.id)?);
                item.set_cover(conn, &part)?;
                assert_eq!(item.get_cover(conn)?.map(|cover| cover.id), Some(part.id));
                item.set_pickers(conn, [&ann, &bo])?;
                item.remove_picker(conn, &ann)?;
                assert_eq!(item.get_pickers(conn)?, [bo.clone()]);
                let rows = Item::query()
                    .order(items::note.asc())
                    .include(Item::parts())
                    .include(Item::cover())
                    .include(Item::pickers())
                    .load(conn)?;
                assert_eq!(rows.len(), 20);
                assert_eq!(rows[3].parts[0].id, other.id);
                assert_eq!(rows[3].cover.as_ref().map(|cover| cover.id), Some(part.id));
                assert_eq!(rows[3].pickers[0].id, bo.id);
                assert!(rows[4].parts.is_empty() && rows[4].pickers.is_empty());
                Ok(())
            }

            #[test]
            fn belongs_to_many_by_a_unique_field() -> Result {
                let (mut conn, ann, bo, items) = store()?;
                let conn = &mut conn;
                ann.add_pick(conn, key(1))?;
                ann.add_picks(conn, [key(2), key(3), key(2)])?;
                ann.add_picks(conn, &items[4..6])?;
                assert_eq!(notes(&ann.get_picks(conn)?), [1, 2, 3, 4, 5]);
                assert_eq!(ann.count_picks(conn)?, 5);
                assert!(ann.has_picks(conn, [key(1), key(5)])?);
                assert!(!ann.has_pick(conn, key(6))?);
                ann.remove_pick(conn, key(1))?;
                ann.remove_picks(conn, [&items[2], &items[7]])?;
                assert_eq!(notes(&ann.get_picks(conn)?), [3, 4, 5]);
                bo.set_picks(conn, [key(5), key(6)])?;
                bo.set_picks(conn, [key(6), key(7)])?;
                assert_eq!(notes(&bo.get_picks(conn)?), [6, 7]);
                bo.set_picks_with(conn, [key(7), key(8)], Pick::builder().weight(9))?;
                bo.add_pick_with(conn, key(9), Pick::builder().weight(10))?;
                assert_eq!(Pick::count_where(conn, picks::weight.ge(9))?, 3);
                let error = bo.add_picks(conn, [key(1), wrong(1)]).unwrap_err();
                assert!(matches!(error, Error::NotFound { model: "Item", .. }), "{error}");
                let ($($field,)+) = key(20);
                let made = bo.create_pick(conn, Item::builder()$(.$field($field))+.code("made"))?;
                assert!(bo.has_pick(conn, &made)?);
                assert_eq!(bo.count_picks(conn)?, 4);
                Ok(())
            }

            #[test]
            fn includes_with_all_options() -> Result {
                let (mut conn, ann, bo, _) = store()?;
                let conn = &mut conn;
                ann.set_items(conn, (1..6).map(key))?;
                bo.set_items(conn, [key(6)])?;
                ann.set_kept(conn, key(6))?;
                ann.set_picks(conn, (1..4).map(key))?;
                bo.set_picks(conn, (3..6).map(key))?;
                let cy = Owner::create(conn, Owner::builder().name("Cy"))?;

                let all = Owner::query()
                    .order(owners::id.asc())
                    .include(Owner::items().include(Item::owner()).include(Item::pickers().count()))
                    .include(Owner::kept())
                    .include(Owner::picks().order(items::note.desc()))
                    .load(conn)?;
                assert_eq!(all.len(), 3);
                assert_eq!(all[0].items.len(), 5);
                for item in &all[0].items {
                    assert_eq!(item.owner.as_ref(), Some(&ann));
                    assert_eq!(item.pickers, if item.note == 3 { 2 } else { 1 });
                }
                assert_eq!(all[0].kept.as_ref().map(|item| item.note), Some(6));
                assert_eq!(all[0].picks.iter().map(|item| item.note).collect::<Vec<_>>(), [3, 2, 1]);
                assert_eq!(all[2].id, cy.id);
                assert!(all[2].items.is_empty() && all[2].kept.is_none());

                let some = Owner::query()
                    .order(owners::id.asc())
                    .include(Owner::items().order(items::note.desc()).limit(2).offset(1))
                    .include(Owner::picks().limit(2))
                    .load(conn)?;
                assert_eq!(some[0].items.iter().map(|item| item.note).collect::<Vec<_>>(), [4, 3]);
                assert_eq!(some[0].picks.iter().map(|item| item.note).collect::<Vec<_>>(), [1, 2]);
                assert!(some[1].items.is_empty());
                assert_eq!(some[1].picks.iter().map(|item| item.note).collect::<Vec<_>>(), [3, 4]);

                // Without an order, the first are those with the least keys.
                let first = Owner::query()
                    .order(owners::id.asc())
                    .include(Owner::items().limit(2).include(Item::parts()))
                    .include(Owner::picks().count())
                    .load(conn)?;
                assert_eq!(first[0].items.iter().map(|item| item.note).collect::<Vec<_>>(), [1, 2]);
                assert_eq!(first[1].items.len(), 1);
                assert_eq!([first[0].picks, first[1].picks, first[2].picks], [3, 3, 0]);

                let required = Owner::query()
                    .include(Owner::items().filter(items::note.eq(6)).required())
                    .include(Owner::picks().required().without_through())
                    .load(conn)?;
                assert_eq!(required.len(), 1);
                assert_eq!((required[0].id, required[0].picks.len()), (bo.id, 3));
                Ok(())
            }

            #[test]
            fn short_lists_share_a_text() -> Result {
                let (mut conn, ann, ..) = store()?;
                let conn = &mut conn;
                let mut text = |count: i32| -> Result<String> {
                    let (done, sent) = statements::of(conn, |conn| {
                        ann.add_items(conn, (0..count).map(key))
                    });
                    done?;
                    let text = sent.concat();
                    Ok(text.split("-- binds").next().unwrap_or_default().to_owned())
                };
                assert_eq!(text(3)?, text(4)?);
                assert_eq!(text(5)?, text(8)?);
                assert_ne!(text(4)?, text(5)?);
                Ok(())
            }
        }
    };
}

/// The binds of a statement, and half as many again: a statement binds half of what it may.
const MANY: i32 = if cfg!(feature = "sqlite") {
    40_000
} else {
    80_000
};

fn day(number: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(740_000 + number).unwrap_or_default()
}

keyed!(
    of_two,
    (a: i32, b: String),
    |n| (n / 10, format!("{n:05}")),
    |n| (n + 1, format!("{n:05}"))
);
keyed!(
    of_five,
    (a: String, b: i64, c: bool, d: i16, e: NaiveDate),
    |n| ("a".into(), (n / 10).into(), false, 3, day(n)),
    |n| ("a".into(), (n / 10).into(), true, 3, day(n))
);
keyed!(
    of_twelve,
    (a: i32, b: i32, c: String, d: i64, e: i32, f: bool, g: i16, h: NaiveDate, i: i32, j: i64, k: String, l: i32),
    |n| (1, n / 10, "c".into(), 4, 5, true, 7, day(8), 9, 10, "k".into(), n),
    |n| (1, n / 10, "C".into(), 4, 5, true, 7, day(8), 9, 10, "k".into(), n)
);

#[test]
fn very_many_keys_are_bound_in_chunks() -> Result {
    use of_twelve::{Item, key, new, store};

    let (mut conn, ann, bo, _) = store()?;
    let conn = &mut conn;
    let many = 20..20 + MANY / 12;
    Item::bulk_create(conn, many.clone().map(new))?;
    let (done, sent) = statements::count(conn, |conn| ann.add_items(conn, many.clone().map(key)));
    done?;
    assert_eq!(sent, 3);
    assert!(ann.has_items(conn, many.clone().map(key))?);
    assert!(!ann.has_items(conn, many.clone().chain([1]).map(key))?);
    let count = i64::from(many.end - many.start);
    assert_eq!(ann.count_items(conn)?, count);
    bo.set_items(conn, many.clone().skip(1).map(key))?;
    assert_eq!(bo.count_items(conn)?, count - 1);
    bo.remove_items(conn, many.clone().map(key))?;
    assert_eq!((ann.count_items(conn)?, bo.count_items(conn)?), (1, 0));
    bo.set_picks(conn, many.clone().map(key))?;
    assert_eq!(bo.count_picks(conn)?, count);
    Ok(())
}

/// A junction as the target of a `has_many`, whose foreign key is a part of its key.
mod linked {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(PostTag, fk = "post_id", as = "links")]
    #[has_one(PostTag, fk = "post_id", as = "link_of_one", skip = "get_link_of_one")]
    #[belongs_to_many(Tag, through = PostTag, fk = "post_id", other_key = "tag", as = "tags")]
    pub struct Post {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(PostTag, fk = "tag", as = "links")]
    pub struct Tag {
        #[model(primary_key, length = 20)]
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Post, fk = "post_id", as = "post")]
    #[belongs_to(Tag, fk = "tag", as = "named")]
    pub struct PostTag {
        #[model(primary_key)]
        pub post_id: i32,
        #[model(primary_key, length = 20)]
        pub tag: String,
        #[model(default = 1)]
        pub weight: i32,
    }

    orm_core::schema! { pub Blog { Post, Tag, PostTag } }
}

#[test]
fn a_junction_is_a_target_like_others() -> Result {
    use linked::{Blog, Post, PostTag, Tag, post_tags, posts};

    let conn = &mut connect_to::<Blog>();
    let posts = Post::bulk_create(conn, [Post::builder(), Post::builder()])?;
    let names = ["orm", "rust", "sql"];
    Tag::bulk_create(conn, names.map(|name| Tag::builder().name(name)))?;
    let [one, two] = [&posts[0], &posts[1]];
    one.add_tags(conn, names)?;
    let rust = PostTag::get_by_pk(conn, (one.id, "rust".to_owned()))?;
    assert!(one.has_link(conn, &rust)?);
    // A text is taken in a tuple as it is taken alone.
    assert!(one.has_links(conn, [(one.id, "orm"), (one.id, "sql")])?);
    assert!(!one.has_links(conn, [(one.id, "orm"), (two.id, "orm")])?);
    assert_eq!(one.count_links(conn)?, 3);

    two.add_links(conn, [(one.id, "rust"), (one.id, "sql")])?;
    assert_eq!(one.get_links(conn)?.len(), 1);
    assert!(two.has_link(conn, (two.id, "rust".to_owned()))?);
    two.create_link(conn, PostTag::builder().tag("orm").weight(7))?;
    assert_eq!(two.count_links(conn)?, 3);
    let error = one.add_links(conn, [(two.id, "sql"), (9, "sql")]);
    let error = error.unwrap_err().to_string();
    assert!(error.contains("post_id, tag among"), "{error}");
    assert_eq!(two.count_links(conn)?, 3);

    let rows = Post::query()
        .order(posts::id.asc())
        .include(
            Post::links()
                .order(post_tags::tag.desc())
                .limit(2)
                .include(PostTag::named()),
        )
        .include(Post::tags())
        .load(conn)?;
    let links: Vec<&str> = rows[1]
        .links
        .iter()
        .map(|link| link.named.name.as_str())
        .collect();
    assert_eq!(links, ["sql", "rust"]);
    assert_eq!(rows[1].tags.len(), 3);
    assert!(two.has_link_of_one(conn)?);
    let error = two.set_link_of_one(conn, (one.id, "orm")).unwrap_err();
    assert!(matches!(error, Error::AlreadyLinked { .. }), "{error}");
    Ok(())
}
