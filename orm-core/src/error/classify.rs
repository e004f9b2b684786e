//! From Diesel's errors to ours.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

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
        let violation = || Violation::read(&*info);
        let of_key = || Violation::read_key(&*info);
        match kind {
            DatabaseErrorKind::UniqueViolation => Self::UniqueViolation(of_key()),
            // PostgreSQL 18 tells RESTRICT and NO ACTION apart.
            DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::RestrictViolation => {
                Self::ForeignKeyViolation(of_key())
            }
            DatabaseErrorKind::NotNullViolation => Self::NotNullViolation(violation()),
            DatabaseErrorKind::CheckViolation => Self::CheckViolation(violation()),
            _ if messages::is_foreign_key_violation(info.message()) => {
                Self::ForeignKeyViolation(of_key())
            }
            _ if messages::is_check_violation(info.message()) => Self::CheckViolation(violation()),
            kind => Self::Database(DieselError::DatabaseError(kind, info)),
        }
    }
}

/// What went wrong with the transaction or the connection, rather than with the statement.
fn trouble(error: &DieselError) -> Option<Trouble> {
    match error {
        // What Diesel says of every later call on a connection that was lost in a transaction.
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
            // MySQL's deadlock is of this kind, too: the words go first.
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
