//! A column's default: reads what is written as the field's type does, and spells it as a bound value.

use syn::spanned::Spanned;
use syn::{Expr, Lit, LitStr, Type, UnOp};

use crate::attrs::DefaultAttr;
use crate::literal;
use crate::model::types::Kind;

/// A column's default.
pub(crate) enum Default {
    /// There is a default: that of the type, if it has one.
    Bare,
    /// The digits of a number.
    Number(String),
    Bool(bool),
    Text(String),
    /// The text of an enum's variant.
    VariantText(LitStr),
    /// A date, a time, or a moment in UTC.
    Moment(String),
    Json(String),
    /// The time of the insert.
    Now,
    /// A random UUID.
    Uuid,
    /// A variant of an enum.
    Variant(Box<Expr>),
}

/// The column that has a default.
pub(super) struct Column<'a> {
    pub(super) kind: &'a Kind,
    /// The field's type without `Option`.
    pub(super) ty: &'a Type,
    /// The digits of a decimal: all of them, and those after the point.
    pub(super) digits: Option<(u32, u32)>,
}

impl Default {
    pub(super) fn resolve(attr: &DefaultAttr, column: &Column<'_>) -> darling::Result<Self> {
        match attr {
            DefaultAttr::Bare => Ok(Self::Bare),
            DefaultAttr::Value(value) => column
                .read(value)
                .map_err(|text| darling::Error::custom(text).with_span(&value.span())),
        }
    }
}

/// The error says what the mistake is.
type Read = Result<Default, String>;

impl Column<'_> {
    fn read(&self, value: &Expr) -> Read {
        let is_custom = matches!(self.kind, Kind::Custom(_));
        match value {
            Expr::Group(group) => self.read(&group.expr),
            Expr::Paren(paren) => self.read(&paren.expr),
            Expr::Lit(literal) => match &literal.lit {
                Lit::Bool(_) if !is_custom && !matches!(self.kind, Kind::Bool) => self.other_type(),
                Lit::Bool(bool) => Ok(Default::Bool(bool.value)),
                Lit::Str(text) => self.text(text),
                Lit::Int(_) | Lit::Float(_) => self.number(value),
                _ => Err(unknown()),
            },
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => self.number(value),
            Expr::Path(path) if path.path.is_ident("now") => match self.kind.stored() {
                kind if kind.is_time() || is_custom => Ok(Default::Now),
                _ => self.other_type(),
            },
            Expr::Path(path) if path.path.is_ident("uuid") => match self.kind {
                Kind::Uuid | Kind::Custom(_) => Ok(Default::Uuid),
                _ => self.other_type(),
            },
            Expr::Path(_) => match self.kind {
                Kind::Enum | Kind::Custom(_) => Ok(Default::Variant(Box::new(value.clone()))),
                _ => self.other_type(),
            },
            _ => Err(unknown()),
        }
    }

    fn number(&self, value: &Expr) -> Read {
        let (is_integer, digits) = digits(value, "").ok_or_else(unknown)?;
        let too_large = || Err(format!("`{digits}` is not a value of {}", self.shown()));
        match self.kind.stored() {
            // Which numbers a user's own type can be read from is not known.
            _ if matches!(self.kind, Kind::Custom(_)) => {}
            kind if kind.is_integer() && !is_integer => return self.other_type(),
            kind if kind.is_integer() && !literal::fits_integer(&digits, &kind) => {
                return too_large();
            }
            kind @ (Kind::Float | Kind::Double) if !literal::is_float(&digits, &kind) => {
                return too_large();
            }
            Kind::Decimal => return self.decimal(&digits),
            kind if !kind.is_number() => return self.other_type(),
            _ => {}
        }
        Ok(Default::Number(digits))
    }

    fn decimal(&self, digits: &str) -> Read {
        let Some(plain) = literal::plain_decimal(digits) else {
            return Err(format!(
                "`{digits}` is not a decimal: write one such as `19.99`"
            ));
        };
        match self.digits {
            Some((all, behind)) if !literal::has_digits(&plain, all, behind) => Err(format!(
                "`{plain}` has more digits than the column, which has {all}, and {behind} of them \
                 behind the point"
            )),
            _ => Ok(Default::Number(plain)),
        }
    }

    fn text(&self, literal: &LitStr) -> Read {
        let text = literal.value();
        let stored = self.kind.stored();
        if text == "CURRENT_TIMESTAMP" && !matches!(stored, Kind::Text | Kind::Enum) {
            return match stored.is_time() || matches!(stored, Kind::Custom(_)) {
                true => Ok(Default::Now),
                false => self.other_type(),
            };
        }
        let read = match stored {
            Kind::Date => (
                literal::date(&text).map(Default::Moment),
                "a date",
                "2026-01-31",
            ),
            Kind::Time => (
                literal::time(&text).map(Default::Moment),
                "a time",
                "12:30:00",
            ),
            Kind::Timestamp => {
                let moment = literal::moment(&text).map(Default::Moment);
                (
                    moment,
                    "a moment without a time zone",
                    "2026-01-31 12:30:00",
                )
            }
            Kind::TimestampUtc => {
                let moment = literal::moment_utc(&text).map(Default::Moment);
                (moment, "a moment", "2026-01-31 12:30:00Z")
            }
            Kind::Uuid => {
                let example = "67e55044-10b1-426f-9247-bb680e5fe0c8";
                (literal::uuid(&text).map(Default::Text), "a UUID", example)
            }
            Kind::Json => {
                let json = literal::is_json(&text).then(|| Default::Json(text.clone()));
                (json, "JSON", "{\"a\": [1]}")
            }
            Kind::Decimal => return self.decimal(&text),
            Kind::Enum => return Ok(Default::VariantText(literal.clone())),
            Kind::Text | Kind::Array(_) | Kind::Custom(_) => return Ok(Default::Text(text)),
            _ => return self.other_type(),
        };
        match read {
            (Some(default), _, _) => Ok(default),
            // Only a user's own type knows what it can be read from.
            (None, _, _) if matches!(self.kind, Kind::Custom(_)) => Ok(Default::Text(text)),
            (None, what, example) => {
                Err(format!("this is not {what}: write one such as `{example}`"))
            }
        }
    }

    fn other_type(&self) -> Read {
        Err(format!("this default is not a value of {}", self.shown()))
    }

    fn shown(&self) -> String {
        let ty = self.ty;
        let ty = quote::quote!(#ty).to_string().replace(' ', "");
        format!("the field's type `{ty}`")
    }
}

/// Whether a number is an integer, and its digits as written, without `_` and suffix, and in base ten.
fn digits(value: &Expr, sign: &'static str) -> Option<(bool, String)> {
    match value {
        Expr::Group(group) => digits(&group.expr, sign),
        Expr::Paren(paren) => digits(&paren.expr, sign),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            digits(&unary.expr, if sign.is_empty() { "-" } else { "" })
        }
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) => Some((true, format!("{sign}{}", int.base10_digits()))),
            Lit::Float(float) => {
                let digits = float.base10_digits().trim_end_matches('.');
                Some((false, format!("{sign}{digits}")))
            }
            _ => None,
        },
        _ => None,
    }
}

fn unknown() -> String {
    "a default is a literal (`0`, `true`, `\"text\"`), a variant of the field's enum (`Role::Reader`), \
     `now` or `uuid`"
        .to_owned()
}
