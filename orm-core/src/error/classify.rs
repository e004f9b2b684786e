//! Turns Diesel's errors into ours.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

use crate::error::kind::Error;
use crate::error::messages::{self, Trouble};
use crate::error::violation::Violation;

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match trouble(&error) {
            Some(Trouble::ConnectionLost) => return Self::ConnectionLost(error),
            Some(Trouble::SerializationFailure) => return Self::SerializationFailure(error),
            Some(Trouble::Deadlock) => return Self::Deadlock(error),
            Some(Trouble::LockTimeout) => return Self::LockTimeout(error),
            None => {}
        }
        let DieselError::DatabaseError(kind, info) = error else {
            return match error {
                DieselError::NotFound => Self::not_found("row", "the given filter"),
                other => Self::Database(other),
            };
        };
        let message = info.message();
        match kind {
            DatabaseErrorKind::UniqueViolation => {
                Self::UniqueViolation(Violation::read_key("unique violation", kind, info))
            }
            // PostgreSQL 18 reports RESTRICT and NO ACTION as different errors.
            DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::RestrictViolation => {
                Self::foreign_key(kind, info)
            }
            DatabaseErrorKind::NotNullViolation => {
                Self::NotNullViolation(Violation::read("NOT NULL violation", kind, info))
            }
            DatabaseErrorKind::CheckViolation => Self::check(kind, info),
            _ if messages::is_foreign_key_violation(message) => Self::foreign_key(kind, info),
            _ if messages::is_check_violation(message) => Self::check(kind, info),
            kind => Self::Database(DieselError::DatabaseError(kind, info)),
        }
    }
}

type Info = Box<dyn DatabaseErrorInformation + Send + Sync>;

impl Error {
    fn foreign_key(kind: DatabaseErrorKind, info: Info) -> Self {
        Self::ForeignKeyViolation(Violation::read_key("foreign key violation", kind, info))
    }

    fn check(kind: DatabaseErrorKind, info: Info) -> Self {
        Self::CheckViolation(Violation::read("check violation", kind, info))
    }
}

/// What went wrong with the transaction or the connection, as opposed to the statement.
fn trouble(error: &DieselError) -> Option<Trouble> {
    match error {
        // Diesel returns this for every later call on a connection that was lost in a transaction.
        DieselError::BrokenTransactionManager => Some(Trouble::ConnectionLost),
        DieselError::RollbackErrorOnCommit {
            rollback_error,
            commit_error,
        } => [commit_error, rollback_error]
            .into_iter()
            .filter_map(|error| trouble(error))
            .find(|trouble| *trouble == Trouble::ConnectionLost),
        DieselError::DatabaseError(kind, info) => match kind {
            DatabaseErrorKind::ClosedConnection => Some(Trouble::ConnectionLost),
            // MySQL's deadlock has this kind too, so the message is checked first.
            DatabaseErrorKind::SerializationFailure => {
                messages::trouble(info.message()).or(Some(Trouble::SerializationFailure))
            }
            DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::ForeignKeyViolation
            | DatabaseErrorKind::RestrictViolation
            | DatabaseErrorKind::NotNullViolation
            | DatabaseErrorKind::CheckViolation => None,
            _ => messages::trouble(info.message()),
        },
        _ => None,
    }
}
