//! The only items that generated code names. Nothing here is for people.

pub use diesel;

pub use crate::association::{
    Association, CreateTarget, Direct, Fill, Related, StartsFrom, Through, ToMany, belongs_to,
    belongs_to_many, has_many, has_one, related,
};
pub use crate::ext::Changes;
pub use crate::field::{ColumnNamed, Field, FieldOf, Holds, Unlinkable};
pub use crate::include::loaded::{RowFor, SpecItem};
pub use crate::include::loader::{Loader, Via};
pub use crate::include::restrict::TableOf;
pub use crate::include::row::{NotIncluded, Row, Vacant};
pub use crate::include::shape;
pub use crate::model::{Always, IntoTarget, KeyOf, Model, PrimaryKey, Selects, SingleKey, Targets};
pub use crate::model_enum::{ModelEnum, UnknownVariant};
pub use crate::query::all::All;
pub use crate::query::read::{ReadColumns, ReadValue};
pub use crate::schema::meta::{
    Action, ColumnKind, ColumnMeta, DefaultValue, Junction, ModelMeta, Reference, TableName,
    TableOptions,
};
pub use crate::schema::pairs::{ApartFrom, InOneSchema};
pub use crate::schema::{DdlType, HasModel, HasModels, check as check_schema};
#[cfg(feature = "uuid")]
pub use crate::types::new_uuid;
pub use crate::types::{ByDiesel, ByValue, Operand, Value, ValueOf, list};
pub use crate::write::create::{Create, IntoNew, IntoOption, IsSet, Missing, Set, SetField};
pub use crate::write::values::{BindValue, ColumnSet, ExactDecimals, Given, Values};
pub use crate::{Connection, Result, sql_types};
