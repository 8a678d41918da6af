//! The states that were found: a table by key, split in shards so that several threads can
//! fill it.

use super::key::{Key, hash};

/// How many shards there are; fixed, so that the numbering never depends on the machine.
pub(super) const SHARDS: usize = 16;

/// A part of the table.
#[derive(Debug)]
pub(super) struct Shard<const W: usize> {
    keys: Vec<Key<W>>,
    /// Number of each key in the whole table; `UNNUMBERED` until it has one.
    pub(super) numbers: Vec<u32>,
    /// Upper half of the hash and position in `keys` and one; 0 where empty.
    slots: Vec<u64>,
}

/// A state that was found in this round.
pub(super) const UNNUMBERED: u32 = u32::MAX;

/// The shard that a hash belongs to.
#[inline]
pub(super) const fn shard_of(hash: u64) -> usize {
    (hash >> 60) as usize & (SHARDS - 1)
}

impl<const W: usize> Shard<W> {
    pub(super) fn new() -> Self {
        Self {
            keys: Vec::new(),
            numbers: Vec::new(),
            slots: vec![0; 256],
        }
    }

    /// Position of a key, added if it is new.
    #[inline]
    pub(super) fn place(&mut self, key: &Key<W>, hash: u64) -> u32 {
        if self.keys.len() * 10 >= self.slots.len() * 7 {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let tag = hash & 0xffff_ffff_0000_0000;
        let mut at = (hash as usize) & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                let position = self.keys.len() as u32;
                self.slots[at] = tag | u64::from(position + 1);
                self.keys.push(*key);
                self.numbers.push(UNNUMBERED);
                return position;
            }
            if slot & 0xffff_ffff_0000_0000 == tag {
                let position = (slot as u32) - 1;
                if self.keys[position as usize] == *key {
                    return position;
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let mut slots = vec![0_u64; size];
        for (position, key) in (1_u64..).zip(&self.keys) {
            let hash = hash(key);
            let mut at = (hash as usize) & (size - 1);
            while slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = hash & 0xffff_ffff_0000_0000 | position;
        }
        self.slots = slots;
    }

    /// Bytes in use.
    pub(super) fn bytes(&self) -> usize {
        self.keys.capacity() * W * 8 + self.numbers.capacity() * 4 + self.slots.len() * 8
    }
}
