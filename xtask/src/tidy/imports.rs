//! Finds which files of a crate name which others: by `use`, by path and within macros.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use super::{is_test, parse};

/// The files of a crate by module path, such as `query::fetch`. The root has an empty path.
pub(super) struct Crate {
    /// The source folder.
    root: PathBuf,
    files: BTreeMap<Vec<String>, Source>,
}

struct Source {
    path: PathBuf,
    /// The modules that it names.
    names: BTreeSet<Vec<String>>,
}

impl Crate {
    /// Reads all files reachable from `lib.rs`.
    pub(super) fn read(root: &Path) -> Result<Self, String> {
        let mut parsed = BTreeMap::new();
        read_module(root, Vec::new(), root.join("lib.rs"), &mut parsed)?;
        let modules: BTreeSet<Vec<String>> = parsed.keys().cloned().collect();
        let files = parsed
            .into_iter()
            .map(|(module, (path, file))| {
                let mut finder = Finder {
                    module: module.clone(),
                    modules: &modules,
                    names: BTreeSet::new(),
                };
                finder.visit_file(&file);
                finder.names.remove(&module);
                let names = finder.names;
                (module, Source { path, names })
            })
            .collect();
        let root = root.to_owned();
        Ok(Self { root, files })
    }

    /// The first circle of files in which each names the next.
    pub(super) fn circle(&self) -> Option<Vec<String>> {
        let mut done = BTreeSet::new();
        for module in self.files.keys() {
            if let Some(circle) = self.circle_from(module, &mut Vec::new(), &mut done) {
                return Some(circle.iter().map(|module| self.shown(module)).collect());
            }
        }
        None
    }

    /// Adds a file to `done` if no circle passes it, so that each file is visited once.
    fn circle_from<'a>(
        &'a self,
        module: &'a Vec<String>,
        way: &mut Vec<&'a Vec<String>>,
        done: &mut BTreeSet<&'a Vec<String>>,
    ) -> Option<Vec<&'a Vec<String>>> {
        if let Some(start) = way.iter().position(|passed| *passed == module) {
            let mut circle = way[start..].to_vec();
            circle.push(module);
            return Some(circle);
        }
        if done.contains(module) {
            return None;
        }
        way.push(module);
        for next in &self.files.get(module)?.names {
            if let Some(circle) = self.circle_from(next, way, done) {
                return Some(circle);
            }
        }
        way.pop();
        done.insert(module);
        None
    }

    /// The files that import from a floor above their own. Each floor lists the beginnings of paths. A file
    /// on no floor is above all floors.
    pub(super) fn climbs(&self, floors: &[&[&str]]) -> Vec<String> {
        let floor = |path: &str| {
            let stands = |floor: &&[&str]| floor.iter().any(|start| path.starts_with(start));
            floors.iter().position(stands).unwrap_or(floors.len())
        };
        let arrows = self.files.iter().flat_map(|(from, source)| {
            let names = source.names.iter();
            names.map(|to| (self.shown(from), self.shown(to)))
        });
        arrows
            .filter(|(from, to)| floor(to) > floor(from))
            .map(|(from, to)| format!("{from} imports {to}, which is on a floor above"))
            .collect()
    }

    fn shown(&self, module: &Vec<String>) -> String {
        let path = &self.files[module].path;
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .display()
            .to_string()
    }
}

fn read_module(
    folder: &Path,
    module: Vec<String>,
    path: PathBuf,
    parsed: &mut BTreeMap<Vec<String>, (PathBuf, syn::File)>,
) -> Result<(), String> {
    let file = parse(&path)?;
    for item in &file.items {
        let syn::Item::Mod(item) = item else { continue };
        if item.content.is_some() || is_test(&item.attrs) {
            continue;
        }
        let name = item.ident.to_string();
        let stated = item.attrs.iter().find_map(path_attribute);
        let path = match stated {
            Some(stated) => folder.join(stated),
            None if folder.join(&name).join("mod.rs").exists() => folder.join(&name).join("mod.rs"),
            None => folder.join(format!("{name}.rs")),
        };
        let inner = [module.clone(), vec![name.clone()]].concat();
        read_module(&folder.join(&name), inner, path, parsed)?;
    }
    parsed.insert(module, (path, file));
    Ok(())
}

/// `#[path = "…"]`
fn path_attribute(attribute: &syn::Attribute) -> Option<String> {
    let pair = attribute.meta.require_name_value().ok()?;
    let syn::Expr::Lit(literal) = &pair.value else {
        return None;
    };
    match &literal.lit {
        syn::Lit::Str(text) if pair.path.is_ident("path") => Some(text.value()),
        _ => None,
    }
}

/// Finds the modules that a file names.
struct Finder<'a> {
    module: Vec<String>,
    modules: &'a BTreeSet<Vec<String>>,
    names: BTreeSet<Vec<String>>,
}

impl Finder<'_> {
    /// Handles a path in this crate. It names the module that is its longest beginning.
    fn name(&mut self, segments: &[String]) {
        let Some(first) = segments.first() else {
            return;
        };
        let mut module = match first.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => self.module.clone(),
            // `error::Error` in the file that declares `mod error`.
            _ => {
                let child = [self.module.clone(), vec![first.clone()]].concat();
                if !self.modules.contains(&child) {
                    return;
                }
                self.module.clone()
            }
        };
        let rest = match first.as_str() {
            "crate" | "self" | "super" => segments,
            _ => &[vec!["self".to_owned()], segments.to_vec()].concat()[..],
        };
        for segment in rest {
            match segment.as_str() {
                "crate" | "self" => continue,
                "super" => {
                    module.pop();
                    continue;
                }
                _ => {}
            }
            module.push(segment.clone());
            if !self.modules.contains(&module) {
                module.pop();
                break;
            }
        }
        // A module inside a file is part of that file.
        while !self.modules.contains(&module) {
            module.pop();
        }
        self.names.insert(module);
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                let longer = [before, &[path.ident.to_string()]].concat();
                self.tree(&longer, &path.tree);
            }
            syn::UseTree::Name(name) => {
                self.name(&[before, &[name.ident.to_string()]].concat());
            }
            syn::UseTree::Rename(name) => {
                self.name(&[before, &[name.ident.to_string()]].concat());
            }
            syn::UseTree::Glob(_) => self.name(before),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(before, tree);
                }
            }
        }
    }

    /// Finds paths in the arguments and the definitions of macros.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        // `$crate` is a path of the macro's caller.
        let mut is_of_caller = false;
        for token in tokens {
            if let TokenTree::Punct(punct) = &token
                && punct.as_char() == '$'
            {
                self.close(&mut path);
                is_of_caller = true;
                continue;
            }
            match token {
                TokenTree::Ident(ident) => {
                    let ident = ident.to_string();
                    if colons == 2 && !path.is_empty() {
                        path.push(ident);
                    } else {
                        self.close(&mut path);
                        if !is_of_caller && matches!(ident.as_str(), "crate" | "super" | "self") {
                            path.push(ident);
                        }
                    }
                    colons = 0;
                    is_of_caller = false;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.close(&mut path);
                    self.tokens(group.stream());
                }
                _ => self.close(&mut path),
            }
        }
        self.close(&mut path);
    }

    fn close(&mut self, path: &mut Vec<String>) {
        if path.len() > 1 {
            self.name(path);
        }
        path.clear();
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            _ => &Vec::new(),
        };
        if is_test(attributes) {
            return;
        }
        match item {
            syn::Item::Mod(inner) if inner.content.is_some() => {
                self.module.push(inner.ident.to_string());
                syn::visit::visit_item(self, item);
                self.module.pop();
            }
            _ => syn::visit::visit_item(self, item),
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if segments.len() > 1 {
            self.name(&segments);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.tokens(item.tokens.clone());
    }
}
