//! Which tables can appear in one Diesel query.
//!
//! Diesel asks for a `TableNotEqual` impl for each ordered pair of tables. `schema!` knows models, and
//! could name their tables only as `<User as Model>::Table`. Of impls for such types rustc cannot tell
//! at a glance that they differ and compares each with each: with the square of the models as many
//! impls, that grows with their fourth power. So the pairs are pairs of models, which it tells apart by
//! their names, and the derive leads from them to Diesel's trait with one impl per table.

/// A `schema!` lists this model and `Other`, each with a table of its own.
#[diagnostic::on_unimplemented(
    message = "the tables of `{Self}` and `{Other}` cannot appear in one query",
    label = "no `schema!` lists both models",
    note = "list them in one: `orm_core::schema! {{ pub App {{ {Self}, {Other} }} }}`"
)]
pub trait InOneSchema<Other> {}

/// A table that can appear in one query with that of the model `Other`.
///
/// The derive implements it for the model's table where the model is [`InOneSchema`] with `Other`.
#[diagnostic::on_unimplemented(
    message = "the table `{Self}` cannot appear in one query with that of `{Other}`",
    note = "list both models in one `orm_core::schema!`, or use `diesel::allow_tables_to_appear_in_same_query!`"
)]
pub trait ApartFrom<Other> {}
