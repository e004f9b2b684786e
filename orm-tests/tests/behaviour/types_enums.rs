//! Enums as columns.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::ModelEnum;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to};

mod flights {
    use orm_core::prelude::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[model(rename_all = "kebab-case")]
    pub enum Phase {
        NotYet,
        InFlight,
        #[model(rename = "DONE! it's")]
        Landed,
    }

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum Wind {
        NorthWest,
        #[default]
        Calm,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Log, fk = "phase", source_key = "phase", as = "logs")]
    pub struct Flight {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique)]
        pub phase: Phase,
        pub planned: Option<Phase>,
        #[model(default)]
        pub wind: Wind,
        #[model(default = Wind::NorthWest)]
        pub forecast: Option<Wind>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Flight, fk = "phase", target_key = "phase", as = "flight")]
    pub struct Log {
        #[model(primary_key)]
        pub id: i32,
        pub phase: Phase,
    }

    orm_core::schema! { pub Airport { Flight, Log } }
}
use flights::{Airport, Flight, Log, Phase, Wind};

/// A flight of each phase.
fn airport() -> Result<Conn> {
    let mut conn = connect_to::<Airport>();
    let phases = [Phase::NotYet, Phase::InFlight, Phase::Landed];
    Flight::bulk_create(
        &mut conn,
        phases.map(|phase| Flight::builder().phase(phase)),
    )?;
    Ok(conn)
}

#[test]
fn the_texts_are_those_that_are_stated() -> Result {
    // SEED.9, DT.7
    assert_eq!(Phase::VALUES, ["not-yet", "in-flight", "DONE! it's"]);
    assert_eq!(
        (Wind::NorthWest.as_str(), Phase::Landed.as_str()),
        ("north_west", "DONE! it's")
    );
    let conn = &mut airport()?;
    let texts: Vec<String> = flights::flights::table
        .order(flights::flights::id.asc())
        .select(flights::flights::phase)
        .load(conn)?;
    assert_eq!(texts, Phase::VALUES);
    Ok(())
}

#[test]
fn defaults_are_the_enums_or_the_fields() -> Result {
    // SEED.9
    let conn = &mut airport()?;
    let flight = Flight::get_by_pk(conn, 1)?;
    assert_eq!(
        (flight.wind, flight.forecast),
        (Wind::Calm, Some(Wind::NorthWest))
    );
    assert_eq!((Wind::DEFAULT, Phase::DEFAULT), (Some("calm"), None));
    Ok(())
}

#[test]
fn an_optional_enum_may_be_null() -> Result {
    let conn = &mut airport()?;
    let mut flight = Flight::get_by_pk(conn, 1)?;
    assert_eq!(flight.planned, None);
    let changes = Flight::changes().planned(Phase::Landed).forecast(None);
    flight.update(conn, changes)?;
    flight.reload(conn)?;
    assert_eq!(
        (flight.planned, flight.forecast),
        (Some(Phase::Landed), None)
    );
    Ok(())
}

#[test]
fn an_enum_stands_in_diesels_filters() -> Result {
    let conn = &mut airport()?;
    let phase = flights::flights::phase;
    assert_eq!(Flight::count_where(conn, phase.eq(Phase::Landed))?, 1);
    assert_eq!(Flight::count_where(conn, phase.ne(&Phase::Landed))?, 2);
    assert_eq!(
        Flight::count_where(conn, phase.eq_any([Phase::NotYet, Phase::Landed]))?,
        2
    );
    let mut flight = Flight::get_by_pk(conn, 2)?;
    flight.update(conn, Flight::changes().planned(Phase::NotYet))?;
    let planned = flights::flights::planned;
    assert_eq!(Flight::count_where(conn, planned.eq(Phase::NotYet))?, 1);
    assert_eq!(
        Flight::count_where(conn, planned.eq(Some(Phase::Landed)))?,
        0
    );
    assert_eq!(Flight::count_where(conn, planned.is_null())?, 2);
    let all: Vec<(Phase, Option<Phase>)> = flights::flights::table
        .filter(planned.is_not_null())
        .select((phase, planned))
        .load(conn)?;
    assert_eq!(all, [(Phase::InFlight, Some(Phase::NotYet))]);
    let update = diesel::update(flights::flights::table).set(planned.eq(Some(Phase::Landed)));
    assert_eq!(update.execute(conn)?, 3);
    Ok(())
}

#[test]
fn an_enum_can_be_the_key_of_an_association() -> Result {
    let conn = &mut airport()?;
    let landed = Flight::get_by_pk(conn, 3)?;
    landed.create_logs(conn, [Log::builder(), Log::builder()])?;
    assert_eq!(landed.count_logs(conn)?, 2);
    let flights = Flight::query()
        .order(flights::flights::id.asc())
        .include(Flight::logs().include(Log::flight()))
        .load(conn)?;
    let sizes: Vec<usize> = flights.iter().map(|flight| flight.logs.len()).collect();
    assert_eq!(sizes, [0, 0, 2]);
    assert_eq!(flights[2].logs[1].flight.id, 3);
    Ok(())
}
