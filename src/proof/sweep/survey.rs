//! What a move may earn and where it may lead, from boxes that hold every state.
//!
//! Once no box grows, each beat is left once more, for each trust by itself: which options may be
//! open together, which are surely open, what they may show of each objective, and at which decisions
//! or endings they may come out. Every run goes such a way, so no run scores outside what these
//! ways allow.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use crate::course::Level;
use crate::encounter::Move;
use crate::scenario::{Act, Run, Scenario, Standing, Target};

use super::super::expand::{MOST_OBJECTIVES, Way};
use super::super::explore::{Edge, Extent, Space};
use super::super::levels::{Levels, level_of};
use super::super::live::{Liveness, rules_for};
use super::super::met::Met;
use super::super::sets::{Boxes, Deed, EMPTY, Family, Set};
use super::bounded::Bounded;
use super::{Bound, Doing, Grounds, ROOM, Reach, Sweep, TOP};

/// What may be shown of an objective, one bit each: nothing, and then the levels from the lowest.
type Shown = u8;

/// Points that may be earned of those available, one bit for each pair: bit of earned plus four
/// times available.
type Points = u16;

/// The ways of one profile between decisions.
#[derive(Debug, Default)]
pub(in super::super) struct Survey {
    pub(in super::super) profile: u8,
    /// The decisions at which play may begin.
    roots: BTreeSet<u32>,
    /// From a decision to the next, or to an ending (beats and its position): the points of each
    /// assessed objective.
    onward: BTreeMap<(u32, u32), Vec<Points>>,
}

/// A move that may be open.
struct May<'s> {
    set: Set,
    doing: Doing<'s>,
    /// Whether it is open in every state that is looked at.
    is_sure: bool,
    /// Whether the best that is open may be this.
    counts: bool,
    /// Whether to show nothing by it is no opportunity.
    is_side: bool,
    /// By place among the assessed objectives.
    shown: Vec<Shown>,
}

/// Where among the assessed objectives each of the course's stands, and how many there are.
struct Assessed {
    places: Vec<usize>,
    count: usize,
}

impl Assessed {
    fn of(scenario: &Scenario) -> Self {
        let mut places = vec![usize::MAX; scenario.names.objectives.len()];
        let mut count = 0;
        for objective in scenario.assessed().take(MOST_OBJECTIVES) {
            if let Some(own) = places.get_mut(usize::from(objective)) {
                *own = count;
            }
            count += 1;
        }
        Self { places, count }
    }
}

impl Grounds<'_> {
    /// Surveys each profile; nothing if it was stopped.
    pub(in super::super) fn survey(&self, reach: &Reach) -> Vec<Survey> {
        let assessed = Assessed::of(self.scenario);
        let each = self
            .profiles
            .len()
            .div_ceil(super::super::explore::threads(reach.threads));
        let one = |(profile, live, levels): &(u8, Liveness, Levels)| {
            let bounded = Bounded::new(Bound::Boxed, *profile);
            let mut sweep = Sweep::<Boxes>::new(self.scenario, live, levels, bounded);
            let is_done = sweep.run(reach, &mut |_| 0) == Extent::Exhausted;
            is_done.then(|| sweep.survey(&assessed))
        };
        let all: Option<Vec<Survey>> = thread::scope(|scope| {
            let workers: Vec<_> = self
                .profiles
                .chunks(each.max(1))
                .map(|own| scope.spawn(|| own.iter().map(one).collect::<Option<Vec<_>>>()))
                .collect();
            let joined = workers
                .into_iter()
                .map(|worker| worker.join().ok().flatten());
            let parts: Option<Vec<_>> = joined.collect();
            parts.map(|parts| parts.into_iter().flatten().collect())
        });
        all.unwrap_or_default()
    }
}

impl Survey {
    /// The ways as states and edges with the points of one objective, and where play may begin.
    pub(in super::super) fn space(&self, scenario: &Scenario, place: usize) -> (Space, Vec<u32>) {
        let places = (scenario.beats.len() + scenario.endings.len()) as u32;
        let mut space = Space {
            extent: Extent::Exhausted,
            draws: Vec::new(),
            places: (0..places).collect(),
            feelings: Vec::new(),
            parents: Vec::new(),
            first_edge: vec![0],
            edges: Vec::new(),
            ways: (0..16)
                .map(|points| Way {
                    made: Move::Silence,
                    share: 1.0,
                    points: points << (place * 4),
                    gates: 0,
                })
                .collect(),
            steps: 0,
            met: Met::new(scenario),
            bytes: 0,
            key_bits: 0,
        };
        for from in 0..places {
            for ((_, to), points) in self.onward.range((from, 0)..=(from, u32::MAX)) {
                let points = points.get(place).copied().unwrap_or(0);
                let ways = (0..16).filter(|way| points >> way & 1 == 1);
                space.edges.extend(ways.map(|way| Edge { to: *to, way }));
            }
            space.first_edge.push(space.edges.len() as u64);
        }
        (space, self.roots.iter().copied().collect())
    }
}

impl<'s, F: Family> Sweep<'s, F> {
    /// Looks at every way on, once nothing more is reached.
    fn survey(mut self, assessed: &Assessed) -> Survey {
        let scenario = self.scenario;
        let mut survey = Survey {
            profile: self.profile,
            ..Survey::default()
        };
        self.landed = Some(Vec::new());
        let first = self.first();
        self.enter(first, Target::Beat(scenario.start), false);
        survey.roots.extend(self.take_landed());
        for beat in 0..scenario.beats.len() as u32 {
            self.from = beat;
            for trust in 0..=TOP {
                self.make_room();
                let mask = self.sets.mask(&|_, own| own == trust);
                let set = self
                    .sets
                    .after(self.reached[beat as usize], Deed::Only(mask));
                if set == EMPTY {
                    continue;
                }
                let moves = self.may_be_made(set, beat, trust, assessed);
                for made in &moves {
                    self.make(made.set, made.doing);
                    self.lead_on();
                    let points = (0..assessed.count).map(|place| points_of(made, &moves, place));
                    let points: Vec<Points> = points.collect();
                    for to in self.take_landed() {
                        let ways = survey.onward.entry((beat, to));
                        let own = ways.or_insert_with(|| vec![0; assessed.count]);
                        for (own, more) in own.iter_mut().zip(&points) {
                            *own |= more;
                        }
                    }
                }
            }
        }
        survey
    }

    /// Throws away what no set needs, where there is much of it.
    fn make_room(&mut self) {
        if self.sets.nodes() > ROOM {
            let kept = self.reached.iter_mut().chain(&mut self.fresh);
            let mut kept = kept.chain(self.bounded.kept());
            self.sets.tidy(&mut kept);
        }
    }

    fn take_landed(&mut self) -> Vec<u32> {
        self.landed.replace(Vec::new()).unwrap_or_default()
    }

    /// Every move that may be open in some of these states, which have this trust.
    fn may_be_made(&mut self, set: Set, beat: u32, trust: u8, assessed: &Assessed) -> Vec<May<'s>> {
        let scenario = self.scenario;
        let mut moves = Vec::new();
        let Some(here) = scenario.beats.get(beat as usize) else {
            return moves;
        };
        let Some(decision) = &here.decision else {
            return moves;
        };
        let silence = decision.silence.as_deref();
        moves.push(May {
            set,
            doing: Doing {
                act: silence,
                standing: None,
                is_silence: true,
            },
            is_sure: true,
            counts: true,
            is_side: false,
            shown: self.shown(silence, set, trust, assessed),
        });
        for choice in decision.choices.of(&scenario.choices) {
            let (held, failed) = self.both(set, choice.when);
            let once = choice.act.mark.filter(|_| choice.once);
            let mark = once.and_then(|mark| level_of(&self.levels.marks, mark.into()));
            let (spent, open) = self.has(held, mark);
            if open == EMPTY {
                continue;
            }
            moves.push(May {
                set: open,
                doing: Doing {
                    act: Some(&choice.act),
                    standing: None,
                    is_silence: false,
                },
                is_sure: failed == EMPTY && spent == EMPTY,
                counts: true,
                is_side: false,
                shown: self.shown(Some(&choice.act), open, trust, assessed),
            });
        }
        for standing in &scenario.standing {
            // To hold is to say nothing.
            if *standing != Standing::Hold {
                self.may_stand(set, beat, trust, *standing, assessed, &mut moves);
            }
        }
        moves
    }

    fn may_stand(
        &mut self,
        set: Set,
        beat: u32,
        trust: u8,
        standing: Standing,
        assessed: &Assessed,
        moves: &mut Vec<May<'s>>,
    ) {
        let scenario = self.scenario;
        let own = scenario.beats[beat as usize].moves;
        let own = own.of(&scenario.standing_rules);
        let mut rest = self.free_to(set, standing);
        for rule in rules_for(scenario, beat as usize, standing) {
            let mark = rule.act.mark;
            let mark = mark.and_then(|mark| level_of(&self.levels.marks, mark.into()));
            let (spent, open) = self.has(rest, mark);
            let (fits, other) = self.both(open, rule.when);
            rest = self.sets.join(spent, other);
            if fits != EMPTY {
                moves.push(May {
                    set: fits,
                    doing: Doing {
                        act: Some(&rule.act),
                        standing: Some(standing),
                        is_silence: false,
                    },
                    is_sure: false,
                    counts: own.iter().any(|own| std::ptr::eq(own, rule)),
                    is_side: true,
                    shown: self.shown(Some(&rule.act), fits, trust, assessed),
                });
            }
        }
        if standing != Standing::Radio && rest != EMPTY {
            moves.push(May {
                set: rest,
                doing: Doing {
                    act: None,
                    standing: Some(standing),
                    is_silence: false,
                },
                is_sure: false,
                counts: false,
                is_side: true,
                shown: self.shown(None, rest, trust, assessed),
            });
        }
    }

    /// What an act may show of each objective in these states.
    fn shown(&mut self, act: Option<&Act>, set: Set, trust: u8, assessed: &Assessed) -> Vec<Shown> {
        let scenario = self.scenario;
        let mut all = vec![0; assessed.count];
        let Some(act) = act else {
            all.fill(1);
            return all;
        };
        let is_premature = act
            .techniques
            .of(&scenario.technique_refs)
            .iter()
            .filter_map(|technique| scenario.techniques.get(usize::from(*technique)))
            .any(|technique| trust < technique.trust_needed);
        let cap = if is_premature {
            Level::Developing
        } else {
            Level::Proficient
        };
        let mut add = |evidence: Run| {
            let mut levels = vec![0_u8; assessed.count];
            for evidence in evidence.of(&scenario.evidence) {
                let place = assessed.places.get(usize::from(evidence.objective));
                if let Some(own) = place.and_then(|place| levels.get_mut(*place))
                    && *own == 0
                {
                    *own = evidence.level.min(cap) as u8 + 1;
                }
            }
            for (own, level) in all.iter_mut().zip(levels) {
                *own |= 1 << level;
            }
        };
        let mut rest = set;
        for band in act.evidence_bands.of(&scenario.evidence_bands) {
            if rest == EMPTY {
                break;
            }
            let (held, failed) = self.both(rest, band.when);
            if held != EMPTY {
                add(band.evidence);
            }
            rest = failed;
        }
        if rest != EMPTY {
            add(act.evidence);
        }
        all
    }
}

/// The points that a move may earn of an objective, beside the others that may be open.
fn points_of(made: &May<'_>, moves: &[May<'_>], place: usize) -> Points {
    let shown = |may: &May<'_>| may.shown.get(place).copied().unwrap_or(1);
    let least = |shown: Shown| shown.trailing_zeros();
    let most = |shown: Shown| 7_u32.saturating_sub(shown.leading_zeros());
    let others = || moves.iter().filter(|other| other.counts);
    let surely = others().filter(|other| other.is_sure);
    let surely = surely.map(|other| least(shown(other))).max().unwrap_or(0);
    let perhaps = others().map(|other| most(shown(other))).max().unwrap_or(0);
    let mut points = 0;
    for level in (0..=4).filter(|level| shown(made) >> level & 1 == 1) {
        if made.is_side && level == 0 {
            points |= 1;
            continue;
        }
        for best in surely.max(level)..=perhaps.max(level) {
            // Levels are counted from one here, so that nothing said is nought.
            if best <= Level::Unsafe as u32 + 1 {
                points |= 1;
                continue;
            }
            let available = best - 1;
            let earned = if level == 0 {
                Level::Developing as u32
            } else {
                level - 1
            };
            points |= 1 << (earned.min(available) | available << 2);
        }
    }
    points
}
