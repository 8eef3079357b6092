//! Every display whole, as it stands in `tests/snapshots`: an element a line, without style sheets.
//!
//! `cargo test --test shown -- --ignored` writes the files anew where a display is meant to change; the change is read
//! in their diff.

mod support {
    pub mod corpus;
    pub mod snapshots;
    pub mod staged;
}

use standpunt::compare::{Change, CompareOptions, Shift, compare};
use standpunt::lexicon::SizeTable;
use standpunt::model::{Actor, Corpus};
use standpunt::render::{
    Cell, Division, HeatmapOptions, MOST_ACTORS, Matrix, NetworkFormat, Order, Place, agreement_html, brief,
    corpus_html, dendrogram_svg, heatmap_svg, majorities_svg, map_svg, network_svg, network_xml, page, report_html,
    report_page, shifts_svg, timeline_svg, told,
};
use standpunt::score::networks::ties::Ties;
use standpunt::score::{AgreementOptions, Key, Leading, LeadingIssue, agreement};
use support::corpus::Sample;
use support::snapshots::{Snapshots, unchanged, write};
use support::staged::staged;

const STATES: [&str; 6] = ["DE", "FR", "IT", "MT", "NL", "PL"];

const PICTURES: Snapshots = &[
    ("heatmap.svg", || heatmap_svg(&pairs(), &HeatmapOptions { leading: leading(), ..HeatmapOptions::default() })),
    ("heatmap_given.svg", || {
        let title = Some("Who & <whom>, in a title that is longer than a picture of two actors is wide in itself");
        let options = HeatmapOptions { order: Order::Given, title: title.map(str::to_owned), ..Default::default() };
        heatmap_svg(&apart(2), &HeatmapOptions { place: Place::Page, ..options })
    }),
    ("dendrogram.svg", || dendrogram_svg(&pairs(), Place::Alone)),
    ("dendrogram_many.svg", || dendrogram_svg(&apart(9), Place::Page)),
    ("network.svg", || network_svg(&pairs(), 0.75, Place::Alone)),
    ("network_many.svg", || network_svg(&apart(9), 0.2, Place::Page)),
    ("network_sure.svg", || network_svg(&pairs(), 7.0, Place::Page)),
    ("map.svg", || map_svg(&pairs(), Place::Alone)),
    ("map_many.svg", || map_svg(&apart(9), Place::Page)),
    ("map_near.svg", || map_svg(&near(), Place::Page)),
    ("nobody.svg", || one_each(&Matrix::default())),
    ("alone.svg", || one_each(&Matrix::new(["A"]))),
];

const SIDES: Snapshots = &[
    ("majorities.svg", || majorities_svg(&Division::all(&staged(None), &SizeTable::standard()), Place::Alone)),
    ("majorities_small.svg", || majorities_svg(&Division::all(&small(), &SizeTable::standard()), Place::Page)),
    ("timeline.svg", || timeline_svg(&staged(None), &SizeTable::standard(), "quay fund", Place::Alone).unwrap()),
    ("timeline_undated.svg", || timeline_svg(&small(), &SizeTable::standard(), "rope rules", Place::Page).unwrap()),
    ("shifts.svg", || shifts_svg(&shifts(), Place::Alone)),
    ("shifts_none.svg", || shifts_svg(&[], Place::Page)),
];

const PAGES: Snapshots = &[
    ("page.html", || page(&small(), &SizeTable::standard()).unwrap()),
    ("spring.html", || report_page(&small(), "spring", &SizeTable::standard()).unwrap()),
    ("summer.html", || report_html(&small(), "summer").unwrap()),
    ("undated.html", || report_html(&small(), "undated").unwrap()),
    ("nested.html", || report_html(&Sample::with_nested(&"lid ".repeat(6), 9).corpus, "m").unwrap()),
    ("corpus.html", || corpus_html(&small())),
    ("corpus_empty.html", || corpus_html(&Corpus::default())),
    ("corpus_many.html", || corpus_html(&many_topics())),
    ("agreement.html", || scores(&AgreementOptions::default())),
    ("agreement_by_meeting.html", || scores(&AgreementOptions { by: vec![Key::Meeting], ..Default::default() })),
    ("brief.txt", || brief(&staged(None), &SizeTable::standard()).unwrap()),
    ("brief_small.txt", || brief(&small(), &SizeTable::standard()).unwrap()),
    ("brief_many.txt", || {
        let others = (b'A'..=b'Z').map(|letter| format!("Z{}", char::from(letter)));
        let members: Vec<String> = STATES.map(str::to_owned).into_iter().chain(others).collect();
        let members: Vec<&str> = members.iter().map(String::as_str).collect();
        brief(&staged(Some(&members)), &SizeTable::standard()).unwrap()
    }),
    ("brief_empty.txt", || brief(&Corpus::default(), &SizeTable::standard()).unwrap()),
    ("network.gexf", || xml(NetworkFormat::Gexf)),
    ("network.graphml", || xml(NetworkFormat::GraphMl)),
];

fn small() -> Corpus {
    staged(Some(&STATES))
}

/// Pairs of every kind: sure, open, with and without bounds, out of range, and one that shares nothing.
fn pairs() -> Matrix {
    let mut matrix = Matrix::new(["A", "Bee", "a name too long for a label", "D\u{e9}", "E", "F"]);
    let cell = |agreement: f64, (lower, upper), shared_lower| Cell {
        agreement: Some(agreement),
        bounds: Some((lower, upper)),
        shared: 2.25,
        shared_lower,
        shared_upper: 4.0,
    };
    matrix.set(0, 1, cell(1.0, (1.0, 1.0), 3.0));
    matrix.set(0, 2, cell(0.0, (0.0, 0.25), 1.0));
    matrix.set(1, 2, cell(0.15, (0.125, 0.5), 2.0));
    matrix.set(0, 3, cell(0.67, (0.664, 0.668), 1.0));
    matrix.set(3, 1, cell(0.85, (0.5, 1.0), 1.0));
    matrix.set(2, 3, cell(0.5, (0.0, 1.0), 0.0));
    matrix.set(4, 0, cell(1.0, (1.0, 1.0), 0.0));
    matrix.set(4, 1, Cell { bounds: Some((0.25, 0.75)), ..Cell::default() });
    matrix.set(4, 2, cell(1.25, (-0.5, 1.5), 5.0));
    matrix
}

/// Actors whose every pair agrees the less, the farther they stand in the list.
fn apart(count: usize) -> Matrix {
    let mut matrix = Matrix::new((0..count).map(|n| format!("actor {n}")));
    for (a, b) in (0..count).flat_map(|b| (0..b).map(move |a| (a, b))) {
        let agreement = 1.0 - (b - a) as f64 / count as f64;
        matrix.set(
            a,
            b,
            Cell {
                agreement: Some(agreement),
                bounds: Some((agreement / 2.0, agreement)),
                shared: 1.5,
                shared_lower: (1 + a) as f64,
                shared_upper: (1 + b) as f64,
            },
        );
    }
    matrix
}

/// Eight that agree throughout, and two that stand near each other but not on one place.
fn near() -> Matrix {
    let mut matrix = Matrix::new((0..10).map(|n| format!("a rather long name {n}")));
    for (a, b) in (0..10).flat_map(|b| (0..b).map(move |a| (a, b))) {
        let agreement = match (a, b) {
            (_, ..=7) => 1.0,
            (8, 9) => 0.97,
            _ => 0.1,
        };
        matrix.set(
            a,
            b,
            Cell { agreement: Some(agreement), bounds: Some((0.0, 1.0)), shared_lower: 1.0, ..Cell::default() },
        );
    }
    matrix
}

fn leading() -> Leading {
    let issue = |name: &str, adds, quotes: [&str; 2]| LeadingIssue {
        issue: name.to_owned(),
        adds,
        quotes: quotes.map(str::to_owned),
    };
    let long = "a quote that goes on, and on\nand on, over the end of what a title has room for in any picture at all";
    let issues = vec![
        issue("the quay fund, with a name that is longer than forty letters", 0.75, [long, "short"]),
        issue("the crane levy", 0.25, ["", ""]),
    ];
    let key = |a: &str, b: &str| (Actor::new(a), Actor::new(b));
    let same = vec![issue("ropes", 1.0, ["said by both", "said by both"])];
    Leading::from([(key("A", "Bee"), issues.clone()), (key("D\u{e9}", "A"), same), (key("E", "A"), issues)])
}

fn one_each(matrix: &Matrix) -> String {
    let options = HeatmapOptions { place: Place::Page, ..HeatmapOptions::default() };
    let (dendrogram, network) = (dendrogram_svg(matrix, Place::Page), network_svg(matrix, 0.75, Place::Page));
    [heatmap_svg(matrix, &options), dendrogram, network, map_svg(matrix, Place::Page)].join("\n\n")
}

/// From spring to summer, and a change of every other kind.
fn shifts() -> Vec<Shift> {
    let (spring, summer) = (["spring".to_owned()], ["summer".to_owned()]);
    let found = compare(
        &small(),
        &SizeTable::standard(),
        &spring,
        &summer,
        &CompareOptions { permutations: 0, ..Default::default() },
    );
    let mut shifts = found.unwrap().shifts;
    shifts.sort_by_key(|shift| !matches!(shift.change, Change::Moved));
    let quotes = vec!["said before ".repeat(20), "and again".to_owned(), "and not shown".to_owned()];
    shifts.extend(Change::ALL.into_iter().enumerate().map(|(at, change)| Shift {
        actor: Actor::new(["DE", "a name too long"][at % 2]),
        topic: "ropes".to_owned(),
        issue: format!("rope rules {at}, which have a name of more than fifty letters"),
        before: (at % 4 > 0).then_some(-0.5),
        after: Some([0.5, -0.5, -1.0][at % 3]),
        change,
        quotes_before: quotes.clone(),
        quotes_after: vec!["said after".to_owned()],
    }));
    shifts
}

/// More topics and notes than a summary shows.
fn many_topics() -> Corpus {
    let mut corpus = small();
    corpus.statements = (0..15)
        .flat_map(|at| {
            let mut statements = small().statements;
            statements.truncate(1 + at % 4);
            statements.iter_mut().for_each(|statement| statement.topic = format!("topic {at}").as_str().into());
            statements
        })
        .collect();
    corpus.reports[1].warnings = (0..14).map(|at| format!("note {at}")).collect();
    corpus
}

fn scores(options: &AgreementOptions) -> String {
    let (corpus, sizes) = (small(), SizeTable::standard());
    let found = agreement(&corpus, &sizes, options).unwrap();
    agreement_html(&found, &told(&corpus, &sizes, &found, options).unwrap())
}

fn xml(format: NetworkFormat) -> String {
    let actors = ["A", "b & <c>", "d\u{1}e\tf"].map(str::to_owned).to_vec();
    let ties = Ties {
        measure: "agreement".to_owned(),
        actors,
        scores: vec![Some(0.5), Some(-0.25), None],
        shared: vec![1.0, 2.0, 3.0],
        greatest: Some(1.0),
    };
    let camps = [Some(1), None, Some(2)];
    let split = network_xml(&ties, &[(0, 1), (0, 2)], Some(&camps), format).unwrap();
    split + &network_xml(&ties, &[(1, 2)], None, format).unwrap()
}

#[test]
fn pictures_of_pairs_are_drawn_as_they_were() {
    unchanged(PICTURES, "shown");
}

#[test]
fn pictures_of_sides_are_drawn_as_they_were() {
    unchanged(SIDES, "shown");
}

#[test]
fn pages_are_written_as_they_were() {
    unchanged(PAGES, "shown");
}

#[test]
fn more_actors_than_a_picture_holds_are_counted() {
    let svg = heatmap_svg(&apart(MOST_ACTORS + 1), &HeatmapOptions::default());
    assert!(svg.contains("First 80 of 81 actors."));
    let exactly = heatmap_svg(&apart(MOST_ACTORS), &HeatmapOptions::default());
    assert!(!exactly.contains("actors."));
}

/// Room for the longest name on the left, a cell for each actor, and the last name behind its row.
#[test]
fn a_heatmap_is_as_wide_as_its_names_and_cells() {
    let mut matrix = Matrix::new((0..30).map(|n| if n == 29 { "ninety-nine" } else { "ab" }));
    matrix.set(0, 1, Cell::default());
    let options = HeatmapOptions { order: Order::Given, place: Place::Page, ..HeatmapOptions::default() };
    let (name, cells) = (11.0 * 6.2, 30.0 * 25.0);
    let wide = f64::ceil(name + 10.0 + cells + name);
    let svg = heatmap_svg(&matrix, &options);
    assert!(svg.contains(&format!("width=\"{wide}\" height=\"{}\"", 54.0 + cells + 62.0)), "{}", &svg[..200]);
}

#[test]
fn more_shifts_than_a_picture_holds_are_counted() {
    let moved = shifts().swap_remove(0);
    let drawn = |count| shifts_svg(&vec![moved.clone(); count], Place::Page);
    let rows = |svg: &str| svg.matches("class=\"cell\"").count();
    assert!(rows(&drawn(60)) == 60 && !drawn(60).contains("largest"));
    assert!(
        rows(&drawn(61)) == 60
            && drawn(61).contains("61 changes of position")
            && drawn(61).contains("The 60 largest are shown.")
    );
}

#[test]
#[ignore = "writes tests/snapshots anew"]
fn write_displays() {
    [PICTURES, SIDES, PAGES].into_iter().for_each(write);
}
