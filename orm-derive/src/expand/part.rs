//! The output of one file.

use proc_macro2::TokenStream;

/// The output of one file.
pub(super) struct Part {
    /// Types.
    pub(super) types: TokenStream,
    /// Impls. In them, `__orm` is the runtime.
    pub(super) impls: TokenStream,
}
