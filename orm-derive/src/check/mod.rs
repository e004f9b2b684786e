//! Rules over the whole model: one function per rule. All broken rules are reported at once.

mod associations;
mod errors;
mod fields;
mod table;
mod validate;

use darling::Error;

use crate::model::Model;

/// Reports everything in a model that makes no sense.
pub(crate) fn check(model: &Model) -> darling::Result<()> {
    let mut errors = Error::accumulator();
    for rule in [
        table::schema_name_is_possible,
        table::has_a_key,
        table::key_is_not_optional,
        table::key_is_a_tuple,
        table::one_generated_key,
        table::auto_increment_is_of_keys,
        fields::types_are_enabled,
        fields::lengths_are_of_texts,
        fields::digits_are_of_decimals,
        fields::collations_are_of_texts,
        fields::stamps_fit,
        table::options_are_words,
        fields::read_only_is_of_the_database,
        fields::setters_fit,
        validate::rules_are_possible,
        validate::rules_differ,
        validate::values_are_written,
        table::columns_differ,
        table::diesel_makes_what_it_reads,
        table::names_are_possible,
        table::lists_name_fields,
        associations::aliases_differ,
        associations::markers_differ,
        associations::methods_differ,
        associations::keys_exist,
        associations::keys_are_unique,
        associations::keys_are_written,
        associations::actions_are_possible,
        associations::skips_name_methods,
    ] {
        rule(model, &mut errors);
    }
    errors.finish()
}
