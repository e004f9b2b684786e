//! Rounds of variants in random order, and what they say: medians, quartiles, ratios.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How far the control may be from the idiom.
pub const TOLERANCE: f64 = 0.05;

/// How long one sample should take at least, so that the clock is no matter.
const SAMPLE: Duration = Duration::from_micros(400);

/// One way to do a piece of work in the surroundings `S`.
pub struct Variant<S> {
    /// Its column in the table.
    pub name: &'static str,
    show: Box<dyn FnMut(&mut S) -> String>,
    time: Box<dyn FnMut(&mut S, usize) -> Duration>,
}

impl<S> Variant<S> {
    /// `call` does the work; `show` says what came of it, in words that are the same for all
    /// variants.
    pub fn new<T: 'static>(
        name: &'static str,
        mut call: impl FnMut(&mut S) -> T + Clone + 'static,
        show: impl Fn(T) -> String + 'static,
    ) -> Self {
        let mut shown = call.clone();
        Self {
            name,
            show: Box::new(move |on| show(shown(on))),
            time: Box::new(move |on, calls| {
                // What came of the calls is dropped when the clock has stopped.
                let mut results = Vec::with_capacity(calls);
                let start = Instant::now();
                for _ in 0..calls {
                    results.push(black_box(call(on)));
                }
                start.elapsed()
            }),
        }
    }
}

impl<S: 'static> Variant<S> {
    /// What is done and timed elsewhere.
    pub fn elsewhere(
        name: &'static str,
        show: impl FnMut(&mut S) -> String + 'static,
        time: impl FnMut(&mut S, usize) -> Duration + 'static,
    ) -> Self {
        Self {
            name,
            show: Box::new(show),
            time: Box::new(time),
        }
    }

    /// Shows less.
    pub fn shorten(&mut self, shorten: fn(&str) -> String) {
        let mut show = std::mem::replace(&mut self.show, Box::new(|_| String::new()));
        self.show = Box::new(move |on| shorten(&show(on)));
    }

    /// Shows what is there after the call, instead of what came of it.
    pub fn then_show(&mut self, mut then: impl FnMut(&mut S) -> String + 'static) {
        let mut call = std::mem::replace(&mut self.show, Box::new(|_| String::new()));
        self.show = Box::new(move |on| {
            call(on);
            then(on)
        });
    }
}

/// A piece of work in several variants. The first is the idiom, to which the others are compared.
pub struct Work<S> {
    pub name: &'static str,
    pub variants: Vec<Variant<S>>,
    /// Makes the surroundings what they were.
    pub reset: Box<dyn FnMut(&mut S)>,
    /// A second call without a reset does the same work.
    pub repeats: bool,
}

impl<S> Work<S> {
    /// Whether all variants give the same; else the first that does not, and both results.
    pub fn agree(&mut self, on: &mut S) -> Result<(), String> {
        let mut first: Option<String> = None;
        for variant in &mut self.variants {
            (self.reset)(on);
            let shown = (variant.show)(on);
            let first = first.get_or_insert_with(|| shown.clone());
            if *first != shown {
                let at = first.bytes().zip(shown.bytes());
                let at = at.take_while(|(a, b)| a == b).count();
                return Err(format!(
                    "{}: {} differs at byte {at}\n  {}\n  {}",
                    self.name,
                    variant.name,
                    excerpt(first, at),
                    excerpt(&shown, at)
                ));
            }
        }
        (self.reset)(on);
        Ok(())
    }

    /// Takes out the variants that take longer than `limit` for one call: their names and times.
    pub fn give_up(&mut self, on: &mut S, limit: Duration) -> Vec<(&'static str, Duration)> {
        let reset = &mut self.reset;
        let mut slow = Vec::new();
        self.variants.retain_mut(|variant| {
            reset(on);
            let one = (variant.time)(on, 1);
            if one > limit {
                slow.push((variant.name, one));
            }
            one <= limit
        });
        slow
    }

    /// Times all variants, `rounds` times each. Durations are per call.
    pub fn measure(&mut self, on: &mut S, rounds: usize, random: &mut Random) -> Vec<Vec<f64>> {
        let calls = self.calls(on);
        let mut samples = vec![Vec::with_capacity(rounds); self.variants.len()];
        let mut order: Vec<usize> = (0..self.variants.len()).collect();
        for _ in 0..rounds {
            random.shuffle(&mut order);
            for at in &order {
                let (Some(variant), Some(samples)) =
                    (self.variants.get_mut(*at), samples.get_mut(*at))
                else {
                    continue;
                };
                (self.reset)(on);
                (variant.time)(on, 1); // warms up what the neighbour has cooled down
                if !self.repeats {
                    (self.reset)(on);
                }
                samples.push((variant.time)(on, calls).as_secs_f64() / calls as f64);
            }
        }
        (self.reset)(on);
        samples
    }

    /// How many calls make a sample.
    fn calls(&mut self, on: &mut S) -> usize {
        let Some(idiom) = self.variants.first_mut().filter(|_| self.repeats) else {
            return 1;
        };
        (self.reset)(on);
        (idiom.time)(on, 1);
        let one = (idiom.time)(on, 1).max(Duration::from_nanos(100));
        (SAMPLE.as_nanos() / one.as_nanos()).clamp(1, 200) as usize
    }
}

fn excerpt(text: &str, at: usize) -> String {
    let bytes = text.as_bytes();
    let part = &bytes[at.saturating_sub(60)..bytes.len().min(at + 60)];
    String::from_utf8_lossy(part).into_owned()
}

/// A median between its quartiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub low: f64,
    pub median: f64,
    pub high: f64,
}

impl Spread {
    /// Of some numbers.
    pub fn of(mut numbers: Vec<f64>) -> Self {
        numbers.sort_by(f64::total_cmp);
        Self {
            low: quantile(&numbers, 0.25),
            median: quantile(&numbers, 0.5),
            high: quantile(&numbers, 0.75),
        }
    }

    /// Of the ratios of samples to those of the same rounds.
    pub fn of_ratios(samples: &[f64], to: &[f64]) -> Self {
        Self::of(samples.iter().zip(to).map(|(a, b)| a / b).collect())
    }
}

/// Between the two numbers that are nearest; of none it is not a number.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let at = part * sorted.len().saturating_sub(1) as f64;
    let number = |at: f64| sorted.get(at as usize).copied().unwrap_or(f64::NAN);
    let (below, above) = (number(at.floor()), number(at.ceil()));
    below + (above - below) * at.fract()
}

/// Numbers that only have to look random: xorshift64*.
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// Below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        number as usize % end
    }

    /// Fisher and Yates.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
