//! Actors as places on a plane: near who agree, far who do not.

use super::escape::Markup;
use super::heatmap::MOST_ACTORS;
use super::matrix::Matrix;
use super::picture::{HEADING, Place, actors as count, dot, frame, label, shortened, width};
use crate::score::networks::plane;

const SIDE: f64 = 420.0;
const ROOM: f64 = 40.0;
/// Marks nearer than this cover each other.
const CLOSE: f64 = 9.0;

/// The actors with an identified pair on a plane, so that distances come as near as they can to 1 − agreement of
/// the identified pairs; see [`plane`]. Only distances mean something: not left or right, up or down. The heading
/// tells the stress, which says how well the map shows the scores, and how many actors have no place.
pub fn map_svg(matrix: &Matrix, place: Place) -> String {
    let actors = matrix.known(MOST_ACTORS);
    let pairs = actors.iter().enumerate().flat_map(|(i, &a)| actors[i + 1..].iter().map(move |&b| matrix.get(a, b)));
    let distances: Vec<Option<f64>> =
        pairs.map(|cell| cell.agreement.filter(|_| cell.is_identified()).map(|agreement| 1.0 - agreement)).collect();
    let found = plane(&distances, actors.len());
    let left = matrix.actors().len() - actors.len();
    let fit = match found.stress {
        Some(stress) => format!("Stress {stress:.2} (under 0.1 good, over 0.2 poor)"),
        None => "No identified pair differs".to_owned(),
    };
    let mut said = format!("Near: agree. {fit}.");
    if left > 0 {
        said.push_str(&format!(" Without an identified pair, and so without a place: {}.", count(left)));
    }
    let size = (SIDE + 2.0 * ROOM, HEADING + SIDE + 2.0 * ROOM);
    let mut svg = frame((size.0.max(620.0), size.1), place, "Who is near whom", &said);
    let names = actors.iter().map(|&actor| matrix.actors()[actor].as_str());
    let mut labels: Vec<Label> = Vec::new();
    for (names, at) in together(names.zip(on_page(&found.places))) {
        let label = Label::beside(&names, at, &labels);
        write_actors(&mut svg, &names, at, &label);
        labels.push(label);
    }
    svg.finish()
}

/// The names beside a mark.
struct Label {
    text: String,
    at: (f64, f64),
}

impl Label {
    /// To the right of the mark, below the labels that would be covered.
    fn beside(names: &[&str], at: (f64, f64), others: &[Label]) -> Label {
        let mut short: Vec<String> = names.iter().take(6).map(|name| shortened(name, 14)).collect();
        short.extend((names.len() > 6).then(|| format!("+{}", names.len() - 6)));
        let mut label = Label { text: short.join(" "), at: (at.0 + 10.0, at.1 + 4.0) };
        while others.iter().any(|other| label.covers(other)) {
            label.at.1 += 2.0;
        }
        label
    }

    fn covers(&self, other: &Label) -> bool {
        let (left, right) = if self.at.0 <= other.at.0 { (self, other) } else { (other, self) };
        (self.at.1 - other.at.1).abs() < 13.0 && left.at.0 + width(&left.text) > right.at.0
    }
}

/// Actors whose marks would cover each other stand on one place, under one label.
fn together<'n>(placed: impl Iterator<Item = (&'n str, (f64, f64))>) -> Vec<(Vec<&'n str>, (f64, f64))> {
    let mut spots: Vec<(Vec<&str>, (f64, f64))> = Vec::new();
    for (name, (x, y)) in placed {
        let near = |at: &(f64, f64)| libm::hypot(at.0 - x, at.1 - y) < CLOSE;
        match spots.iter_mut().find(|(_, at)| near(at)) {
            Some((names, _)) => names.push(name),
            None => spots.push((vec![name], (x, y))),
        }
    }
    spots
}

/// The places, scaled to the page with one scale for both axes.
fn on_page(places: &[[f64; 2]]) -> Vec<(f64, f64)> {
    let bounds = |axis: usize| {
        let values = places.iter().map(|place| place[axis]);
        (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
    };
    let ((left, right), (low, high)) = (bounds(0), bounds(1));
    let wide = (right - left).max(high - low).max(1e-9);
    let put = |value: f64, low: f64, high: f64| ROOM + SIDE * ((value - (low + high) / 2.0) / wide + 0.5);
    places.iter().map(|place| (put(place[0], left, right), HEADING + put(place[1], low, high))).collect()
}

fn write_actors(svg: &mut Markup, names: &[&str], at: (f64, f64), beside: &Label) {
    svg.open("g").attr("class", "cell").leaf("title", "", names.join(", "));
    dot(svg, "n", at, 3.0 + (names.len() as f64).sqrt());
    label(svg, beside.at, "b", &beside.text);
    svg.close();
}
