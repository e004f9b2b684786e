//! What can go wrong, told the same way on every backend.

use diesel::result::{
    DatabaseErrorInformation, DatabaseErrorKind, DeserializeFieldError, Error as DieselError,
    UnexpectedNullError,
};
use std::fmt;

use crate::dialect::messages;
use crate::model_enum::UnknownVariant;

/// The result of every call of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of the ORM. It names the model and, where the database says so, the columns.
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
/// It can be told apart without knowing the database:
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
    /// The row is not, or no longer, in the database.
    #[error("no {model} with {key} in the database")]
    NotFound {
        /// The model that was looked for.
        model: &'static str,
        /// What was looked for, as `id = 7`, or `the given filter`.
        key: String,
    },

    /// A value that must be unique is taken.
    #[error("unique violation: {0}")]
    UniqueViolation(Violation),

    /// A row refers to one that does not exist, or is still referred to.
    #[error("foreign key violation: {0}")]
    ForeignKeyViolation(Violation),

    /// A column that must have a value got none.
    #[error("NOT NULL violation: {0}")]
    NotNullViolation(Violation),

    /// A CHECK constraint refused a value; a text that is too long for its column is one too.
    #[error("check violation: {0}")]
    CheckViolation(Violation),

    /// The database holds a text that the enum of the column does not know.
    #[error("{model}.{column}: {source}")]
    UnknownVariant {
        /// The model whose row was read.
        model: &'static str,
        /// The column that holds the text.
        column: String,
        /// The enum, the text, and what is allowed.
        source: UnknownVariant,
    },

    /// The database holds NULL where the model's field is not an `Option`.
    #[error(
        "{model}.{column} is NULL in the database, but the field is not an `Option`: \
         make it one, or add NOT NULL to the column"
    )]
    UnexpectedNull {
        /// The model whose row was read.
        model: &'static str,
        /// The column that is NULL.
        column: &'static str,
    },

    /// A column holds a value that its field's type cannot take.
    #[error("{model}.{column} cannot be read: {source}")]
    Column {
        /// The model whose row was read.
        model: &'static str,
        /// The column.
        column: String,
        /// What the type said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },

    /// A foreign key that is NOT NULL refers to a row that does not exist.
    #[error("{model}.{association}: there is no {target} for {key}")]
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

    /// A `has_one` is taken, and the row that takes it cannot be unlinked: its key is NOT NULL.
    #[error(
        "{model}.{association} is taken by another {target}, whose foreign key is NOT NULL: \
         destroy that one first"
    )]
    AlreadyLinked {
        /// The model that has one.
        model: &'static str,
        /// The association.
        association: &'static str,
        /// The model that is linked already.
        target: &'static str,
    },

    /// The key that an association goes by is NULL in this row, so nothing can be linked to it.
    #[error("{model}.{association}: the key is NULL in this row, nothing can be linked by it")]
    NullKey {
        /// The model of the row.
        model: &'static str,
        /// The association.
        association: &'static str,
    },

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

    /// Adds the model to an error that came from a statement on its table.
    pub(crate) fn on(self, model: &'static str) -> Self {
        let named = |violation| Violation { model, ..violation };
        match self {
            Self::UniqueViolation(v) => Self::UniqueViolation(named(v)),
            Self::ForeignKeyViolation(v) => Self::ForeignKeyViolation(named(v)),
            Self::NotNullViolation(v) => Self::NotNullViolation(named(v)),
            Self::CheckViolation(v) => Self::CheckViolation(named(v)),
            other => other,
        }
    }

    /// An error met while a row of `model` was read; `null_column` finds a NULL that should not be.
    pub(crate) fn reading(
        model: &'static str,
        error: Box<dyn std::error::Error + Send + Sync>,
        null_column: impl FnOnce() -> Option<&'static str>,
    ) -> Self {
        if error.is::<UnexpectedNullError>()
            && let Some(column) = null_column()
        {
            return Self::UnexpectedNull { model, column };
        }
        match error.downcast::<DeserializeFieldError>() {
            Ok(field) => {
                let column = field.field_name.unwrap_or_else(|| "?".to_owned());
                match field.error.downcast::<UnknownVariant>() {
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
            Err(error) => Self::Database(DieselError::DeserializationError(error)),
        }
    }
}

/// A constraint that the database enforced, with what it told about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The model whose statement failed; empty for a plain Diesel statement.
    pub model: &'static str,
    /// The table, where the database names it.
    pub table: Option<String>,
    /// The constraint, where the database names it.
    pub constraint: Option<String>,
    /// The columns, where the database names them.
    pub columns: Vec<String>,
    /// The database's own words.
    pub message: String,
}

impl Violation {
    fn read(info: &dyn DatabaseErrorInformation) -> Self {
        let message = info.message().to_owned();
        let (table, constraint, columns) = match messages::foreign_key(&message) {
            Some((table, constraint, columns)) => (Some(table), Some(constraint), columns),
            None => {
                let (table, mut columns) = messages::columns(&message);
                columns.extend(messages::column_in_quotes(&message));
                (table, None, columns)
            }
        };
        Self {
            model: "",
            table: info.table_name().map(str::to_owned).or(table),
            constraint: info.constraint_name().map(str::to_owned).or(constraint),
            columns: match info.column_name() {
                Some(column) => vec![column.to_owned()],
                None if columns.is_empty() => info
                    .details()
                    .map(messages::key_columns)
                    .unwrap_or_default(),
                None => columns,
            },
            message,
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.model.is_empty() {
            write!(f, "{}: ", self.model)?;
        }
        f.write_str(&self.message)
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        let DieselError::DatabaseError(kind, info) = error else {
            return match error {
                DieselError::NotFound => Self::not_found("row", "the given filter"),
                other => Self::Database(other),
            };
        };
        let violation = || Violation::read(&*info);
        match kind {
            DatabaseErrorKind::UniqueViolation => Self::UniqueViolation(violation()),
            DatabaseErrorKind::ForeignKeyViolation => Self::ForeignKeyViolation(violation()),
            DatabaseErrorKind::NotNullViolation => Self::NotNullViolation(violation()),
            DatabaseErrorKind::CheckViolation => Self::CheckViolation(violation()),
            _ if messages::is_foreign_key_violation(info.message()) => {
                Self::ForeignKeyViolation(violation())
            }
            _ if messages::is_check_violation(info.message()) => Self::CheckViolation(violation()),
            kind => Self::Database(DieselError::DatabaseError(kind, info)),
        }
    }
}

/// `.optional()` on a result of this crate: a row that is not there becomes `None`.
///
/// It does for [`Error::NotFound`] what Diesel's `OptionalExtension` does for its own error.
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// # use diesel::prelude::*; use orm_core::prelude::*;
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut connection();
/// let nobody = User::query()
///     .filter(users::name.eq("Bo"))
///     .include(User::posts())
///     .first(conn)
///     .optional()?;
/// assert!(nobody.is_none());
/// # Ok(()) }
/// ```
pub trait OptionalRow<T> {
    /// Turns [`Error::NotFound`] into `Ok(None)`.
    ///
    /// # Errors
    /// Every other error stays.
    fn optional(self) -> Result<Option<T>>;
}

impl<T> OptionalRow<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Ok(row) => Ok(Some(row)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
