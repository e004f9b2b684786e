//! The README and the guide: `cargo test -p orm-tests --doc` compiles and runs every Rust block.

macro_rules! chapters {
    ($($name:ident = $path:literal),+ $(,)?) => {
        $(
            #[doc = include_str!($path)]
            pub struct $name;
        )+
    };
}

chapters! {
    Readme = "../../README.md",
    Contents = "../../docs/README.md",
    GettingStarted = "../../docs/getting-started.md",
    Models = "../../docs/models.md",
    Writing = "../../docs/writing.md",
    Tracking = "../../docs/tracking.md",
    Associations = "../../docs/associations.md",
    NestedCreate = "../../docs/nested-create.md",
    Includes = "../../docs/includes.md",
    Timestamps = "../../docs/timestamps.md",
    Scopes = "../../docs/scopes.md",
    Aggregates = "../../docs/aggregates.md",
    Hooks = "../../docs/hooks.md",
    Transactions = "../../docs/transactions.md",
    Validation = "../../docs/validation.md",
    Backends = "../../docs/backends.md",
    Performance = "../../docs/performance.md",
    Errors = "../../docs/errors.md",
    ComingFromSequelize = "../../docs/coming-from-sequelize.md",
    ComingFromDiesel = "../../docs/coming-from-diesel.md",
    Benchmarks = "../../docs/benchmarks.md",
}
