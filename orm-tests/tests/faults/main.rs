//! What goes wrong with servers: they stop, they end connections, and transactions get in each
//! other's way. The servers are the tests' own, each with a folder of its own, which it answers in.
#![cfg(not(feature = "sqlite"))]

mod crowd;
mod killed;
mod server;
mod stopped;
#[path = "../behaviour/support/mod.rs"]
mod support;
mod transactions;
