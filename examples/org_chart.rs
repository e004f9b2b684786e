//! Trees in one table: employees with their managers, and categories three levels deep.
//!
//! `cargo run --example org_chart`; `src/lib.rs` tells how to run it on PostgreSQL or MySQL.

use diesel::prelude::*;
use examples::Conn;
use orm_core::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Employee, fk = "manager_id", as = "manager", on_delete = "set_null")]
#[has_many(Employee, fk = "manager_id", as = "subordinates")]
pub struct Employee {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    pub title: String,
    pub manager_id: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Category, fk = "parent_id", as = "parent", on_delete = "cascade")]
#[has_many(Category, fk = "parent_id", as = "children", singular = "child")]
pub struct Category {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    pub parent_id: Option<i32>,
}

orm_core::schema! { pub Company { Employee, Category } }

/// An employee between the manager and the team.
type Position = Loaded<Employee, (EmployeeManager, EmployeeSubordinates)>;

/// A category with the two levels below it.
type Shelf = Loaded<Category, CategoryChildren<CategoryChildren>>;

fn main() -> examples::Result {
    examples::run(program)
}

fn program(conn: &mut Conn) -> examples::Result {
    Company::create_all(conn)?;

    println!("Who works with whom\n");
    let jane = hire(conn)?;
    print_position(&position(conn, jane.id)?);

    println!("\nAfter a promotion\n");
    promote_from_team_of(conn, &jane)?;
    for employee in &everyone(conn)? {
        print_position(employee);
    }

    println!("\nThe catalogue\n");
    stock(conn)?;
    for shelf in &catalogue(conn)? {
        print_shelf(shelf);
    }
    Ok(())
}

/// Hires three levels of people; gives the one in the middle.
fn hire(conn: &mut Conn) -> orm_core::Result<Employee> {
    let john = Employee::create(conn, Employee::builder().name("John").title("CEO"))?;
    let jane = john.create_subordinate(
        conn,
        Employee::builder()
            .name("Jane")
            .title("Head of Engineering"),
    )?;
    jane.create_subordinates(
        conn,
        [
            Employee::builder().name("Bob").title("Engineer"),
            Employee::builder().name("Eve").title("Engineer"),
        ],
    )?;
    Ok(jane)
}

/// Both directions of one foreign key, in one query.
fn position(conn: &mut Conn, id: i32) -> orm_core::Result<Position> {
    Employee::query()
        .filter(employees::id.eq(id))
        .include(Employee::manager())
        .include(Employee::subordinates().order(employees::name.asc()))
        .first(conn)
}

fn everyone(conn: &mut Conn) -> orm_core::Result<Vec<Position>> {
    Employee::query()
        .include(Employee::manager())
        .include(Employee::subordinates().order(employees::name.asc()))
        .order(employees::name.asc())
        .load(conn)
}

/// The first of the team now reports to the manager's manager.
fn promote_from_team_of(conn: &mut Conn, manager: &Employee) -> orm_core::Result<()> {
    let mut team: Vec<Employee> = manager
        .query_subordinates()
        .order(employees::name.asc())
        .load(conn)?;
    let boss = manager.get_manager(conn)?;
    for employee in team.iter_mut().take(1) {
        employee.set_manager(conn, boss.as_ref())?;
        employee.update(conn, Employee::changes().title("Head of Research"))?;
    }
    Ok(())
}

fn stock(conn: &mut Conn) -> orm_core::Result<()> {
    let shelves = [
        ("Electronics", "Computers", ["Laptops", "Tablets"]),
        ("Books", "Fiction", ["Novels", "Poetry"]),
    ];
    for (root, branch, leaves) in shelves {
        let root = Category::create(conn, Category::builder().name(root))?;
        let branch = root.create_child(conn, Category::builder().name(branch))?;
        branch.create_children(conn, leaves.map(|leaf| Category::builder().name(leaf)))?;
    }
    Ok(())
}

/// The roots with all that is below them: one statement per level.
fn catalogue(conn: &mut Conn) -> orm_core::Result<Vec<Shelf>> {
    Category::query()
        .filter(categories::parent_id.is_null())
        .order(categories::name.asc())
        .include(
            Category::children()
                .order(categories::name.asc())
                .include(Category::children().order(categories::name.asc())),
        )
        .load(conn)
}

fn print_position(employee: &Position) {
    println!("  {}, {}", employee.name, employee.title);
    match &employee.manager {
        Some(manager) => println!("    reports to {}", manager.name),
        None => println!("    reports to nobody"),
    }
    for subordinate in &employee.subordinates {
        println!("    leads {}, {}", subordinate.name, subordinate.title);
    }
}

fn print_shelf(shelf: &Shelf) {
    println!("  {}", shelf.name);
    for branch in &shelf.children {
        println!("  └─ {}", branch.name);
        for leaf in &branch.children {
            println!("     └─ {}", leaf.name);
        }
    }
}
