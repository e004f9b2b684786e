//! On every backend, enums are texts with a `CHECK`, so they sort and compare in the same way.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Backend, connect_to};

mod tickets {
    use orm_core::prelude::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Priority {
        Low,
        Middle,
        High,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Ticket {
        #[model(primary_key)]
        pub id: i32,
        pub priority: Priority,
    }

    orm_core::schema! { pub Desk { Ticket } }
}

use tickets::{Desk, Priority, Ticket, tickets as table};

const ALL: [Priority; 3] = [Priority::Low, Priority::Middle, Priority::High];

fn by_priority(conn: &mut orm_tests::Conn) -> Result<Vec<Priority>> {
    let sorted = table::table.order(table::priority.asc());
    Ok(sorted.select(table::priority).load(conn)?)
}

#[test]
fn an_enum_sorts_and_compares_as_its_text() -> Result {
    // DT.7
    let conn = &mut connect_to::<Desk>();
    Ticket::bulk_create(
        conn,
        ALL.map(|priority| Ticket::builder().priority(priority)),
    )?;
    let by_text = [Priority::High, Priority::Low, Priority::Middle];
    assert_eq!(by_priority(conn)?, by_text);
    let above = Ticket::count_where(conn, table::priority.gt(Priority::Low))?;
    assert_eq!(above, 1);
    let sql = Desk::create_sql::<Backend>();
    assert!(sql.contains("IN ('low', 'middle', 'high')"), "{sql}");
    Ok(())
}

/// A table that is there already may have the native type.
#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
#[test]
fn a_native_enum_of_mysql_is_read_and_written_but_sorts_by_its_place() -> Result {
    let conn = &mut connect_to::<Desk>();
    crate::support::sql(
        conn,
        "ALTER TABLE tickets MODIFY priority ENUM('low', 'middle', 'high') NOT NULL",
    );
    let new = ALL.map(|priority| Ticket::builder().priority(priority));
    let mut all = Ticket::bulk_create(conn, new)?;
    assert_eq!(by_priority(conn)?, ALL);
    assert_eq!(Ticket::count_where(conn, table::priority.eq_any(ALL))?, 3);
    // It compares as its text all the same: another order than it sorts by.
    assert_eq!(
        Ticket::count_where(conn, table::priority.gt(Priority::Low))?,
        1
    );
    all[0].update(conn, Ticket::changes().priority(Priority::High))?;
    all[0].reload(conn)?;
    assert_eq!(all[0].priority, Priority::High);
    Ok(())
}
