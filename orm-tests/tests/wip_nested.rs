#[path = "behaviour/nested_create.rs"]
mod nested_create;
#[path = "behaviour/support/mod.rs"]
mod support;
