//! The user's own types, and values that no type takes.

use crate::support::{Result, sql};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, connect, connect_to};
use own::*;

mod own {
    use diesel::backend::Backend;
    use diesel::deserialize::{self, FromSql, FromSqlRow};
    use diesel::expression::AsExpression;
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::{BigInt, Text};
    use orm_core::prelude::*;

    /// A key that is a number in the database.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, FromSqlRow, AsExpression)]
    #[diesel(sql_type = BigInt)]
    pub struct CarId(pub i64);

    impl<DB: Backend> ToSql<BigInt, DB> for CarId
    where
        i64: ToSql<BigInt, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            self.0.to_sql(out)
        }
    }

    impl<DB: Backend> FromSql<BigInt, DB> for CarId
    where
        i64: FromSql<BigInt, DB>,
    {
        fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
            i64::from_sql(bytes).map(Self)
        }
    }

    /// A text in upper case.
    #[derive(Debug, Clone, PartialEq, Eq, Hash, FromSqlRow, AsExpression)]
    #[diesel(sql_type = Text)]
    pub struct Plate(pub String);

    impl<DB: Backend> ToSql<Text, DB> for Plate
    where
        String: ToSql<Text, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            self.0.to_sql(out)
        }
    }

    impl<DB: Backend> FromSql<Text, DB> for Plate
    where
        String: FromSql<Text, DB>,
    {
        fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
            let text = String::from_sql(bytes)?;
            match text.chars().any(char::is_lowercase) {
                true => Err(format!("`{text}` is no plate").into()),
                false => Ok(Self(text)),
            }
        }
    }

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Colour {
        Red,
        DarkBlue,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Wheel, fk = "car_id", as = "wheels")]
    #[belongs_to(Car, fk = "tows", as = "trailer")]
    #[belongs_to_many(Driver, through = Ride, fk = "car_id", other_key = "plate", as = "drivers")]
    pub struct Car {
        #[model(primary_key, sql_type = "BigInt")]
        pub id: CarId,
        #[model(unique, sql_type = "diesel::sql_types::Text")]
        pub plate: Option<Plate>,
        pub colour: Colour,
        #[model(sql_type = "BigInt")]
        pub tows: Option<CarId>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Car, fk = "car_id", as = "car")]
    pub struct Wheel {
        #[model(primary_key)]
        pub id: i32,
        #[model(sql_type = "BigInt")]
        pub car_id: CarId,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Driver {
        #[model(primary_key, sql_type = "Text")]
        pub plate: Plate,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Ride {
        #[model(primary_key, sql_type = "BigInt")]
        pub car_id: CarId,
        #[model(primary_key, sql_type = "Text")]
        pub plate: Plate,
    }

    orm_core::schema! { pub Garage { Car, Wheel, Driver, Ride } }
}

fn plate(text: &str) -> Plate {
    Plate(text.into())
}

/// The cars 1 (red, A1) and 2 (dark blue, towing 1), with four wheels and none.
fn garage() -> Result<Conn> {
    let mut conn = connect_to::<Garage>();
    fill(&mut conn)?;
    Ok(conn)
}

fn fill(conn: &mut Conn) -> Result {
    let car = |id, colour| Car::builder().id(CarId(id)).colour(colour);
    let red = Car::create(conn, car(1, Colour::Red).plate(plate("A1")))?;
    Car::create(conn, car(2, Colour::DarkBlue).tows(CarId(1)))?;
    let wheels = [(); 4].map(|()| Wheel::builder());
    red.create_wheels(conn, wheels)?;
    Ok(())
}

#[test]
fn a_type_of_ones_own_comes_back_as_it_went() -> Result {
    // XT.1, XT.6
    let conn = &mut garage()?;
    let mut red = Car::get_by_pk(conn, CarId(1))?;
    assert_eq!((red.plate.as_ref(), red.tows), (Some(&plate("A1")), None));
    red.update(conn, Car::changes().plate(None).tows(CarId(2)))?;
    assert_eq!(Car::get_by_pk(conn, CarId(1))?, red);
    red.plate = Some(plate("B2"));
    red.save(conn)?;
    assert_eq!(Car::count_where(conn, cars::plate.eq(plate("B2")))?, 1);
    assert_eq!(Car::find_by_pk(conn, CarId(9))?, None);
    Ok(())
}

#[test]
fn it_can_be_the_key_of_an_association() -> Result {
    let conn = &mut garage()?;
    let red = Car::get_by_pk(conn, CarId(1))?;
    assert_eq!(
        (red.count_wheels(conn)?, red.has_wheels(conn, [1, 4])?),
        (4, true)
    );
    let mut wheel = Wheel::get_by_pk(conn, 3)?;
    wheel.set_car(conn, CarId(2))?;
    assert_eq!(wheel.get_car(conn)?.colour, Colour::DarkBlue);
    let mut blue = Car::get_by_pk(conn, CarId(2))?;
    assert_eq!(blue.get_trailer(conn)?, Some(red.clone()));
    blue.set_trailer(conn, None)?;
    assert_eq!(blue.tows, None);
    Ok(())
}

#[test]
fn it_can_be_the_key_of_an_include() -> Result {
    let conn = &mut garage()?;
    let cars = Car::query()
        .order(cars::id.asc())
        .include(
            Car::wheels()
                .order(wheels::id.desc())
                .limit(3)
                .include(Wheel::car()),
        )
        .include(Car::trailer().include(Car::wheels().count()))
        .load(conn)?;
    let ids: Vec<i32> = cars[0].wheels.iter().map(|wheel| wheel.id).collect();
    assert_eq!(ids, [4, 3, 2]);
    assert_eq!(cars[0].wheels[0].car.id, CarId(1));
    assert!(cars[0].trailer.is_none() && cars[1].wheels.is_empty());
    assert_eq!(cars[1].trailer.as_ref().map(|car| car.wheels), Some(4));
    Ok(())
}

#[test]
fn it_can_be_both_keys_of_a_link() -> Result {
    let conn = &mut garage()?;
    for text in ["P", "Q"] {
        Driver::create(conn, Driver::builder().plate(plate(text)))?;
    }
    let red = Car::get_by_pk(conn, CarId(1))?;
    red.set_drivers(conn, [plate("P"), plate("Q")])?;
    red.remove_driver(conn, plate("P"))?;
    assert_eq!(red.get_drivers(conn)?, [Driver { plate: plate("Q") }]);
    let cars = Car::query()
        .order(cars::id.asc())
        .include(Car::drivers().order(drivers::plate.asc()))
        .load(conn)?;
    let sizes: Vec<usize> = cars.iter().map(|car| car.drivers.len()).collect();
    assert_eq!(sizes, [1, 0]);
    assert_eq!(Ride::count_where(conn, rides::plate.eq(plate("Q")))?, 1);
    Ok(())
}

#[test]
fn many_keys_of_ones_own_type_are_all_found() -> Result {
    let conn = &mut garage()?;
    sql(
        conn,
        "INSERT INTO cars (id, colour)
         WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 40099)
         SELECT i, 'red' FROM n;
         INSERT INTO wheels (car_id) SELECT id FROM cars WHERE id >= 100;",
    );
    let cars = Car::query()
        .filter(cars::id.ge(CarId(100)))
        .include(Car::wheels())
        .load(conn)?;
    assert_eq!(cars.len(), 40_000);
    assert!(
        cars.iter()
            .all(|car| car.wheels.len() == 1 && car.wheels[0].car_id == car.id)
    );
    Ok(())
}

#[test]
fn a_limit_over_so_many_keys_still_holds_per_parent() -> Result {
    let conn = &mut garage()?;
    sql(
        conn,
        "INSERT INTO cars (id, colour)
         WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 40099)
         SELECT i, 'red' FROM n;
         INSERT INTO wheels (car_id) SELECT id FROM cars WHERE id >= 100;
         INSERT INTO wheels (car_id) SELECT id FROM cars WHERE id >= 100;",
    );
    let cars = Car::query()
        .filter(cars::id.ge(CarId(100)))
        .include(Car::wheels().order(wheels::id.desc()).limit(1))
        .load(conn)?;
    let newest = |car: &Loaded<Car, CarWheels>| car.wheels.len() == 1 && car.wheels[0].id > 40_000;
    assert_eq!(cars.iter().filter(|car| newest(car)).count(), 40_000);
    Ok(())
}

#[test]
fn a_value_that_the_type_refuses_names_model_and_column() -> Result {
    // XT.6
    let conn = &mut garage()?;
    sql(conn, "UPDATE cars SET plate = 'lower' WHERE id = 1");
    let error = Car::get_by_pk(conn, CarId(1)).err();
    let Some(Error::Column {
        model,
        column,
        source,
        ..
    }) = error
    else {
        panic!("{error:?}");
    };
    assert_eq!((model, column), ("Car", "plate"));
    assert_eq!(source.to_string(), "`lower` is no plate");
    Ok(())
}

/// The garage, where the database lets anything in.
fn open_garage() -> Result<Conn> {
    let mut conn = connect();
    sql(
        &mut conn,
        "CREATE TABLE cars (id BIGINT PRIMARY KEY, plate TEXT, colour TEXT, tows BIGINT)",
    );
    Garage::create_all(&mut conn)?;
    fill(&mut conn)?;
    Ok(conn)
}

#[test]
fn a_text_that_is_no_variant_names_everything() -> Result {
    // SEED.9
    let conn = &mut open_garage()?;
    sql(conn, "UPDATE cars SET colour = 'pink' WHERE id = 2");
    let error = Car::find_all(conn).err();
    let Some(Error::UnknownVariant {
        model,
        column,
        source,
        ..
    }) = &error
    else {
        panic!("{error:?}");
    };
    assert_eq!((*model, *column), ("Car", "colour"));
    assert_eq!((source.name, source.text.as_str()), ("Colour", "pink"));
    assert_eq!(source.allowed, ["red", "dark_blue"]);
    let text = error.map(|error| orm_tests::chain(&error));
    let expected = "Car.colour holds a text that its enum does not know: the database holds `pink`, which is no Colour; \
                    allowed are `red`, `dark_blue`";
    assert_eq!(text.as_deref(), Some(expected));
    Ok(())
}

#[test]
fn a_text_that_is_no_variant_is_told_of_an_included_row_too() -> Result {
    let conn = &mut open_garage()?;
    sql(conn, "UPDATE cars SET colour = 'pink'");
    let error = Wheel::query().include(Wheel::car()).load(conn).err();
    assert!(
        matches!(&error, Some(Error::UnknownVariant { model: "Car", source, .. }) if source.text == "pink"),
        "{error:?}"
    );
    Ok(())
}

#[test]
fn a_null_that_should_not_be_names_model_and_column() -> Result {
    let conn = &mut open_garage()?;
    sql(conn, "UPDATE cars SET colour = NULL WHERE id = 1");
    let expect = |error: Option<Error>| match error {
        Some(Error::UnexpectedNull { model, column, .. }) => {
            assert_eq!((model, column), ("Car", "colour"))
        }
        other => panic!("{other:?}"),
    };
    expect(Car::find_all(conn).err());
    expect(Car::find_by_pk(conn, CarId(1)).err());
    expect(Wheel::query().include(Wheel::car()).load(conn).err());
    expect(Car::query().include(Car::wheels()).load(conn).err());
    assert_eq!(Car::get_by_pk(conn, CarId(2))?.colour, Colour::DarkBlue);
    Ok(())
}
