//! Who stands together, as a tree.

use super::escape::{Markup, Px};
use super::heatmap::MOST_ACTORS;
use super::matrix::{Matrix, leaves};
use super::picture::{HEADING, Place, actors as count, frame, label, shortened, stroke, width};

const ROW: f64 = 18.0;
const WIDE: f64 = 420.0;

/// The actors with an identified pair as a tree, by average linkage on 1 − agreement.
///
/// Two branches join at their mean distance, 0 on the left (always agree) to 1 on the right (never); a pair that
/// is not identified counts as ½ and is told from the rest in the heading. Each join's title names its members.
pub fn dendrogram_svg(matrix: &Matrix, place: Place) -> String {
    let actors = matrix.known(MOST_ACTORS);
    let left = matrix.actors().len() - actors.len();
    let mut said = "Mean distance: 0 always agree, 1 never; a pair not identified counts as 0.5.".to_owned();
    if left > 0 {
        said.push_str(&format!(" Without an identified pair, left out: {}.", count(left)));
    }
    let tree = matrix.joins(&actors);
    let order = leaves(&tree, actors.len());
    let names: Vec<String> = order.iter().map(|&leaf| shortened(&matrix.actors()[actors[leaf]], 14)).collect();
    let from = names.iter().map(|name| width(name)).fold(40.0, f64::max) + 10.0;
    let height = HEADING + ROW * actors.len() as f64 + 34.0;
    let mut svg = frame((from + WIDE + 20.0, height), place, "Who stands together", &said);
    for (row, name) in names.iter().enumerate() {
        label(&mut svg, (from - 6.0, HEADING + ROW * row as f64 + 13.0), "e", name);
    }
    let bottom = HEADING + ROW * actors.len() as f64;
    for tenth in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let x = from + WIDE * tenth;
        stroke(&mut svg, "l d", &format!("M{} {}V{}", Px(x), Px(HEADING), Px(bottom)));
        label(&mut svg, (x, bottom + 14.0), "s m", &format!("{tenth}"));
    }
    let mut branches: Vec<Branch> = actors.iter().map(|&actor| Branch::leaf(&matrix.actors()[actor], from)).collect();
    for (row, leaf) in order.into_iter().enumerate() {
        branches[leaf].y = HEADING + ROW * row as f64 + 9.0;
    }
    write_joins(&mut svg, branches, &tree, from);
    svg.finish()
}

/// One branch point: its members, where it stands, and how far it reaches.
struct Branch {
    names: Vec<String>,
    x: f64,
    y: f64,
}

impl Branch {
    fn leaf(name: &str, x: f64) -> Branch {
        Branch { names: vec![name.to_owned()], x, y: 0.0 }
    }
}

fn write_joins(svg: &mut Markup, mut branches: Vec<Branch>, tree: &[(usize, usize, f64)], from: f64) {
    for &(first, second, distance) in tree {
        let x = from + WIDE * distance.clamp(0.0, 1.0);
        let (a, b) = (&branches[first], &branches[second]);
        let names = [a.names.as_slice(), b.names.as_slice()].concat();
        svg.open("g").attr("class", "cell");
        svg.leaf("title", "", format!("{}: mean distance {distance:.2}", names.join(", ")));
        stroke(svg, "k", &format!("M{} {}H{}V{}H{}", Px(a.x), Px(a.y), Px(x), Px(b.y), Px(b.x)));
        svg.close();
        let y = (a.y + b.y) / 2.0;
        branches.push(Branch { names, x, y });
    }
}
