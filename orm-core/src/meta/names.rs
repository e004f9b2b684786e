//! Names of indexes, unique keys and foreign keys.
//!
//! A name joins the table, the columns and the kind: `posts_author_id_idx`. Two names joined like this may
//! be equal (for the columns `day` and `hour`, and for a column `day_hour`), or too long for a database.
//! Such a name is cut, and gets a hash of its parts. All names that would be equal get a hash, so that a
//! name depends neither on the order of the models nor on that of the keys.

/// What we name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Index,
    Unique,
    ForeignKey,
}

impl Ending {
    /// The endings of PostgreSQL's own names.
    const fn text(self) -> &'static str {
        match self {
            Self::Index => "idx",
            Self::Unique => "key",
            Self::ForeignKey => "fkey",
        }
    }

    pub(crate) const fn described(self) -> &'static str {
        match self {
            Self::Index => "an index",
            Self::Unique => "a unique key",
            Self::ForeignKey => "a foreign key",
        }
    }
}

/// PostgreSQL cuts a name after this many bytes. MySQL takes one letter more than this.
pub(crate) const LONGEST: usize = 63;

/// The name, if no other name equals it.
pub(crate) fn plain(table: &str, columns: &[&str], ending: Ending) -> String {
    format!("{table}_{}_{}", columns.join("_"), ending.text())
}

/// The name with a hash.
pub(crate) fn hashed(table: &str, columns: &[&str], ending: Ending) -> String {
    let hash = hash(std::iter::once(table).chain(columns.iter().copied()));
    let end = format!("_{hash:08x}_{}", ending.text());
    let joined = format!("{table}_{}", columns.join("_"));
    format!("{}{end}", cut(&joined, LONGEST - end.len()))
}

/// Whether the name of a constraint or an index is one of the two.
pub(crate) fn is_name_of(name: &str, table: &str, columns: &[&str], ending: Ending) -> bool {
    name == plain(table, columns, ending) || name == hashed(table, columns, ending)
}

/// The beginning of a text, at most this many bytes.
pub(crate) fn cut(text: &str, bytes: usize) -> &str {
    let ends = (0..=bytes.min(text.len())).rev();
    let mut ends = ends.filter(|end| text.is_char_boundary(*end));
    text.get(..ends.next().unwrap_or_default())
        .unwrap_or_default()
}

/// FNV-1a. It must never change, because the names in databases contain it
/// (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>).
fn hash<'a>(parts: impl Iterator<Item = &'a str>) -> u32 {
    let bytes = parts.flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::{Ending, LONGEST, cut, hashed};

    #[test]
    fn a_name_with_a_hash_is_short_and_tells_columns_apart() {
        let name = hashed("days", &["day", "hour"], Ending::Index);
        assert_eq!(name, "days_day_hour_cfcbb02e_idx");
        assert_ne!(name, hashed("days", &["day_hour"], Ending::Index));
        let long = "ä".repeat(60);
        let name = hashed(&long, &["b"], Ending::ForeignKey);
        assert!(name.len() <= LONGEST && name.len() > LONGEST - 2, "{name}");
        assert_eq!(cut("aä", 2), "a");
    }
}
