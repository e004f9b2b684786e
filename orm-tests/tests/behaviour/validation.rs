//! Rules of models: what they refuse, and that nothing is sent then.

use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, Problem, Problems};
use orm_tests::{Conn, connect_to, statements};

use crate::support::Result;

mod own {
    use chrono::NaiveDate;
    use orm_core::prelude::*;
    use orm_core::{Draft, Invalid};

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(validate = in_order)]
    #[has_many(Guest, fk = "booking_id", as = "guests")]
    #[belongs_to_many(Room, through = BookedRoom, fk = "booking_id", other_key = "room_id", as = "rooms")]
    pub struct Booking {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique, length = 100, validate(email))]
        pub contact: String,
        #[model(validate(length(3..=40), with = no_emoji))]
        pub title: String,
        #[model(default = 1, validate(range(1..=10), message = "must be 1 to 10 seats"))]
        pub seats: i32,
        #[model(validate(after(OPENING)))]
        pub first_day: NaiveDate,
        pub last_day: NaiveDate,
    }

    pub const OPENING: NaiveDate = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();

    fn no_emoji(title: &str) -> Result<(), Invalid> {
        match title.contains('🦀') {
            true => Err(Invalid::new("emoji", "must have no emoji")),
            false => Ok(()),
        }
    }

    fn in_order(row: &Draft<'_, Booking>) -> Result<(), Invalid> {
        match (row.get(bookings::first_day), row.get(bookings::last_day)) {
            (Some(first), Some(last)) if first > last => {
                Err(Invalid::new("order", "ends before it begins"))
            }
            _ => Ok(()),
        }
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Booking, fk = "booking_id", as = "booking")]
    #[model(validate(one_adult, booked))]
    pub struct Guest {
        #[model(primary_key)]
        pub id: i32,
        #[model(validate(range(1..)))]
        pub booking_id: Option<i32>,
        #[model(validate(not_empty))]
        pub name: String,
        #[model(default = 18, validate(with = plausible))]
        pub age: Option<i32>,
    }

    fn plausible(age: &Option<i32>) -> Result<(), Invalid> {
        match age {
            Some(0..150) => Ok(()),
            Some(_) => Err(Invalid::new("age", "must be plausible")),
            None => Err(Invalid::new("unknown", "must be known")),
        }
    }

    fn one_adult(row: &Draft<'_, Guest>) -> Result<(), Invalid> {
        match row.get(guests::age) {
            Some(Some(age)) if *age < 18 && row.row().is_none() => {
                Err(row.invalid(guests::age, "child", "must come with an adult"))
            }
            _ => Ok(()),
        }
    }

    /// It would fail if a condition found the rows.
    fn booked(row: &Draft<'_, Guest>) -> Result<(), Invalid> {
        match (row.get(guests::name), row.written(guests::id)) {
            (Some(_), _) => Ok(()),
            (None, _) => Err(Invalid::new("nameless", "must have a name")),
        }
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Room {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct BookedRoom {
        #[model(primary_key)]
        pub booking_id: i32,
        #[model(primary_key)]
        pub room_id: i32,
        #[model(default = 1, validate(range(1..)))]
        pub beds: i32,
    }

    orm_core::schema! { pub Hotel { Booking, Guest, Room, BookedRoom } }
}
use own::*;

fn day(day: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May")
}

fn new(contact: &str, title: &str) -> NewBooking {
    NewBooking {
        id: None,
        contact: contact.to_owned(),
        title: title.to_owned(),
        seats: Some(2),
        first_day: day(1),
        last_day: day(3),
    }
}

fn hotel() -> Result<(Conn, Booking)> {
    let mut conn = connect_to::<Hotel>();
    let booking = Booking::create(&mut conn, new("ann@example.com", "Spring"))?;
    Ok((conn, booking))
}

/// The path and the code of each problem of a call, which must have sent nothing.
fn refused<T: std::fmt::Debug>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T>,
) -> Vec<String> {
    let (result, sent) = statements::of(conn, work);
    assert_eq!(sent, Vec::<String>::new());
    codes(&problems(result))
}

fn problems<T: std::fmt::Debug>(result: Result<T>) -> Problems {
    match result {
        Err(Error::Invalid(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

fn codes(problems: &Problems) -> Vec<String> {
    let code = |problem: &Problem| {
        let row = problem.row().map(|row| format!("[{row}]"));
        let row = row.unwrap_or_default();
        format!("{row}{}: {}", problem.path(), problem.code())
    };
    problems.iter().map(code).collect()
}

#[test]
fn a_new_row_is_told_everything_that_is_wrong_with_it() -> Result {
    let (conn, _) = &mut hotel()?;
    let wrong = NewBooking {
        seats: Some(11),
        first_day: OPENING,
        last_day: day(3),
        ..new("ann", "🦀")
    };
    let found = refused(conn, |conn| Booking::create(conn, wrong));
    let expected = [
        "contact: email",
        "title: length",
        "title: emoji",
        "seats: range",
        "first_day: after",
    ];
    assert_eq!(found, expected);
    let late = Booking::builder()
        .contact("a@b")
        .title("Late")
        .first_day(day(4))
        .last_day(day(3));
    let result = Booking::create(conn, late);
    assert_eq!(
        result
            .as_ref()
            .map_err(ToString::to_string)
            .err()
            .as_deref(),
        Some("not valid: Booking: ends before it begins")
    );
    let found = problems(result);
    let problem = found.iter().next().expect("there is one");
    assert_eq!(
        (
            problem.model(),
            problem.field(),
            problem.code(),
            problem.row(),
            problem.path()
        ),
        ("Booking", None, "order", None, "")
    );
    assert_eq!(Booking::count(conn)?, 1);
    Ok(())
}

#[test]
fn messages_are_those_of_the_rule_or_of_the_model() -> Result {
    let (conn, _) = &mut hotel()?;
    let wrong = NewBooking {
        seats: Some(0),
        ..new("ann", "x")
    };
    let error = Booking::create(conn, wrong).expect_err("it is not valid");
    assert_eq!(
        error.to_string(),
        "not valid: Booking.contact: must be an email address; \
         Booking.title: must have 3 to 40 characters; Booking.seats: must be 1 to 10 seats"
    );
    assert!(std::error::Error::source(&error).is_none());
    let found = problems(Err::<(), _>(error));
    let seats: Vec<_> = found.of("seats").map(Problem::message).collect();
    assert_eq!(seats, ["must be 1 to 10 seats"]);
    assert_eq!(
        serde_json::to_value(&found).expect("it is JSON")[2],
        serde_json::json!({
            "model": "Booking", "field": "seats", "code": "range", "message": "must be 1 to 10 seats",
            "row": null, "path": "seats"
        })
    );
    Ok(())
}

#[test]
fn several_rows_are_told_all_at_once_and_none_is_written() -> Result {
    let (conn, _) = &mut hotel()?;
    let rows = [
        new("bo@x", "Fine"),
        new("bo", "Fine"),
        new("cy@x", "Also"),
        new("cy", "no"),
    ];
    let found = refused(conn, |conn| Booking::bulk_create(conn, rows));
    assert_eq!(
        found,
        ["[1]contact: email", "[3]contact: email", "[3]title: length"]
    );
    let found = refused(conn, |conn| Booking::bulk_create(conn, [new("bo", "Fine")]));
    assert_eq!(found, ["[0]contact: email"]);
    assert_eq!(Booking::count(conn)?, 1);
    let result = Booking::bulk_create(conn, [new("bo@x", "Fine"), new("cy", "Fine")]);
    let text = result.expect_err("it is not valid").to_string();
    assert_eq!(
        text,
        "not valid: Booking.contact in row 1: must be an email address"
    );
    assert_eq!(
        Booking::bulk_create(conn, [new("bo@x", "Fine"), new("cy@x", "Fine")])?.len(),
        2
    );
    Ok(())
}

#[test]
fn an_update_checks_what_it_writes_and_the_row() -> Result {
    let (conn, booking) = &mut hotel()?;
    let found = refused(conn, |conn| {
        booking.update(conn, Booking::changes().title("no").seats(0))
    });
    assert_eq!(found, ["title: length", "seats: range"]);
    let found = refused(conn, |conn| {
        booking.update(conn, Booking::changes().last_day(OPENING))
    });
    assert_eq!(found, [": order"]);
    assert_eq!(
        (booking.title.as_str(), booking.last_day),
        ("Spring", day(3))
    );
    // What is wrong already and stays as it is, is not told.
    booking.contact = "ann".into();
    booking.update(conn, Booking::changes().title("May"))?;
    let found = refused(conn, |conn| booking.save(conn));
    assert_eq!(found, ["contact: email"]);
    booking.contact = "ann@example.org".into();
    (booking.first_day, booking.last_day) = (day(9), day(8));
    assert_eq!(refused(conn, |conn| booking.save(conn)), [": order"]);
    booking.last_day = day(9);
    booking.save(conn)?;
    assert_eq!(Booking::get_by_pk(conn, booking.id)?, *booking);
    Ok(())
}

#[test]
fn an_upsert_checks_the_row_that_it_may_create() -> Result {
    let (conn, booking) = &mut hotel()?;
    let found = refused(conn, |conn| {
        Booking::upsert(conn, new(&booking.contact, "x"))
    });
    assert_eq!(found, ["title: length"]);
    let keyless = Guest::builder().name("");
    assert_eq!(
        refused(conn, |conn| Guest::upsert(conn, keyless)),
        ["name: not_empty"]
    );
    assert_eq!(
        Booking::upsert(conn, new(&booking.contact, "May"))?.id,
        booking.id
    );
    Ok(())
}

#[test]
fn find_or_create_checks_what_it_creates() -> Result {
    let (conn, booking) = &mut hotel()?;
    let found = Booking::find_or_create(conn, bookings::id.eq(booking.id), new("a", "b"))?;
    assert_eq!(found, (booking.clone(), false));
    let result = Booking::find_or_create(conn, bookings::id.eq(77), new("a", "bcd"));
    assert_eq!(codes(&problems(result)), ["contact: email"]);
    Ok(())
}

#[test]
fn null_skips_rules_but_not_functions() -> Result {
    let (conn, booking) = &mut hotel()?;
    // Nothing is stated: the database fills the age.
    let guest = Guest::create(conn, Guest::builder().name("Bo"))?;
    assert_eq!((guest.booking_id, guest.age), (None, Some(18)));
    let found = refused(conn, |conn| {
        Guest::create(conn, Guest::builder().name("Bo").age(None))
    });
    assert_eq!(found, ["age: unknown"]);
    let found = refused(conn, |conn| {
        Guest::create(conn, Guest::builder().name("Bo").age(150).booking_id(0))
    });
    assert_eq!(found, ["booking_id: range", "age: age"]);
    assert_eq!(booking.count_guests(conn)?, 0);
    Ok(())
}

#[test]
fn functions_of_a_row_can_tell_its_field_and_whether_it_is_new() -> Result {
    let (conn, _) = &mut hotel()?;
    let child = Guest::builder().name("Cy").age(7);
    let found = refused(conn, |conn| Guest::create(conn, child));
    assert_eq!(found, ["age: child"]);
    let mut guest = Guest::create(conn, Guest::builder().name("Bo"))?;
    guest.update(conn, Guest::changes().age(7))?;
    guest.save(conn)
}

#[test]
fn associations_check_what_they_write() -> Result {
    let (conn, booking) = &mut hotel()?;
    let found = refused(conn, |conn| {
        booking.create_guest(conn, Guest::builder().name(""))
    });
    assert_eq!(found, ["name: not_empty"]);
    let mut guest = Guest::create(conn, Guest::builder().name("Bo"))?;
    let found = refused(conn, |conn| guest.create_booking(conn, new("a", "bcd")));
    assert_eq!(found, ["contact: email"]);
    assert_eq!(guest.booking_id, None);
    // The rows that a condition finds are not known, so their functions are not asked.
    booking.add_guest(conn, &guest)?;
    booking.remove_guest(conn, &guest)?;
    let found = refused(conn, |conn| {
        Booking {
            id: 0,
            ..booking.clone()
        }
        .add_guests(conn, [&guest])
    });
    assert_eq!(found, ["booking_id: range"]);

    let rooms = Room::bulk_create(conn, [1, 2].map(|id| Room::builder().id(id)))?;
    let beds = |beds| BookedRoom::builder().beds(beds);
    let found = refused(conn, |conn| booking.add_rooms_with(conn, &rooms, beds(0)));
    assert_eq!(found, ["[0]beds: range", "[1]beds: range"]);
    assert_eq!(booking.count_rooms(conn)?, 0);
    booking.add_rooms_with(conn, &rooms, beds(2))?;
    let found = refused(conn, |conn| {
        booking.set_rooms_with(conn, &rooms[..1], beds(-1))
    });
    assert_eq!(found, ["[0]beds: range"]);
    let result = booking.create_room_with(conn, Room::builder().id(3), beds(-1));
    assert_eq!(codes(&problems(result)), ["[0]beds: range"]);
    assert_eq!(Room::count(conn)?, 2);
    assert_eq!(booking.count_rooms(conn)?, 2);
    Ok(())
}

#[test]
fn increments_and_plain_diesel_are_not_checked() -> Result {
    let (conn, booking) = &mut hotel()?;
    booking.increment(conn, bookings::seats, 20)?;
    diesel::update(bookings::table)
        .set(bookings::title.eq(""))
        .execute(conn)?;
    booking.reload(conn)?;
    assert_eq!((booking.seats, booking.title.as_str()), (22, ""));
    Ok(())
}

#[test]
fn rules_can_be_asked_before() -> Result {
    let (_, mut booking) = hotel()?;
    assert!(booking.validate().is_ok());
    booking.title.clear();
    assert_eq!(codes(&problems(booking.validate())), ["title: length"]);
    assert!(Booking::validate_new(&new("a@b", "Fine")).is_ok());
    let builder = Guest::builder().name("");
    assert_eq!(
        codes(&problems(Guest::validate_new(&builder))),
        ["name: not_empty"]
    );
    assert!(Room { id: 1 }.validate().is_ok());
    Ok(())
}

mod rules {
    use super::*;
    use orm_core::{Draft, Invalid};

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
    pub enum Role {
        Reader,
        Writer,
        Admin,
    }

    /// A text of a program's own.
    #[derive(
        Debug, Clone, PartialEq, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
    )]
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub struct Slug(pub String);

    impl AsRef<str> for Slug {
        fn as_ref(&self) -> &str {
            &self.0
        }
    }

    impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for Slug
    where
        String: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
    {
        fn to_sql<'b>(
            &'b self,
            out: &mut diesel::serialize::Output<'b, '_, DB>,
        ) -> diesel::serialize::Result {
            self.0.to_sql(out)
        }
    }

    impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB>
        for Slug
    where
        String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
    {
        fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
            String::from_sql(bytes).map(Self)
        }
    }

    const LEAST: f64 = 0.5;

    #[derive(Model, Debug, Clone)]
    #[model(validate = Self::is_right)]
    pub struct Sample {
        #[model(primary_key)]
        pub id: i32,
        #[model(validate(email))]
        pub email: Option<String>,
        #[model(validate(url))]
        pub url: Option<String>,
        #[model(validate(length(2..4)))]
        pub length: Option<String>,
        #[model(validate(not_empty))]
        pub not_empty: Option<String>,
        #[model(validate(one_of("red", "blue")))]
        pub one_of: Option<String>,
        #[model(validate(not_one_of("root", "admin")))]
        pub not_one_of: Option<String>,
        #[model(validate(contains("a"), contains("b"), not_contains("c")))]
        pub contains: Option<String>,
        #[model(validate(starts_with("+"), ends_with(".")))]
        pub starts_with: Option<String>,
        #[model(validate(alpha))]
        pub alpha: Option<String>,
        #[model(validate(alphanumeric, ascii))]
        pub alphanumeric: Option<String>,
        #[model(validate(numeric))]
        pub numeric: Option<String>,
        #[model(validate(lowercase))]
        pub lowercase: Option<String>,
        #[model(validate(uppercase))]
        pub uppercase: Option<String>,
        #[model(validate(ip))]
        pub ip: Option<String>,
        #[model(validate(ipv4))]
        pub ipv4: Option<String>,
        #[model(validate(ipv6))]
        pub ipv6: Option<String>,
        #[model(validate(uuid))]
        pub uuid: Option<String>,
        #[model(validate(credit_card))]
        pub credit_card: Option<String>,
        #[model(sql_type = "Text", validate(lowercase, length(..=9)))]
        pub slug: Option<Slug>,
        #[model(validate(range(LEAST..)))]
        pub range: Option<f64>,
        #[model(validate(range(-1..1), not_one_of(0)))]
        pub small: Option<i16>,
        #[model(validate(one_of(Role::Writer, Role::Admin)))]
        pub role: Option<Role>,
        #[model(validate(before(chrono::NaiveTime::MIN + chrono::TimeDelta::hours(20))))]
        pub before: Option<chrono::NaiveTime>,
        #[model(validate(length(1..=2), not_empty))]
        pub bytes: Option<Vec<u8>>,
    }

    impl Sample {
        fn is_right(_: &Draft<'_, Self>) -> std::result::Result<(), Invalid> {
            Ok(())
        }
    }

    /// What is wrong with values of a field, none of which is wrong with the first list.
    macro_rules! check {
        ($field:ident: $right:expr, $wrong:expr, $codes:expr) => {{
            for right in $right {
                let new = Sample::builder().$field(right.clone());
                assert!(Sample::validate_new(&new).is_ok(), "{right:?}");
            }
            for wrong in $wrong {
                let new = Sample::builder().$field(wrong.clone());
                let found = problems(Sample::validate_new(&new));
                let codes: Vec<_> = found.iter().map(Problem::code).collect();
                assert_eq!(codes, $codes, "{wrong:?}");
                assert!(
                    found
                        .iter()
                        .all(|problem| problem.field() == Some(stringify!($field)))
                );
            }
            let null = Sample::builder().$field(None);
            assert!(Sample::validate_new(&null).is_ok());
        }};
    }

    #[test]
    fn of_texts() {
        check!(email: ["ann@example.com"], ["ann", ""], ["email"]);
        check!(url: ["https://example.com/a?b", "mailto:a@b"], ["example.com", ""], ["url"]);
        check!(length: ["ää", "日本語"], ["a", "abcd", ""], ["length"]);
        check!(not_empty: [" "], [""], ["not_empty"]);
        check!(one_of: ["red", "blue"], ["Red", ""], ["one_of"]);
        check!(not_one_of: ["Root", ""], ["root", "admin"], ["not_one_of"]);
        check!(contains: ["ab"], ["a", "b"], ["contains"]);
        check!(contains: ["ba"], ["abc"], ["not_contains"]);
        check!(starts_with: ["+.", "+1."], ["1."], ["starts_with"]);
        check!(starts_with: ["+."], ["+1"], ["ends_with"]);
        check!(alpha: ["Jürgen"], ["a1", ""], ["alpha"]);
        check!(alphanumeric: ["a1"], ["a_1", ""], ["alphanumeric"]);
        check!(alphanumeric: ["a1"], ["ä1"], ["ascii"]);
        check!(numeric: ["007"], ["-7", "1.5", ""], ["numeric"]);
        check!(lowercase: ["a1 ä", ""], ["aB"], ["lowercase"]);
        check!(uppercase: ["A1 Ä", ""], ["aB"], ["uppercase"]);
        check!(ip: ["127.0.0.1", "::1"], ["localhost"], ["ip"]);
        check!(ipv4: ["127.0.0.1"], ["::1"], ["ipv4"]);
        check!(ipv6: ["::1"], ["127.0.0.1"], ["ipv6"]);
        check!(uuid: ["67e55044-10b1-426f-9247-bb680e5fe0c8"], ["67e55044"], ["uuid"]);
        check!(credit_card: ["4242 4242 4242 4242"], ["4242 4242 4242 4241"], ["credit_card"]);
        check!(slug: [Slug("a-b".into())], [Slug("A-B".into())], ["lowercase"]);
    }

    #[test]
    fn of_other_values() {
        check!(range: [0.5, f64::INFINITY], [0.4, f64::NAN], ["range"]);
        check!(small: [-1], [1, -2], ["range"]);
        check!(small: [-1], [0], ["not_one_of"]);
        check!(role: [Role::Writer, Role::Admin], [Role::Reader], ["one_of"]);
        let hour = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0);
        check!(before: [hour(19)], [hour(20)], ["before"]);
        check!(bytes: [vec![1], vec![1, 2]], [vec![1, 2, 3]], ["length"]);
        check!(bytes: [vec![1]], [Vec::new()], ["length", "not_empty"]);
    }
}
