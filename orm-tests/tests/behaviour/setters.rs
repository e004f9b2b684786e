//! Setters of builders that make the value of a column by a function, methods in place of virtual fields.

use orm_core::prelude::*;
use orm_core::{Loaded, Values};
use orm_tests::{connect_to, statements};

/// Why a password is refused.
#[derive(Debug, PartialEq)]
pub struct Weak(usize);

impl std::fmt::Display for Weak {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} letters are too few", self.0)
    }
}

impl std::error::Error for Weak {}

fn hash(password: &str) -> Result<String, Weak> {
    match password.len() {
        short if short < 8 => Err(Weak(short)),
        _ => Ok(password.chars().rev().collect()),
    }
}

mod texts {
    pub fn lower(text: impl Into<String>) -> String {
        text.into().trim().to_lowercase()
    }

    pub fn joined(tags: &[&str]) -> String {
        tags.join(" ")
    }

    pub fn some(text: &str) -> Option<String> {
        (!text.is_empty()).then(|| text.to_owned())
    }
}

fn cents((whole, cents): (i64, i64)) -> i64 {
    whole * 100 + cents
}

type Checked<T> = std::result::Result<T, Weak>;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Letter, fk = "account_id", as = "letters")]
pub struct Account {
    #[model(primary_key)]
    pub id: i32,
    /// The setter has the field's name.
    #[model(set(email(impl Into<String>) = texts::lower), unique, length = 50)]
    pub email: String,
    #[model(set(password(&str) -> Result<_, Weak> = hash), length = 50)]
    pub password_hash: String,
    /// The function gives the value, and it can be NULL.
    #[model(set(tags(&[&str]) = texts::joined), length = 50)]
    pub tag_list: Option<String>,
    /// The function gives the value or NULL.
    #[model(set(nick(&str) = texts::some), length = 50)]
    pub nickname: Option<String>,
    #[model(default = 0, set(balance((i64, i64)) = cents))]
    pub balance_in_cents: i64,
    #[model(set(pin(&str) -> Checked<_> = hash), length = 50)]
    pub pin_hash: Option<String>,
}

impl Account {
    /// What other libraries call a virtual field.
    pub fn label(&self) -> String {
        let name = self.nickname.as_ref().unwrap_or(&self.email);
        format!(
            "{name} has {}.{:02}",
            self.balance_in_cents / 100,
            self.balance_in_cents % 100
        )
    }
}

/// A setter of several columns, none of them required.
impl<State> AccountBuilder<State> {
    pub fn rich(self, nick: &str) -> Self {
        self.nick(nick).balance((1000, 0))
    }
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Account, fk = "account_id", as = "account")]
pub struct Letter {
    #[model(primary_key)]
    pub id: i32,
    pub account_id: Option<i32>,
    #[model(set(text(&str) = texts::lower), length = 50)]
    pub text: String,
    /// A word of Rust as the setter's name.
    #[model(set(type(&str) = texts::lower), length = 50, default = "note")]
    pub kind: String,
}

orm_core::schema! { Bank { Account, Letter } }

type Failure<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

#[test]
fn a_setter_can_have_the_name_of_a_keyword() -> Failure {
    let conn = &mut connect_to::<Bank>();
    let letter = Letter::create(conn, Letter::builder().text("a").r#type(" BILL "))?;
    assert_eq!(letter.kind, "bill");
    Ok(())
}

#[test]
fn a_setter_makes_the_value_of_its_column() -> Failure {
    let conn = &mut connect_to::<Bank>();
    let new = Account::builder().email(" Ann@Example.com ");
    let new = new.password("correct horse")?.tags(&["a", "b"]).nick("");
    let mut ann = Account::create(conn, new.balance((3, 50)).pin("12345678")?)?;
    assert_eq!(ann.email, "ann@example.com");
    assert_eq!(ann.password_hash, "esroh tcerroc");
    assert_eq!(
        (ann.tag_list.as_deref(), &ann.nickname),
        (Some("a b"), &None)
    );
    assert_eq!(
        (ann.balance_in_cents, ann.pin_hash.as_deref()),
        (350, Some("87654321"))
    );
    assert_eq!(Account::get_by_pk(conn, ann.id)?, ann);

    let (done, sent) = statements::of(conn, |conn| -> Failure {
        let changes = Account::changes().password("battery staple")?.nick("Annie");
        Ok(ann.update(conn, changes)?)
    });
    done?;
    assert_eq!(
        sent.iter()
            .filter(|text| text.starts_with("UPDATE"))
            .count(),
        1
    );
    assert_eq!(ann.password_hash, "elpats yrettab");
    assert_eq!(ann.nickname.as_deref(), Some("Annie"));
    Ok(())
}

#[test]
fn a_setter_may_refuse() {
    let new = || Account::builder().email("ann@example.com");
    assert_eq!(new().password("short").err(), Some(Weak(5)));
    assert_eq!(Account::changes().pin("1").err(), Some(Weak(1)));
}

#[test]
fn setters_work_wherever_builders_go() -> Failure {
    let conn = &mut connect_to::<Bank>();
    let new = |name: &str| Account::builder().email(name).password("correct horse");
    let new = ["A", "B"]
        .map(new)
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    let both = Account::bulk_create(conn, new)?;
    assert_eq!((both[0].email.as_str(), both[1].email.as_str()), ("a", "b"));
    let again = Account::builder().email("A").password("battery staple")?;
    let a = Account::upsert(conn, again.rich("Croesus"))?;
    assert_eq!((a.id, a.balance_in_cents), (both[0].id, 100_000));
    let letter = a.create_letter(conn, Letter::builder().text("DEAR"))?;
    assert_eq!(letter.text, "dear");
    Ok(())
}

#[test]
fn the_function_can_be_passed_by() -> Failure {
    let conn = &mut connect_to::<Bank>();
    let letter = Letter::create(
        conn,
        NewLetter {
            id: None,
            account_id: None,
            text: "RAW".to_owned(),
            kind: None,
        },
    )?;
    assert_eq!(letter.text, "RAW");
    let mut values = Values::<Letter>::default();
    values.set(letters::text, "RAW");
    assert_eq!(values.get(letters::text).map(String::as_str), Some("RAW"));
    Ok(())
}

#[test]
fn methods_are_there_on_rows_with_associations() -> Failure {
    let conn = &mut connect_to::<Bank>();
    let new = Account::builder().email("a").password("correct horse")?;
    let a = Account::create(conn, new.balance((7, 5)))?;
    a.create_letter(conn, Letter::builder().text("x"))?;
    assert_eq!(a.label(), "a has 7.05");
    let rows: Vec<Loaded<Account, AccountLetters>> =
        Account::query().include(Account::letters()).load(conn)?;
    assert_eq!(
        (rows[0].label().as_str(), rows[0].letters.len()),
        ("a has 7.05", 1)
    );
    let mut tracked = a.track();
    tracked.balance_in_cents = 0;
    assert_eq!(tracked.label(), "a has 0.00");
    Ok(())
}
