//! The model of anonymous groups against exact cases, a slow twin and laws.

#[path = "support/coded.rs"]
mod coded;
#[path = "support/random.rs"]
mod random;

use coded::{Coded, actor_order, holder, statement};
use random::Random;
use serde_json::Value;
use standpunt::group::{ConflictKind, Seat, Seating, Side, Silence};
use standpunt::lexicon::SizeTable;
use standpunt::model::{Actor, Group, Holder, Intensity, Quote, Roster, Stance, Who};
use standpunt::score::{AgreementOptions, Key, PairSums, agreement, explain, positions};

fn close(got: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((got - expected).abs() < 1e-12, "{what}: {got}, expected {expected}");
}

fn close_or_null(got: Option<f64>, expected: &Value, what: &str) {
    match got {
        Some(got) => close(got, expected, what),
        None => assert!(expected.is_null(), "{what}: null, expected {expected}"),
    }
}

fn words(value: &Value) -> Vec<Actor> {
    value.as_array().unwrap().iter().map(|word| Actor::new(word.as_str().unwrap())).collect()
}

fn side(value: &Value, roster: &Roster) -> Side {
    let size = |key: &str| value[key].as_u64().unwrap() as usize;
    Side {
        named: roster.mask(&words(&value["named"])),
        excluded: roster.mask(&words(&value["excluded"])),
        lo: size("lo"),
        hi: size("hi"),
    }
}

#[test]
fn sides_given_score_as_enumerated() {
    let cases: Value = serde_json::from_str(include_str!("cases/anonymous-groups.json")).unwrap();
    for case in cases["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let roster = Roster::new(words(&case["roster"])).unwrap();
        let issues = case["issues"].as_array().unwrap();
        let seated: Vec<(f64, Seating)> = issues
            .iter()
            .map(|issue| {
                let (support, oppose) = (side(&issue["support"], &roster), side(&issue["oppose"], &roster));
                (issue["weight"].as_f64().unwrap(), Seating::new(roster.len(), &support, &oppose, 0, 0))
            })
            .collect();
        for (issue, (_, seating)) in issues.iter().zip(&seated) {
            for (at, actor) in roster.actors().iter().enumerate() {
                let class = seating.class(at).unwrap();
                let what = format!("{name}: {actor}");
                close(seating.chance(class, Seat::Support), &issue["p_support"][actor.as_str()], &what);
                close(seating.chance(class, Seat::Oppose), &issue["p_oppose"][actor.as_str()], &what);
            }
        }
        for pair in case["pairs"].as_array().unwrap() {
            let at = |key: &str| roster.index(&Actor::new(pair[key].as_str().unwrap())).unwrap();
            let sum = |silence| {
                let mut sums = PairSums::default();
                for (weight, seating) in &seated {
                    let class = |key| seating.class(at(key)).unwrap();
                    sums.add(&seating.outcome(class("a"), class("b"), silence), *weight);
                }
                sums
            };
            let what = format!("{name}: {} {}", pair["a"], pair["b"]);
            let apart = sum(Silence::Apart);
            close_or_null(apart.agreement(), &pair["expected"], &what);
            close_or_null(apart.lower(), &pair["lower"], &what);
            close_or_null(apart.upper(), &pair["upper"], &what);
            close(apart.shared(), &pair["joint_expected"], &what);
            close(apart.shared_lower, &pair["joint_lower"], &what);
            close(apart.shared_upper, &pair["joint_upper"], &what);
            let category = sum(Silence::Category);
            close_or_null(category.agreement(), &pair["category"]["expected"], &what);
            close_or_null(category.lower(), &pair["category"]["lower"], &what);
            close_or_null(category.upper(), &pair["category"]["upper"], &what);
        }
    }
}

fn coded_case(case: &Value) -> Coded {
    let mut coded = Coded::on(case["date"].as_str().unwrap());
    for row in case["statements"].as_array().unwrap() {
        let text = |key: &str| row[key].as_str().unwrap();
        let mut said = statement(&coded.corpus, text("issue"), text("stance"), "NL");
        said.weight = row["weight"].as_f64().unwrap();
        said.holder = match row["institution"].as_str() {
            Some(institution) => holder(institution),
            None => {
                let who = Who {
                    named: words(&row["named"]),
                    excluded: words(&row["excluded"]),
                    quantifier: Some(text("quantifier").parse().unwrap()),
                    sizes: None,
                };
                Holder::Group(Group { id: row["group"].as_str().map(Into::into), ..who.into() })
            }
        };
        coded.corpus.statements.push(said);
    }
    coded
}

#[test]
fn statements_given_make_the_sides_and_scores_of_the_design() {
    let cases: Value = serde_json::from_str(include_str!("cases/statements-27.json")).unwrap();
    for case in cases["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let coded = coded_case(case);
        let found = coded.cells();
        assert_eq!(found.cells.len(), case["issues"].as_array().unwrap().len(), "{name}");
        for (cell, issue) in found.cells.iter().zip(case["issues"].as_array().unwrap()) {
            assert_eq!(cell.issue, issue["issue"].as_str().unwrap(), "{name}");
            assert_eq!(cell.support, side(&issue["support"], &cell.roster), "{name}");
            assert_eq!(cell.oppose, side(&issue["oppose"], &cell.roster), "{name}");
            assert_eq!(cell.conflict, issue["conflict"].as_bool().unwrap(), "{name}");
            for (key, seat) in [("p_support", Seat::Support), ("p_oppose", Seat::Oppose)] {
                for (state, p) in issue[key].as_object().unwrap() {
                    let class = cell.class(&Actor::new(state)).unwrap();
                    close(cell.seating.chance(class, seat), p, &format!("{name}: {key} {state}"));
                }
            }
        }
        for (key, silence) in [("pairs", Silence::Apart), ("pairs_category", Silence::Category)] {
            for pair in case[key].as_array().unwrap() {
                check_pair(&coded, pair, silence, &format!("{name}: {key} {} {}", pair["a"], pair["b"]));
            }
        }
    }
}

fn check_pair(coded: &Coded, pair: &Value, silence: Silence, what: &str) {
    let (a, b) = actor_order(pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap());
    let options = AgreementOptions { silence, actors: Some(vec![a.clone(), b.clone()]), ..AgreementOptions::default() };
    let sizes = SizeTable::standard();
    let scored = agreement(&coded.corpus, &sizes, &options).unwrap();
    let [row] = scored.rows.as_slice() else { panic!("{what}: {} rows", scored.rows.len()) };
    let defined = [("agreement", row.agreement), ("lower", row.lower), ("upper", row.upper)];
    for (column, got) in defined {
        close_or_null(got, &pair[column], &format!("{what} {column}"));
    }
    let counted = [
        ("shared", row.shared),
        ("shared_lower", row.shared_lower),
        ("shared_upper", row.shared_upper),
        ("agree", row.agree),
        ("disagree", row.disagree),
    ];
    for (column, got) in counted {
        close(got, &pair[column], &format!("{what} {column}"));
    }
    let parts = explain(&coded.corpus, &sizes, &a, &b, &options).unwrap();
    let sum: f64 = parts.iter().filter_map(|part| part.contribution).sum();
    assert!((sum - row.agreement.unwrap_or(0.0)).abs() < 1e-12, "{what}: contributions add up to {sum}");
}

fn march() -> Coded {
    Coded::on("2025-03-04")
}

/// The sizes of both sides of the first cell, and what contradicts itself.
fn sizes(coded: &Coded) -> ([usize; 2], [usize; 2], Vec<(ConflictKind, String)>) {
    let found = coded.cells();
    let cell = &found.cells[0];
    let conflicts = found.conflicts.iter().map(|c| (c.kind, c.who.clone())).collect();
    ([cell.support.lo, cell.support.hi], [cell.oppose.lo, cell.oppose.hi], conflicts)
}

#[test]
fn sides_gather_their_statements() {
    // Statements, and the sizes they make of support.
    let cases: &[(&[&str], [usize; 2])] = &[
        (&["|many"], [9, 22]),
        (&["NL|many", "NL FR"], [9, 23]),
        (&["|many#g", "|large_group#g"], [9, 20]),
        (&["|few#g", "|large_group#g"], [2, 20]),
        (&["|few#g", "|large_group#h"], [9, 25]),
        (&["|large_group#g", "NL FR|named_only#g"], [9, 20]),
        (&["NL FR|named_only#g", "NL DE|named_only#g"], [3, 3]),
        (&["|count:10#g", "|many#g"], [10, 10]),
        (&["|all", "|few"], [27, 27]),
        (&["-HU|all"], [26, 26]),
        (&["-HU|all", "HU"], [26, 27]),
        (&["-HU SK|nearly_all"], [22, 26]),
        (&["-HU -SK|nearly_all"], [22, 25]),
        (&["AT BE BG CY CZ DE|few"], [6, 6]),
        (&["NL|10..12"], [10, 12]),
        (&["NL FR|count:2"], [2, 2]),
        (&["NL|single", "FR|single"], [2, 2]),
        (&["NL", "FR DE"], [3, 3]),
        (&["NL|5..6#a", "NL DE|3..4#b", "NL"], [5, 10]),
    ];
    for (told, expected) in cases {
        let coded = told.iter().fold(march(), |coded, holder| coded.says("i", "support", holder));
        assert_eq!(sizes(&coded), (*expected, [0, 0], vec![]), "{told:?}");
    }
}

#[test]
fn names_outrank_counts_and_counts_words_where_no_sizes_fit() {
    let cases = [
        ("|all", "HU", [26, 26], [1, 1], "support"),
        ("|majority", "|majority", [13, 22], [13, 22], "support, oppose"),
        ("|count:14", "|majority", [14, 14], [13, 22], "oppose"),
        ("|nearly_all", "|10..12", [17, 26], [10, 12], "support"),
        ("|count:20", "|count:10", [18, 20], [8, 10], "support, oppose"),
        ("|all", "HU SK|few", [25, 25], [2, 5], "support"),
    ];
    for (support, oppose, lo, hi, who) in cases {
        let coded = march().says("i", "support", support).says("i", "oppose", oppose);
        let expected = (lo, hi, vec![(ConflictKind::Sizes, who.to_owned())]);
        assert_eq!(sizes(&coded), expected, "{support} against {oppose}");
        assert!(coded.cells().cells[0].conflict && coded.cells().cells[0].seating.is_feasible());
    }
}

#[test]
fn a_side_is_as_large_as_its_names_and_the_states_that_are_open() {
    // Of 27, two are named on the one side, ten on the other, and three are neutral: twelve are open, Ireland among
    // them, which is no part of the ten.
    let others = "-IE AT BE BG CY CZ DK EE ES FI FR|count:10";
    for (side, other) in [("support", "oppose"), ("oppose", "support")] {
        let coded = march().says("i", side, "NL DE|many").says("i", other, others).says("i", "neutral", "GR HR HU");
        let (support, oppose, conflicts) = sizes(&coded);
        let (mine, named) = if side == "support" { (support, oppose) } else { (oppose, support) };
        assert_eq!((mine, named, conflicts), ([9, 14], [10, 10], vec![]), "{side}");
    }
}

#[test]
fn sizes_count_the_named_and_share_the_chance() {
    let support = Side { named: 0b011, excluded: 0, lo: 2, hi: 3 };
    let oppose = Side { named: 0b100, excluded: 0, lo: 1, hi: 1 };
    assert_eq!(Seating::new(5, &support, &oppose, 0, 0).sizes(), [(2, 1, 0.5), (3, 1, 0.5)]);
}

#[test]
fn silence_is_called_by_its_names() {
    for (silence, word) in [(Silence::Apart, "apart"), (Silence::Category, "category")] {
        assert_eq!((silence.as_str(), word.parse::<Silence>().unwrap()), (word, silence));
    }
    assert!("absent".parse::<Silence>().is_err());
}

#[test]
fn sizes_that_do_not_fit_rest_on_the_groups_that_take_a_side() {
    let coded = march().says("i", "support", "|all").says("i", "oppose", "HU").says("i", "neutral", "MT");
    let coded = coded.says("i", "support", "COM").says("i", "neutral", "PRES");
    let found = coded.cells();
    let [conflict] = found.conflicts.as_slice() else { panic!("{:?}", found.conflicts) };
    assert_eq!((conflict.kind, conflict.statements.as_slice()), (ConflictKind::Sizes, &["s0".into(), "s1".into()][..]));
}

#[test]
fn a_seat_that_every_seating_gives_has_a_chance_of_exactly_one() {
    // Ten support, whatever number of the other ten oppose; sevenths do not add up to one in floating point.
    let support = Side { named: 0, excluded: 0b11_1111_1111 << 10, lo: 10, hi: 10 };
    for most in 1..=10 {
        let seating = Seating::new(20, &support, &Side { named: 0, excluded: 0, lo: 0, hi: most }, 0, 0);
        let class = seating.class(0).unwrap();
        assert_eq!(seating.chance(class, Seat::Support), 1.0, "0 to {most}");
        assert_eq!(seating.certain(class), Some(Seat::Support));
    }
}

#[test]
fn a_state_on_both_sides_is_left_out_and_listed() {
    let coded = march().says("i", "support", "NL DE|many").says("i", "oppose", "NL");
    let found = coded.cells();
    let cell = &found.cells[0];
    let dutch = Actor::new("NL");
    assert_eq!(cell.class(&dutch), None);
    // The group of 9 to 22 counts the Netherlands, which leaves it.
    assert_eq!((cell.support.lo, cell.support.hi, cell.oppose.hi), (8, 21, 0));
    let [conflict] = found.conflicts.as_slice() else { panic!("{:?}", found.conflicts) };
    assert_eq!((conflict.who.as_str(), conflict.kind.as_str()), ("NL", "both_sides"));
    assert_eq!(
        (conflict.done.as_str(), conflict.statements.as_slice()),
        ("left out of the cell", &["s0".into(), "s1".into()][..])
    );
    let row = coded.pair("NL", "DE");
    assert_eq!((row.agreement, row.shared_upper), (None, 0.0));
    let position = positions(&coded.corpus, &SizeTable::standard()).into_iter().find(|p| p.actor == dutch).unwrap();
    assert_eq!((position.p_support, position.p_oppose, position.certain), (None, None, None));
}

#[test]
fn a_later_item_or_an_expressed_change_replaces() {
    let later = march().says("i", "support", "NL").says("i", "oppose", "NL").last(|s| s.section = "AOB".into());
    assert_eq!(sizes(&later), ([0, 0], [1, 1], vec![]));
    let change = march().says("i", "oppose", "NL HU").says("i", "support", "NL").last(|s| s.change = true);
    assert_eq!(sizes(&change), ([1, 1], [1, 1], vec![]));
    let institution = march().says("i", "oppose", "COM").says("i", "support", "COM").last(|s| s.change = true);
    let held = institution.cells().cells[0].institutions.values().copied().collect::<Vec<_>>();
    assert_eq!(held, [Some(Stance::Support)]);
    let torn = march().says("i", "oppose", "COM").says("i", "support", "COM").says("i", "support", "NL");
    assert_eq!(torn.cells().conflicts[0].who, "COM");
    assert_eq!(torn.pair("NL", "COM").agreement, None);
}

#[test]
fn what_a_statement_contradicts_in_itself_is_listed() {
    let cases = [
        ("MT -MT|all", "named_and_excepted", "MT"),
        ("NL DE FR|count:2", "count_below_names", "support"),
        ("NL DE FR|1..2", "count_below_names", "support"),
        ("NO NL", "not_member", "NO"),
        ("GB", "not_member", "GB"),
    ];
    for (holder, kind, who) in cases {
        let found = march().says("i", "support", holder).cells();
        let listed: Vec<(&str, &str)> = found.conflicts.iter().map(|c| (c.kind.as_str(), c.who.as_str())).collect();
        assert_eq!(listed, [(kind, who)], "{holder}");
        assert_eq!(found.cells[0].conflict, kind != "not_member", "{holder}");
    }
    assert_eq!(march().says("i", "support", "NL DE FR|count:2").cells().cells[0].support.lo, 3);
}

#[test]
fn negated_support_is_opposition() {
    let coded = march().says("i", "support", "NL").last(|s| s.polarity = -1).says("i", "oppose", "DE");
    assert_eq!(coded.pair("NL", "DE").agreement, Some(1.0));
    assert_eq!(sizes(&coded).1, [2, 2]);
}

#[test]
fn cells_come_in_order_of_date_then_meeting_then_text() {
    let coded = Coded::default().meeting("b", "2025-06-01", None).says("z", "support", "NL").says("a", "support", "NL");
    let coded = coded.meeting("c", "2025-03-04", None).says("z", "support", "NL");
    let coded = coded.meeting("a", "2025-06-01", None).says("y", "support", "NL");
    let order: Vec<String> = coded.cells().cells.iter().map(|c| format!("{} {}", c.meeting, c.issue)).collect();
    assert_eq!(order, ["c z", "a y", "b z", "b a"]);
}

#[test]
fn a_weight_is_that_of_the_statements_or_their_mean() {
    let coded =
        march().says("i", "support", "NL").last(|s| s.weight = 0.1).says("i", "support", "DE").last(|s| s.weight = 0.1);
    // Three times a tenth is not three tenths in floating point.
    let coded = coded.says("i", "support", "AT").last(|s| s.weight = 0.1);
    assert_eq!(coded.cells().cells[0].weight, 0.1);
    let coded = coded.says("i", "support", "FR").last(|s| s.weight = 0.5);
    assert!((coded.cells().cells[0].weight - 0.2).abs() < 1e-15);
}

fn three_issues() -> Coded {
    march()
        .says("a", "support", "NL DE")
        .says("b", "support", "NL")
        .last(|s| s.topic = "u".into())
        .says("b", "oppose", "DE FR")
        .says("c", "support", "NL|many")
}

#[test]
fn keys_split_the_rows_and_keep_every_pair() {
    let by = |by: &[Key]| {
        let options = AgreementOptions { by: by.to_vec(), ..AgreementOptions::default() };
        agreement(&three_issues().corpus, &SizeTable::standard(), &options).unwrap()
    };
    let topics = by(&[Key::Topic]);
    assert_eq!(topics.rows.len(), 2 * 27 * 26 / 2);
    let mine = |r: &&standpunt::score::AgreementRow| r.actor_a.as_str() == "DE" && r.actor_b.as_str() == "NL";
    let rows: Vec<(String, Option<f64>)> =
        topics.rows.iter().filter(mine).map(|r| (r.keys[0].clone(), r.agreement)).collect();
    assert_eq!(rows, [("t".to_owned(), Some(1.0)), ("u".to_owned(), Some(0.0))]);
    assert_eq!(by(&[Key::Meeting, Key::Topic]).rows[0].keys.as_ref(), ["m", "t"]);
    assert!(topics.rows.is_sorted_by(|a, b| (&a.actor_a, &a.actor_b, &a.keys) <= (&b.actor_a, &b.actor_b, &b.keys)));
}

#[test]
fn options_change_what_they_say() {
    let sizes = SizeTable::standard();
    let pair = |options: AgreementOptions| {
        let options = AgreementOptions { actors: Some(vec![Actor::new("NL"), Actor::new("DE")]), ..options };
        agreement(&three_issues().corpus, &sizes, &options).unwrap().rows[0].clone()
    };
    let plain = pair(AgreementOptions::default());
    assert!(plain.is_identified() && (plain.shared - (2.0 + 14.5 / 26.0)).abs() < 1e-12);
    let weights = |list: &[(&str, f64)]| Some(list.iter().map(|(issue, w)| (issue.to_string(), *w)).collect());
    let heavy = pair(AgreementOptions { weights: weights(&[("a", 3.0), ("c", 0.0)]), ..AgreementOptions::default() });
    assert_eq!((heavy.agreement, heavy.shared), (Some(0.75), 2.0));
    let few = pair(AgreementOptions { min_shared: 3.0, ..AgreementOptions::default() });
    assert_eq!((few.agreement, few.lower, few.upper, few.shared), (None, None, None, plain.shared));
    let fail = |options: AgreementOptions| agreement(&three_issues().corpus, &sizes, &options).unwrap_err().to_string();
    let unknown = AgreementOptions { actors: Some(vec![Actor::new("nl")]), ..AgreementOptions::default() };
    assert_eq!(fail(unknown), "no actor 'nl' (did you mean 'NL'?)");
    let unknown = AgreementOptions { weights: weights(&[("d", 1.0)]), ..AgreementOptions::default() };
    assert_eq!(fail(unknown), "no issue 'd'");
    for bad in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(
            fail(AgreementOptions { weights: weights(&[("a", bad)]), ..AgreementOptions::default() })
                .starts_with("weights:")
        );
        assert!(fail(AgreementOptions { min_shared: bad, ..AgreementOptions::default() }).starts_with("min_shared:"));
    }
    assert_eq!(
        "topics".parse::<Key>().unwrap_err().to_string(),
        "by: 'topics' is not one of topic, meeting, instrument (did you mean 'topic'?)"
    );
}

#[test]
fn who_was_no_member_adds_nothing() {
    let coded = Coded::on("2016-06-02").says("i", "support", "GB NL").meeting("n", "2025-03-04", None);
    let coded = coded.says("j", "support", "NL|all");
    assert_eq!((coded.pair("GB", "NL").shared, coded.pair("GB", "NL").shared_upper), (1.0, 1.0));
    assert_eq!(coded.pair("DE", "NL").shared, 1.0);
    let category = AgreementOptions { silence: Silence::Category, ..AgreementOptions::default() };
    let rows = agreement(&coded.corpus, &SizeTable::standard(), &category).unwrap().rows;
    let british = rows.iter().find(|r| r.actor_a.as_str() == "GB" && r.actor_b.as_str() == "NL").unwrap();
    assert_eq!(british.shared, 1.0);
}

#[test]
fn a_pair_known_by_an_anonymous_group_alone_is_not_identified() {
    let coded = march().says("i", "support", "NL|many");
    assert!(!coded.pair("NL", "DE").is_identified());
    assert!(march().says("i", "support", "|all").pair("NL", "DE").is_identified());
}

/// With m states for and the others against, agreement is known in the mean and in no pair.
#[test]
fn mean_agreement_of_a_named_supporter_is_its_share_of_the_others() {
    for m in 2..27 {
        let against = format!("|count:{}", 27 - m);
        let coded = march().says("i", "support", &format!("NL|count:{m}")).says("i", "oppose", &against);
        let all = agreement(&coded.corpus, &SizeTable::standard(), &AgreementOptions::default()).unwrap();
        let dutch = all.rows.iter().filter(|r| r.actor_a.as_str() == "NL" || r.actor_b.as_str() == "NL");
        let scores: Vec<f64> = dutch
            .map(|r| {
                assert_eq!((r.lower, r.upper), (Some(0.0), Some(1.0)), "{m}");
                r.agreement.unwrap()
            })
            .collect();
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        assert!((mean - (m - 1) as f64 / 26.0).abs() < 1e-12, "{m}: {mean}");
    }
}

#[test]
fn contributions_show_the_quotes_and_add_up() {
    let quote = |text: &str| Some(Quote::words(text));
    let coded = three_issues().last(|s| s.quote = quote("vele lidstaten, waaronder NL"));
    let (dutch, german) = (Actor::new("NL"), Actor::new("DE"));
    let options = AgreementOptions::default();
    let rows = explain(&coded.corpus, &SizeTable::standard(), &dutch, &german, &options).unwrap();
    let issues: Vec<&str> = rows.iter().map(|r| r.issue.as_str()).collect();
    assert_eq!(issues, ["a", "b", "c"]);
    assert_eq!(
        (rows[0].stance_a, rows[0].stance_b, rows[0].certain),
        (Some(Stance::Support), Some(Stance::Support), true)
    );
    assert_eq!((rows[1].stance_b, rows[1].contribution, rows[1].p_disagree), (Some(Stance::Oppose), Some(0.0), 1.0));
    assert_eq!((rows[2].stance_a, rows[2].stance_b, rows[2].certain), (Some(Stance::Support), None, false));
    assert_eq!(
        (rows[2].quotes_a.clone(), rows[2].quotes_b.clone()),
        (rows[2].quotes_b.clone(), vec!["vele lidstaten, waaronder NL".to_owned()])
    );
    assert_eq!(rows[1].statements_b, ["s2"]);
    let sum: f64 = rows.iter().filter_map(|r| r.contribution).sum();
    assert!((sum - coded.pair("NL", "DE").agreement.unwrap()).abs() < 1e-12);
}

#[test]
fn positions_hold_what_is_said_of_whom_is_named() {
    let coded = march().says("i", "support", "NL|all").last(|s| {
        s.intensity = Intensity::Strong;
        s.conditional = true;
    });
    let coded = coded.says("j", "neutral", "DE").says("j", "oppose", "COM");
    let rows = positions(&coded.corpus, &SizeTable::standard());
    assert_eq!(rows.len(), 27 + 28);
    let of = |actor: &str, issue: &str| rows.iter().find(|r| r.actor.as_str() == actor && r.issue == issue).unwrap();
    let dutch = of("NL", "i");
    assert_eq!(
        (dutch.certain, dutch.intensity, dutch.conditional),
        (Some(Stance::Support), Some(Intensity::Strong), Some(true))
    );
    let german = of("DE", "i");
    assert_eq!((german.p_support, german.certain, german.intensity), (Some(1.0), Some(Stance::Support), None));
    assert_eq!((of("DE", "j").p_neutral, of("DE", "j").certain), (Some(1.0), Some(Stance::Neutral)));
    assert_eq!((of("FR", "j").p_neutral, of("FR", "j").certain), (Some(0.0), None));
    assert_eq!(of("COM", "j").certain, Some(Stance::Oppose));
}

/// Cells of every kind, to be scored together.
fn random_corpus(seed: u64, cells: usize) -> Coded {
    let mut random = Random(seed);
    let holders =
        ["NL|many", "|few", "-HU|most", "HU SK", "|large_group", "NL DE FR", "|single", "-NL -DE|several", "COM"];
    let mut coded = march();
    for cell in 0..cells {
        for _ in 0..1 + random.below(3) {
            let stance = ["support", "support", "oppose", "neutral"][random.below(4)];
            coded = coded.says(&format!("i{cell}"), stance, holders[random.below(holders.len())]);
            coded = coded.last(|s| s.weight = [1.0, 2.0, 0.5][cell % 3]);
        }
    }
    coded
}

#[test]
fn scores_keep_their_range_and_their_order() {
    for seed in 0..20 {
        let coded = random_corpus(seed, 12);
        for silence in [Silence::Apart, Silence::Category] {
            let options = AgreementOptions { silence, ..AgreementOptions::default() };
            for row in agreement(&coded.corpus, &SizeTable::standard(), &options).unwrap().rows {
                assert_eq!(row.agreement.is_none(), row.shared_upper == 0.0);
                assert!(row.shared_lower <= row.shared + 1e-12 && row.shared <= row.shared_upper + 1e-12);
                if let (Some(lower), Some(score), Some(upper)) = (row.lower, row.agreement, row.upper) {
                    assert!(
                        0.0 <= lower && lower <= score + 1e-12 && score <= upper + 1e-12 && upper <= 1.0,
                        "{row:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn relabelled_states_have_each_others_scores() {
    let coded = random_corpus(7, 12);
    let mut swapped = coded.corpus.clone();
    for statement in &mut swapped.statements {
        if let Holder::Group(group) = &mut statement.holder {
            let Who { named, excluded, .. } = std::sync::Arc::make_mut(&mut group.who);
            for list in [named, excluded] {
                for actor in list.iter_mut() {
                    let other = match actor.as_str() {
                        "NL" => "AT",
                        "AT" => "NL",
                        same => same,
                    };
                    *actor = Actor::new(other);
                }
                list.sort();
            }
        }
    }
    let score = |corpus, a: &str, b: &str| {
        let all = agreement(corpus, &SizeTable::standard(), &AgreementOptions::default()).unwrap();
        let (a, b) = actor_order(a, b);
        all.rows
            .into_iter()
            .find(|r| r.actor_a == a && r.actor_b == b)
            .map(|r| (r.agreement, r.lower, r.upper, r.shared))
            .unwrap()
    };
    for other in ["DE", "FR", "HU", "COM"] {
        assert_eq!(score(&coded.corpus, "NL", other), score(&swapped, "AT", other), "{other}");
    }
}

/// Run in release: `cargo test --release --test group -- --ignored --nocapture`.
#[test]
#[ignore = "a timing"]
#[expect(clippy::print_stdout, reason = "the timing is what it is run for")]
fn a_thousand_issues_and_every_pair() {
    let coded = random_corpus(1, 1000);
    let sizes = SizeTable::standard();
    for _ in 0..3 {
        let start = std::time::Instant::now();
        let cells = coded.cells().cells.len();
        let middle = std::time::Instant::now();
        let rows = agreement(&coded.corpus, &sizes, &AgreementOptions::default()).unwrap().rows.len();
        println!("{cells} cells {:?}; {rows} rows with their cells {:?}", middle - start, middle.elapsed());
    }
}
