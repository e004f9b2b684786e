//! Values whose type is known only at run time, so that the code for them is compiled once.

use std::any::{Any, TypeId};
use std::fmt::{self, Write as _};

/// A value that can be shown, and whose type you can ask for. Nothing else is known of it.
pub trait Shown: Any + fmt::Debug {}

impl<T: Any + fmt::Debug> Shown for T {}

/// A value whose type is known only at run time.
#[derive(Debug, Clone, Copy)]
pub struct Untyped<'v> {
    /// The value, of the field's type.
    value: &'v dyn Any,
    /// The SQL type of the value, without `Nullable`.
    sql_type: TypeId,
}

impl<'v> Untyped<'v> {
    /// A value of the SQL type `ST`.
    pub(crate) fn new<ST: 'static>(value: &'v dyn Any) -> Self {
        let sql_type = TypeId::of::<ST>();
        Self { value, sql_type }
    }

    /// Whether the field is a `T` or an `Option<T>`.
    pub(crate) fn holds<T: 'static>(self) -> bool {
        self.value.is::<T>() || self.value.is::<Option<T>>()
    }

    /// Whether the field is a `T` or an `Option<T>`, stored as the SQL type `ST`.
    pub(crate) fn is<T: 'static, ST: 'static>(self) -> bool {
        self.sql_type == TypeId::of::<ST>() && self.holds::<T>()
    }

    /// Whether the field is a `T` or an `Option<T>`, and its value is NULL or passes the test.
    pub(crate) fn passes<T: 'static>(self, passes: impl Fn(&T) -> bool) -> bool {
        let optional = || self.value.downcast_ref::<Option<T>>()?.as_ref();
        let value = self.value.downcast_ref::<T>();
        self.holds::<T>() && value.or_else(optional).is_none_or(passes)
    }
}

/// The length of a text or of bytes. `None` for other types, because how they are bound is not known.
pub(crate) fn bytes(place: &dyn Shown) -> Option<usize> {
    let any: &dyn Any = place;
    let text = any.downcast_ref::<Option<String>>().map(Option::as_ref);
    let text = text.or_else(|| {
        Some(
            any.downcast_ref::<Option<Option<String>>>()?
                .as_ref()?
                .as_ref(),
        )
    });
    if let Some(text) = text {
        return Some(text.map_or(0, String::len));
    }
    let many = any.downcast_ref::<Option<Vec<u8>>>().map(Option::as_ref);
    let many = many.or_else(|| {
        Some(
            any.downcast_ref::<Option<Option<Vec<u8>>>>()?
                .as_ref()?
                .as_ref(),
        )
    });
    many.map(|many| many.map_or(0, Vec::len))
}

/// The length of a value's `Debug` output. The bound value is seldom longer.
pub(crate) fn shown_bytes(value: &dyn fmt::Debug) -> usize {
    let mut length = Length(0);
    match write!(length, "{value:?}") {
        Ok(()) => length.0,
        Err(_) => 0,
    }
}

struct Length(usize);

impl fmt::Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}
