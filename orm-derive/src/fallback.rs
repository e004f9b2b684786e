//! On error: the error, plus what the rest of the program needs to be compiled, so that one mistake
//! is reported once.

use proc_macro2::TokenStream;

use crate::expand;
use crate::model::Model;

/// Errors in a model that could be understood: everything is emitted but what would report the same
/// mistake again.
pub(crate) fn tokens(model: &Model, errors: darling::Error) -> TokenStream {
    let errors = self::errors(&errors);
    let model = expand::fallback(model);
    quote::quote!(#errors #model)
}

/// Errors alone.
pub(crate) fn errors(errors: &darling::Error) -> TokenStream {
    errors.clone().write_errors()
}
