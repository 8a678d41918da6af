//! Sets of states, kept as shared diagrams: one level for each part of a state, and at the
//! bottom a block with one bit for each pair of distress and trust.
//!
//! Where states differ in parts that have nothing to do with each other, millions of them share a
//! few nodes, and a condition or a change is applied to all of them at once. A level that is
//! left out stands for its first value, so what no longer matters costs nothing. Equal sets
//! are one number.

mod bounds;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A set of states: [`EMPTY`], a node, or a block.
pub(super) type Set = u32;

/// No state.
pub(super) const EMPTY: Set = 0;

/// Values of distress, and of trust.
const VALUES: usize = 21;
/// Pairs of distress and trust.
pub(super) const CELLS: usize = VALUES * VALUES;
/// Most values of a part.
pub(super) const MOST_VALUES: usize = 32;
/// Most answers that are remembered of each kind: what a processor's caches hold.
const MOST_ANSWERS: usize = 1 << 20;
/// Marks the number of a block.
const BLOCK: u32 = 1 << 31;
/// Level of a block: below all others.
const BOTTOM: u16 = u16::MAX;

type Block = [u64; CELLS.div_ceil(64)];

/// Position of a pair in a block.
pub(super) const fn cell(distress: u8, trust: u8) -> usize {
    distress as usize * VALUES + trust as usize
}

/// The pair at a position.
pub(super) const fn pair(cell: usize) -> (u8, u8) {
    ((cell / VALUES) as u8, (cell % VALUES) as u8)
}

/// What is done to every state of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Deed {
    /// Keeps those whose part has one of these values.
    Keep { level: u16, values: u32 },
    /// Gives the part this value.
    Put { level: u16, value: u8 },
    /// Adds to the part, within bounds.
    Add {
        level: u16,
        by: i8,
        least: u8,
        most: u8,
    },
    /// Keeps those with a pair of this mask.
    Only(u16),
    /// Sends each pair to another.
    Send(u16),
    /// Sets parts to their first value.
    Forget(u16),
    /// Lets the part have any value: more states than there were.
    Free(u16),
    /// Gives every state the pairs of this mask, whichever it had.
    Fill(u16),
    /// Lets distress and trust have every value between the least and the most that they have
    /// with the other parts as they are: more states than there were.
    Spread,
}

/// A hasher for small keys of whole numbers.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 31
    }
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(word));
        }
    }
    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }
    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }
}

type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

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
pub(super) struct Sets {
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
    masks: Vec<Block>,
    sends: Vec<Box<[u16]>>,
    forgets: Vec<Vec<bool>>,
    deeds: Vec<Deed>,
    known_deeds: QuickMap<Deed, u32>,
    done: Answers,
    joined: Answers,
    parted: Answers,
}

impl Sets {
    /// Room for sets of states whose parts have so many values each.
    pub(super) fn new(sizes: Vec<u8>) -> Self {
        Self::with_room(sizes, 1 << 16)
    }

    /// The same, beginning with room for so many nodes: a power of two.
    pub(super) fn with_room(sizes: Vec<u8>, size: usize) -> Self {
        Self {
            sizes,
            room: size,
            // Number 0 is the empty set.
            levels: vec![BOTTOM],
            starts: vec![0],
            children: Vec::new(),
            known: vec![0; size],
            blocks: vec![[0; CELLS.div_ceil(64)]],
            known_blocks: QuickMap::default(),
            masks: Vec::new(),
            sends: Vec::new(),
            forgets: Vec::new(),
            deeds: Vec::new(),
            known_deeds: QuickMap::default(),
            done: Answers::new(size),
            joined: Answers::new(size),
            parted: Answers::new(size),
        }
    }

    /// Nodes and blocks.
    pub(super) const fn nodes(&self) -> usize {
        self.levels.len() + self.blocks.len()
    }

    /// Bytes in use.
    pub(super) fn bytes(&self) -> usize {
        self.levels.capacity() * 2
            + self.starts.capacity() * 4
            + self.children.capacity() * 4
            + self.known.len() * 4
            + self.blocks.capacity() * 56
            + self.known_blocks.capacity() * 61
            + self.done.bytes()
            + self.joined.bytes()
            + self.parted.bytes()
    }

    // ---- making ---------------------------------------------------------------------------

    /// The states whose other parts have their first value, with these pairs.
    pub(super) fn of_cells(&mut self, cells: impl Iterator<Item = usize>) -> Set {
        let mut block = [0; CELLS.div_ceil(64)];
        for cell in cells {
            block[cell / 64] |= 1 << (cell % 64);
        }
        self.block(block)
    }

    /// A mask for [`Deed::Only`].
    pub(super) fn mask(&mut self, has: &dyn Fn(u8, u8) -> bool) -> u16 {
        let mut block = [0; CELLS.div_ceil(64)];
        for cell in 0..CELLS {
            let (distress, trust) = pair(cell);
            if has(distress, trust) {
                block[cell / 64] |= 1 << (cell % 64);
            }
        }
        self.mask_of(block)
    }

    fn mask_of(&mut self, block: Block) -> u16 {
        if let Some(at) = self.masks.iter().position(|own| *own == block) {
            return at as u16;
        }
        self.masks.push(block);
        self.masks.len() as u16 - 1
    }

    /// A table for [`Deed::Send`].
    pub(super) fn send(&mut self, to: &mut dyn FnMut(u8, u8) -> (u8, u8)) -> u16 {
        let table: Box<[u16]> = (0..CELLS)
            .map(|from| {
                let (distress, trust) = pair(from);
                let (distress, trust) = to(distress, trust);
                cell(distress, trust) as u16
            })
            .collect();
        if let Some(at) = self.sends.iter().position(|own| *own == table) {
            return at as u16;
        }
        self.sends.push(table);
        self.sends.len() as u16 - 1
    }

    /// Levels for [`Deed::Forget`].
    pub(super) fn forget(&mut self, levels: Vec<bool>) -> u16 {
        if let Some(at) = self.forgets.iter().position(|own| *own == levels) {
            return at as u16;
        }
        self.forgets.push(levels);
        self.forgets.len() as u16 - 1
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

    /// The pairs of a block.
    pub(super) fn pairs(&self, set: Set) -> impl Iterator<Item = (u8, u8)> + '_ {
        let block = if Self::is_block(set) {
            *self.cells(set)
        } else {
            [0; CELLS.div_ceil(64)]
        };
        (0..CELLS)
            .filter(move |cell| block[cell / 64] >> (cell % 64) & 1 == 1)
            .map(pair)
    }

    const fn is_block(set: Set) -> bool {
        set & BLOCK != 0
    }

    fn cells(&self, set: Set) -> &Block {
        &self.blocks[(set & !BLOCK) as usize]
    }

    #[inline]
    fn level(&self, set: Set) -> u16 {
        if Self::is_block(set) {
            BOTTOM
        } else {
            self.levels[set as usize]
        }
    }

    #[inline]
    fn child(&self, set: Set, value: usize) -> Set {
        self.children[self.starts[set as usize] as usize + value]
    }

    fn hash(level: u16, children: &[Set]) -> u64 {
        let mut hash = Quick(u64::from(level));
        for child in children {
            hash.write_u32(*child);
        }
        hash.finish()
    }

    fn node(&mut self, level: u16, children: &[Set]) -> Set {
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
            self.joined = Answers::new(size);
            self.parted = Answers::new(size);
        }
    }

    fn count_at(&self, level: u16) -> usize {
        usize::from(self.sizes[usize::from(level)])
    }

    fn alone(&mut self, level: u16, value: usize, child: Set) -> Set {
        let mut children = [EMPTY; MOST_VALUES];
        children[value] = child;
        let count = self.count_at(level);
        self.node(level, &children[..count])
    }

    // ---- two sets -------------------------------------------------------------------------

    /// The states of either.
    pub(super) fn join(&mut self, one: Set, other: Set) -> Set {
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
        if let Some(answer) = self.joined.get(key) {
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
                *child = self.join(first, second);
            }
            self.node(level, &children[..count])
        };
        self.joined.put(key, answer);
        answer
    }

    /// The states of one that are not in the other.
    pub(super) fn part(&mut self, one: Set, other: Set) -> Set {
        if one == EMPTY || one == other {
            return EMPTY;
        }
        if other == EMPTY {
            return one;
        }
        let key = u64::from(one) << 32 | u64::from(other);
        if let Some(answer) = self.parted.get(key) {
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
            self.part(one, first)
        } else {
            let count = self.count_at(upper);
            let mut children = [EMPTY; MOST_VALUES];
            for (value, child) in children.iter_mut().enumerate().take(count) {
                let first = self.child(one, value);
                let second = self.child_at(other, upper, value);
                *child = self.part(first, second);
            }
            self.node(upper, &children[..count])
        };
        self.parted.put(key, answer);
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

    /// What becomes of every state.
    pub(super) fn after(&mut self, set: Set, deed: Deed) -> Set {
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
                        all = self.join(all, child);
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
                            children[to] = self.join(children[to], child);
                        }
                    }
                }
                Deed::Free(level) if level == here => {
                    let mut all = EMPTY;
                    for own in 0..count {
                        let child = self.child(set, own);
                        all = self.join(all, child);
                    }
                    children[..count].fill(all);
                }
                Deed::Forget(levels) if self.forgets[usize::from(levels)][usize::from(here)] => {
                    for own in 0..count {
                        let child = self.child(set, own);
                        let child = self.apply(child, deed, number);
                        children[0] = self.join(children[0], child);
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
        match deed {
            Deed::Only(mask) => {
                for (own, mask) in block.iter_mut().zip(&self.masks[usize::from(mask)]) {
                    *own &= mask;
                }
            }
            Deed::Send(table) => {
                let table = &self.sends[usize::from(table)];
                let mut sent = [0; CELLS.div_ceil(64)];
                for (number, word) in block.iter().enumerate() {
                    let mut left = *word;
                    while left != 0 {
                        let from = number * 64 + left.trailing_zeros() as usize;
                        left &= left - 1;
                        let to = usize::from(table[from]);
                        sent[to / 64] |= 1 << (to % 64);
                    }
                }
                block = sent;
            }
            Deed::Spread => block = bounds::spread(&block),
            Deed::Fill(mask) => block = self.masks[usize::from(mask)],
            Deed::Keep { .. }
            | Deed::Put { .. }
            | Deed::Add { .. }
            | Deed::Forget(_)
            | Deed::Free(_) => {}
        }
        self.block(block)
    }

    /// Throws away every node that none of these sets needs, and gives the sets their new numbers.
    pub(super) fn tidy<'a>(&mut self, kept: impl Iterator<Item = &'a mut Set>) {
        let mut fresh = Self::with_room(std::mem::take(&mut self.sizes), self.room);
        fresh.masks = std::mem::take(&mut self.masks);
        fresh.sends = std::mem::take(&mut self.sends);
        fresh.forgets = std::mem::take(&mut self.forgets);
        fresh.deeds = std::mem::take(&mut self.deeds);
        fresh.known_deeds = std::mem::take(&mut self.known_deeds);
        let mut moved = QuickMap::default();
        for set in kept {
            *set = self.carry(*set, &mut fresh, &mut moved);
        }
        *self = fresh;
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

    /// How many states there are.
    pub(super) fn count(&self, set: Set, counted: &mut HashMap<Set, u64>) -> u64 {
        if set == EMPTY {
            return 0;
        }
        if Self::is_block(set) {
            return self
                .cells(set)
                .iter()
                .map(|w| u64::from(w.count_ones()))
                .sum();
        }
        if let Some(count) = counted.get(&set) {
            return *count;
        }
        let count = (0..self.count_at(self.level(set)))
            .map(|value| self.count(self.child(set, value), counted))
            .fold(0, u64::saturating_add);
        counted.insert(set, count);
        count
    }
}

fn added(value: usize, by: i8, least: u8, most: u8) -> usize {
    let value = i32::try_from(value).unwrap_or(i32::MAX - 128);
    let kept = (value + i32::from(by)).clamp(i32::from(least), i32::from(most));
    usize::try_from(kept).unwrap_or(0)
}
