//! Models in separate modules, and names that Rust reserves.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::connect_to;

mod people {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(crate::modules::texts::Text, fk = "by", as = "texts")]
    #[belongs_to_many(super::texts::Text, through = super::texts::deep::Like, fk = "who", other_key = "what", as = "likes")]
    pub struct Person {
        #[model(primary_key)]
        pub id: i32,
    }
}

mod texts {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "select")]
    #[belongs_to(crate::modules::people::Person, fk = "by", as = "author")]
    #[has_many(Text, fk = "in", as = "replies")]
    pub struct Text {
        #[model(primary_key)]
        pub id: i32,
        pub by: i32,
        pub r#in: Option<i32>,
        #[model(default = "none")]
        pub r#type: String,
    }

    pub mod deep {
        use orm_core::prelude::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        #[model(table = "group")]
        pub struct Like {
            #[model(primary_key)]
            pub who: i32,
            #[model(primary_key)]
            pub what: i32,
            #[model(column = "from", default = 1)]
            pub r#where: i32,
        }
    }
}

use people::{Person, people as persons};
use texts::Text;
use texts::deep::Like;

orm_core::schema! {
    /// The models of all modules.
    pub(crate) All { Person, Text, Like }
}

#[test]
fn models_of_several_modules_are_associated() -> Result {
    let conn = &mut connect_to::<All>();
    let ann = Person::create(conn, Person::builder())?;
    let text = ann.create_text(conn, Text::builder())?;
    ann.add_like_with(conn, &text, Like::builder().r#where(2))?;
    let people = Person::query()
        .filter(persons::id.eq(ann.id))
        .include(Person::texts())
        .include(Person::likes().limit(1))
        .load(conn)?;
    assert_eq!(people[0].texts, [text]);
    assert_eq!(people[0].likes[0].through.r#where, 2);
    Ok(())
}

#[test]
fn keywords_of_rust_and_sql_are_names_like_others() -> Result {
    let conn = &mut connect_to::<All>();
    let ann = Person::create(conn, Person::builder())?;
    let mut text = ann.create_text(conn, Text::builder().r#type("poem"))?;
    text.set_author(conn, &ann)?;
    let reply = text.create_reply(conn, Text::builder().by(ann.id))?;
    assert_eq!((reply.r#in, reply.r#type.as_str()), (Some(text.id), "none"));
    text.add_replies(conn, [text.id])?;
    let row = Text::query()
        .filter(texts::select::id.eq(text.id))
        .include(Text::author())
        .include(Text::replies().order(texts::select::r#type.asc()).limit(1))
        .first(conn)?;
    assert_eq!(row.author, ann);
    assert_eq!(
        row.replies.iter().map(|text| text.id).collect::<Vec<_>>(),
        [reply.id]
    );
    let counted = Text::query()
        .include(Text::replies().required().count())
        .load(conn)?;
    assert_eq!(counted[0].replies, 2);
    Ok(())
}
