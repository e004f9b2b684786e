//! The resolved model: every name and key is decided, but nothing is checked against other fields yet.

mod association;
mod default;
mod field;
mod methods;
pub(crate) mod types;
pub(crate) mod validate;

use darling::error::Accumulator;
use proc_macro2::Span;
use syn::{Ident, LitStr, Path, Visibility};

pub(crate) use association::{Action, Association, Name, SourceField};
pub(crate) use default::Default;
pub(crate) use field::{Field, Named, Stamp};
pub(crate) use methods::{BelongsTo, BelongsToMany, HasMany, HasOne, Method};
pub(crate) use types::Kind as TypeKind;

use crate::attrs::{HooksAttr, Input, InputField, Kind as AssociationKind, Without};
use crate::naming;

/// A model.
pub(crate) struct Model {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    /// The program's name for the runtime, if it is not `::orm_core`.
    pub(crate) runtime: Option<Path>,
    pub(crate) table: Table,
    pub(crate) fields: Vec<Field>,
    /// Fields that are not columns, and fields that are read as another type. Diesel makes them.
    pub(crate) made: Vec<Made>,
    /// Diesel's derives that the struct has itself.
    pub(crate) without: Without,
    pub(crate) associations: Vec<Association>,
    /// What runs around writes: the model itself, if it says so, and the others that it names, in order.
    pub(crate) hooks: Vec<Path>,
    /// Fields that are unique together.
    pub(crate) uniques: Vec<Vec<Ident>>,
    /// Fields that have an index together.
    pub(crate) indexes: Vec<Vec<Ident>>,
    /// Functions that check a row.
    pub(crate) validate: Vec<Path>,
    /// The case that serde gives to field names.
    pub(crate) serde_case: Option<String>,
}

/// A field that Diesel makes while it reads a row.
pub(crate) struct Made {
    pub(crate) name: String,
    /// The position of the attribute that says so.
    pub(crate) span: Span,
    /// Whether it is not a column: a `select_expression`, or `embed`.
    pub(crate) computed: bool,
}

impl Made {
    fn of(field: &InputField) -> Option<Self> {
        let computed = field.diesel.computed;
        Some(Self {
            name: naming::plain(&field.ident),
            span: computed.or(field.diesel.deserialize_as)?,
            computed: computed.is_some(),
        })
    }
}

/// A model's table.
pub(crate) struct Table {
    pub(crate) name: String,
    /// Whether an attribute states the name.
    pub(crate) name_is_stated: bool,
    /// The schema of the table.
    pub(crate) schema: Option<LitStr>,
    /// The path of the module that `table!` makes.
    pub(crate) module: Path,
    /// Whether Diesel's own `schema.rs` declares it.
    pub(crate) adopted: bool,
    pub(crate) options: TableOptions,
}

/// What `CREATE TABLE` states about a table besides its columns, if the backend supports it.
#[derive(Clone)]
pub(crate) struct TableOptions {
    pub(crate) engine: Option<LitStr>,
    pub(crate) charset: Option<LitStr>,
    pub(crate) collate: Option<LitStr>,
    pub(crate) comment: Option<LitStr>,
}

impl Model {
    pub(crate) fn resolve(input: Input) -> darling::Result<Self> {
        let mut errors = darling::Error::accumulator();
        let table = Table::resolve(&input, &mut errors);
        let case = input.attr.rename_all.as_ref();
        check_case(case, &mut errors);
        let fields: Vec<Field> = input
            .fields
            .iter()
            .filter(|field| field.diesel.computed.is_none())
            .filter_map(|field| {
                errors.handle(Field::resolve(
                    field,
                    case.map(LitStr::value),
                    table.adopted,
                ))
            })
            .collect();
        let taken = names(&input);
        let associations = input
            .associations
            .iter()
            .filter_map(|attr| {
                errors.handle(Association::resolve(attr, &input.ident, &taken, &fields))
            })
            .collect();
        errors.finish()?;
        let hooks = input.attr.hooks.iter().flat_map(|hooks| match hooks {
            HooksAttr::Own => vec![input.ident.clone().into()],
            HooksAttr::Named(paths) => paths.clone(),
        });
        let hooks = hooks.collect();
        Ok(Self {
            ident: input.ident,
            vis: input.vis,
            runtime: input.attr.runtime,
            table,
            fields,
            made: input.fields.iter().filter_map(Made::of).collect(),
            without: input.attr.without,
            associations,
            hooks,
            uniques: input.attr.unique.into_iter().map(|list| list.0).collect(),
            indexes: input.attr.index.into_iter().map(|list| list.0).collect(),
            validate: input
                .attr
                .validate
                .into_iter()
                .flat_map(|functions| functions.0)
                .collect(),
            serde_case: input.serde_case,
        })
    }

    /// The fields of the primary key.
    pub(crate) fn key(&self) -> Vec<&Field> {
        self.fields
            .iter()
            .filter(|field| field.primary_key)
            .collect()
    }

    /// The sets of fields that are unique together, of more than one field each.
    pub(crate) fn unique_sets(&self) -> impl Iterator<Item = Vec<&Field>> {
        let field = |name: &Ident| self.fields.iter().find(|field| field.ident == *name);
        let sets = self.uniques.iter();
        sets.map(move |set| set.iter().filter_map(field).collect())
    }

    /// The key, if it is one field.
    pub(crate) fn single_key(&self) -> Option<&Field> {
        match self.key()[..] {
            [field] => Some(field),
            _ => None,
        }
    }

    /// Whether the key is one integer that the database generates. It is, if it does not refer to another
    /// row, which would already have its key, and if nothing else is stated.
    pub(crate) fn generated_key(&self) -> bool {
        self.single_key()
            .is_some_and(|field| match field.auto_increment {
                Some((stated, _)) => stated,
                None => field.kind.stored().is_integer() && self.owner(field).is_none(),
            })
    }

    /// The association through which a field refers to another row.
    pub(crate) fn owner(&self, field: &Field) -> Option<&Association> {
        let mut associations = self.associations.iter();
        associations.find(|a| a.kind == AssociationKind::BelongsTo && a.fk.text == field.name)
    }

    /// The fields that an insert or a change can state.
    pub(crate) fn written(&self) -> impl Iterator<Item = &Field> {
        let fields = self.fields.iter();
        fields.filter(|field| field.read_only.is_none())
    }

    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether Diesel's own `Selectable` and `Queryable` select and read the rows.
    pub(crate) fn selects_by_diesel(&self) -> bool {
        self.without.queryable && self.without.selectable
    }

    /// Whether an insert must state the field.
    pub(crate) fn requires(&self, field: &Field) -> bool {
        !self.may_be_left_out(field) && !field.nullable && field.read_only.is_none()
    }

    /// Whether the database fills the field if an insert does not state it.
    pub(crate) fn may_be_left_out(&self, field: &Field) -> bool {
        field.default.is_some() || (field.primary_key && self.generated_key())
    }
}

impl Table {
    fn resolve(input: &Input, errors: &mut Accumulator) -> Self {
        let attr = &input.attr;
        let stated = attr.table.as_ref().map(LitStr::value);
        let name_is_stated = stated.is_some();
        let module = stated_module(attr.module.as_ref(), attr.schema.is_some(), errors);
        let schema = attr.schema_name.clone();
        let options = TableOptions {
            engine: attr.engine.clone(),
            charset: attr.charset.clone(),
            collate: attr.collate.clone(),
            comment: attr.comment.clone(),
        };
        match &attr.schema {
            Some(path) => Self {
                name: stated.unwrap_or_else(|| {
                    let last = path.segments.last();
                    last.map_or_else(String::new, |segment| naming::plain(&segment.ident))
                }),
                name_is_stated,
                schema,
                module: path.clone(),
                adopted: true,
                options,
            },
            None => {
                let name = stated.unwrap_or_else(|| naming::table(&naming::plain(&input.ident)));
                let module = module.unwrap_or_else(|| module_of(&name, input, errors));
                Self {
                    name,
                    name_is_stated,
                    schema,
                    module: module.into(),
                    adopted: false,
                    options,
                }
            }
        }
    }
}

fn stated_module(
    module: Option<&LitStr>,
    adopted: bool,
    errors: &mut Accumulator,
) -> Option<Ident> {
    let module = module?;
    let name = module.value();
    let help = match naming::is_possible_module(&name) {
        true if adopted => "`schema` names the table's module already: remove `module`",
        true => return Some(naming::ident(&name, module.span())),
        false => "a module of Rust cannot have this name: write one such as `audit_users`",
    };
    errors.push(darling::Error::custom(help).with_span(module));
    None
}

/// The module that has the table's name.
fn module_of(table: &str, input: &Input, errors: &mut Accumulator) -> Ident {
    let module = naming::table_module(table);
    if input.attr.module.is_none() && !naming::is_possible_module(&module) {
        let stated = input.attr.table.as_ref();
        let span = stated.map_or(input.ident.span(), LitStr::span);
        let text = match table {
            "" => "the name of a table cannot be empty: write one such as `users`".to_owned(),
            _ => format!(
                "a module of Rust cannot have the name of the table `{table}`: give it another with \
                 `module`, as in `#[model(table = \"{table}\", module = \"rows\")]`"
            ),
        };
        errors.push(darling::Error::custom(text).with_span(&span));
    }
    naming::ident(&module, input.ident.span())
}

/// The names of all models that the associations name. No marker type may have one of these names.
fn names(input: &Input) -> Vec<String> {
    let paths = input
        .associations
        .iter()
        .flat_map(|attr| std::iter::once(&attr.target).chain(&attr.options.through));
    let last = paths.filter_map(|path| path.segments.last());
    last.map(|segment| naming::plain(&segment.ident)).collect()
}

fn check_case(case: Option<&LitStr>, errors: &mut Accumulator) {
    if let Some(case) = case
        && naming::recase("", &case.value()).is_none()
    {
        let text = format!("unknown case: write one of {}", naming::CASES);
        errors.push(darling::Error::custom(text).with_span(case));
    }
}
