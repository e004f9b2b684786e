//! Items that generated code uses besides the public API. None of them is for you to call.

pub use core::clone::Clone;
pub use core::cmp::PartialEq;
pub use core::convert::Into;
pub use core::fmt::{Debug, Formatter, Result as FmtResult};
pub use core::iter::IntoIterator;
pub use core::marker::PhantomData;
pub use core::ops::Bound;
pub use core::ops::{Deref, DerefMut};
pub use core::option::Option::{self, None, Some};
pub use core::result::Result::Ok;
pub use std::string::ToString;
pub use std::vec::Vec;

pub use diesel;
pub use diesel::QueryDsl;
pub use diesel::backend::Backend;
pub use diesel::deserialize::{FromStaticSqlRow, Queryable, Result as Read};
pub use diesel::dsl::{AsSelect, Select, SqlTypeOf};
pub use diesel::expression::Selectable;
pub use diesel::query_source::{Column, Table, TableNotEqual};
pub use diesel::sql_types::IntoNotNullable;
#[cfg(feature = "serde")]
pub use serde::{Serialize, Serializer};

pub use crate::adopted::{
    ColumnElsewhere, KeyOfTable, Known, NoColumn, OrElse, Unknown, check_column, check_key, is_key,
};
pub use crate::association::belongs_to::{AcceptedBy, ReadOwner, SetOwner};
pub use crate::association::belongs_to_many::{
    FillLink, HasThrough, LinkPlainly, LinkThrough, QueryThrough, ReadThrough,
};
pub use crate::association::has_many::{LinkRelated, ReadRelated, UnlinkRelated};
pub use crate::association::nested::{
    Children, ExistingLink, ExistingList, ExistingRows, Lacks, LinkedRows, NewChild, NewLinked,
    NewRows, Owner,
};
pub use crate::association::row::{NotIncluded, Row, Vacant, debug_row, empty};
pub use crate::association::shape;
pub use crate::association::target::{Always, IntoTarget, OneTarget, Targets};
pub use crate::association::{
    Association, CreateTarget, Direct, Fill, Identified, Related, StartsFrom, Through, belongs_to,
    belongs_to_many, has_many, has_one, identifies, related,
};
pub use crate::backend::AnyBackend;
pub use crate::column::{ColumnsOf, UniqueKey};
pub use crate::connection::Connection;
pub use crate::error::Result;
pub use crate::field::SingleKey;
pub use crate::field::{ColumnNamed, Field, FieldOf, Holds, Unlinkable};
pub use crate::fields::{At, In};
pub use crate::fields::{Exact, FieldList, MadeByDiesel};
pub use crate::include::loaded::{RowFor, SpecItem};
pub use crate::include::loader::{Loader, Via};
pub use crate::include::restrict::TableOf;
#[cfg(feature = "serde")]
pub use crate::include::serialize::{SerializeModel, SerializeRow, SerializeSlot};
pub use crate::meta::{
    Action, ColumnKind as Kind, ColumnMeta, DefaultValue, Junction, ModelMeta, Reference,
    TableName, TableOptions, is_same,
};
pub use crate::model::{Building, FromValues, Same};
pub use crate::model::{Draft, Values, values};
pub use crate::model::{Itself, KeyOf, Model, PrimaryKey, Selects};
pub use crate::model_enum::{ModelEnum, NoTexts, TextsOf, UnknownVariant};
pub use crate::now::Now;
pub use crate::query::all::All;
pub use crate::query::read::ReadValue;
pub use crate::schema::pairs::{ApartFrom, InOneSchema};
pub use crate::schema::{HasModel, TargetsIn, Writes, check as check_schema};
pub use crate::sql_types;
pub use crate::stamp::{first_version, next_version, stamp};
#[cfg(feature = "json")]
pub use crate::types::StoredJson;
pub use crate::types::indexed::{InIndex, InUnique, in_index, in_unique};
#[cfg(feature = "uuid")]
pub use crate::types::new_uuid;
pub use crate::types::{ByDiesel, ByValue, DdlType, Operand, Value, ValueOf, list};
pub use crate::validate::problems::Problems;
pub use crate::validate::{custom, rule, rules, whole};
pub use crate::write::builder::{
    After, Free, IntoOption, IsSet, Many, Missing, OfCreation, OfKey, OfNewRow, Partial, ReadOnly,
    Set, SetSlot, TakeKey, Whole, set,
};
pub use crate::write::create::{Alone, Create, IntoNew};
pub use crate::write::hooks::{HookedBy, NoHooks};
pub use crate::write::values::{BindValue, Columns, ExactDecimals};

/// A short name for [`ColumnMeta::new`].
#[must_use]
pub const fn column(name: &'static str, kind: Kind) -> ColumnMeta {
    ColumnMeta::new(name, kind)
}

/// The text of a variant, unchanged.
#[must_use]
#[track_caller] // so that rustc points at what the user wrote
#[allow(clippy::panic, reason = "evaluated by the compiler, never at run time")]
pub const fn text_of<E: ModelEnum>(text: &'static str) -> &'static str {
    let mut variant = 0;
    while variant < E::VALUES.len() {
        if crate::meta::is_same(E::VALUES[variant], text) {
            return text;
        }
        variant += 1;
    }
    panic!(
        "no variant of the field's enum is stored as this text: write the variant, as in `Role::Reader`"
    )
}

/// JSON, spelled as it was written.
#[must_use]
pub fn as_written(text: &str) -> String {
    text.to_owned()
}
