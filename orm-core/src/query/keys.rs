//! A list of keys: one bind if the backend supports that, chunks if not.

use std::any::{Any, TypeId};
use std::cell::{Cell, OnceCell};
use std::collections::HashSet;
use std::fmt::{Debug, Display, Write};
use std::hash::Hash;
use std::ops::Range;
use std::rc::Rc;

use diesel::backend::Backend;
use diesel::query_builder::AstPass;

use crate::types::integers::is_integer;
use crate::untyped::shown_bytes;

/// Distinct keys, shared by a query and the loop that runs it once per chunk.
#[derive(Debug)]
pub struct Keys<K> {
    shared: Rc<Shared<K>>,
    /// Whether the query takes one key at a time, from rows of keys that the query around it binds.
    as_rows: bool,
}

impl<K> Clone for Keys<K> {
    fn clone(&self) -> Self {
        Self {
            shared: Rc::clone(&self.shared),
            as_rows: self.as_rows,
        }
    }
}

#[derive(Debug)]
struct Shared<K> {
    values: Vec<K>,
    /// The chunk that the next run of the query binds.
    window: Cell<(usize, usize)>,
    json: OnceCell<Option<String>>,
    /// The positions of the first and the last key, if the list contains all keys between them.
    range: OnceCell<Option<(usize, usize)>>,
}

impl<K> Keys<K> {
    /// The distinct keys among `keys`, in order of first appearance.
    pub(crate) fn distinct<'a>(keys: impl Iterator<Item = &'a K>) -> Self
    where
        K: Clone + Eq + Hash + 'a,
    {
        let mut seen = HashSet::with_capacity(keys.size_hint().0);
        Self::new(keys.filter(|key| seen.insert(*key)).cloned().collect())
    }

    pub(crate) fn new(values: Vec<K>) -> Self {
        let window = Cell::new((0, values.len()));
        let shared = Shared {
            values,
            window,
            json: OnceCell::new(),
            range: OnceCell::new(),
        };
        Self {
            shared: Rc::new(shared),
            as_rows: false,
        }
    }

    /// No keys, for a query that is only shown.
    pub(crate) fn none() -> Self {
        Self::new(Vec::new())
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.shared.values.len()
    }

    pub(crate) fn all(&self) -> &[K] {
        &self.shared.values
    }

    /// The keys in the order of their type, for types that we know. Other keys keep their order.
    pub(crate) fn in_order(&self) -> Vec<&K>
    where
        K: 'static,
    {
        let keys = &self.shared.values;
        match order(keys as &dyn Any) {
            Some(order) => order.into_iter().filter_map(|at| keys.get(at)).collect(),
            None => keys.iter().collect(),
        }
    }

    /// The keys that the query binds in this run.
    pub fn selected(&self) -> &[K] {
        let (start, end) = self.shared.window.get();
        self.shared.values.get(start..end).unwrap_or_default()
    }

    pub(crate) fn select(&self, chunk: Range<usize>) {
        self.shared.window.set((chunk.start, chunk.end));
    }

    /// These keys, for a query that takes one key at a time from the rows around it.
    pub(crate) fn as_rows(&self) -> Self {
        Self {
            as_rows: true,
            ..self.clone()
        }
    }

    pub(crate) fn are_rows(&self) -> bool {
        self.as_rows
    }

    /// The first and the last key, if the keys are exactly all numbers between these two, and are numbers to
    /// the database too.
    pub(crate) fn range<ST: 'static>(&self, most: Option<usize>) -> Option<(&K, &K)>
    where
        K: 'static,
    {
        most.filter(|most| self.len() <= *most && is_integer::<ST>())?;
        let range = || range(&self.shared.values as &dyn Any);
        let (first, last) = (*self.shared.range.get_or_init(range))?;
        Some((
            self.shared.values.get(first)?,
            self.shared.values.get(last)?,
        ))
    }

    /// The keys as one JSON array, for the Rust types that JSON holds exactly. The SQL type decides whether
    /// the database also stores them so.
    pub fn json(&self) -> Option<&str>
    where
        K: 'static,
    {
        self.shared
            .json
            .get_or_init(|| json(&self.shared.values as &dyn Any))
            .as_deref()
    }

    /// How many keys may be bound: at most `limit`, and few enough that half of them take no more than
    /// `bytes`.
    pub(crate) fn limit_within(&self, limit: usize, bytes: usize) -> usize
    where
        K: Debug + 'static,
    {
        let sizes = self.shared.values.iter().map(size);
        let (all, longest) = sizes.fold((0, 1), |(all, longest), size| {
            (all + size, size.max(longest))
        });
        match all > bytes {
            true => limit.min(2 * (bytes / longest).max(1)),
            false => limit,
        }
    }

    /// The chunks in which a statement that can bind `limit` keys binds these.
    pub(crate) fn chunks_of(
        &self,
        limit: Option<usize>,
    ) -> impl Iterator<Item = Range<usize>> + use<K> {
        // Half of the limit leaves room for the binds of the query's own filters.
        let limit = limit.map(|limit| limit / 2);
        let len = self.len();
        let size = limit.unwrap_or(len).max(1);
        (0..len)
            .step_by(size)
            .map(move |start| start..len.min(start + size))
    }
}

/// How many bytes a bound key takes.
fn size<K: Debug + 'static>(key: &K) -> usize {
    const BESIDE: usize = 16;
    let ids = [
        TypeId::of::<i16>(),
        TypeId::of::<i32>(),
        TypeId::of::<i64>(),
        TypeId::of::<u16>(),
        TypeId::of::<u32>(),
        TypeId::of::<u64>(),
    ];
    match (key as &dyn Any).downcast_ref::<String>() {
        Some(text) => BESIDE + text.len(),
        None if ids.contains(&TypeId::of::<K>()) => BESIDE,
        None => BESIDE + shown_bytes(key),
    }
}

/// Lists of up to this many keys stay prepared.
const KEPT_KEYS: usize = 128;

/// The keys of a list whose text changes with their number.
///
/// A short list repeats its last key until the number of keys is a power of two. That gives at most eight
/// texts, which stay prepared. The text of a long list would be too long to keep.
pub(crate) fn padded<'b, K, DB: Backend>(
    keys: &'b [K],
    out: &mut AstPass<'_, 'b, DB>,
) -> impl Iterator<Item = &'b K> + use<'b, K, DB> {
    let mut padding = 0;
    if keys.len() <= KEPT_KEYS {
        padding = keys.len().next_power_of_two() - keys.len();
    } else {
        out.unsafe_to_cache_prepared();
    }
    let last = keys.last().into_iter();
    let padding = last.flat_map(move |last| std::iter::repeat_n(last, padding));
    keys.iter().chain(padding)
}

/// `keys` is a `Vec` of some key type.
fn json(keys: &dyn Any) -> Option<String> {
    if let Some(keys) = keys.downcast_ref::<Vec<i32>>() {
        return json_numbers(keys);
    }
    if let Some(keys) = keys.downcast_ref::<Vec<i64>>() {
        return json_numbers(keys);
    }
    if let Some(keys) = keys.downcast_ref::<Vec<i16>>() {
        return json_numbers(keys);
    }
    #[cfg(feature = "uuid")]
    if let Some(keys) = keys.downcast_ref::<Vec<uuid::Uuid>>() {
        let texts: Vec<_> = keys.iter().map(|key| format!("\"{key}\"")).collect();
        return Some(format!("[{}]", texts.join(",")));
    }
    json_texts(keys.downcast_ref::<Vec<String>>()?)
}

/// The positions of `keys`, a `Vec` of some key type, in ascending order.
fn order(keys: &dyn Any) -> Option<Vec<usize>> {
    fn of<K: Ord + 'static>(keys: &dyn Any) -> Option<Vec<usize>> {
        let keys = keys.downcast_ref::<Vec<K>>()?;
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_by_key(|at| keys.get(*at));
        Some(order)
    }
    of::<i32>(keys)
        .or_else(|| of::<i64>(keys))
        .or_else(|| of::<i16>(keys))
        .or_else(|| of::<String>(keys))
}

/// The positions of the least and the greatest of `keys`, a `Vec` of some key type, if the keys are numbers
/// without a gap.
fn range(keys: &dyn Any) -> Option<(usize, usize)> {
    fn of<K: Copy + Into<i128> + 'static>(keys: &dyn Any) -> Option<(usize, usize)> {
        let keys = keys.downcast_ref::<Vec<K>>()?;
        let number = |(_, key): &(usize, &K)| -> i128 { (**key).into() };
        let first = keys.iter().enumerate().min_by_key(number)?;
        let last = keys.iter().enumerate().max_by_key(number)?;
        let between = usize::try_from(number(&last) - number(&first)).ok()?;
        (between == keys.len() - 1).then_some((first.0, last.0))
    }
    of::<i32>(keys)
        .or_else(|| of::<i64>(keys))
        .or_else(|| of::<i16>(keys))
        .or_else(|| of::<u64>(keys))
        .or_else(|| of::<u32>(keys))
        .or_else(|| of::<u16>(keys))
}

fn json_numbers<K: Display>(keys: &[K]) -> Option<String> {
    let mut json = String::with_capacity(keys.len() * 8 + 2);
    json.push('[');
    for (index, key) in keys.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        write!(json, "{key}").ok()?;
    }
    json.push(']');
    Some(json)
}

/// `None` if a text contains NUL, at which SQLite's JSON functions would cut it.
fn json_texts(keys: &[String]) -> Option<String> {
    let mut json = String::from("[");
    for (index, key) in keys.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        json.push('"');
        for letter in key.chars() {
            match letter {
                '\0' => return None,
                '"' => json.push_str("\\\""),
                '\\' => json.push_str("\\\\"),
                control if control < ' ' => {
                    write!(json, "\\u{:04x}", u32::from(control)).ok()?;
                }
                other => json.push(other),
            }
        }
        json.push('"');
    }
    json.push(']');
    Some(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_all_numbers_between_two() {
        assert_eq!(range(&vec![7_i32]), Some((0, 0)));
        assert_eq!(range(&vec![3_i64, 1, 2]), Some((1, 0)));
        assert_eq!(range(&vec![i16::MIN, i16::MIN + 1]), Some((0, 1)));
        assert_eq!(range(&vec![u64::MAX - 1, u64::MAX]), Some((0, 1)));
        assert_eq!(range(&vec![1_i32, 3]), None);
        assert_eq!(range(&vec![i64::MIN, i64::MAX]), None);
        assert_eq!(range(&Vec::<i32>::new()), None);
        assert_eq!(range(&vec![String::from("a")]), None);
    }
}
