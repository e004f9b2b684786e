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
    Tracking = "../../docs/tracking.md",
    Associations = "../../docs/associations.md",
    Includes = "../../docs/includes.md",
    Transactions = "../../docs/transactions.md",
    Backends = "../../docs/backends.md",
    Performance = "../../docs/performance.md",
    Errors = "../../docs/errors.md",
    ComingFromSequelize = "../../docs/coming-from-sequelize.md",
    ComingFromDiesel = "../../docs/coming-from-diesel.md",
    Benchmarks = "../../docs/benchmarks.md",
}
