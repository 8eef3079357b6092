//! Positions by topic: each issue with everyone who holds one.

use std::collections::BTreeMap;

use super::describe::{holder_short, range, size_range, statement_lines, tag, weighted_sign};
use super::escape::Markup;
use crate::lexicon::SizeTable;
use crate::model::{Corpus, Stance, Statement};

/// The statements of one issue, under its name.
type Issue<'c> = (&'c str, Vec<&'c Statement>);

/// Topics and their issues, both in the order of the text.
fn by_topic(corpus: &Corpus) -> Vec<(&str, Vec<Issue<'_>>)> {
    let mut topics: Vec<(&str, Vec<Issue<'_>>)> = Vec::new();
    let mut place: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for statement in &corpus.statements {
        let (topic, issues) = place.entry(&statement.topic).or_insert_with(|| {
            topics.push((&statement.topic, Vec::new()));
            (topics.len() - 1, BTreeMap::new())
        });
        let listed = &mut topics[*topic].1;
        let issue = *issues.entry(&statement.issue).or_insert_with(|| {
            listed.push((&statement.issue, Vec::new()));
            listed.len() - 1
        });
        listed[issue].1.push(statement);
    }
    topics
}

/// Writes every topic with its issues; those on which sides differ come first.
pub(crate) fn write_topics(markup: &mut Markup, corpus: &Corpus, sizes: &SizeTable) {
    for (topic, mut issues) in by_topic(corpus) {
        issues.sort_by_key(|(_, statements)| !is_disputed(statements));
        markup.leaf("h3", "", topic).open("dl").attr("class", "sp-issues");
        for (issue, statements) in issues {
            markup.leaf("dt", "", issue).open("dd");
            for statement in statements {
                write_holder(markup, corpus, statement, sizes);
            }
            markup.close();
        }
        markup.close();
    }
}

fn is_disputed(statements: &[&Statement]) -> bool {
    let holds = |stance| statements.iter().any(|s| s.toward_issue() == stance);
    holds(Stance::Support) && holds(Stance::Oppose)
}

fn write_holder(markup: &mut Markup, corpus: &Corpus, statement: &Statement, sizes: &SizeTable) {
    let range_of = size_range(corpus, statement, sizes).filter(|(lo, hi)| lo != hi);
    let toward_issue = Statement { stance: statement.toward_issue(), ..statement.clone() };
    let mut title = statement_lines(statement, size_range(corpus, statement, sizes));
    if let Some(quote) = &statement.quote {
        title.push_str(&format!("\n\u{201c}{}\u{201d}", quote.text));
    }
    let mut label = format!("{} {}", weighted_sign(&toward_issue), holder_short(&statement.holder));
    if let Some((lo, hi)) = range_of {
        label.push_str(&format!(" ({lo}\u{2013}{hi})"));
    }
    markup.open("span").attr("class", format!("sp-chip {}", tag(toward_issue.stance))).attr("title", title);
    markup.text(label).close().text(" ");
}

/// A sentence on the sizes that a corpus counts with.
pub(crate) fn sizes_note(sizes: &SizeTable) -> String {
    format!(
        "Group sizes from table version {} (of {}); a range counts the named members.",
        sizes.version(),
        range((sizes.members(), sizes.members()))
    )
}
