//! Reading and writing the rows of one model.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, INSERTING, connect_to, continue_ids, statements};
use shop::*;

mod shop {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Item {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique)]
        pub name: String,
        #[model(default = 7)]
        pub stock: i32,
        #[model(default = "none")]
        pub label: Option<String>,
        pub note: Option<String>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Price {
        #[model(primary_key)]
        pub item_id: i32,
        #[model(primary_key)]
        pub country: String,
        pub cents: i64,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Country {
        #[model(primary_key)]
        pub code: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Ticket {
        #[model(primary_key)]
        pub id: i64,
    }

    orm_core::schema! { pub Shop { Item, Price, Country, Ticket } }
}

fn shop() -> Conn {
    connect_to::<Shop>()
}

fn names(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| item.name.as_str()).collect()
}

#[test]
fn create_gives_the_row_with_its_key_and_defaults() -> Result {
    // MI.3, QB.1
    let conn = &mut shop();
    let item = Item::create(conn, Item::builder().name("a"))?;
    let expected = Item {
        id: 1,
        name: "a".into(),
        stock: 7,
        label: Some("none".into()),
        note: None,
    };
    assert_eq!(item, expected);
    assert_eq!(Item::find_all(conn)?, [expected]);
    Ok(())
}

#[test]
fn an_optional_column_takes_a_value_none_or_nothing() -> Result {
    let conn = &mut shop();
    let item = |name: &str| Item::builder().name(name);
    let new = item("a").label("x").note("y");
    let a = Item::create(conn, new)?;
    assert_eq!(
        (a.label.as_deref(), a.note.as_deref()),
        (Some("x"), Some("y"))
    );
    // NULL that is stated goes before the default.
    let b = Item::create(conn, item("b").label(None).note(None))?;
    assert_eq!((b.label, b.note), (None, None));
    let c = Item::create(conn, item("c").label(Some("z".to_owned())).stock(0))?;
    assert_eq!((c.label.as_deref(), c.stock), (Some("z"), 0));
    Ok(())
}

#[test]
fn the_insert_struct_says_the_same() -> Result {
    let conn = &mut shop();
    let new = NewItem {
        id: None,
        name: "a".into(),
        stock: Some(1),
        label: Some(None),
        note: Some("n".into()),
    };
    let item = Item::create(conn, new.clone())?;
    assert_eq!((item.id, item.stock, item.label), (1, 1, None));
    let others = ["b", "c"].map(|name| NewItem {
        name: name.into(),
        label: None,
        ..new.clone()
    });
    let others = Item::bulk_create(conn, others)?;
    assert_eq!(others[1].label.as_deref(), Some("none"));
    Ok(())
}

#[test]
fn a_generated_key_may_be_stated() -> Result {
    let conn = &mut shop();
    assert_eq!(Item::create(conn, Item::builder().id(40).name("a"))?.id, 40);
    continue_ids(conn, "items", "id");
    assert_eq!(Item::create(conn, Item::builder().name("b"))?.id, 41);
    let error = Item::create(conn, Item::builder().id(40).name("c")).err();
    assert!(matches!(error, Some(Error::UniqueViolation(v)) if v.columns == ["id"]));
    Ok(())
}

#[test]
fn a_key_may_be_a_text_or_composite() -> Result {
    // LG.6, MB.19
    let conn = &mut shop();
    Country::create(conn, Country::builder().code("it"))?;
    assert_eq!(Country::get_by_pk(conn, "it")?.code, "it");
    assert_eq!(Country::find_by_pk(conn, "de")?, None);
    let price = |country: &str, cents| Price::builder().item_id(1).country(country).cents(cents);
    let mut prices = Price::bulk_create(conn, [price("it", 5), price("fr", 6)])?;
    assert_eq!(Price::get_by_pk(conn, (1, "fr".to_owned()))?.cents, 6);
    assert_eq!(Price::find_by_pk(conn, (2, "fr".to_owned()))?, None);
    prices[0].update(conn, Price::changes().cents(9))?;
    let cents: Vec<i64> = prices::table
        .order(prices::cents.desc())
        .select(prices::cents)
        .load(conn)?;
    assert_eq!(cents, [9, 6]);
    prices[0].destroy(conn)?;
    let error = prices[0].reload(conn).err();
    let text = error.map(|error| error.to_string());
    let expected = "no Price with item_id = 1, country = \"it\" in the database";
    assert_eq!(text.as_deref(), Some(expected));
    assert_eq!(Price::count(conn)?, 1);
    Ok(())
}

#[test]
fn a_row_of_nothing_but_a_generated_key() -> Result {
    let conn = &mut shop();
    let mut tickets = Ticket::bulk_create(
        conn,
        [
            Ticket::builder(),
            Ticket::builder().id(9),
            Ticket::builder(),
        ],
    )?;
    let ids: Vec<i64> = tickets.iter().map(|ticket| ticket.id).collect();
    assert_eq!((ids[0], ids[1], ids.len()), (1, 9, 3));
    assert_eq!(Ticket::count(conn)?, 3);
    tickets[0].save(conn)?;
    tickets[0].destroy(conn)?;
    let error = tickets[0].save(conn).err();
    assert!(matches!(
        error,
        Some(Error::NotFound {
            model: "Ticket",
            ..
        })
    ));
    Ok(())
}

#[test]
fn bulk_create_keeps_the_order_and_takes_one_statement() -> Result {
    // QB.20
    let conn = &mut shop();
    let new = ["c", "a", "b"].map(|name| Item::builder().name(name));
    let (items, sent) = statements::count(conn, |conn| Item::bulk_create(conn, new));
    let items = items?;
    assert_eq!((names(&items), sent), (vec!["c", "a", "b"], INSERTING));
    assert_eq!(
        items.iter().map(|item| item.id).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    Ok(())
}

#[test]
fn bulk_create_of_nothing_sends_nothing() -> Result {
    // QB.23
    let conn = &mut shop();
    let none = Vec::<NewItem>::new();
    let (items, sent) = statements::count(conn, |conn| Item::bulk_create(conn, none));
    assert_eq!((items?, sent), (vec![], 0));
    Ok(())
}

#[test]
fn bulk_create_takes_one_statement_for_each_kind_of_row() -> Result {
    let conn = &mut shop();
    let item = |name: &str| Item::builder().name(name);
    let new = [
        item("a"),
        item("b").stock(1),
        item("c"),
        item("d").stock(2).note("n"),
        item("e").label(None),
        item("f").stock(3),
    ];
    let (items, sent) = statements::count(conn, |conn| Item::bulk_create(conn, new));
    let items = items?;
    // Without the stock, with it, and with the label; a note beside NULL is no other kind.
    let statements = 3 * INSERTING;
    assert_eq!(
        (names(&items), sent),
        (vec!["a", "b", "c", "d", "e", "f"], statements)
    );
    assert_eq!(
        items.iter().map(|item| item.stock).collect::<Vec<_>>(),
        [7, 1, 7, 2, 7, 3]
    );
    assert_eq!(
        (items[4].label.as_deref(), items[5].label.as_deref()),
        (None, Some("none"))
    );
    assert_eq!(items[3].note.as_deref(), Some("n"));
    Ok(())
}

#[test]
fn bulk_create_of_forty_thousand_rows_goes_in_chunks() -> Result {
    let conn = &mut shop();
    let new = (0..40_000).map(|number| Item::builder().name(format!("n{number}")));
    let items = Item::bulk_create(conn, new)?;
    assert_eq!((items.len(), Item::count(conn)?), (40_000, 40_000));
    for (number, item) in items.iter().enumerate() {
        assert_eq!(item.name, format!("n{number}"));
    }
    Ok(())
}

#[test]
fn bulk_create_writes_all_rows_or_none() -> Result {
    let conn = &mut shop();
    // The last row, far beyond the first chunk, takes the name of the first.
    let new = (0..40_000).map(|number| Item::builder().name(format!("n{}", number % 39_999)));
    let error = Item::bulk_create(conn, new).err();
    let Some(Error::UniqueViolation(violation)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(violation.model, "Item");
    assert_eq!(violation.columns, ["name"]);
    assert_eq!(Item::count(conn)?, 0);
    let item = |name: &str| Item::builder().name(name);
    let error = Item::bulk_create(conn, [item("a"), item("b").stock(1), item("a").note("x")]);
    assert!(matches!(error, Err(Error::UniqueViolation(_))));
    assert_eq!(Item::count(conn)?, 0);
    Ok(())
}

mod named {
    use orm_core::prelude::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
    pub enum Kind {
        Leaf,
        Branch,
    }

    /// Fields and associations that are called like the types that they have.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Node, fk = "node_id", as = "node")]
    #[has_many(Node, fk = "node_id", as = "nodes", singular = "twig")]
    pub struct Node {
        #[model(primary_key)]
        pub id: i32,
        pub kind: Kind,
        pub string: String,
        pub vec: Vec<u8>,
        pub node_id: Option<i32>,
    }

    orm_core::schema! { pub Named { Node } }
}

#[test]
fn a_field_may_be_called_like_its_type() -> Result {
    use named::{Kind, Named, Node};
    let conn = &mut connect_to::<Named>();
    let new = |kind| Node::builder().string("s").kind(kind).vec(vec![1]);
    let branch = Node::create(conn, new(Kind::Branch))?;
    let leaf = branch.create_twig(conn, new(Kind::Leaf))?;
    let leaf = Node::query()
        .filter(named::nodes::id.eq(leaf.id))
        .include(Node::node())
        .include(Node::nodes())
        .first(conn)?;
    assert_eq!(
        (leaf.kind, leaf.string.as_str(), leaf.nodes.len()),
        (Kind::Leaf, "s", 0)
    );
    assert_eq!(leaf.node.as_ref().map(|node| node.kind), Some(Kind::Branch));
    Ok(())
}
