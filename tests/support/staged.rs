//! Two meetings and one without a day, in which every display has something to show.

use jiff::civil::{Date, date};
use standpunt::model::{
    Actor, Corpus, Holder, Institution, Intensity, Meeting, Quantifier, Quote, Report, Roster, Statement, Unread,
    Unreadable, Who,
};
use standpunt::span::Span;

const SPRING: &str = "Report of the Harbour Council, 4 and 5 March 2025\n\n1. Quays\n\nThe Netherlands and Germany welcomed \
    the quay fund. Many states, including France, backed it too; Malta and\n\nItaly did not. Poland left.\n\n- The Commission \
    wanted more: a crane <tax> & \"levy\".\n- A few states doubted the crane levy.\n\n2. Cranes\n\nItaly fiercely opposed \
    the levy, unless it were small. Nobody knew why Poland left.\n";
const SUMMER: &str = "Harbour Council of 6 June 2025\n\nQuays\n\nThe Netherlands now opposed the quay fund. Germany hailed \
    it. France was neutral, Italy joined. Three states asked for time.\n";

/// Meeting, topic, issue, its polarity, holder, stance, what else is said of it, and the words it rests on. A holder is
/// an institution or a size class with its members: `many+FR-MT`.
const SAID: &str = "\
undated;ropes;rope rules;1;named_only+DE+FR+IT+MT;support;;
undated;ropes;rope rules;1;PRES;support;;
undated;ropes;rope rules;1;EP;oppose;;
spring;quays;harbour dues;1;EP;neutral;;
spring;quays;quay fund;1;named_only+DE+NL;support;;welcomed the quay fund
spring;quays;quay fund;1;many+FR;support;weak;Many states, including France, backed it too
spring;quays;quay fund;1;named_only+IT+MT;oppose;;Malta and\\n\\nItaly did not
spring;quays;crane levy;1;COM;support;strong;a crane <tax> & \"levy\"
spring;quays;crane levy;-1;few;support;conditional;A few states doubted the crane levy
spring;cranes;crane levy;1;named_only+IT;oppose;strong conditional;Italy fiercely opposed the levy
spring;cranes;crane levy;1;named_only+IT;oppose;;fiercely opposed
spring;cranes;a levy of which the name is much longer than anybody would wish to read in a picture of the seats;1;all-MT;neutral;;
summer;quays;quay fund;1;named_only+NL;oppose;change;The Netherlands now opposed the quay fund
summer;quays;quay fund;1;named_only+DE;support;strong;Germany hailed it
summer;quays;quay fund;1;named_only+FR;neutral;;France was neutral
summer;quays;quay fund;1;named_only+IT;support;;Italy joined
summer;quays;more time;1;count:3+PL;support;;Three states asked for time
summer;quays;more time;1;single;oppose;;
summer;quays;more time;1;size:2-4+DE;oppose;;
summer;ropes;new ropes;1;size:1-1+DE;support;;
summer;ropes;new ropes;1;size:2-2;support;;
";

/// With these members, or with those of the Union on the day.
pub fn staged(members: Option<&[&str]>) -> Corpus {
    let meeting = |id: &str, body: Option<&str>, days: Option<(Date, Date)>| {
        let roster = match (members, days) {
            (Some(members), _) => Roster::new(members.iter().map(|code| Actor::new(code))).unwrap(),
            (None, Some((day, _))) => Roster::eu(day).unwrap(),
            (None, None) => Roster::new([]).unwrap(),
        };
        Meeting {
            id: id.to_owned(),
            body: body.map(str::to_owned),
            date_start: days.map(|(start, _)| start),
            date_end: days.map(|(_, end)| end),
            place: body.filter(|_| id == "spring").map(|_| "Warsaw".to_owned()),
            presidency: days.map(|_| Actor::new("PL")),
            language: days.map(|_| "en".to_owned()),
            reporting_state: (id == "summer").then(|| Actor::new("NL")),
            roster,
        }
    };
    let meetings = vec![
        meeting("undated", None, None),
        meeting("spring", Some("Harbour Council"), Some((date(2025, 3, 4), date(2025, 3, 5)))),
        meeting("summer", Some("Harbour Council"), Some((date(2025, 5, 31), date(2025, 6, 1)))),
    ];
    let report = |id: &str, text: &str| Report {
        name: format!("{id}.txt"),
        meetings: vec![id.to_owned()],
        text: text.into(),
        warnings: Vec::new(),
    };
    let mut reports = vec![report("spring", SPRING), report("summer", SUMMER)];
    reports[0].warnings.push("left out as part of the page: 'Page <1>'".to_owned());
    let unread = |words: &str, reason: &str| {
        let start = SPRING.find(words).unwrap();
        Unread {
            report: "spring.txt".into(),
            meeting: "spring".into(),
            section: "1. Quays".into(),
            span: Span::new(start, start + words.len()),
            text: words.into(),
            reason: reason.into(),
        }
    };
    let errors = vec![Unreadable { path: "torn.pdf".to_owned(), error: "torn.pdf: no PDF".to_owned() }];
    let statements = SAID.lines().enumerate().map(|(at, line)| statement(at, line, &reports)).collect();
    let unread = vec![unread("Poland left.", "no_cue"), unread("Nobody knew why Poland left.", "no_position")];
    Corpus { meetings, reports, statements, unread, errors }
}

fn statement(at: usize, line: &str, reports: &[Report]) -> Statement {
    let words: Vec<&str> = line.split(';').collect();
    let [meeting, topic, issue, polarity, holder, stance, flags, quote] = words[..] else { panic!("{line}") };
    let report = reports.iter().find(|report| report.meetings == [meeting]);
    let said = report.filter(|_| !quote.is_empty()).map(|report| {
        let start = report.text.find(&quote.replace("\\n", "\n")).unwrap_or_else(|| panic!("{quote}"));
        Quote::at(&report.text, Span::new(start, start + quote.replace("\\n", "\n").len()))
    });
    Statement {
        id: at.to_string().as_str().into(),
        report: report.map(|report| report.name.as_str()).unwrap_or_default().into(),
        meeting: meeting.into(),
        section: if topic == "quays" { "1. Quays" } else { "2. Cranes" }.into(),
        topic: topic.into(),
        issue: issue.into(),
        polarity: polarity.parse().unwrap(),
        proposition: issue.into(),
        holder: self::holder(holder),
        stance: stance.parse().unwrap(),
        intensity: match flags {
            weak if weak.contains("weak") => Intensity::Weak,
            strong if strong.contains("strong") => Intensity::Strong,
            _ => Intensity::Normal,
        },
        conditional: flags.contains("conditional"),
        change: flags.contains("change"),
        quote: said,
        rule: "verb".into(),
        confidence: 0.875,
        weight: 1.0,
    }
}

fn holder(written: &str) -> Holder {
    if let Ok(institution) = written.parse::<Institution>() {
        return Holder::Institution(institution);
    }
    let (size, members) = written.split_at(written.find('+').or(written.find("-M")).unwrap_or(written.len()));
    let mut who = Who::default();
    match size.strip_prefix("size:").and_then(|range| range.split_once('-')) {
        Some((lo, hi)) => who.sizes = Some((lo.parse().unwrap(), hi.parse().unwrap())),
        None => who.quantifier = Some(size.parse::<Quantifier>().unwrap()),
    }
    let mut rest = members;
    while let Some(sign) = rest.chars().next() {
        let code = Actor::new(&rest[1..3]);
        if sign == '+' {
            who.named.push(code)
        } else {
            who.excluded.push(code)
        }
        rest = &rest[3..];
    }
    Holder::Group(who.into())
}
