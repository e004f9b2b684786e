//! A shop: orders with their lines as one graph, a stock that two people sell from, mistakes in a form, a log of what
//! changed, and mails when an order is certain.
//!
//! `cargo run --example shop`; `src/lib.rs` tells how to run it on PostgreSQL or MySQL.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use examples::Conn;
use orm_core::prelude::*;
use orm_core::{ByFilter, Error, HookedBy, Hooks, PrimaryKey as _, after_commit, transaction};

/// The backend of the example's connection: hooks are written for a backend.
type Db = <Conn as diesel::Connection>::Backend;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Order, fk = "customer_id", as = "orders")]
pub struct Customer {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 60, validate(length(2..=60), message = "Tell us your name"))]
    pub name: String,
    #[model(
        unique,
        length = 100,
        validate(email, message = "This is not an address")
    )]
    pub email: String,
}

/// The version keeps two sellers from selling the same last piece.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(hooks(Audit))]
pub struct Product {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 60)]
    pub name: String,
    pub cents: i32,
    #[model(validate(range(0..), message = "sold out"))]
    pub stock: i32,
    #[model(version)]
    pub version: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(hooks, hooks(Audit))]
#[belongs_to(Customer, fk = "customer_id", as = "customer")]
#[has_many(Line, fk = "order_id", as = "lines")]
pub struct Order {
    #[model(primary_key)]
    pub id: i32,
    pub customer_id: i32,
    #[model(created_at)]
    pub placed_at: DateTime<Utc>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Order, fk = "order_id", as = "order", on_delete = "cascade")]
#[belongs_to(Product, fk = "product_id", as = "product")]
pub struct Line {
    #[model(primary_key)]
    pub id: i32,
    pub order_id: i32,
    pub product_id: i32,
    #[model(validate(range(1..=99), message = "1 to 99 pieces"))]
    pub pieces: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Entry {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 100)]
    pub text: String,
}

orm_core::schema! { pub Shop { Customer, Product, Order, Line, Entry } }

/// An order with all that a page shows of it: the type that `Order::create` gives, and that an include gives.
type WholeOrder = Loaded<Order, OrderLines>;

/// Hooks of an order alone: the mail is sent when the order is certain.
impl Hooks<Order, Db> for Order {
    const BY_FILTER: ByFilter = ByFilter::Each;

    fn after_create(
        conn: &mut impl orm_core::Connection<Backend = Db>,
        order: &Order,
    ) -> orm_core::Result<()> {
        let customer = order.get_customer(conn)?;
        let id = order.id;
        after_commit(conn, move || {
            println!("  mail to {}: order {id}", customer.email)
        })
    }
}

/// Hooks that several models share: a log.
pub struct Audit;

impl<M: Model + HookedBy<Audit>> Hooks<M, Db> for Audit {
    const BY_FILTER: ByFilter = ByFilter::Each;

    fn after_save(
        conn: &mut impl orm_core::Connection<Backend = Db>,
        row: &M,
    ) -> orm_core::Result<()> {
        let key = M::PrimaryKey::show(&M::PrimaryKey::of(row));
        Entry::create(conn, Entry::builder().text(format!("{} {key}", M::NAME)))?;
        Ok(())
    }
}

fn main() -> examples::Result {
    examples::run(program)
}

fn program(conn: &mut Conn) -> examples::Result {
    Shop::create_all(conn)?;
    let [tea, cup] = products(conn)?;
    let ann = sign_up(conn, "Ann", "ann@example.com")?;

    println!("Orders");
    let order = place(conn, &ann, [(&tea, 2), (&cup, 1)])?;
    println!(
        "  {} lines, of {}",
        order.lines.len(),
        order.placed_at.date_naive()
    );

    println!("\nMore than there is");
    match place(conn, &ann, [(&tea, 1), (&cup, 9)]) {
        Err(Error::Invalid(problems)) => {
            for problem in problems.iter() {
                println!("  {}: {}", problem.model(), problem.message());
            }
        }
        other => println!("  {other:?}"),
    }
    let left: Vec<i32> = products::table
        .order(products::id)
        .select(products::stock)
        .load(conn)?;
    println!("  nothing was sold: {left:?} are left");

    println!("\nTwo sellers at once");
    let mut mine = Product::get_by_pk(conn, tea.id)?;
    let mut theirs = mine.clone();
    let one_less = Product::changes().stock(theirs.stock - 1);
    theirs.update(conn, one_less)?;
    let one_less = Product::changes().stock(mine.stock - 1);
    if let Err(Error::Stale { model, key, .. }) = mine.update(conn, one_less) {
        println!("  {model} with {key} was sold by somebody else meanwhile");
    }

    println!("\nA form");
    let form = Customer::builder().name("B").email("bo.example.com");
    if let Err(Error::Invalid(problems)) = Customer::create(conn, form) {
        for problem in problems.iter() {
            println!(
                "  {}: {}",
                problem.field().unwrap_or("all"),
                problem.message()
            );
        }
    }

    println!("\nThe log");
    for entry in Entry::find_all(conn)? {
        println!("  {}", entry.text);
    }
    Ok(())
}

fn products(conn: &mut Conn) -> orm_core::Result<[Product; 2]> {
    let tea = Product::create(conn, Product::builder().name("Tea").cents(450).stock(5))?;
    let cup = Product::create(conn, Product::builder().name("Cup").cents(900).stock(3))?;
    Ok([tea, cup])
}

fn sign_up(conn: &mut Conn, name: &str, email: &str) -> orm_core::Result<Customer> {
    let new = Customer::builder().name(name).email(email);
    let (customer, _) = Customer::find_or_create_by(conn, customers::email, new)?;
    Ok(customer)
}

/// Takes the products out of the stock and writes the order with its lines, or does nothing.
fn place<const LINES: usize>(
    conn: &mut Conn,
    customer: &Customer,
    wanted: [(&Product, i32); LINES],
) -> orm_core::Result<WholeOrder> {
    transaction(conn).run(|conn| {
        for (product, pieces) in wanted {
            let mut product = Product::get_by_pk(conn, product.id)?;
            let left = product.stock - pieces;
            product.update(conn, Product::changes().stock(left))?;
        }
        let lines =
            wanted.map(|(product, pieces)| Line::builder().product_id(product.id).pieces(pieces));
        let order = Order::builder().customer_id(customer.id).with_lines(lines);
        Order::create(conn, order)
    })
}
