//! Sets of states and what is done to all of their states at once.
//!
//! A state has parts, each at a level of its own with a few values, and a pair of distress and
//! trust. [`Sets`] hold any set exactly; [`Boxes`] hold for every part only which values it has, so
//! that a set may hold more than was put into it, and everything costs the same few steps.

mod bounds;
mod boxes;
mod diagrams;

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

pub(super) use boxes::Boxes;
pub(super) use diagrams::Sets;

/// A set of states, as its family numbers it.
pub(super) type Set = u32;

/// No state.
pub(super) const EMPTY: Set = 0;

/// Values of distress, and of trust.
const VALUES: usize = 21;
/// Pairs of distress and trust.
pub(super) const CELLS: usize = VALUES * VALUES;
/// Most values of a part.
pub(super) const MOST_VALUES: usize = 32;

type Block = [u64; CELLS.div_ceil(64)];

/// Position of a pair in a block.
pub(super) const fn cell(distress: u8, trust: u8) -> usize {
    distress as usize * VALUES + trust as usize
}

/// The pair at a position.
pub(super) const fn pair(cell: usize) -> (u8, u8) {
    ((cell / VALUES) as u8, (cell % VALUES) as u8)
}

fn block_of(cells: impl Iterator<Item = usize>) -> Block {
    let mut block = [0; CELLS.div_ceil(64)];
    for cell in cells {
        block[cell / 64] |= 1 << (cell % 64);
    }
    block
}

fn pairs_of(block: &Block) -> impl Iterator<Item = (u8, u8)> + '_ {
    (0..CELLS)
        .filter(|cell| block[cell / 64] >> (cell % 64) & 1 == 1)
        .map(pair)
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

fn added(value: usize, by: i8, least: u8, most: u8) -> usize {
    let value = i32::try_from(value).unwrap_or(i32::MAX - 128);
    let kept = (value + i32::from(by)).clamp(i32::from(least), i32::from(most));
    usize::try_from(kept).unwrap_or(0)
}

/// What deeds refer to.
#[derive(Debug, Default)]
pub(super) struct Lists {
    masks: Vec<Block>,
    sends: Vec<Box<[u16]>>,
    forgets: Vec<Vec<bool>>,
}

impl Lists {
    const fn masks(&self) -> usize {
        self.masks.len()
    }

    fn mask_of(&mut self, block: Block) -> u16 {
        if let Some(at) = self.masks.iter().position(|own| *own == block) {
            return at as u16;
        }
        self.masks.push(block);
        self.masks.len() as u16 - 1
    }

    fn forgets(&self, levels: u16, level: u16) -> bool {
        self.forgets[usize::from(levels)][usize::from(level)]
    }

    /// What a deed makes of pairs.
    fn to_cells(&self, block: &mut Block, deed: Deed) {
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
                *block = sent;
            }
            Deed::Spread => *block = bounds::spread(block),
            Deed::Fill(mask) => *block = self.masks[usize::from(mask)],
            Deed::Keep { .. }
            | Deed::Put { .. }
            | Deed::Add { .. }
            | Deed::Forget(_)
            | Deed::Free(_) => {}
        }
    }
}

/// A way to hold sets of states.
pub(super) trait Family {
    /// Whether a set holds what was put into it and nothing else.
    const IS_EXACT: bool;

    /// Room for sets of states whose parts have so many values each, and to begin with for so many
    /// nodes: a power of two.
    fn with_room(sizes: Vec<u8>, room: usize) -> Self;

    /// What deeds refer to.
    fn lists(&mut self) -> &mut Lists;

    /// A mask for [`Deed::Only`].
    fn mask(&mut self, has: &dyn Fn(u8, u8) -> bool) -> u16 {
        let cells = (0..CELLS).filter(|cell| {
            let (distress, trust) = pair(*cell);
            has(distress, trust)
        });
        self.lists().mask_of(block_of(cells))
    }

    /// A table for [`Deed::Send`].
    fn send(&mut self, to: &mut dyn FnMut(u8, u8) -> (u8, u8)) -> u16 {
        let table: Box<[u16]> = (0..CELLS)
            .map(|from| {
                let (distress, trust) = pair(from);
                let (distress, trust) = to(distress, trust);
                cell(distress, trust) as u16
            })
            .collect();
        let sends = &mut self.lists().sends;
        if let Some(at) = sends.iter().position(|own| *own == table) {
            return at as u16;
        }
        sends.push(table);
        sends.len() as u16 - 1
    }

    /// Levels for [`Deed::Forget`].
    fn forget(&mut self, levels: Vec<bool>) -> u16 {
        let forgets = &mut self.lists().forgets;
        if let Some(at) = forgets.iter().position(|own| *own == levels) {
            return at as u16;
        }
        forgets.push(levels);
        forgets.len() as u16 - 1
    }

    /// The states whose other parts have their first value, with these pairs.
    fn of_cells(&mut self, cells: &mut dyn Iterator<Item = usize>) -> Set;

    /// The states of either.
    fn join(&mut self, one: Set, other: Set) -> Set;

    /// The states of one that are not in the other; at least those, where sets are not exact.
    fn part(&mut self, one: Set, other: Set) -> Set;

    /// What becomes of every state.
    fn after(&mut self, set: Set, deed: Deed) -> Set;

    /// The pairs of a set in which every part has its first value.
    fn pairs(&self, set: Set) -> Vec<(u8, u8)>;

    /// How many states there are.
    fn count(&self, set: Set) -> u64;

    /// Nodes and blocks.
    fn nodes(&self) -> usize;

    /// Bytes in use.
    fn bytes(&self) -> usize;

    /// Throws away everything that none of these sets needs, and gives the sets their new numbers.
    fn tidy(&mut self, kept: &mut dyn Iterator<Item = &mut Set>);

    /// Nodes and blocks that a set is drawn with, counted up to `most`.
    fn size(&self, set: Set, most: usize) -> usize;

    /// The levels at which a set branches, each with the number of its nodes there that lead on
    /// by more than one value.
    fn branches(&self, set: Set) -> BTreeMap<u16, usize>;

    /// Lets every state have every pair of distress and trust that any of them has.
    fn shared_pairs(&mut self, set: Set) -> Set;

    /// The values that a part has in a set.
    fn values(&mut self, set: Set, level: u16) -> Vec<u8>;

    /// One state of a set: the value of each level, and a pair. `draw` gives a number below its
    /// argument.
    fn one(&self, set: Set, draw: &mut dyn FnMut(usize) -> usize) -> Option<(Vec<u8>, (u8, u8))>;
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
