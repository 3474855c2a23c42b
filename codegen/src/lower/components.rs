//! Which nodes of a graph are on circles together: its strongly connected components, after Tarjan.

/// The component of each of `count` nodes, and how many nodes each component has.
pub(super) struct Components {
    of: Vec<usize>,
    sizes: Vec<usize>,
}

/// A node that is being looked at, with its edges and how many of them were followed.
struct Visit {
    node: usize,
    edges: Vec<usize>,
    next: usize,
}

impl Components {
    /// Looks at every node and edge once. Not by recursion: nobody limits how far models lead.
    pub(super) fn new(count: usize, edges: impl Fn(usize) -> Vec<usize>) -> Self {
        const UNSEEN: usize = usize::MAX;
        let mut found = Self { of: vec![UNSEEN; count], sizes: Vec::new() };
        // When a node was first seen, and the earliest node that it leads back to.
        let (mut seen, mut lowest, mut clock) = (vec![UNSEEN; count], vec![UNSEEN; count], 0);
        let mut open: Vec<usize> = Vec::new();
        for root in 0..count {
            let mut visits = Vec::new();
            if seen[root] == UNSEEN {
                visits.push(Visit { node: root, edges: edges(root), next: 0 });
            }
            while let Some(visit) = visits.last_mut() {
                let node = visit.node;
                if visit.next == 0 && seen[node] == UNSEEN {
                    (seen[node], lowest[node]) = (clock, clock);
                    clock += 1;
                    open.push(node);
                }
                if let Some(&target) = visit.edges.get(visit.next) {
                    visit.next += 1;
                    if seen[target] == UNSEEN {
                        visits.push(Visit { node: target, edges: edges(target), next: 0 });
                    } else if found.of[target] == UNSEEN {
                        lowest[node] = lowest[node].min(seen[target]);
                    }
                    continue;
                }
                visits.pop();
                if let Some(parent) = visits.last() {
                    lowest[parent.node] = lowest[parent.node].min(lowest[node]);
                }
                if lowest[node] == seen[node] {
                    let start = open.iter().rposition(|&other| other == node).unwrap_or_default();
                    let members = open.split_off(start);
                    members.iter().for_each(|&member| found.of[member] = found.sizes.len());
                    found.sizes.push(members.len());
                }
            }
        }
        found
    }

    /// Whether each of two nodes leads to the other; a node does to itself.
    pub(super) fn together(&self, a: usize, b: usize) -> bool {
        self.of[a] == self.of[b]
    }

    /// How many nodes are on circles with this one, itself included.
    pub(super) fn size(&self, node: usize) -> usize {
        self.sizes[self.of[node]]
    }
}

#[cfg(test)]
mod tests {
    use super::Components;

    #[test]
    fn circles_are_found() {
        // 0 → 1 → 2 → 0, 2 → 3, 3 → 4 → 3, 5 alone, 6 → 6.
        let edges = [vec![1], vec![2], vec![0, 3], vec![4], vec![3], vec![], vec![6]];
        let found = Components::new(edges.len(), |node| edges[node].clone());
        assert!(found.together(0, 2) && found.together(1, 0) && found.together(3, 4));
        assert!(!found.together(2, 3) && !found.together(5, 6));
        assert_eq!([0, 3, 5, 6].map(|node| found.size(node)), [3, 2, 1, 1]);
    }

    #[test]
    fn a_long_way_is_no_deep_one() {
        let found = Components::new(100_000, |node| vec![(node + 1) % 100_000]);
        assert_eq!(found.size(7), 100_000);
    }
}
