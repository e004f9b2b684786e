//! What is compared of the rows that different ORMs load.

/// The sum of the numbers in what `{:?}` shows of rows, the letters in their texts, and how many values
/// are true. In whatever order and nesting rows come, it is the same, and other languages can sum
/// up their own values.
pub fn of(shown: &str) -> String {
    let (mut numbers, mut letters, mut trues) = (0.0, 0, 0);
    for (place, part) in shown.split('"').enumerate() {
        if place % 2 == 1 {
            letters += part.chars().count();
            continue;
        }
        let words = part.split(|c: char| !(c.is_alphanumeric() || "_.-".contains(c)));
        for word in words {
            numbers += word.parse::<f64>().unwrap_or(0.0);
            trues += usize::from(word == "true");
        }
    }
    format!("{numbers} {letters} {trues}")
}
