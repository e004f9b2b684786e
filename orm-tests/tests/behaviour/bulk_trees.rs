//! Rows of one `bulk_create` that refer to each other.

use crate::support::{Result, number};
use diesel::Connection as _;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, continue_ids, inserts, statements};

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Node, fk = "parent_id", as = "parent")]
#[belongs_to(Node, fk = "twin_code", target_key = "code", as = "twin")]
pub struct Node {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 40)]
    pub code: Option<String>,
    pub parent_id: Option<i32>,
    #[model(length = 40)]
    pub twin_code: Option<String>,
    #[model(default = 7)]
    pub weight: i32,
}

/// It cannot be without a parent, so the first one is its own.
#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Cell, fk = "parent_id", as = "children")]
pub struct Cell {
    #[model(primary_key)]
    pub id: i64,
    pub parent_id: i64,
}

orm_core::schema! { Trees { Node, Cell } }

fn node(id: i32, parent: Option<i32>) -> NewNode {
    NewNode {
        id: Some(id),
        code: None,
        parent_id: parent,
        twin_code: None,
        weight: None,
    }
}

/// They come back as they were given, and so they are in the database.
fn create(conn: &mut Conn, new: &[NewNode]) -> Result {
    let nodes = Node::bulk_create(conn, new.to_vec())?;
    let links = |id: i32, parent: Option<i32>, code: &Option<String>| (id, parent, code.clone());
    let created = nodes
        .iter()
        .map(|node| links(node.id, node.parent_id, &node.code));
    let stated = new
        .iter()
        .map(|node| links(node.id.unwrap_or_default(), node.parent_id, &node.code));
    assert_eq!(created.collect::<Vec<_>>(), stated.collect::<Vec<_>>());
    for node in &nodes {
        assert_eq!(&Node::get_by_pk(conn, node.id)?, node);
    }
    Ok(())
}

#[test]
fn a_child_may_come_before_its_parent() -> Result {
    let conn = &mut connect_to::<Trees>();
    create(conn, &[node(2, Some(1)), node(1, None)])?;
    // In a chain, the last of which is the parent of all; more than one statement has on SQLite.
    let chain: Vec<NewNode> = (10..210)
        .map(|id| node(id, (id < 209).then_some(id + 1)))
        .collect();
    create(conn, &chain)?;
    // Refers to one that was there before, too.
    create(
        conn,
        &[
            node(301, Some(300)),
            node(300, Some(1)),
            node(299, Some(300)),
        ],
    )?;
    assert_eq!(Node::count(conn)?, 205);
    Ok(())
}

#[test]
fn by_another_key_as_well() -> Result {
    let conn = &mut connect_to::<Trees>();
    let coded = |id: i32, twin: Option<i32>| NewNode {
        code: Some(format!("n{id}")),
        twin_code: twin.map(|twin| format!("n{twin}")),
        ..node(id, None)
    };
    let mut nodes: Vec<NewNode> = (1..=100).map(|id| coded(id, Some(201 - id))).collect();
    nodes.extend((101..=200).map(|id| coded(id, None)));
    create(conn, &nodes)
}

/// Rows that give other columns are statements of their own.
#[test]
fn rows_of_several_kinds_come_in_order() -> Result {
    let conn = &mut connect_to::<Trees>();
    let weighed = |node: NewNode| NewNode {
        weight: Some(1),
        ..node
    };
    let line = [
        node(1, None),
        weighed(node(2, Some(1))),
        node(3, Some(2)),
        weighed(node(4, Some(3))),
    ];
    create(conn, &line)?;
    let back = [
        node(14, Some(13)),
        weighed(node(13, Some(12))),
        node(12, Some(11)),
        weighed(node(11, None)),
    ];
    create(conn, &back)?;
    assert_eq!(number(conn, "SELECT SUM(weight) FROM nodes"), 32);
    Ok(())
}

#[test]
fn a_row_may_be_its_own_parent() -> Result {
    let conn = &mut connect_to::<Trees>();
    let cell = |id: i64, parent_id: i64| Cell::builder().id(id).parent_id(parent_id);
    let first = Cell::create(conn, cell(1, 1))?;
    let cells = Cell::bulk_create(conn, (2..=150).rev().map(|id| cell(id, id - 1)))?;
    assert_eq!((cells.len(), cells[0].id), (149, 150));
    let more = (200..300)
        .rev()
        .map(|id| cell(id, if id == 200 { 200 } else { id - 1 }));
    assert_eq!(Cell::bulk_create(conn, more)?.len(), 100);
    let children =
        first.create_children(conn, [Cell::builder().id(400), Cell::builder().id(399)])?;
    assert_eq!(
        children.iter().map(|cell| cell.id).collect::<Vec<_>>(),
        [400, 399]
    );
    Ok(())
}

/// Each statement is looked at when it ends, and one statement has them all.
#[cfg(not(feature = "mysql"))]
#[test]
fn rows_may_refer_to_each_other_in_a_circle() -> Result {
    let conn = &mut connect_to::<Trees>();
    create(conn, &[node(2, Some(1)), node(1, Some(2))])?;
    let ring: Vec<NewNode> = (10..210)
        .map(|id| node(id, Some(if id == 209 { 10 } else { id + 1 })))
        .collect();
    create(conn, &ring)
}

/// InnoDB looks at each row when it writes it.
#[cfg(feature = "mysql")]
#[test]
fn a_circle_is_refused() -> Result {
    let conn = &mut connect_to::<Trees>();
    for size in [2, 200] {
        let ring = (1..=size).map(|id| node(id, Some(id % size + 1)));
        let ring = Node::bulk_create(conn, ring);
        assert!(
            matches!(ring, Err(Error::ForeignKeyViolation(_))),
            "{ring:?}"
        );
        assert_eq!(Node::count(conn)?, 0);
    }
    Ok(())
}

#[test]
fn a_parent_that_is_nowhere_is_a_violation_of_this_call() -> Result {
    let conn = &mut connect_to::<Trees>();
    let mut nodes: Vec<NewNode> = (1..=100).map(|id| node(id, Some(id + 1))).collect();
    conn.transaction(|conn| {
        let created = conn.transaction(|conn| Node::bulk_create(conn, nodes.clone()));
        assert!(
            matches!(created, Err(Error::ForeignKeyViolation(_))),
            "{created:?}"
        );
        assert_eq!(Node::count(conn)?, 0);
        nodes.push(node(101, None));
        assert_eq!(Node::bulk_create(conn, nodes)?.len(), 101);
        // What the caller's transaction does next is looked at as ever.
        let wrong = conn.transaction(|conn| Node::create(conn, node(200, Some(300))));
        assert!(
            matches!(wrong, Err(Error::ForeignKeyViolation(_))),
            "{wrong:?}"
        );
        Ok::<_, Error>(())
    })?;
    assert_eq!(Node::count(conn)?, 101);
    Ok(())
}

/// Rows that do not refer to each other, or do so in their order, are written as they are given.
#[test]
fn rows_in_order_cost_nothing() -> Result {
    let conn = &mut connect_to::<Trees>();
    for parent in [None, Some(1)] {
        let first = if parent.is_none() { 1 } else { 101 };
        let (nodes, sent) = statements::of(conn, |conn| {
            Node::bulk_create(conn, (first..first + 100).map(|id| node(id, parent)))
        });
        assert_eq!(nodes?.len(), 100);
        let written = sent.iter().filter(|sql| sql.starts_with("INSERT")).count();
        assert_eq!(written, inserts(100));
    }
    continue_ids(conn, "nodes", "id");
    let new = [Node::builder(), Node::builder()];
    let nodes = Node::bulk_create(conn, new)?;
    assert_eq!(nodes[1].id, nodes[0].id + 1);
    Ok(())
}
