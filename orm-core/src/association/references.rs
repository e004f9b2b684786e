//! The foreign keys and junctions that follow from associations.

use crate::association::{Direct, Through};
use crate::field::{Field, Holds};
use crate::meta::{Action, Junction, Reference, TableName};
use crate::model::Model;

impl Reference {
    const fn new<Holder: Model, Key: Field, K, To: Field>(
        on_delete: Option<Action>,
        on_update: Option<Action>,
        junction: bool,
    ) -> Self
    where
        Key::Value: Holds<K>,
    {
        Self {
            table: TableName::of::<Holder>(),
            column: Key::COLUMN,
            nullable: <Key::Value as Holds<K>>::NULLABLE,
            target_table: TableName::of::<To::Model>(),
            target_column: To::COLUMN,
            on_delete,
            on_update,
            junction,
            shared: false,
        }
    }

    /// The key of a `belongs_to`, held by the source.
    #[must_use]
    pub const fn of_owner<A: Direct>(delete: Option<Action>, update: Option<Action>) -> Self {
        Self::new::<A::Source, A::SourceField, A::Key, A::TargetField>(delete, update, false)
    }

    /// The key of a `has_one` or `has_many`, held by the target.
    #[must_use]
    pub const fn of_owned<A: Direct>(delete: Option<Action>, update: Option<Action>) -> Self {
        Self::new::<A::Target, A::TargetField, A::Key, A::SourceField>(delete, update, false)
    }

    /// The key by which a junction refers to the source.
    #[must_use]
    pub const fn of_source_link<A: Through>(
        delete: Option<Action>,
        update: Option<Action>,
    ) -> Self {
        Self::new::<A::Junction, A::SourceLink, A::Key, A::SourceField>(delete, update, true)
    }

    /// The key by which a junction refers to the target.
    #[must_use]
    pub const fn of_target_link<A: Through>(
        delete: Option<Action>,
        update: Option<Action>,
    ) -> Self {
        Self::new::<A::Junction, A::TargetLink, A::TargetKey, A::TargetField>(delete, update, true)
    }
}

impl Junction {
    /// The junction of an association.
    #[must_use]
    pub const fn of<A: Through>() -> Self {
        Self {
            table: TableName::of::<A::Junction>(),
            columns: [A::SourceLink::COLUMN, A::TargetLink::COLUMN],
        }
    }
}
