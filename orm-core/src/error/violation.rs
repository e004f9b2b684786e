//! What a database reports about a constraint that it enforced, and what the model adds.

use std::fmt;

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

use crate::error::messages::{self, Sure};
use crate::meta::names::{Ending, is_name_of};
use crate::meta::{ModelMeta, Reference};

/// A constraint that the database enforced, and what the database reported about it.
///
/// If the model knows what the database leaves out, it is taken from the model: MySQL and MariaDB name only
/// the index of a unique value, and PostgreSQL names only the constraint of a CHECK.
#[derive(Debug)]
#[non_exhaustive]
pub struct Violation {
    /// What was violated, in words for people.
    kind: &'static str,
    /// The model whose statement failed. Empty for a plain Diesel statement.
    pub model: &'static str,
    /// The table that has the constraint, if known.
    pub table: Option<String>,
    /// The constraint or the index, if the database names it. For a CHECK without a name, SQLite gives its
    /// text.
    pub constraint: Option<String>,
    /// The columns of the constraint, if known.
    pub columns: Vec<String>,
    /// The database's own words.
    pub message: String,
    /// Diesel's error, if the database refused the statement.
    source: Option<DieselError>,
}

impl Violation {
    pub(super) fn read(
        kind: &'static str,
        code: DatabaseErrorKind,
        info: Box<dyn DatabaseErrorInformation + Send + Sync>,
    ) -> Box<Self> {
        let mut violation = Self::told(kind, &*info);
        violation.source = Some(DieselError::DatabaseError(code, info));
        Box::new(violation)
    }

    fn told(kind: &'static str, info: &dyn DatabaseErrorInformation) -> Self {
        let owned = |name: Option<&str>| name.map(str::to_owned);
        let words = messages::named(info.message());
        let mut violation = Self {
            kind,
            model: "",
            table: owned(info.table_name()).or(words.table),
            constraint: owned(info.constraint_name()).or(words.constraint),
            columns: words.columns,
            message: info.message().to_owned(),
            source: None,
        };
        if let Some(column) = info.column_name() {
            violation.columns = vec![column.to_owned()];
        }
        violation
    }

    /// Reads the violation of a unique or foreign key.
    pub(super) fn read_key(
        kind: &'static str,
        code: DatabaseErrorKind,
        info: Box<dyn DatabaseErrorInformation + Send + Sync>,
    ) -> Box<Self> {
        let mut violation = Self::told(kind, &*info);
        if let Some(details) = info.details() {
            violation.columns = violation.columns_in(details);
        }
        violation.source = Some(DieselError::DatabaseError(code, info));
        Box::new(violation)
    }

    /// The columns in the details that PostgreSQL gives.
    fn columns_in(&self, details: &str) -> Vec<String> {
        let columns = messages::key_columns(details);
        if !messages::is_still_referenced(details) {
            return columns;
        }
        // These are the referenced columns. The name of the constraint gives the referencing ones.
        let table = self.table.as_deref().unwrap_or_default();
        let name = self.constraint.as_deref().unwrap_or_default();
        match (messages::foreign_key_column(table, name), columns.len()) {
            (Some(column), 1) => vec![column],
            _ => Vec::new(),
        }
    }

    pub(super) fn out_of_range(meta: &ModelMeta, column: &str) -> Self {
        Self {
            kind: "check violation",
            model: meta.name,
            table: Some(meta.table.name.to_owned()),
            constraint: None,
            columns: vec![column.to_owned()],
            message: format!("the number does not fit into the column `{column}`"),
            source: None,
        }
    }

    /// Sets the column, if neither a constraint nor columns are known.
    pub(super) fn at(mut self, column: &str) -> Self {
        if self.columns.is_empty() && self.constraint.is_none() {
            self.columns = vec![column.to_owned()];
        }
        self
    }

    pub(super) fn of(mut self, meta: &ModelMeta) -> Self {
        self.model = meta.name;
        self
    }

    /// Sets the model's table, if the model has all the columns.
    pub(super) fn in_table(mut self, meta: &ModelMeta) -> Self {
        if self.table.is_none() && self.columns_are_known(meta) {
            self.table = Some(meta.table.name.to_owned());
        }
        self
    }

    /// Completes the violation of a unique key. Names may contain any character, so the columns read from the
    /// message may not be the model's. If so, the model's keys decide.
    pub(super) fn unique_on(self, meta: &ModelMeta) -> Self {
        let mut violation = self.reread(meta);
        let names = messages::index_of(&violation.message, meta.table.name);
        if !violation.columns_are_known(meta) {
            let told = violation.constraint.clone();
            let mut all = names.into_iter().flatten().chain(told.as_deref());
            let key = all.find_map(|name| {
                let columns = meta.columns_of_key(name);
                (!columns.is_empty()).then(|| (name.to_owned(), columns))
            });
            if let Some((name, columns)) = key {
                if names.is_some() {
                    violation.table = Some(meta.table.name.to_owned());
                }
                violation.constraint = Some(name);
                violation.columns = columns.into_iter().map(str::to_owned).collect();
            }
        }
        violation.of(meta).in_table(meta)
    }

    /// Completes the violation of a foreign key of this table, or of another table that the model's
    /// associations mention.
    pub(super) fn foreign_on(mut self, meta: &ModelMeta) -> Self {
        if let Some(name) = &self.constraint {
            let is_named = |key: &&Reference| {
                let (table, columns) = (key.table.name, [key.column]);
                self.table.as_deref().is_none_or(|told| told == table)
                    && is_name_of(name, table, &columns, Ending::ForeignKey)
            };
            if let Some(key) = meta.references.iter().find(is_named) {
                self.columns = vec![key.column.to_owned()];
                self.table = Some(key.table.name.to_owned());
            }
        }
        self.of(meta)
    }

    pub(super) fn not_null_on(self, meta: &ModelMeta) -> Self {
        self.reread(meta).of(meta).in_table(meta)
    }

    pub(super) fn check_on(self, meta: &ModelMeta) -> Self {
        let mut violation = self.reread(meta);
        if let Some(check) = &violation.constraint
            && !violation.columns_are_known(meta)
        {
            let columns = meta.columns.iter().map(|column| column.name);
            let sure = |name| (messages::is_check_of(check, meta.table.name, name), name);
            let told: Vec<(Sure, &str)> = columns.map(sure).collect();
            let most = told.iter().map(|(sure, _)| *sure).max();
            let most = most.filter(|most| *most != Sure::No);
            let told = told.iter().filter(|(sure, _)| Some(*sure) == most);
            violation.columns = told.map(|(_, name)| (*name).to_owned()).collect();
        }
        violation.of(meta).in_table(meta)
    }

    /// Reads the columns in the message by means of the model's column names.
    fn reread(mut self, meta: &ModelMeta) -> Self {
        let names: Vec<_> = meta.columns.iter().map(|column| column.name).collect();
        let table = meta.table.name;
        if let Some(columns) = messages::known_columns(&self.message, table, &names) {
            self.columns = columns.into_iter().map(str::to_owned).collect();
            self.table = Some(table.to_owned());
        }
        self
    }

    fn columns_are_known(&self, meta: &ModelMeta) -> bool {
        let known = |name: &String| meta.columns.iter().any(|column| column.name == name);
        !self.columns.is_empty() && self.columns.iter().all(known)
    }
}

/// Says what was violated, and where. The database's own words are the source.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)?;
        let table = self.table.as_deref().unwrap_or_default();
        let whose = if self.model.is_empty() {
            table
        } else {
            self.model
        };
        match (whose, &self.columns[..]) {
            ("", []) => {}
            ("", columns) => write!(f, ": {}", columns.join(", "))?,
            (whose, []) => write!(f, ": {whose}")?,
            (whose, [column]) => write!(f, ": {whose}.{column}")?,
            (whose, columns) => write!(f, ": {whose} ({})", columns.join(", "))?,
        }
        if let (Some(constraint), []) = (&self.constraint, &self.columns[..]) {
            write!(f, ", by `{constraint}`")?;
        }
        match self.source {
            Some(_) => Ok(()),
            None => write!(f, ": {}", self.message),
        }
    }
}

impl std::error::Error for Violation {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.source.as_ref()?;
        Some(source)
    }
}
