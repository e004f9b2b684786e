//! A many-to-many association with a junction of its own: who works on what, and as what.
//!
//! `cargo run --example projects`; `src/lib.rs` tells how to run it on PostgreSQL or MySQL.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use examples::Conn;
use orm_core::prelude::*;

#[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProjectRole {
    Owner,
    Admin,
    #[default]
    Contributor,
    Viewer,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Project, through = UserProject, as = "projects")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(User, through = UserProject, as = "members")]
pub struct Project {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique)]
    pub name: String,
}

/// A user on a project. The two keys together are the primary key.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct UserProject {
    #[model(primary_key)]
    pub user_id: i32,
    #[model(primary_key)]
    pub project_id: i32,
    #[model(default)]
    pub role: ProjectRole,
    #[model(default = now)]
    pub joined_at: NaiveDateTime,
    #[model(default = true)]
    pub is_active: bool,
}

orm_core::schema! { pub Work { User, Project, UserProject } }

/// A project with its members, each with the row that makes them one.
type Team = Loaded<Project, ProjectMembers>;

fn main() -> examples::Result {
    examples::run(program)
}

fn program(conn: &mut Conn) -> examples::Result {
    Work::create_all(conn)?;
    staff(conn)?;

    println!("Everybody on every project\n");
    for team in &teams(conn)? {
        print_team(team);
    }

    println!("\nProjects with an active contributor, and who that is\n");
    for team in &contributors(conn)? {
        print_team(team);
    }

    println!("\nHow busy people are\n");
    print_workload(conn)?;

    println!("\nAfter the hand-over\n");
    hand_over(conn)?;
    for team in &teams(conn)? {
        print_team(team);
    }
    Ok(())
}

fn staff(conn: &mut Conn) -> orm_core::Result<()> {
    let people = ["Ann", "Bo", "Cy", "Di"].map(|name| User::builder().name(name));
    let projects = ["Apollo", "Borealis", "Comet"].map(|name| Project::builder().name(name));
    let people = User::bulk_create(conn, people)?;
    let projects = Project::bulk_create(conn, projects)?;
    let ([ann, bo, cy, di], [apollo, borealis, comet]) = (&people[..], &projects[..]) else {
        return Ok(());
    };

    // A new link is an active contributor's, from now on: the database fills in the rest.
    apollo.add_members(conn, [bo, cy])?;
    borealis.add_member(conn, ann)?;

    // Or its columns are stated, checked by the compiler like those of any other model.
    let owner = UserProject::builder().role(ProjectRole::Owner);
    ann.add_project_with(conn, apollo, owner.clone())?;
    di.add_projects_with(conn, [borealis, comet], owner)?;
    cy.add_project_with(conn, borealis, UserProject::builder().is_active(false))?;
    Ok(())
}

fn teams(conn: &mut Conn) -> orm_core::Result<Vec<Team>> {
    Project::query()
        .include(Project::members().order(users::name.asc()))
        .order(projects::name.asc())
        .load(conn)
}

/// The junction filters the members, and `required` leaves out projects without any.
fn contributors(conn: &mut Conn) -> orm_core::Result<Vec<Team>> {
    Project::query()
        .include(
            Project::members()
                .through_filter(user_projects::role.eq(ProjectRole::Contributor))
                .through_filter(user_projects::is_active.eq(true))
                .order(users::name.asc())
                .required(),
        )
        .order(projects::name.asc())
        .load(conn)
}

/// Counts are the database's; a limit holds for each user, not for all together.
fn print_workload(conn: &mut Conn) -> orm_core::Result<()> {
    let counted = User::query()
        .include(User::projects().count())
        .order(users::id.asc())
        .load(conn)?;
    let latest = User::query()
        .include(User::projects().order(projects::name.desc()).limit(1))
        .order(users::id.asc())
        .load(conn)?;
    for (user, with_latest) in counted.iter().zip(&latest) {
        let names: Vec<&str> = with_latest
            .projects
            .iter()
            .map(|p| p.name.as_str())
            .collect();
        println!(
            "  {:<4} {} projects, last {}",
            user.name,
            user.projects,
            names.join(", ")
        );
    }
    Ok(())
}

/// Apollo goes to Cy and Di, as admins; whoever else was on it leaves, in one transaction.
fn hand_over(conn: &mut Conn) -> orm_core::Result<()> {
    let apollo: Project = Project::query()
        .filter(projects::name.eq("Apollo"))
        .first(conn)?;
    let heirs = User::find_where(conn, users::name.eq_any(["Cy", "Di"]))?;
    let admin = UserProject::builder().role(ProjectRole::Admin);
    apollo.set_members_with(conn, &heirs, admin)
}

fn print_team(team: &Team) {
    println!("  {}", team.name);
    for member in &team.members {
        let role = member.through.role.as_str();
        let note = if member.through.is_active {
            ""
        } else {
            ", not active"
        };
        println!("    {:<4} {role}{note}", member.name);
    }
}
