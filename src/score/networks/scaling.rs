//! Distances between actors as places on a plane.

/// A map: a place for each actor, and how well distances on it show the given ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaling {
    /// One place per actor, in the order given.
    pub places: Vec<[f64; 2]>,
    /// Kruskal's stress-1: 0 where the map shows every distance, under 0.1 good, over 0.2 poor; `None` where no
    /// two actors have a distance.
    pub stress: Option<f64>,
}

const ROUNDS: usize = 500;
const STILL: f64 = 1e-9;

/// Multidimensional scaling by majorisation (SMACOF, de Leeuw 1977; Borg and Groenen 2005, chapter 8): places on
/// a plane whose distances come as near as they can to those given for each pair, row by row above the
/// diagonal. A pair without a distance pulls neither way; it may lie anywhere. Starts from a circle in the order
/// given, so the same input gives the same map.
pub fn plane(distances: &[Option<f64>], actors: usize) -> Scaling {
    let turn = std::f64::consts::TAU / actors.max(1) as f64;
    let mut places: Vec<[f64; 2]> =
        (0..actors).map(|at| [libm::cos(turn * at as f64) * 0.5, libm::sin(turn * at as f64) * 0.5]).collect();
    let pairs: Vec<(usize, usize, f64)> = (0..actors)
        .flat_map(|a| (a + 1..actors).map(move |b| (a, b)))
        .zip(distances)
        .filter_map(|((a, b), distance)| Some((a, b, (*distance)?)))
        .collect();
    let mut before = f64::INFINITY;
    for _ in 0..ROUNDS {
        places = step(&places, &pairs);
        let now = misfit(&places, &pairs);
        if before - now < STILL {
            break;
        }
        before = now;
    }
    let given: f64 = pairs.iter().map(|(_, _, distance)| distance * distance).sum();
    let stress = (given > 0.0).then(|| (misfit(&places, &pairs) / given).sqrt());
    Scaling { places, stress }
}

/// Every actor to the mean of where each of its pairs wants it, half the misfit toward or away from the other.
/// Twice the diagonal of the pairs' Laplacian majorises it, so misfit never grows, whichever pairs are missing.
fn step(places: &[[f64; 2]], pairs: &[(usize, usize, f64)]) -> Vec<[f64; 2]> {
    let mut wanted = vec![[0.0; 2]; places.len()];
    let mut number = vec![0.0; places.len()];
    for &(a, b, distance) in pairs {
        let shown = length(places, a, b);
        let ratio = if shown > 1e-12 { distance / shown } else { 0.0 };
        for axis in 0..2 {
            let half = (places[a][axis] - places[b][axis]) * (ratio - 1.0) / 2.0;
            wanted[a][axis] += places[a][axis] + half;
            wanted[b][axis] += places[b][axis] - half;
        }
        number[a] += 1.0;
        number[b] += 1.0;
    }
    let mean = |at: usize| {
        if number[at] > 0.0 { wanted[at].map(|sum| sum / number[at]) } else { places[at] }
    };
    (0..places.len()).map(mean).collect()
}

fn length(places: &[[f64; 2]], a: usize, b: usize) -> f64 {
    libm::hypot(places[a][0] - places[b][0], places[a][1] - places[b][1])
}

fn misfit(places: &[[f64; 2]], pairs: &[(usize, usize, f64)]) -> f64 {
    pairs.iter().map(|&(a, b, distance)| (length(places, a, b) - distance).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_found_again() {
        let corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let pairs = (0..4).flat_map(|a| (a + 1..4).map(move |b| (a, b)));
        let distances: Vec<Option<f64>> = pairs.clone().map(|(a, b)| Some(length(&corners, a, b))).collect();
        let found = plane(&distances, 4);
        assert!(found.stress.unwrap() < 1e-4, "{:?}", found.stress);
        for ((a, b), distance) in pairs.zip(distances) {
            assert!((length(&found.places, a, b) - distance.unwrap()).abs() < 1e-3);
        }
    }

    #[test]
    fn misfit_never_grows() {
        let distances = [0.2, 0.9, 0.4, 0.7, 0.1, 1.0, 0.3, 0.8, 0.6, 0.5];
        let pairs: Vec<(usize, usize, f64)> =
            (0..5).flat_map(|a| (a + 1..5).map(move |b| (a, b))).zip(distances).map(|((a, b), d)| (a, b, d)).collect();
        let mut places = vec![[0.1, 0.2], [0.9, 0.3], [0.2, 0.8], [0.7, 0.6], [0.5, 0.1]];
        for _ in 0..50 {
            let next = step(&places, &pairs);
            assert!(misfit(&next, &pairs) <= misfit(&places, &pairs) + 1e-12);
            places = next;
        }
    }

    #[test]
    fn a_pair_without_a_distance_pulls_neither_way() {
        let found = plane(&[Some(1.0), None, Some(1.0)], 3);
        assert!((length(&found.places, 0, 1) - 1.0).abs() < 1e-6 && (length(&found.places, 1, 2) - 1.0).abs() < 1e-6);
        assert_eq!(plane(&[None, None, None], 3).stress, None);
        assert_eq!(plane(&[], 0).places.len(), 0);
    }
}
