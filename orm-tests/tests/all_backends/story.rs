use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, Json, Loaded};

use super::{Account, AccountVisits, App, Role, Visit, accounts, visits};

fn noon(day: u32) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(1950, 3, day).and_then(|day| day.and_hms_opt(12, 0, 0));
    day.unwrap_or_default()
}

fn with_visits(
    conn: &mut Conn,
    since: DateTime<Utc>,
) -> orm_core::Result<Vec<Loaded<Account, AccountVisits>>> {
    Account::query()
        .filter(
            accounts::created_at
                .ge(since)
                .and(accounts::closed_at.is_null()),
        )
        .order(accounts::name)
        .include(
            Account::visits()
                .filter(visits::at.gt(noon(1)))
                .order(visits::at.desc())
                .limit(2),
        )
        .load(conn)
}

pub fn story(conn: &mut Conn) -> orm_core::Result<()> {
    App::create_all(conn)?;
    let moment = noon(9).and_utc() + TimeDelta::microseconds(123_456);
    let account = |name: &str| {
        Account::builder()
            .name(name)
            .created_at(moment)
            .settings(Json(vec!["dark".to_owned()]))
    };
    let ann = Account::create(conn, account("ann"))?;
    let others = Account::bulk_create(conn, [account("bo"), account("cy").closed_at(moment)])?;
    assert_eq!(
        (ann.created_at, others[1].closed_at),
        (moment, Some(moment))
    );
    assert_eq!(Account::get_by_pk(conn, ann.id)?, ann);

    let days = [1, 2, 3, 4].map(|day| Visit::builder().at(noon(day)));
    ann.create_visits(conn, days)?;
    others[0].create_visit(conn, Visit::builder().at(noon(5)).left_at(noon(6)))?;
    let roles = Role::bulk_create(
        conn,
        ["admin", "guest"].map(|name| Role::builder().name(name)),
    )?;
    ann.add_roles(conn, &roles)?;
    ann.set_roles(conn, [&roles[1]])?;
    assert_eq!(ann.get_roles(conn)?, [roles[1].clone()]);

    let rows = with_visits(conn, moment)?;
    let seen: Vec<(&str, Vec<NaiveDateTime>)> = rows
        .iter()
        .map(|row| {
            (
                row.name.as_str(),
                row.visits.iter().map(|visit| visit.at).collect(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [("ann", vec![noon(4), noon(3)]), ("bo", vec![noon(5)])]
    );

    let ids = [ann.id, others[0].id];
    assert_eq!(Account::count_where(conn, accounts::id.eq_any(ids))?, 2);
    assert_eq!(Account::count_where(conn, accounts::id.ne_all(ids))?, 1);
    assert_eq!(
        Account::count_where(conn, accounts::closed_at.eq(moment))?,
        1
    );
    assert_eq!(
        Account::count_where(conn, accounts::closed_at.lt(Some(moment)))?,
        0
    );
    assert_eq!(
        Visit::count_where(conn, visits::at.between(noon(2), noon(4)))?,
        3
    );
    assert_eq!(
        Visit::count_where(conn, visits::left_at.gt(visits::at.nullable()))?,
        1
    );
    let last: Option<NaiveDateTime> = Visit::query()
        .select(diesel::dsl::max(visits::at))
        .first(conn)?;
    assert_eq!(last, Some(noon(5)));

    let upserted = Account::upsert(conn, account("ann").created_at(Utc::now()))?;
    assert_eq!(upserted.id, ann.id);
    let taken = Account::builder()
        .name("bo")
        .created_at(moment)
        .settings(Json(vec![]));
    assert!(matches!(
        conn.transaction(|conn| Account::create(conn, taken)),
        Err(Error::UniqueViolation(violation)) if violation.columns == ["name"]
    ));
    ann.destroy(conn)?;
    assert_eq!(Visit::count(conn)?, 1);
    Ok(())
}
