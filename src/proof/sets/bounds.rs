//! Sets that hold more than another, or less, and are drawn with fewer nodes.

use std::collections::{BTreeMap, HashSet};
use std::hash::BuildHasherDefault;

use super::diagrams::Sets;
use super::{Block, CELLS, Deed, EMPTY, Family, MOST_VALUES, Quick, Set, cell, pair, pairs_of};

/// Masks after which no more are made for bounds.
const MOST_MASKS: usize = 60_000;

impl Sets {
    /// Nodes and blocks that a set is drawn with, counted up to `most`.
    pub(super) fn drawn_with(&self, set: Set, most: usize) -> usize {
        let mut seen: HashSet<Set, BuildHasherDefault<Quick>> = HashSet::default();
        let mut open = vec![set];
        while let Some(set) = open.pop() {
            if set == EMPTY || !seen.insert(set) {
                continue;
            }
            if seen.len() >= most {
                return most;
            }
            if !Self::is_block(set) {
                let count = self.count_at(self.level(set));
                open.extend((0..count).map(|value| self.child(set, value)));
            }
        }
        seen.len()
    }

    /// The levels at which a set branches, each with the number of its nodes there that lead on
    /// by more than one value.
    pub(super) fn branching(&self, set: Set) -> BTreeMap<u16, usize> {
        let mut found = BTreeMap::new();
        let mut seen: HashSet<Set, BuildHasherDefault<Quick>> = HashSet::default();
        let mut open = vec![set];
        while let Some(set) = open.pop() {
            if set == EMPTY || Self::is_block(set) || !seen.insert(set) {
                continue;
            }
            let level = self.level(set);
            let children = (0..self.count_at(level)).map(|value| self.child(set, value));
            let before = open.len();
            open.extend(children.filter(|child| *child != EMPTY));
            if open.len() > before + 1 {
                *found.entry(level).or_default() += 1;
            }
        }
        found
    }

    /// One state of a set: the value of each level, and a pair. `draw` gives a number below its
    /// argument.
    pub(super) fn any_one(
        &self,
        set: Set,
        draw: &mut dyn FnMut(usize) -> usize,
    ) -> Option<(Vec<u8>, (u8, u8))> {
        if set == EMPTY {
            return None;
        }
        let mut values = vec![0; self.levels_in_all()];
        let mut at = set;
        while !Self::is_block(at) {
            let level = self.level(at);
            let open: Vec<u8> = (0..self.count_at(level) as u8)
                .filter(|value| self.child(at, usize::from(*value)) != EMPTY)
                .collect();
            let value = open[draw(open.len())];
            values[usize::from(level)] = value;
            at = self.child(at, usize::from(value));
        }
        let pairs: Vec<(u8, u8)> = pairs_of(self.cells(at)).collect();
        let pair = pairs[draw(pairs.len())];
        Some((values, pair))
    }

    /// Lets every state have every pair of distress and trust that any of them has.
    pub(super) fn sharing_pairs(&mut self, set: Set) -> Set {
        let all = self.forget(vec![true; self.levels_in_all()]);
        let pairs = self.after(set, Deed::Forget(all));
        if !Self::is_block(pairs) || self.lists.masks() >= MOST_MASKS {
            return set;
        }
        let block = *self.cells(pairs);
        let mask = self.lists.mask_of(block);
        self.after(set, Deed::Fill(mask))
    }

    /// Each state with any value of a part that the states below it have not.
    pub(super) fn any(&mut self, level: u16, child: Set) -> Set {
        let children = [child; MOST_VALUES];
        let count = self.count_at(level);
        self.node(level, &children[..count])
    }
}

/// Every pair between the least and the most distress and trust of a block.
pub(super) fn spread(block: &Block) -> Block {
    let mut held = (0..CELLS).filter(|cell| block[cell / 64] >> (cell % 64) & 1 == 1);
    let Some(first) = held.next() else {
        return *block;
    };
    let (mut low, mut high) = (pair(first), pair(first));
    for (distress, trust) in held.map(pair) {
        low = (low.0.min(distress), low.1.min(trust));
        high = (high.0.max(distress), high.1.max(trust));
    }
    let mut spread = [0; CELLS.div_ceil(64)];
    for distress in low.0..=high.0 {
        for trust in low.1..=high.1 {
            let cell = cell(distress, trust);
            spread[cell / 64] |= 1 << (cell % 64);
        }
    }
    spread
}
