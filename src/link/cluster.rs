//! Groups of things joined by similar pairs, the most similar pairs first.

/// A pair that may be joined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Edge {
    pub a: usize,
    pub b: usize,
    pub similarity: f64,
}

/// Groups that grow by joining; the number of a group is its smallest member.
#[derive(Debug)]
pub(crate) struct Groups {
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Groups {
    /// One group for each of `n` things.
    pub(crate) fn new(n: usize) -> Groups {
        Groups { of: (0..n).collect(), members: (0..n).map(|at| vec![at]).collect() }
    }

    /// The group of `thing`.
    pub(crate) fn of(&self, thing: usize) -> usize {
        self.of.get(thing).copied().unwrap_or(thing)
    }

    /// The members of a group, sorted; empty where it was joined to another.
    pub(crate) fn members(&self, group: usize) -> &[usize] {
        self.members.get(group).map_or(&[], Vec::as_slice)
    }

    /// Joins the groups of two things.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (keep, gone) = (self.of(a).min(self.of(b)), self.of(a).max(self.of(b)));
        if keep == gone {
            return;
        }
        let moved = self.members.get_mut(gone).map(std::mem::take).unwrap_or_default();
        for thing in &moved {
            if let Some(group) = self.of.get_mut(*thing) {
                *group = keep;
            }
        }
        if let Some(members) = self.members.get_mut(keep) {
            members.extend(moved);
            members.sort_unstable();
        }
    }

    /// Joins along `edges`, the most similar first, where `fits` allows the two groups to meet.
    pub(crate) fn join_all(&mut self, mut edges: Vec<Edge>, fits: impl Fn(&[usize], &[usize]) -> bool) {
        edges.sort_by(|x, y| y.similarity.total_cmp(&x.similarity).then((x.a, x.b).cmp(&(y.a, y.b))));
        for edge in edges {
            let (a, b) = (self.of(edge.a), self.of(edge.b));
            if a != b && fits(self.members(a), self.members(b)) {
                self.join(a, b);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_pair_joins_first_and_a_misfit_never() {
        let edges = vec![Edge { a: 0, b: 1, similarity: 0.7 }, Edge { a: 1, b: 2, similarity: 0.9 }];
        let mut groups = Groups::new(3);
        groups.join_all(edges, |a, b| a.len() + b.len() < 3);
        assert_eq!((groups.of(0), groups.of(1), groups.of(2)), (0, 1, 1));
        assert_eq!(groups.members(1), [1, 2]);
    }
}
