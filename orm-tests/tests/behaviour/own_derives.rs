//! Structs that keep Diesel's `Queryable`, `Selectable` and `HasQuery`, with fields that these derives
//! make.

use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Conn, GENERATED_KEY, connect};

use crate::support::{Result, number, sql};
use models::{Account, Address, Badge, Entry, Order, Shown};
use schema::{accounts, orders};

mod schema {
    diesel::table! {
        accounts (id) {
            id -> Integer,
            name -> Text,
            visits -> Integer,
            street -> Nullable<Text>,
            city -> Nullable<Text>,
        }
    }

    diesel::table! {
        orders (id) {
            id -> Integer,
            account_id -> Integer,
            amount -> Integer,
        }
    }

    diesel::table! {
        account_badges (account_id, badge_id) {
            account_id -> Integer,
            badge_id -> Integer,
        }
    }

    diesel::joinable!(orders -> accounts (account_id));
    diesel::allow_tables_to_appear_in_same_query!(accounts, orders, account_badges);
}

mod models {
    use super::schema::{self, accounts, orders};
    use diesel::prelude::*;
    use orm_core::prelude::*;

    /// A part of the row, which Diesel reads.
    #[derive(Queryable, Selectable, Debug, Clone, PartialEq, Default)]
    #[diesel(table_name = accounts)]
    pub struct Address {
        pub street: Option<String>,
        pub city: Option<String>,
    }

    /// What is computed stands between the columns.
    #[derive(Model, Queryable, Selectable, Identifiable, Debug, Clone, PartialEq)]
    #[diesel(table_name = accounts)]
    #[model(schema = accounts, without(queryable, selectable))]
    #[model(has_many(Order, fk = "account_id", as = "orders"))]
    #[model(belongs_to_many(
        Badge, through = AccountBadge, fk = "account_id", other_key = "badge_id", as = "badges"
    ))]
    pub struct Account {
        #[diesel(select_expression = accounts::visits + 1_i32)]
        pub next_visit: i32,
        #[model(primary_key)]
        pub id: i32,
        #[diesel(embed)]
        pub address: Address,
        #[diesel(column_name = name)]
        pub title: String,
        #[diesel(select_expression = accounts::city.is_not_null())]
        pub has_city: bool,
        #[model(default)]
        pub visits: i32,
    }

    /// `HasQuery` is all three.
    #[derive(Model, HasQuery, Debug, Clone, PartialEq)]
    #[model(schema = orders, without(queryable, selectable))]
    #[model(belongs_to(Account, fk = "account_id", as = "account"))]
    pub struct Order {
        #[model(primary_key)]
        pub id: i32,
        pub account_id: i32,
        #[diesel(select_expression = orders::amount * 2_i32)]
        pub twice: i32,
        pub amount: i32,
    }

    /// A text that is read in another way than it is written.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Upper(String);

    impl From<Upper> for String {
        fn from(upper: Upper) -> Self {
            upper.0
        }
    }

    impl<DB> Queryable<diesel::sql_types::Text, DB> for Upper
    where
        DB: diesel::backend::Backend,
        String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
    {
        type Row = String;

        fn build(text: String) -> diesel::deserialize::Result<Self> {
            Ok(Self(text.to_uppercase()))
        }
    }

    /// Its own `Queryable` alone.
    #[derive(Model, Queryable, Debug, Clone, PartialEq)]
    #[model(schema = accounts, without(queryable))]
    pub struct Shown {
        #[model(primary_key)]
        pub id: i32,
        #[diesel(deserialize_as = Upper)]
        pub name: String,
        #[model(default)]
        pub visits: i32,
    }

    /// Its own `Selectable` alone.
    #[derive(Model, Selectable, Debug, Clone, PartialEq)]
    #[diesel(table_name = orders)]
    #[model(schema = orders, without(selectable))]
    #[model(belongs_to(Shown, fk = "account_id", as = "shown"))]
    pub struct Entry {
        #[model(primary_key)]
        pub id: i32,
        pub account_id: i32,
        pub amount: i32,
    }

    /// A table of ours, with `Selectable` and `Queryable` of Diesel's.
    #[derive(Model, Queryable, Selectable, Debug, Clone, PartialEq)]
    #[diesel(table_name = badges)]
    #[model(without(queryable, selectable))]
    pub struct Badge {
        #[model(primary_key)]
        pub id: i32,
        pub level: i32,
        #[diesel(select_expression = badges::level * 100_i32)]
        pub points: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::account_badges)]
    pub struct AccountBadge {
        #[model(primary_key)]
        pub account_id: i32,
        #[model(primary_key)]
        pub badge_id: i32,
    }

    orm_core::schema! {
        pub Shop { #[adopted] Account, #[adopted] Order, Badge, #[adopted] AccountBadge }
    }
}

fn shop() -> Result<Conn> {
    let mut conn = connect();
    let tables = format!(
        "CREATE TABLE accounts (id {GENERATED_KEY}, name VARCHAR(40) NOT NULL UNIQUE,
             visits INTEGER NOT NULL DEFAULT 3, street VARCHAR(40), city VARCHAR(40));
         CREATE TABLE orders (id {GENERATED_KEY}, account_id INTEGER NOT NULL, amount INTEGER NOT NULL);
         CREATE TABLE account_badges (account_id INTEGER NOT NULL, badge_id INTEGER NOT NULL,
             PRIMARY KEY (account_id, badge_id));"
    );
    sql(&mut conn, &tables);
    models::Shop::create_all(&mut conn)?;
    Ok(conn)
}

fn address(city: &str) -> Address {
    Address {
        street: None,
        city: Some(city.to_owned()),
    }
}

#[test]
fn what_diesel_makes_is_read_and_never_written() -> Result {
    let conn = &mut shop()?;
    let mut ann = Account::create(conn, Account::builder().title("Ann"))?;
    assert_eq!((ann.next_visit, ann.visits, ann.has_city), (4, 3, false));
    sql(conn, "UPDATE accounts SET city = 'Ulm'");
    ann.visits = 7;
    ann.save(conn)?;
    ann.update(conn, Account::changes().title("Anna"))?;
    let found = Account::get_by_pk(conn, ann.id)?;
    assert_eq!(
        (found.next_visit, found.has_city, &found.address),
        (8, true, &address("Ulm"))
    );
    assert_eq!(found.title, "Anna");
    ann.reload(conn)?;
    assert_eq!(ann, found);
    let many = (0..30).map(|at| Account::builder().title(format!("{at}")).visits(at));
    let made = Account::bulk_create(conn, many)?;
    assert!(
        made.iter()
            .all(|account| account.next_visit == account.visits + 1)
    );
    assert_eq!((made.len(), made[29].title.as_str()), (30, "29"));
    assert_eq!(
        Account::find_where(conn, accounts::name.eq("29"))?,
        made[29..]
    );
    let upserted = Account::upsert(conn, Account::builder().id(ann.id).title("A").visits(1))?;
    assert_eq!((upserted.next_visit, upserted.address), (2, address("Ulm")));
    Ok(())
}

#[test]
fn such_rows_are_included_and_have_includes() -> Result {
    let conn = &mut shop()?;
    let ann = Account::create(conn, Account::builder().title("Ann"))?;
    let orders = [1, 2, 3].map(|amount| Order::builder().amount(amount));
    let orders = ann.create_orders(conn, orders)?;
    assert_eq!(orders[2].twice, 6);
    let badge = ann.create_badge(conn, Badge::builder().level(2))?;
    assert_eq!(badge.points, 200);
    let rows = Account::query()
        .include(
            Account::orders()
                .order(orders::id.desc())
                .limit(2)
                .include(Order::account()),
        )
        .include(Account::badges())
        .load(conn)?;
    assert_eq!((&rows[0].orders[0].twice, rows[0].orders.len()), (&6, 2));
    assert_eq!(rows[0].orders[0].account, ann);
    assert_eq!(rows[0].badges[0].points, 200);
    let first = Account::query()
        .include(Account::badges().limit(1))
        .first(conn)?;
    assert_eq!(first.badges[0].points, 200);
    assert_eq!(
        ann.query_orders()
            .filter(orders::amount.gt(2))
            .load::<Order>(conn)?,
        orders[2..]
    );
    Ok(())
}

#[test]
fn diesels_queries_read_them_and_can_have_includes() -> Result {
    let conn = &mut shop()?;
    let ann = Account::create(conn, Account::builder().title("Ann"))?;
    let order = ann.create_order(conn, Order::builder().amount(5))?;
    let rows = accounts::table.select(Account::as_select()).load(conn)?;
    assert_eq!(rows, [ann.clone()]);
    let rows = accounts::table
        .select(Account::as_select())
        .include(Account::orders())
        .load(conn)?;
    assert_eq!((&*rows[0], &rows[0].orders[0]), (&ann, &order));
    let all: Vec<Order> = <Order as HasQuery<orm_tests::Backend>>::query().load(conn)?;
    assert_eq!(all, [order]);
    Ok(())
}

#[test]
fn one_derive_alone_may_stay() -> Result {
    let conn = &mut shop()?;
    let ann = Shown::create(conn, Shown::builder().name("Ann"))?;
    assert_eq!(
        (
            ann.name.as_str(),
            number(conn, "SELECT COUNT(*) FROM accounts WHERE name = 'Ann'")
        ),
        ("ANN", 1)
    );
    let entry = Entry::create(conn, Entry::builder().account_id(ann.id).amount(1))?;
    let rows = orders::table
        .select(Entry::as_select())
        .include(Entry::shown())
        .load(conn)?;
    assert_eq!((&*rows[0], &rows[0].shown), (&entry, &ann));
    Ok(())
}

/// A struct of Diesel's, over several tables, that has models as its parts.
#[derive(Queryable, Selectable, Debug, PartialEq)]
struct OrderView {
    #[diesel(embed)]
    entry: Entry,
    #[diesel(embed)]
    account: Account,
    #[diesel(select_expression = orders::amount + accounts::visits)]
    sum: i32,
}

#[test]
fn models_are_parts_of_structs_of_diesels() -> Result {
    let conn = &mut shop()?;
    let ann = Account::create(conn, Account::builder().title("Ann"))?;
    let entry = Entry::create(conn, Entry::builder().account_id(ann.id).amount(1))?;
    let bob = Account::create(conn, Account::builder().title("Bob"))?;
    let pairs = accounts::table
        .left_join(orders::table)
        .select((Account::as_select(), Option::<Entry>::as_select()))
        .order(accounts::id)
        .load::<(Account, Option<Entry>)>(conn)?;
    assert_eq!(pairs, [(ann.clone(), Some(entry.clone())), (bob, None)]);
    let views = orders::table
        .inner_join(accounts::table)
        .select(OrderView::as_select());
    let views = views.load(conn)?;
    assert_eq!(
        views,
        [OrderView {
            entry,
            account: ann,
            sum: 4
        }]
    );
    Ok(())
}
