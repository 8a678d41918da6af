//! Loading and checking of generated files. `cargo bench --no-default-features --bench loader`
//! prints CPU time and peak memory for 10,000 beats, and how the time a beat grows from 1,000
//! to 100,000 beats (all in one run).

#![allow(clippy::expect_used, reason = "a bench may stop at the first surprise")]

#[path = "../support/mod.rs"]
mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use common_ground::scenario::load::check_text;

/// Counts what is asked for, to show the peak.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[expect(
    unsafe_code,
    reason = "an allocator that counts can be written in no other way"
)]
// SAFETY: every call is handed on to the system allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(now, Ordering::Relaxed);
        // SAFETY: the caller's promises are the system allocator's.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promises are the system allocator's.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Best of several runs in seconds, and the peak of memory in bytes.
fn measure(beats: usize, runs: usize) -> (f64, usize) {
    let courses = support::courses();
    let text = support::generate::scenario(beats);
    let mut best = f64::MAX;
    let before = NOW.load(Ordering::Relaxed) - text.len();
    PEAK.store(NOW.load(Ordering::Relaxed), Ordering::Relaxed);
    for _ in 0..runs {
        let began = Instant::now();
        let checked = check_text(&text, "generated", None, &courses, Some("2026-01-01"));
        best = best.min(began.elapsed().as_secs_f64());
        drop(checked);
    }
    (best, PEAK.load(Ordering::Relaxed) - before)
}

fn main() {
    let (small, _) = measure(1_000, 15);
    let (middle, memory) = measure(10_000, 7);
    let (large, _) = measure(100_000, 3);
    let each = |secs: f64, beats: f64| secs / beats * 1e6;
    println!(
        "  1,000 beats {small:.3} s, {:.2} us a beat",
        each(small, 1e3)
    );
    println!(
        " 10,000 beats {middle:.3} s, {:.2} us a beat, peak {:.1} MB with the text (asked: 0.3 s, 60 MB)",
        each(middle, 1e4),
        memory as f64 / 1e6
    );
    println!(
        "100,000 beats {large:.3} s, {:.2} us a beat",
        each(large, 1e5)
    );
    println!(
        "time a beat, 100,000 to 1,000: {:.2} (asked: 1.3 at most)",
        each(large, 1e5) / each(small, 1e3)
    );
}
