//! Inserts with plain Diesel. MySQL has no `RETURNING`, so there the keys are asked for.

use diesel::prelude::*;
use orm_tests::Conn;

use crate::models::authors;
use crate::rows::{Author, FullAuthor, NewAuthor};

#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub fn one(conn: &mut Conn, new: &NewAuthor) -> Author {
    diesel::insert_into(authors::table)
        .values(new)
        .returning(Author::as_returning())
        .get_result(conn)
        .expect("an author")
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub fn many(conn: &mut Conn, new: &Vec<NewAuthor>) -> Vec<Author> {
    diesel::insert_into(authors::table)
        .values(new)
        .returning(Author::as_returning())
        .get_results(conn)
        .expect("authors")
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub fn many_full(conn: &mut Conn, new: &Vec<FullAuthor>) -> Vec<Author> {
    diesel::insert_into(authors::table)
        .values(new)
        .get_results(conn)
        .expect("authors")
}

/// `column = value` for each column: one text, which stays prepared.
macro_rules! insert {
    ($new:ident) => {
        diesel::insert_into(authors::table).values((
            authors::name.eq(&$new.name),
            authors::email.eq(&$new.email),
            authors::bio.eq(&$new.bio),
            authors::age.eq($new.age),
            authors::score.eq($new.score),
            authors::active.eq($new.active),
        ))
    };
}

#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
pub fn one_fast(conn: &mut Conn, new: &NewAuthor) -> Author {
    insert!(new).get_result(conn).expect("an author")
}

/// Reading a row by its key costs less than `RETURNING`.
#[cfg(feature = "sqlite")]
pub fn one_fast(conn: &mut Conn, new: &NewAuthor) -> Author {
    diesel::define_sql_function! { fn last_insert_rowid() -> diesel::sql_types::Integer }
    insert!(new).execute(conn).expect("one row");
    authors::table
        .filter(authors::id.eq(last_insert_rowid()))
        .get_result(conn)
        .expect("an author")
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
mod mysql {
    use super::*;

    diesel::define_sql_function! { fn last_insert_id() -> diesel::sql_types::Integer }

    pub fn one(conn: &mut Conn, new: &NewAuthor) -> Author {
        conn.transaction(|conn| {
            diesel::insert_into(authors::table)
                .values(new)
                .execute(conn)?;
            authors::table
                .filter(authors::id.eq(last_insert_id()))
                .select(Author::as_select())
                .first(conn)
        })
        .expect("an author")
    }

    pub fn one_fast(conn: &mut Conn, new: &NewAuthor) -> Author {
        insert!(new).execute(conn).expect("one row");
        authors::table
            .filter(authors::id.eq(last_insert_id()))
            .get_result(conn)
            .expect("an author")
    }

    pub fn many(conn: &mut Conn, new: &Vec<NewAuthor>) -> Vec<Author> {
        conn.transaction(|conn| {
            diesel::insert_into(authors::table)
                .values(new)
                .execute(conn)?;
            inserted(conn, new.len())
        })
        .expect("authors")
    }

    pub fn many_full(conn: &mut Conn, new: &Vec<FullAuthor>) -> Vec<Author> {
        conn.transaction(|conn| {
            diesel::insert_into(authors::table)
                .values(new)
                .execute(conn)?;
            inserted(conn, new.len())
        })
        .expect("authors")
    }

    /// The keys of one `INSERT` follow each other.
    fn inserted(conn: &mut Conn, count: usize) -> QueryResult<Vec<Author>> {
        let first: i32 = diesel::select(last_insert_id()).get_result(conn)?;
        let end = first.saturating_add_unsigned(count as u32);
        authors::table
            .filter(authors::id.ge(first).and(authors::id.lt(end)))
            .select(Author::as_select())
            .load(conn)
    }
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
pub use mysql::{many, many_full, one, one_fast};
