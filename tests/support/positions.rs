//! Tables of positions of every kind, and what scores are by definition.

#![allow(dead_code, reason = "each test takes what it needs")]

use standpunt::score::pairs::measure::Measure;
use standpunt::score::raters::alpha::Metric;
use standpunt::score::table::{Cells, NOT_STATED, Scale, Table, Unit};

/// The 64-bit mix of Steele, Lea and Flood (2014).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

pub fn names(prefix: &str, n: usize) -> Vec<String> {
    (0..n).map(|at| format!("{prefix}{at:05}")).collect()
}

pub fn units(n: usize) -> Vec<Unit> {
    names("issue", n).into_iter().map(|issue| Unit { issue, ..Unit::default() }).collect()
}

/// A table of any scale, shape, share of gaps and kind of weights.
pub fn any_table(random: &mut Random, most_issues: usize) -> Table {
    let (rows, issues) = (1 + random.below(9), random.below(most_issues));
    let missing = [0.0, 0.2, 0.7][random.below(3)];
    let kind = random.below(3);
    let table = if kind == 2 {
        let whole = random.below(2) == 0;
        let (low, high) = if whole { (0.0, 100.0) } else { (-1.5, 2.25) };
        let value = |random: &mut Random| {
            let at = if whole { random.below(101) as f64 / 100.0 } else { random.unit() };
            if random.unit() < missing { f64::NAN } else { low + at * (high - low) }
        };
        let mut values: Vec<f64> = (0..rows * issues).map(|_| value(random)).collect();
        if whole {
            values.iter_mut().for_each(|value| *value = value.round());
        }
        Table::new(names("a", rows), units(issues), Scale::Interval { low, high }, Cells::Values(values))
    } else {
        let levels = [2, 3, 4, 5, 7, 9, 10, 11, 20][random.below(9)];
        let code = |random: &mut Random| {
            let gap = if random.below(2) == 0 { NOT_STATED } else { 128 };
            if random.unit() < missing { gap } else { random.below(levels) as u8 }
        };
        let codes = Cells::Codes((0..rows * issues).map(|_| code(random)).collect());
        let levels = names("level", levels);
        let scale = if kind == 0 { Scale::Nominal { levels } } else { Scale::Ordinal { levels } };
        Table::new(names("a", rows), units(issues), scale, codes)
    };
    let table = table.unwrap();
    match random.below(4) {
        0 => {
            let weights = (0..issues).map(|_| random.below(128) as f64).collect();
            table.with_weights(weights).unwrap()
        }
        1 => {
            let size = [1e-3, 1.0, 1e6][random.below(3)];
            let weights = (0..issues).map(|_| random.unit() * size).collect();
            table.with_weights(weights).unwrap()
        }
        _ => table,
    }
}

/// The definition, cell by cell.
pub fn slow_score(table: &Table, measure: Measure, squared: bool, a: usize, b: usize) -> (u32, Option<f64>) {
    let nominal = matches!(table.scale(), Scale::Nominal { .. }) || matches!(measure, Measure::Kappa | Measure::Pi);
    let width = table.scale().width();
    let levels = table.scale().levels().len();
    let apart = |x: f64, y: f64| match (nominal, squared) {
        (true, _) => (x != y) as u8 as f64,
        (false, true) => ((x - y) / width).powi(2),
        (false, false) => (x - y).abs() / width,
    };
    let (mut shared, mut sum, mut total) = (0, 0.0, 0.0);
    let mut pairs = Vec::new();
    for unit in 0..table.units().len() {
        let (Some(x), Some(y)) = (table.position(a, unit), table.position(b, unit)) else { continue };
        let weight = table.weights().map_or(1.0, |weights| weights[unit]);
        shared += 1;
        sum += weight * apart(x, y);
        total += weight;
        pairs.push((x, y));
    }
    if total == 0.0 {
        return (shared, None);
    }
    let observed = sum / total;
    let mut chance = 0.0;
    if measure.counts_levels() {
        let mut habits = [vec![0.0; levels], vec![0.0; levels]];
        for (x, y) in &pairs {
            habits[0][*x as usize] += 1.0 / shared as f64;
            habits[1][*y as usize] += 1.0 / shared as f64;
        }
        if matches!(measure, Measure::Pi | Measure::WeightedPi) {
            let pooled: Vec<f64> = (0..levels).map(|level| (habits[0][level] + habits[1][level]) / 2.0).collect();
            habits = [pooled.clone(), pooled];
        }
        for k in 0..levels {
            for l in 0..levels {
                chance += habits[0][k] * habits[1][l] * apart(k as f64, l as f64);
            }
        }
    }
    let value = match measure {
        Measure::S => Some(1.0 - 2.0 * observed),
        Measure::Kappa | Measure::WeightedKappa | Measure::Pi | Measure::WeightedPi => {
            (chance > 0.0).then(|| 1.0 - observed / chance)
        }
        Measure::ExcessS => Some(2.0 * (chance - observed)),
        Measure::TauB => slow_tau_b(&pairs),
        _ => Some(1.0 - observed),
    };
    (shared, value)
}

/// Every pair of issues.
fn slow_tau_b(pairs: &[(f64, f64)]) -> Option<f64> {
    let (mut balance, mut untied) = (0.0, [0.0, 0.0]);
    for (at, (x, y)) in pairs.iter().enumerate() {
        for (v, w) in &pairs[at + 1..] {
            let order = |a: &f64, b: &f64| f64::from(a > b) - f64::from(a < b);
            let (across, down) = (order(x, v), order(y, w));
            balance += across * down;
            untied[0] += across.abs();
            untied[1] += down.abs();
        }
    }
    let root = (untied[0] * untied[1]).sqrt();
    (root > 0.0).then(|| balance / root)
}

pub fn slow_alpha(values: &[f64], rows: usize, metric: Metric) -> Option<f64> {
    let units = values.len().checked_div(rows).unwrap_or(0);
    let lists: Vec<Vec<f64>> = (0..units)
        .map(|unit| (0..rows).map(|row| values[row * units + unit]).filter(|x| !x.is_nan()).collect())
        .filter(|list: &Vec<f64>| list.len() > 1)
        .collect();
    let all: Vec<f64> = lists.iter().flatten().copied().collect();
    let n = all.len() as f64;
    let count = |of: &dyn Fn(f64) -> bool| all.iter().filter(|x| of(**x)).count() as f64;
    let delta = |c: f64, k: f64| match metric {
        _ if c == k => 0.0,
        Metric::Nominal => 1.0,
        Metric::Interval => (c - k).powi(2),
        Metric::Ratio => ((c - k) / (c + k)).powi(2),
        Metric::Ordinal => {
            let (low, high) = (c.min(k), c.max(k));
            let between = count(&|x| low <= x && x <= high);
            (between - (count(&|x| x == low) + count(&|x| x == high)) / 2.0).powi(2)
        }
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for list in &lists {
        let sum: f64 = list.iter().flat_map(|c| list.iter().map(move |k| (c, k))).map(|(c, k)| delta(*c, *k)).sum();
        observed += sum / (list.len() as f64 - 1.0);
    }
    for c in &all {
        for k in &all {
            expected += delta(*c, *k);
        }
    }
    (expected > 0.0).then(|| 1.0 - (observed / n) / (expected / (n * (n - 1.0))))
}
