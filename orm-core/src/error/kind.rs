//! The kinds of errors.
use diesel::result::Error as DieselError;

use crate::error::at_column::AtColumn;
use crate::error::refused::SchemaRefused;
use crate::error::violation::Violation;
use crate::meta::ModelMeta;
use crate::model_enum::UnknownVariant;
use crate::validate::problems::Problems;

/// The result of every call of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of the ORM. It names the model and, if the database reports them, the columns.
///
/// Diesel's own errors convert into it with `?`, so a function or a transaction may mix both:
///
/// ```
/// use diesel::prelude::*;
///
/// fn work(conn: &mut SqliteConnection) -> orm_core::Result<()> {
///     conn.transaction(|conn| {
///         diesel::sql_query("SELECT 1").execute(conn)?;
///         Ok(())
///     })
/// }
/// # work(&mut SqliteConnection::establish(":memory:").unwrap()).unwrap();
/// ```
///
/// An error says what happened, in which model and to which columns. The database's own words are its
/// [`source`](std::error::Error::source), so nothing appears twice when you print the chain.
///
/// You can match on an error without knowing the database:
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// use orm_core::Error;
/// # use orm_core::prelude::*;
///
/// # fn main() {
/// # let conn = &mut connection();
/// match User::create(conn, User::builder().id(1).name("Bo")) {
///     Err(Error::UniqueViolation(violation)) => assert_eq!(violation.columns, ["id"]),
///     other => panic!("{other:?}"),
/// }
/// # }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The row is not in the database, or no longer.
    #[error("no {model} with {key} in the database")]
    #[non_exhaustive]
    NotFound {
        /// The model that was looked for.
        model: &'static str,
        /// What was looked for: `id = 7`, or `the given filter`.
        key: String,
    },

    /// Rows break rules of their models, `#[model(validate(…))]`. Nothing was written.
    #[error(transparent)]
    Invalid(Problems),

    /// A value that must be unique is already taken.
    #[error(transparent)]
    UniqueViolation(Box<Violation>),

    /// A row refers to a row that does not exist, or other rows still refer to it.
    #[error(transparent)]
    ForeignKeyViolation(Box<Violation>),

    /// A column that must have a value got none.
    #[error(transparent)]
    NotNullViolation(Box<Violation>),

    /// A CHECK constraint refused a value. A text too long or a number too large for its column counts as one
    /// too.
    #[error(transparent)]
    CheckViolation(Box<Violation>),

    /// The database holds a text that the enum of the column does not know.
    #[error("{model}.{column} holds a text that its enum does not know")]
    #[non_exhaustive]
    UnknownVariant {
        /// The model whose row was read.
        model: &'static str,
        /// The column that holds the text.
        column: &'static str,
        /// The enum, the text, and the allowed texts.
        source: UnknownVariant,
    },

    /// The database holds NULL, but the model's field is not an `Option`.
    #[error(
        "{model}.{column} is NULL in the database, but the field is not an `Option`: \
         make it one, or add NOT NULL to the column"
    )]
    #[non_exhaustive]
    UnexpectedNull {
        /// The model whose row was read.
        model: &'static str,
        /// The column that is NULL.
        column: &'static str,
    },

    /// A column holds a value that its field's type cannot take.
    #[error("{model}.{column} cannot be read")]
    #[non_exhaustive]
    Column {
        /// The model whose row was read.
        model: &'static str,
        /// The column.
        column: &'static str,
        /// What the type said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },

    /// A foreign key that is NOT NULL refers to a row that does not exist.
    #[error("{model}.{association}: there is no {target} for {key}")]
    #[non_exhaustive]
    Dangling {
        /// The model that holds the foreign key.
        model: &'static str,
        /// The association that was read.
        association: &'static str,
        /// The model it refers to.
        target: &'static str,
        /// The key that leads nowhere.
        key: String,
    },

    /// A `has_one` is already taken, and the row that takes it cannot be unlinked because its foreign key is
    /// NOT NULL.
    #[error(
        "{model}.{association} is taken by another {target}, whose foreign key is NOT NULL: \
         destroy that one first"
    )]
    #[non_exhaustive]
    AlreadyLinked {
        /// The model with the `has_one`.
        model: &'static str,
        /// The association.
        association: &'static str,
        /// The model that is already linked.
        target: &'static str,
    },

    /// The key of the association is NULL in this row, so nothing can be linked to it.
    #[error("{model}.{association}: the key is NULL in this row, nothing can be linked by it")]
    #[non_exhaustive]
    NullKey {
        /// The model of the row.
        model: &'static str,
        /// The association.
        association: &'static str,
    },

    /// A new row has the key of an association, and a row that is created together with it gives this key, too.
    /// Nothing was written.
    #[error("{model}.{association} is given twice, by a key and by a new row: keep one of the two")]
    #[non_exhaustive]
    TwoKeys {
        /// The model that has the association.
        model: &'static str,
        /// The association.
        association: &'static str,
    },

    /// A row is larger than the server accepts at once. The row was not sent, and the connection is
    /// unchanged.
    #[error(
        "a row of {model} takes about {bytes} bytes, and the server takes {limit} at once: \
         raise its max_allowed_packet"
    )]
    #[non_exhaustive]
    TooLarge {
        /// The model of the row.
        model: &'static str,
        /// About how many bytes the row takes.
        bytes: usize,
        /// How many bytes the server accepts.
        limit: usize,
    },

    /// A new row does not state the unique key by which it is to be found, or states a part of it as NULL. Nothing
    /// was sent.
    #[error("a new row of {model} has no {key}, by which it is to be found: set it on the builder")]
    #[non_exhaustive]
    MissingKey {
        /// The model of the row.
        model: &'static str,
        /// The columns of the key that have no value.
        key: String,
    },

    /// Two new rows of one list have the same unique key, by which each is to be found. Nothing was sent.
    #[error("two new rows of {model} have {key}: leave one of them out")]
    #[non_exhaustive]
    RepeatedKey {
        /// The model of the rows.
        model: &'static str,
        /// The key.
        key: String,
    },

    /// The row was changed since it was read: it has another version. Nothing was written. Read the row again, and
    /// decide what becomes of both changes.
    #[error("{model} with {key} was changed since it was read")]
    #[non_exhaustive]
    Stale {
        /// The model of the row.
        model: &'static str,
        /// Its key: `id = 7`.
        key: String,
    },

    /// The transaction read or wrote what another one changed at the same time, so the database cannot keep
    /// the requested isolation. It rolled the transaction back; see [`is_retryable`](Self::is_retryable).
    #[error("serialization failure")]
    SerializationFailure(#[source] DieselError),

    /// Two transactions waited for each other, and the database ended this one. It rolled the transaction
    /// back; see [`is_retryable`](Self::is_retryable).
    #[error("deadlock")]
    Deadlock(#[source] DieselError),

    /// Another transaction holds what this one waits for, and the database stopped waiting; see
    /// [`is_retryable`](Self::is_retryable).
    #[error("lock timeout")]
    LockTimeout(#[source] DieselError),

    /// The server closed the connection, or is no longer reachable. Drop this connection; a new one may work.
    #[error("connection lost")]
    ConnectionLost(#[source] DieselError),

    /// [`after_commit`](crate::after_commit) was called in a transaction or a savepoint that Diesel began, so nobody
    /// could tell how it ends. The job did not run.
    #[error(
        "`after_commit` cannot know how this transaction ends, because Diesel began it or a savepoint in it: \
         begin both with `orm_core::transaction(conn).run(|conn| …)` instead of `conn.transaction(|conn| …)`"
    )]
    NotOurTransaction,

    /// Two parts of a schema would have the same name in the database, which would take the first for the
    /// second and leave the second out.
    #[error("{first} and {second} would both be `{name}` in the database: rename one of them")]
    #[non_exhaustive]
    NameCollision {
        /// The name.
        name: String,
        /// What has the name.
        first: String,
        /// What would also have it.
        second: String,
    },

    /// The database refused to create or drop a table of a schema, or a part of one.
    #[error(transparent)]
    SchemaRefused(Box<SchemaRefused>),

    /// Any other error of Diesel or the database.
    #[error(transparent)]
    Database(DieselError),
}

impl Error {
    pub(crate) fn not_found(model: &'static str, key: impl Into<String>) -> Self {
        Self::NotFound {
            model,
            key: key.into(),
        }
    }

    /// Whether you may try the whole transaction again unchanged: true for a serialization failure, a
    /// deadlock and a lock timeout. The transaction wrote nothing, and another attempt may succeed.
    ///
    /// Retry the outermost transaction, and repeat all its reads: databases roll back all of it, and what you
    /// read may have changed since. Outside a transaction, retry the call.
    ///
    /// A lost connection is not retryable: if it was lost during the commit, nobody can tell whether the
    /// commit happened. Open a new connection, and look before you write again.
    ///
    /// ```
    /// use diesel::prelude::*;
    /// use orm_core::Result;
    ///
    /// /// Up to five times.
    /// fn transaction<C, T>(conn: &mut C, work: impl Fn(&mut C) -> Result<T>) -> Result<T>
    /// where
    ///     C: orm_core::Connection,
    /// {
    ///     for _ in 1..5 {
    ///         match conn.transaction(&work) {
    ///             Err(error) if error.is_retryable() => continue,
    ///             done => return done,
    ///         }
    ///     }
    ///     conn.transaction(&work)
    /// }
    /// # let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    /// # assert_eq!(transaction(conn, |_| Ok(1)).unwrap(), 1);
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::SerializationFailure(_) | Self::Deadlock(_) | Self::LockTimeout(_)
        )
    }

    /// The error of the only one of several rows.
    pub(crate) fn in_first_row(self) -> Self {
        match self {
            Self::Invalid(problems) => Self::Invalid(problems.in_row(0)),
            other => other,
        }
    }

    /// Adds what the model knows to an error of a statement on its table.
    pub(crate) fn on(self, meta: &ModelMeta) -> Self {
        match self {
            Self::UniqueViolation(v) => Self::UniqueViolation(Box::new(v.unique_on(meta))),
            Self::ForeignKeyViolation(v) => Self::ForeignKeyViolation(Box::new(v.foreign_on(meta))),
            Self::NotNullViolation(v) => Self::NotNullViolation(Box::new(v.not_null_on(meta))),
            Self::CheckViolation(v) => Self::CheckViolation(Box::new(v.check_on(meta))),
            other => other,
        }
    }

    /// Adds the model to an error of a statement that is not one on its rows.
    pub(crate) fn of(self, meta: &ModelMeta) -> Self {
        match self {
            Self::UniqueViolation(v) => Self::UniqueViolation(Box::new(v.of(meta))),
            Self::ForeignKeyViolation(v) => Self::ForeignKeyViolation(Box::new(v.of(meta))),
            Self::NotNullViolation(v) => Self::NotNullViolation(Box::new(v.of(meta))),
            Self::CheckViolation(v) => Self::CheckViolation(Box::new(v.of(meta))),
            other => other,
        }
    }

    /// Fewer rows of `M` came back than should have been written.
    pub(crate) fn skipped(model: &'static str, rows: usize, written: usize) -> Self {
        let skipped = rows.saturating_sub(written);
        let which = match rows {
            1 => "the new row".to_owned(),
            _ => format!("{skipped} of {rows} new rows"),
        };
        Self::not_found(
            model,
            format!("the values of {which}, which the database skipped,"),
        )
    }

    /// A number that the column cannot hold, if the database does not report it.
    pub(crate) fn out_of_range(meta: &ModelMeta, column: &str) -> Self {
        Self::CheckViolation(Box::new(Violation::out_of_range(meta, column)))
    }

    /// Adds the column, if the error names none.
    pub(crate) fn at(self, column: &str) -> Self {
        match self {
            Self::CheckViolation(violation) => Self::CheckViolation(Box::new(violation.at(column))),
            other => other,
        }
    }

    /// Turns an error from reading a row of `model` into ours.
    pub(crate) fn reading(
        model: &'static str,
        error: Box<dyn std::error::Error + Send + Sync>,
    ) -> Self {
        let AtColumn { column, source } = match error.downcast::<AtColumn>() {
            Ok(at) if at.is_null() => {
                let column = at.column;
                return Self::UnexpectedNull { model, column };
            }
            Ok(at) => *at,
            Err(error) => return Self::Database(DieselError::DeserializationError(error)),
        };
        match source.downcast::<UnknownVariant>() {
            Ok(source) => Self::UnknownVariant {
                model,
                column,
                source: *source,
            },
            Err(source) => Self::Column {
                model,
                column,
                source,
            },
        }
    }
}

/// Errors must be able to cross threads, and boxed errors to convert into those of other libraries.
const _: () = {
    const fn crosses_threads<T: Send + Sync + 'static>() {}
    crosses_threads::<Error>();
};
