//! What a database refuses to create or drop.

use std::fmt;

use diesel::result::Error as DieselError;

/// A statement of `create_all` or `drop_all` that the database refused, and what it was about.
#[derive(Debug)]
#[non_exhaustive]
pub struct SchemaRefused {
    /// The model of the table.
    pub model: &'static str,
    /// The table.
    pub table: &'static str,
    /// The index or the key, if known.
    pub constraint: Option<String>,
    /// The columns, if known.
    pub columns: Vec<&'static str>,
    /// The statement.
    pub statement: String,
    /// The database's error.
    pub source: DieselError,
}

impl fmt::Display for SchemaRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the database refuses the table `{}` of `{}`",
            self.table, self.model
        )?;
        if let Some(constraint) = &self.constraint {
            write!(f, ", at `{constraint}`")?;
        }
        if !self.columns.is_empty() {
            write!(f, " ({})", self.columns.join(", "))?;
        }
        Ok(())
    }
}

impl std::error::Error for SchemaRefused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
