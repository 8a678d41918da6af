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

use super::super::expand::{self, MOST_OBJECTIVES, Way};
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
    /// The ways from each decision.
    onward: Vec<BTreeMap<Onward, Vec<Points>>>,
}

/// A way from a decision, with which the points of each assessed objective are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Onward {
    /// The next decision, or an ending (beats and its position).
    to: u32,
    /// Whether play stayed at the decision.
    stays: bool,
    /// The number of the move that it takes, among those that can be made once.
    once: Option<u8>,
}

/// Moves of one beat of which it is told apart whether they have been made.
const MOST_ONCE: usize = 4;

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
    /// What can be made once: an option for the whole run, by its position, or a standing move
    /// until the beat is entered again.
    once: Option<Once>,
    /// By place among the assessed objectives.
    shown: Vec<Shown>,
}

/// A move that can be made once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Once {
    Choice(u32),
    Standing(Standing),
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
    /// The ways as states and edges with the points of one objective, and where play may begin. A
    /// state is a decision with those of its moves that have been made there and cannot be made
    /// again; somewhere else in between, they may be forgotten.
    pub(in super::super) fn space(&self, scenario: &Scenario, place: usize) -> (Space, Vec<u32>) {
        let mut first = Vec::with_capacity(self.onward.len());
        let mut places = Vec::new();
        let once: Vec<Vec<u8>> = self
            .onward
            .iter()
            .map(|ways| once_of(ways, place))
            .collect();
        for (beat, once) in (0_u32..).zip(&once) {
            first.push(places.len() as u32);
            places.extend(std::iter::repeat_n(beat, 1 << once.len()));
        }
        let beats = scenario.beats.len() as u32;
        let decisions = places.len() as u32;
        let state = |to: u32, made: u32| match first.get(to as usize) {
            Some(first) => first + made,
            None => decisions + to - beats,
        };
        places.extend((0..scenario.endings.len() as u32).map(|ending| beats + ending));
        let mut space = Space {
            extent: Extent::Exhausted,
            draws: Vec::new(),
            places,
            feelings: Vec::new(),
            prints: Vec::new(),
            with_words: false,
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
        for (ways, once) in self.onward.iter().zip(&once) {
            for made in 0..1_u32 << once.len() {
                for (way, points) in ways {
                    let at = once.iter().position(|own| Some(*own) == way.once);
                    let own = at.map_or(0, |at| 1 << at);
                    if made & own != 0 {
                        continue;
                    }
                    // What was made is forgotten where play goes elsewhere or comes anew.
                    let to = state(way.to, if way.stays { made | own } else { 0 });
                    let points = points.get(place).copied().unwrap_or(0);
                    let ways = (0..16).filter(|way| points >> way & 1 == 1);
                    space.edges.extend(ways.map(|way| Edge { to, way }));
                }
                space.first_edge.push(space.edges.len() as u64);
            }
        }
        for _ in 0..scenario.endings.len() {
            space.first_edge.push(space.edges.len() as u64);
        }
        let roots = self.roots.iter().map(|beat| state(*beat, 0));
        (space, roots.collect())
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
        let roots = self.take_landed().into_iter().map(|(beat, _)| beat);
        survey.roots.extend(roots);
        for beat in 0..scenario.beats.len() as u32 {
            self.from = beat;
            let mut ways: BTreeMap<Onward, Vec<Points>> = BTreeMap::new();
            let mut spent: Vec<Once> = Vec::new();
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
                    let once = made.once.map(|once| number(once, &mut spent));
                    for (to, stays) in self.take_landed() {
                        let way = Onward { to, stays, once };
                        let own = ways.entry(way).or_insert_with(|| vec![0; assessed.count]);
                        for (own, more) in own.iter_mut().zip(&points) {
                            *own |= more;
                        }
                    }
                }
            }
            survey.onward.push(ways);
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

    fn take_landed(&mut self) -> Vec<(u32, bool)> {
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
            once: None,
            shown: self.shown(silence, set, trust, assessed),
        });
        for (position, choice) in decision
            .choices
            .positions()
            .zip(decision.choices.of(&scenario.choices))
        {
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
                once: once.map(|_| Once::Choice(position)),
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
                    once: Some(Once::Standing(standing)),
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
                once: Some(Once::Standing(standing)),
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

/// The number of a move among those of its beat that can be made once.
fn number(once: Once, spent: &mut Vec<Once>) -> u8 {
    let at = spent.iter().position(|own| *own == once);
    let at = at.unwrap_or_else(|| {
        spent.push(once);
        spent.len() - 1
    });
    at as u8
}

/// The moves that can be made once, stay at their decision and may earn something of an objective:
/// some of them, if there are many.
fn once_of(ways: &BTreeMap<Onward, Vec<Points>>, place: usize) -> Vec<u8> {
    let mut found: Vec<u8> = ways
        .iter()
        .filter(|(way, points)| way.stays && points.get(place).is_some_and(|own| own & !1 != 0))
        .filter_map(|(way, _)| way.once)
        .collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST_ONCE);
    found
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
            points |= 1 << expand::points_of(level as u8, best as u8);
        }
    }
    points
}
