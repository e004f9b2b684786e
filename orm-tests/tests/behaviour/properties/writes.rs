//! Trees of new rows with mistakes at random places: either all of a tree is written, or nothing of it.

use std::cell::RefCell;

use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{ByFilter, Error, Hooks, Values};
use orm_tests::{Conn, connect_to, statements};
use proptest::collection::vec;
use proptest::prelude::*;

use super::CASES;

type Db = <Conn as diesel::Connection>::Backend;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Branch, fk = "tree_id", as = "branches")]
pub struct Tree {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 20, validate(not_one_of("refused by a rule")))]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Leaf, fk = "branch_id", as = "leaves")]
#[belongs_to_many(Bird, through = Nest, as = "birds")]
#[model(hooks)]
pub struct Branch {
    #[model(primary_key)]
    pub id: i32,
    pub tree_id: i32,
    #[model(length = 20, validate(not_one_of("refused by a rule")))]
    pub name: String,
    #[model(version)]
    pub version: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Leaf {
    #[model(primary_key)]
    pub id: i32,
    pub branch_id: i32,
    #[model(length = 20, validate(not_one_of("refused by a rule")))]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(hooks)]
pub struct Bird {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 20)]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Nest {
    #[model(primary_key)]
    pub branch_id: i32,
    #[model(primary_key)]
    pub bird_id: i32,
}

orm_core::schema! { Forest { Tree, Branch, Leaf, Bird, Nest } }

impl Hooks<Branch, Db> for Branch {
    const BY_FILTER: ByFilter = ByFilter::Each;

    fn before_create(
        _: &mut impl orm_core::Connection<Backend = Db>,
        new: &mut Values<Branch>,
    ) -> orm_core::Result<()> {
        refuse(new.get(branches::name), "refused before")
    }

    fn after_create(
        _: &mut impl orm_core::Connection<Backend = Db>,
        row: &Branch,
    ) -> orm_core::Result<()> {
        refuse(Some(&row.name), "refused after")
    }
}

impl Hooks<Bird, Db> for Bird {
    const BY_FILTER: ByFilter = ByFilter::Statement;

    fn after_save(
        _: &mut impl orm_core::Connection<Backend = Db>,
        row: &Bird,
    ) -> orm_core::Result<()> {
        refuse(Some(&row.name), "refused after")
    }
}

fn refuse(name: Option<&String>, refused: &str) -> orm_core::Result<()> {
    match name.is_some_and(|name| name == refused) {
        true => Err(Error::Database(diesel::result::Error::RollbackTransaction)),
        false => Ok(()),
    }
}

/// The name of a row, which says what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Name {
    Good,
    RefusedByRule,
    RefusedBefore,
    RefusedAfter,
    /// Longer than the column is.
    TooLong,
}

impl Name {
    fn text(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::RefusedByRule => "refused by a rule",
            Self::RefusedBefore => "refused before",
            Self::RefusedAfter => "refused after",
            Self::TooLong => "a name that no column of these holds",
        }
    }
}

/// Mostly good ones, so that some trees are.
fn name() -> impl Strategy<Value = Name> {
    prop_oneof![
        40 => Just(Name::Good),
        1 => Just(Name::RefusedByRule),
        1 => Just(Name::RefusedBefore),
        1 => Just(Name::RefusedAfter),
        1 => Just(Name::TooLong),
    ]
}

type BranchOf = (Name, Vec<Name>, Vec<Name>);
type TreeOf = (Name, Vec<BranchOf>);

fn trees() -> impl Strategy<Value = Vec<TreeOf>> {
    let branch = (name(), vec(name(), 0..4), vec(name(), 0..3));
    vec((name(), vec(branch, 0..4)), 0..4)
}

/// Whether each model lets the name pass.
fn is_good(trees: &[TreeOf]) -> bool {
    let of_tree = |name| !matches!(name, Name::RefusedByRule | Name::TooLong);
    let of_branch = |name| name == Name::Good;
    let of_bird = |name| !matches!(name, Name::RefusedAfter | Name::TooLong);
    trees.iter().all(|(name, branches)| {
        of_tree(*name)
            && branches.iter().all(|(name, leaves, birds)| {
                of_branch(*name)
                    && leaves.iter().all(|name| of_tree(*name))
                    && birds.iter().all(|name| of_bird(*name))
            })
    })
}

/// The names of all rows, and how many nests there are.
fn expected(trees: &[TreeOf]) -> Vec<Vec<&'static str>> {
    let branches = || trees.iter().flat_map(|(_, branches)| branches);
    let sorted = |mut names: Vec<&'static str>| {
        names.sort_unstable();
        names
    };
    vec![
        sorted(trees.iter().map(|(name, _)| name.text()).collect()),
        sorted(branches().map(|(name, ..)| name.text()).collect()),
        sorted(
            branches()
                .flat_map(|(_, leaves, _)| leaves)
                .map(|name| name.text())
                .collect(),
        ),
        sorted(
            branches()
                .flat_map(|(.., birds)| birds)
                .map(|name| name.text())
                .collect(),
        ),
    ]
}

fn stored(conn: &mut Conn) -> orm_core::Result<Vec<Vec<String>>> {
    let names = [
        trees::table.select(trees::name).load::<String>(conn)?,
        branches::table.select(branches::name).load(conn)?,
        leaves::table.select(leaves::name).load(conn)?,
        birds::table.select(birds::name).load(conn)?,
    ];
    let sorted = names.map(|mut names| {
        names.sort_unstable();
        names
    });
    Ok(sorted.into())
}

thread_local! {
    /// One database for all cases, since each starts with empty tables.
    static CONN: RefCell<Option<Conn>> = const { RefCell::new(None) };
}

fn with_conn<T>(work: impl FnOnce(&mut Conn) -> T) -> T {
    CONN.with_borrow_mut(|conn| work(conn.get_or_insert_with(connect_to::<Forest>)))
}

fn new_trees(trees: &[TreeOf]) -> orm_core::Result<()> {
    with_conn(|conn| {
        Nest::all_rows().destroy(conn)?;
        Leaf::all_rows().destroy(conn)?;
        Branch::all_rows().destroy(conn)?;
        Bird::all_rows().destroy(conn)?;
        Tree::all_rows().destroy(conn)?;
        let leaf = |name: &Name| Leaf::builder().name(name.text());
        let bird = |name: &Name| Bird::builder().name(name.text());
        let branch = |(name, leaves, birds): &BranchOf| {
            Branch::builder()
                .name(name.text())
                .with_leaves(leaves.iter().map(leaf))
                .with_birds(birds.iter().map(bird))
        };
        let tree = |(name, branches): &TreeOf| {
            Tree::builder()
                .name(name.text())
                .with_branches(branches.iter().map(branch))
        };
        let (written, sent) =
            statements::all(conn, |conn| Tree::bulk_create(conn, trees.iter().map(tree)));
        let rows = stored(conn)?;
        let nests = Nest::count(conn)?;
        match written {
            Ok(written) => {
                assert!(is_good(trees), "{trees:?} were written");
                assert_eq!(rows, expected(trees));
                assert_eq!(usize::try_from(nests), Ok(rows[3].len()));
                for (tree, (name, branches)) in written.iter().zip(trees) {
                    assert_eq!(tree.name, name.text());
                    assert_eq!(tree.branches.len(), branches.len());
                    for (branch, (name, leaves, birds)) in tree.branches.iter().zip(branches) {
                        assert_eq!(
                            (branch.name.as_str(), branch.tree_id),
                            (name.text(), tree.id)
                        );
                        let names = |names: &[Name]| {
                            names.iter().map(|name| name.text()).collect::<Vec<_>>()
                        };
                        let found = branch.leaves.iter().map(|leaf| leaf.name.as_str());
                        assert_eq!(found.collect::<Vec<_>>(), names(leaves));
                        let found = branch.birds.iter().map(|bird| bird.name.as_str());
                        assert_eq!(found.collect::<Vec<_>>(), names(birds));
                    }
                }
            }
            Err(error) => {
                assert!(!is_good(trees), "{trees:?}: {error}");
                assert!(rows.iter().all(Vec::is_empty) && nests == 0, "{rows:?}");
                // Rules of models without hooks are asked before anything is sent.
                let in_time = trees.iter().any(|(name, _)| *name == Name::RefusedByRule);
                if in_time {
                    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
                    assert!(sent.is_empty(), "{sent:?}");
                }
            }
        }
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES * 2))]

    #[test]
    fn a_tree_is_written_whole_or_not_at_all(trees in trees()) {
        new_trees(&trees).map_err(|error| TestCaseError::fail(error.to_string()))?;
    }
}
