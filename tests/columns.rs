//! Every table of a corpus whole, as it stands in `tests/snapshots`: comma-separated, a row a line.
//!
//! `cargo test --test columns -- --ignored` writes the files anew where a table is meant to change.

mod support {
    pub mod snapshots;
    pub mod staged;
}

use arrow_array::RecordBatch;
use standpunt::Corpus;
use standpunt::arrow::texts;
use standpunt::columns::{self, Kept};
use standpunt::compare::{CompareOptions, Comparison, Vote, VoteKey, against_votes, compare, compare_codings};
use standpunt::council::{Participants, PowerIndex, Rule, Vote as Ballot, majorities, pivotal, power, sensitivity};
use standpunt::group::cells;
use standpunt::lexicon::{PopulationTables, SizeTable};
use standpunt::link::{crosswalk, instruments, match_labels, topic_crosswalk};
use standpunt::model::{Actor, Quantifier, Quote, Stance, Statement};
use standpunt::score::cohesion::Cohesion;
use standpunt::score::completions::{Completions, Draws};
use standpunt::score::raters::alpha::Metric;
use standpunt::score::{Agreement, AgreementOptions, Key, agreement, explain, influence, naming, positions};
use standpunt::span::Span;
use standpunt::stop::Stop;
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
    let spring = corpus.statements.iter().position(|s| s.meeting == "spring").unwrap();
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

/// The cells as a user's own spreadsheet has them; what is missing is empty, a list in brackets.
fn csv(batch: standpunt::Result<RecordBatch>) -> String {
    let batch = batch.unwrap();
    let schema = batch.schema();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(schema.fields().iter().map(|field| field.name())).unwrap();
    let columns: Vec<_> = batch.columns().iter().map(|column| (column, texts(column))).collect();
    for row in 0..batch.num_rows() {
        let cell = |(column, texts): &(&arrow_array::ArrayRef, Option<arrow_array::StringArray>)| match texts {
            Some(texts) => rounded(texts.iter().nth(row).flatten().unwrap_or_default()),
            None => format!("{:?}", column.slice(row, 1)).split_whitespace().collect::<Vec<_>>().join(" "),
        };
        writer.write_record(columns.iter().map(cell)).unwrap();
    }
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    text.trim_end().to_owned()
}

/// A number to nine places: the last ones are the machine's.
fn rounded(cell: &str) -> String {
    match cell.parse::<f64>() {
        Ok(number) if cell.contains('.') => ((number * 1e9).round() / 1e9).to_string(),
        _ => cell.to_owned(),
    }
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

#[test]
#[ignore = "writes tests/snapshots anew"]
fn write_tables() {
    [READ, SCORES, COUNCIL].into_iter().for_each(write);
}
