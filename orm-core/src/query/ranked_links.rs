//! The links of a many-to-many association, numbered per source.

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::BigInt;

use crate::field::Field;
use crate::query::window::RANK;

/// The links of each source, numbered in the order of their targets.
///
/// ```sql
/// SELECT __orm_link.*, ROW_NUMBER() OVER (PARTITION BY __orm_link.post_id ORDER BY __orm_target.__orm_rank)
/// FROM (SELECT … FROM post_tags …) AS __orm_link
/// INNER JOIN (SELECT tags.id, ROW_NUMBER() OVER (ORDER BY …) AS __orm_rank FROM tags …) AS __orm_target
/// ON __orm_target.id = __orm_link.tag_id
/// ```
///
/// `Fields` has three fields: the junction's field that refers to the source, the junction's field that
/// refers to the target, and the target's field that the latter refers to.
#[derive(Debug)]
pub struct RankedLinks<Fields, T, Q> {
    pub(crate) links: T,
    pub(crate) targets: Q,
    pub(crate) fields: std::marker::PhantomData<fn() -> Fields>,
}

impl<Fields, T: Query, Q> Query for RankedLinks<Fields, T, Q> {
    type SqlType = (T::SqlType, BigInt);
}

impl<Fields: 'static, T: QueryId, Q: QueryId> QueryId for RankedLinks<Fields, T, Q> {
    type QueryId = RankedLinks<Fields, T::QueryId, Q::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = T::HAS_STATIC_QUERY_ID && Q::HAS_STATIC_QUERY_ID;
}

impl<Source, Target, Key, T, Q, DB> QueryFragment<DB> for RankedLinks<(Source, Target, Key), T, Q>
where
    Source: Field,
    Target: Field,
    Key: Field,
    T: QueryFragment<DB>,
    Q: QueryFragment<DB>,
    DB: Backend,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT __orm_link.*, ROW_NUMBER() OVER (PARTITION BY __orm_link.");
        out.push_identifier(Source::COLUMN)?;
        out.push_sql(" ORDER BY __orm_target.");
        out.push_identifier(RANK)?;
        out.push_sql(") AS ");
        out.push_identifier(RANK)?;
        out.push_sql(" FROM (");
        self.links.walk_ast(out.reborrow())?;
        out.push_sql(") AS __orm_link INNER JOIN (");
        self.targets.walk_ast(out.reborrow())?;
        out.push_sql(") AS __orm_target ON __orm_target.");
        out.push_identifier(Key::COLUMN)?;
        out.push_sql(" = __orm_link.");
        out.push_identifier(Target::COLUMN)
    }
}
