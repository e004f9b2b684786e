//! `cargo xtask tidy`: checks that the sources are laid out as ARCHITECTURE.md says.

mod imports;
mod words;

use std::path::{Path, PathBuf};

use imports::Crate;

/// The floors of `orm-core` from ARCHITECTURE.md, without the face.
const FLOORS: &[&[&str]] = &[
    &[
        "untyped.rs",
        "now.rs",
        "fields.rs",
        "meta/",
        "model_enum.rs",
        "types/integers.rs",
        "query/keys.rs",
    ],
    &[
        "model.rs",
        "field.rs",
        "column.rs",
        "stamp.rs",
        "error/",
        "validate/",
    ],
    &["dialect.rs", "connection/"],
    &["types/", "sql_types.rs", "query/", "write/"],
    &[
        "adopted.rs",
        "association/",
        "backend/",
        "ext.rs",
        "include/",
        "schema/",
        "tracked.rs",
    ],
];

/// Fails with everything that differs from ARCHITECTURE.md.
pub(crate) fn run() -> Result<(), String> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut faults = Vec::new();
    for name in ["orm-core", "orm-derive"] {
        let folder = workspace.join(name).join("src");
        let files = Crate::read(&folder)?;
        if name == "orm-core" {
            faults.extend(files.climbs(FLOORS));
        }
        if let Some(circle) = files.circle() {
            faults.push(format!(
                "{name}: these files import each other in a circle: {}",
                circle.join(" → ")
            ));
        }
        for rule in words::RULES.iter().filter(|rule| rule.package == name) {
            faults.extend(rule.faults(&folder)?);
        }
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(faults.join("\n")),
    }
}

/// All source files in a folder, in order.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|e| e.to_string())?.path();
        match path.is_dir() {
            true => files.extend(self::files(&path)?),
            false if path.extension().is_some_and(|extension| extension == "rs") => {
                files.push(path);
            }
            false => {}
        }
    }
    files.sort();
    Ok(files)
}

fn parse(path: &Path) -> Result<syn::File, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    syn::parse_file(&text).map_err(|e| format!("{}: {e}", path.display()))
}

/// Whether it is `#[cfg(test)]`. Tests may name anything.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    let is_test = |attribute: &syn::Attribute| {
        let list = attribute.meta.require_list().ok()?;
        Some(list.path.is_ident("cfg") && list.tokens.to_string() == "test")
    };
    attributes
        .iter()
        .any(|attribute| is_test(attribute) == Some(true))
}
