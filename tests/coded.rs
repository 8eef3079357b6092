//! Coded tables: what goes in, and the whole sentence that answers what does not fit.

use standpunt::coded::{Coded, Grid, Missing, Options, read_table, recode};
use standpunt::model::{Actor, Holder, Roster, Stance, Who};
use standpunt::{Corpus, Result};

fn word_sizes(group: &Who, _: &Roster) -> Vec<(usize, usize)> {
    group.quantifier.map(|q| if q.class() == "many" { (9, 22) } else { (2, 5) }).into_iter().collect()
}

fn options(roster: Option<Roster>) -> Options<'static> {
    Options { roster, sizes: &word_sizes }
}

fn read(text: &str) -> Result<Coded> {
    read_table(&Grid::from_csv("t.csv", text.as_bytes())?, &options(None))
}

fn corpus(text: &str) -> Corpus {
    read(text).unwrap().corpus
}

const HEAD: &str = "meeting,date_start,topic,issue,institution,named,excluded,quantifier,stance";

fn one(row: &str) -> Result<Coded> {
    read(&format!("{HEAD}\n{row}\n"))
}

#[test]
fn a_row_becomes_a_statement() {
    let corpus = corpus(&format!("{HEAD}\nm,2025-03-04,t,i,,NL DE,EL,many,oppose\nm,2025-03-04,t,i,COM,,,,support\n"));
    let first = &corpus.statements[0];
    let Holder::Group(group) = &first.holder else { panic!("a group") };
    assert_eq!(group.named, ["DE", "NL"].map(Actor::new));
    assert_eq!(group.excluded, [Actor::new("GR")]);
    assert_eq!((first.stance, first.proposition.as_str(), first.weight), (Stance::Oppose, "i", 1.0));
    assert_eq!(corpus.meetings[0].roster.len(), 27);
    assert_eq!(corpus.statements[1].holder.institution().map(|i| i.as_str()), Some("COM"));
}

#[test]
fn bad_cells_are_answered_with_row_and_column() {
    let cases = [
        (
            "m,2025-03-04,t,i,,NL,,,suport",
            "column 'stance': 'suport' is not one of support, oppose, neutral (did you mean 'support'?)",
        ),
        ("m,2025-03-04,t,i,,NL,,,voor", "column 'stance': 'voor' is not one of support, oppose, neutral"),
        ("m,2025-03-04,t,i,,NL,,,abstention", "column 'stance': 'abstention' is not one of support, oppose, neutral"),
        ("m,2025-03-04,t,i,,NL,,,", "column 'stance': expected support, oppose or neutral, got an empty cell"),
        (",2025-03-04,t,i,,NL,,,support", "column 'meeting': expected the id of a meeting, got an empty cell"),
        (
            "m,03/04/2025,t,i,,NL,,,support",
            "column 'date_start': expected a day as year-month-day (2025-03-04), got '03/04/2025'",
        ),
        ("m,2025-02-30,t,i,,NL,,,support", "column 'date_start': '2025-02-30' is no day of the calendar"),
        ("m,,t,i,,NL,,,support", "column 'date_start': expected the first day of the meeting, got an empty cell"),
        (
            "m,1990-01-01,t,i,,NL,,,support",
            "column 'date_start': 1990-01-01: expected a day from 1995-01-01 on, where the table of members starts",
        ),
        ("m,2025-03-04,t,,,NL,,,support", "column 'issue': expected what the stance is toward, got an empty cell"),
        (
            "m,2025-03-04,t,i,CON,,,,support",
            "column 'institution': 'CON' is not one of COM, EP, HRVP, PRES (did you mean 'COM'?)",
        ),
        (
            "m,2025-03-04,t,i,COM,NL,,,support",
            "column 'named': 'NL' beside institution COM: states take a row of their own",
        ),
        ("m,2025-03-04,t,i,COM,,,many,support", "column 'quantifier': 'many' beside institution COM"),
        (
            "m,2025-03-04,t,i,,,,,support",
            "column 'quantifier': expected an institution, named states, or a quantifier, got none of them",
        ),
        (
            "m,2025-03-04,t,i,,,,named_only,support",
            "column 'named': expected the states that named_only speaks of, got an empty cell",
        ),
    ];
    let failed: Vec<String> = cases
        .iter()
        .filter_map(|(row, expected)| {
            let got = one(row).map(|_| "no error".to_owned()).unwrap_or_else(|e| e.to_string());
            (got != format!("t.csv: row 1 (spreadsheet row 2), {expected}"))
                .then(|| format!("{row}\n  expected {expected}\n  got      {got}"))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn bad_numbers_are_answered_with_row_and_column() {
    let cases = [
        ("weight", "NaN", "expected a number from 0 on, got 'NaN'"),
        ("weight", "inf", "expected a number from 0 on, got 'inf'"),
        ("weight", "-1", "expected a number from 0 on, got '-1'"),
        ("weight", "\"0,5\"", "expected a number from 0 on, got '0,5' (a decimal comma? write 0.5)"),
        ("confidence", "2", "expected a number from 0 to 1, got '2'"),
        ("polarity", "0", "expected 1 or -1, got '0'"),
        ("conditional", "maybe", "'maybe' is not one of true, false"),
        ("intensity", "hard", "'hard' is not one of weak, normal, strong"),
        ("size_lo", "27.5", "expected a whole number, got '27.5'"),
        ("size_lo", "6", "6 is more than size_hi, 5"),
        ("start", "9", "9 is past end, 5"),
    ];
    for (column, cell, expected) in cases {
        let beside = match column {
            "size_lo" => ",size_hi",
            "start" => ",end",
            _ => "",
        };
        let text = format!(
            "{HEAD},{column}{beside}\nm,2025-03-04,t,i,,NL,,,support,{cell}{}\n",
            if beside.is_empty() { "" } else { ",5" }
        );
        let got = read(&text).unwrap_err().to_string();
        assert_eq!(got, format!("t.csv: row 1 (spreadsheet row 2), column '{column}': {expected}"));
    }
}

#[test]
fn tables_that_lack_a_column_are_told_which() {
    let got = read("meeting,issue,stence,named\nm,i,support,NL\n").unwrap_err().to_string();
    assert_eq!(
        got,
        "t.csv: missing columns stance, date_start; the table has meeting, issue, stence, named; is 'stence' meant for 'stance'?"
    );
}

#[test]
fn one_meeting_has_one_day() {
    let got = read(&format!("{HEAD}\nm,2025-03-04,t,i,,NL,,,support\nm,2025-03-05,t,i,,DE,,,support\n"));
    let expected = "t.csv: row 2 (spreadsheet row 3), column 'date_start': '2025-03-05', but row 1 (spreadsheet row 2) of the same meeting says '2025-03-04'";
    assert_eq!(got.unwrap_err().to_string(), expected);
}

#[test]
fn the_same_row_counts_once_and_is_noted() {
    let row = "m,2025-03-04,t,i,,UK,,,support";
    let coded = read(&format!("{HEAD}\n{row}\n{row}\n{row}\nm,2025-03-04,t,i,,UK,,,oppose\n")).unwrap();
    assert_eq!(coded.corpus.statements.len(), 2);
    assert_ne!(coded.corpus.statements[0].id, coded.corpus.statements[1].id);
    let notes = [
        "t.csv: column 'named': 'UK' read as GB (4 rows)",
        "t.csv: column 'named': GB was no member at meeting 'm' (4 rows)",
        "t.csv: the same row stood before and is kept once (2 rows)",
    ];
    assert_eq!(coded.notes.sentences("t.csv"), notes);
}

#[test]
fn sizes_that_go_with_the_word_leave_it_and_others_replace_it() {
    let text = format!(
        "{HEAD},size_lo,size_hi\nm,2025-03-04,t,i,,NL,,many,support,9,22.0\nm,2025-03-04,t,j,,NL,,many,support,10,12\n"
    );
    let corpus = corpus(&text);
    let group = |at: usize| corpus.statements[at].holder.group().unwrap().clone();
    assert_eq!((group(0).quantifier.map(|q| q.to_string()), group(0).sizes), (Some("many".to_owned()), None));
    assert_eq!((group(1).quantifier, group(1).sizes), (None, Some((10, 12))));
}

#[test]
fn any_names_can_be_the_roster() {
    let roster = Roster::new(["Japan", "South Korea"].map(Actor::new)).unwrap();
    let table = "meeting,issue,named,stance\nm,i,South Korea,support\n";
    let coded =
        read_table(&Grid::from_csv("t.csv", table.as_bytes()).unwrap(), &options(Some(roster.clone()))).unwrap();
    assert_eq!(coded.corpus.meetings[0].roster, roster);
    assert_eq!(coded.corpus.statements[0].holder.group().unwrap().named, [Actor::new("South Korea")]);
}

#[test]
fn corrections_never_lose_a_statement_unasked() {
    let before = corpus(&format!("{HEAD}\nm,2025-03-04,t,i,,NL,,,support\nm,2025-03-04,t,j,,NL,,,support\n"));
    let id = &before.statements[0].id;
    let table = format!("statement,{HEAD}\n{id},m,2025-03-04,t,i,,NL,,,oppose\n");
    let grid = Grid::from_csv("edited", table.as_bytes()).unwrap();
    let got = recode(&before, &grid, &options(None), Missing::Refuse).unwrap_err().to_string();
    let lost = &before.statements[1].id;
    assert_eq!(
        got,
        format!("edited: 1 of 2 statements are not in the table, the first is '{lost}'; drop=True leaves them out")
    );
    let after = recode(&before, &grid, &options(None), Missing::Drop).unwrap().corpus;
    assert_eq!((after.statements.len(), &after.statements[0].id, after.statements[0].stance), (1, id, Stance::Oppose));
}

#[test]
fn an_edited_size_word_replaces_the_sizes_beside_it() {
    let before = corpus(&format!("{HEAD}\nm,2025-03-04,t,i,,NL,,few,support\n"));
    let id = &before.statements[0].id;
    let sized = |word: &str, lo: u8, hi: u8| {
        let table = format!("statement,size_lo,size_hi,{HEAD}\n{id},{lo},{hi},m,2025-03-04,t,i,,NL,,{word},support\n");
        let grid = Grid::from_csv("edited", table.as_bytes()).unwrap();
        let after = recode(&before, &grid, &options(None), Missing::Refuse).unwrap().corpus;
        let group = after.statements[0].holder.group().unwrap().clone();
        (group.quantifier.map(|q| q.to_string()), group.sizes)
    };
    assert_eq!(sized("several", 2, 5), (Some("several".to_owned()), None));
    assert_eq!(sized("few", 2, 5), (Some("few".to_owned()), None));
    assert_eq!(sized("few", 3, 4), (None, Some((3, 4))));
}
