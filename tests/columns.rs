//! Every table of a corpus whole, as it stands in `tests/snapshots`: comma-separated, a row a line.
//!
//! `cargo test --test columns -- --ignored` writes the files anew where a table is meant to change.

mod support {
    pub mod csv_text;
    pub mod snapshots;
    pub mod staged;
}

use standpunt::Corpus;
use standpunt::coded::Grid;
use standpunt::columns::{self, Kept};
use standpunt::compare::{CompareOptions, Comparison, Vote, VoteKey, against_votes, compare, compare_codings};
use standpunt::council::{Participants, PowerIndex, Rule, Vote as Ballot, majorities, pivotal, power, sensitivity};
use standpunt::group::cells;
use standpunt::lexicon::{PopulationTables, SizeTable};
use standpunt::link::{Codebook, CrosswalkRow, TopicRow, crosswalk, instruments, match_labels, topic_crosswalk};
use standpunt::model::{Actor, Quantifier, Quote, Stance, Statement};
use standpunt::score::cohesion::Cohesion;
use standpunt::score::completions::{Completions, Draws};
use standpunt::score::raters::alpha::Metric;
use standpunt::score::{Agreement, AgreementOptions, Key, agreement, explain, influence, naming, positions};
use standpunt::span::Span;
use standpunt::stop::Stop;
use support::csv_text::csv;
use support::snapshots::{Snapshots, unchanged, write};
use support::staged::staged;

const READ: Snapshots = &[
    ("meetings.csv", || csv(columns::meetings(&small()))),
    ("reports.csv", || csv(columns::reports(&small()))),
    ("statements.csv", || csv(kept(small()).statements())),
    ("statements_27.csv", || csv(kept(staged(None)).statements())),
    ("unread.csv", || csv(columns::unread(&small()))),
    ("errors.csv", || csv(columns::errors(&small()))),
    ("issues.csv", || csv(columns::issues(&crosswalk(&small())))),
    ("topics.csv", || csv(columns::topics(&topic_crosswalk(&small())))),
    ("instruments.csv", || csv(columns::instruments(&instruments(&small(), &[]).rows))),
    ("codebook.toml", || Codebook::draft(&small()).to_toml()),
    ("dna_statements.csv", || csv(columns::dna_statements(&small()))),
    ("matches.csv", || {
        let (left, right) = (["Quay Fund", "crane levies", ""], ["the quay fund", "Levy on cranes", "ropes"]);
        csv(columns::matches(&match_labels(&left, &right, 2, &Stop::default()).unwrap(), &left, &right))
    }),
];

const SCORES: Snapshots = &[
    ("agreement.csv", || csv(columns::agreement(&scores(&[])))),
    ("agreement_by.csv", || csv(columns::agreement(&scores(&[Key::Meeting, Key::Topic])))),
    ("matrix.csv", || csv(columns::matrix(&scores(&[]), |row| row.agreement))),
    ("contributions.csv", || {
        let options = AgreementOptions::default();
        csv(columns::contributions(&explain(&small(), &sizes(), &actor("DE"), &actor("NL"), &options).unwrap()))
    }),
    ("influences.csv", || {
        let (options, stop) = (AgreementOptions::default(), Stop::default());
        csv(columns::influences(&influence(&small(), &sizes(), &actor("DE"), &actor("IT"), &options, &stop).unwrap()))
    }),
    ("naming.csv", || csv(columns::naming(&naming(&small())))),
    ("positions.csv", || csv(columns::positions(&positions(&small(), &sizes())))),
    ("conflicts.csv", || csv(columns::conflicts(&cells(&small(), &sizes()).conflicts))),
    ("open_cohesion.csv", || {
        csv(columns::open_cohesion("rice", &Completions::new(&small(), &sizes()).cohesion(Cohesion::Rice)))
    }),
    ("open_alpha.csv", || {
        let open = Completions::new(&small(), &sizes()).alpha(Metric::Nominal, &draws(), &Stop::default()).unwrap();
        csv(columns::open_measure("alpha", &open))
    }),
    ("shifts.csv", || csv(columns::shifts(&compared().shifts))),
    ("changes.csv", || csv(columns::changes(&compared().agreement))),
    ("gaps.csv", || {
        let vote = |code: &str, issue: &str, vote| Vote { actor: actor(code), issue: issue.to_owned(), vote };
        let votes = [
            vote("NL", "quay fund", Some(Stance::Support)),
            vote("DE", "the quay fund", Some(Stance::Oppose)),
            vote("IT", "no levy on cranes", Some(Stance::Support)),
            vote("FR", "quay fund", None),
            vote("MT", "weather", Some(Stance::Neutral)),
        ];
        let key = VoteKey { vote: "no levy on cranes".to_owned(), issue: "crane levy".to_owned(), polarity: -1 };
        csv(columns::gaps(&against_votes(&small(), &sizes(), &votes, &[key]).unwrap()))
    }),
    ("disagreements.csv", || {
        let (a, b) = (small(), recoded());
        csv(columns::disagreements((&a, &b), &compare_codings(&a, &b).units))
    }),
    ("coefficients.csv", || csv(columns::coefficients(&compare_codings(&small(), &recoded())))),
];

const COUNCIL: Snapshots = &[
    ("majorities.csv", || {
        csv(columns::majorities(&majorities(&staged(None), &sizes(), Rule::Qualified, &PopulationTables::standard())))
    }),
    ("pivotal.csv", || {
        let tables = PopulationTables::standard();
        let vote = Ballot { rule: Rule::Qualified, participants: Participants::default(), tables: &tables };
        csv(columns::pivotal_of_sides(&pivotal(&staged(None), &sizes(), &vote)))
    }),
    ("power.csv", || {
        let day = "2025-03-04".parse().unwrap();
        csv(columns::power(&power(PowerIndex::Banzhaf, day, &PopulationTables::standard()).unwrap()))
    }),
    ("sensitivity.csv", || {
        let wide = sizes().with_range(Quantifier::Few, 1, 6).unwrap();
        let tables = [("standard".to_owned(), sizes()), ("wide".to_owned(), wide)];
        csv(columns::sensitivities(
            &sensitivity(&small(), &tables, &PopulationTables::standard(), &Stop::default()).unwrap(),
        ))
    }),
];

fn small() -> Corpus {
    staged(Some(&["DE", "FR", "IT", "MT", "NL", "PL"]))
}

/// The same coded by somebody else: one left out, one added, and others told otherwise.
fn recoded() -> Corpus {
    let mut corpus = small();
    let spring = corpus.statements.iter().position(|s| s.issue == "quay fund").unwrap();
    let left_out = corpus.statements.remove(spring + 1);
    let added = Statement {
        quote: Some(Quote::at(&corpus.reports[0].text, Span::new(0, 6))),
        holder: left_out.holder,
        ..corpus.statements[spring].clone()
    };
    corpus.statements[spring].stance = Stance::Neutral;
    corpus.statements[spring + 1].holder = added.holder.clone();
    corpus.statements[spring + 2].proposition = "another levy".into();
    corpus.statements.insert(spring, added);
    corpus
}

fn sizes() -> SizeTable {
    SizeTable::standard()
}

fn actor(code: &str) -> Actor {
    Actor::new(code)
}

fn draws() -> Draws {
    Draws { number: 40, seed: 1, level: 0.9 }
}

fn scores(by: &[Key]) -> Agreement {
    let options = AgreementOptions { by: by.to_vec(), ..AgreementOptions::default() };
    agreement(&small(), &sizes(), &options).unwrap()
}

fn compared() -> Comparison {
    let options = CompareOptions { permutations: 19, ..CompareOptions::default() };
    compare(&small(), &sizes(), &["spring".to_owned()], &["summer".to_owned()], &options).unwrap()
}

fn kept(corpus: Corpus) -> Kept {
    Kept { corpus, roster: None, sizes: sizes(), origin: Default::default(), reviews: Vec::new() }
}

#[test]
fn tables_of_what_was_read_are_as_they_were() {
    unchanged(READ, "columns");
}

#[test]
fn tables_of_scores_are_as_they_were() {
    unchanged(SCORES, "columns");
}

#[test]
fn tables_of_council_rules_are_as_they_were() {
    unchanged(COUNCIL, "columns");
}

/// What is stored comes back whole, and what it was stored with.
#[test]
fn a_stored_corpus_comes_back() {
    for corpus in [small(), staged(None), Corpus::default()] {
        let kept = Kept {
            origin: [("strict".to_owned(), "true".to_owned())].into(),
            reviews: vec!["{}".to_owned()],
            ..kept(corpus)
        };
        let stored = kept.to_json().unwrap();
        let again = Kept::from_json("stored", &stored).unwrap();
        assert!(again.to_json().unwrap() == stored);
        assert_eq!(again.corpus.unread, kept.corpus.unread);
        let provenance = kept.provenance();
        let named: Vec<&str> = provenance.keys().map(String::as_str).collect();
        assert_eq!(named, ["reviews", "sizes", "standpunt", "strict"]);
        assert_eq!((provenance["sizes"].as_str(), provenance["reviews"].as_str()), ("1", "1"));
    }
}

fn grid(text: &str) -> Grid {
    Grid::from_csv("t.csv", text.as_bytes()).unwrap()
}

/// Edited tables come back as they were read, and what does not fit is answered with its row.
#[test]
fn tables_that_a_user_edits_are_read_again() {
    let corpus = small();
    let known = crosswalk(&corpus);
    let rows = columns::read_issues(&grid(&csv(columns::issues(&known)))).unwrap();
    let core = |row: &CrosswalkRow| {
        (row.issue.clone(), row.topic.clone(), row.proposition.clone(), row.meeting.clone(), row.polarity)
    };
    assert_eq!(rows.iter().map(core).collect::<Vec<_>>(), known.iter().map(core).collect::<Vec<_>>());
    assert!(rows.iter().any(|row| row.polarity == -1));
    let topics = topic_crosswalk(&corpus);
    let rows = columns::read_topics(&grid(&csv(columns::topics(&topics)))).unwrap();
    let core = |row: &TopicRow| (row.topic.clone(), row.section.clone(), row.meeting.clone());
    assert_eq!(rows.iter().map(core).collect::<Vec<_>>(), topics.iter().map(core).collect::<Vec<_>>());
    let listed = grid("instrument,abbreviation,variants\nQuay Fund,QF,Fund of Quays; the Fund;\nLevy,,\n");
    let listed = columns::read_instruments(&listed).unwrap();
    let names: Vec<&[String]> = listed.iter().map(|one| &one.aliases[..]).collect();
    assert_eq!(names, [&["Fund of Quays".to_owned(), "the Fund".to_owned()][..], &[]]);
    assert_eq!((listed[0].abbreviation.as_deref(), listed[1].abbreviation.as_deref()), (Some("QF"), None));
    let votes = columns::read_votes(&grid("actor,issue,vote\nNL,i,yes\nDE,i,no\nFR,i,abstain\nIT,i,absent\nMT,i,\n"));
    let votes: Vec<Option<Stance>> = votes.unwrap().into_iter().map(|vote| vote.vote).collect();
    assert_eq!(votes, [Some(Stance::Support), Some(Stance::Oppose), Some(Stance::Neutral), None, None]);
    let key = columns::read_vote_key(&grid("voted_on,issue,polarity\nv,i,-1\nw,j,\n")).unwrap();
    assert_eq!(key.iter().map(|one| (one.vote.as_str(), one.polarity)).collect::<Vec<_>>(), [("v", -1), ("w", 1)]);
    let wrong = [
        columns::read_issues(&grid("issue\ni\n\"\"\n")).unwrap_err(),
        columns::read_topics(&grid("topic\n\"\"\n")).unwrap_err(),
        columns::read_vote_key(&grid("voted_on,issue,polarity\nv,i,0.5\n")).unwrap_err(),
        columns::read_votes(&grid("actor,issue,vote\nNL,i,maybe\n")).unwrap_err(),
    ];
    let places = ["row 2 ", "row 1 ", "row 1 ", "row 1 "];
    assert!(wrong.iter().zip(places).all(|(error, place)| error.to_string().contains(place)), "{wrong:?}");
}

/// What is added takes what it adds, whatever stands beside it.
#[test]
fn the_memory_of_a_corpus_grows_with_what_is_added() {
    let with = |change: &dyn Fn(&mut Corpus)| {
        let mut corpus = small();
        change(&mut corpus);
        corpus.bytes() - small().bytes()
    };
    assert_eq!(with(&|corpus| corpus.reports[0].text = format!("{}1234567", corpus.reports[0].text).into()), 7);
    assert_eq!(with(&|corpus| corpus.statements[0].proposition = "rope rules1234567".into()), 7);
    assert_eq!(with(&|corpus| corpus.unread[0].reason = "no_cue1234567".into()), 7);
    let one = with(&|corpus| corpus.statements.push(corpus.statements[0].clone()));
    assert_eq!(
        with(&|corpus| corpus.statements.extend([corpus.statements[0].clone(), corpus.statements[0].clone()])),
        2 * one
    );
    assert!(one as usize > size_of::<Statement>() + "rope rules".len() && (one as usize) < 2 * size_of::<Statement>());
    assert_eq!(
        with(&|corpus| corpus.meetings.push(corpus.meetings[0].clone())),
        size_of_val(&small().meetings[0]) as u64
    );
}

#[test]
#[ignore = "writes tests/snapshots anew"]
fn write_tables() {
    [READ, SCORES, COUNCIL].into_iter().for_each(write);
}
