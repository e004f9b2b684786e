//! UUIDs as keys, as columns, and from the database.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};
use uuid::Uuid;

mod files {
    use super::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Folder, fk = "parent_id", as = "parent")]
    #[has_many(Folder, fk = "parent_id", as = "children")]
    #[belongs_to_many(Label, through = FolderLabel, as = "labels")]
    #[belongs_to_many(Label, through = Pin, as = "pins")]
    pub struct Folder {
        #[model(primary_key, default = uuid)]
        pub id: Uuid,
        pub parent_id: Option<Uuid>,
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(Folder, through = FolderLabel, as = "folders")]
    pub struct Label {
        #[model(primary_key, default = uuid)]
        pub id: Uuid,
        #[model(unique)]
        pub text: String,
        #[model(default = "67e55044-10b1-426f-9247-bb680e5fe0c8")]
        pub family: Uuid,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct FolderLabel {
        #[model(primary_key)]
        pub folder_id: Uuid,
        #[model(primary_key)]
        pub label_id: Uuid,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Pin {
        #[model(primary_key, default = uuid)]
        pub id: Uuid,
        pub folder_id: Uuid,
        pub label_id: Uuid,
    }

    orm_core::schema! { pub Files { Folder, Label, FolderLabel, Pin } }
}
use files::{Files, Folder, Label, NewFolder, Pin, folders, labels};

fn files() -> Conn {
    connect_to::<Files>()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number << 96 | number)
}

fn folder(number: u128, parent: Option<u128>) -> NewFolder {
    NewFolder {
        id: Some(id(number)),
        parent_id: parent.map(id),
        name: format!("f{number}"),
    }
}

#[test]
fn a_key_is_made_where_none_is_given() -> Result {
    // MB.16, DT.16
    let conn = &mut files();
    let one = Folder::create(conn, Folder::builder().name("one"))?;
    assert_eq!(one.id.get_version_num(), 4);
    assert_eq!(Folder::get_by_pk(conn, one.id)?, one);
    let new = ["two", "three", "four"].map(|name| Folder::builder().name(name));
    let many = Folder::bulk_create(conn, new)?;
    let names: Vec<&str> = many.iter().map(|folder| folder.name.as_str()).collect();
    assert_eq!(names, ["two", "three", "four"]);
    for folder in &many {
        assert_eq!(&Folder::get_by_pk(conn, folder.id)?, folder);
    }
    let given = Folder::create(conn, Folder::builder().id(id(7)).name("given"))?;
    assert_eq!(given.id, id(7));
    Ok(())
}

#[test]
fn the_database_makes_one_for_rows_written_by_hand() -> Result {
    let conn = &mut files();
    for text in ["a", "b"] {
        diesel::sql_query(format!("INSERT INTO labels (text) VALUES ('{text}')")).execute(conn)?;
    }
    let rows = Label::find_all(conn)?;
    assert_eq!(rows.len(), 2);
    assert_ne!(rows[0].id, rows[1].id);
    let family = Uuid::parse_str("67e55044-10b1-426f-9247-bb680e5fe0c8").expect("a UUID");
    assert!(rows.iter().all(|label| label.family == family));
    if cfg!(not(feature = "mysql")) {
        assert!(rows.iter().all(|label| label.id.get_version_num() == 4));
    }
    Ok(())
}

#[test]
fn upsert_by_another_key_keeps_the_uuid_that_is_there() -> Result {
    let conn = &mut files();
    let first = Label::upsert(conn, Label::builder().text("sql").family(id(1)))?;
    let second = Label::upsert(conn, Label::builder().text("sql").family(id(2)))?;
    assert_eq!((second.id, second.family), (first.id, id(2)));
    assert_eq!(Label::count(conn)?, 1);
    Ok(())
}

#[test]
fn a_link_gets_a_key_of_its_own() -> Result {
    let conn = &mut files();
    let one = Folder::create(conn, Folder::builder().name("one"))?;
    let texts = ["x", "y"].map(|text| Label::builder().text(text));
    let texts = Label::bulk_create(conn, texts)?;
    one.add_pins(conn, &texts)?;
    one.add_pins(conn, &texts)?;
    let pins = Pin::find_all(conn)?;
    assert_eq!(pins.len(), 2);
    // Made here: those of MySQL would be of version 1.
    assert!(pins.iter().all(|pin| pin.id.get_version_num() == 4));
    assert_ne!(pins[0].id, pins[1].id);
    Ok(())
}

#[test]
fn uuids_are_found_and_compared() -> Result {
    let conn = &mut files();
    let new = (1..=6).map(|n| folder(n, (n > 3).then(|| n - 3)));
    Folder::bulk_create(conn, new)?;
    let names = |conn: &mut Conn, found: orm_core::Result<Vec<Folder>>| -> Result<Vec<String>> {
        let _ = conn;
        let mut names: Vec<String> = found?.into_iter().map(|folder| folder.name).collect();
        names.sort();
        Ok(names)
    };
    let found = Folder::find_where(conn, folders::id.eq(id(2)));
    assert_eq!(names(conn, found)?, ["f2"]);
    let found = Folder::find_where(conn, folders::id.eq(&id(2)));
    assert_eq!(names(conn, found)?, ["f2"]);
    let found = Folder::find_where(
        conn,
        folders::id.ne(id(2)).and(folders::parent_id.is_null()),
    );
    assert_eq!(names(conn, found)?, ["f1", "f3"]);
    let found = Folder::find_where(conn, folders::parent_id.eq(id(1)));
    assert_eq!(names(conn, found)?, ["f4"]);
    let found = Folder::find_where(conn, folders::parent_id.eq(Some(id(1))));
    assert_eq!(names(conn, found)?, ["f4"]);
    let found = Folder::find_where(conn, folders::id.eq_any([id(1), id(5), id(99)]));
    assert_eq!(names(conn, found)?, ["f1", "f5"]);
    let found = Folder::find_where(conn, folders::id.ne_all(vec![id(1), id(5)]));
    assert_eq!(names(conn, found)?, ["f2", "f3", "f4", "f6"]);
    let found = Folder::find_where(conn, folders::parent_id.eq_any([Some(id(2)), Some(id(3))]));
    assert_eq!(names(conn, found)?, ["f5", "f6"]);
    // Uuids are ordered by their bytes, and so are their texts.
    let found = Folder::find_where(conn, folders::id.gt(id(4)));
    assert_eq!(names(conn, found)?, ["f5", "f6"]);
    let found = Folder::find_where(conn, folders::id.between(id(2), id(4)));
    assert_eq!(names(conn, found)?, ["f2", "f3", "f4"]);
    let found = Folder::find_where(conn, folders::parent_id.eq(folders::id.nullable()));
    assert_eq!(names(conn, found)?, Vec::<String>::new());
    let nullable = folders::id.nullable().eq(orm_core::value(Some(id(3))));
    let found = Folder::find_where(conn, nullable);
    assert_eq!(names(conn, found)?, ["f3"]);
    let rows = diesel::update(folders::table.filter(folders::id.eq(id(6))))
        .set(folders::parent_id.eq(id(1)))
        .execute(conn)?;
    assert_eq!(rows, 1);
    assert_eq!(Folder::get_by_pk(conn, id(6))?.parent_id, Some(id(1)));
    Ok(())
}

#[test]
fn associations_and_includes_go_by_uuids() -> Result {
    let conn = &mut files();
    let new = (1..=9).map(|n| folder(n, (n > 3).then_some((n - 1) % 3 + 1)));
    Folder::bulk_create(conn, new)?;
    let texts = ["x", "y", "z"];
    let tags = Label::bulk_create(conn, texts.map(|text| Label::builder().text(text)))?;
    let root = Folder::get_by_pk(conn, id(1))?;
    root.add_labels(conn, &tags)?;
    root.add_labels(conn, [tags[0].id])?;
    root.remove_label(conn, &tags[1])?;
    assert_eq!(root.count_labels(conn)?, 2);
    let rows = Folder::query()
        .filter(folders::parent_id.is_null())
        .order(folders::name)
        .include(Folder::children().order(folders::name.desc()).limit(1))
        .include(Folder::labels().order(labels::text))
        .load(conn)?;
    let seen: Vec<(&str, Vec<&str>, usize)> = rows
        .iter()
        .map(|folder| {
            let children = folder.children.iter().map(|child| child.name.as_str());
            (
                folder.name.as_str(),
                children.collect(),
                folder.labels.len(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("f1", vec!["f7"], 2),
            ("f2", vec!["f8"], 0),
            ("f3", vec!["f9"], 0)
        ]
    );
    let children = Folder::query()
        .filter(folders::id.eq_any([id(4), id(8)]))
        .order(folders::name)
        .include(Folder::parent().required())
        .load(conn)?;
    let parents: Vec<&str> = children
        .iter()
        .map(|child| child.parent.name.as_str())
        .collect();
    assert_eq!(parents, ["f1", "f2"]);
    Ok(())
}

#[test]
fn a_text_that_is_no_uuid_is_an_error_that_names_the_column() -> Result {
    if cfg!(feature = "postgres") {
        return Ok(());
    }
    let conn = &mut files();
    diesel::sql_query("INSERT INTO labels (text, family) VALUES ('t', 'nonsense')")
        .execute(conn)?;
    let error = Label::find_all(conn).expect_err("no UUID");
    assert!(
        orm_tests::chain(&error).starts_with("Label.family cannot be read: "),
        "{error}"
    );
    Ok(())
}

#[test]
fn any_number_of_uuids_is_one_statement_of_one_text() -> Result {
    let conn = &mut files();
    let texts = |conn: &mut Conn| {
        let (rows, sent) = statements::of(conn, |conn| {
            Folder::query().include(Folder::children()).load(conn)
        });
        rows.map(|_| sent)
    };
    Folder::bulk_create(conn, (1..=3).map(|n| folder(n, None)))?;
    let few = texts(conn)?;
    Folder::bulk_create(conn, (4..=900).map(|n| folder(n, Some(1))))?;
    let many = texts(conn)?;
    assert_eq!((few.len(), many.len()), (2, 2));
    if cfg!(not(feature = "mysql")) {
        let text = |sent: &[String]| sent[1].split(" -- ").next().map(str::to_owned);
        assert_eq!(text(&few), text(&many));
    }
    Ok(())
}
