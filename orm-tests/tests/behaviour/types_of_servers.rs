//! Types that not every backend has: decimals, unsigned integers, arrays.

#[cfg(not(feature = "sqlite"))]
mod decimals {
    use std::str::FromStr;

    use bigdecimal::BigDecimal;
    use diesel::prelude::*;
    use orm_core::prelude::*;
    use orm_tests::connect_to;

    use crate::support::Result;

    mod shop {
        use super::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        pub struct Price {
            #[model(primary_key)]
            pub id: i32,
            #[model(precision = 12, scale = 2)]
            pub amount: BigDecimal,
            pub exact: Option<BigDecimal>,
            #[model(default = 1.25, precision = 5, scale = 4)]
            pub rate: BigDecimal,
            #[model(default, precision = 6)]
            pub whole: BigDecimal,
        }

        orm_core::schema! { pub Shop { Price } }
    }
    use shop::{Price, Shop, prices};

    fn decimal(text: &str) -> BigDecimal {
        BigDecimal::from_str(text).expect("a decimal")
    }

    #[test]
    fn decimals_keep_all_their_digits() -> Result {
        // MB.13
        let conn = &mut connect_to::<Shop>();
        for text in [
            "0",
            "0.01",
            "-0.01",
            "19.99",
            "9999999999.99",
            "-9999999999.99",
        ] {
            let amount = decimal(text);
            let price = Price::create(conn, Price::builder().amount(amount.clone()))?;
            assert_eq!(price.amount, amount);
            assert_eq!(Price::get_by_pk(conn, price.id)?, price);
            assert_eq!(
                (&price.rate, &price.whole),
                (&decimal("1.25"), &decimal("0"))
            );
            let found = Price::find_where(conn, prices::amount.eq(amount))?;
            assert_eq!(found, [price]);
        }
        let long = "12345678901234567890123456789012345.123456789012345678901234567891";
        let exact = decimal(long);
        let new = Price::builder().amount(decimal("1")).exact(exact.clone());
        assert_eq!(Price::create(conn, new)?.exact, Some(exact));
        let sum: Option<BigDecimal> = Price::query()
            .filter(prices::amount.gt(decimal("0")))
            .select(diesel::dsl::sum(prices::amount))
            .first(conn)?;
        assert_eq!(sum, Some(decimal("10000000020.99")));
        let mut price = Price::get_by_pk(conn, 4)?;
        price.increment(conn, prices::amount, decimal("0.01"))?;
        assert_eq!(Price::get_by_pk(conn, 4)?.amount, decimal("20.00"));
        price.amount = decimal("5.5");
        price.save(conn)?;
        assert_eq!(Price::get_by_pk(conn, 4)?.amount, decimal("5.5"));
        Ok(())
    }

    #[test]
    fn too_many_digits_are_refused_and_a_fraction_is_rounded() -> Result {
        let conn = &mut connect_to::<Shop>();
        let price = |text| Price::builder().amount(decimal(text));
        assert!(Price::create(conn, price("10000000000")).is_err());
        assert_eq!(Price::count(conn)?, 0);
        assert_eq!(Price::create(conn, price("0.005"))?.amount, decimal("0.01"));
        Ok(())
    }
}

#[cfg(feature = "mysql")]
mod unsigned {
    use diesel::prelude::*;
    use orm_core::prelude::*;
    use orm_tests::connect_to;

    use crate::support::Result;

    mod counters {
        use super::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        #[has_many(Hit, fk = "page_id", as = "hits")]
        pub struct Page {
            #[model(primary_key)]
            pub id: u64,
            #[model(default)]
            pub small: u16,
            #[model(default = 7)]
            pub int: u32,
            pub big: Option<u64>,
        }

        #[derive(Model, Debug, Clone, PartialEq)]
        #[belongs_to(Page, fk = "page_id", as = "page")]
        pub struct Hit {
            #[model(primary_key)]
            pub id: u32,
            pub page_id: u64,
        }

        orm_core::schema! { pub Counters { Page, Hit } }
    }
    use counters::{Counters, Hit, Page, pages};

    #[test]
    fn unsigned_integers_reach_their_limits() -> Result {
        // MB.14
        let conn = &mut connect_to::<Counters>();
        let new = Page::builder().small(u16::MAX).int(u32::MAX).big(u64::MAX);
        let most = Page::create(conn, new)?;
        assert_eq!(
            (most.small, most.int, most.big),
            (u16::MAX, u32::MAX, Some(u64::MAX))
        );
        assert_eq!(Page::get_by_pk(conn, most.id)?, most);
        let least = Page::create(conn, Page::builder().int(0))?;
        assert_eq!(
            (least.id, least.small, least.int, least.big),
            (2, 0, 0, None)
        );
        assert_eq!(Page::create(conn, Page::builder())?.int, 7);
        assert_eq!(Page::find_where(conn, pages::big.eq(u64::MAX))?, [most]);
        let last = Page::create(conn, Page::builder().id(u64::MAX - 1))?;
        assert_eq!(last.id, u64::MAX - 1);
        Ok(())
    }

    #[test]
    fn unsigned_keys_are_generated_and_linked() -> Result {
        let conn = &mut connect_to::<Counters>();
        let made = Page::bulk_create(conn, [Page::builder(), Page::builder(), Page::builder()])?;
        assert_eq!(
            made.iter().map(|page| page.id).collect::<Vec<_>>(),
            [1, 2, 3]
        );
        made[1].create_hits(conn, [Hit::builder(), Hit::builder()])?;
        let found = Page::query()
            .order(pages::id)
            .include(Page::hits())
            .load(conn)?;
        let hits: Vec<usize> = found.iter().map(|page| page.hits.len()).collect();
        assert_eq!(hits, [0, 2, 0]);
        assert_eq!(Hit::get_by_pk(conn, 2_u32)?.get_page(conn)?.id, 2);
        Ok(())
    }
}

#[cfg(feature = "postgres")]
mod arrays {
    use chrono::{DateTime, NaiveDate, Utc};
    use diesel::prelude::*;
    use orm_core::Error;
    use orm_core::prelude::*;
    use orm_tests::connect_to;
    use uuid::Uuid;

    use crate::support::Result;

    mod store {
        use super::*;

        #[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
        pub enum Size {
            Small,
            Large,
        }

        #[derive(Model, Debug, Clone, PartialEq)]
        pub struct Shirt {
            #[model(primary_key)]
            pub id: i32,
            #[model(default = "{}")]
            pub tags: Vec<String>,
            #[model(default = "{small}")]
            pub sizes: Vec<Size>,
            #[model(default = "{1,2}")]
            pub counts: Vec<i64>,
            pub gaps: Option<Vec<Option<i32>>>,
            pub days: Option<Vec<NaiveDate>>,
            pub moments: Option<Vec<DateTime<Utc>>>,
            pub ids: Option<Vec<Uuid>>,
            pub parts: Option<Vec<Vec<u8>>>,
        }

        orm_core::schema! { pub Store { Shirt } }
    }
    use store::{Shirt, Size, Store, shirts};

    #[test]
    fn arrays_come_back_as_they_went() -> Result {
        // DT.5, DS.10
        let conn = &mut connect_to::<Store>();
        let empty = Shirt::create(conn, Shirt::builder())?;
        assert_eq!(
            (empty.tags.len(), empty.counts.as_slice()),
            (0, [1, 2].as_slice())
        );
        assert_eq!(
            (empty.sizes.as_slice(), &empty.gaps),
            ([Size::Small].as_slice(), &None)
        );
        let tags = vec![
            String::new(),
            "a,b".into(),
            "{\"x\"}\\".into(),
            "NULL".into(),
            "🦀".into(),
        ];
        let day = NaiveDate::from_ymd_opt(2026, 2, 28).expect("a day");
        let moment = day
            .and_hms_micro_opt(23, 59, 59, 999_999)
            .expect("a time")
            .and_utc();
        let new = Shirt::builder()
            .tags(tags.clone())
            .sizes(vec![Size::Large, Size::Small, Size::Large])
            .counts(vec![i64::MIN, 0, i64::MAX])
            .gaps(vec![None, Some(1), None])
            .days(vec![day])
            .moments(vec![moment])
            .ids(vec![Uuid::nil(), Uuid::max()])
            .parts(vec![vec![], vec![0, 255]]);
        let full = Shirt::create(conn, new)?;
        assert_eq!(full.tags, tags);
        assert_eq!(full.sizes, [Size::Large, Size::Small, Size::Large]);
        assert_eq!(full.counts, [i64::MIN, 0, i64::MAX]);
        assert_eq!(full.gaps, Some(vec![None, Some(1), None]));
        assert_eq!(
            (&full.days, &full.moments),
            (&Some(vec![day]), &Some(vec![moment]))
        );
        assert_eq!(full.ids, Some(vec![Uuid::nil(), Uuid::max()]));
        assert_eq!(full.parts, Some(vec![vec![], vec![0, 255]]));
        assert_eq!(Shirt::get_by_pk(conn, full.id)?, full);
        let large = shirts::sizes.contains(vec!["large"]);
        assert_eq!(Shirt::find_where(conn, large)?, [full.clone()]);
        assert_eq!(Shirt::find_where(conn, shirts::tags.eq(tags))?, [full]);
        Ok(())
    }

    #[test]
    fn an_array_of_an_enum_holds_its_variants_only() -> Result {
        let conn = &mut connect_to::<Store>();
        Shirt::create(conn, Shirt::builder())?;
        let sql = "UPDATE shirts SET sizes = ARRAY['small', 'huge']";
        let error = Error::from(
            diesel::sql_query(sql)
                .execute(conn)
                .expect_err("no variant"),
        );
        assert!(matches!(error, Error::CheckViolation(_)), "{error:?}");
        Ok(())
    }
}

#[cfg(feature = "postgres")]
mod of_diesel {
    use std::ops::Bound;

    use diesel::prelude::*;
    use orm_core::prelude::*;
    use orm_tests::connect_to;

    use crate::support::Result;

    mod store {
        use super::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        pub struct Booking {
            #[model(primary_key)]
            pub id: i32,
            #[model(sql_type = "diesel::sql_types::Range<diesel::sql_types::Integer>")]
            pub seats: (Bound<i32>, Bound<i32>),
            #[model(sql_type = "diesel::sql_types::Array<diesel::sql_types::Text>")]
            pub names: Vec<String>,
        }

        orm_core::schema! { pub Store { Booking } }
    }
    use store::{Booking, Store, bookings};

    #[test]
    fn other_types_of_diesel_are_named_by_their_sql_type() -> Result {
        let conn = &mut connect_to::<Store>();
        let seats = (Bound::Included(3), Bound::Excluded(7));
        let new = Booking::builder().seats(seats).names(vec!["a".into()]);
        let booking = Booking::create(conn, new)?;
        assert_eq!(booking.seats, seats);
        assert_eq!(
            Booking::find_where(conn, bookings::seats.eq(seats))?,
            [booking]
        );
        Ok(())
    }
}
