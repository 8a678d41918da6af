//! Sets of states of which only is kept which values each part has, and which pairs of distress and
//! trust there are: a box. What is put into a box may be joined there by states that are none, so
//! boxes show what is never met, and nothing of what is.

use std::collections::BTreeMap;

use super::{
    Block, CELLS, Deed, EMPTY, Family, Lists, MOST_VALUES, Set, added, block_of, pairs_of,
};

/// Boxes, by number.
#[derive(Debug)]
pub(in super::super) struct Boxes {
    /// Values of the part at each level.
    sizes: Vec<u8>,
    /// Values of every part, box by box.
    values: Vec<u32>,
    blocks: Vec<Block>,
    lists: Lists,
}

impl Boxes {
    fn parts(&self, set: Set) -> &[u32] {
        let count = self.sizes.len();
        let start = set as usize * count;
        &self.values[start..start + count]
    }

    fn block(&self, set: Set) -> &Block {
        &self.blocks[set as usize]
    }

    /// A copy of a box, to be changed; its number and the position of its first value.
    fn copy(&mut self, set: Set) -> (Set, usize) {
        let count = self.sizes.len();
        let (from, start) = (set as usize * count, self.values.len());
        self.values.extend_from_within(from..from + count);
        self.blocks.push(self.blocks[set as usize]);
        (self.blocks.len() as Set - 1, start)
    }

    /// The box with one part or the pairs changed; itself if nothing changes.
    fn with(&mut self, set: Set, level: u16, values: u32) -> Set {
        if values == 0 {
            return EMPTY;
        }
        if self.parts(set)[usize::from(level)] == values {
            return set;
        }
        let (copy, start) = self.copy(set);
        self.values[start + usize::from(level)] = values;
        copy
    }

    fn with_block(&mut self, set: Set, block: Block) -> Set {
        if block == [0; CELLS.div_ceil(64)] {
            return EMPTY;
        }
        if *self.block(set) == block {
            return set;
        }
        let (copy, _) = self.copy(set);
        self.blocks[copy as usize] = block;
        copy
    }

    fn all_values(&self, level: u16) -> u32 {
        u32::MAX >> (MOST_VALUES - usize::from(self.sizes[usize::from(level)]))
    }

    fn holds(&self, one: Set, other: Set) -> bool {
        let within = |one: u64, other: u64| other & !one == 0;
        let mut parts = self.parts(one).iter().zip(self.parts(other));
        let mut cells = self.block(one).iter().zip(self.block(other));
        cells.all(|(one, other)| within(*one, *other))
            && parts.all(|(one, other)| within(u64::from(*one), u64::from(*other)))
    }
}

impl Family for Boxes {
    const IS_EXACT: bool = false;

    fn with_room(sizes: Vec<u8>, _: usize) -> Self {
        Self {
            // Number 0 is the empty set.
            values: vec![0; sizes.len()],
            blocks: vec![block_of([].into_iter())],
            sizes,
            lists: Lists::default(),
        }
    }

    fn lists(&mut self) -> &mut Lists {
        &mut self.lists
    }

    fn of_cells(&mut self, cells: &mut dyn Iterator<Item = usize>) -> Set {
        self.values.extend(std::iter::repeat_n(1, self.sizes.len()));
        self.blocks.push(block_of(cells));
        self.blocks.len() as Set - 1
    }

    fn join(&mut self, one: Set, other: Set) -> Set {
        if other == EMPTY || self.holds(one, other) {
            return one;
        }
        if one == EMPTY || self.holds(other, one) {
            return other;
        }
        let (joined, start) = self.copy(one);
        let from = other as usize * self.sizes.len();
        for at in 0..self.sizes.len() {
            self.values[start + at] |= self.values[from + at];
        }
        let more = *self.block(other);
        for (own, more) in self.blocks[joined as usize].iter_mut().zip(more) {
            *own |= more;
        }
        joined
    }

    fn part(&mut self, one: Set, other: Set) -> Set {
        if one == EMPTY || other == EMPTY {
            return one;
        }
        // What is left is a box only if they differ in one thing.
        let outside = |one: u32, other: u32| one & !other != 0;
        let both = self.parts(one).iter().zip(self.parts(other));
        let mut differing = both
            .enumerate()
            .filter(|(_, (one, other))| outside(**one, **other));
        let part = differing
            .next()
            .map(|(at, (one, other))| (at, one & !other));
        let is_one = differing.next().is_none();
        let mut left = *self.block(one);
        for (own, less) in left.iter_mut().zip(self.block(other)) {
            *own &= !less;
        }
        let in_pairs = left != [0; CELLS.div_ceil(64)];
        match part {
            None if in_pairs => self.with_block(one, left),
            None => EMPTY,
            Some((level, values)) if is_one && !in_pairs => self.with(one, level as u16, values),
            Some(_) => one,
        }
    }

    fn after(&mut self, set: Set, deed: Deed) -> Set {
        if set == EMPTY {
            return EMPTY;
        }
        let own = |level: u16| self.parts(set)[usize::from(level)];
        match deed {
            Deed::Keep { level, values } => self.with(set, level, own(level) & values),
            Deed::Put { level, value } => self.with(set, level, 1 << value),
            Deed::Add {
                level,
                by,
                least,
                most,
            } => {
                let values = own(level);
                let sent = (0..MOST_VALUES)
                    .filter(|value| values >> value & 1 == 1)
                    .fold(0, |sent, value| sent | 1 << added(value, by, least, most));
                self.with(set, level, sent)
            }
            Deed::Free(level) => self.with(set, level, self.all_values(level)),
            Deed::Forget(levels) => {
                let is_new = (0..self.sizes.len())
                    .any(|at| self.lists.forgets(levels, at as u16) && own(at as u16) != 1);
                if !is_new {
                    return set;
                }
                let (copy, start) = self.copy(set);
                for at in 0..self.sizes.len() {
                    if self.lists.forgets(levels, at as u16) {
                        self.values[start + at] = 1;
                    }
                }
                copy
            }
            Deed::Only(_) | Deed::Send(_) | Deed::Fill(_) | Deed::Spread => {
                let mut block = *self.block(set);
                self.lists.to_cells(&mut block, deed);
                self.with_block(set, block)
            }
        }
    }

    fn pairs(&self, set: Set) -> Vec<(u8, u8)> {
        pairs_of(self.block(set)).collect()
    }

    fn count(&self, set: Set) -> u64 {
        let pairs = self
            .block(set)
            .iter()
            .map(|word| u64::from(word.count_ones()));
        self.parts(set)
            .iter()
            .fold(pairs.sum(), |all: u64, values| {
                all.saturating_mul(u64::from(values.count_ones()))
            })
    }

    fn nodes(&self) -> usize {
        self.blocks.len()
    }

    fn bytes(&self) -> usize {
        self.values.capacity() * 4 + self.blocks.capacity() * 56
    }

    fn tidy(&mut self, kept: &mut dyn Iterator<Item = &mut Set>) {
        let mut fresh = Self::with_room(std::mem::take(&mut self.sizes), 0);
        fresh.lists = std::mem::take(&mut self.lists);
        let count = fresh.sizes.len();
        for set in kept.filter(|set| **set != EMPTY) {
            let from = *set as usize * count;
            fresh
                .values
                .extend_from_slice(&self.values[from..from + count]);
            fresh.blocks.push(self.blocks[*set as usize]);
            *set = fresh.blocks.len() as Set - 1;
        }
        *self = fresh;
    }

    fn size(&self, set: Set, _: usize) -> usize {
        usize::from(set != EMPTY)
    }

    fn branches(&self, _: Set) -> BTreeMap<u16, usize> {
        BTreeMap::new()
    }

    fn shared_pairs(&mut self, set: Set) -> Set {
        set
    }

    fn values(&mut self, set: Set, level: u16) -> Vec<u8> {
        let own = self.parts(set)[usize::from(level)];
        (0..MOST_VALUES as u8)
            .filter(|value| own >> value & 1 == 1)
            .collect()
    }

    fn one(&self, set: Set, draw: &mut dyn FnMut(usize) -> usize) -> Option<(Vec<u8>, (u8, u8))> {
        let pairs = self.pairs(set);
        if pairs.is_empty() {
            return None;
        }
        let values = self.parts(set).iter().map(|values| {
            let open: Vec<u8> = (0..MOST_VALUES as u8)
                .filter(|value| values >> value & 1 == 1)
                .collect();
            open[draw(open.len())]
        });
        let values = values.collect();
        Some((values, pairs[draw(pairs.len())]))
    }
}
