//! The harness of the benches, tested with known numbers and with work that does nothing.

#[path = "../../benches/run_time/harness.rs"]
#[allow(dead_code)]
mod harness;

use std::time::Duration;

use harness::{Random, Spread, Variant, Work};

#[test]
fn quartiles_lie_between_the_numbers() {
    let spread = Spread::of(vec![5.0, 1.0, 3.0, 2.0, 4.0]);
    assert_eq!((spread.low, spread.median, spread.high), (2.0, 3.0, 4.0));
    let spread = Spread::of(vec![1.0, 2.0]);
    assert_eq!((spread.low, spread.median, spread.high), (1.25, 1.5, 1.75));
    assert!(Spread::of(Vec::new()).median.is_nan());
}

#[test]
fn ratios_are_those_of_one_round() {
    let ratios = Spread::of_ratios(&[1.0, 20.0, 3.0], &[2.0, 40.0, 6.0]);
    assert_eq!((ratios.low, ratios.median, ratios.high), (0.5, 0.5, 0.5));
}

#[test]
fn a_shuffle_loses_nothing_and_gives_every_order() {
    let random = &mut Random::new(7);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..200 {
        let mut items = [1, 2, 3];
        random.shuffle(&mut items);
        seen.insert(items);
    }
    assert_eq!(seen.len(), 6);
}

fn work(variants: Vec<Variant<Vec<i32>>>, repeats: bool) -> Work<Vec<i32>> {
    Work {
        name: "push",
        variants,
        reset: Box::new(Vec::clear),
        repeats,
    }
}

fn pushing(name: &'static str, number: i32) -> Variant<Vec<i32>> {
    let push = move |list: &mut Vec<i32>| {
        list.push(number);
        list.len()
    };
    Variant::new(name, push, |length| length.to_string())
}

#[test]
fn variants_that_differ_are_found() {
    let list = &mut Vec::new();
    let mut same = work(vec![pushing("a", 1), pushing("b", 2)], true);
    assert_eq!(same.agree(list), Ok(()));
    let mut other = pushing("b", 2);
    other.then_show(|list| format!("{list:?}"));
    let mut differ = work(vec![pushing("a", 1), other], true);
    assert!(
        differ
            .agree(list)
            .is_err_and(|text| text.contains("push: b differs"))
    );
}

#[test]
fn what_takes_too_long_is_taken_out() {
    let list = &mut Vec::new();
    let slow = Variant::elsewhere("slow", |_| String::new(), |_, _| Duration::from_secs(9));
    let mut work = work(vec![pushing("a", 1), slow], true);
    let taken_out = work.give_up(list, Duration::from_secs(4));
    assert_eq!(taken_out, [("slow", Duration::from_secs(9))]);
    let names: Vec<_> = work.variants.iter().map(|variant| variant.name).collect();
    assert_eq!(names, ["a"]);
}

#[test]
fn every_variant_has_a_sample_per_round_on_what_was_reset() {
    let list = &mut Vec::new();
    let mut work = work(vec![pushing("a", 1), pushing("b", 2)], false);
    let samples = work.measure(list, 60, &mut Random::new(7));
    assert_eq!(samples.iter().map(Vec::len).collect::<Vec<_>>(), [60, 60]);
    assert!(list.is_empty());
}
