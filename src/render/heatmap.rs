//! Agreement of every pair as a triangle of cells.

use crate::model::Actor;
use crate::score::{Leading, LeadingIssue};

use super::escape::{Markup, Px};
use super::matrix::{Cell, Matrix, Order};
use super::picture::{HEADING, Place, bar, frame, label, shortened, stroke, width};

/// How a heatmap is drawn.
#[derive(Debug, Clone, Default)]
pub struct HeatmapOptions {
    /// The order of the actors.
    pub order: Order,
    /// The heading; `None` for one that says what the numbers mean.
    pub title: Option<String>,
    /// Where it will stand.
    pub place: Place,
    /// What each pair's title tells of its issues, from [`told`](super::told).
    pub leading: Leading,
}

/// The longest issue in a title, in characters.
const ISSUE: usize = 40;
/// The shortest and the longest quote in a title, in characters.
const QUOTE: (usize, usize) = (24, 90);
/// Bytes that all titles together may spend on issues and quotes, so that a picture stays small.
const TOLD: usize = 50_000;

/// The most actors a heatmap shows; more would be neither legible nor small.
pub const MOST_ACTORS: usize = 80;

const SIDE: f64 = 25.0;
const LABEL: usize = 14;

/// The agreement of every pair of actors as an SVG triangle.
///
/// A filled cell is identified: the colour runs from disagreement to agreement, the number is the
/// expected agreement, and a line below it shows the bounds where they differ. A hatched cell is not
/// identified: no issue is certainly shared, and the line shows the possible range from 0 (left edge)
/// to 1 (right edge). An empty cell shares nothing. Each cell's title gives agreement, bounds,
/// numbers of shared issues and, where told, the issues that weigh most with what each adds and what was said. Of more than
/// [`MOST_ACTORS`] actors the first are shown, and it says so.
pub fn heatmap_svg(matrix: &Matrix, options: &HeatmapOptions) -> String {
    heatmap(matrix, options).finish()
}

/// The same, to be put into a page.
pub(crate) fn heatmap(matrix: &Matrix, options: &HeatmapOptions) -> Markup {
    let mut order = matrix.ordered(options.order);
    order.truncate(MOST_ACTORS);
    let identified = matrix.pairs().filter(|(_, _, cell)| cell.is_identified()).count();
    let count = matrix.actors().len();
    let pairs = count * count.saturating_sub(1) / 2;
    let title = options.title.as_deref().unwrap_or("Who agrees with whom");
    let mut said = format!("Share of common issues on the same side. {identified} of {pairs} pairs identified.");
    if count > order.len() {
        said.push_str(&format!(" First {} of {count} actors.", order.len()));
    }
    let names: Vec<String> = order.iter().map(|&a| shortened(&matrix.actors()[a], LABEL)).collect();
    let left = names.iter().map(|n| width(n)).fold(0.0, f64::max) + 10.0;
    let last = names.last().map_or(0.0, |n| width(n));
    let wide = (left + SIDE * names.len() as f64 + last).max(480.0);
    let room = TOLD / identified.max(TOLD / 1000);
    let mut svg = frame((wide, HEADING + SIDE * names.len() as f64 + 62.0), options.place, title, &said);
    for (row, &actor) in order.iter().enumerate() {
        let top = HEADING + SIDE * row as f64;
        label(&mut svg, (left - 6.0, top + 16.0), "e", &names[row]);
        svg.open("g").attr("transform", format!("translate({} {})", Px(left), Px(top)));
        for (column, &other) in order[..row].iter().enumerate() {
            let pair = format!("{} \u{2013} {}", matrix.actors()[actor], matrix.actors()[other]);
            let cell = matrix.get(actor, other);
            let words = format!("{pair}: {}{}", cell_words(cell), issues(matrix, [actor, other], options, room));
            write_cell(&mut svg, SIDE * column as f64, words, cell);
        }
        label(&mut svg, (SIDE * row as f64 + 4.0, 16.0), "s", &names[row]);
        svg.close();
    }
    write_legend(&mut svg, left, HEADING + SIDE * names.len() as f64 + 16.0);
    svg
}

/// What an identified pair's score is made of, as much as there is `room` for: the heaviest issue with what it adds and
/// what both said, then further issues. Of another pair the issues alone.
fn issues(matrix: &Matrix, pair: [usize; 2], options: &HeatmapOptions, room: usize) -> String {
    let [a, b] = pair.map(|at| Actor::new(&matrix.actors()[at]));
    let identified = matrix.get(pair[0], pair[1]).is_identified();
    let key = if options.leading.contains_key(&(a.clone(), b.clone())) { (a, b) } else { (b, a) };
    let Some(found) = options.leading.get(&key) else { return String::new() };
    let line = |of: &LeadingIssue| match identified {
        true => format!("\n+{:.2} {}", of.adds, shortened(&of.issue, ISSUE)),
        false => format!("\n{}", shortened(&of.issue, ISSUE)),
    };
    let mut lines: Vec<String> = found.iter().map(line).collect();
    if let Some(first) = found.first().filter(|_| identified) {
        let most = (room.saturating_sub(ISSUE) / 2).clamp(QUOTE.0, QUOTE.1);
        lines.splice(1..1, quotes([&key.0, &key.1], &first.quotes, most));
    }
    let mut spent = 0;
    let fits = |line: &String| {
        spent += line.len();
        spent <= room
    };
    lines.into_iter().take_while(fits).collect()
}

/// What was said by whom; once where both stand behind one quote.
fn quotes(actors: [&Actor; 2], quotes: &[String; 2], most: usize) -> Vec<String> {
    let line = |who: String, quote: &str| {
        let words: Vec<&str> = quote.split_whitespace().collect();
        format!("\n{who}: \u{201c}{}\u{201d}", shortened(&words.join(" "), most))
    };
    let said = match quotes[0] == quotes[1] {
        true => vec![(format!("{}, {}", actors[0], actors[1]), &quotes[0])],
        false => vec![(actors[0].to_string(), &quotes[0]), (actors[1].to_string(), &quotes[1])],
    };
    said.into_iter().filter(|(_, quote)| !quote.is_empty()).map(|(who, quote)| line(who, quote)).collect()
}

fn write_cell(svg: &mut Markup, x: f64, words: String, cell: Cell) {
    let side = SIDE - 1.0;
    svg.open("g").attr("class", "cell").leaf("title", "", words);
    match (cell.agreement, cell.bounds) {
        (Some(agreement), bounds) if cell.is_identified() => {
            let step = (agreement.clamp(0.0, 1.0) * 10.0).round() as usize;
            bar(svg, STEPS[step.min(10)], (x, 0.0), (side, side));
            let strong = step <= 1 || step >= 9;
            label(svg, (x + side / 2.0, 14.0), if strong { "v w" } else { "v" }, &short_number(agreement));
            if let Some((lower, upper)) = bounds.filter(|(lower, upper)| upper - lower > 0.005) {
                write_range(svg, if strong { "r x" } else { "r" }, x, 20.5, (lower, upper));
            }
        }
        (_, Some(bounds)) => {
            stroke(svg, "h", &format!("M{} 12h{side}", Px(x)));
            write_range(svg, "r", x, 12.0, bounds);
        }
        _ => bar(svg, "z", (x + 11.0, 11.0), (2.0, 2.0)),
    }
    svg.close();
}

const STEPS: [&str; 11] = ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10"];

fn write_range(svg: &mut Markup, class: &str, x: f64, y: f64, (lower, upper): (f64, f64)) {
    let inner = SIDE - 5.0;
    let from = x + 2.0 + inner * lower.clamp(0.0, 1.0);
    let length = (inner * (upper.clamp(0.0, 1.0) - lower.clamp(0.0, 1.0))).max(3.0);
    stroke(svg, class, &format!("M{} {}h{}", Px(from.min(x + 2.0 + inner - length)), Px(y), Px(length)));
}

/// `.67`, `1`, `0`: short enough for a cell.
fn short_number(value: f64) -> String {
    let text = format!("{value:.2}");
    match text.as_str() {
        "1.00" => "1".to_owned(),
        "0.00" => "0".to_owned(),
        text => text.trim_start_matches('0').to_owned(),
    }
}

/// What is known of a pair, in words: for titles and lists.
pub(crate) fn cell_words(cell: Cell) -> String {
    let Some((lower, upper)) = cell.bounds else { return "no issue in common".to_owned() };
    match cell.agreement {
        Some(agreement) if cell.is_identified() => format!(
            "agreement {agreement:.2}, possible {lower:.2}\u{2013}{upper:.2}; {:.1} issues shared (certain {}, at most {})",
            cell.shared, cell.shared_lower, cell.shared_upper
        ),
        _ => format!(
            "not identified, possible {lower:.2}\u{2013}{upper:.2}; no issue certainly shared, at most {}",
            cell.shared_upper
        ),
    }
}

fn write_legend(svg: &mut Markup, x: f64, y: f64) {
    for (step, class) in STEPS.iter().enumerate() {
        bar(svg, class, (x + 14.0 * step as f64, y), (14.0, 12.0));
    }
    label(svg, (x, y + 26.0), "s", "0 never");
    label(svg, (x + 154.0, y + 26.0), "s e", "1 always agree");
    let x = x + 178.0;
    stroke(svg, "h", &format!("M{} {}h24", Px(x), Px(y + 6.0)));
    write_range(svg, "r", x, y + 6.0, (0.2, 0.8));
    label(svg, (x + 30.0, y + 10.0), "s", "not identified: possible range");
    bar(svg, "z", (x + 11.0, y + 21.0), (2.0, 2.0));
    label(svg, (x + 30.0, y + 26.0), "s", "nothing in common");
}
