//! What one file emits.

use proc_macro2::TokenStream;

/// What a part emits.
pub(super) struct Part {
    /// Types.
    pub(super) types: TokenStream,
    /// Impls, in which `__orm` is the runtime.
    pub(super) impls: TokenStream,
}
