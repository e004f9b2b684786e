//! What a database tells of a constraint that it enforced, and what the model adds.

use std::fmt;

use diesel::result::DatabaseErrorInformation;

use crate::dialect::messages;
use crate::schema::meta::ModelMeta;

/// A constraint that the database enforced, with what it told about it.
///
/// What a database leaves out is taken from the model, where the model says it: MySQL and MariaDB
/// name only the index of a unique value, and PostgreSQL only the constraint of a CHECK.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The model whose statement failed; empty for a plain Diesel statement.
    pub model: &'static str,
    /// The table that has the constraint, where it is known.
    pub table: Option<String>,
    /// The constraint or the index, where the database names it. SQLite gives a CHECK without a name
    /// as its text.
    pub constraint: Option<String>,
    /// The columns of the constraint, where they are known.
    pub columns: Vec<String>,
    /// The database's own words.
    pub message: String,
}

impl Violation {
    pub(super) fn read(info: &dyn DatabaseErrorInformation) -> Self {
        let owned = |name: Option<&str>| name.map(str::to_owned);
        let words = messages::named(info.message());
        let mut violation = Self {
            model: "",
            table: owned(info.table_name()).or(words.table),
            constraint: owned(info.constraint_name()).or(words.constraint),
            columns: words.columns,
            message: info.message().to_owned(),
        };
        if let Some(column) = info.column_name() {
            violation.columns = vec![column.to_owned()];
        }
        violation
    }

    /// That of a key, unique or foreign.
    pub(super) fn read_key(info: &dyn DatabaseErrorInformation) -> Self {
        let mut violation = Self::read(info);
        if let Some(details) = info.details() {
            violation.columns = violation.columns_in(details);
        }
        violation
    }

    /// The columns in the details, which PostgreSQL gives.
    fn columns_in(&self, details: &str) -> Vec<String> {
        let columns = messages::key_columns(details);
        if !messages::is_still_referenced(details) {
            return columns;
        }
        // These are the columns that are referred to; those that refer are told by the constraint.
        let table = self.table.as_deref().unwrap_or_default();
        let name = self.constraint.as_deref().unwrap_or_default();
        match (messages::foreign_key_column(table, name), columns.len()) {
            (Some(column), 1) => vec![column],
            _ => Vec::new(),
        }
    }

    pub(super) fn out_of_range(meta: &ModelMeta, column: &str) -> Self {
        Self {
            model: meta.name,
            table: Some(meta.table.name.to_owned()),
            constraint: None,
            columns: vec![column.to_owned()],
            message: format!("the number does not fit into the column `{column}`"),
        }
    }

    /// Of a column, where no constraint is named.
    pub(super) fn at(mut self, column: &str) -> Self {
        if self.columns.is_empty() && self.constraint.is_none() {
            self.columns = vec![column.to_owned()];
        }
        self
    }

    pub(super) fn of(self, meta: &ModelMeta) -> Self {
        Self {
            model: meta.name,
            ..self
        }
    }

    /// The table is the model's, where all columns are.
    pub(super) fn in_table(mut self, meta: &ModelMeta) -> Self {
        let known = |name: &String| meta.columns.iter().any(|column| column.name == name);
        if self.table.is_none() && !self.columns.is_empty() && self.columns.iter().all(known) {
            self.table = Some(meta.table.name.to_owned());
        }
        self
    }

    pub(super) fn unique_on(mut self, meta: &ModelMeta) -> Self {
        if let Some(index) = self
            .constraint
            .as_deref()
            .filter(|_| self.columns.is_empty())
        {
            let columns = meta.columns_of_key(index);
            self.columns = columns.into_iter().map(str::to_owned).collect();
        }
        self.of(meta).in_table(meta)
    }

    pub(super) fn check_on(mut self, meta: &ModelMeta) -> Self {
        if let Some(check) = self
            .constraint
            .as_deref()
            .filter(|_| self.columns.is_empty())
        {
            let columns = meta.columns.iter().map(|column| column.name);
            let spoken_of = |name: &&str| messages::is_check_of(check, meta.table.name, name);
            self.columns = columns.filter(spoken_of).map(str::to_owned).collect();
        }
        self.of(meta).in_table(meta)
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
