//! Shows people what a query with includes would run.

/// One statement per line, each below the statement for whose rows it loads.
#[derive(Debug, Default)]
pub struct Tree {
    lines: Vec<String>,
    depth: usize,
}

impl Tree {
    /// Adds the statements that load something, and below them what `nested` adds.
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
