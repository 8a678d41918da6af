//! What a figure says, in a plain sentence. Where a range is called good or bad, the source of the
//! range is named; all of them are rules of thumb, not laws.

use super::{Decision, Estimate, FEW, LEAST, ObjectiveMeasures, Reliability};

/// Agreement that the course asks for before anything is certified (intraclass correlation).
pub const AGREED: f64 = 0.75;

fn whole(part: f64) -> String {
    format!("{:.0} %", part * 100.0)
}

/// That a figure rests on few attempts, where it does.
#[must_use]
pub fn few_words(attempts: usize) -> Option<String> {
    (LEAST..FEW).contains(&attempts).then(|| {
        format!("It rests on {attempts} attempts, fewer than {FEW}: take it as a first impression.")
    })
}

impl Decision {
    /// How often it was met, of all attempts at the scenario.
    #[must_use]
    pub fn met_words(&self, attempts: usize) -> String {
        let times = if self.moves == 1 { "time" } else { "times" };
        format!(
            "Met in {} of {attempts} attempts, {} {times} in all.",
            self.attempts, self.moves
        )
    }

    /// What the mean score says.
    #[must_use]
    pub fn difficulty_words(&self) -> String {
        let Some(score) = self.mean_score else {
            return format!("No figure under {LEAST} attempts.");
        };
        let says = match score {
            s if s >= 0.9 => {
                "Nearly everybody did nearly all that could be done here, so it tells little about who can."
            }
            s if s >= 0.75 => "Easy: most did most of what could be done.",
            s if s >= 0.4 => "Neither easy nor hard.",
            _ => "Hard: most did less than half of what could be done.",
        };
        format!(
            "{} of what could be earned was earned. {says}",
            whole(score)
        )
    }

    /// What the corrected discrimination says. Ranges after Ebel (1965, *Measuring Educational
    /// Achievement*, chapter 11): 0.4 very good, 0.3 good, 0.2 marginal, below it poor.
    #[must_use]
    pub fn discrimination_words(&self) -> String {
        let Some(found) = self.discrimination else {
            return if self.attempts < LEAST {
                format!("No figure under {LEAST} attempts.")
            } else {
                "No figure: everybody earned the same here, or at all other decisions.".to_owned()
            };
        };
        let says = match found {
            d if d < 0.0 => {
                "Those who did well elsewhere did worse here: read its options and its marking again before it assesses anybody."
            }
            d if d < 0.2 => "It hardly tells those who do well elsewhere from those who do not.",
            d if d < 0.3 => "It tells them apart a little.",
            d if d < 0.4 => "It tells well those who do well elsewhere from those who do not.",
            _ => "It tells very well those who do well elsewhere from those who do not.",
        };
        format!("{found:.2} of −1 to 1. {says}")
    }

    /// How long people took.
    #[must_use]
    pub fn time_words(&self) -> String {
        self.seconds.map_or_else(
            || format!("No figure under {LEAST} attempts."),
            |[low, middle, high]| {
                format!(
                    "Half of all answers came within {middle:.1} seconds; the middle half took {low:.1} to {high:.1}."
                )
            },
        )
    }

    /// How often nothing was said.
    #[must_use]
    pub fn silence_words(&self) -> String {
        match (self.ran_out, self.held) {
            (Some(ran_out), Some(held)) => {
                let says = if ran_out >= 0.2 {
                    " Many had no time to answer: the window may be too short for what is to be read."
                } else {
                    ""
                };
                format!(
                    "The time ran out at {} of moves; silence was held on purpose at {}.{says}",
                    whole(ran_out),
                    whole(held)
                )
            }
            _ => format!("No figure under {LEAST} attempts."),
        }
    }

    /// Options that nobody took, once enough people have met them.
    #[must_use]
    pub fn unused(&self) -> Vec<&str> {
        self.options
            .iter()
            .filter(|one| one.taken == 0 && one.open >= FEW && !one.text.is_empty())
            .map(|one| one.text.as_str())
            .collect()
    }
}

impl ObjectiveMeasures {
    /// How often it could be shown.
    #[must_use]
    pub fn opportunity_words(&self) -> String {
        let (least, mean, most) = self.opportunities;
        if least == most {
            return format!("Each attempt gave {} to show it.", times(least));
        }
        format!("An attempt gave {least} to {most} chances to show it, {mean:.1} on average.")
    }

    /// What the reliability says, or why there is none.
    #[must_use]
    pub fn reliability_words(&self) -> String {
        match (&self.reliability, self.no_figure) {
            (Some(found), _) => found.words(),
            (None, Some(why)) => format!("None: {}.", why.words()),
            (None, None) => "None.".to_owned(),
        }
    }

    /// What the standard error says for one person's score.
    #[must_use]
    pub fn error_words(&self) -> String {
        self.reliability
            .as_ref()
            .and_then(|found| found.error_points)
            .map_or_else(
                || "No figure.".to_owned(),
                |points| {
                    format!(
                        "{points:.0} percentage points. A score of 60 % stands for something between {:.0} and {:.0} % in two cases of three.",
                        (60.0 - points).max(0.0),
                        (60.0 + points).min(100.0)
                    )
                },
            )
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "one chance".to_owned(),
        many => format!("{many} chances"),
    }
}

impl Reliability {
    /// What it says. Ranges after Nunnally and Bernstein (1994, *Psychometric Theory*, chapter 7):
    /// 0.7 for a first look, 0.8 to compare groups, 0.9 to decide about one person.
    #[must_use]
    pub fn words(&self) -> String {
        let used = self.omega.unwrap_or(self.alpha);
        let says = match used {
            r if r < 0.7 => {
                "Too unsteady to decide anything about one person by this scenario alone: talk about it, do not judge by it."
            }
            r if r < 0.8 => "Steady enough for a first look, not for a decision.",
            r if r < 0.9 => {
                "Steady enough to compare groups, not to decide about one person alone."
            }
            _ => "Steady enough to count when a decision is made about one person.",
        };
        let omega = self.omega.map_or_else(
            || "no omega with fewer than three decisions that differ".to_owned(),
            |omega| {
                let doubt = if self.strained { ", in doubt" } else { "" };
                format!("omega {omega:.2}{doubt}")
            },
        );
        format!("Alpha {:.2}, {omega}. {says}", self.alpha)
    }
}

/// What a kappa says. Ranges after Landis and Koch (1977, *Biometrics* 33, 159–174).
#[must_use]
pub fn kappa_words(found: Option<Estimate>) -> String {
    let Some(found) = found else {
        return format!("No figure under {LEAST} marks, or where all marks are one and the same.");
    };
    let says = match found.value {
        k if k < 0.0 => "less than chance would give",
        k if k <= 0.2 => "slight agreement",
        k if k <= 0.4 => "fair agreement",
        k if k <= 0.6 => "moderate agreement",
        k if k <= 0.8 => "substantial agreement",
        _ => "almost perfect agreement",
    };
    format!(
        "{:.2} ({:.2} to {:.2}): {says}.",
        found.value, found.low, found.high
    )
}

/// What the ICC of the runs' means says, held against what the course asks for.
#[must_use]
pub fn icc_words(found: Option<Estimate>, runs: usize) -> String {
    let Some(found) = found else {
        return format!("No figure under {LEAST} runs that both marked; there are {runs}.");
    };
    let asked = format!("The course asks for {AGREED} on {FEW} runs before anybody is certified");
    let says = if found.value >= AGREED && runs >= FEW {
        format!("{asked}: reached.")
    } else if found.value >= AGREED {
        format!("{asked}: the figure is reached, on {runs} runs so far.")
    } else {
        format!("{asked}: not reached.")
    };
    format!(
        "{:.2} ({:.2} to {:.2}). {says}",
        found.value, found.low, found.high
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(mean_score: Option<f64>, discrimination: Option<f64>, attempts: usize) -> Decision {
        Decision {
            beat: "rail".to_owned(),
            attempts,
            moves: attempts,
            options: Vec::new(),
            mean_score,
            discrimination,
            seconds: None,
            ran_out: None,
            held: None,
            is_few: attempts < FEW,
        }
    }

    #[test]
    fn a_figure_that_points_the_wrong_way_is_said_so() {
        let words = decision(Some(0.5), Some(-0.2), 40).discrimination_words();
        assert!(words.contains("did worse here"), "{words}");
        let words = decision(Some(0.95), Some(0.45), 40);
        assert!(words.difficulty_words().contains("tells little"));
        assert!(words.discrimination_words().contains("very well"));
    }

    #[test]
    fn under_ten_there_is_no_figure_and_under_thirty_a_warning() {
        let few = decision(None, None, 9);
        assert!(few.difficulty_words().contains("No figure under 10"));
        assert!(few.discrimination_words().contains("No figure under 10"));
        assert!(few.silence_words().contains("No figure under 10"));
        assert!(few.time_words().contains("No figure under 10"));
        assert_eq!(few_words(9), None);
        assert!(few_words(10).unwrap().contains("fewer than 30"));
        assert_eq!(few_words(30), None);
    }

    #[test]
    fn agreement_is_held_against_what_the_course_asks_for() {
        let found = |value, units| {
            Some(Estimate {
                value,
                low: value - 0.1,
                high: value + 0.1,
                units,
            })
        };
        assert!(icc_words(found(0.8, 30), 30).ends_with("reached."));
        assert!(icc_words(found(0.8, 12), 12).contains("12 runs so far"));
        assert!(icc_words(found(0.5, 40), 40).contains("not reached"));
        assert!(kappa_words(found(0.7, 40)).contains("substantial"));
        assert!(kappa_words(None).contains("No figure"));
    }
}
