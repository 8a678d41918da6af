//! Sets of states, kept as shared diagrams: one level for each part of a state, and at the
//! bottom a block with one bit for each pair of distress and trust.
//!
//! Where states differ in parts that have nothing to do with each other, millions of them share a
//! few nodes, and a condition or a change is applied to all of them at once. A level that is
//! left out stands for its first value, so what no longer matters costs nothing. Equal sets
//! are one number.

use std::collections::BTreeMap;
use std::hash::Hasher;

use super::{
    Block, Deed, EMPTY, Family, Lists, MOST_VALUES, Quick, QuickMap, Set, added, block_of, pairs_of,
};

/// Most answers that are remembered of each kind: what a processor's caches hold.
const MOST_ANSWERS: usize = 1 << 20;
/// Marks the number of a block.
const BLOCK: u32 = 1 << 31;
/// Level of a block: below all others.
const BOTTOM: u16 = u16::MAX;

/// Answers that are remembered; a newer one takes an older one's place.
#[derive(Debug)]
struct Answers {
    slots: Vec<(u64, u32)>,
}

impl Answers {
    fn new(size: usize) -> Self {
        Self {
            slots: vec![(u64::MAX, 0); size],
        }
    }

    const fn at(&self, key: u64) -> usize {
        let spread = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (spread ^ spread >> 32) as usize & (self.slots.len() - 1)
    }

    #[inline]
    fn get(&self, key: u64) -> Option<u32> {
        let (own, answer) = self.slots[self.at(key)];
        (own == key).then_some(answer)
    }

    #[inline]
    fn put(&mut self, key: u64, answer: u32) {
        let at = self.at(key);
        self.slots[at] = (key, answer);
    }

    fn bytes(&self) -> usize {
        self.slots.len() * 16
    }
}

/// Every set of one exploration.
#[derive(Debug)]
pub(in super::super) struct Sets {
    /// Values of the part at each level.
    sizes: Vec<u8>,
    /// Room that it began with.
    room: usize,
    levels: Vec<u16>,
    starts: Vec<u32>,
    children: Vec<Set>,
    /// Numbers of the nodes by hash; 0 where empty.
    known: Vec<u32>,
    blocks: Vec<Block>,
    known_blocks: QuickMap<Block, u32>,
    pub(super) lists: Lists,
    deeds: Vec<Deed>,
    known_deeds: QuickMap<Deed, u32>,
    done: Answers,
    joins: Answers,
    parts: Answers,
}

impl Sets {
    /// Room for sets of states whose parts have so many values each, and to begin with for so many
    /// nodes: a power of two.
    fn sized(sizes: Vec<u8>, size: usize) -> Self {
        Self {
            sizes,
            room: size,
            // Number 0 is the empty set.
            levels: vec![BOTTOM],
            starts: vec![0],
            children: Vec::new(),
            known: vec![0; size],
            blocks: vec![block_of([].into_iter())],
            known_blocks: QuickMap::default(),
            lists: Lists::default(),
            deeds: Vec::new(),
            known_deeds: QuickMap::default(),
            done: Answers::new(size),
            joins: Answers::new(size),
            parts: Answers::new(size),
        }
    }

    fn block(&mut self, block: Block) -> Set {
        if block.iter().all(|word| *word == 0) {
            return EMPTY;
        }
        if let Some(known) = self.known_blocks.get(&block) {
            return *known;
        }
        let number = self.blocks.len() as u32 | BLOCK;
        self.blocks.push(block);
        self.known_blocks.insert(block, number);
        number
    }

    pub(super) const fn is_block(set: Set) -> bool {
        set & BLOCK != 0
    }

    pub(super) fn cells(&self, set: Set) -> &Block {
        &self.blocks[(set & !BLOCK) as usize]
    }

    #[inline]
    pub(super) fn level(&self, set: Set) -> u16 {
        if Self::is_block(set) {
            BOTTOM
        } else {
            self.levels[set as usize]
        }
    }

    #[inline]
    pub(super) fn child(&self, set: Set, value: usize) -> Set {
        self.children[self.starts[set as usize] as usize + value]
    }

    fn hash(level: u16, children: &[Set]) -> u64 {
        let mut hash = Quick(u64::from(level));
        for child in children {
            hash.write_u32(*child);
        }
        hash.finish()
    }

    pub(super) fn node(&mut self, level: u16, children: &[Set]) -> Set {
        if children[1..].iter().all(|child| *child == EMPTY) {
            return children[0];
        }
        let mask = self.known.len() - 1;
        let mut at = Self::hash(level, children) as usize & mask;
        loop {
            let known = self.known[at];
            if known == 0 {
                break;
            }
            if self.levels[known as usize] == level {
                let start = self.starts[known as usize] as usize;
                if self.children[start..start + children.len()] == *children {
                    return known;
                }
            }
            at = (at + 1) & mask;
        }
        let number = self.levels.len() as u32;
        self.known[at] = number;
        self.levels.push(level);
        self.starts.push(self.children.len() as u32);
        self.children.extend_from_slice(children);
        if self.levels.len() * 2 > self.known.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let size = self.known.len() * 2;
        let mut known = vec![0; size];
        for number in 1..self.levels.len() {
            let level = self.levels[number];
            let start = self.starts[number] as usize;
            let count = usize::from(self.sizes[usize::from(level)]);
            let hash = Self::hash(level, &self.children[start..start + count]);
            let mut at = hash as usize & (size - 1);
            while known[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            known[at] = number as u32;
        }
        self.known = known;
        if size <= MOST_ANSWERS {
            self.done = Answers::new(size);
            self.joins = Answers::new(size);
            self.parts = Answers::new(size);
        }
    }

    /// How many levels there are.
    pub(super) const fn levels_in_all(&self) -> usize {
        self.sizes.len()
    }

    pub(super) fn count_at(&self, level: u16) -> usize {
        usize::from(self.sizes[usize::from(level)])
    }

    fn alone(&mut self, level: u16, value: usize, child: Set) -> Set {
        let mut children = [EMPTY; MOST_VALUES];
        children[value] = child;
        let count = self.count_at(level);
        self.node(level, &children[..count])
    }

    // ---- two sets -------------------------------------------------------------------------

    fn joined(&mut self, one: Set, other: Set) -> Set {
        if one == other || other == EMPTY {
            return one;
        }
        if one == EMPTY {
            return other;
        }
        let (one, other) = if one < other {
            (one, other)
        } else {
            (other, one)
        };
        let key = u64::from(one) << 32 | u64::from(other);
        if let Some(answer) = self.joins.get(key) {
            return answer;
        }
        let (upper, lower) = (self.level(one), self.level(other));
        let answer = if upper == BOTTOM && lower == BOTTOM {
            let mut block = *self.cells(one);
            for (own, more) in block.iter_mut().zip(self.cells(other)) {
                *own |= more;
            }
            self.block(block)
        } else {
            let level = upper.min(lower);
            let count = self.count_at(level);
            let mut children = [EMPTY; MOST_VALUES];
            for (value, child) in children.iter_mut().enumerate().take(count) {
                let first = self.child_at(one, level, value);
                let second = self.child_at(other, level, value);
                *child = self.joined(first, second);
            }
            self.node(level, &children[..count])
        };
        self.joins.put(key, answer);
        answer
    }

    fn parted(&mut self, one: Set, other: Set) -> Set {
        if one == EMPTY || one == other {
            return EMPTY;
        }
        if other == EMPTY {
            return one;
        }
        let key = u64::from(one) << 32 | u64::from(other);
        if let Some(answer) = self.parts.get(key) {
            return answer;
        }
        let (upper, lower) = (self.level(one), self.level(other));
        let answer = if upper == BOTTOM && lower == BOTTOM {
            let mut block = *self.cells(one);
            for (own, less) in block.iter_mut().zip(self.cells(other)) {
                *own &= !less;
            }
            self.block(block)
        } else if lower < upper {
            let first = self.child(other, 0);
            self.parted(one, first)
        } else {
            let count = self.count_at(upper);
            let mut children = [EMPTY; MOST_VALUES];
            for (value, child) in children.iter_mut().enumerate().take(count) {
                let first = self.child(one, value);
                let second = self.child_at(other, upper, value);
                *child = self.parted(first, second);
            }
            self.node(upper, &children[..count])
        };
        self.parts.put(key, answer);
        answer
    }

    fn child_at(&self, set: Set, level: u16, value: usize) -> Set {
        if self.level(set) == level {
            self.child(set, value)
        } else if value == 0 {
            set
        } else {
            EMPTY
        }
    }

    // ---- one set --------------------------------------------------------------------------

    fn apply(&mut self, set: Set, deed: Deed, number: u32) -> Set {
        if set == EMPTY {
            return EMPTY;
        }
        let here = self.level(set);
        // Below its level a deed is decided at once.
        match deed {
            Deed::Keep { level, values } if here > level => {
                return if values & 1 == 1 { set } else { EMPTY };
            }
            Deed::Put { level, value } if here > level => {
                return self.alone(level, usize::from(value), set);
            }
            Deed::Add {
                level,
                by,
                least,
                most,
            } if here > level => {
                return self.alone(level, added(0, by, least, most), set);
            }
            Deed::Free(level) if here > level => return self.any(level, set),
            Deed::Forget(_) if here == BOTTOM => return set,
            _ => {}
        }
        let key = u64::from(number) << 32 | u64::from(set);
        if let Some(answer) = self.done.get(key) {
            return answer;
        }
        let answer = if here == BOTTOM {
            self.apply_to_cells(set, deed)
        } else {
            let count = self.count_at(here);
            let mut children = [EMPTY; MOST_VALUES];
            match deed {
                Deed::Keep { level, values } if level == here => {
                    for (value, child) in children.iter_mut().enumerate().take(count) {
                        if values >> value & 1 == 1 {
                            *child = self.child(set, value);
                        }
                    }
                }
                Deed::Put { level, value } if level == here => {
                    let mut all = EMPTY;
                    for own in 0..count {
                        let child = self.child(set, own);
                        all = self.joined(all, child);
                    }
                    children[usize::from(value)] = all;
                }
                Deed::Add {
                    level,
                    by,
                    least,
                    most,
                } if level == here => {
                    for own in 0..count {
                        let child = self.child(set, own);
                        if child != EMPTY {
                            let to = added(own, by, least, most);
                            children[to] = self.joined(children[to], child);
                        }
                    }
                }
                Deed::Free(level) if level == here => {
                    let mut all = EMPTY;
                    for own in 0..count {
                        let child = self.child(set, own);
                        all = self.joined(all, child);
                    }
                    children[..count].fill(all);
                }
                Deed::Forget(levels) if self.lists.forgets(levels, here) => {
                    for own in 0..count {
                        let child = self.child(set, own);
                        let child = self.apply(child, deed, number);
                        children[0] = self.joined(children[0], child);
                    }
                }
                _ => {
                    for (value, child) in children.iter_mut().enumerate().take(count) {
                        let own = self.child(set, value);
                        *child = self.apply(own, deed, number);
                    }
                }
            }
            self.node(here, &children[..count])
        };
        self.done.put(key, answer);
        answer
    }

    fn apply_to_cells(&mut self, set: Set, deed: Deed) -> Set {
        let mut block = *self.cells(set);
        self.lists.to_cells(&mut block, deed);
        self.block(block)
    }

    fn carry(&self, set: Set, to: &mut Self, moved: &mut QuickMap<Set, Set>) -> Set {
        if set == EMPTY {
            return EMPTY;
        }
        if let Some(known) = moved.get(&set) {
            return *known;
        }
        let own = if Self::is_block(set) {
            to.block(*self.cells(set))
        } else {
            let level = self.level(set);
            let count = to.count_at(level);
            let mut children = [EMPTY; MOST_VALUES];
            for (value, child) in children.iter_mut().enumerate().take(count) {
                *child = self.carry(self.child(set, value), to, moved);
            }
            to.node(level, &children[..count])
        };
        moved.insert(set, own);
        own
    }

    fn counted(&self, set: Set, counted: &mut QuickMap<Set, u64>) -> u64 {
        if set == EMPTY {
            return 0;
        }
        if Self::is_block(set) {
            return self
                .cells(set)
                .iter()
                .map(|word| u64::from(word.count_ones()))
                .sum();
        }
        if let Some(count) = counted.get(&set) {
            return *count;
        }
        let count = (0..self.count_at(self.level(set)))
            .map(|value| self.counted(self.child(set, value), counted))
            .fold(0, u64::saturating_add);
        counted.insert(set, count);
        count
    }
}

impl Family for Sets {
    const IS_EXACT: bool = true;

    fn with_room(sizes: Vec<u8>, room: usize) -> Self {
        Self::sized(sizes, room)
    }

    fn lists(&mut self) -> &mut Lists {
        &mut self.lists
    }

    fn of_cells(&mut self, cells: &mut dyn Iterator<Item = usize>) -> Set {
        self.block(block_of(cells))
    }

    fn join(&mut self, one: Set, other: Set) -> Set {
        self.joined(one, other)
    }

    fn part(&mut self, one: Set, other: Set) -> Set {
        self.parted(one, other)
    }

    fn after(&mut self, set: Set, deed: Deed) -> Set {
        if set == EMPTY {
            return EMPTY;
        }
        let number = if let Some(number) = self.known_deeds.get(&deed) {
            *number
        } else {
            let number = self.deeds.len() as u32;
            self.deeds.push(deed);
            self.known_deeds.insert(deed, number);
            number
        };
        self.apply(set, deed, number)
    }

    fn pairs(&self, set: Set) -> Vec<(u8, u8)> {
        if Self::is_block(set) {
            pairs_of(self.cells(set)).collect()
        } else {
            Vec::new()
        }
    }

    fn count(&self, set: Set) -> u64 {
        self.counted(set, &mut QuickMap::default())
    }

    fn nodes(&self) -> usize {
        self.levels.len() + self.blocks.len()
    }

    fn bytes(&self) -> usize {
        self.levels.capacity() * 2
            + self.starts.capacity() * 4
            + self.children.capacity() * 4
            + self.known.len() * 4
            + self.blocks.capacity() * 56
            + self.known_blocks.capacity() * 61
            + self.done.bytes()
            + self.joins.bytes()
            + self.parts.bytes()
    }

    fn tidy(&mut self, kept: &mut dyn Iterator<Item = &mut Set>) {
        let mut fresh = Self::sized(std::mem::take(&mut self.sizes), self.room);
        fresh.lists = std::mem::take(&mut self.lists);
        fresh.deeds = std::mem::take(&mut self.deeds);
        fresh.known_deeds = std::mem::take(&mut self.known_deeds);
        let mut moved = QuickMap::default();
        for set in kept {
            *set = self.carry(*set, &mut fresh, &mut moved);
        }
        *self = fresh;
    }

    fn size(&self, set: Set, most: usize) -> usize {
        self.drawn_with(set, most)
    }

    fn branches(&self, set: Set) -> BTreeMap<u16, usize> {
        self.branching(set)
    }

    fn shared_pairs(&mut self, set: Set) -> Set {
        self.sharing_pairs(set)
    }

    fn values(&mut self, set: Set, level: u16) -> Vec<u8> {
        (0..self.sizes[usize::from(level)])
            .filter(|value| {
                let values = 1 << value;
                self.after(set, Deed::Keep { level, values }) != EMPTY
            })
            .collect()
    }

    fn one(&self, set: Set, draw: &mut dyn FnMut(usize) -> usize) -> Option<(Vec<u8>, (u8, u8))> {
        self.any_one(set, draw)
    }
}
