//! Columns that only the database writes.

use crate::support::{Result, sql};
use orm_core::prelude::*;
use orm_tests::{Conn, connect, connect_to, statements};

mod own {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Item, fk = "order_id", as = "items")]
    pub struct Order {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique)]
        pub code: String,
        /// A trigger counts the writes.
        #[model(default = 0, read_only)]
        pub writes: i32,
        /// A trigger puts the code in upper case.
        #[model(read_only)]
        pub upper: Option<String>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Order, fk = "order_id", as = "order")]
    pub struct Item {
        #[model(primary_key)]
        pub id: i32,
        pub order_id: Option<i32>,
        #[model(default = 0, read_only)]
        pub writes: i32,
    }

    orm_core::schema! { pub Shop { Order, Item } }
}
use own::{Item, NewOrder, Order, Shop, items, orders};

/// A table that counts how often its rows were written.
fn counting(conn: &mut Conn, table: &str, also: &str) {
    let also = if also.is_empty() {
        String::new()
    } else {
        format!(", {also}")
    };
    #[cfg(feature = "sqlite")]
    for verb in ["INSERT", "UPDATE"] {
        let old = if verb == "INSERT" { "0" } else { "OLD.writes" };
        let also = also.replace("NEW.upper", "upper");
        sql(
            conn,
            &format!(
                "CREATE TRIGGER {table}_{verb} AFTER {verb} ON {table}
                 WHEN NEW.writes = {old} BEGIN
                   UPDATE {table} SET writes = {old} + 1{also} WHERE id = NEW.id; END"
            ),
        );
    }
    #[cfg(feature = "postgres")]
    {
        let also = also.replace(", ", "; ").replace(" = ", " := ");
        sql(
            conn,
            &format!(
                "CREATE FUNCTION count_{table}() RETURNS trigger LANGUAGE plpgsql AS
                 'BEGIN NEW.writes := NEW.writes + 1{also}; RETURN NEW; END';
                 CREATE TRIGGER counts BEFORE INSERT OR UPDATE ON {table}
                 FOR EACH ROW EXECUTE FUNCTION count_{table}()"
            ),
        );
    }
    #[cfg(feature = "mysql")]
    for verb in ["INSERT", "UPDATE"] {
        sql(
            conn,
            &format!(
                "CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table} FOR EACH ROW
                 SET NEW.writes = NEW.writes + 1{also}"
            ),
        );
    }
}

fn shop() -> Conn {
    let mut conn = connect_to::<Shop>();
    counting(&mut conn, "orders", "NEW.upper = upper(NEW.code)");
    counting(&mut conn, "items", "");
    conn
}

fn is_fresh(conn: &mut Conn, order: &Order, writes: i32) -> Result {
    assert_eq!(&Order::get_by_pk(conn, order.id)?, order);
    assert_eq!(order.writes, writes);
    assert_eq!(order.upper, Some(order.code.to_uppercase()));
    Ok(())
}

#[test]
fn it_is_fresh_after_every_write_and_never_written() -> Result {
    let conn = &mut shop();
    let (order, sent) = statements::of(conn, |conn| {
        Order::create(
            conn,
            NewOrder {
                id: None,
                code: "a".into(),
            },
        )
    });
    let mut order = order?;
    is_fresh(conn, &order, 1)?;
    assert!(
        !sent[0]
            .split("RETURNING")
            .next()
            .unwrap_or("")
            .contains("writes"),
        "{sent:?}"
    );

    order.update(conn, Order::changes().code("b"))?;
    is_fresh(conn, &order, 2)?;
    order.code = "c".into();
    order.writes = 70; // is not written
    order.save(conn)?;
    is_fresh(conn, &order, 3)?;
    let order = Order::upsert(conn, Order::builder().code("c"))?;
    is_fresh(conn, &order, 4)?;
    let order = Order::upsert(conn, Order::builder().code("new"))?;
    is_fresh(conn, &order, 1)?;
    let (order, created) = {
        use diesel::ExpressionMethods;
        Order::find_or_create(conn, orders::code.eq("d"), Order::builder().code("d"))?
    };
    assert!(created);
    is_fresh(conn, &order, 1)
}

#[test]
fn many_rows_come_back_fresh_and_in_their_order() -> Result {
    let conn = &mut shop();
    for count in [1, 2, 16, 17, 100, 200] {
        let new = (0..count).map(|number| Order::builder().code(format!("n{count}_{number}")));
        let rows = Order::bulk_create(conn, new)?;
        assert_eq!(i32::try_from(rows.len()), Ok(count));
        for (number, row) in (0..).zip(&rows) {
            assert_eq!(row.code, format!("n{count}_{number}"));
            is_fresh(conn, row, 1)?;
        }
    }
    Ok(())
}

#[test]
fn associations_leave_it_fresh() -> Result {
    let conn = &mut shop();
    let order = Order::create(conn, Order::builder().code("a"))?;
    let mut item = order.create_item(conn, Item::builder())?;
    assert_eq!(item.writes, 1);
    item.set_order(conn, None::<&Order>)?;
    assert_eq!((item.writes, item.order_id), (2, None));
    item.set_order(conn, &order)?;
    assert_eq!((item.writes, item.order_id), (3, Some(order.id)));
    assert_eq!(Item::get_by_pk(conn, item.id)?, item);
    let other = item.create_order(conn, Order::builder().code("b"))?;
    assert_eq!((item.writes, item.order_id), (4, Some(other.id)));
    let _ = items::writes;
    Ok(())
}

#[test]
fn a_row_that_is_gone_is_not_found() -> Result {
    let conn = &mut shop();
    let mut order = Order::create(conn, Order::builder().code("a"))?;
    order.destroy(conn)?;
    let gone = order.update(conn, Order::changes().code("b"));
    assert!(
        matches!(gone, Err(orm_core::Error::NotFound { model: "Order", .. })),
        "{gone:?}"
    );
    assert!(order.save(conn).is_err());
    Ok(())
}

mod adopted {
    use super::*;

    diesel::table! {
        boxes (id) { id -> Integer, width -> Integer, height -> Integer, area -> Nullable<Integer>, label -> Text }
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = boxes)]
    pub struct Crate {
        #[model(primary_key)]
        pub id: i32,
        pub width: i32,
        pub height: i32,
        #[model(read_only)]
        pub area: Option<i32>,
        #[model(read_only)]
        pub label: String,
    }

    #[test]
    fn generated_columns_are_read_only() -> Result {
        let conn = &mut connect();
        sql(
            conn,
            "CREATE TABLE boxes (
                id INTEGER NOT NULL PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL,
                area INTEGER GENERATED ALWAYS AS (width * height) STORED,
                label VARCHAR(9) NOT NULL DEFAULT 'box')",
        );
        let new = Crate::builder().id(1).width(2).height(3);
        let mut first = Crate::create(conn, new)?;
        assert_eq!((first.area, first.label.as_str()), (Some(6), "box"));
        first.update(conn, Crate::changes().width(5))?;
        assert_eq!(first.area, Some(15));
        first.height = 4;
        first.save(conn)?;
        assert_eq!(first.area, Some(20));
        first.increment(conn, boxes::width, 1)?;
        assert_eq!(first.area, Some(24));
        let more = (2..30).map(|n| Crate::builder().id(n).width(n).height(n));
        let more = Crate::bulk_create(conn, more)?;
        assert!(more.iter().all(|row| row.area == Some(row.id * row.id)));
        assert_eq!(
            Crate::upsert(conn, Crate::builder().id(1).width(1).height(9))?.area,
            Some(9)
        );
        Ok(())
    }
}
