//! `belongs_to_many`: rows of a junction hold both keys.

use std::any::Any;

use diesel::deserialize::FromSql;
use diesel::expression::QueryMetadata;
use diesel::query_builder::{AsQuery, QueryFragment};
use diesel::query_dsl::methods::{ExecuteDsl, FilterDsl, SelectDsl};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType};

use super::keys::{each_chunk, source_key, target_keys, without};
use super::{Association, CreateTarget, Through};
use crate::Connection;
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::field::{Field, Holds};
use crate::model::{IntoTarget, KeyOf, Model, SingleKey, Targets};
use crate::query::fetch::{Fetch, Scalar};
use crate::query::filter::{FieldInQuery, FieldIs};
use crate::query::keys::{BindKeys, Keys};
use crate::write::create::{IntoNew, SetField};
use crate::write::insert::{Insert, OnTaken};
use crate::write::statement::Statement;
use crate::write::values::{ColumnSet, Given, Values};

type Target<A> = <A as Association>::Target;
type Junction<A> = <A as Through>::Junction;
type New<A> = <Junction<A> as Model>::New;
type TargetSql<A> = <<A as Through>::TargetField as Field>::Sql;
type Pk<A> = <Target<A> as SingleKey>::KeyField;

/// The links of one row: `SELECT target_key FROM junction WHERE source_key = ?`.
pub type Links<A> =
    <LinkRows<A> as SelectDsl<<<A as Through>::TargetLink as Field>::Column>>::Output;
type LinkRows<A> = <<Junction<A> as Model>::Query as FilterDsl<LinkFilter<A>>>::Output;
type LinkFilter<A> = FieldIs<<A as Through>::SourceLink, <A as Association>::SourceField>;

/// The Diesel query behind the getter of a many-to-many association.
pub type RelatedThrough<A> = <<Target<A> as Model>::Query as FilterDsl<
    FieldInQuery<<A as Through>::TargetField, Links<A>>,
>>::Output;

/// A many-to-many association whose getter is a Diesel query.
pub trait QueryThrough<Query>: Through {
    /// The query for the rows that `source` is linked to.
    fn query(source: &Self::Source) -> Query;
}

impl<A> QueryThrough<RelatedThrough<A>> for A
where
    A: Through,
    <Junction<A> as Model>::Query:
        FilterDsl<LinkFilter<A>, Output: SelectDsl<<A::TargetLink as Field>::Column>>,
    <Target<A> as Model>::Query: FilterDsl<FieldInQuery<A::TargetField, Links<A>>>,
{
    fn query(source: &A::Source) -> RelatedThrough<A> {
        let of_source = FieldIs::new(A::SourceField::read(source));
        let links = Junction::<A>::query().filter(of_source);
        let links = links.select(<A::TargetLink as Field>::Column::default());
        Target::<A>::query().filter(FieldInQuery::new(links))
    }
}

/// A connection that can read the rows of a many-to-many association.
pub trait ReadThrough<C: Connection>: Through {
    /// `SELECT … WHERE key IN (SELECT target_key FROM junction WHERE source_key = ?)`
    ///
    /// # Errors
    /// What the database says.
    fn get(conn: &mut C, source: &Self::Source) -> Result<Vec<Self::Target>>;
}

impl<A, C> ReadThrough<C> for A
where
    A: QueryThrough<RelatedThrough<A>>,
    C: Connection,
    <Junction<A> as Model>::Query:
        FilterDsl<LinkFilter<A>, Output: SelectDsl<<A::TargetLink as Field>::Column>>,
    <Target<A> as Model>::Query: FilterDsl<FieldInQuery<A::TargetField, Links<A>>>,
    RelatedThrough<A>: AsQuery<Query: Fetch<C, Target<A>>>,
{
    fn get(conn: &mut C, source: &A::Source) -> Result<Vec<Target<A>>> {
        <A as QueryThrough<RelatedThrough<A>>>::query(source)
            .as_query()
            .fetch(conn)
    }
}

/// A junction builder that is complete once both keys are filled in.
#[diagnostic::on_unimplemented(
    message = "this link cannot be made with `{Self}`",
    label = "expected the builder of the junction model"
)]
pub trait FillLink<A: Through> {
    /// The insert struct of the link, and the columns that were stated for it.
    fn fill_link(self, source: A::Key, target: A::TargetKey) -> (New<A>, ColumnSet);
}

impl<A, B> FillLink<A> for B
where
    A: Through,
    B: SetField<A::SourceLink, Output: SetField<A::TargetLink, Output: IntoNew<Junction<A>>>>,
{
    fn fill_link(self, source: A::Key, target: A::TargetKey) -> (New<A>, ColumnSet) {
        let half = self.set_field(Holds::holding(source));
        let link = half.set_field(Holds::holding(target));
        let stated = link.stated();
        (link.into_new(), stated)
    }
}

/// A connection that can link and unlink through a junction.
pub trait LinkThrough<C: Connection>: Through {
    /// How many links there are.
    ///
    /// # Errors
    /// What the database says.
    fn count(conn: &mut C, source: &Self::Source) -> Result<i64>;

    /// Whether all of these are linked.
    ///
    /// # Errors
    /// What the database says.
    fn has(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
    ) -> Result<bool>
    where
        Self: Sized;

    /// Links these with these junction columns; links that are there take them, too.
    ///
    /// # Errors
    /// [`Error::ForeignKeyViolation`] where one does not exist.
    fn add_with<B>(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
        link: B,
    ) -> Result<()>
    where
        Self: Sized,
        B: FillLink<Self> + Clone;

    /// Unlinks these; those that are not linked stay as they are. One `DELETE`.
    ///
    /// # Errors
    /// What the database says.
    fn remove(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
    ) -> Result<()>
    where
        Self: Sized;

    /// Links exactly these with these junction columns; links that stay take them, too.
    ///
    /// # Errors
    /// [`Error::ForeignKeyViolation`] where one does not exist; then nothing changes.
    fn set_with<B>(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
        link: B,
    ) -> Result<()>
    where
        Self: Sized,
        B: FillLink<Self> + Clone;

    /// Creates a row and links it. One transaction.
    ///
    /// # Errors
    /// Constraint violations and what the database says; then nothing is written.
    fn create_with<T, B>(
        conn: &mut C,
        source: &Self::Source,
        target: T,
        link: B,
    ) -> Result<Self::Target>
    where
        Self: Sized + CreateTarget<C>,
        T: IntoNew<Self::Target>,
        B: FillLink<Self> + Clone;
}

impl<A, C> LinkThrough<C> for A
where
    A: Through<Target: SingleKey>,
    C: Connection,
    C::Backend: BindKeys<TargetSql<A>, A::TargetKey>
        + BindKeys<<A::TargetLink as Field>::Sql, A::TargetKey>
        + BindKeys<<Pk<A> as Field>::Sql, KeyOf<Target<A>>>
        + HasSqlType<<A::SourceLink as Field>::Sql>
        + QueryMetadata<BigInt>
        + QueryMetadata<TargetSql<A>>,
    A::Key: ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
    A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
    i64: FromSql<BigInt, C::Backend>,
    New<A>: Values<C::Backend>,
{
    fn count(conn: &mut C, source: &A::Source) -> Result<i64> {
        let key = source_key::<A>(source)?;
        let statement = Statement::on::<Junction<A>>("SELECT COUNT(*) FROM ")
            .table::<Junction<A>>()
            .sql(" WHERE ")
            .field_is::<A::SourceLink, _>(key);
        let rows: Vec<Scalar<i64>> = statement.rows::<BigInt>().fetch(conn)?;
        Ok(rows.first().map_or(0, |count| count.0))
    }

    fn has(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<bool> {
        let key = source_key::<A>(source)?;
        let wanted = association_keys::<A, C, _>(conn, targets)?;
        let linked = each_chunk::<C, _>(&wanted, || {
            let statement = Statement::on::<Junction<A>>("SELECT COUNT(DISTINCT ")
                .column::<A::TargetLink>()
                .sql(") FROM ")
                .table::<Junction<A>>()
                .sql(" WHERE ")
                .field_is::<A::SourceLink, _>(key)
                .sql(" AND ")
                .field_in::<A::TargetLink, _>(&wanted);
            let count: Vec<Scalar<i64>> = statement.rows::<BigInt>().fetch(conn)?;
            Ok(count
                .first()
                .map_or(0, |count| usize::try_from(count.0).unwrap_or(0)))
        })?;
        Ok(linked == wanted.len())
    }

    fn add_with<B>(
        conn: &mut C,
        source: &A::Source,
        targets: impl Targets<A::Target>,
        link: B,
    ) -> Result<()>
    where
        B: FillLink<A> + Clone,
    {
        let key = source_key::<A>(source)?;
        let targets = association_keys::<A, C, _>(conn, targets)?;
        insert::<A, C, _>(conn, key, &targets, || link.clone(), update)
    }

    fn remove(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = association_keys::<A, C, _>(conn, targets)?;
        delete::<A, C>(conn, key, &targets)
    }

    fn set_with<B>(
        conn: &mut C,
        source: &A::Source,
        targets: impl Targets<A::Target>,
        link: B,
    ) -> Result<()>
    where
        B: FillLink<A> + Clone,
    {
        let key = source_key::<A>(source)?;
        conn.transaction(|conn| {
            let targets = association_keys::<A, C, _>(conn, targets)?;
            let linked = linked::<A, C>(conn, key)?;
            delete::<A, C>(conn, key, &without(&linked, targets.all()))?;
            insert::<A, C, _>(conn, key, &targets, || link.clone(), update)
        })
    }

    fn create_with<T, B>(conn: &mut C, source: &A::Source, target: T, link: B) -> Result<A::Target>
    where
        A: CreateTarget<C>,
        T: IntoNew<A::Target>,
        B: FillLink<A> + Clone,
    {
        let key = source_key::<A>(source)?;
        conn.transaction(|conn| {
            let target = <A as CreateTarget<C>>::insert_one(conn, target.into_new())?;
            let targets = Keys::new(vec![target_key::<A>(&target)?]);
            insert::<A, C, _>(conn, key, &targets, || link.clone(), update)?;
            Ok(target)
        })
    }
}

/// A connection that can link through a junction whose own columns all may be left out.
pub trait LinkPlainly<C: Connection>: LinkThrough<C> {
    /// Links these; links that are there stay as they are. One `INSERT` per chunk.
    ///
    /// # Errors
    /// [`Error::ForeignKeyViolation`] where one does not exist; then none is linked.
    fn add(conn: &mut C, source: &Self::Source, targets: impl Targets<Self::Target>) -> Result<()>;

    /// Links exactly these. One transaction: a `SELECT`, and a `DELETE` and an `INSERT` of what
    /// differs.
    ///
    /// # Errors
    /// [`Error::ForeignKeyViolation`] where one does not exist; then nothing changes.
    fn set(conn: &mut C, source: &Self::Source, targets: impl Targets<Self::Target>) -> Result<()>;

    /// Creates a row and links it. One transaction.
    ///
    /// # Errors
    /// Constraint violations and what the database says; then nothing is written.
    fn create<T>(conn: &mut C, source: &Self::Source, target: T) -> Result<Self::Target>
    where
        Self: CreateTarget<C>,
        T: IntoNew<Self::Target>;
}

impl<A, C> LinkPlainly<C> for A
where
    A: LinkThrough<C, Target: SingleKey>,
    A::Junction: Model<Builder: FillLink<A> + Clone, New: Values<C::Backend>>,
    C: Connection,
    C::Backend: BindKeys<<A::TargetLink as Field>::Sql, A::TargetKey>
        + BindKeys<<Pk<A> as Field>::Sql, KeyOf<Target<A>>>
        + HasSqlType<<A::SourceLink as Field>::Sql>
        + QueryMetadata<TargetSql<A>>,
    A::Key: ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
    A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
{
    fn add(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = association_keys::<A, C, _>(conn, targets)?;
        insert::<A, C, _>(
            conn,
            key,
            &targets,
            <Junction<A> as Model>::Builder::default,
            keep,
        )
    }

    fn set(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        conn.transaction(|conn| {
            let targets = association_keys::<A, C, _>(conn, targets)?;
            let linked = linked::<A, C>(conn, key)?;
            delete::<A, C>(conn, key, &without(&linked, targets.all()))?;
            let new = without(targets.all(), &linked);
            insert::<A, C, _>(
                conn,
                key,
                &new,
                <Junction<A> as Model>::Builder::default,
                keep,
            )
        })
    }

    fn create<T>(conn: &mut C, source: &A::Source, target: T) -> Result<A::Target>
    where
        A: CreateTarget<C>,
        T: IntoNew<A::Target>,
    {
        A::create_with(
            conn,
            source,
            target,
            <Junction<A> as Model>::Builder::default(),
        )
    }
}

/// The keys by which the junction knows the targets. They are the primary keys, unless the
/// association goes by another unique field (`target_key`): those of targets that were given by
/// primary key are then looked up, in one statement.
fn association_keys<A, C, T>(conn: &mut C, targets: T) -> Result<Keys<A::TargetKey>>
where
    A: Through<Target: SingleKey>,
    C: Connection,
    C::Backend: BindKeys<<Pk<A> as Field>::Sql, KeyOf<Target<A>>> + QueryMetadata<TargetSql<A>>,
    A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
    T: Targets<Target<A>>,
{
    if Pk::<A>::FIELD == A::TargetField::FIELD {
        let keys = target_keys::<Target<A>>(targets);
        let same = (&keys as &dyn Any).downcast_ref::<Keys<A::TargetKey>>();
        return Ok(same.cloned().unwrap_or_else(|| Keys::new(Vec::new())));
    }
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for target in targets {
        match target.row() {
            Some(row) => known.push(target_key::<A>(row)?),
            None => unknown.extend(target.primary_key()),
        }
    }
    let unknown = Keys::distinct(unknown.iter());
    let mut found = 0;
    each_chunk::<C, _>(&unknown, || {
        let statement = Statement::on::<Target<A>>("SELECT ")
            .column::<A::TargetField>()
            .sql(" FROM ")
            .table::<Target<A>>()
            .sql(" WHERE ")
            .field_in::<Pk<A>, _>(&unknown);
        let rows: Vec<Scalar<A::TargetKey>> = statement.rows::<TargetSql<A>>().fetch(conn)?;
        found += rows.len();
        known.extend(rows.into_iter().map(|row| row.0));
        Ok(0)
    })?;
    if found < unknown.len() {
        let keys = format!("{} among {:?}", Pk::<A>::FIELD, unknown.all());
        return Err(Error::not_found(Target::<A>::NAME, keys));
    }
    Ok(Keys::distinct(known.iter()))
}

fn target_key<A: Through>(target: &A::Target) -> Result<A::TargetKey> {
    let key = A::TargetField::read(target).key();
    key.cloned().ok_or(Error::NullKey {
        model: A::Target::NAME,
        association: A::NAME,
    })
}

/// The keys of the targets that are linked.
fn linked<A, C>(conn: &mut C, key: &A::Key) -> Result<Vec<A::TargetKey>>
where
    A: Through,
    C: Connection,
    C::Backend: HasSqlType<<A::SourceLink as Field>::Sql> + QueryMetadata<TargetSql<A>>,
    A::Key: ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
    A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
{
    let statement = Statement::on::<Junction<A>>("SELECT ")
        .column::<A::TargetLink>()
        .sql(" FROM ")
        .table::<Junction<A>>()
        .sql(" WHERE ")
        .field_is::<A::SourceLink, _>(key)
        .sql(" AND ")
        .column::<A::TargetLink>()
        .sql(" IS NOT NULL");
    let rows: Vec<Scalar<A::TargetKey>> = statement.rows::<TargetSql<A>>().fetch(conn)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

fn delete<A, C>(conn: &mut C, key: &A::Key, targets: &Keys<A::TargetKey>) -> Result<()>
where
    A: Through,
    C: Connection,
    C::Backend: BindKeys<<A::TargetLink as Field>::Sql, A::TargetKey>
        + HasSqlType<<A::SourceLink as Field>::Sql>,
    A::Key: ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
{
    each_chunk::<C, _>(targets, || {
        Statement::on::<Junction<A>>("DELETE FROM ")
            .table::<Junction<A>>()
            .sql(" WHERE ")
            .field_is::<A::SourceLink, _>(key)
            .sql(" AND ")
            .field_in::<A::TargetLink, _>(targets)
            .execute(conn)
    })?;
    Ok(())
}

type OnTakenOf = fn(Option<ColumnSet>, ColumnSet) -> OnTaken;

fn keep(key: Option<ColumnSet>, _: ColumnSet) -> OnTaken {
    OnTaken::Keep { key }
}

fn update(key: Option<ColumnSet>, columns: ColumnSet) -> OnTaken {
    OnTaken::Update { key, columns }
}

/// Inserts links, in one transaction if it takes more than one statement.
fn insert<A, C, B>(
    conn: &mut C,
    source: &A::Key,
    targets: &Keys<A::TargetKey>,
    link: impl Fn() -> B,
    on_taken: OnTakenOf,
) -> Result<()>
where
    A: Through,
    C: Connection,
    B: FillLink<A>,
    New<A>: Values<C::Backend>,
    for<'a> Insert<'a, Junction<A>>: QueryFragment<C::Backend>,
{
    let fill = |target: &A::TargetKey| link().fill_link(source.clone(), target.clone());
    let (new, stated): (Vec<New<A>>, Vec<ColumnSet>) = targets.all().iter().map(fill).unzip();
    // All links come from one builder, so they give and state the same columns.
    let (Some(first), Some(stated)) = (new.first(), stated.first()) else {
        return Ok(());
    };
    let columns = first.given();
    let names = [A::SourceLink::COLUMN, A::TargetLink::COLUMN];
    let meta = Junction::<A>::META;
    let pair = meta.columns_named(&names);
    let key = meta.pair_is_unique(names).then_some(pair);
    let on_taken = on_taken(
        key,
        stated
            .without(pair)
            .without(meta.columns_named(meta.primary_key)),
    );
    let run = |conn: &mut C, rows: &[New<A>]| {
        let insert = Insert::<Junction<A>> {
            rows: rows.iter().collect(),
            columns,
            on_taken,
            returning: false,
        };
        ExecuteDsl::<C, C::Backend>::execute(insert, conn)
            .map_err(|error| Error::from(error).on(Junction::<A>::NAME))
    };
    let room = (C::Backend::BIND_LIMIT / columns.len().max(1)).max(1);
    if new.len() <= room {
        return run(conn, &new).map(drop);
    }
    conn.transaction(|conn| {
        new.chunks(room)
            .try_for_each(|rows| run(conn, rows).map(drop))
    })
}
