//! Scenarios of any size for benches and limits: three choices a beat, two meters, one
//! condition.

use std::fmt::Write as _;

/// Text of a generated scenario with `beats` beats.
#[must_use]
pub(crate) fn scenario(beats: usize) -> String {
    scenario_with(beats, 0)
}

/// The same, where distress and trust may begin so much higher or lower: more states a beat.
#[must_use]
pub(crate) fn scenario_with(beats: usize, jitter: u8) -> String {
    let mut text = String::new();
    text.push_str(
        r#"Scenario(
    format: 1, id: "generated", title: "Generated", version: "1.0.0", course: "cpmha",
    tracks: [CrisisIntervention], level: Core, minutes: 10, summary: "For measuring.",
    review: (status: Draft, due: "2099-01-01"), jurisdiction: EnglandAndWales,
    objectives: (core: ["CI-1"], also: ["CI-2"]),
    setting: (place: "footbridge", time: Day, weather: Clear, clock: "10:00"),
    briefing: (log: [(at: "09:58", text: "A call.")], task: "Make contact."),
    cast: { "alex": Subject(name: "Alex", look: "woman-30s-jacket", profiles: [(is: "despair"), (is: "numb-calm")]) },
    start: (beat: "b0", distress: 10, trust: 8, distance: 10, jitter: JITTER),
    meters: { "noise": (label: "Noise", min: 0, max: 10, start: 5), "cold": (label: "Cold", min: 0, max: 10, start: 2) },
    beats: {
"#,
    );
    text = text.replace("JITTER", &jitter.to_string());
    text.reserve(beats * 900 + 2_000);
    for beat in 0..beats {
        let next = |by: usize| (beat + by) % beats;
        let _ = write!(
            text,
            r#"        "b{beat}": (
            lines: [Say(by: "alex", text: "Line {beat}: I do not know where to begin with this.")],
            decision: (
                choices: [
                    Say(id: "c{beat}a", text: "Take your time, I am listening to you.", techniques: ["reflect"], evidence: {{ "CI-1": Competent }}, effects: [Meter("noise", 1)], why: "It gave time.", to: "b{a}"),
                    Say(id: "c{beat}b", text: "What happened before I came here today?", techniques: ["open-question"], evidence: {{ "CI-2": Proficient }}, effects: [Meter("cold", -1)], why: "It asked.", when: [MeterAtLeast("noise", 3)], to: "b{b}"),
                    Do(id: "c{beat}c", text: "Ask the colleague to stand further back.", techniques: ["give-space"], effects: [Meter("noise", -1), Meter("cold", 1)], why: "It gave room.", when: [MeterAtLeast("cold", 1)], to: "{c}"),
                ],
            ),
        ),
"#,
            a = next(1),
            b = next(7),
            c = if beat + 1 == beats {
                "done".to_owned()
            } else {
                format!("b{}", next(3))
            },
        );
    }
    text.push_str(
        r#"    },
    endings: {
        "done": (outcome: Safe, title: "Done", text: "It ends.", aftermath: "It goes on.", felt: [(by: "alex", text: "Heard.")]),
    },
)
"#,
    );
    text
}
