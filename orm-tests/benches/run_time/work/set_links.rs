//! A hundred links of a row are set, of which ten are others than before.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::harness::Work;
use crate::models::{self, post_tags};
use crate::seed::{self, MUCH_TAGGED};
use crate::stage::Stage;

/// The tags 1 to 100 are linked.
const WANTED: std::ops::RangeInclusive<i32> = 11..=110;

pub fn work() -> Work<Stage> {
    let mut work = Work {
        name: "set_tags of 100, 10 changed",
        variants: Vec::new(),
        reset: Box::new(|stage: &mut Stage| stage.run(&seed::much_tagged())),
        repeats: false,
    };
    work = work.idiom(idiom, |()| String::new());
    work = work.ours(ours, |()| String::new());
    work = work.fast(fast, |()| String::new());
    // What is shown of each is what the table holds then.
    for variant in &mut work.variants {
        variant.then_show(|stage| format!("{:?}", linked(stage)));
    }
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = with_floor(work);
    work
}

fn linked(stage: &mut Stage) -> Vec<(i32, i32)> {
    post_tags::table
        .filter(post_tags::post_id.eq(MUCH_TAGGED))
        .select((post_tags::tag_id, post_tags::relevance))
        .order(post_tags::tag_id)
        .load(&mut stage.conn)
        .expect("links")
}

/// Reads what is there, and writes what differs.
fn idiom(stage: &mut Stage) {
    let wanted: HashSet<i32> = WANTED.collect();
    stage
        .conn
        .transaction(|conn| {
            let of_post = post_tags::table.filter(post_tags::post_id.eq(MUCH_TAGGED));
            let there: Vec<i32> = of_post.select(post_tags::tag_id).load(conn)?;
            let there: HashSet<i32> = there.into_iter().collect();
            diesel::delete(of_post.filter(post_tags::tag_id.eq_any(there.difference(&wanted))))
                .execute(conn)?;
            let new: Vec<_> = wanted
                .difference(&there)
                .map(|tag| {
                    (
                        post_tags::post_id.eq(MUCH_TAGGED),
                        post_tags::tag_id.eq(*tag),
                    )
                })
                .collect();
            diesel::insert_into(post_tags::table)
                .values(&new)
                .execute(conn)
        })
        .expect("the links are set");
}

fn ours(stage: &mut Stage) {
    // As much as is needed of the row, which a caller has at hand.
    let post = models::Post {
        id: MUCH_TAGGED,
        author_id: 0,
        section_id: 0,
        title: String::new(),
        body: None,
        views: 0,
        published: false,
    };
    post.set_tags(&mut stage.conn, WANTED)
        .expect("the links are set");
}

/// Without reading: all others go, and those that are there stay.
fn fast(stage: &mut Stage) {
    let wanted: Vec<i32> = WANTED.collect();
    let new: Vec<_> = WANTED
        .map(|tag| {
            (
                post_tags::post_id.eq(MUCH_TAGGED),
                post_tags::tag_id.eq(tag),
            )
        })
        .collect();
    stage
        .conn
        .transaction(|conn| {
            let of_post = post_tags::table.filter(post_tags::post_id.eq(MUCH_TAGGED));
            diesel::delete(of_post.filter(post_tags::tag_id.ne_all(wanted))).execute(conn)?;
            #[cfg(all(feature = "postgres", not(feature = "sqlite")))]
            let insert = diesel::insert_into(post_tags::table)
                .values(&new)
                .on_conflict_do_nothing();
            #[cfg(not(all(feature = "postgres", not(feature = "sqlite"))))]
            let insert = diesel::insert_or_ignore_into(post_tags::table).values(&new);
            insert.execute(conn)
        })
        .expect("the links are set");
}

/// Reads what is there, and writes each row that differs.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn with_floor(work: Work<Stage>) -> Work<Stage> {
    let mut work = work.floor(
        |floor| {
            floor.transaction(|floor| {
                let sql = "SELECT tag_id FROM post_tags WHERE post_id = $1";
                let there = floor.rows(sql, &[&MUCH_TAGGED], |row| crate::floor::get(row, 0));
                let there: HashSet<i32> = there.into_iter().collect();
                for tag in there.iter().filter(|tag| !WANTED.contains(tag)) {
                    let sql = "DELETE FROM post_tags WHERE post_id = $1 AND tag_id = $2";
                    floor.rows(sql, &[&MUCH_TAGGED, tag], |_| ());
                }
                for tag in WANTED.filter(|tag| !there.contains(tag)) {
                    let sql = "INSERT INTO post_tags (post_id, tag_id) VALUES ($1, $2)";
                    floor.rows(sql, &[&MUCH_TAGGED, &tag], |_| ());
                }
            });
        },
        |()| String::new(),
    );
    if let Some(floor) = work.variants.last_mut() {
        floor.then_show(|stage| {
            let sql = "SELECT tag_id, relevance FROM post_tags WHERE post_id = $1 ORDER BY tag_id";
            let links = stage.floor.rows(sql, &[&MUCH_TAGGED], |row| {
                (
                    crate::floor::get::<i32>(row, 0),
                    crate::floor::get::<i32>(row, 1),
                )
            });
            format!("{links:?}")
        });
    }
    work
}
