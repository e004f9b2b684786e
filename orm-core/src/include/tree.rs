//! What a query with includes would run, to be read by people.

/// One statement per line, each below the one whose rows it is for.
#[derive(Debug, Default)]
pub struct Tree {
    lines: Vec<String>,
    depth: usize,
}

impl Tree {
    /// The statements that load something, and below them what `nested` adds.
    pub(crate) fn node(
        &mut self,
        name: &str,
        statements: &[String],
        nested: impl FnOnce(&mut Self),
    ) {
        let indent = "  ".repeat(self.depth);
        let lines = statements
            .iter()
            .map(|sql| format!("{indent}{name}: {sql}"));
        self.lines.extend(lines);
        self.depth += 1;
        nested(self);
        self.depth -= 1;
    }

    pub(crate) fn into_text(self) -> String {
        self.lines.join("\n")
    }
}
