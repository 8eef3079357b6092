//! Parts of a corpus, and parts put together again.

#[path = "support/staged.rs"]
mod staged;

use staged::staged;
use standpunt::Corpus;
use standpunt::model::Filter;

fn corpus() -> Corpus {
    let mut corpus = staged(Some(&["DE", "FR", "IT", "MT", "NL", "PL"]));
    for (at, statement) in corpus.statements.iter_mut().enumerate() {
        statement.confidence = at as f64 / 20.0;
    }
    corpus.unread[1].section = "3. Other".into();
    corpus
}

fn filter(meetings: &[&str], topics: &[&str], min_confidence: f64) -> Filter {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Filter { meetings: owned(meetings), topics: owned(topics), min_confidence }
}

/// Every combination of what may be asked keeps exactly what all of it asks for.
#[test]
fn what_stays_is_what_each_condition_keeps() {
    let whole = corpus();
    for meetings in [&[][..], &["spring"], &["summer", "undated"]] {
        for topics in [&[][..], &["quays"], &["cranes", "ropes"]] {
            for least in [0.0, 0.35, 1.0] {
                let part = whole.filter(&filter(meetings, topics, least)).unwrap();
                let meets = |id: &str| meetings.is_empty() || meetings.contains(&id);
                let asked = |topic: &str| topics.is_empty() || topics.contains(&topic);
                let statements: Vec<_> = whole
                    .statements
                    .iter()
                    .filter(|s| meets(&s.meeting) && asked(&s.topic) && s.confidence >= least)
                    .cloned()
                    .collect();
                let item = |section: &str| {
                    topics.is_empty() || statements.iter().any(|s| s.section == section && s.meeting == "spring")
                };
                let unread: Vec<_> =
                    whole.unread.iter().filter(|u| meets(&u.meeting) && item(&u.section)).cloned().collect();
                assert_eq!((&part.statements, &part.unread), (&statements, &unread), "{meetings:?} {topics:?} {least}");
                assert_eq!(part.meetings.len(), if meetings.is_empty() { 3 } else { meetings.len() });
                assert!(part.reports.iter().all(|report| meets(&report.meetings[0])));
            }
        }
    }
}

#[test]
fn what_is_not_there_is_answered_with_the_nearest() {
    let wrong = |filter: Filter| corpus().filter(&filter).unwrap_err().to_string();
    assert_eq!(wrong(filter(&["sprung"], &[], 0.0)), "no meeting 'sprung' (did you mean 'spring'?)");
    assert_eq!(wrong(filter(&[], &["quay"], 0.0)), "no topic 'quay' (did you mean 'quays'?)");
    for least in [-0.1, 1.1, f64::NAN] {
        assert!(wrong(filter(&[], &[], least)).contains("min_confidence: expected a number from 0 to 1"));
    }
}

#[test]
fn parts_make_the_whole_again() {
    let whole = corpus();
    let part = |id: &str| whole.filter(&filter(&[id], &[], 0.0)).unwrap();
    let parts = ["summer", "undated", "spring"].map(part);
    let mut again = Corpus::concat(&parts.each_ref()).unwrap();
    again.reports.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!((&again.meetings, &again.reports), (&whole.meetings, &whole.reports));
    let mut ids: Vec<_> = again.statements.iter().map(|s| s.id.to_string().parse::<usize>().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..whole.statements.len()).collect::<Vec<_>>());
    // The same twice is once; another under the same name is an error.
    assert_eq!(Corpus::concat(&[&whole, &whole]).unwrap().statements.len(), whole.statements.len());
    let mut other = whole.clone();
    other.statements[0].confidence = 0.123;
    assert!(Corpus::concat(&[&whole, &other]).is_err());
    let mut other = whole.clone();
    other.meetings[1].place = None;
    assert!(Corpus::concat(&[&whole, &other]).is_err());
    let mut other = whole.clone();
    other.reports[0].text = "another".into();
    assert!(Corpus::concat(&[&whole, &other]).is_err());
}
