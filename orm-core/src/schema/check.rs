//! What `schema!` checks at compile time.

use crate::meta::{DefaultValue, ModelMeta, TableName, is_same};

/// Fails to compile if a model leaves open something that its table must state.
#[track_caller]
pub const fn check(models: &[ModelMeta]) {
    let mut names = Seen::new();
    let mut model = 0;
    while model < models.len() {
        let ModelMeta {
            columns,
            primary_key,
            generated_key,
            adopted,
            ..
        } = models[model];
        let mut column = 0;
        while column < columns.len() && !adopted {
            let is_key = generated_key && is_same(columns[column].name, primary_key[0]);
            assert!(
                !is_key || columns[column].kind.is_integer(),
                "a primary key is `auto_increment`, but its SQL type is no integer: remove \
                 `auto_increment`, or name another type with `sql_type = \"…\"`"
            );
            if let Some(DefaultValue::Unstated(help)) = columns[column].default {
                #[allow(clippy::panic, reason = "evaluated by the compiler, never at run time")]
                {
                    panic!("{}", help);
                }
            }
            column += 1;
        }
        // The compiler is slow at comparing each name with all others.
        if names.may_have(models[model].table.name) {
            refuse_second(models, model);
        }
        model += 1;
    }
}

/// Refuses a model whose table already belongs to an earlier model: `IF NOT EXISTS` would leave out
/// the columns of the second.
#[track_caller]
const fn refuse_second(models: &[ModelMeta], position: usize) {
    let second = &models[position];
    let mut other = 0;
    while other < position && !second.adopted {
        let first = &models[other];
        if !first.adopted && is_one_table(first.table, second.table) {
            let message = Message::new()
                .and("the models `")
                .and(first.name)
                .and("` and `")
                .and(second.name)
                .and("` would both have the table `")
                .and(second.table.name)
                .and("`: mark the second with `#[view]`, or give it a table of its own with `#[model(table = \"…\")]`");
            #[allow(clippy::panic, reason = "evaluated by the compiler, never at run time")]
            {
                panic!("{}", message.text());
            }
        }
        other += 1;
    }
}

const fn is_one_table(a: TableName, b: TableName) -> bool {
    let in_one_schema = match (a.schema, b.schema) {
        (Some(a), Some(b)) => is_same(a, b),
        (None, None) => true,
        _ => false,
    };
    in_one_schema && is_same(a.name, b.name)
}

/// Names that were seen, as a bit each. Two names may share a bit.
struct Seen([u64; 64]);

impl Seen {
    const fn new() -> Self {
        Self([0; 64])
    }

    /// Whether the name may have been seen before; from now on it has been.
    const fn may_have(&mut self, name: &str) -> bool {
        let bytes = name.as_bytes();
        // FNV-1a (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>).
        let mut hash: u32 = 0x811c_9dc5;
        let mut at = 0;
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
            at += 1;
        }
        let bit = (hash ^ (hash >> 16)) % 4096;
        let (word, bit) = ((bit / 64) as usize, 1 << (bit % 64));
        let seen = self.0[word] & bit != 0;
        self.0[word] |= bit;
        seen
    }
}

/// A text that the compiler builds. It drops what does not fit.
struct Message {
    bytes: [u8; 512],
    len: usize,
}

impl Message {
    const fn new() -> Self {
        let bytes = [0; 512];
        Self { bytes, len: 0 }
    }

    const fn and(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if self.len + text.len() <= self.bytes.len() {
            let mut at = 0;
            while at < text.len() {
                self.bytes[self.len + at] = text[at];
                at += 1;
            }
            self.len += text.len();
        }
        self
    }

    const fn text(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "two models have one table",
        }
    }
}
