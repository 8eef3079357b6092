//! Who certainly stands with whom, and against whom, as a network.

use super::escape::{Markup, Px};
use super::heatmap::{MOST_ACTORS, cell_words};
use super::matrix::{Cell, Matrix, Order};
use super::picture::{HEADING, Place, actors as count, dot, frame, label, shortened};

const RADIUS: f64 = 190.0;
const ROOM: f64 = 52.0;

/// The identified pairs of a matrix as a network on a circle, in the order of the clusters.
///
/// A full line joins a pair that agrees on `threshold` of its issues or more, a dashed one a pair that disagrees
/// on as many; the more issues they certainly share, the wider. Pairs that are not identified have no line, and
/// the heading counts them. `threshold` is taken between ½ and 1.
pub fn network_svg(matrix: &Matrix, threshold: f64, place: Place) -> String {
    let threshold = threshold.clamp(0.5, 1.0);
    let mut actors = matrix.ordered(Order::Cluster);
    let known = matrix.known(MOST_ACTORS);
    actors.retain(|actor| known.contains(actor));
    let open = matrix.pairs().filter(|(_, _, cell)| cell.bounds.is_some() && !cell.is_identified()).count();
    let left = matrix.actors().len() - actors.len();
    let mut said = format!(
        "Full line: agree on {:.0} % or more; dashed: disagree on as many. {open} pairs are not identified.",
        threshold * 100.0
    );
    if left > 0 {
        said.push_str(&format!(" Without an identified pair, left out: {}.", count(left)));
    }
    let side = 2.0 * (RADIUS + ROOM);
    let mut svg = frame((side.max(620.0), HEADING + side), place, "Who certainly stands with whom", &said);
    let places: Vec<(f64, f64)> = (0..actors.len()).map(|at| on_circle(at, actors.len(), RADIUS)).collect();
    let most = matrix.pairs().map(|(_, _, cell)| cell.shared_lower).fold(1.0, f64::max);
    for (i, &a) in actors.iter().enumerate() {
        for (j, &b) in actors.iter().enumerate().skip(i + 1) {
            let cell = matrix.get(a, b);
            if let Some(class) = line(cell, threshold) {
                let pair = format!("{} \u{2013} {}", matrix.actors()[a], matrix.actors()[b]);
                edge(&mut svg, class, (places[i], places[j]), (cell, most), &pair);
            }
        }
    }
    for (at, &actor) in actors.iter().enumerate() {
        node(&mut svg, &matrix.actors()[actor], places[at], on_circle(at, actors.len(), RADIUS + 12.0));
    }
    svg.finish()
}

fn on_circle(at: usize, of: usize, radius: f64) -> (f64, f64) {
    let angle = std::f64::consts::TAU * at as f64 / of.max(1) as f64 - std::f64::consts::FRAC_PI_2;
    let middle = RADIUS + ROOM;
    (middle + radius * libm::cos(angle), HEADING + middle + radius * libm::sin(angle))
}

/// The class of the line between two actors; `None` where there is none.
fn line(cell: Cell, threshold: f64) -> Option<&'static str> {
    let agreement = cell.agreement.filter(|_| cell.is_identified())?;
    if agreement >= threshold {
        return Some("gs y");
    }
    (1.0 - agreement >= threshold).then_some("os y d")
}

fn edge(svg: &mut Markup, class: &str, ends: ((f64, f64), (f64, f64)), (cell, most): (Cell, f64), pair: &str) {
    let ((ax, ay), (bx, by)) = ends;
    svg.open("g").attr("class", "cell").leaf("title", "", format!("{pair}: {}", cell_words(cell)));
    svg.open("path").attr("class", class).attr("d", format!("M{} {}L{} {}", Px(ax), Px(ay), Px(bx), Px(by)));
    svg.attr("stroke-width", Px(0.4 + 2.0 * (cell.shared_lower / most).clamp(0.0, 1.0))).close();
    svg.close();
}

fn node(svg: &mut Markup, name: &str, at: (f64, f64), outside: (f64, f64)) {
    dot(svg, "n", at, 5.0);
    let anchor = match outside.0 - at.0 {
        dx if dx > 3.0 => "b",
        dx if dx < -3.0 => "b e",
        _ => "b m",
    };
    label(svg, (outside.0, outside.1 + 4.0), anchor, &shortened(name, 14));
}
