//! What `schema!` checks at compile time.

use crate::meta::{DefaultValue, ModelMeta, TableName, is_same};

/// Fails to compile if a model leaves open something that its table must state.
#[track_caller]
pub const fn check(models: &[ModelMeta]) {
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
        refuse_second(models, model);
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
