//! Columns with names that our statements might use, in raw SQL of the user.

use crate::support::Result;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to};
use shelf::*;

mod shelf {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Book, fk = "shelf_id", as = "books")]
    #[belongs_to_many(Label, through = Sticker, fk = "shelf_id", other_key = "label_id", as = "labels")]
    pub struct Shelf {
        #[model(primary_key)]
        pub id: i32,
        pub key: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Shelf, fk = "shelf_id", as = "shelf")]
    pub struct Book {
        #[model(primary_key)]
        pub id: i32,
        pub shelf_id: i32,
        pub key: i32,
        pub orm_rank: i32,
        pub orm_parent: i32,
        pub orm_slice: i32,
        pub value: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Label {
        #[model(primary_key)]
        pub id: i32,
        pub key: i32,
        pub orm_rank: i32,
        pub orm_target: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Sticker {
        #[model(primary_key)]
        pub label_id: i32,
        #[model(primary_key)]
        pub shelf_id: i32,
        pub key: i32,
        pub orm_rank: i32,
        pub orm_link: i32,
    }

    orm_core::schema! { pub Room { Shelf, Book, Label, Sticker } }
}

/// Two shelves with three books and three labels each; the numbers of a row, whose names differ, are all
/// alike, and none is a key.
fn room() -> Result<Conn> {
    let mut conn = connect_to::<Room>();
    let shelf = || Shelf::builder().key(100);
    Shelf::bulk_create(&mut conn, [shelf(), shelf()])?;
    let numbers = [(1, 30), (1, 20), (1, 10), (2, 25), (2, 15), (2, 5)];
    let book = |(shelf, n): (i32, i32)| {
        let book = Book::builder().shelf_id(shelf).key(n).value(n);
        book.orm_rank(n).orm_parent(n).orm_slice(n)
    };
    Book::bulk_create(&mut conn, numbers.map(book))?;
    let label = |n| Label::builder().key(n).orm_rank(n).orm_target(n);
    Label::bulk_create(&mut conn, [30, 20, 10].map(label))?;
    let links = [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)];
    let link = |(shelf, label): (i32, i32)| {
        let (link, n) = (Sticker::builder(), 10 * label);
        let link = link.shelf_id(shelf).label_id(label);
        link.key(n).orm_rank(n).orm_link(n)
    };
    Sticker::bulk_create(&mut conn, links.map(link))?;
    Ok(conn)
}

fn is(text: &str) -> diesel::expression::SqlLiteral<Bool> {
    sql::<Bool>(text)
}

fn by(text: &str) -> diesel::expression::SqlLiteral<Integer> {
    sql::<Integer>(text)
}

/// The names of columns, as raw SQL may write them.
const OF_BOOKS: [&str; 5] = ["key", "orm_rank", "orm_parent", "orm_slice", "value"];
const OF_LABELS: [&str; 3] = ["key", "orm_rank", "orm_target"];
const OF_STICKERS: [&str; 3] = ["key", "orm_rank", "orm_link"];

fn name(name: &str) -> String {
    match cfg!(feature = "mysql") {
        true => format!("`{name}`"),
        false => name.to_owned(),
    }
}

fn keys(books: &[Book]) -> Vec<i32> {
    books.iter().map(|book| book.key).collect()
}

/// Books of each shelf, by this loader.
macro_rules! books {
    ($conn:expr, $loader:expr) => {{
        let shelves = Shelf::query().order(shelves::id.asc());
        let shelves = shelves.include($loader).load($conn)?;
        let books: Vec<_> = shelves.iter().map(|shelf| keys(&shelf.books)).collect();
        books
    }};
}

/// Labels of each shelf, by this loader.
macro_rules! labels {
    ($conn:expr, $loader:expr) => {{
        let shelves = Shelf::query().order(shelves::id.asc());
        let shelves = shelves.include($loader).load($conn)?;
        let labels: Vec<Vec<_>> = shelves
            .iter()
            .map(|shelf| shelf.labels.iter().map(|label| label.key).collect())
            .collect();
        labels
    }};
}

#[test]
fn a_filter_and_an_order_of_an_include_mean_the_target() -> Result {
    let conn = &mut room()?;
    for column in OF_BOOKS {
        let column = name(column);
        let (above, order) = (is(&format!("{column} > 5")), by(&column));
        let all = Shelf::books().filter(above.clone()).order(order.clone());
        assert_eq!(
            books!(conn, all),
            [vec![10, 20, 30], vec![15, 25]],
            "{column}"
        );
        let first = Shelf::books().filter(above).order(order).limit(2);
        assert_eq!(books!(conn, first), [[10, 20], [15, 25]], "{column}");
        let last = Shelf::books().order(by(&format!("{column} DESC"))).limit(2);
        assert_eq!(books!(conn, last), [[30, 20], [25, 15]], "{column}");
        let second = Shelf::books().order(by(&column)).limit(1).offset(1);
        assert_eq!(books!(conn, second), [[20], [15]], "{column}");
    }
    Ok(())
}

#[test]
fn a_filter_and_an_order_of_an_include_through_a_junction_mean_the_target() -> Result {
    let conn = &mut room()?;
    for column in OF_LABELS {
        let column = name(column);
        let (above, order) = (is(&format!("{column} > 10")), by(&column));
        let all = Shelf::labels().filter(above.clone()).order(order.clone());
        assert_eq!(labels!(conn, all), [[20, 30], [20, 30]], "{column}");
        let first = Shelf::labels().filter(above).order(order).limit(1);
        assert_eq!(labels!(conn, first), [[20], [20]], "{column}");
    }
    for column in OF_STICKERS {
        let column = name(column);
        let above = is(&format!("{column} > 10"));
        let of_links = || {
            Shelf::labels()
                .through_filter(above.clone())
                .order(labels::key.asc())
        };
        assert_eq!(labels!(conn, of_links()), [[10, 20], [10, 20]], "{column}");
        assert_eq!(labels!(conn, of_links().limit(1)), [[10], [10]], "{column}");
    }
    Ok(())
}

#[test]
fn a_filter_of_a_count_and_of_a_required_include_means_the_target() -> Result {
    let conn = &mut room()?;
    for column in OF_BOOKS {
        let above = || is(&format!("{} > 25", name(column)));
        let shelves = Shelf::query().order(shelves::id.asc());
        let counted = shelves
            .include(Shelf::books().filter(above()).count())
            .load(conn)?;
        let counts: Vec<_> = counted.iter().map(|shelf| shelf.books).collect();
        assert_eq!(counts, [1, 0], "{column}");
        assert_eq!(
            books!(conn, Shelf::books().filter(above()).required()),
            [[30]],
            "{column}"
        );
    }
    for column in OF_LABELS {
        let above = || is(&format!("{} > 10", name(column)));
        let shelves = Shelf::query().order(shelves::id.asc());
        let counted = shelves
            .include(Shelf::labels().filter(above()).count())
            .load(conn)?;
        let counts: Vec<_> = counted.iter().map(|shelf| shelf.labels).collect();
        assert_eq!(counts, [2, 2], "{column}");
    }
    let above = is(&format!("{} > 99", name("key")));
    assert_eq!(Shelf::find_where(conn, above)?.len(), 2);
    Ok(())
}

#[test]
fn an_or_in_raw_sql_keeps_to_itself() -> Result {
    let conn = &mut room()?;
    let either = || {
        is(&format!(
            "{key} = 30 OR {key} = 25 OR {key} = 5",
            key = name("key")
        ))
    };
    let all = Shelf::books().filter(either()).order(books::id.asc());
    assert_eq!(books!(conn, all), [vec![30], vec![25, 5]]);
    let first = Shelf::books()
        .filter(either())
        .order(books::id.asc())
        .limit(1);
    assert_eq!(books!(conn, first), [[30], [25]]);
    let (one, other) = (books::key.eq(30), books::key.eq(5));
    let two = || Shelf::books().filter(either()).filter(one).or_filter(other);
    assert_eq!(books!(conn, two()), [[30], [5]]);
    assert_eq!(
        books!(conn, two().order(books::id.asc()).limit(1)),
        [[30], [5]]
    );
    Ok(())
}
