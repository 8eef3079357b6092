//! A table of any bytes: read whole or refused with its place, and what was read can be given out and read again.

use std::sync::Arc;

use standpunt::Error;
use standpunt::coded::{Coded, Grid, Options, read_table};
use standpunt::columns::{read_issues, read_topics, read_vote_key, read_votes, size, statements, word_sizes};
use standpunt::lexicon::{PopulationTables, SizeTable};
use standpunt::link::Codebook;
use standpunt::score::table::long::{Columns, Declared, LongTable};
use standpunt::score::table::{Gap, Scale, Table};
use standpunt::stop::Stop;

use super::{reading, scores};

pub fn holds(data: &[u8]) {
    let Some((kind, bytes)) = data.split_first() else { return };
    let grid = match Grid::from_csv("t", bytes) {
        Ok(grid) => grid,
        Err(error) => return assert!(error.to_string().starts_with("t: "), "{error}"),
    };
    match kind % 3 {
        0 => statement_table(&grid),
        1 => positions(&grid, *kind),
        _ => others(&grid, bytes),
    }
}

fn statement_table(grid: &Grid) {
    let sizes = SizeTable::standard();
    let words = word_sizes(sizes.clone());
    let options = Options { roster: None, sizes: &words };
    let coded = match read_table(grid, &options) {
        Ok(coded) => coded,
        Err(error) => return is_placed(grid, &error),
    };
    assert_eq!(coded.corpus.statements.len() + doubles(&coded), grid.rows());
    let roster = |id: &str| coded.corpus.meeting(id).map(|meeting| meeting.roster.clone());
    let batch = statements(&coded.corpus, &|group, statement| size(group, &roster(&statement.meeting)?, &sizes));
    let batch = batch.expect("any corpus is a table");
    let again = Grid::from_batches("t", &batch.schema(), std::slice::from_ref(&batch)).expect("its own table is read");
    let again = read_table(&again, &options).expect("its own table is read").corpus;
    assert_eq!(again.statements.len(), coded.corpus.statements.len());
    for (now, before) in again.statements.iter().zip(&coded.corpus.statements) {
        assert_eq!((&now.holder, now.stance, &now.issue), (&before.holder, before.stance, &before.issue));
    }
    reading::scores_and_keeps(coded.corpus);
}

/// Rows that stood before, as the notes tell.
fn doubles(coded: &Coded) -> usize {
    let notes = coded.notes.sentences("t");
    let told = notes.iter().find_map(|note| note.strip_prefix("t: the same row stood before and is kept once ("));
    told.and_then(|count| count.split(' ').next()).map_or(0, |count| count.parse().expect("a number of rows"))
}

/// An error names a row and a column that are there, or the whole table.
fn is_placed(grid: &Grid, error: &Error) {
    match error {
        Error::Cell { row, .. } => assert!((1..=grid.rows()).contains(&row.number()), "{error}"),
        error => assert!(error.to_string().starts_with("t: "), "{error}"),
    }
}

/// The first columns as actor, issue and value, and a fourth as weight.
fn positions(grid: &Grid, kind: u8) {
    let names: Vec<String> = grid.names().map(str::to_owned).collect();
    let [actor, issue, value, rest @ ..] = &names[..] else { return };
    let named = |at: usize, on: bool| rest.get(at).filter(|_| on).cloned();
    let columns = Columns {
        actor: actor.clone(),
        issue: issue.clone(),
        value: value.clone(),
        weight: named(0, kind & 4 > 0),
        meeting: named(1, kind & 8 > 0),
        topic: named(2, kind & 16 > 0),
        ..Columns::default()
    };
    let levels = ["no", "abstain", "yes"].map(str::to_owned).to_vec();
    let scale = match kind >> 5 & 3 {
        0 => Scale::Nominal { levels: Vec::new() },
        1 => Scale::Nominal { levels },
        2 => Scale::Ordinal { levels },
        _ => Scale::Interval { low: -10.0, high: 10.0 },
    };
    let gaps = vec![Gap { value: "absent".to_owned(), eligible: kind & 128 > 0 }];
    let Ok(batch) = grid.to_batch() else { return };
    let rows = LongTable { name: "t", schema: &batch.schema(), batches: std::slice::from_ref(&batch) };
    match Table::from_long(rows, &columns, &Declared { scale, gaps }, &Stop::default()) {
        Ok(table) if table.actors().len() <= 32 => scores::of_table(&Arc::new(table)),
        Ok(_) => {}
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Every other table that a user gives in.
fn others(grid: &Grid, bytes: &[u8]) {
    let text = super::words(bytes);
    let errors = [
        read_votes(grid).err(),
        read_vote_key(grid).err(),
        read_issues(grid).err(),
        read_topics(grid).err(),
        Codebook::parse("t", &text).err(),
        PopulationTables::from_csv(&text, "t").err(),
    ];
    errors.into_iter().flatten().for_each(|error| assert!(!error.to_string().is_empty()));
}
