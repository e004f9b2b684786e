//! Junctions whose key has a third column, which contain the links of others next to ours.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to};

/// Users and teams own projects, in one table.
mod owned {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(User, through = Owner, fk = "project_id", other_key = "owner_id", as = "users")]
    #[belongs_to_many(Team, through = Owner, fk = "project_id", other_key = "owner_id", as = "teams")]
    #[has_many(Owner, fk = "project_id", as = "owners")]
    pub struct Project {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(Project, through = Owner, fk = "owner_id", other_key = "project_id", as = "projects")]
    pub struct User {
        #[model(primary_key)]
        pub id: i32,
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(Project, through = Owner, fk = "owner_id", other_key = "project_id", as = "projects")]
    pub struct Team {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Project, fk = "project_id", as = "project")]
    pub struct Owner {
        #[model(primary_key)]
        pub project_id: i32,
        #[model(primary_key)]
        pub owner_id: i32,
        #[model(primary_key, length = 10)]
        pub kind: String,
    }

    orm_core::schema! { pub Forge { Project, User, Team, Owner } }
}
use owned::{Forge, Owner, Project, Team, User, owners, projects, users};

/// Two projects, three users and four teams. The first project has the users 1 and 2 and the teams 2 and 4.
fn forge() -> Result<Conn> {
    let mut forge = connect_to::<Forge>();
    let conn = &mut forge;
    Project::bulk_create(conn, [Project::builder(), Project::builder()])?;
    User::bulk_create(
        conn,
        ["Ann", "Bo", "Cy"].map(|name| User::builder().name(name)),
    )?;
    Team::bulk_create(conn, vec![Team::builder(); 4])?;
    let project = Project::get_by_pk(conn, 1)?;
    let links = [(1, "user"), (2, "user"), (2, "team"), (4, "team")];
    project.create_owners(
        conn,
        links.map(|(owner, kind)| Owner::builder().owner_id(owner).kind(kind)),
    )?;
    Ok(forge)
}

#[test]
fn such_a_junction_has_no_constraint_on_two_of_three_columns() -> Result {
    let conn = &mut forge()?;
    assert_eq!(Owner::count(conn)?, 4);
    // Nor a foreign key to users alone: there is no fourth user.
    assert_eq!(Owner::count_where(conn, owners::owner_id.eq(4))?, 1);
    let lost = Owner::builder().project_id(9).owner_id(1).kind("user");
    let error = Owner::create(conn, lost).unwrap_err();
    assert!(
        matches!(error, orm_core::Error::ForeignKeyViolation(_)),
        "{error}"
    );
    Ok(())
}

#[test]
fn such_links_are_read() -> Result {
    let conn = &mut forge()?;
    let project = Project::get_by_pk(conn, 1)?;
    let names = |users: Vec<User>| users.into_iter().map(|user| user.name).collect::<Vec<_>>();
    assert_eq!(names(project.get_users(conn)?), ["Ann", "Bo"]);
    assert_eq!(project.count_users(conn)?, 2);
    assert!(project.has_users(conn, [1, 2])?);
    assert!(!project.has_user(conn, 3)?);
    let bo = project
        .query_users()
        .filter(users::name.eq("Bo"))
        .load(conn)?;
    assert_eq!(names(bo), ["Bo"]);
    let team = Team::get_by_pk(conn, 4)?;
    assert!(team.has_project(conn, &project)?);
    assert_eq!(team.get_projects(conn)?, [project]);

    let kind = |kind: &'static str| owners::kind.eq(kind);
    let rows = Project::query()
        .order(projects::id.asc())
        .include(
            Project::users()
                .through_filter(kind("user"))
                .order(users::id.desc()),
        )
        .include(Project::teams().through_filter(kind("team")).count())
        .load(conn)?;
    let names: Vec<&str> = rows[0]
        .users
        .iter()
        .map(|user| user.name.as_str())
        .collect();
    assert_eq!(names, ["Bo", "Ann"]);
    assert_eq!((rows[0].teams, rows[1].teams), (2, 0));
    let rows = User::query()
        .order(users::id.asc())
        .include(
            User::projects()
                .through_filter(kind("user"))
                .limit(1)
                .required(),
        )
        .load(conn)?;
    assert_eq!(rows.iter().map(|user| user.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(rows[0].projects[0].through.kind, "user");
    Ok(())
}

#[test]
fn such_links_are_written_as_rows() -> Result {
    let conn = &mut forge()?;
    let project = Project::get_by_pk(conn, 1)?;
    Owner::get_by_pk(conn, (1, 2, "user".to_owned()))?.destroy(conn)?;
    assert!(project.has_owners(conn, [(1, 2, "team"), (1, 1, "user")])?);
    assert!(!project.has_owner(conn, (1, 2, "user"))?);
    assert_eq!(project.count_owners(conn)?, 3);
    Ok(())
}

/// Junctions whose rows two keys tell apart, whatever the primary key is.
mod told_apart {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(Tag, through = Stated, fk = "post_id", other_key = "tag_id", as = "stated", singular = "one_stated")]
    #[belongs_to_many(Tag, through = Numbered, fk = "post_id", other_key = "tag_id", as = "numbered", singular = "one_numbered")]
    #[belongs_to_many(Tag, through = Marked, fk = "post_id", other_key = "tag_id", as = "marked", singular = "one_marked")]
    #[belongs_to_many(Tag, through = Unique, fk = "post_id", other_key = "tag_id", as = "unique", singular = "one_unique")]
    pub struct Post {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Tag {
        #[model(primary_key)]
        pub id: i32,
    }

    /// It says that there is one link between two rows.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(unique(tag_id, post_id))]
    pub struct Stated {
        #[model(primary_key)]
        pub post_id: i32,
        #[model(primary_key)]
        pub tag_id: i32,
        #[model(primary_key, default = 3)]
        pub kind: i32,
    }

    /// With a key of its own.
    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Numbered {
        #[model(primary_key)]
        pub id: i32,
        pub post_id: i32,
        pub tag_id: i32,
    }

    /// With a UUID in its key, which says nothing of the link.
    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Marked {
        #[model(primary_key)]
        pub post_id: i32,
        #[model(primary_key)]
        pub tag_id: i32,
        #[model(primary_key, default = uuid)]
        pub mark: uuid::Uuid,
    }

    /// A tag has one post.
    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Unique {
        #[model(primary_key)]
        pub post_id: i32,
        #[model(primary_key)]
        pub kind: i32,
        #[model(unique)]
        pub tag_id: i32,
    }

    orm_core::schema! { pub Blog { Post, Tag, Stated, Numbered, Marked, Unique } }
}

#[test]
fn links_that_two_keys_tell_apart_are_written() -> Result {
    use told_apart::{Blog, Post, Stated, Tag, Unique};

    let conn = &mut connect_to::<Blog>();
    let post = Post::create(conn, Post::builder())?;
    Tag::bulk_create(conn, vec![Tag::builder(); 3])?;
    for _ in 0..2 {
        post.set_stated(conn, [1, 2])?;
        post.add_stated(conn, [2, 3])?;
        post.set_numbered(conn, [1, 2])?;
        post.add_numbered(conn, [2, 3])?;
        post.set_marked(conn, [1, 2])?;
        post.add_marked(conn, [2, 3])?;
        post.add_unique_with(conn, [1], Unique::builder().kind(7))?;
    }
    assert_eq!(post.count_stated(conn)?, 3);
    assert_eq!(Stated::count(conn)?, 3);
    assert_eq!(post.count_numbered(conn)?, 3);
    assert_eq!(post.count_marked(conn)?, 3);
    assert_eq!(post.count_unique(conn)?, 1);
    Ok(())
}
