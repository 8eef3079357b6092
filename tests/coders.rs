//! Another coder's statements, and corrections: where a quote may stand, and what is left out.

use standpunt::RowNumber;
use standpunt::coded::{Grid, Missing, Options, read_table, recode, recoded};
use standpunt::columns::word_sizes;
use standpunt::lexicon::{Lexicon, SizeTable};
use standpunt::model::{Corpus, Roster, Who};
use standpunt::read::{Options as Reading, read_report};
use standpunt::stop::Stop;

const TEXT: &str = "Report of the Harbour Council, 4 March 2025\n\n1. Quays\n\nThe Netherlands welcomed the fund. Malta opposed \
    the fund. Poland thanked the host.\n\n2. Cranes\n\nItaly supported the \u{e9}cluse levy. France opposed the levy.\n";

fn sizes(_: &Who, _: &Roster) -> Vec<(usize, usize)> {
    Vec::new()
}

const OPTIONS: Options<'static> = Options { roster: None, sizes: &sizes };

fn corpus() -> Corpus {
    let options = Reading { lexicon: Lexicon::standard().unwrap(), language: Some("en".to_owned()), lookalikes: false };
    let read = read_report(TEXT, "r", &options, &Stop::default()).unwrap();
    Corpus {
        meetings: read.meetings,
        reports: vec![read.report],
        statements: read.statements,
        unread: read.unread,
        errors: Vec::new(),
    }
}

fn grid(rows: &str) -> Grid {
    Grid::from_csv("t", format!("named,stance,issue,quote,start,end\n{rows}\n").as_bytes()).unwrap()
}

/// Section, quote and place of each statement, the words and reasons of what is unread, and what is refused.
fn coded(rows: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let found = recoded(&corpus(), &[("r".to_owned(), grid(rows))], &OPTIONS).unwrap();
    let statements = found.corpus.statements.iter().map(|s| {
        let quote = s.quote.as_ref().unwrap();
        format!("{} {} {:?}", s.section, quote.text, quote.span().map(|span| (span.start, span.end)).unwrap())
    });
    let unread = found.corpus.unread.iter().map(|u| format!("{}: {}", u.reason, u.text));
    let refused = found.refused.iter().map(|(report, error)| format!("{report} {error}"));
    (statements.collect(), unread.collect(), refused.collect())
}

#[test]
fn a_quote_tells_the_section_and_what_no_quote_covers_is_left_out() {
    let fund = TEXT.find("Malta").unwrap();
    let (statements, unread, refused) =
        coded("IT,support,levy,\u{e9}cluse levy,,\nMT,oppose,fund,Malta opposed the fund,,");
    let levy = TEXT.find("\u{e9}cluse").unwrap();
    let expected = [
        format!("1. Quays Malta opposed the fund ({fund}, {})", fund + 22),
        format!("2. Cranes \u{e9}cluse levy ({levy}, {})", levy + 12),
    ];
    assert_eq!(statements, expected);
    let left = [
        "not_coded: The Netherlands welcomed the fund",
        "courtesy: Poland thanked the host.",
        "not_coded: France opposed the levy",
    ];
    assert_eq!(unread, left);
    assert!(refused.is_empty());
    // A quote over two sentences covers both; one that only touches a sentence does not.
    let (_, unread, _) = coded("NL MT,support,fund,The Netherlands welcomed the fund. Malta opposed the fund.,,");
    let rest = ["courtesy: Poland thanked the host.", "not_coded: Italy supported the \u{e9}cluse levy", left[2]];
    assert_eq!(unread, rest);
    let (_, unread, _) =
        coded("NL,support,fund,Netherlands welcomed,,\nMT,support,fund,fund. M,,\nMT,support,fund,Malta,,");
    assert_eq!(unread, rest);
}

#[test]
fn a_quote_that_stands_otherwise_or_elsewhere_is_refused_in_words() {
    let long = "the ".repeat(30);
    let end = TEXT.chars().count();
    let rows = [
        ("NL,support,fund,the fund,,".to_owned(), "'the fund' stands more than once: give start and end".to_owned()),
        ("NL,support,fund,the  funds,,".to_owned(), "'the funds' does not stand in the report".to_owned()),
        (format!("NL,support,fund,{long},,"), format!("'{}\u{2026}' does not stand in the report", &long[..80])),
        (format!("NL,support,fund,{},,", "x".repeat(80)), format!("'{}' does not stand in the report", "x".repeat(80))),
        ("NL,support,fund,,,".to_owned(), "expected the words that carry the position, got an empty cell".to_owned()),
        ("NL,support,fund,x,3,".to_owned(), "expected an offset beside start, got an empty cell".to_owned()),
        ("NL,support,fund,x,,3".to_owned(), "expected an offset beside end, got an empty cell".to_owned()),
        ("NL,support,fund,x,4,3".to_owned(), "4 is past end, 3".to_owned()),
        ("NL,support,fund,x,0,6".to_owned(), "'x' is not what stands at 0 to 6: 'Report'".to_owned()),
        (
            format!("NL,support,fund,x,0,{}", end + 1),
            format!("{} is past the end of the text, which has {end} characters", end + 1),
        ),
    ];
    for (row, expected) in rows {
        let (_, _, refused) = coded(&row);
        assert!(refused.len() == 1 && refused[0].ends_with(&expected), "{row}: {refused:?}");
    }
    // Offsets count characters: those of bytes are told apart.
    let at = TEXT.find("France").unwrap();
    let (_, _, refused) = coded(&format!("FR,oppose,levy,France,{at},{}", at + 6));
    assert!(refused[0].ends_with("; it fits if they count bytes, but they count characters"), "{refused:?}");
    let (statements, _, _) = coded(&format!("FR,oppose,levy,,{},{}", at - 1, at + 5));
    assert_eq!(statements, [format!("2. Cranes France ({at}, {})", at + 6)]);
}

#[test]
fn corrections_are_checked_against_the_corpus() {
    let before = corpus();
    let ids: Vec<String> = before.statements.iter().map(|s| s.id.to_string()).collect();
    let meeting = &before.meetings[0].id;
    let edit = |cells: &str| {
        let rows: String = ids.iter().map(|id| format!("{id},{meeting},i,support,NL,{cells}\n")).collect();
        let text = format!("statement,meeting,issue,stance,named,date_start,report\n{rows}");
        recode(&before, &Grid::from_csv("t", text.as_bytes()).unwrap(), &OPTIONS, Missing::Refuse)
            .map(|found| (found.corpus.statements.len(), found.corpus.unread.len()))
            .map_err(|error| error.to_string())
    };
    // Statements of one holder on one issue without words stand for one and the same, yet each keeps its id.
    assert_eq!(edit("2025-03-04,r"), Ok((ids.len(), before.unread.len())));
    assert!(edit("2025-03-05,r").unwrap_err().ends_with("2025-03-05 is not the day of the meeting, 2025-03-04"));
    assert!(edit(",s").unwrap_err().ends_with("no report 's' in the corpus"));
    let missing =
        recode(&before, &Grid::from_csv("t", b"statement,meeting,issue\n").unwrap(), &OPTIONS, Missing::Refuse);
    assert!(
        missing
            .unwrap_err()
            .to_string()
            .ends_with("missing column stance; corrections are an edited corpus.statements")
    );
    let other = recoded(&before, &[("s".to_owned(), grid(""))], &OPTIONS);
    assert!(other.unwrap_err().to_string().starts_with("no report 's'"));
}

#[test]
fn sizes_give_way_only_to_another_word_than_theirs() {
    let sizes = word_sizes(SizeTable::standard());
    let options = Options { roster: None, sizes: &sizes };
    let text = "meeting,date_start,topic,issue,quantifier,named,stance\nm,2025-03-04,t,i,few,NL,support\n";
    let before = read_table(&Grid::from_csv("t", text.as_bytes()).unwrap(), &options).unwrap().corpus;
    let edit = |word: &str, lo: u8, hi: u8| {
        let text = format!(
            "statement,meeting,issue,stance,named,quantifier,size_lo,size_hi\n{},m,i,support,NL,{word},{lo},{hi}\n",
            before.statements[0].id
        );
        let found = recode(&before, &Grid::from_csv("t", text.as_bytes()).unwrap(), &options, Missing::Refuse).unwrap();
        let group = found.corpus.statements[0].holder.group().unwrap().clone();
        (group.quantifier.map(|word| word.to_string()), group.sizes)
    };
    // The sizes of "few" beside another word are left from before; beside "few" they are its own.
    assert_eq!(edit("several", 2, 5), (Some("several".to_owned()), None));
    assert_eq!(edit("few", 2, 5), (Some("few".to_owned()), None));
    assert_eq!(edit("several", 2, 6), (None, Some((2, 6))));
    assert_eq!(edit("few", 3, 5), (None, Some((3, 5))));
}

#[test]
fn an_error_knows_its_row() {
    let rows = [RowNumber::after_header(7), RowNumber::at_line(7, 9), RowNumber::of_array(7)];
    assert_eq!(rows.map(RowNumber::number), [7; 3]);
    assert_eq!(rows.map(|row| row.to_string()), ["row 7 (spreadsheet row 8)", "row 7 (spreadsheet row 9)", "row 7"]);
}
