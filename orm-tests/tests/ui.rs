//! Mistakes that must not compile, with the message that each gets.

// The messages name the connection.
#![cfg(feature = "sqlite")]

#[test]
fn mistakes() {
    // Each case is a program of its own; `models.rs` is what some of them include.
    let cases = trybuild::TestCases::new();
    for entry in std::fs::read_dir("tests/ui").expect("the cases are there") {
        let path = entry.expect("a case can be listed").path();
        let is_case = path.extension().is_some_and(|extension| extension == "rs");
        if is_case && !path.ends_with("models.rs") {
            cases.compile_fail(path);
        }
    }
}
