//! Guess-bots: fixed rules that know nothing of people. None of them may pass often. Beside
//! them, one reader who goes by what a person shows, for whom it must pay.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::course::{Family, Shift};
use crate::encounter::{Encounter, Event, Move};
use crate::scenario::{LineKind, Test};

/// A way to choose that needs no thought, or one that reads the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bot {
    /// Its name, as tables show it.
    pub name: &'static str,
    /// What it does.
    pub rule: &'static str,
    /// Share of passes, in per cent, that it may not be shown to reach; none for the reader,
    /// who is meant to pass.
    pub limit: Option<u32>,
    way: Guess,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guess {
    Random,
    First,
    Middle,
    Last,
    Longest,
    Shortest,
    MostQuestions,
    MostPolite,
    Silent,
    Listen,
    Calm,
    AvoidPolice,
    Reader,
    Marks,
}

const fn bot(name: &'static str, rule: &'static str, limit: Option<u32>, way: Guess) -> Bot {
    Bot {
        name,
        rule,
        limit,
        way,
    }
}

/// Passes in per cent that random play may have at most.
pub const RANDOM_LIMIT: u32 = 5;
/// Passes in per cent that a fixed rule may have at most.
pub const RULE_LIMIT: u32 = 15;
/// Passes in per cent that the careful reader should have at least.
pub const READER_LEAST: u32 = 80;

/// All of them, the reader last.
pub const BOTS: &[Bot] = &[
    bot(
        "random",
        "any open move, each as likely as the others",
        Some(RANDOM_LIMIT),
        Guess::Random,
    ),
    bot(
        "first",
        "the first option shown",
        Some(RULE_LIMIT),
        Guess::First,
    ),
    bot(
        "middle",
        "the option in the middle",
        Some(RULE_LIMIT),
        Guess::Middle,
    ),
    bot(
        "last",
        "the last option shown",
        Some(RULE_LIMIT),
        Guess::Last,
    ),
    bot(
        "longest",
        "the longest option",
        Some(RULE_LIMIT),
        Guess::Longest,
    ),
    bot(
        "shortest",
        "the shortest option",
        Some(RULE_LIMIT),
        Guess::Shortest,
    ),
    bot(
        "most questions",
        "the option with most question marks",
        Some(RULE_LIMIT),
        Guess::MostQuestions,
    ),
    bot(
        "most polite",
        "the option with most words of politeness",
        Some(RULE_LIMIT),
        Guess::MostPolite,
    ),
    bot(
        "always silent",
        "says nothing",
        Some(RULE_LIMIT),
        Guess::Silent,
    ),
    bot(
        "always listen",
        "the option with most listening techniques; silence where there is none",
        Some(RULE_LIMIT),
        Guess::Listen,
    ),
    bot(
        "greedy calm",
        "what raises trust and lowers distress most at once, by the true numbers",
        Some(RULE_LIMIT),
        Guess::Calm,
    ),
    bot(
        "no police words",
        "the option with fewest words of police and law",
        Some(RULE_LIMIT),
        Guess::AvoidPolice,
    ),
    bot(
        "careful reader",
        "tells the profile by its signs, sees roughly how the person is, and takes what suits both",
        None,
        Guess::Reader,
    ),
];

/// How often the reader looks in one encounter while the signs fit more than one profile.
const MOST_LOOKS: u8 = 4;

/// Words taken up from the person beyond which one more is worth nothing.
const MOST_TAKEN_UP: f64 = 3.0;
/// What each of them is worth, next to a step of distress.
const TAKEN_UP: f64 = 0.5;

/// Knows the marks, and strays now and then: not a guesser, but a search for runs that pass.
pub const SEARCHER: Bot = bot(
    "search",
    "takes what earns most, and strays now and then",
    None,
    Guess::Marks,
);

/// A bot in one encounter.
#[derive(Debug, Clone)]
pub struct Player {
    bot: Bot,
    draws: ChaCha8Rng,
    /// Which profiles the signs so far leave open; all, to begin with.
    open_profiles: Vec<bool>,
    looks: u8,
    /// Words that somebody spoke since the last move.
    last_words: Vec<String>,
}

const POLITE: &[&str] = &[
    "please",
    "thank",
    "sorry",
    "would you",
    "could you",
    "i understand",
    "take your time",
];

const POLICE: &[&str] = &[
    "police", "officer", "detain", "arrest", "law", "legal", "power", "section", "136", "custody",
    "offence", "must", "have to", "force", "camera", "control", "radio", "warrant", "rights",
];

impl Player {
    /// A bot before its first decision. `seed` is that of the encounter; the bot's own draws
    /// come from another stream.
    #[must_use]
    pub fn new(bot: Bot, encounter: &Encounter, seed: u64) -> Self {
        Self {
            bot,
            draws: ChaCha8Rng::seed_from_u64(seed ^ 0x5eed),
            open_profiles: vec![true; encounter.scenario().profiles.len()],
            looks: 0,
            last_words: Vec::new(),
        }
    }

    /// Takes in what happened.
    pub fn hear(&mut self, encounter: &Encounter, log: &[Event]) {
        if self.bot.way != Guess::Reader {
            return;
        }
        let scenario = encounter.scenario();
        if log
            .iter()
            .any(|event| matches!(event, Event::LineSpoken(_)))
        {
            self.last_words.clear();
        }
        for event in log {
            match *event {
                Event::SignSeen(sign) => {
                    let seen = encounter
                        .profile()
                        .and_then(|own| own.profile.signs.get(usize::from(sign)));
                    for (open, used) in self.open_profiles.iter_mut().zip(&scenario.profiles) {
                        *open &= seen.is_some_and(|sign| used.profile.signs.contains(sign));
                    }
                }
                // What only one of them would say or do is a sign too.
                Event::LineSpoken(line) => {
                    let Some(line) = scenario.lines.get(line as usize) else {
                        continue;
                    };
                    if line.kind == LineKind::Narrate {
                        continue;
                    }
                    self.last_words.extend(telling_words(&line.text));
                    if let [Test::Profile(own)] = line.when.of(&scenario.tests) {
                        for (at, open) in (0_u8..).zip(self.open_profiles.iter_mut()) {
                            *open &= at == *own;
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// The next move; always one that is open.
    #[must_use]
    pub fn choose(&mut self, encounter: &Encounter) -> Move {
        let made = match self.bot.way {
            Guess::Random => {
                let open: Vec<Move> = encounter.open_moves().collect();
                if open.is_empty() {
                    Move::Silence
                } else {
                    open[self.draws.next_u32() as usize % open.len()]
                }
            }
            Guess::First => at(encounter, |_| 0),
            Guess::Middle => at(encounter, |count| count / 2),
            Guess::Last => at(encounter, |count| count.saturating_sub(1)),
            Guess::Longest => by_text(encounter, |text| whole(text.len())),
            Guess::Shortest => by_text(encounter, |text| -whole(text.len())),
            Guess::MostQuestions => by_text(encounter, |text| whole(text.matches('?').count())),
            Guess::MostPolite => by_text(encounter, |text| words_of(text, POLITE)),
            Guess::AvoidPolice => by_text(encounter, |text| -words_of(text, POLICE)),
            Guess::Silent => Move::Silence,
            Guess::Listen => listen(encounter),
            Guess::Calm => calm(encounter),
            Guess::Reader => self.read(encounter),
            Guess::Marks => self.search(encounter),
        };
        if encounter.is_open(made) {
            made
        } else {
            Move::Silence
        }
    }

    /// Looks first while the profile is not clear; then takes the option whose techniques suit
    /// the likely profiles in the state that the person's bearing shows.
    fn read(&mut self, encounter: &Encounter) -> Move {
        let left = self.open_profiles.iter().filter(|open| **open).count();
        if left != 1 && self.looks < MOST_LOOKS && encounter.is_open(Move::Observe) {
            self.looks += 1;
            return Move::Observe;
        }
        let mut best = (f64::MIN, Move::Silence);
        let texts = &encounter.scenario().choices;
        for choice in encounter.offered() {
            let text = texts.get(choice as usize).map_or("", |own| &own.text);
            let worth = self.worth(encounter, Move::Choice(choice)) + self.takes_up(text);
            if worth > best.0 {
                best = (worth, Move::Choice(choice));
            }
        }
        let silence = self.worth(encounter, Move::Silence);
        if silence > best.0 {
            return Move::Silence;
        }
        best.1
    }

    /// What it is worth that an option takes up what was just said: to answer a person in
    /// their own words is to have heard them.
    fn takes_up(&self, text: &str) -> f64 {
        let mut taken: Vec<String> = telling_words(text)
            .filter(|word| self.last_words.contains(word))
            .collect();
        taken.sort_unstable();
        taken.dedup();
        (taken.len() as f64).min(MOST_TAKEN_UP) * TAKEN_UP
    }

    /// The move that shows most of the required objectives, then of the others, and fails no
    /// gate; every tenth time another.
    fn search(&mut self, encounter: &Encounter) -> Move {
        let scenario = encounter.scenario();
        let mut open: Vec<Move> = encounter
            .open_moves()
            .filter(|made| !matches!(made, Move::Hold))
            .collect();
        open.push(Move::Silence);
        if self.draws.next_u32().is_multiple_of(10) {
            return open[self.draws.next_u32() as usize % open.len()];
        }
        let shows = |made: Move| {
            let fails = encounter
                .act(made)
                .is_some_and(|act| !act.failures.is_empty());
            let core: i32 = encounter
                .evidence(made)
                .map(|evidence| {
                    let weight = if scenario.core.contains(&evidence.objective) {
                        10
                    } else {
                        1
                    };
                    weight * (evidence.level as i32 * 2 - 3)
                })
                .sum();
            let is_side = !matches!(made, Move::Choice(_) | Move::Silence);
            core - if fails { 1_000 } else { 0 } - i32::from(is_side)
        };
        open.into_iter()
            .rev()
            .max_by_key(|made| shows(*made))
            .unwrap_or(Move::Silence)
    }

    fn worth(&self, encounter: &Encounter, made: Move) -> f64 {
        let scenario = encounter.scenario();
        let (distress, trust) = bearing(encounter);
        let mut sum = 0.0;
        let mut count = 0.0;
        for (used, open) in scenario.profiles.iter().zip(&self.open_profiles) {
            if !open && self.open_profiles.iter().any(|open| *open) {
                continue;
            }
            count += 1.0;
            let Some(act) = encounter.act(made) else {
                let band = used
                    .profile
                    .silence
                    .iter()
                    .find(|b| b.holds(distress, trust));
                sum += band.map_or(0.0, |band| value(band.shift()));
                continue;
            };
            for technique in act.techniques.of(&scenario.technique_refs) {
                let Some(known) = scenario.techniques.get(usize::from(*technique)) else {
                    continue;
                };
                let kind = &known.technique;
                if kind.family == Family::Pitfall {
                    sum -= 6.0;
                    continue;
                }
                if trust < known.trust_needed {
                    sum -= 3.0;
                    continue;
                }
                // Words for somebody else, or with an effect of their own, are judged by what
                // they usually do: the table is about this person and the bare technique.
                let own = used.profile.reactions.get(&known.id);
                let shift = match own.filter(|_| !act.instead_of_techniques) {
                    None => kind.usual,
                    Some(bands) => bands
                        .iter()
                        .find(|band| band.holds(distress, trust))
                        .map_or(Shift::default(), crate::course::Band::shift),
                };
                // What the job asks for counts even where it does not soothe.
                let duty = match kind.family {
                    Family::Safety | Family::Legal | Family::Referral => 2.0,
                    Family::Tactical => 1.0,
                    Family::ActiveListening | Family::SelfCare | Family::Pitfall => 0.5,
                };
                sum += value(shift) + duty;
            }
            if act.is_speech && act.words >= used.profile.long_speech_words {
                sum += value(used.profile.long_speech);
            }
        }
        if count > 0.0 { sum / count } else { 0.0 }
    }
}

fn value(shift: Shift) -> f64 {
    f64::from(shift.trust) * 1.5 - f64::from(shift.distress)
}

/// Distress and trust as posture, breath and voice show them: calm, upset or overwhelmed; shut,
/// wary, open or trusting. The middle of each is taken.
fn bearing(encounter: &Encounter) -> (u8, u8) {
    let state = encounter.state();
    let distress = match state.distress {
        0..=6 => 4,
        7..=11 => 9,
        12..=15 => 13,
        _ => 17,
    };
    let trust = match state.trust {
        0..=2 => 1,
        3..=5 => 4,
        6..=8 => 7,
        9..=11 => 10,
        _ => 14,
    };
    (distress, trust)
}

fn at(encounter: &Encounter, place: impl Fn(usize) -> usize) -> Move {
    let offered = encounter.offered();
    offered
        .get(place(offered.len()))
        .map_or(Move::Silence, |choice| Move::Choice(*choice))
}

/// The option with the highest key; of equals, the one shown first.
fn by_text(encounter: &Encounter, key: impl Fn(&str) -> i64) -> Move {
    let scenario = encounter.scenario();
    encounter
        .offered()
        .into_iter()
        .rev()
        .max_by_key(|choice| {
            scenario
                .choices
                .get(*choice as usize)
                .map_or(i64::MIN, |choice| key(&choice.text))
        })
        .map_or(Move::Silence, Move::Choice)
}

/// A count that can be compared with its own negative.
fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The longer words of a text, in small letters.
fn telling_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4)
        .map(str::to_lowercase)
}

fn words_of(text: &str, words: &[&str]) -> i64 {
    let text = text.to_lowercase();
    words
        .iter()
        .map(|word| whole(text.matches(word).count()))
        .sum()
}

fn listen(encounter: &Encounter) -> Move {
    let scenario = encounter.scenario();
    let listening = |choice: &u32| {
        scenario.choices.get(*choice as usize).map_or(0, |choice| {
            choice
                .act
                .techniques
                .of(&scenario.technique_refs)
                .iter()
                .filter_map(|technique| scenario.techniques.get(usize::from(*technique)))
                .filter(|used| used.technique.family == Family::ActiveListening)
                .count()
        })
    };
    encounter
        .offered()
        .into_iter()
        .rev()
        .max_by_key(listening)
        .filter(|choice| listening(choice) > 0)
        .map_or(Move::Silence, Move::Choice)
}

/// Takes what calms most at once, reading the true numbers.
fn calm(encounter: &Encounter) -> Move {
    encounter
        .offered()
        .into_iter()
        .map(Move::Choice)
        .chain([Move::Silence])
        .max_by_key(|made| {
            let mut after = encounter.clone();
            let mut log = Vec::new();
            let _ = after.step(*made, &mut log);
            i16::from(after.state().trust) - i16::from(after.state().distress)
        })
        .unwrap_or(Move::Silence)
}
