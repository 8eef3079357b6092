//! What was said against what was voted.

#[path = "support/coded.rs"]
mod coded;

use coded::Coded;
use standpunt::compare::{Vote, VoteKey, against_votes};
use standpunt::lexicon::SizeTable;
use standpunt::link::LIKE;
use standpunt::model::{Actor, Stance};

#[test]
fn votes_meet_what_was_said_by_key_and_by_crosswalk() {
    let coded = Coded::on("2024-03-04").says("phase-out by 2035", "oppose", "NL|named_only");
    let coded = coded.says("phase-out by 2035", "support", "DE|named_only").meeting("n", "2025-03-04", None);
    let coded = coded.says("phase-out by 2035", "support", "NL|named_only").says("levy", "oppose", "NL FR|named_only");
    let cast = |actor: &str, issue: &str, vote: Option<Stance>| Vote {
        actor: Actor::new(actor),
        issue: issue.to_owned(),
        vote,
    };
    let votes = [
        cast("NL", "Phase-out by 2035", Some(Stance::Support)),
        cast("DE", "Phase-out by 2035", Some(Stance::Oppose)),
        cast("PL", "Phase-out by 2035", Some(Stance::Neutral)),
        cast("FR", "rejection 7", Some(Stance::Support)),
        cast("NL", "rejection 7", None),
        cast("NL", "budget", Some(Stance::Support)),
    ];
    let key = |issue: &str| [VoteKey { vote: "rejection 7".to_owned(), issue: issue.to_owned(), polarity: -1 }];
    let sizes = SizeTable::standard();
    let rows = against_votes(&coded.corpus, &sizes, &votes, &key("levy")).unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.said, row.voted, row.gap)).collect();
    // The Netherlands' later word counts; Poland said nothing; a vote for the rejection is one against the levy.
    assert_eq!(told[0], (Some(1.0), Some(1.0), Some(0.0)));
    assert_eq!(told[1], (Some(1.0), Some(-1.0), Some(-2.0)));
    assert_eq!(told[2], (None, Some(0.0), None));
    assert_eq!(told[3], (Some(-1.0), Some(-1.0), Some(0.0)));
    assert_eq!(told[4], (Some(-1.0), None, None));
    assert_eq!((rows[5].issue.as_deref(), rows[5].said), (None, None));
    assert_eq!((rows[0].stance, rows[2].stance), (Some(Stance::Support), None));
    let error = against_votes(&coded.corpus, &sizes, &votes, &key("levi")).unwrap_err().to_string();
    assert_eq!(error, "no issue 'levi' (did you mean 'levy'?)");
    let twice = [key("levy"), key("levy")].concat();
    assert!(against_votes(&coded.corpus, &sizes, &votes, &twice).is_err());
}

#[test]
fn a_vote_without_a_key_meets_the_issue_in_other_words_and_on_its_side() {
    let coded = Coded::on("2024-03-04").says("exemption for aviation fuel", "support", "NL|named_only");
    let coded = coded.says("reporting duty by 2030", "support", "NL|named_only");
    let coded = coded.says("deposit scheme for bottles", "oppose", "NL|named_only");
    let titles = [
        ("Aviation fuel exemptions", Some(("exemption for aviation fuel", 1.0))),
        ("Abolition of the exemption for aviation fuel", Some(("exemption for aviation fuel", -1.0))),
        ("reporting duties by 2034", None),
        ("Reporting duties by 2030", Some(("reporting duty by 2030", 1.0))),
        ("Deletion of the deposit scheme for bottles", Some(("deposit scheme for bottles", -1.0))),
        ("Budget", None),
    ];
    let votes =
        titles.map(|(title, _)| Vote { actor: Actor::new("NL"), issue: title.to_owned(), vote: Some(Stance::Support) });
    let rows = against_votes(&coded.corpus, &SizeTable::standard(), &votes, &[]).unwrap();
    for (row, (title, expected)) in rows.iter().zip(titles) {
        let (issue, voted) = expected.unzip();
        assert_eq!((row.issue.as_deref(), row.voted.filter(|_| issue.is_some())), (issue, voted), "{title}");
        assert!(row.similarity.is_none_or(|similarity| similarity >= LIKE), "{title}");
    }
    // Opposed in words, and in favour of deleting it: said and voted are the same.
    assert_eq!(rows[4].gap, Some(0.0));
}
