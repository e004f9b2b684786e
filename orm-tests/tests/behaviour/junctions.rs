//! Many-to-many associations over junctions of other kinds.

use crate::support::{Result, watch, written};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, NONE};
use orm_tests::{Conn, connect_to, statements};

mod school {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(Course, through = Enrolment, fk = "student_id", other_key = "course_id", as = "courses")]
    #[has_many(Enrolment, fk = "student_id", as = "enrolments")]
    pub struct Student {
        #[model(primary_key)]
        pub id: i32,
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(Student, through = Enrolment, fk = "course_id", other_key = "student_id", as = "students")]
    #[belongs_to_many(Course, through = Needs, fk = "course_id", other_key = "other_id", as = "needs", singular = "need")]
    #[belongs_to_many(Course, through = Needs, fk = "other_id", other_key = "course_id", as = "leads_to", singular = "lead")]
    pub struct Course {
        #[model(primary_key)]
        pub id: i32,
        pub name: String,
    }

    /// A junction with a key of its own, and with a column that has no default.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Course, fk = "course_id", as = "course")]
    #[belongs_to(Student, fk = "student_id", as = "student")]
    pub struct Enrolment {
        #[model(primary_key)]
        pub id: i32,
        pub student_id: i32,
        pub course_id: i32,
        pub year: i16,
        pub mark: Option<i16>,
    }

    /// A junction of one model with itself.
    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Needs {
        #[model(primary_key)]
        pub id: i32,
        pub course_id: i32,
        pub other_id: i32,
        #[model(default = true)]
        pub strictly: bool,
        #[model(default)]
        pub note: String,
    }

    orm_core::schema! { pub School { Student, Course, Enrolment, Needs } }
}
use school::*;

/// Two students and three courses.
fn school() -> Result<Conn> {
    let mut conn = connect_to::<School>();
    Student::bulk_create(
        &mut conn,
        ["Ann", "Bob"].map(|name| Student::builder().name(name)),
    )?;
    let courses = ["Maths", "Music", "Latin"].map(|name| Course::builder().name(name));
    Course::bulk_create(&mut conn, courses)?;
    Ok(conn)
}

/// The student, the course, the year and the mark of each.
type Rows = Vec<(i32, i32, i16, Option<i16>)>;

fn enrolments(conn: &mut Conn) -> Result<Rows> {
    let rows: Vec<Enrolment> = Enrolment::query().order(enrolments::id.asc()).load(conn)?;
    let row = |e: Enrolment| (e.student_id, e.course_id, e.year, e.mark);
    Ok(rows.into_iter().map(row).collect())
}

#[test]
fn a_required_column_is_given_with_the_link() -> Result {
    // SEED.11, MN.6
    let conn = &mut school()?;
    let ann = Student::get_by_pk(conn, 1)?;
    ann.add_course_with(conn, 1, Enrolment::builder().year(2025))?;
    ann.add_courses_with(conn, [1, 2], Enrolment::builder().year(2026))?;
    assert_eq!(enrolments(conn)?, [(1, 1, 2026, None), (1, 2, 2026, None)]);
    assert_eq!(ann.count_courses(conn)?, 2);
    let greek = Course::builder().name("Greek");
    let greek = ann.create_course_with(conn, greek, Enrolment::builder().year(2024).mark(1))?;
    assert!(ann.has_course(conn, &greek)?);
    ann.remove_courses(conn, [1, 2])?;
    assert_eq!(enrolments(conn)?, [(1, 4, 2024, Some(1))]);
    Ok(())
}

#[test]
fn columns_that_are_not_stated_stay_as_they_are() -> Result {
    let conn = &mut school()?;
    let ann = Student::get_by_pk(conn, 1)?;
    ann.add_course_with(conn, 1, Enrolment::builder().year(2025).mark(2))?;
    ann.add_course_with(conn, 1, Enrolment::builder().year(2026))?;
    assert_eq!(enrolments(conn)?, [(1, 1, 2026, Some(2))]);
    Ok(())
}

#[test]
fn set_keeps_the_rows_of_links_that_stay() -> Result {
    let conn = &mut school()?;
    let ann = Student::get_by_pk(conn, 1)?;
    let year = |year| Enrolment::builder().year(year);
    ann.set_courses_with(conn, [1, 2], year(2025))?;
    let before = Enrolment::find_one(conn, enrolments::course_id.eq(2))?;
    watch(conn, "enrolments", "x.course_id");
    ann.set_courses_with(conn, [2, 3], year(2026))?;
    assert_eq!(written(conn), ["DELETE 1", "INSERT 3", "UPDATE 2"]);
    let after = Enrolment::find_one(conn, enrolments::course_id.eq(2))?;
    assert_eq!(before.map(|e| (e.id, e.year)), Some((2, 2025)));
    assert_eq!(after.map(|e| (e.id, e.year)), Some((2, 2026)));
    Ok(())
}

#[test]
fn the_pair_is_unique_without_saying_so() -> Result {
    // MN.6
    let conn = &mut school()?;
    let new = || Enrolment::builder().student_id(1).course_id(1).year(1);
    Enrolment::create(conn, new())?;
    let error = Enrolment::create(conn, new()).err();
    let Some(Error::UniqueViolation(violation)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(violation.columns, ["student_id", "course_id"]);
    Ok(())
}

#[test]
fn the_junction_can_be_included_as_a_model() -> Result {
    // SEED.17, MN.7, MN.8
    let conn = &mut school()?;
    let ann = Student::get_by_pk(conn, 1)?;
    ann.add_courses_with(conn, [1, 3], Enrolment::builder().year(2026))?;
    let students = Student::query()
        .order(students::id.asc())
        .include(
            Student::enrolments()
                .order(enrolments::id.asc())
                .include(Enrolment::course().include(Course::students().without_through())),
        )
        .include(Student::courses().order(courses::id.desc()))
        .load(conn)?;
    let enrolments = &students[0].enrolments;
    let names: Vec<_> = enrolments.iter().map(|e| e.course.name.as_str()).collect();
    assert_eq!(names, ["Maths", "Latin"]);
    assert_eq!(enrolments[1].course.students, [ann]);
    let courses = &students[0].courses;
    let ids: Vec<_> = courses.iter().map(|c| (c.id, c.through.year)).collect();
    assert_eq!(ids, [(3, 2026), (1, 2026)]);
    assert_eq!(students[1].enrolments.len() + students[1].courses.len(), 0);
    Ok(())
}

#[test]
fn a_model_can_be_linked_to_itself() -> Result {
    // MN.12
    let conn = &mut school()?;
    let maths = Course::get_by_pk(conn, 1)?;
    let music = Course::get_by_pk(conn, 2)?;
    music.add_need(conn, &maths)?;
    music.add_need_with(conn, 3, Needs::builder().strictly(false))?;
    maths.add_need(conn, &maths)?;
    assert_eq!(
        (music.count_needs(conn)?, music.count_leads_to(conn)?),
        (2, 0)
    );
    assert_eq!(
        (maths.count_needs(conn)?, maths.count_leads_to(conn)?),
        (1, 2)
    );
    let courses = Course::query()
        .order(courses::id.asc())
        .include(Course::needs().order(courses::id.asc()))
        .include(Course::leads_to().order(courses::id.asc()))
        .load(conn)?;
    let ids: Vec<(Vec<i32>, Vec<i32>)> = courses
        .iter()
        .map(|course| {
            let needs = course.needs.iter().map(|c| c.id).collect();
            (needs, course.leads_to.iter().map(|c| c.id).collect())
        })
        .collect();
    assert_eq!(
        ids,
        [
            (vec![1], vec![1, 2]),
            (vec![1, 3], vec![]),
            (vec![], vec![2])
        ]
    );
    let strictly: Vec<bool> = courses[1]
        .needs
        .iter()
        .map(|c| c.through.strictly)
        .collect();
    assert_eq!(strictly, [true, false]);
    Ok(())
}

#[test]
fn set_without_columns_takes_the_defaults() -> Result {
    let conn = &mut school()?;
    let music = Course::get_by_pk(conn, 2)?;
    music.set_needs(conn, [1, 3])?;
    let link = Needs::find_one(conn, needs::other_id.eq(3))?;
    assert_eq!(
        link.map(|l| (l.strictly, l.note)),
        Some((true, String::new()))
    );
    music.set_needs_with(conn, [3], Needs::builder().note("soon"))?;
    let links = Needs::find_all(conn)?;
    assert_eq!((links.len(), links[0].note.as_str()), (1, "soon"));
    music.set_needs(conn, NONE)?;
    assert_eq!(Needs::count(conn)?, 0);
    Ok(())
}

mod team {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(Project, through = Member, fk = "user_name", other_key = "code", source_key = "name", target_key = "code", as = "projects")]
    pub struct User {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique)]
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(User, through = Member, fk = "code", other_key = "user_name", source_key = "code", target_key = "name", as = "users")]
    pub struct Project {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique)]
        pub code: i64,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Member {
        #[model(primary_key)]
        pub user_name: String,
        #[model(primary_key)]
        pub code: i64,
        #[model(default)]
        pub admin: bool,
    }

    orm_core::schema! { pub Team { User, Project, Member } }
}
use team::{Member, Project, Team, User};

/// Ann and Bob; projects 1 to 3 with the codes 100 to 300.
fn team() -> Result<Conn> {
    let mut conn = connect_to::<Team>();
    User::bulk_create(
        &mut conn,
        ["Ann", "Bob"].map(|name| User::builder().name(name)),
    )?;
    Project::bulk_create(
        &mut conn,
        [100, 200, 300].map(|code| Project::builder().code(code)),
    )?;
    Ok(conn)
}

fn members(conn: &mut Conn) -> Result<Vec<(String, i64)>> {
    let mut rows = Member::find_all(conn)?;
    rows.sort_by_key(|m| (m.user_name.clone(), m.code));
    Ok(rows.into_iter().map(|m| (m.user_name, m.code)).collect())
}

#[test]
fn links_can_hold_other_unique_fields_of_both_ends() -> Result {
    // AC.28, AC.30
    let conn = &mut team()?;
    let ann = User::get_by_pk(conn, 1)?;
    let two = Project::get_by_pk(conn, 2)?;
    ann.add_project(conn, &two)?;
    // Keys of targets are their primary keys, whatever the links hold.
    ann.add_projects(conn, [3])?;
    assert_eq!(members(conn)?, [("Ann".into(), 200), ("Ann".into(), 300)]);
    assert!(ann.has_projects(conn, [2, 3])?);
    assert!(!ann.has_project(conn, 1)?);
    assert_eq!(two.get_users(conn)?, std::slice::from_ref(&ann));
    ann.set_projects(conn, [1, 3])?;
    assert_eq!(members(conn)?, [("Ann".into(), 100), ("Ann".into(), 300)]);
    ann.remove_project(conn, 3)?;
    let new = ann.create_project(conn, Project::builder().code(400))?;
    assert_eq!(new.id, 4);
    assert_eq!(members(conn)?, [("Ann".into(), 100), ("Ann".into(), 400)]);
    Ok(())
}

#[test]
fn a_primary_key_that_leads_nowhere_is_not_found() -> Result {
    let conn = &mut team()?;
    let ann = User::get_by_pk(conn, 1)?;
    let error = ann.set_projects(conn, [1, 9]).err();
    assert!(
        matches!(&error, Some(Error::NotFound { model: "Project", key, .. }) if key.contains('9'))
    );
    assert_eq!(members(conn)?, []);
    // The keys are looked up together, not one by one, even if one leads nowhere.
    let (added, sent) = statements::all(conn, |conn| ann.add_projects(conn, [1, 9]));
    assert!(added.is_err());
    assert_eq!(sent.len(), 1, "{sent:?}");
    Ok(())
}

#[test]
fn such_links_can_be_included_filtered_and_counted() -> Result {
    // AC.30
    let conn = &mut team()?;
    User::get_by_pk(conn, 1)?.add_projects(conn, [1, 2])?;
    let bob = User::get_by_pk(conn, 2)?;
    bob.add_projects_with(conn, [2], Member::builder().admin(true))?;
    let users = User::query()
        .order(team::users::id.asc())
        .include(User::projects().order(team::projects::code.desc()).limit(1))
        .load(conn)?;
    let codes: Vec<(i64, bool)> = users
        .iter()
        .map(|user| (user.projects[0].code, user.projects[0].through.admin))
        .collect();
    assert_eq!(codes, [(200, false), (200, true)]);
    let projects = Project::query()
        .order(team::projects::id.asc())
        .include(Project::users().count())
        .load(conn)?;
    let counts: Vec<i64> = projects.iter().map(|project| project.users).collect();
    assert_eq!(counts, [1, 2, 0]);
    let projects = Project::query()
        .include(
            Project::users()
                .through_filter(team::members::admin.eq(true))
                .required(),
        )
        .load(conn)?;
    assert_eq!(projects.iter().map(|p| p.id).collect::<Vec<_>>(), [2]);
    Ok(())
}
