//! Whether a text is JSON (RFC 8259). Its type decides how a value is spelled, when the table is created.

/// As deep as serde_json reads.
const DEPTH: u32 = 128;

pub(crate) fn is_json(text: &str) -> bool {
    value(space(text), DEPTH).is_some_and(|rest| space(rest).is_empty())
}

/// Each of these functions returns the text that follows what it reads.
fn value(text: &str, depth: u32) -> Option<&str> {
    let depth = depth.checked_sub(1)?;
    match text.as_bytes().first()? {
        b'{' => list(&text[1..], '}', |text| {
            let rest = space(string(text)?).strip_prefix(':')?;
            value(space(rest), depth)
        }),
        b'[' => list(&text[1..], ']', |text| value(text, depth)),
        b'"' => string(text),
        b'-' | b'0'..=b'9' => number(text),
        _ => ["true", "false", "null"]
            .into_iter()
            .find_map(|word| text.strip_prefix(word)),
    }
}

fn list(text: &str, end: char, item: impl Fn(&str) -> Option<&str>) -> Option<&str> {
    let mut rest = space(text);
    if let Some(rest) = rest.strip_prefix(end) {
        return Some(rest);
    }
    loop {
        rest = space(item(rest)?);
        match rest.strip_prefix(',') {
            Some(more) => rest = space(more),
            None => return rest.strip_prefix(end),
        }
    }
}

fn string(text: &str) -> Option<&str> {
    let mut rest = text.strip_prefix('"')?.chars();
    loop {
        match rest.next()? {
            '"' => return Some(rest.as_str()),
            '\\' => match rest.next()? {
                '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => {}
                'u' => {
                    let (digits, more) = rest.as_str().split_at_checked(4)?;
                    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                        return None;
                    }
                    rest = more.chars();
                }
                _ => return None,
            },
            control if control < ' ' => return None,
            _ => {}
        }
    }
}

fn number(text: &str) -> Option<&str> {
    let text = text.strip_prefix('-').unwrap_or(text);
    let mut rest = match text.strip_prefix('0') {
        Some(rest) => rest,
        None => digits(text)?,
    };
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = digits(fraction)?;
    }
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        None => Some(rest),
    }
}

fn digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}

fn space(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_is_told_from_what_is_none() {
        for json in [
            "[]",
            "{}",
            " [ 1 , 2.5e-3 , -0 ] ",
            r#"{"a": {"b": [null, true, false]}, "ä\u00e4\n": ""}"#,
            "0",
            "\"text\"",
            "-1.5E+10",
        ] {
            assert!(is_json(json), "{json}");
        }
        let deep = "[".repeat(10_000);
        for other in [
            "",
            "[",
            "[1,]",
            "{a: 1}",
            "{\"a\" 1}",
            "01",
            "1.",
            "+1",
            "'a'",
            "nul",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\n\"",
            "1 2",
            "{\"a\":1,}",
            "NaN",
            &deep,
        ] {
            assert!(!is_json(other), "{other}");
        }
    }
}
