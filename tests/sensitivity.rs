//! What depends on the table of sizes: quantities that some tables have and others lack.

#[path = "support/coded.rs"]
mod coded;

use coded::Coded;
use standpunt::council::{Sensitivity, sensitivity};
use standpunt::lexicon::{PopulationTables, SizeTable};
use standpunt::model::{Actor, Quantifier, Roster};
use standpunt::stop::Stop;

fn listed(coded: &Coded, word: Quantifier, ranges: [(usize, usize); 2]) -> Vec<Sensitivity> {
    let table = |(lo, hi)| (format!("{lo}-{hi}"), SizeTable::standard().with_range(word, lo, hi).unwrap());
    sensitivity(&coded.corpus, &ranges.map(table), &PopulationTables::standard(), &Stop::default()).unwrap()
}

/// A group that is told of once as nobody and once as "a few": nobody where a few may be none.
#[test]
fn a_side_that_one_table_leaves_without_members_has_the_rows_of_the_other() {
    let coded = Coded::on("2025-03-04").says("i", "support", "NL DE").says("i", "oppose", "|0..0#g");
    let coded = coded.says("i", "oppose", "|few#g");
    for ranges in [[(2, 5), (0, 5)], [(0, 5), (2, 5)]] {
        let rows = listed(&coded, Quantifier::Few, ranges);
        let sides = rows.iter().filter(|row| row.quantity == "majority" && row.of[2] == "oppose");
        assert_eq!(sides.map(|row| row.table.as_str()).collect::<Vec<_>>(), ["2-5"], "{ranges:?}");
    }
}

/// "Many, including NL" of three members: with a range of one NL alone takes a side, and nobody can agree with it.
#[test]
fn a_score_that_is_undefined_under_one_table_only_is_listed() {
    let roster = Roster::new(["NL", "DE", "FR"].map(Actor::new)).unwrap();
    let coded = Coded::default().meeting("m", "2025-03-04", Some(roster)).says("i", "support", "NL|many");
    for ranges in [[(1, 1), (1, 2)], [(1, 2), (1, 1)]] {
        let rows = listed(&coded, Quantifier::Many, ranges);
        let pair =
            rows.iter().filter(|row| row.quantity == "agreement" && row.of[..2] == ["FR", "NL"].map(str::to_owned));
        let values: Vec<(&str, Option<f64>)> = pair.map(|row| (row.table.as_str(), row.value)).collect();
        let value = |(lo, hi): (usize, usize)| if hi == 1 { ("1-1", None) } else { (["1-2"][lo - 1], Some(1.0)) };
        assert_eq!(values, ranges.map(value));
    }
}

#[test]
fn a_range_may_reach_from_none_to_all_of_the_roster() {
    let range = |lo, hi| {
        SizeTable::standard().with_range(Quantifier::Many, lo, hi).map(|sizes| sizes.range(Quantifier::Many, 27, 0))
    };
    assert_eq!(
        [range(0, 27), range(27, 27), range(0, 1)].map(Result::ok),
        [Some((0, 27)), Some((27, 27)), Some((0, 1))]
    );
    assert!([range(0, 28), range(0, 0), range(3, 2)].iter().all(Result::is_err));
}

#[test]
fn a_table_of_sizes_is_of_at_most_64_members() {
    let words = Quantifier::WORDS.into_iter().filter(|word| !matches!(word, Quantifier::All | Quantifier::NamedOnly));
    let sizes: String = words.map(|word| format!("{word} = [1, 1]\n")).collect();
    let of = |members: usize| {
        let table = SizeTable::from_toml(&format!("version = \"x\"\nmembers = {members}\n[sizes]\n{sizes}"), "t.toml");
        table.map(|table| table.members()).map_err(|error| error.to_string())
    };
    assert_eq!((of(1), of(64)), (Ok(1), Ok(64)));
    for members in [0, 65, 1_000] {
        assert_eq!(of(members), Err(format!("t.toml: line 2: members is {members}, expected 1 to 64")));
    }
}
