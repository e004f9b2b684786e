//! Queries with very many includes. rustc's work for one include must not depend on the others.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::connect_to;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Node, fk = "parent_id", as = "a_children")]
#[belongs_to(Node, fk = "parent_id", as = "b_parent")]
#[has_many(Node, fk = "parent_id", as = "c_children")]
#[belongs_to(Node, fk = "parent_id", as = "d_parent")]
#[has_many(Node, fk = "parent_id", as = "e_children")]
#[belongs_to(Node, fk = "parent_id", as = "f_parent")]
#[has_many(Node, fk = "parent_id", as = "g_children")]
#[belongs_to(Node, fk = "parent_id", as = "h_parent")]
#[has_many(Node, fk = "parent_id", as = "i_children")]
#[belongs_to(Node, fk = "parent_id", as = "j_parent")]
#[has_many(Node, fk = "parent_id", as = "k_children")]
#[belongs_to(Node, fk = "parent_id", as = "l_parent")]
#[has_many(Node, fk = "parent_id", as = "m_children")]
#[belongs_to(Node, fk = "parent_id", as = "n_parent")]
#[has_many(Node, fk = "parent_id", as = "o_children")]
#[belongs_to(Node, fk = "parent_id", as = "p_parent")]
#[has_many(Node, fk = "parent_id", as = "q_children")]
#[belongs_to(Node, fk = "parent_id", as = "r_parent")]
#[has_many(Node, fk = "parent_id", as = "s_children")]
#[belongs_to(Node, fk = "parent_id", as = "t_parent")]
pub struct Node {
    #[model(primary_key)]
    pub id: i32,
    pub parent_id: Option<i32>,
}

orm_core::schema! { App { Node } }

/// A chain: each but the first has the one before as its parent.
fn chain(conn: &mut orm_tests::Conn, length: usize) -> Result {
    let mut parent = None;
    for _ in 0..length {
        let node = Node::create(conn, Node::builder().parent_id(parent))?;
        parent = Some(node.id);
    }
    Ok(())
}

type All = Loaded<
    Node,
    (
        NodeAChildren,
        NodeBParent,
        NodeCChildren,
        NodeDParent,
        NodeEChildren,
        NodeFParent,
        NodeGChildren,
        NodeHParent,
        NodeIChildren,
        NodeJParent,
        NodeKChildren,
        NodeLParent,
        NodeMChildren,
        NodeNParent,
        NodeOChildren,
        NodePParent,
        NodeQChildren,
        NodeRParent,
        NodeSChildren,
        NodeTParent,
    ),
>;

fn all(conn: &mut orm_tests::Conn) -> orm_core::Result<Vec<All>> {
    Node::query()
        .order(nodes::id.asc())
        .include(Node::a_children())
        .include(Node::b_parent())
        .include(Node::c_children())
        .include(Node::d_parent())
        .include(Node::e_children())
        .include(Node::f_parent())
        .include(Node::g_children())
        .include(Node::h_parent())
        .include(Node::i_children())
        .include(Node::j_parent())
        .include(Node::k_children())
        .include(Node::l_parent())
        .include(Node::m_children())
        .include(Node::n_parent())
        .include(Node::o_children())
        .include(Node::p_parent())
        .include(Node::q_children())
        .include(Node::r_parent())
        .include(Node::s_children())
        .include(Node::t_parent())
        .load(conn)
}

#[test]
fn twenty_includes_beside_each_other() -> Result {
    let conn = &mut connect_to::<App>();
    chain(conn, 3)?;
    let nodes = all(conn)?;
    let ids = |nodes: &[Node]| nodes.iter().map(|node| node.id).collect::<Vec<_>>();
    let id = |node: &Option<Node>| node.as_ref().map(|node| node.id);
    let of = |node: &All| {
        (
            ids(&node.a_children),
            id(&node.b_parent),
            ids(&node.s_children),
            id(&node.t_parent),
        )
    };
    let found: Vec<_> = nodes.iter().map(of).collect();
    assert_eq!(
        found,
        [
            (vec![2], None, vec![2], None),
            (vec![3], Some(1), vec![3], Some(1)),
            (vec![], Some(2), vec![], Some(2)),
        ]
    );
    Ok(())
}

#[test]
fn a_row_that_one_of_many_leaves_out_does_not_move_the_others() -> Result {
    let conn = &mut connect_to::<App>();
    chain(conn, 3)?;
    let nodes = Node::query()
        .order(nodes::id.asc())
        .include(Node::a_children())
        .include(Node::c_children().filter(nodes::id.eq(3)).required())
        .include(Node::b_parent())
        .load(conn)?;
    let [node] = &nodes[..] else {
        panic!("one node has the third as its child");
    };
    assert_eq!((node.id, node.a_children[0].id), (2, 3));
    assert_eq!(node.b_parent.as_ref().map(|parent| parent.id), Some(1));
    Ok(())
}

#[test]
fn sixteen_includes_within_each_other() -> Result {
    let conn = &mut connect_to::<App>();
    chain(conn, 17)?;
    let deep = Node::b_parent();
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let nodes = Node::query()
        .filter(nodes::id.eq(17))
        .include(deep)
        .load(conn)?;
    let text = format!("{:?}", nodes[0]);
    assert_eq!(text.matches("Some(NodeWith").count(), 15);
    assert!(
        text.contains("Some(Node { id: 1, parent_id: None })"),
        "{text}"
    );
    Ok(())
}

#[test]
fn ten_includes_at_the_second_of_ten_levels() -> Result {
    let conn = &mut connect_to::<App>();
    chain(conn, 12)?;
    let deep = Node::b_parent();
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let deep = Node::b_parent().include(deep);
    let second = Node::a_children()
        .include(deep)
        .include(Node::c_children())
        .include(Node::d_parent())
        .include(Node::e_children())
        .include(Node::f_parent())
        .include(Node::g_children())
        .include(Node::h_parent())
        .include(Node::i_children())
        .include(Node::j_parent())
        .include(Node::k_children())
        .include(Node::l_parent());
    let nodes = Node::query()
        .filter(nodes::id.eq(10))
        .include(second)
        .load(conn)?;
    let second = &nodes[0].a_children[0];
    assert_eq!((second.id, second.c_children[0].id), (11, 12));
    assert_eq!(second.d_parent.as_ref().map(|node| node.id), Some(10));
    assert_eq!(second.k_children[0].id, 12);
    let text = format!("{:?}", second.b_parent);
    assert_eq!(text.matches("Some(NodeWith").count(), 7);
    assert!(text.contains("id: 3,"), "{text}");
    Ok(())
}
