//! What a model states about its table, as constants. DDL, inserts and errors use it.

mod column_set;
pub(crate) mod names;

use diesel::backend::Backend;
use diesel::query_builder::AstPass;
use diesel::result::QueryResult;

pub(crate) use column_set::ColumnSet;
use names::{Ending, is_name_of};

/// What a model states about its table. DDL, inserts and errors use it.
#[derive(Debug, Clone, Copy)]
pub struct ModelMeta {
    /// The struct's name.
    pub name: &'static str,
    /// The table's name.
    pub table: TableName,
    /// Whether the table belongs to Diesel's migrations (`#[model(schema = …)]`). `create_all` never creates
    /// such a table.
    pub adopted: bool,
    /// The options of the table itself.
    pub options: TableOptions,
    /// The columns, in the order of the fields.
    pub columns: &'static [ColumnMeta],
    /// The columns of the primary key.
    pub primary_key: &'static [&'static str],
    /// Whether the primary key is one integer that the database generates.
    pub generated_key: bool,
    /// The column that counts the changes of a row.
    pub version: Option<&'static str>,
    /// Unique constraints over several columns.
    pub uniques: &'static [&'static [&'static str]],
    /// Plain indexes over several columns.
    pub indexes: &'static [&'static [&'static str]],
    /// The foreign keys that the model's associations mention, in its own table or in another.
    pub references: &'static [Reference],
    /// The junctions of its many-to-many associations.
    pub junctions: &'static [Junction],
}

/// The name of a table and its schema. Only this type writes table names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableName {
    /// The schema on PostgreSQL, the database on MySQL or the attached database on SQLite, if the model
    /// states one.
    pub schema: Option<&'static str>,
    /// The name within the schema.
    pub name: &'static str,
}

impl TableName {
    /// `==` in a `const fn`.
    const fn is(self, other: Self) -> bool {
        let same_schema = match (self.schema, other.schema) {
            (None, None) => true,
            (Some(a), Some(b)) => is_same(a, b),
            _ => false,
        };
        same_schema && is_same(self.name, other.name)
    }

    /// Writes the name into a statement.
    pub(crate) fn walk<DB: Backend>(self, mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        if let Some(schema) = self.schema {
            out.push_identifier(schema)?;
            out.push_sql(".");
        }
        out.push_identifier(self.name)
    }
}

/// The table options that a model states, for backends that support them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableOptions {
    /// The storage engine.
    pub engine: Option<&'static str>,
    /// The character set.
    pub charset: Option<&'static str>,
    /// The collation.
    pub collate: Option<&'static str>,
    /// The comment that the database stores for the table.
    pub comment: Option<&'static str>,
}

impl TableOptions {
    /// No options.
    pub const NONE: Self = Self {
        engine: None,
        charset: None,
        collate: None,
        comment: None,
    };
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct ColumnMeta {
    /// The column's name.
    pub name: &'static str,
    /// Its type.
    pub kind: ColumnKind,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// Whether it is unique.
    pub unique: bool,
    /// Whether it has a plain index.
    pub index: bool,
    /// The length of the longest text that it takes.
    pub length: Option<u32>,
    /// How many digits a decimal has in all, and how many of them after the point.
    pub digits: Option<(u32, u32)>,
    /// Its default in the database.
    pub default: Option<DefaultValue>,
    /// The texts that an enum column takes.
    pub values: &'static [&'static str],
    /// The collation, if the model states one.
    pub collate: Option<&'static str>,
    /// The comment that the database stores for the column.
    pub comment: Option<&'static str>,
    /// Whether only the database writes it.
    pub read_only: bool,
    /// Whether the field has a type of the user's own, which may refuse to read what it wrote.
    pub own_type: bool,
}

impl ColumnMeta {
    /// Makes it nullable.
    #[must_use]
    pub const fn or_null(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// A column with nothing else stated.
    #[must_use]
    pub const fn new(name: &'static str, kind: ColumnKind) -> Self {
        Self {
            name,
            kind,
            nullable: false,
            unique: false,
            index: false,
            length: None,
            digits: None,
            default: None,
            values: &[],
            collate: None,
            comment: None,
            read_only: false,
            own_type: false,
        }
    }
}

/// The type of a column. Each dialect spells it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnKind {
    /// `i16`.
    SmallInt,
    /// `i32`.
    Integer,
    /// `i64`.
    BigInt,
    /// `u16`, on MySQL.
    UnsignedSmallInt,
    /// `u32`, on MySQL.
    UnsignedInteger,
    /// `u64`, on MySQL.
    UnsignedBigInt,
    /// `f32`.
    Float,
    /// `f64`.
    Double,
    /// A number with a fixed count of digits, such as `BigDecimal`.
    Decimal,
    /// `bool`.
    Bool,
    /// `String` and enums.
    Text,
    /// `Vec<u8>`.
    Binary,
    /// `NaiveDate`.
    Date,
    /// `NaiveTime`.
    Time,
    /// `NaiveDateTime`.
    Timestamp,
    /// `DateTime<Utc>`.
    TimestampUtc,
    /// `uuid::Uuid`.
    Uuid,
    /// `serde_json::Value` and `Json<T>`.
    Json,
    /// The same, in a form that the database has parsed.
    Jsonb,
    /// `Vec<T>`, on PostgreSQL.
    Array(&'static ColumnKind),
    /// A type of the user's own, spelled by its [`DdlType`](crate::DdlType).
    Other(&'static str),
}

impl ColumnKind {
    /// An integer, of any width.
    pub(crate) const fn is_integer(self) -> bool {
        matches!(
            self,
            Self::SmallInt
                | Self::Integer
                | Self::BigInt
                | Self::UnsignedSmallInt
                | Self::UnsignedInteger
                | Self::UnsignedBigInt
        )
    }
}

impl ColumnKind {
    /// Whether its values may be of any length.
    pub(crate) const fn is_long(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Binary | Self::Json | Self::Jsonb | Self::Array(_) | Self::Other(_)
        )
    }
}

/// A default in the database.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum DefaultValue {
    /// The digits of a number, as written.
    Number(&'static str),
    /// A boolean.
    Bool(bool),
    /// A text.
    Text(&'static str),
    /// A date, a time, or a moment in UTC, with zero, three, six or nine digits for the fraction of the
    /// second.
    Moment(&'static str),
    /// JSON, and a function that spells it as a value of the field's type would.
    Json(&'static str, fn(&str) -> String),
    /// The time of the insert.
    Now,
    /// A random UUID.
    Uuid,
    /// The database has a default, but the model does not state it. The text says how to state it.
    Unstated(&'static str),
}

/// A foreign key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The table that holds the key.
    pub table: TableName,
    /// The column that holds it.
    pub column: &'static str,
    /// Whether the column can be NULL.
    pub nullable: bool,
    /// The referenced table.
    pub target_table: TableName,
    /// The referenced column.
    pub target_column: &'static str,
    /// The association's `ON DELETE`.
    pub on_delete: Option<Action>,
    /// The association's `ON UPDATE`.
    pub on_update: Option<Action>,
    /// Whether the key is one half of a junction.
    pub junction: bool,
    /// Whether other associations use the same key for another table, so that the database can enforce
    /// neither reference.
    pub shared: bool,
}

/// The two keys of a junction, which are unique together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Junction {
    /// The junction's table.
    pub table: TableName,
    /// Its two foreign keys.
    pub columns: [&'static str; 2],
}

/// What happens to a row when the row that it refers to changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is deleted or changed too.
    Cascade,
    /// The change is refused immediately.
    Restrict,
    /// Its key becomes NULL.
    SetNull,
    /// Its key becomes its default.
    SetDefault,
    /// The change is refused at the end of the statement.
    NoAction,
}

impl Action {
    /// The SQL.
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::Cascade => "CASCADE",
            Self::Restrict => "RESTRICT",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
            Self::NoAction => "NO ACTION",
        }
    }
}

impl ModelMeta {
    /// Whether a row may refer to another row of the same table.
    pub(crate) const fn refers_to_itself(&self) -> bool {
        let mut index = 0;
        while index < self.references.len() {
            let reference = &self.references[index];
            if reference.table.is(self.table) && reference.target_table.is(self.table) {
                return true;
            }
            index += 1;
        }
        false
    }

    /// The columns that may be changed.
    pub(crate) fn changeable(&self) -> ColumnSet {
        let key = self.columns_named(self.primary_key);
        self.all_columns().without(key).without(self.read_only())
    }

    /// All columns.
    pub(crate) fn all_columns(&self) -> ColumnSet {
        let columns = 0..self.columns.len();
        columns.fold(ColumnSet::new(), |set, index| set.with(index, true))
    }

    /// The columns that only the database writes.
    pub(crate) const fn read_only(&self) -> ColumnSet {
        let mut set = ColumnSet::new();
        let mut index = 0;
        while index < self.columns.len() {
            set = set.with(index, self.columns[index].read_only);
            index += 1;
        }
        set
    }

    /// The columns with values that the field's type may refuse to read, although it wrote them.
    const fn own_types(&self) -> ColumnSet {
        let mut set = ColumnSet::new();
        let mut index = 0;
        while index < self.columns.len() {
            set = set.with(index, self.columns[index].own_type);
            index += 1;
        }
        set
    }

    /// The enum columns. The database may write a text that is none of their values.
    const fn enums(&self) -> ColumnSet {
        let mut set = ColumnSet::new();
        let mut index = 0;
        while index < self.columns.len() {
            let column = &self.columns[index];
            let foreign = self.adopted || column.read_only;
            set = set.with(index, foreign && !column.values.is_empty());
            index += 1;
        }
        set
    }

    /// The columns that may turn out unreadable right after the write, if the columns in `given` were given.
    /// A type of the user's own may refuse what it wrote, and an enum may refuse what the database wrote. A
    /// generated key is an ordinary number.
    pub(crate) fn may_refuse(&self, given: ColumnSet) -> ColumnSet {
        let (own, enums) = (self.own_types(), self.enums().without(given));
        if own.is_empty() || !self.generated_key {
            return own.and(enums);
        }
        let key = self.columns_named(self.primary_key).without(given);
        own.without(key).and(enums)
    }

    /// The columns that are NULL if an `INSERT` does not mention them.
    pub(crate) const fn null_by_default(&self) -> ColumnSet {
        let mut set = ColumnSet::new();
        let mut index = 0;
        while index < self.columns.len() {
            let column = &self.columns[index];
            let is_null = column.nullable && column.default.is_none() && !column.read_only;
            set = set.with(index, is_null);
            index += 1;
        }
        set
    }

    /// The columns with these names.
    pub(crate) fn columns_named(&self, names: &[&str]) -> ColumnSet {
        let columns = self.columns.iter().enumerate();
        columns.fold(ColumnSet::new(), |set, (index, column)| {
            set.with(index, names.contains(&column.name))
        })
    }

    /// The unique key all of whose columns are in `stated`, which holds the columns with a value other than
    /// NULL. It is the primary key, or else the first other unique key.
    pub(crate) fn unique_among(&self, stated: ColumnSet) -> Option<ColumnSet> {
        let single = self.columns.iter().filter(|column| column.unique);
        let single = single.map(|column| self.columns_named(&[column.name]));
        let several = self.uniques.iter().map(|names| self.columns_named(names));
        std::iter::once(self.columns_named(self.primary_key))
            .chain(single)
            .chain(several)
            .find(|key| stated.has(*key))
    }

    /// The columns of a unique key, by the name of its index or constraint: our name, PostgreSQL's, or
    /// MySQL's, which follows the first column.
    pub(crate) fn columns_of_key(&self, name: &str) -> Vec<&'static str> {
        if name == "PRIMARY" || name == format!("{}_pkey", self.table.name) {
            return self.primary_key.to_vec();
        }
        let mut keys: Vec<Vec<&str>> = self.uniques.iter().map(|key| key.to_vec()).collect();
        let single = self.columns.iter().filter(|column| column.unique);
        keys.extend(single.map(|column| vec![column.name]));
        // MySQL names an index after its first column, and further ones `a_2`, `a_3`.
        let plain = match name.rsplit_once('_') {
            Some((plain, number)) if number.parse::<u8>().is_ok() => plain,
            _ => name,
        };
        let first = |key: &&Vec<&str>| key.first().is_some_and(|c| *c == name || *c == plain);
        if let [key] = keys.iter().filter(first).collect::<Vec<_>>()[..] {
            return key.clone();
        }
        if let Some(key) = keys.iter().find(|key| key[..] == [name]) {
            return key.clone();
        }
        let named = |key: &Vec<&str>| is_name_of(name, self.table.name, key, Ending::Unique);
        let mut matching: Vec<_> = keys.into_iter().filter(named).collect();
        if matching.is_empty() {
            // Only the other models know whether the pair of a junction is unique.
            let names = || self.columns.iter().map(|column| column.name);
            let pairs = names().flat_map(|a| names().map(move |b| vec![a, b]));
            matching.extend(pairs.filter(named));
        }
        // A name that may mean two keys is not one of ours.
        match <[_; 1]>::try_from(matching) {
            Ok([key]) => key,
            Err(_) => Vec::new(),
        }
    }

    /// Whether the two columns are known to be unique together.
    pub(crate) fn pair_is_unique(&self, pair: [&str; 2]) -> bool {
        let same =
            |columns: &&[&str]| columns.len() == 2 && pair.iter().all(|c| columns.contains(c));
        // Each of our tables gets a unique constraint on the pair of its junction; see `ddl`.
        let ours = !self.adopted && self.pair_identifies(pair);
        ours || same(&self.primary_key) || self.uniques.iter().any(same)
    }

    /// Whether the two keys of a junction identify its rows: a primary key or a unique key has no other
    /// columns, or the primary key serves only to tell rows apart.
    pub(crate) const fn pair_identifies(&self, pair: [&str; 2]) -> bool {
        if are_among(self.primary_key, &pair) || self.has_surrogate_key(pair) {
            return true;
        }
        let mut index = 0;
        while index < self.uniques.len() {
            if are_among(self.uniques[index], &pair) {
                return true;
            }
            index += 1;
        }
        let mut index = 0;
        while index < self.columns.len() {
            let column = &self.columns[index];
            if column.unique && are_among(&[column.name], &pair) {
                return true;
            }
            index += 1;
        }
        false
    }

    /// Whether the primary key is one column, or its columns other than the pair are UUIDs by default. In
    /// neither case does the key say what a link is.
    const fn has_surrogate_key(&self, pair: [&str; 2]) -> bool {
        if self.primary_key.len() == 1 {
            return true;
        }
        let mut index = 0;
        while index < self.columns.len() {
            let name = &[self.columns[index].name];
            let beside = are_among(name, self.primary_key) && !are_among(name, &pair);
            if beside && !matches!(self.columns[index].default, Some(DefaultValue::Uuid)) {
                return false;
            }
            index += 1;
        }
        true
    }
}

/// Whether `those` contains all of `these`.
const fn are_among(these: &[&str], those: &[&str]) -> bool {
    let mut this = 0;
    while this < these.len() {
        let mut that = 0;
        while that < those.len() && !is_same(these[this], those[that]) {
            that += 1;
        }
        if that == those.len() {
            return false;
        }
        this += 1;
    }
    true
}

/// `==` in a `const fn`.
#[must_use]
pub const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Writes the names of the columns at these indexes: `a, b`.
pub(crate) fn push_names<DB: Backend>(
    meta: &ModelMeta,
    indexes: impl Iterator<Item = usize>,
    out: &mut AstPass<'_, '_, DB>,
) -> QueryResult<()> {
    let names = indexes.filter_map(|index| meta.columns.get(index));
    for (position, column) in names.enumerate() {
        if position > 0 {
            out.push_sql(", ");
        }
        out.push_identifier(column.name)?;
    }
    Ok(())
}
