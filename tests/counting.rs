//! Whom reports name, what single statements do, and sentences that count once.

#[path = "support/coded.rs"]
mod coded;

use coded::Coded;
use standpunt::lexicon::SizeTable;
use standpunt::link::KnownInstrument;
use standpunt::model::{Actor, Corpus, Quote, Report};
use standpunt::score::{AgreementOptions, Key, Names, agreement, explain, influence, leading, naming};
use standpunt::span::Span;
use standpunt::stop::Stop;

fn scored(corpus: &Corpus, a: &str, b: &str, options: &AgreementOptions) -> Option<f64> {
    let (a, b) = coded::actor_order(a, b);
    let found = agreement(corpus, &SizeTable::standard(), options).unwrap();
    found.rows.into_iter().find(|row| row.actor_a == a && row.actor_b == b).unwrap().agreement
}

/// A report of the Dutch government, in which it names itself.
fn reported() -> Coded {
    let mut coded = Coded::on("2025-03-04")
        .says("i", "support", "NL|many")
        .says("j", "oppose", "NL|named_only")
        .says("j", "oppose", "DE|named_only")
        .says("k", "support", "NL DE|named_only")
        .says("k", "oppose", "COM");
    coded.corpus.meetings[0].reporting_state = Some(Actor::new("NL"));
    coded
}

#[test]
fn shares_of_naming_leave_the_reporter_out() {
    let coded = reported();
    let rows = naming(&coded.corpus);
    let of = |state: &str| rows.iter().find(|row| row.actor.as_str() == state).unwrap();
    assert_eq!((of("NL").named, of("NL").statements, of("NL").reported), (3, 4, 1));
    assert_eq!((of("NL").share(), of("NL").share_by_others()), (Some(0.75), None));
    // "The Netherlands opposed j" is nobody's statement once the reporter is taken out.
    assert_eq!((of("DE").named_by_others, of("DE").statements_of_others), (2, 3));
    assert_eq!(of("FR").share_by_others(), Some(0.0));
    assert_eq!(rows.len(), 27);
}

#[test]
fn names_can_count_as_members_of_groups_only_or_not_for_the_reporter() {
    let coded = reported();
    let with = |names: Names| AgreementOptions { names, ..AgreementOptions::default() };
    assert_eq!(scored(&coded.corpus, "NL", "COM", &with(Names::All)), Some(0.0));
    assert_eq!(scored(&coded.corpus, "NL", "COM", &with(Names::Groups)), None);
    // Only the group on i is left of what NL is told to hold, and it may or may not be in it.
    let rows =
        explain(&coded.corpus, &SizeTable::standard(), &Actor::new("DE"), &Actor::new("NL"), &with(Names::Groups));
    assert_eq!(rows.unwrap().iter().map(|row| row.issue.as_str()).collect::<Vec<_>>(), ["i"]);
    let anonymous = with(Names::WithoutReporter);
    assert_eq!(scored(&coded.corpus, "NL", "DE", &anonymous), Some(1.0));
    let found = agreement(&coded.corpus, &SizeTable::standard(), &anonymous).unwrap();
    let pair = found.rows.iter().find(|r| r.actor_a.as_str() == "DE" && r.actor_b.as_str() == "NL").unwrap();
    assert_eq!(pair.shared_lower, 0.0);
    assert!("reporter".parse::<Names>().is_err());
    assert!(Names::ALL.iter().all(|names| names.as_str().parse() == Ok(*names)));
}

#[test]
fn a_sentence_with_three_issues_counts_once() {
    let quote = |text: &str| Some(Quote::words(text));
    let mut coded = Coded::on("2025-03-04");
    for issue in ["a", "b", "c"] {
        coded = coded.says(issue, "support", "NL DE|named_only").last(|s| s.quote = quote("three at once"));
    }
    coded = coded.says("d", "support", "NL|named_only").last(|s| s.quote = quote("one"));
    coded = coded.says("d", "oppose", "DE|named_only").last(|s| s.quote = quote("another"));
    let options = AgreementOptions::default();
    assert_eq!(scored(&coded.corpus, "NL", "DE", &options), Some(0.75));
    let once = AgreementOptions { by_sentence: true, ..options };
    let found = scored(&coded.corpus, "NL", "DE", &once).unwrap();
    assert!((found - 0.5).abs() < 1e-12, "{found}");
}

#[test]
fn influence_is_the_score_less_that_of_the_corpus_without_the_statement() {
    let coded = Coded::on("2025-03-04")
        .says("i", "support", "NL DE|many")
        .says("i", "oppose", "HU|few")
        .says("j", "support", "NL|named_only")
        .says("j", "oppose", "DE|named_only")
        .says("k", "support", "FR|several")
        .says("k", "oppose", "NL|named_only");
    let (a, b) = (Actor::new("DE"), Actor::new("NL"));
    let options = AgreementOptions::default();
    let sizes = SizeTable::standard();
    let rows = influence(&coded.corpus, &sizes, &a, &b, &options, &Stop::default()).unwrap();
    for row in &rows {
        let statements =
            coded.corpus.statements.iter().filter(|s| s.id.to_string() != row.statement).cloned().collect();
        let rest = Corpus { statements, ..coded.corpus.clone() };
        let without = scored(&rest, "DE", "NL", &options);
        assert_eq!(row.with, scored(&coded.corpus, "DE", "NL", &options));
        assert!((row.without.unwrap() - without.unwrap()).abs() < 1e-12, "{row:?}");
        assert!((row.influence.unwrap() - (row.with.unwrap() - without.unwrap())).abs() < 1e-12);
    }
    assert!(rows.len() >= 5, "{rows:?}");
    assert!(rows.windows(2).all(|two| two[0].influence.unwrap().abs() >= two[1].influence.unwrap().abs()));
    assert!(influence(&coded.corpus, &sizes, &a, &Actor::new("XX"), &options, &Stop::default()).is_err());
}

#[test]
fn contributions_add_up_to_the_score_of_each_key_and_a_list_of_instruments_comes_first() {
    let about = |coded: Coded, words: &str| coded.last(|s| s.proposition = words.into());
    let mut coded = Coded::on("2025-03-04").says("i", "support", "NL DE|named_only");
    coded = about(coded, "Blueprint Cyber").says("j", "support", "NL|named_only");
    coded = about(coded, "oefeningen van Blueprint Cyber").says("j", "oppose", "DE|named_only");
    coded = about(coded, "oefeningen van Blueprint Cyber").says("k", "support", "NL DE|named_only");
    coded = about(coded, "steun voor de blauwdruk");
    let list = KnownInstrument {
        name: "Cyberblauwdruk".to_owned(),
        abbreviation: None,
        aliases: vec!["Blueprint Cyber".to_owned(), "blauwdruk".to_owned()],
    };
    let options =
        AgreementOptions { by: vec![Key::Instrument], instruments: vec![list], ..AgreementOptions::default() };
    let (a, b) = (Actor::new("DE"), Actor::new("NL"));
    let rows = explain(&coded.corpus, &SizeTable::standard(), &a, &b, &options).unwrap();
    assert!(rows.iter().all(|row| row.instrument.as_deref() == Some("Cyberblauwdruk")), "{rows:?}");
    assert_eq!(rows.len(), 3);
    let sum: f64 = rows.iter().filter_map(|row| row.contribution).sum();
    assert_eq!(Some(sum), scored(&coded.corpus, "NL", "DE", &options));
    assert_eq!(Some(sum), Some(2.0 / 3.0));
}

#[test]
fn reports_of_one_meeting_by_two_reporters_merge_and_their_contradictions_are_listed() {
    let report = |name: &str, reporter: &str, id: &str, stance: &str| {
        let mut coded = Coded::default().meeting(id, "2025-03-04", None);
        coded.corpus.meetings[0].reporting_state = Some(Actor::new(reporter));
        let mut coded = coded.says("i", stance, "NL|named_only").says("i", "support", "DE|named_only");
        for (at, statement) in coded.corpus.statements.iter_mut().enumerate() {
            (statement.report, statement.id) = (name.into(), format!("{name}{at}").as_str().into());
            statement.section = name.into();
        }
        coded.corpus
    };
    let (dutch, german) = (report("a", "NL", "m", "support"), report("b", "DE", "n", "oppose"));
    let same = std::collections::BTreeMap::from([("n".to_owned(), "m".to_owned())]);
    let options = standpunt::link::LinkOptions::default();
    let both = standpunt::reports::merge(&dutch, &german, &same, &options, &Stop::default()).unwrap();
    assert_eq!((both.meetings.len(), both.statements.len()), (1, 4));
    assert_eq!(both.meetings[0].reporting_state, None);
    let found = standpunt::group::cells(&both, &SizeTable::standard());
    let told: Vec<(&str, &str)> = found.conflicts.iter().map(|c| (c.who.as_str(), c.kind.as_str())).collect();
    assert_eq!(told, [("NL", "both_sides")]);
    assert_eq!(found.conflicts[0].statements, ["a0", "b0"]);
    let missing = std::collections::BTreeMap::from([("x".to_owned(), "m".to_owned())]);
    assert!(standpunt::reports::merge(&dutch, &german, &missing, &options, &Stop::default()).is_err());
    let apart = standpunt::reports::merge(&dutch, &german, &Default::default(), &options, &Stop::default()).unwrap();
    assert_eq!(apart.meetings.len(), 2);
}

/// A count or a range has unnamed members where it is above the names.
#[test]
fn only_groups_with_unnamed_members_are_left_where_names_do_not_count() {
    let options = AgreementOptions { names: Names::Groups, ..AgreementOptions::default() };
    for (holder, stays) in [
        ("NL|2..3", true),
        ("NL DE|2..3", true),
        ("NL DE|1..2", false),
        ("NL DE FR|1..2", false),
        ("NL|count:2", true),
        ("NL DE|count:2", false),
        ("NL|few", true),
        ("NL DE", false),
    ] {
        let coded = Coded::on("2025-03-04").says("i", "support", holder).says("i", "oppose", "COM");
        assert_eq!(scored(&coded.corpus, "NL", "COM", &options).is_some(), stays, "{holder}");
    }
}

/// Quotes of one report belong together where they overlap and where no sentence ends between them.
#[test]
fn what_one_sentence_says_of_several_issues_is_found_by_its_quotes() {
    let text = arcstr::ArcStr::from("Nederland steunde A, B en C. Nederland steunde D.");
    let place = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let score = |[first, second]: [&str; 2], reports: [&str; 2]| {
        let mut coded = Coded::on("2025-03-04");
        for (issue, words, report) in [("a", first, reports[0]), ("b", second, reports[1])] {
            coded = coded.says(issue, "support", "NL DE").last(|s| {
                (s.quote, s.report) = (Some(Quote::at(&text, place(words))), report.into());
            });
        }
        coded = coded.says("d", "support", "NL").says("d", "oppose", "DE");
        let report = |name: &str| Report {
            name: name.to_owned(),
            text: text.clone(),
            meetings: Vec::new(),
            warnings: Vec::new(),
        };
        coded.corpus.reports = ["r", "q"].map(report).to_vec();
        scored(&coded.corpus, "NL", "DE", &AgreementOptions { by_sentence: true, ..AgreementOptions::default() })
            .unwrap()
    };
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    near(score(["Nederland steunde A", "B en C"], ["r", "r"]), 0.5);
    near(score(["Nederland steunde A, B", "steunde A"], ["r", "r"]), 0.5);
    near(score(["Nederland steunde A", "Nederland steunde D"], ["r", "r"]), 2.0 / 3.0);
    near(score(["Nederland steunde A", "B en C"], ["r", "q"]), 2.0 / 3.0);
    near(score(["B en C.", " Nederland steunde D"], ["r", "r"]), 2.0 / 3.0);
}

/// What an issue adds, the heaviest first, and the words it rests on: those that name an actor, else those of a group
/// it may be in.
#[test]
fn the_heaviest_issues_of_a_pair_lead_with_their_quotes() {
    let quoted = |coded: Coded, words: &str| coded.last(|s| s.quote = Some(Quote::words(words)));
    let mut coded = quoted(Coded::on("2025-03-04").says("named", "support", "NL DE"), "both");
    coded = quoted(coded.says("split", "support", "NL"), "one").last(|s| s.weight = 3.0);
    coded = quoted(coded.says("split", "oppose", "DE"), "other").last(|s| s.weight = 3.0);
    coded = quoted(coded.says("open", "support", "NL -AT|many"), "many").says("open", "oppose", "HU|few");
    coded = quoted(coded, "one against").says("open", "neutral", "COM");
    let actors = ["NL", "DE", "AT"].map(Actor::new);
    let options = AgreementOptions { by: vec![Key::Topic, Key::Instrument], ..AgreementOptions::default() };
    let ask = |most| leading(&coded.corpus, &SizeTable::standard(), &actors, most, &options).unwrap();
    let found = ask(9);
    assert!(found.len() == 3 && found.keys().all(|(a, b)| a != b));
    let pair = |a: &str, b: &str| found[&(Actor::new(a), Actor::new(b))].iter().collect::<Vec<_>>();
    let [split, named, open] = pair("NL", "DE").try_into().unwrap();
    assert_eq!([split, named, open].map(|issue| issue.issue.as_str()), ["split", "named", "open"]);
    assert_eq!(
        [split, named, open].map(|issue| issue.quotes.each_ref().map(String::as_str)),
        [["one", "other"], ["both", "both"], ["many", "many"],]
    );
    let score = scored(&coded.corpus, "NL", "DE", &AgreementOptions::default()).unwrap();
    assert!((split.adds + named.adds + open.adds - score).abs() < 1e-12 && split.adds == 0.0);
    let rows =
        explain(&coded.corpus, &SizeTable::standard(), &Actor::new("NL"), &Actor::new("DE"), &Default::default());
    for row in rows.unwrap() {
        let adds = pair("NL", "DE").iter().find(|issue| issue.issue == row.issue).unwrap().adds;
        assert!((adds - row.contribution.unwrap()).abs() < 1e-12);
    }
    // Austria is excepted from those in favour and may be against: it rests on the words against.
    assert_eq!(pair("NL", "AT").iter().map(|issue| issue.quotes[1].as_str()).collect::<Vec<_>>(), ["one against"]);
    assert_eq!(ask(1)[&(Actor::new("NL"), Actor::new("DE"))].len(), 1);
}

/// Where no statement names an actor: not those of institutions, and no group of a side that any word excepts it from.
#[test]
fn a_stance_rests_on_the_groups_that_an_actor_may_be_in() {
    let coded = Coded::on("2025-03-04").says("i", "support", "NL -AT|many").says("i", "support", "FR|few");
    let coded = coded.says("i", "support", "COM").says("i", "oppose", "HU|few");
    let of = |actor: &str| {
        let (a, b) = (Actor::new(actor), Actor::new("NL"));
        let rows = explain(&coded.corpus, &SizeTable::standard(), &a, &b, &AgreementOptions::default()).unwrap();
        rows[0].statements_a.clone()
    };
    assert_eq!(of("DE"), ["s0", "s1", "s3"]);
    assert_eq!(of("AT"), ["s3"]);
}

/// In doubles 0.1 + 0.1 + (0.1 + 0.6) is not 0.1 + (0.1 + 0.1) + 0.6.
#[test]
fn sums_are_taken_by_meeting_and_then_over_meetings() {
    let weighed = |coded: Coded, weight| coded.last(|s| s.weight = weight);
    let mut coded = weighed(Coded::on("2025-03-04").says("a", "support", "NL DE"), 0.1);
    coded = weighed(coded.says("b", "support", "NL DE"), 0.1).meeting("n", "2025-04-04", None);
    coded = weighed(coded.says("a", "support", "NL DE"), 0.1);
    coded = weighed(coded.says("b", "support", "NL DE"), 0.6).meeting("o", "2025-05-04", None);
    coded = coded.says("a", "support", "NL").says("a", "oppose", "DE");
    let agree = (0.1 + 0.1) + (0.1 + 0.6);
    let expected = Some(agree / (agree + 1.0));
    let options = AgreementOptions::default();
    assert_eq!(scored(&coded.corpus, "NL", "DE", &options), expected);
    let (sizes, stop) = (SizeTable::standard(), Stop::default());
    let rows = influence(&coded.corpus, &sizes, &Actor::new("NL"), &Actor::new("DE"), &options, &stop).unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.with == expected));
}
