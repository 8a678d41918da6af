//! Frame times and the cost of waiting, measured in the real window: `tests/frames.sh` runs it.
//!
//! The encounter is begun, its first lines are passed over, and then either as many pictures as
//! asked are drawn one after the other with the subject speaking at two metres, or nothing is done
//! for a while and what the program uses meanwhile is told.

use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy::window::RequestRedraw;

use super::Asked;
use super::desk::Desk;
use super::stage::{StageClock, StageCue, StageFlatOut, StageSystems};
use super::views::{Intent, Page, Picture};
use crate::scenario::Mood;

/// What is measured, and whom to tell.
#[derive(Resource, Debug, Clone, Copy)]
pub struct Measured {
    /// What is measured.
    pub what: What,
    /// With which quality of picture; none for what the settings say.
    pub picture: Option<Picture>,
    /// Takes the result in words.
    pub tell: fn(&str),
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// So many pictures, drawn as fast as they come.
    Frames(u32),
    /// So many seconds at a decision, with nothing moving but breath and blink.
    Waiting(u64),
}

/// Pictures before the first that counts: pipelines are built and textures loaded meanwhile.
const WARM: usize = 12;
/// Time before it: the officer walks up to the distance that is measured.
const WALK: Duration = Duration::from_secs(6);
/// Waiting is measured from the first moment so long after the first decision at which nobody has
/// moved for so many seconds: a gesture that goes with the last line may take ten.
const REST: Duration = Duration::from_secs(6);
const QUIET: f32 = 2.0;
/// But from so long after the first decision at the latest.
const REST_MOST: Duration = Duration::from_secs(60);
/// Half-metres between officer and subject in the pictures that are measured.
const APART: u8 = 4;

/// How far the measuring has come.
#[derive(Resource, Debug, Default)]
struct Progress {
    at_decision: Option<Instant>,
    last: Option<Instant>,
    frames: Vec<f32>,
    drawn: u32,
    frames_at_rest: u64,
    begun: Option<(Instant, Duration, u64, u64)>,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Progress>();
    app.add_systems(Update, measure.before(StageSystems::Clock));
}

fn measure(
    mut commands: Commands,
    measured: Res<Measured>,
    desk: Res<Desk>,
    clock: Res<StageClock>,
    mut progress: ResMut<Progress>,
    mut asked: MessageWriter<Asked>,
    mut cues: MessageWriter<StageCue>,
    mut redraw: MessageWriter<RequestRedraw>,
    mut exit: MessageWriter<AppExit>,
) {
    let now = Instant::now();
    if progress.at_decision.is_none() {
        redraw.write(RequestRedraw);
        match desk.page {
            Page::Briefing => {
                asked.write(Asked(Intent::Begin {
                    is_assessment: false,
                }));
            }
            Page::Encounter if desk.live.as_ref().is_some_and(|live| live.is_speaking()) => {
                if clock.pictures > 3 {
                    asked.write(Asked(Intent::SkipCaption));
                }
            }
            Page::Encounter if clock.pictures > 6 => progress.at_decision = Some(now),
            _ => {}
        }
        return;
    }
    match measured.what {
        What::Frames(wanted) => {
            commands.insert_resource(StageFlatOut);
            redraw.write(RequestRedraw);
            let has_come = progress.at_decision.is_some_and(|since| now - since > WALK);
            if let Some(last) = progress.last.replace(now) {
                if progress.frames.len() == WARM && !has_come {
                    progress.frames.pop();
                }
                progress.frames.push((now - last).as_secs_f32() * 1000.0);
                if progress.frames.len() == WARM {
                    progress.begun = Some((now, used(), 0, 0));
                }
            }
            progress.drawn += 1;
            if progress.drawn % 30 == 1
                && let Some(live) = &desk.live
                && let Some(by) = live.subject()
            {
                cues.write(StageCue::Levels {
                    distress: 14,
                    trust: 6,
                    distance_half_metres: APART,
                });
                cues.write(StageCue::Line {
                    by: by.to_owned(),
                    words: "I do not know what you want me to say to you, I do not know."
                        .to_owned(),
                    mood: Some(Mood::Frightened),
                    gesture: None,
                    gaze: None,
                    speaking_secs: 20.0,
                });
            }
            if progress.frames.len() >= WARM + wanted as usize {
                let mut frames = progress.frames.split_off(WARM);
                let mean = frames.iter().sum::<f32>()
                    / f32::from(u16::try_from(frames.len()).unwrap_or(u16::MAX));
                frames.sort_by(f32::total_cmp);
                let at = |share: usize| {
                    frames
                        .get(frames.len() * share / 100)
                        .copied()
                        .unwrap_or_default()
                };
                let cpu = progress
                    .begun
                    .map_or(Duration::ZERO, |(_, cpu, _, _)| used() - cpu);
                (measured.tell)(&format!(
                    "{} pictures: mean {mean:.1} ms, median {:.1}, 95 % within {:.1}; {:.1} ms of processor time each",
                    frames.len(),
                    at(50),
                    at(95),
                    cpu.as_secs_f32() * 1000.0
                        / f32::from(u16::try_from(wanted).unwrap_or(u16::MAX))
                ));
                exit.write(AppExit::Success);
            }
        }
        What::Waiting(secs) => {
            progress.frames_at_rest += 1;
            let rested = progress.begun.is_some()
                || progress.at_decision.is_some_and(|since| {
                    let passed = now - since;
                    passed > REST && clock.quiet_secs > QUIET || passed > REST_MOST
                });
            let frames = progress.frames_at_rest;
            if !rested {
                return;
            }
            match progress.begun {
                None => progress.begun = Some((now, used(), frames, clock.pictures)),
                Some((since, cpu, frames_then, pictures_then)) => {
                    let passed = (now - since).as_secs_f64();
                    if passed >= Duration::from_secs(secs).as_secs_f64() {
                        let share = (used() - cpu).as_secs_f64() / passed * 100.0;
                        let rate = |count: u64| {
                            f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / passed
                        };
                        let pictures = clock.pictures - pictures_then;
                        (measured.tell)(&format!(
                            "waiting {passed:.0} s: {share:.1} % of one core, {:.1} pictures and {:.1} frames a second",
                            rate(pictures),
                            rate(frames - frames_then)
                        ));
                        exit.write(AppExit::Success);
                    }
                }
            }
        }
    }
}

/// Processor time that the program has used so far; nothing where the system does not say.
fn used() -> Duration {
    /// Clock ticks a second in `/proc`, the same on every Linux (`USER_HZ`, proc(5)).
    const TICKS: u64 = 100;
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else {
        return Duration::ZERO;
    };
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 1000 / TICKS)
}
