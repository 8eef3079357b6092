//! A table of any positions: scores in their range, the same from both sides and on any number of threads.

use std::sync::{Arc, LazyLock};

use arbitrary::{Result, Unstructured};
use rayon::{ThreadPool, ThreadPoolBuilder};
use standpunt::group::{Class, Seat, Seating, Side, Silence, members};
use standpunt::score::pairs::bootstrap::{Bootstrap, Interval};
use standpunt::score::pairs::measure::{Distance, Measure};
use standpunt::score::pairs::{PairOptions, PairScores};
use standpunt::score::raters::alpha::{AlphaTally, Metric};
use standpunt::score::table::{Cells, Gap, NOT_STATED, Scale, Table, Unit};
use standpunt::stop::Stop;

static POOLS: LazyLock<[ThreadPool; 2]> =
    LazyLock::new(|| [1, 4].map(|n| ThreadPoolBuilder::new().num_threads(n).build().expect("threads")));

pub fn holds(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let is_table = input.ratio(1, 2).unwrap_or(true);
    // An input that ends early is no table, and nothing is promised of it.
    let _ = if is_table { table(&mut input).map(|table| of_table(&Arc::new(table))) } else { seating(&mut input) };
}

fn table(input: &mut Unstructured<'_>) -> Result<Table> {
    let (rows, issues) = (input.int_in_range(0..=9)?, input.int_in_range(0..=70)?);
    let cells = rows * issues;
    let (scale, cells) = if input.ratio(1, 4)? {
        let value = |input: &mut Unstructured<'_>| {
            Ok(if input.ratio(1, 5)? { f64::NAN } else { f64::from(input.int_in_range(-40_i8..=40)?) / 4.0 })
        };
        let values: Result<Vec<f64>> = (0..cells).map(|_| value(input)).collect();
        (Scale::Interval { low: -10.0, high: 10.0 }, Cells::Values(values?))
    } else {
        let levels = input.int_in_range(2..=20_u8)?;
        let codes: Result<Vec<u8>> = (0..cells)
            .map(|_| {
                Ok(if input.ratio(1, 5)? {
                    *input.choose(&[NOT_STATED, 128])?
                } else {
                    input.int_in_range(0..=levels - 1)?
                })
            })
            .collect();
        let levels = (0..levels).map(|level| level.to_string()).collect();
        let scale = if input.arbitrary()? { Scale::Nominal { levels } } else { Scale::Ordinal { levels } };
        (scale, Cells::Codes(codes?))
    };
    let names = (0..rows).map(|at| format!("a{at}")).collect();
    let units: Vec<Unit> = (0..issues).map(|at| Unit { issue: format!("i{at}"), ..Unit::default() }).collect();
    let table = Table::new(names, units, scale, cells).expect("cells that fit");
    let gaps = vec![Gap { value: "absent".to_owned(), eligible: input.arbitrary()? }];
    let coded = matches!(table.cells(), Cells::Codes(_));
    let table = if coded { table.with_gaps(gaps, Vec::new()).expect("one gap") } else { table };
    if !input.ratio(1, 3)? {
        return Ok(table);
    }
    let whole = input.arbitrary()?;
    let weight =
        |input: &mut Unstructured<'_>| Ok(f64::from(input.arbitrary::<u8>()?) * if whole { 1.0 } else { 1e-3 });
    let weights: Result<Vec<f64>> = (0..issues).map(|_| weight(input)).collect();
    Ok(table.with_weights(weights?).expect("weights from 0"))
}

/// Scores with intervals and bounds, one way and with the actors turned round.
pub fn of_table(table: &Arc<Table>) {
    for measure in Measure::ALL {
        for distance in [Distance::Absolute, Distance::Squared] {
            let draws = Bootstrap { replicates: 8, seed: 1, level: 0.9, interval: Interval::Percentile };
            let options = PairOptions {
                by: Vec::new(),
                actors: None,
                measure,
                distance,
                salience: None,
                min_shared: 0,
                bootstrap: Some(draws),
            };
            of_pairs(table, options);
        }
    }
    for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval, Metric::Ratio] {
        let Ok(tally) = AlphaTally::of(table, metric) else { continue };
        let value = tally.alpha().value;
        assert!(value.is_none_or(|alpha| alpha.is_finite() && alpha <= 1.0 + 1e-12), "{metric:?} {value:?}");
    }
}

fn of_pairs(table: &Arc<Table>, options: PairOptions) {
    let scored =
        |pool: &ThreadPool, options: &PairOptions| pool.install(|| PairScores::of(table.clone(), options.clone()));
    let (one, four) = match (scored(&POOLS[0], &options), scored(&POOLS[1], &options)) {
        (Ok(one), Ok(four)) => (one, four),
        (Err(one), Err(four)) => return assert_eq!(one, four),
        (one, four) => panic!("{one:?} {four:?}"),
    };
    let mut actors: Vec<String> = table.actors().to_vec();
    actors.reverse();
    let turned = scored(&POOLS[0], &PairOptions { actors: Some(actors), ..options.clone() }).expect("the same actors");
    let n = table.actors().len();
    let places: Vec<(usize, usize)> = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).collect();
    let place = |a: usize, b: usize| places.iter().position(|pair| *pair == (a, b)).expect("a pair");
    for (part, same) in one.parts.iter().zip(&four.parts) {
        assert_eq!((part.scores(), &part.intervals), (same.scores(), &same.intervals), "{options:?}");
        let bounds = part.bounds(&options, &Stop::default()).expect("bounds of what was scored");
        for (pair, score) in part.scores().iter().enumerate() {
            let (a, b) = places[pair];
            let mirrored = turned.parts[0].scores()[place(n - 1 - b, n - 1 - a)];
            let equal = match (score, mirrored) {
                (Some(score), Some(mirrored)) => (score - mirrored).abs() < 1e-12,
                (score, mirrored) => *score == mirrored,
            };
            assert!(equal, "{options:?} {a} {b}: {score:?} {mirrored:?}");
            let Some(score) = *score else { continue };
            assert!((-1.0 - 1e-9..=1.0 + 1e-9).contains(&score), "{options:?} {score}");
            let interval = part.intervals.get(pair).copied().flatten();
            for (low, high) in interval.into_iter().chain(bounds[pair]) {
                assert!(low <= high && low.is_finite() && high.is_finite(), "{options:?} {low} {high}");
            }
            // Elsewhere the score of the issues that both state may lie outside those of all completions: a position
            // in the middle has no other as far from it as two ends are apart, and chance is reckoned anew.
            let plain = matches!(options.measure, Measure::Agreement | Measure::S | Measure::Agree2 | Measure::Agree3)
                && matches!(table.scale(), Scale::Nominal { .. });
            if let Some((worst, best)) = bounds[pair].filter(|_| plain) {
                assert!(worst <= score + 1e-9 && score <= best + 1e-9, "{options:?} {worst} {score} {best}");
            }
        }
    }
}

/// Two sides on a small roster: chances add up, and what is certain is certain.
fn seating(input: &mut Unstructured<'_>) -> Result<()> {
    let n = input.int_in_range(1..=30_usize)?;
    let everyone = u64::MAX >> (64 - n);
    let support = side(input, everyone, n)?;
    let oppose = side(input, everyone & !support.named, n)?;
    let neutral = input.arbitrary::<u64>()? & input.arbitrary::<u64>()? & everyone & !support.named & !oppose.named;
    let left_out = input.arbitrary::<u64>()? & input.arbitrary::<u64>()? & neutral;
    let seating = Seating::new(n, &support, &oppose, neutral & !left_out, left_out);
    if !seating.is_feasible() {
        return Ok(());
    }
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    assert!(near(seating.sizes().iter().map(|(_, _, p)| p).sum(), 1.0));
    let classes: Vec<(usize, Class)> = (0..n).filter_map(|at| Some((at, seating.class(at)?))).collect();
    for (_, class) in &classes {
        assert!(near(Seat::ALL.iter().map(|seat| seating.chance(*class, *seat)).sum(), 1.0), "{class:?}");
        if let Some(seat) = seating.certain(*class) {
            assert_eq!(seating.chance(*class, seat), 1.0);
        }
    }
    for (side, given) in [(Seat::Support, &support), (Seat::Oppose, &oppose)] {
        assert!(near(seating.compositions(side).iter().map(|one| one.probability).sum(), 1.0), "{side:?}");
        let expected: f64 = classes.iter().map(|(_, class)| seating.chance(*class, side)).sum();
        let named_left_out = members(given.named & left_out).count() as f64;
        assert!(expected <= given.hi as f64 + 1e-9 && expected + named_left_out >= given.names() as f64 - 1e-9);
    }
    for (at, (_, a)) in classes.iter().enumerate() {
        for (_, b) in &classes[at + 1..] {
            for silence in [Silence::Apart, Silence::Category] {
                let (here, there) = (seating.outcome(*a, *b, silence), seating.outcome(*b, *a, silence));
                assert!(near(here.agree, there.agree) && near(here.disagree, there.disagree), "{a:?} {b:?}");
                let sum = here.agree + here.disagree;
                assert!((0.0..=1.0 + 1e-9).contains(&sum), "{here:?}");
                assert!(silence == Silence::Apart || near(sum, 1.0), "{here:?}");
                assert!(!here.is_shared() || near(sum, 1.0), "{here:?}");
            }
        }
    }
    Ok(())
}

fn side(input: &mut Unstructured<'_>, among: u64, members: usize) -> Result<Side> {
    let named = input.arbitrary::<u64>()? & input.arbitrary::<u64>()? & among;
    let excluded = input.arbitrary::<u64>()? & input.arbitrary::<u64>()? & among & !named;
    let names = named.count_ones() as usize;
    let lo = input.int_in_range(names..=members)?;
    let hi = input.int_in_range(lo..=members)?;
    Ok(Side { named, excluded, lo, hi })
}
