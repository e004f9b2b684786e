//! Rows as serde sees them: the entries of the model, followed by one entry per included association.

use std::any::type_name;
use std::fmt::{self, Write as _};

use serde::ser::{Error as _, Impossible, SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use crate::association::row::{Linked, NotIncluded};

/// A model that serde can serialize.
#[diagnostic::on_unimplemented(
    message = "you cannot serialize `{Self}`: it is not `serde::Serialize`",
    label = "the model `{Self}` is not `serde::Serialize`",
    note = "add `#[derive(serde::Serialize)]` to `{Self}`"
)]
pub trait SerializeModel: Serialize {}

#[diagnostic::do_not_recommend]
impl<M: Serialize> SerializeModel for M {}

/// The slot of an association, as part of a serialized row. An association that was not included is left out.
pub trait SerializeSlot {
    /// Whether the association was included.
    const INCLUDED: bool;

    /// Adds the slot to the row.
    ///
    /// # Errors
    /// Any error of the serializer.
    fn serialize_slot<Map: SerializeMap>(
        &self,
        name: &'static str,
        row: &mut Map,
    ) -> Result<(), Map::Error>;
}

impl<A> SerializeSlot for NotIncluded<A> {
    const INCLUDED: bool = false;

    fn serialize_slot<Map: SerializeMap>(
        &self,
        _: &'static str,
        _: &mut Map,
    ) -> Result<(), Map::Error> {
        Ok(())
    }
}

impl<T: Serialize> SerializeSlot for T {
    const INCLUDED: bool = true;

    fn serialize_slot<Map: SerializeMap>(
        &self,
        name: &'static str,
        row: &mut Map,
    ) -> Result<(), Map::Error> {
        row.serialize_entry(name, self)
    }
}

/// A row that is being serialized: first a model, then its slots.
#[derive(Debug)]
pub struct SerializeRow<Map>(Map);

impl<Map: SerializeMap> SerializeRow<Map> {
    /// Starts with the entries of the model, none of which may have the name of an included slot.
    ///
    /// # Errors
    /// Any error of the serializer. Also fails if the model serializes as something without names.
    pub fn new<M, S>(serializer: S, model: &M, slots: Slots) -> Result<Self, S::Error>
    where
        M: Serialize,
        S: Serializer<SerializeMap = Map, Error = Map::Error>,
    {
        let mut map = serializer.serialize_map(None)?;
        model.serialize(Beside {
            map: &mut map,
            slots,
            model: type_name::<M>,
        })?;
        Ok(Self(map))
    }

    /// Adds the slot of an association.
    ///
    /// # Errors
    /// Any error of the serializer.
    pub fn slot(
        &mut self,
        name: &'static str,
        slot: &impl SerializeSlot,
    ) -> Result<(), Map::Error> {
        slot.serialize_slot(name, &mut self.0)
    }

    /// Ends the row.
    ///
    /// # Errors
    /// Any error of the serializer.
    pub fn end(self) -> Result<Map::Ok, Map::Error> {
        self.0.end()
    }
}

impl<R: Serialize, J: Serialize> Serialize for Linked<R, J> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = SerializeRow::new(serializer, &**self, &[("through", true)])?;
        row.slot("through", &self.through)?;
        row.end()
    }
}

/// The names of slots, and whether they are included.
type Slots = &'static [(&'static str, bool)];

/// Puts the entries of a struct or a map into the map of the row. serde's own `flatten` does the same, but
/// others cannot use it.
struct Beside<'m, Map> {
    map: &'m mut Map,
    slots: Slots,
    model: fn() -> &'static str,
}

impl<Map: SerializeMap> Beside<'_, Map> {
    fn check(&self, key: &str) -> Result<(), Map::Error> {
        let is_slot = |(name, included): &(&str, bool)| *included && *name == key;
        match self.slots.iter().any(is_slot) {
            false => Ok(()),
            true => Err(Map::Error::custom(format_args!(
                "`{}` is serialized with an entry `{key}`, which is the name of what was included beside \
                 it: rename one of the two",
                (self.model)()
            ))),
        }
    }

    fn refuse<T>(&self, what: &str) -> Result<T, Map::Error> {
        Err(Map::Error::custom(format_args!(
            "`{}` is serialized as {what}: what was included needs a struct or a map to stand in",
            (self.model)()
        )))
    }
}

macro_rules! refused {
    ($($method:ident($($argument:ty),*) -> $ok:ident: $what:literal;)+) => {
        $(
            fn $method(self $(, _: $argument)*) -> Result<Self::$ok, Self::Error> {
                self.refuse($what)
            }
        )+
    };
}

impl<Map: SerializeMap> Serializer for Beside<'_, Map> {
    type Ok = ();
    type Error = Map::Error;
    type SerializeSeq = Impossible<(), Map::Error>;
    type SerializeTuple = Impossible<(), Map::Error>;
    type SerializeTupleStruct = Impossible<(), Map::Error>;
    type SerializeTupleVariant = Impossible<(), Map::Error>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Map::Error>;

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Map::Error> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Map::Error> {
        Ok(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Map::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Map::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Map::Error> {
        self.refuse("an enum")
    }

    refused! {
        serialize_bool(bool) -> Ok: "a boolean";
        serialize_i8(i8) -> Ok: "a number";
        serialize_i16(i16) -> Ok: "a number";
        serialize_i32(i32) -> Ok: "a number";
        serialize_i64(i64) -> Ok: "a number";
        serialize_i128(i128) -> Ok: "a number";
        serialize_u8(u8) -> Ok: "a number";
        serialize_u16(u16) -> Ok: "a number";
        serialize_u32(u32) -> Ok: "a number";
        serialize_u64(u64) -> Ok: "a number";
        serialize_u128(u128) -> Ok: "a number";
        serialize_f32(f32) -> Ok: "a number";
        serialize_f64(f64) -> Ok: "a number";
        serialize_char(char) -> Ok: "a text";
        serialize_str(&str) -> Ok: "a text";
        serialize_bytes(&[u8]) -> Ok: "bytes";
        serialize_none() -> Ok: "nothing";
        serialize_unit() -> Ok: "nothing";
        serialize_unit_struct(&'static str) -> Ok: "nothing";
        serialize_unit_variant(&'static str, u32, &'static str) -> Ok: "an enum";
        serialize_seq(Option<usize>) -> SerializeSeq: "a list";
        serialize_tuple(usize) -> SerializeTuple: "a tuple";
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct: "a tuple";
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant: "an enum";
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant: "an enum";
    }
}

impl<Map: SerializeMap> SerializeStruct for Beside<'_, Map> {
    type Ok = ();
    type Error = Map::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Map::Error> {
        self.check(key)?;
        self.map.serialize_entry(key, value)
    }

    fn end(self) -> Result<(), Map::Error> {
        Ok(())
    }
}

impl<Map: SerializeMap> SerializeMap for Beside<'_, Map> {
    type Ok = ();
    type Error = Map::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Map::Error> {
        let mut text = String::new();
        // A key that is not a text cannot be the name of a slot.
        if write!(text, "{}", Shown(key)).is_ok() {
            self.check(&text)?;
        }
        self.map.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Map::Error> {
        self.map.serialize_value(value)
    }

    fn end(self) -> Result<(), Map::Error> {
        Ok(())
    }
}

/// A key as a text. For serde, a formatter is a serializer of values that are written without quotes.
struct Shown<'k, T: ?Sized>(&'k T);

impl<T: Serialize + ?Sized> fmt::Display for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}
