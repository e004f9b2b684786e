//! Turns a struct into its model, if nothing is wrong with it: `attrs → model → check`.

use syn::DeriveInput;

use crate::attrs::Input;
use crate::check;
use crate::model::Model;

pub(crate) fn read(input: &DeriveInput) -> darling::Result<Model> {
    let model = Input::read(input).and_then(Model::resolve)?;
    check::check(&model)?;
    Ok(model)
}
