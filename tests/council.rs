//! Majorities and power against published numbers, exact cases and a slow twin.

#[path = "support/coded.rs"]
mod coded;
#[path = "support/random.rs"]
mod random;

use coded::Coded;
use jiff::civil::{Date, date};
use random::Random;
use serde_json::Value;
use standpunt::council::{
    Chamber, Favour, MajorityRow, Participants, Power, PowerIndex, Rule, Sensitivity, Verdict, Vote, majorities,
    majorities_in, majority, majority_in, pivotal, power, power_in, sensitivity, weighted_power,
};
use standpunt::lexicon::{PopulationTables, SizeTable};
use standpunt::model::{Actor, Quantifier, Roster, Stance};
use standpunt::score::cohesion::Cohesion;
use standpunt::score::completions::Completions;
use standpunt::score::{AgreementOptions, AgreementRow, agreement};
use standpunt::stop::Stop;

const DAY: Date = date(2025, 3, 4);

fn codes(text: &str) -> Vec<Actor> {
    text.split_whitespace().map(Actor::new).collect()
}

fn chamber(rule: Rule) -> Chamber {
    Chamber::new(&Roster::eu(DAY).unwrap(), rule, DAY, &PopulationTables::standard()).unwrap()
}

fn favour(named: &str, excluded: &str, lo: usize, hi: usize) -> Favour {
    Favour { named: codes(named), excluded: codes(excluded), lo, hi, ..Favour::default() }
}

fn close(got: f64, expected: f64, digits: f64, what: &str) {
    assert!((got - expected).abs() < digits, "{what}: {got}, expected {expected}");
}

/// Reached by exactly the members named, or by everyone but them where `text` starts with `-`.
fn reached(rule: Rule, text: &str) -> bool {
    let chamber = chamber(rule);
    let (all_but, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let listed = codes(text);
    let mask = Roster::eu(DAY).unwrap().mask(&listed);
    let mask = if all_but { chamber.everyone() & !mask } else { mask };
    chamber.is_reached(mask.count_ones() as usize, chamber.weight_of(mask))
}

#[test]
fn probabilities_and_verdicts_are_those_of_enumeration() {
    let cases: Value = serde_json::from_str(include_str!("cases/anonymous-groups.json")).unwrap();
    for case in cases["majority"].as_array().unwrap() {
        let size = |key: &str| case[key].as_u64().unwrap() as usize;
        let named: Vec<&str> = case["named"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
        let side = favour(&named.join(" "), "", size("lo"), size("hi"));
        let found = majority(&side, Rule::Qualified, DAY, &PopulationTables::standard()).unwrap();
        close(found.probability, case["probability"].as_f64().unwrap(), 1e-12, &case.to_string());
        assert_eq!(found.verdict.as_str(), case["verdict"].as_str().unwrap(), "{case}");
        assert_eq!(found.population.as_deref(), Some("population.csv 2025-01-01"));
    }
}

/// Article 16(4) TEU; the examples follow from the shares of 2025, whose sum is 100.01.
#[test]
fn coalitions_pass_or_fail_as_the_treaty_says() {
    let smallest = "MT LU CY EE LV SI LT HR IE SK FI DK BG AT HU";
    let others = "MT LU CY EE LV SI LT HR IE SK FI DK BG";
    let cases = [
        (Rule::Qualified, "-DE FR IT", true),
        (Rule::Qualified, "-DE FR IT MT", false),
        (Rule::Qualified, smallest, false),
        (Rule::Qualified, &format!("-{others}"), false),
        (Rule::Qualified, "-MT LU CY EE LV SI LT HR IE SK FI DK", true),
        (Rule::Qualified72, "-DE FR IT", false),
        (Rule::Qualified72, "-MT LU CY EE LV SI LT", true),
        (Rule::Qualified72, "-MT LU CY EE LV SI LT HR", false),
        (Rule::BlockingMinority, "FR IT BE GR", false),
        (Rule::BlockingMinority, "DE FR IT", false),
        (Rule::BlockingMinority, "DE FR IT MT", true),
        (Rule::Simple, smallest, true),
        (Rule::Simple, others, false),
        (Rule::Unanimity, "-MT", false),
        (Rule::Unanimity, "-", true),
    ];
    for (rule, states, expected) in cases {
        assert_eq!(reached(rule, states), expected, "{} {states}", rule.as_str());
    }
}

#[test]
fn winning_coalitions_are_as_many_as_counted() {
    let count = |rule: Rule| -> u64 {
        let chamber = chamber(rule);
        let subsets = chamber.subsets(chamber.everyone());
        (0..=27).filter_map(|size| chamber.least(size).map(|least| subsets.within(size, least..=chamber.total()))).sum()
    };
    assert_eq!(count(Rule::Qualified), 17_729_938);
    assert_eq!(count(Rule::Qualified72), 1_045_769);
    let chamber = chamber(Rule::Qualified);
    let subsets = chamber.subsets(chamber.everyone());
    let least = (65 * chamber.total()).div_ceil(100);
    let without_clause: u64 = (15..=27).map(|size| subsets.within(size, least..=chamber.total())).sum();
    assert_eq!(without_clause, 17_729_918);
    assert_eq!(subsets.within(3, 0..=2 * chamber.total()), subsets.of_size(3));
}

/// More than 35 % block, not 35 %: article 16(4) asks for 65 %.
#[test]
fn a_blocking_minority_has_more_than_35_percent() {
    let least = |favour: usize, total: usize| Rule::BlockingMinority.least_share(favour, 27, total, 4);
    assert_eq!([least(3, 10_000), least(4, 10_000), least(4, 10_001)], [None, Some(3501), Some(3501)]);
}

#[test]
fn a_state_named_twice_counts_once() {
    let [once, twice] = ["NL DE", "NL DE NL"].map(|named| {
        majority(&favour(named, "", 16, 22), Rule::Qualified, DAY, &PopulationTables::standard()).unwrap()
    });
    assert_eq!(once, twice);
}

#[test]
fn verdicts_turn_at_the_sizes_the_shares_give() {
    let cases =
        [(Rule::Qualified, 15, 24), (Rule::Qualified72, 20, 25), (Rule::Simple, 14, 14), (Rule::Unanimity, 27, 27)];
    for (rule, possible, certain) in cases {
        let verdict = |size: usize| {
            majority(&favour("NL", "", size, size), rule, DAY, &PopulationTables::standard()).unwrap().verdict
        };
        assert_eq!(verdict(possible - 1), Verdict::Impossible, "{}", rule.as_str());
        assert_eq!(verdict(certain), Verdict::Certain, "{}", rule.as_str());
        if possible < certain {
            let between = [verdict(possible), verdict(certain - 1)];
            assert_eq!(between, [Verdict::Possible; 2], "{}", rule.as_str());
        }
    }
}

/// Shares of 2025 behind a number of states that include the Netherlands, in percent.
#[test]
fn population_behind_a_number_of_states_is_bounded() {
    let cases = [
        (14, 13.58, 90.43),
        (15, 15.60, 91.86),
        (18, 22.38, 95.64),
        (20, 27.16, 97.69),
        (22, 34.01, 98.80),
        (23, 42.34, 99.22),
        (24, 53.11, 99.52),
        (25, 66.34, 99.73),
        (26, 81.51, 99.88),
    ];
    let chamber = chamber(Rule::Qualified);
    let dutch = 1 << chamber.index(&Actor::new("NL")).unwrap();
    let subsets = chamber.subsets(chamber.everyone() & !dutch);
    for (size, least, most) in cases {
        let weights: Vec<usize> =
            subsets.weights(size - 1).map(|(weight, _)| weight + chamber.weight_of(dutch)).collect();
        let percent = |weight: &usize| *weight as f64 * 100.0 / chamber.total() as f64;
        close(percent(weights.first().unwrap()), least, 0.005, &size.to_string());
        close(percent(weights.last().unwrap()), most, 0.005, &size.to_string());
    }
}

/// Every coalition of a small number of open states, one by one.
#[test]
fn counting_equals_trying_every_coalition() {
    let chamber = chamber(Rule::Qualified);
    let roster = Roster::eu(DAY).unwrap();
    let cases =
        [("AT BE BG CY CZ DK EE ES FI FR GR HR HU IE", "LU"), ("DE FR ES PL RO BE CZ SE HU AT BG DK FI SK", "IT")];
    for (named, excluded) in cases {
        for rule in Rule::ALL {
            let base = roster.mask(&codes(named));
            let open = chamber.everyone() & !base & !roster.mask(&codes(excluded));
            let side = favour(named, excluded, 15, 24);
            let found = majority(&side, rule, DAY, &PopulationTables::standard()).unwrap();
            let twin = slow_majority(rule, base, open, 15..=24);
            close(found.probability, twin[27], 1e-12, rule.as_str());
            for (at, (state, pivotal)) in found.pivotal.iter().enumerate() {
                close(*pivotal, twin[at], 1e-12, &format!("{} {state}", rule.as_str()));
            }
        }
    }
}

/// The probability that each member turns the verdict by switching, and last that it is reached.
fn slow_majority(rule: Rule, base: u64, open: u64, sizes: std::ops::RangeInclusive<u32>) -> Vec<f64> {
    let chamber = chamber(rule);
    let wins = |mask: u64| chamber.is_reached(mask.count_ones() as usize, chamber.weight_of(mask));
    let mut by_size: Vec<(f64, Vec<f64>)> = vec![(0.0, vec![0.0; 28]); 28];
    let mut subset = open;
    loop {
        let mask = base | subset;
        if sizes.contains(&mask.count_ones()) {
            let (ways, hits) = &mut by_size[mask.count_ones() as usize];
            *ways += 1.0;
            for (at, hit) in hits.iter_mut().enumerate().take(27) {
                *hit += f64::from(u8::from(wins(mask) != wins(mask ^ 1 << at)));
            }
            hits[27] += f64::from(u8::from(wins(mask)));
        }
        if subset == 0 {
            break;
        }
        subset = (subset - 1) & open;
    }
    let used: Vec<&(f64, Vec<f64>)> = by_size.iter().filter(|(ways, _)| *ways > 0.0).collect();
    (0..28).map(|at| used.iter().map(|(ways, hits)| hits[at] / ways).sum::<f64>() / used.len() as f64).collect()
}

#[test]
fn what_cannot_be_asked_is_answered_in_a_sentence() {
    let tables = PopulationTables::standard();
    let ask = |side: Favour, day: Date| majority(&side, Rule::Qualified, day, &tables).unwrap_err().to_string();
    assert_eq!(ask(favour("NL XX", "", 1, 5), DAY), "no member 'XX'");
    assert_eq!(ask(favour("GB", "", 1, 5), DAY), "no member 'GB'");
    assert_eq!(ask(favour("NL DE", "NL", 2, 5), DAY), "excluded: expected states that are not named, got NL");
    let abstains = Favour { abstaining: codes("NL"), ..favour("NL DE", "", 2, 5) };
    assert_eq!(ask(abstains, DAY), "abstaining: expected states that are neither named nor excluded, got NL");
    assert_eq!(ask(favour("NL DE", "", 5, 4), DAY), "lo and hi: expected a range that meets 2 to 27, got 5 to 4");
    assert_eq!(ask(favour("NL DE", "", 0, 1), DAY), "lo and hi: expected a range that meets 2 to 27, got 0 to 1");
    assert_eq!(ask(favour("", "FR", 27, 27), DAY), "lo and hi: expected a range that meets 0 to 26, got 27 to 27");
    let early = ask(favour("NL", "", 1, 5), date(2024, 6, 1));
    assert!(early.starts_with("date 2024-06-01: expected a day that a table of populations covers"), "{early}");
    assert!("qualifed".parse::<Rule>().unwrap_err().to_string().ends_with("(did you mean 'qualified'?)"));
    let simple = majority(&favour("NL", "", 14, 14), Rule::Simple, date(2016, 6, 1), &tables).unwrap();
    assert_eq!((simple.verdict, simple.population), (Verdict::Impossible, None));
}

/// Computed under the shares of 2025 with the clause of four members.
#[test]
fn power_of_the_member_states_is_that_of_the_shares() {
    let tables = PopulationTables::standard();
    let [banzhaf, shapley] = PowerIndex::ALL.map(|index| power(index, DAY, &tables).unwrap());
    let of = |found: &[Power], state: &str| found.iter().find(|p| p.actor.as_str() == state).unwrap().clone();
    let expected = [
        ("DE", 0.175560),
        ("FR", 0.134596),
        ("IT", 0.115625),
        ("ES", 0.093087),
        ("PL", 0.067332),
        ("RO", 0.038087),
        ("NL", 0.036485),
        ("BE", 0.026452),
        ("MT", 0.008623),
    ];
    close(shapley.iter().filter_map(|p| p.power).sum(), 1.0, 1e-12, "sum");
    for (state, expected) in expected {
        close(of(&shapley, state).power.unwrap(), expected, 5e-7, state);
    }
    let expected = [
        ("DE", 0.120377),
        ("FR", 0.101085),
        ("IT", 0.088886),
        ("ES", 0.077705),
        ("PL", 0.063436),
        ("RO", 0.039090),
        ("NL", 0.037940),
        ("MT", 0.017313),
    ];
    for (state, expected) in expected {
        close(of(&banzhaf, state).power.unwrap(), expected, 5e-7, state);
    }
    for (state, swings) in [("DE", 14_062_886), ("NL", 4_432_246), ("MT", 2_022_542)] {
        assert_eq!(of(&banzhaf, state).swings, swings, "{state}");
    }
}

/// Textbook games: the Communities of 1958, the Union of 15, the Security Council.
#[test]
fn power_in_small_games_is_the_published_one() {
    let check = |quota: usize, weights: &[usize], index: PowerIndex, expected: &[(usize, f64)]| {
        let found = weighted_power(quota, weights, index);
        for (at, share) in expected {
            close(found[*at].0.unwrap(), *share, 1e-12, &format!("{quota} {weights:?} {} {at}", index.as_str()));
        }
    };
    use PowerIndex::{Banzhaf, Shapley};
    check(6, &[4, 3, 2, 1], Banzhaf, &[(0, 5.0 / 12.0), (1, 0.25), (2, 0.25), (3, 1.0 / 12.0)]);
    let six = [4, 4, 4, 2, 2, 1];
    check(12, &six, Banzhaf, &[(0, 5.0 / 21.0), (3, 3.0 / 21.0), (5, 0.0)]);
    check(12, &six, Shapley, &[(0, 7.0 / 30.0), (3, 3.0 / 20.0), (5, 0.0)]);
    let fifteen = [10, 10, 10, 10, 8, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2];
    check(62, &fifteen, Banzhaf, &[(0, 1849.0 / 16565.0), (4, 1531.0 / 16565.0), (14, 75.0 / 3313.0)]);
    check(62, &fifteen, Shapley, &[(0, 7.0 / 60.0), (4, 860.0 / 9009.0)]);
    let security: Vec<usize> = [7; 5].into_iter().chain([1; 10]).collect();
    check(39, &security, Shapley, &[(0, 421.0 / 2145.0), (5, 4.0 / 2145.0)]);
    check(39, &security, Banzhaf, &[(0, 106.0 / 635.0), (5, 21.0 / 1270.0)]);
    assert_eq!(weighted_power(99, &[1, 2], Banzhaf), [(None, 0), (None, 0)]);
    let words = PowerIndex::ALL.map(|index| (index.as_str(), index.as_str().parse::<PowerIndex>().unwrap()));
    assert_eq!(words, [("banzhaf", Banzhaf), ("shapley", Shapley)]);
}

fn table(coded: &Coded, rule: Rule) -> Vec<MajorityRow> {
    majorities(&coded.corpus, &SizeTable::standard(), rule, &PopulationTables::standard())
}

#[test]
fn a_side_alone_has_the_verdict_of_the_direct_question() {
    let coded = Coded::on("2025-03-04").says("i", "support", "NL -HU|10..22");
    let [row] = table(&coded, Rule::Qualified).try_into().unwrap();
    let direct = majority(&favour("NL", "HU", 10, 22), Rule::Qualified, DAY, &PopulationTables::standard()).unwrap();
    assert_eq!((row.side, row.size_lo, row.size_hi), (Stance::Support, 10, 22));
    assert_eq!(row.verdict, Some(direct.verdict));
    close(row.probability.unwrap(), direct.probability, 1e-12, "stated");
    assert_eq!((row.verdict_assent, row.probability_assent), (Some(Verdict::Certain), Some(1.0)));
    // NL and the nine smallest; NL and the 21 largest but HU.
    close(row.share_lo.unwrap(), (401 + 15 + 12 + 21 + 30 + 42 + 47 + 64 + 86 + 119) as f64 / 10001.0, 1e-12, "lo");
    close(row.share_hi.unwrap(), 1.0 - (213 + 12 + 15 + 21 + 30) as f64 / 10001.0, 1e-12, "hi");
}

#[test]
fn readings_differ_in_the_silent() {
    let coded = Coded::on("2025-03-04").says("i", "support", "NL|many").says("i", "oppose", "HU PL|few");
    let [support, oppose] = table(&coded, Rule::Qualified).try_into().unwrap();
    assert_eq!(support.verdict, Some(Verdict::Possible));
    assert_eq!(support.verdict_assent, Some(Verdict::Possible));
    assert!(support.probability < support.probability_assent);
    assert_eq!((oppose.verdict, oppose.probability), (Some(Verdict::Impossible), Some(0.0)));
    let [_, block] = table(&coded, Rule::BlockingMinority).try_into().unwrap();
    assert_eq!(block.verdict, Some(Verdict::Possible));
    // Who assents passes the qualified majority exactly where the opponents do not block it, a
    // coalition of 55 % of the members being there in any case.
    close(support.probability_assent.unwrap() + block.probability.unwrap(), 1.0, 1e-12, "one or the other");
}

#[test]
fn joint_sides_are_those_of_enumeration() {
    let coded = Coded::on("2025-03-04").says("i", "support", "DE FR IT ES PL RO NL BE CZ PT SE GR -HU|15..18").says(
        "i",
        "oppose",
        "AT BG DK FI SK LT -IE|7..9",
    );
    for rule in Rule::ALL {
        for row in table(&coded, rule) {
            let [stated, assent] = slow_readings(&coded, rule, row.side);
            close(row.probability.unwrap(), stated, 1e-12, &format!("{} {:?}", rule.as_str(), row.side));
            close(row.probability_assent.unwrap(), assent, 1e-12, &format!("{} {:?}", rule.as_str(), row.side));
        }
    }
}

/// Both readings from every pair of disjoint sides, one by one.
fn slow_readings(coded: &Coded, rule: Rule, side: Stance) -> [f64; 2] {
    let chamber = chamber(rule);
    let wins = |mask: u64| chamber.is_reached(mask.count_ones() as usize, chamber.weight_of(mask));
    let tell = |own: u64, other: u64| vec![wins(own), wins(chamber.everyone() & !other)];
    slow_sides(coded, &chamber.members, side, tell).try_into().unwrap()
}

/// Hungary is open to opposition alone, Ireland to support alone; in the second the verdict hangs on them too.
#[test]
fn shares_and_turning_states_are_those_of_enumeration() {
    let sides = [
        ("AT BE BG CY CZ DE DK EE ES FI FR GR HR IT LT LV NL PL PT SI -HU|21..23", "SE -IE|2..3"),
        ("DE FR ES PL RO NL CZ PT SE GR AT FI DK -HU|15..17", "IT BE BG SK LT HR EE -IE|8..9"),
    ];
    for (support, oppose) in sides {
        let coded = Coded::on("2025-03-04").says("i", "support", support).says("i", "oppose", oppose);
        for rule in [Rule::Qualified, Rule::BlockingMinority] {
            turning(&coded, rule);
        }
    }
}

fn turning(coded: &Coded, rule: Rule) {
    let (chamber, tables) = (chamber(rule), PopulationTables::standard());
    let wins = |mask: u64| chamber.is_reached(mask.count_ones() as usize, chamber.weight_of(mask));
    let vote = Vote { rule, participants: Participants::default(), tables: &tables };
    let hangs = pivotal(&coded.corpus, &SizeTable::standard(), &vote);
    for row in table(coded, rule) {
        let range = std::cell::Cell::new((usize::MAX, 0));
        let found = slow_sides(coded, &chamber.members, row.side, |own, _| {
            let (weight, (lo, hi)) = (chamber.weight_of(own), range.get());
            range.set((lo.min(weight), hi.max(weight)));
            (0..27).map(|at| wins(own) != wins(own ^ 1 << at)).collect()
        });
        let total = chamber.weight_of(chamber.everyone()) as f64;
        close(row.share_lo.unwrap(), range.get().0 as f64 / total, 1e-12, "lo");
        close(row.share_hi.unwrap(), range.get().1 as f64 / total, 1e-12, "hi");
        for hang in hangs.iter().filter(|hang| hang.side == row.side) {
            close(hang.probability, found[chamber.index(&hang.actor).unwrap()], 1e-12, hang.actor.as_str());
        }
    }
}

#[test]
fn additions_are_empty_where_the_verdict_is_certain_and_only_there() {
    let mut random = Random(5);
    let roster = Roster::eu(DAY).unwrap();
    let mut told = [0; 2];
    for _ in 0..60 {
        let mut words = [String::new(), String::new()];
        for actor in roster.actors() {
            match random.below(12) {
                side @ 0..2 => words[side] += &format!("{actor} "),
                side @ 2..6 => words[usize::from(side > 2)] += &format!("-{actor} "),
                _ => {}
            }
        }
        let [s, o] = [15 + random.below(9), 1 + random.below(9)];
        let says = |added: &str| {
            let sides = [format!("{added} {}|{s}..{}", words[0], s + 1), format!("{}|{o}..{}", words[1], o + 1)];
            Coded::on("2025-03-04").says("i", "support", &sides[0]).says("i", "oppose", &sides[1])
        };
        let row = table(&says(""), Rule::Qualified).remove(0);
        let certain = row.verdict == Some(Verdict::Certain);
        let Some(added) = row.additions else { continue };
        assert_eq!(certain, added.is_empty(), "{words:?} {s} {o} {added:?}");
        told[usize::from(certain)] += 1;
        let join = |actors: &[&Actor]| actors.iter().map(|actor| actor.as_str()).collect::<Vec<_>>().join(" ");
        let named = says(&join(&added.iter().collect::<Vec<_>>()));
        let fits = named.cells().conflicts.is_empty() && named.cells().cells[0].support.names() <= s;
        let then = || table(&named, Rule::Qualified)[0].verdict;
        assert!(!fits || then() == Some(Verdict::Certain), "{words:?} {s} {o} {added:?}");
        // None of them can be left out.
        for spare in added.iter().filter(|_| fits) {
            let others: Vec<&Actor> = added.iter().filter(|actor| *actor != spare).collect();
            let verdict = table(&says(&join(&others)), Rule::Qualified)[0].verdict;
            assert_ne!(verdict, Some(Verdict::Certain), "{words:?} {s} {o} {added:?} without {spare:?}");
        }
    }
    assert!(told.iter().all(|told| *told > 5), "{told:?}");
}

/// What depends on the sizes, and nothing else, with what each table gives for it.
#[test]
fn only_what_depends_on_the_table_of_sizes_is_listed() {
    let coded = Coded::on("2025-03-04").says("open", "support", "NL|many").says("open", "oppose", "FR");
    let coded = coded.says("named", "support", "NL DE").says("named", "oppose", "FR");
    let sizes = |lo, hi| SizeTable::standard().with_range(Quantifier::Many, lo, hi).unwrap();
    let tables = [("standard", sizes(9, 22)), ("same", sizes(9, 22)), ("wide", sizes(14, 26))];
    let named = tables.clone().map(|(name, sizes)| (name.to_owned(), sizes));
    let populations = PopulationTables::standard();
    let ask =
        |tables: &[(String, SizeTable)]| sensitivity(&coded.corpus, tables, &populations, &Stop::default()).unwrap();
    assert_eq!(ask(&named[..2]), []);
    let rows = ask(&named);
    let rows_of = |quantity: &str| rows.iter().filter(|row| row.quantity == quantity).collect::<Vec<_>>();
    assert_eq!(rows.len() % 3, 0);
    assert!(rows.iter().zip(tables.iter().cycle()).all(|(row, (name, _))| row.table == *name));
    let whole = |verdict: Option<Verdict>, than: Verdict| verdict.map(|verdict| f64::from(u8::from(verdict == than)));
    for (at, (_, sizes)) in tables.iter().enumerate() {
        let cohesion = Completions::new(&coded.corpus, sizes).cohesion(Cohesion::Rice);
        let cohesion = cohesion.iter().find(|row| row.issue == "open").unwrap();
        let [row] = rows_of("cohesion").into_iter().skip(at).step_by(3).collect::<Vec<_>>().try_into().unwrap();
        assert_eq!(row.of, ["m", "open", ""].map(str::to_owned));
        assert_eq!((row.value, row.lower.zip(row.upper)), (cohesion.value, cohesion.bounds));
        let all = majorities(&coded.corpus, sizes, Rule::Qualified, &populations);
        let support = all.iter().find(|row| (row.issue.as_str(), row.side) == ("open", Stance::Support)).unwrap();
        let [row] = rows_of("majority").into_iter().skip(at).step_by(3).collect::<Vec<_>>().try_into().unwrap();
        assert_eq!(row.of, ["m", "open", "support"].map(str::to_owned));
        assert_eq!((row.value, row.verdict), (support.probability, support.verdict.map(Verdict::as_str)));
        assert_eq!(row.lower, whole(support.verdict, Verdict::Certain));
        assert_eq!(row.upper, whole(support.verdict, Verdict::Impossible).map(|impossible| 1.0 - impossible));
        for row in rows_of("agreement").into_iter().skip(at).step_by(3) {
            let options = AgreementOptions::default();
            let found = agreement(&coded.corpus, sizes, &options).unwrap().rows;
            let pair = |found: &&AgreementRow| row.of[..2] == [&found.actor_a, &found.actor_b].map(Actor::to_string);
            let found = found.iter().find(pair).unwrap();
            assert_eq!((row.value, row.lower, row.upper), (found.agreement, found.lower, found.upper));
        }
    }
    let settled = |row: &Sensitivity| row.of[..2].iter().all(|of| ["NL", "FR", "DE"].contains(&of.as_str()));
    assert!(rows_of("agreement").iter().all(|row| !settled(row)), "named on both issues");
    let stop = Stop::default();
    stop.set();
    assert!(sensitivity(&coded.corpus, &named, &populations, &stop).is_err());
}

#[test]
fn without_a_table_of_populations_the_reason_stands_in_place_of_a_verdict() {
    let coded = Coded::on("2024-06-04").says("i", "support", "NL|many").meeting("n", "2025-03-04", None);
    let coded = coded.says("i", "support", "NL|many");
    let rows = table(&coded, Rule::Qualified);
    assert_eq!((rows[0].verdict, rows[0].probability, rows[0].share_lo), (None, None, None));
    assert!(rows[0].reason.as_deref().unwrap().starts_with("date 2024-06-04: expected a day that a table"));
    assert_eq!((rows[1].verdict, rows[1].reason.as_deref()), (Some(Verdict::Possible), None));
    let simple = table(&coded, Rule::Simple);
    assert_eq!((simple[0].verdict, simple[0].reason.as_deref()), (Some(Verdict::Possible), None));
    close(simple[0].probability.unwrap(), 9.0 / 14.0, 1e-12, "14 to 22 of 9 to 22");
}

/// Run in release: `cargo test --release --test council -- --ignored --nocapture`.
#[test]
#[ignore = "a timing"]
#[expect(clippy::print_stdout, reason = "the timing is what it is run for")]
fn power_and_a_thousand_sides() {
    let start = std::time::Instant::now();
    let found = power(PowerIndex::Shapley, DAY, &PopulationTables::standard()).unwrap();
    println!("power of {} members {:?}", found.len(), start.elapsed());
    let mut coded = Coded::on("2025-03-04");
    for issue in 0..1000 {
        coded =
            coded.says(&format!("i{issue}"), "support", "NL DE|many").says(&format!("i{issue}"), "oppose", "-HU|few");
    }
    let start = std::time::Instant::now();
    println!("{} sides {:?}", table(&coded, Rule::Qualified).len(), start.elapsed());
}

/// Naming any fewer, whoever they are, leaves the verdict open.
#[test]
fn additions_are_the_fewest_that_make_a_verdict_certain() {
    let tables = PopulationTables::standard();
    let cases = [("NL", "", 23, 27), ("NL", "", 10, 22), ("", "DE", 24, 26), ("NL AT", "HU", 22, 23)];
    for (named, excluded, lo, hi) in cases {
        let side = favour(named, excluded, lo, hi);
        let found = majority(&side, Rule::Qualified, DAY, &tables).unwrap().additions.unwrap();
        let certain = |added: &[Actor]| {
            let names = [codes(named), added.to_vec()].concat();
            let lo = lo.max(names.len());
            let side = Favour { named: names, excluded: codes(excluded), lo, hi: hi.max(lo), ..Favour::default() };
            majority(&side, Rule::Qualified, DAY, &tables).unwrap().verdict == Verdict::Certain
        };
        assert!(certain(&found), "{named} {found:?}");
        assert!(found.is_empty() || !certain(&found[1..]), "{named} {found:?}");
        let open: Vec<Actor> =
            Roster::eu(DAY).unwrap().actors().iter().filter(|a| !side.named.contains(a)).cloned().collect();
        let open: Vec<Actor> = open.into_iter().filter(|a| !side.excluded.contains(a)).collect();
        match found.len() {
            1 => assert!(!certain(&[])),
            2 => assert!(open.iter().all(|a| !certain(std::slice::from_ref(a)))),
            _ => {}
        }
    }
    let none = majority(&favour("", "DE FR IT ES", 10, 23), Rule::Qualified, DAY, &tables).unwrap();
    assert_eq!((none.verdict, none.additions), (Verdict::Impossible, None));
    let sure = majority(&favour("", "", 24, 27), Rule::Qualified, DAY, &tables).unwrap();
    assert_eq!((sure.verdict, sure.additions), (Verdict::Certain, Some(Vec::new())));
}

#[test]
fn additions_of_a_cell_make_its_verdict_certain() {
    let says = |named: &str| {
        Coded::on("2025-03-04").says("i", "support", &format!("{named}|18..22")).says("i", "oppose", "HU -DE|2..5")
    };
    let [support, _] = table(&says("NL"), Rule::Qualified).try_into().unwrap();
    let added = support.additions.unwrap();
    let names = |n: usize| format!("NL {}", added[..n].iter().map(Actor::as_str).collect::<Vec<_>>().join(" "));
    let verdict = |n: usize| table(&says(&names(n)), Rule::Qualified)[0].verdict;
    assert!(!added.is_empty());
    assert_eq!(verdict(added.len()), Some(Verdict::Certain), "{added:?}");
    assert_eq!(verdict(added.len() - 1), Some(Verdict::Possible), "{added:?}");
    assert_eq!(support.population.as_deref(), Some("population.csv 2025-01-01"));
}

/// Treaty on the Functioning of the European Union, article 238(3) and (4).
#[test]
fn abstentions_count_as_the_treaties_say() {
    let verdict = |rule: Rule, named: usize, abstaining: &str| {
        let abstaining = codes(abstaining);
        let side = Favour { lo: named, hi: named, abstaining, ..Favour::default() };
        majority(&side, rule, DAY, &PopulationTables::standard()).unwrap().verdict
    };
    assert_eq!(verdict(Rule::Unanimity, 26, "HU"), Verdict::Certain);
    assert_eq!(verdict(Rule::Unanimity, 25, "HU"), Verdict::Impossible);
    assert_eq!(verdict(Rule::Simple, 13, "HU PL"), Verdict::Impossible);
    assert_eq!(verdict(Rule::Qualified, 24, "DE FR IT"), Verdict::Certain);
    assert_eq!(verdict(Rule::Qualified, 23, "DE FR IT MT"), Verdict::Impossible);
    assert_eq!(verdict(Rule::BlockingMinority, 1, "DE FR IT"), Verdict::Certain);
    assert_eq!(verdict(Rule::BlockingMinority, 0, "DE FR IT"), Verdict::Impossible);
}

#[test]
fn who_takes_no_part_counts_for_nothing() {
    let tables = PopulationTables::standard();
    let part = |euro_area: bool, without: &str| Participants { euro_area, without: codes(without) };
    let chamber = |participants: &Participants, rule: Rule| {
        Chamber::among(&Roster::eu(DAY).unwrap(), participants, rule, DAY, &tables).unwrap()
    };
    let euro = chamber(&part(true, ""), Rule::Qualified);
    assert_eq!(euro.size(), 20);
    // DE and FR weigh 33.66 of 77.81, more than 35 %: with one more they block, alone they do not.
    let mask = |chamber: &Chamber, states: &str| chamber.everyone() & !chamber.mask(&codes(states)).unwrap();
    let reached =
        |chamber: &Chamber, mask: u64| chamber.is_reached(mask.count_ones() as usize, chamber.weight_of(mask));
    assert!(reached(&euro, mask(&euro, "DE FR")));
    assert!(!reached(&euro, mask(&euro, "DE FR MT")));
    let side = Favour { lo: 18, hi: 18, ..Favour::default() };
    assert_eq!(majority_in(&euro, &side).unwrap().verdict, Verdict::Certain);
    assert_eq!(majority_in(&euro, &side).unwrap().pivotal.len(), 20);
    let outside = majority_in(&euro, &favour("SE", "", 1, 5)).unwrap_err().to_string();
    assert_eq!(outside, "no participating member 'SE'");
    let simple = chamber(&part(false, "DK IE"), Rule::Simple);
    assert_eq!((simple.size(), simple.is_reached(13, 0), simple.is_reached(12, 0)), (25, true, false));
    let nobody = Chamber::among(&Roster::new(codes("SE")).unwrap(), &part(true, ""), Rule::Simple, DAY, &tables);
    assert!(nobody.unwrap_err().to_string().starts_with("participants: expected"));
    let powers = power_in(&euro, PowerIndex::Shapley);
    close(powers.iter().filter_map(|p| p.power).sum(), 1.0, 1e-12, "sum");
}

/// A cell's verdict among participants is that of trying every pair of sides.
#[test]
fn sides_among_participants_are_those_of_enumeration() {
    // In the second most of those who are open to both sides take no part.
    let sides = [
        ("DE FR IT ES PL RO NL BE CZ PT SE GR -HU|15..18", "AT BG DK FI SK LT -IE|7..9"),
        ("DE FR IT ES NL BE PT GR AT FI SK LT HR CY|15..17", "EE LV SI LU MT -IE|6..8"),
    ];
    for (support, oppose) in sides {
        let coded = Coded::on("2025-03-04").says("i", "support", support).says("i", "oppose", oppose);
        among_participants(&coded);
    }
}

fn among_participants(coded: &Coded) {
    let tables = PopulationTables::standard();
    let participants = Participants { euro_area: true, without: codes("IE") };
    for rule in [Rule::Qualified, Rule::Simple, Rule::BlockingMinority] {
        let vote = Vote { rule, participants: participants.clone(), tables: &tables };
        let chamber = Chamber::among(&Roster::eu(DAY).unwrap(), &participants, rule, DAY, &tables).unwrap();
        let part = chamber.everyone();
        let hangs = pivotal(&coded.corpus, &SizeTable::standard(), &vote);
        for row in majorities_in(&coded.corpus, &SizeTable::standard(), &vote) {
            let wins = |mask: u64| {
                let mask = mask & part;
                chamber.is_reached(mask.count_ones() as usize, chamber.weight_of(mask))
            };
            let found = slow_sides(coded, &chamber.members, row.side, |own, other| {
                let turns = |at: usize| wins(own) != wins(own ^ 1 << at);
                let mut all = vec![wins(own), wins(part & !other)];
                all.extend((0..27).map(turns));
                all
            });
            close(row.probability.unwrap(), found[0], 1e-12, rule.as_str());
            close(row.probability_assent.unwrap(), found[1], 1e-12, rule.as_str());
            for hang in hangs.iter().filter(|hang| hang.side == row.side) {
                let at = chamber.index(&hang.actor).unwrap();
                close(hang.probability, found[2 + at], 1e-12, &format!("{} {}", rule.as_str(), hang.actor));
            }
        }
        assert_eq!(hangs.len(), 2 * chamber.size());
    }
}

/// The probability of each thing told of both sides, from every pair of disjoint sides.
fn slow_sides<F: Fn(u64, u64) -> Vec<bool>>(coded: &Coded, members: &[Actor], side: Stance, tell: F) -> Vec<f64> {
    let everyone = (1u64 << members.len()) - 1;
    let found = coded.cells();
    let cell = &found.cells[0];
    let settled = cell.support.named | cell.oppose.named;
    let subsets = |excluded: u64| {
        let open = everyone & !settled & !excluded;
        std::iter::successors(Some(open), move |s| (*s > 0).then(|| (s - 1) & open))
    };
    let mut by_sizes: std::collections::BTreeMap<(u32, u32), (f64, Vec<f64>)> = std::collections::BTreeMap::new();
    for support in subsets(cell.support.excluded).map(|s| s | cell.support.named) {
        if !(cell.support.lo..=cell.support.hi).contains(&(support.count_ones() as usize)) {
            continue;
        }
        for oppose in subsets(cell.oppose.excluded | support).map(|o| o | cell.oppose.named) {
            if (cell.oppose.lo..=cell.oppose.hi).contains(&(oppose.count_ones() as usize)) {
                let (own, other) = if side == Stance::Support { (support, oppose) } else { (oppose, support) };
                let told = tell(own, other);
                let entry = by_sizes.entry((support.count_ones(), oppose.count_ones())).or_default();
                entry.0 += 1.0;
                entry.1.resize(told.len(), 0.0);
                entry.1.iter_mut().zip(told).for_each(|(sum, hit)| *sum += f64::from(u8::from(hit)));
            }
        }
    }
    let width = by_sizes.values().next().map_or(0, |(_, sums)| sums.len());
    (0..width).map(|at| by_sizes.values().map(|(n, s)| s[at] / n).sum::<f64>() / by_sizes.len() as f64).collect()
}
