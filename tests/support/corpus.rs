//! Small corpora for displays, with text of any kind in any field.
#![allow(dead_code)]

use jiff::civil::date;
use standpunt::model::{
    Actor, Corpus, Holder, Institution, Intensity, Meeting, Quantifier, Quote, Report, Roster, Stance, Statement,
    Unread, Who,
};
use standpunt::span::Span;

pub struct Sample {
    pub corpus: Corpus,
}

impl Sample {
    /// One report whose names, sections, propositions, rules, warnings and text are all `field`.
    pub fn with_field(field: &str) -> Sample {
        let text = format!("{field}\n\n{field}");
        let mut statement = statement(field, 0, Stance::Oppose);
        statement.rule = field.into();
        statement.section = field.into();
        statement.holder = Holder::Group(Who { named: vec![Actor::new(field)], ..Who::default() }.into());
        statement.quote = None;
        let mut corpus = corpus(&text, vec![statement]);
        let meeting = &mut corpus.meetings[0];
        meeting.body = Some(field.to_owned());
        meeting.place = Some(field.to_owned());
        meeting.presidency = Some(Actor::new(field));
        corpus.reports[0].warnings = vec![field.to_owned()];
        // The text's own paragraphs follow its line ends, so it is left out of the comparison of shapes.
        corpus.reports[0].text = "text".into();
        corpus.unread = vec![unread(Span::new(0, 4), field)];
        Sample { corpus }
    }

    /// One report of that text, with statements and unread sentences at random places.
    pub fn with_text(text: &str, seed: u64) -> Sample {
        let mut random = Random::new(seed);
        let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut span = || {
            let (a, b) = (random.below(borders.len()), random.below(borders.len()));
            Span::new(borders[a.min(b)], borders[a.max(b)])
        };
        let mut statements = Vec::new();
        for number in 0..8 {
            let span = span();
            let mut statement = statement(&format!("proposition {number}."), number, Stance::ALL[number % 3]);
            statement.quote = Some(Quote::at(&text.into(), span));
            statements.push(statement);
        }
        statements.retain(|s| s.quote.as_ref().is_some_and(|q| !q.text.is_empty()));
        let mut corpus = corpus(text, statements);
        corpus.unread = vec![unread(span(), "no_cue")];
        Sample { corpus }
    }

    /// One statement of that stance.
    pub fn with_stance(stance: Stance) -> Sample {
        let text = "Nederland steunt dit niet.";
        let mut statement = statement("dit", 0, stance);
        statement.quote = Some(Quote::at(&text.into(), Span::new(0, text.len())));
        Sample { corpus: corpus(text, vec![statement]) }
    }

    /// Many states, the Netherlands among them, and the Commission in favour of one thing, all
    /// names of which are `field`.
    pub fn with_position(field: &str) -> Sample {
        let many = Who { named: vec![Actor::new("NL")], quantifier: Some(Quantifier::Many), ..Who::default() };
        let holders = [Holder::Group(many.into()), Holder::Institution(Institution::Commission)];
        let statements = holders.into_iter().enumerate().map(|(number, holder)| {
            let quote = Some(Quote::words(field));
            Statement { holder, quote, ..statement(field, number, Stance::Support) }
        });
        let mut corpus = corpus("tekst", statements.collect());
        corpus.meetings[0].place = Some(field.to_owned());
        corpus.reports[0].warnings = vec![field.to_owned()];
        Sample { corpus }
    }

    /// `depth` statements, each inside the one before.
    pub fn with_nested(text: &str, depth: usize) -> Sample {
        let nested = |number: usize| {
            let span = Span::new(number, text.len() - number);
            let mut statement = statement(&format!("proposition {number}."), number, Stance::Support);
            statement.quote = Some(Quote::at(&text.into(), span));
            statement
        };
        Sample { corpus: corpus(text, (0..depth).map(nested).collect()) }
    }
}

fn corpus(text: &str, statements: Vec<Statement>) -> Corpus {
    let day = date(2025, 3, 4);
    let meeting = Meeting {
        id: "m".to_owned(),
        body: Some("Telecomraad".to_owned()),
        date_start: Some(day),
        date_end: Some(date(2025, 3, 5)),
        place: None,
        presidency: None,
        language: Some("nl".to_owned()),
        reporting_state: None,
        roster: Roster::eu(day).unwrap(),
    };
    let report =
        Report { name: "r".to_owned(), meetings: vec!["m".to_owned()], text: text.into(), warnings: Vec::new() };
    Corpus { meetings: vec![meeting], reports: vec![report], statements, ..Corpus::default() }
}

fn statement(proposition: &str, number: usize, stance: Stance) -> Statement {
    let who = Who { quantifier: Some(Quantifier::WORDS[number % 15]), ..Who::default() };
    Statement {
        id: number.to_string().as_str().into(),
        report: "r".into(),
        meeting: "m".into(),
        section: "".into(),
        topic: proposition.into(),
        issue: proposition.into(),
        polarity: 1,
        proposition: proposition.into(),
        holder: Holder::Group(who.into()),
        stance,
        intensity: Intensity::Normal,
        conditional: number % 2 == 1,
        change: false,
        quote: None,
        rule: "verb".into(),
        confidence: 0.9,
        weight: 1.0,
    }
}

fn unread(span: Span, reason: &str) -> Unread {
    Unread { report: "r".into(), meeting: "m".into(), section: "".into(), span, text: "".into(), reason: reason.into() }
}

/// A string made to break out: markup, entities, controls and odd characters in random order.
pub fn hostile(seed: u64) -> String {
    const PARTS: [&str; 40] = [
        "<script>alert(1)</script>",
        "</style>",
        "</title>",
        "</mark>",
        "<img src=x onerror=alert(1)>",
        "\"",
        "'",
        ">",
        "<",
        "&",
        "&amp;",
        "&lt",
        "&#x3c;",
        "-->",
        "<!--",
        "]]>",
        "<![CDATA[",
        "\" onclick=\"x",
        "' style='x",
        "\0",
        "\u{202e}",
        "\u{200b}",
        "\u{2066}",
        "\u{feff}",
        "\u{fffe}",
        "\u{1f600}",
        "e\u{301}",
        "\u{0}<b",
        "\t",
        "\u{1b}[31m",
        "=cmd|' /C calc'!A0",
        "{{x}}",
        "${x}",
        "`",
        "\\",
        "\u{85}",
        "a",
        "lidstaten ",
        "\u{7f}",
        "<svg/onload=x>",
    ];
    let mut random = Random::new(seed);
    (0..1 + random.below(8)).map(|_| PARTS[random.below(PARTS.len())]).collect()
}

/// A small generator with a fixed seed (xorshift64*), so that every run tries the same.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }
}
