//! JSON, untyped and typed.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::Json;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

mod shop {
    use super::*;

    #[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
    pub struct Address {
        pub street: String,
        pub floor: Option<i32>,
        pub notes: Vec<String>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Customer {
        #[model(primary_key)]
        pub id: i32,
        pub profile: Value,
        pub address: Json<Address>,
        pub extra: Option<Json<Value>>,
        #[model(default = "[1, 2]")]
        pub visits: Json<Vec<i32>>,
    }

    orm_core::schema! { pub Shop { Customer } }
}
use shop::{Address, Customer, Shop, customers};

fn shop() -> Conn {
    connect_to::<Shop>()
}

fn address() -> Address {
    Address {
        street: "Ängsvägen 1 \"\\' 🦀\u{0001}\n".into(),
        floor: Some(-2),
        notes: vec![String::new(), "{}".into()],
    }
}

fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(9_007_199_254_740_993_i64),
        json!(1.5),
        json!(""),
        json!("\u{0001}\"\\/é🦀"),
        json!([]),
        json!([1, [2, [null, {}]]]),
        json!({}),
        json!({"meta": {"audio": {"length": 20}}, "é": [1, 2], "": "empty"}),
    ]
}

#[test]
fn json_comes_back_as_it_went() -> Result {
    // DT.9
    let conn = &mut shop();
    for value in values() {
        let new = Customer::builder()
            .profile(value.clone())
            .address(Json(address()));
        let customer = Customer::create(conn, new)?;
        assert_eq!(
            (&customer.profile, &customer.address.0),
            (&value, &address())
        );
        assert_eq!(Customer::get_by_pk(conn, customer.id)?, customer);
        assert_eq!(customer.visits, Json(vec![1, 2]));
    }
    let mut customer = Customer::get_by_pk(conn, 1)?;
    customer.address.floor = None;
    customer.visits.push(3);
    customer.profile = json!({"changed": true});
    customer.save(conn)?;
    assert_eq!(Customer::get_by_pk(conn, 1)?, customer);
    customer.update(conn, Customer::changes().address(Json(address())))?;
    assert_eq!(customer.address.floor, Some(-2));
    Ok(())
}

#[test]
fn null_of_json_and_of_sql_differ() -> Result {
    // DT.11
    let conn = &mut shop();
    let new = || {
        Customer::builder()
            .profile(json!(null))
            .address(Json(address()))
    };
    let none = Customer::create(conn, new())?;
    let null = Customer::create(conn, new().extra(Json(Value::Null)))?;
    let some = Customer::create(conn, new().extra(Some(Json(json!(0)))))?;
    assert_eq!((none.extra, null.extra), (None, Some(Json(Value::Null))));
    assert_eq!(some.extra, Some(Json(json!(0))));
    let missing = Customer::find_where(conn, customers::extra.is_null())?;
    assert_eq!(
        missing.iter().map(|row| row.id).collect::<Vec<_>>(),
        [none.id]
    );
    Ok(())
}

#[test]
fn json_of_another_shape_is_an_error_that_names_the_column() -> Result {
    let conn = &mut shop();
    let new = Customer::builder()
        .profile(json!(1))
        .address(Json(address()));
    Customer::create(conn, new)?;
    diesel::sql_query("UPDATE customers SET address = '{\"street\": 5}'").execute(conn)?;
    let error = Customer::find_all(conn).expect_err("a number is no street");
    assert!(
        orm_tests::chain(&error).starts_with("Customer.address cannot be read: invalid type"),
        "{error}"
    );
    Ok(())
}

#[test]
fn what_is_no_json_is_refused_or_an_error() -> Result {
    let conn = &mut shop();
    let new = Customer::builder()
        .profile(json!(1))
        .address(Json(address()));
    Customer::create(conn, new)?;
    let written = diesel::sql_query("UPDATE customers SET address = 'no json'").execute(conn);
    match cfg!(feature = "sqlite") {
        true => {
            written?;
            let error = Customer::find_all(conn).expect_err("no JSON");
            assert!(
                error.to_string().starts_with("Customer.address "),
                "{error}"
            );
        }
        false => assert!(written.is_err()),
    }
    Ok(())
}

#[cfg(feature = "postgres")]
mod binary {
    use super::*;

    mod store {
        use super::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        pub struct Track {
            #[model(primary_key)]
            pub id: i32,
            #[model(sql_type = "Jsonb")]
            pub meta: Value,
            #[model(sql_type = "Jsonb")]
            pub address: Json<Address>,
            #[model(sql_type = "Jsonb")]
            pub other: Option<Json<Value>>,
        }

        orm_core::schema! { pub Store { Track } }
    }
    use store::{Store, Track, tracks};

    #[test]
    fn jsonb_comes_back_and_is_compared() -> Result {
        // DT.10
        let conn = &mut connect_to::<Store>();
        for value in values() {
            let new = Track::builder()
                .meta(value.clone())
                .address(Json(address()));
            let track = Track::create(conn, new.other(Json(value.clone())))?;
            assert_eq!((&track.meta, &track.address.0), (&value, &address()));
            assert_eq!(track.other, Some(Json(value.clone())));
            let found = Track::find_where(conn, tracks::meta.eq(value))?;
            assert_eq!(found, [track]);
        }
        let length = tracks::meta.retrieve_by_path_as_text(vec!["meta", "audio", "length"]);
        let found = Track::find_where(conn, length.eq("20"))?;
        assert_eq!(found.len(), 1);
        let part = tracks::meta.contains(json!({"meta": {"audio": {}}}));
        assert_eq!(Track::find_where(conn, part)?, found);
        let same = tracks::address.eq(Json(address()));
        assert_eq!(Track::count_where(conn, same)?, 11);
        Ok(())
    }
}
