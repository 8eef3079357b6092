//! Comparing meetings: what each change is called, and what it is not.

#![allow(clippy::print_stdout)] // measurements are for reading

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use standpunt::Corpus;
use standpunt::compare::{CompareOptions, Comparison, compare};
use standpunt::lexicon::SizeTable;
use standpunt::model::{
    Actor, Holder, Institution, Intensity, Meeting, Quantifier, Quote, Roster, Stance, Statement, Who,
};

fn meeting(id: &str, year: i16) -> Meeting {
    let day = date(year, 3, 1);
    Meeting {
        id: id.to_owned(),
        body: None,
        date_start: Some(day),
        date_end: Some(day),
        place: None,
        presidency: None,
        language: None,
        reporting_state: None,
        roster: Roster::eu(day).unwrap(),
    }
}

fn statement(meeting: &str, issue: &str, holder: Holder, stance: Stance) -> Statement {
    Statement {
        id: "".into(),
        report: meeting.into(),
        meeting: meeting.into(),
        section: "topic".into(),
        topic: "topic".into(),
        issue: issue.into(),
        polarity: 1,
        proposition: issue.into(),
        holder,
        stance,
        intensity: Intensity::Normal,
        conditional: false,
        change: false,
        quote: Some(Quote::words(&format!("{meeting}: {issue}"))),
        rule: "test".into(),
        confidence: 1.0,
        weight: 1.0,
    }
}

fn states(codes: &str, quantifier: Quantifier) -> Holder {
    let named = codes.split_whitespace().map(Actor::new).collect();
    Holder::Group(Who { named, quantifier: Some(quantifier), ..Who::default() }.into())
}

fn compared(meetings: Vec<Meeting>, statements: Vec<Statement>) -> Comparison {
    let ids: Vec<String> = meetings.iter().map(|meeting| meeting.id.clone()).collect();
    let corpus = Corpus { meetings, statements, ..Corpus::default() };
    compare(&corpus, &SizeTable::standard(), &ids[..1], &ids[1..], &CompareOptions::default()).unwrap()
}

fn change(found: &Comparison, actor: &str, issue: &str) -> &'static str {
    let row = found.shifts.iter().find(|row| row.actor.as_str() == actor && row.issue == issue);
    row.map_or("no row", |row| row.change.as_str())
}

/// A stance word: `+`, `-`, `0`, `_` for silence; `!` and `~` for intensity, `?` for a condition.
fn said(meeting: &str, word: &str) -> Vec<Statement> {
    let stance = match word.chars().next() {
        Some('+') => Stance::Support,
        Some('-') => Stance::Oppose,
        Some('0') => Stance::Neutral,
        _ => return Vec::new(),
    };
    let mut statement = statement(meeting, "issue", states("FR", Quantifier::NamedOnly), stance);
    statement.conditional = word.contains('?');
    statement.intensity = match word {
        word if word.contains('!') => Intensity::Strong,
        word if word.contains('~') => Intensity::Weak,
        _ => Intensity::Normal,
    };
    vec![statement]
}

#[test]
fn each_change_has_its_word() {
    let rows = [
        ("+", "-", "moved"),
        ("-?", "+!", "moved"),
        ("+", "0", "to_neutral"),
        ("0", "-", "from_neutral"),
        ("+", "_", "fell_silent"),
        ("_", "-", "joined"),
        ("0", "_", "fell_silent"),
        ("+", "+", "unchanged"),
        ("0", "0", "unchanged"),
        ("+", "+!", "hardened"),
        ("-", "-~", "softened"),
        ("+?", "+", "hardened"),
        ("-", "-?", "softened"),
        ("+?", "+~", "softened"),
        ("_", "_", "no row"),
    ];
    for (before, after, word) in rows {
        let other = |meeting| statement(meeting, "issue", states("DE", Quantifier::NamedOnly), Stance::Support);
        let mut statements = vec![other("a"), other("b")];
        statements.extend(said("a", before));
        statements.extend(said("b", after));
        let found = compared(vec![meeting("a", 2024), meeting("b", 2025)], statements);
        assert_eq!(change(&found, "FR", "issue"), word, "{before} to {after}");
        assert_eq!(change(&found, "DE", "issue"), "unchanged");
    }
}

#[test]
fn anonymous_groups_leave_a_change_uncertain_and_issues_come_and_go() {
    let many = |meeting| statement(meeting, "open", states("NL", Quantifier::Many), Stance::Support);
    let one = |meeting, issue| statement(meeting, issue, states("FR", Quantifier::NamedOnly), Stance::Oppose);
    let statements = vec![many("a"), one("a", "old"), many("b"), one("b", "new"), one("b", "open")];
    let found = compared(vec![meeting("a", 2024), meeting("b", 2025)], statements);
    assert_eq!(change(&found, "NL", "open"), "unchanged");
    assert_eq!(change(&found, "DE", "open"), "uncertain");
    assert_eq!(change(&found, "FR", "open"), "uncertain");
    assert_eq!((change(&found, "FR", "old"), change(&found, "FR", "new")), ("dropped_issue", "new_issue"));
    assert_eq!(change(&found, "DE", "new"), "no row");
    let row = found.shifts.iter().find(|row| row.actor.as_str() == "DE").unwrap();
    assert!(row.before.unwrap() > 0.0 && row.before.unwrap() < 1.0);
    assert_eq!(row.quotes_before, ["a: open"]);
}

#[test]
fn a_state_that_joined_or_left_is_not_eligible() {
    let one = |meeting, code| statement(meeting, "issue", states(code, Quantifier::NamedOnly), Stance::Support);
    let statements = vec![one("a", "FR"), one("a", "GB"), one("b", "HR"), one("b", "FR")];
    let found = compared(vec![meeting("a", 2012), meeting("b", 2021)], statements);
    assert_eq!((change(&found, "GB", "issue"), change(&found, "HR", "issue")), ("not_eligible", "not_eligible"));
    assert_eq!(change(&found, "FR", "issue"), "unchanged");
}

#[test]
fn of_several_meetings_the_last_position_counts_and_silence_takes_nothing_back() {
    let one = |meeting, code, stance| statement(meeting, "issue", states(code, Quantifier::NamedOnly), stance);
    let meetings = vec![meeting("a", 2022), meeting("b", 2023), meeting("c", 2024), meeting("d", 2025)];
    let statements = vec![
        one("a", "FR", Stance::Support),
        one("b", "FR", Stance::Oppose),
        one("c", "DE", Stance::Support),
        one("d", "FR", Stance::Oppose),
        one("d", "DE", Stance::Support),
    ];
    let corpus = Corpus { meetings, statements, ..Corpus::default() };
    let ids = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let sizes = SizeTable::standard();
    let found = compare(&corpus, &sizes, &ids(&["a", "b", "c"]), &ids(&["d"]), &CompareOptions::default()).unwrap();
    assert_eq!((change(&found, "FR", "issue"), change(&found, "DE", "issue")), ("unchanged", "unchanged"));

    let wrong = |earlier: &[&str], later: &[&str]| {
        compare(&corpus, &sizes, &ids(earlier), &ids(later), &CompareOptions::default()).unwrap_err().to_string()
    };
    assert_eq!(wrong(&["a"], &["e"]), "no meeting 'e'");
    assert_eq!(wrong(&[], &["a"]), "earlier: expected at least one meeting, got none");
    assert_eq!(wrong(&["a"], &["a"]), "later: expected meetings that are not on the earlier side too, got 'a'");
}

#[test]
fn a_change_of_agreement_has_its_bounds_coverage_and_chance() {
    let com = || Holder::Institution(Institution::Commission);
    let mut statements = Vec::new();
    for issue in 0..8 {
        for meeting in ["a", "b"] {
            let issue = format!("issue {issue}");
            statements.push(statement(meeting, &issue, com(), Stance::Support));
            let stance = if meeting == "a" { Stance::Oppose } else { Stance::Support };
            statements.push(statement(meeting, &issue, states("FR", Quantifier::NamedOnly), stance));
            statements.push(statement(meeting, &issue, states("DE", Quantifier::NamedOnly), Stance::Support));
        }
    }
    let found = compared(vec![meeting("a", 2024), meeting("b", 2025)], statements);
    let row = |a: &str, b: &str| {
        found.agreement.iter().find(|row| row.actor_a.as_str() == a && row.actor_b.as_str() == b).unwrap()
    };
    let moved = row("COM", "FR");
    assert_eq!((moved.before, moved.after, moved.change), (Some(0.0), Some(1.0), Some(1.0)));
    assert_eq!((moved.lower, moved.upper), (Some(1.0), Some(1.0)));
    assert_eq!((moved.shared_before, moved.shared_after), (8.0, 8.0));
    // Two of 2^8 deals are as large, so about 8 of 999.
    assert!(moved.p_value.unwrap() < 0.03, "{moved:?}");
    assert_eq!((row("COM", "DE").change, row("COM", "DE").p_value), (Some(0.0), Some(1.0)));
    let silent = row("COM", "NL");
    assert_eq!((silent.before, silent.change, silent.p_value, silent.shared_before), (None, None, None, 0.0));
}

/// What names and size words alone say of an actor: `+`, `-`, `0`, `_`, or `?` where a group leaves it open.
fn naive(rows: &[&serde_json::Value], actor: &str) -> (String, bool) {
    let list = |row: &serde_json::Value, key: &str| -> Vec<String> {
        row["actors"][key].as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
    };
    let sign = |row: &serde_json::Value| match row["stance"].as_str().unwrap() {
        "support" => "+",
        "oppose" => "-",
        _ => "0",
    };
    let institution = |row: &serde_json::Value| row["actors"]["institution"].as_str().map(str::to_owned);
    let own: Vec<_> = rows
        .iter()
        .filter(|row| {
            list(row, "named_in").iter().any(|name| name == actor) || institution(row).as_deref() == Some(actor)
        })
        .collect();
    if let Some(last) = own.last() {
        return (sign(last).to_owned(), last["conditional"].as_bool().unwrap());
    }
    let state = actor.parse::<Institution>().is_err();
    let groups = rows.iter().filter(|row| institution(row).is_none() && row["actors"]["quantifier"] != "named_only");
    let open: Vec<_> = groups.filter(|row| state && !list(row, "named_out").iter().any(|name| name == actor)).collect();
    match open.iter().find(|row| row["actors"]["quantifier"] == "all") {
        Some(all) => (sign(all).to_owned(), false),
        None if open.is_empty() => ("_".to_owned(), false),
        None => ("?".to_owned(), false),
    }
}

fn naive_change(old: &(String, bool), new: &(String, bool)) -> &'static str {
    match (old.0.as_str(), new.0.as_str()) {
        ("?", _) | (_, "?") => "uncertain",
        ("_", "_") => "no row",
        (_, "_") => "fell_silent",
        ("_", _) => "joined",
        ("+", "-") | ("-", "+") => "moved",
        (_, "0") if old.0 != "0" => "to_neutral",
        ("0", _) if new.0 != "0" => "from_neutral",
        _ if old.1 && !new.1 => "hardened",
        _ if !old.1 && new.1 => "softened",
        _ => "unchanged",
    }
}

/// `STANDPUNT_GOLD=DIR cargo test --test compare coding -- --ignored --nocapture`
#[test]
#[ignore = "needs the coded reports, in the directory that STANDPUNT_GOLD names"]
fn every_shift_that_follows_from_a_coding_comes_out_and_nothing_else() {
    let dir = std::path::PathBuf::from(std::env::var("STANDPUNT_GOLD").expect("a directory"));
    let mut files: Vec<_> = std::fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.file_name().unwrap().to_string_lossy().starts_with('e'));
    files.retain(|path| path.to_string_lossy().ends_with(".gold.jsonl"));
    files.sort();
    let mut sides: Vec<Vec<serde_json::Value>> = Vec::new();
    let mut statements = Vec::new();
    for (file, id) in files.iter().zip(["a", "b"]) {
        let text = std::fs::read_to_string(file).unwrap();
        let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for row in &rows {
            let names = |key: &str| {
                row["actors"][key].as_array().unwrap().iter().map(|v| Actor::new(v.as_str().unwrap())).collect()
            };
            let holder = match row["actors"]["institution"].as_str() {
                Some(code) => Holder::Institution(code.parse().unwrap()),
                None => {
                    let quantifier = Some(row["actors"]["quantifier"].as_str().unwrap().parse().unwrap());
                    let (named, excluded) = (names("named_in"), names("named_out"));
                    Holder::Group(Who { named, excluded, quantifier, sizes: None }.into())
                }
            };
            let text = |key: &str| row[key].as_str().unwrap();
            let mut s = statement(id, text("proposition"), holder, text("stance").parse().unwrap());
            s.conditional = row["conditional"].as_bool().unwrap();
            statements.push(s);
        }
        sides.push(rows);
    }
    let found = compared(vec![meeting("a", 2025), meeting("b", 2026)], statements);
    let issue = |row: &serde_json::Value| row["proposition"].as_str().unwrap().to_owned();
    let issues: Vec<BTreeSet<String>> = sides.iter().map(|rows| rows.iter().map(issue).collect()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let roster = Roster::eu(date(2025, 3, 1)).unwrap();
    let actors: Vec<String> =
        roster.actors().iter().map(|a| a.to_string()).chain(["COM", "EP", "PRES"].map(str::to_owned)).collect();
    for issue_name in issues[0].intersection(&issues[1]) {
        for actor in &actors {
            let side = |at: usize| -> Vec<&serde_json::Value> {
                sides[at].iter().filter(|row| issue(row) == *issue_name).collect()
            };
            let (old, new) = (naive(&side(0), actor), naive(&side(1), actor));
            let expected = naive_change(&old, &new);
            let got = change(&found, actor, issue_name);
            *counts.entry(got).or_default() += 1;
            if !matches!(got, "uncertain" | "no row") {
                println!("{issue_name:55} {actor:4} {got}");
            }
            assert_eq!(got, expected, "{actor} on {issue_name}: {old:?} to {new:?}");
        }
    }
    let one_sided =
        found.shifts.iter().filter(|row| !(issues[0].contains(&row.issue) && issues[1].contains(&row.issue)));
    assert!(one_sided.clone().all(|row| matches!(row.change.as_str(), "new_issue" | "dropped_issue")));
    println!("{counts:?}");
}
