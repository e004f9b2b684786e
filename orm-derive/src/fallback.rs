//! On error: the error, plus all of the model that is sound, so that one mistake is reported once and
//! the rest of the program is compiled as if it were not there.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;
use crate::{check, expand};

/// The errors of a model, and the model without the associations that are at fault.
pub(crate) fn tokens(mut model: Model, errors: &darling::Error) -> TokenStream {
    let errors = self::errors(errors);
    let associations = std::mem::take(&mut model.associations);
    if check::check(&model).is_err() {
        return errors;
    }
    for association in associations {
        model.associations.push(association);
        if check::check(&model).is_err() {
            model.associations.pop();
        }
    }
    let model = expand::tokens(&model);
    quote!(#errors #model)
}

/// Errors alone.
pub(crate) fn errors(errors: &darling::Error) -> TokenStream {
    errors.clone().write_errors()
}
