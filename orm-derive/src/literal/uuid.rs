//! UUIDs.

/// `{67E55044-10B1-426F-9247-BB680E5FE0C8}` → `67e55044-10b1-426f-9247-bb680e5fe0c8`: with or without hyphens and
/// braces, in any case, and as a URN.
pub(crate) fn uuid(text: &str) -> Option<String> {
    let inner = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let text = inner
        .or_else(|| text.strip_prefix("urn:uuid:"))
        .unwrap_or(text);
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let digits = groups.concat().to_ascii_lowercase();
    let is_grouped = lengths == [32] || lengths == [8, 4, 4, 4, 12];
    if !is_grouped || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
    Some(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn all_spellings_are_one() {
        let one = "67e55044-10b1-426f-9247-bb680e5fe0c8";
        for text in [
            one,
            "67E55044-10B1-426F-9247-BB680E5FE0C8",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
            "urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8",
            "67e5504410b1426f9247bb680e5fe0c8",
        ] {
            assert_eq!(uuid(text).as_deref(), Some(one));
        }
        for text in [
            "",
            "67e55044",
            "67e55044-10b1-426f-9247-bb680e5fe0cg",
            "{}",
            "ä",
        ] {
            assert_eq!(uuid(text), None);
        }
    }
}
