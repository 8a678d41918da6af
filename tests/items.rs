//! Rules of item writing: for each a file that trips it and one that does not.

use std::fmt::Write as _;

use common_ground::scenario::load::check_text;
use common_ground::scenario::{Courses, Diagnostic, Materials, diagnostic::position};

use crate::support;

const SOUND: &str = include_str!("support/sound.scenario.ron");

fn sound() -> String {
    SOUND
        .replace("TEMPLATE_ID", "sound")
        .replace("TEMPLATE_TITLE", "Sound")
        .replace("TEMPLATE_COURSE", "cpmha")
}

fn with(from: &str, to: &str) -> String {
    let text = sound();
    assert!(
        text.contains(from),
        "`{from}` is not in the sound scenario any more"
    );
    text.replacen(from, to, 1)
}

fn found_by(text: &str, courses: &Courses) -> Vec<Diagnostic> {
    check_text(
        text,
        "items.scenario.ron",
        None,
        courses,
        Some("2026-11-29"),
    )
    .1
}

/// The rule speaks once, with line, column, help and a page.
#[track_caller]
fn trips(text: &str, code: &str, needle: &str) {
    trips_by(text, code, needle, &support::courses());
}

#[track_caller]
fn trips_by(text: &str, code: &str, needle: &str, courses: &Courses) {
    let found = found_by(text, courses);
    let told: Vec<String> = found.iter().map(|d| d.plain(text)).collect();
    let fits = found
        .iter()
        .find(|d| d.code == code && d.message.contains(needle))
        .unwrap_or_else(|| panic!("expected {code} with `{needle}`, found {told:#?}"));
    let span = fits.span.as_ref().expect("it has a place");
    let at = position(text, span.start);
    assert!(at.line > 1 && at.column > 0, "{code} stands at {at:?}");
    assert!(!fits.help.is_empty() && !fits.file.is_empty());
    assert!(common_ground::scenario::rules::page(code).is_some());
}

#[track_caller]
fn passes(text: &str) {
    let found = found_by(text, &support::courses());
    let told: Vec<String> = found.iter().map(|d| d.plain(text)).collect();
    assert!(found.is_empty(), "{told:#?}");
}

/// Eight more decisions after the first, each with its option texts and more in its head.
fn many(options: impl Fn(usize) -> (String, String), head: &str) -> String {
    let mut beats = String::new();
    for number in 0..8 {
        let (good, bad) = options(number);
        let to = if number == 7 {
            "talks_on".to_owned()
        } else {
            format!("more_{}", number + 1)
        };
        let beat = format!(
            "        \"more_{number}\": (decision: ({head} choices: [
                Say(id: \"good_{number}\", text: \"{good}\", evidence: {{ \"CI-2\": Competent }}, why: \"w\", to: \"{to}\"),
                Say(id: \"bad_{number}\", text: \"{bad}\", evidence: {{ \"CI-2\": Developing }}, why: \"w\", to: \"{to}\"),
                Say(id: \"more_bad_{number}\", text: \"I'd like to hear what today was like, too.\", evidence: {{ \"CI-2\": Developing }}, why: \"w\", to: \"{to}\"),
            ])),\n"
        );
        beats.push_str(&beat);
    }
    sound()
        .replacen("to: \"talks_on\",", "to: \"more_0\",", 1)
        .replacen("    beats: {\n", &format!("    beats: {{\n{beats}"), 1)
}

#[test]
fn length_gives_the_best_option_away() {
    let long = "I can see this is hard, and I have the time.".to_owned();
    let short = "I can see this is a hard time for you.".to_owned();
    let longest = many(|_| (long.clone(), short.clone()), "");
    trips(&longest, "best-by-length", "the longest");
    let shortest = many(|_| (short.clone(), long.clone()), "");
    trips(&shortest, "best-by-length", "the shortest");
    passes(&many(
        |number| {
            if number % 2 == 0 {
                (long.clone(), short.clone())
            } else {
                (short.clone(), long.clone())
            }
        },
        "",
    ));
}

#[test]
fn a_place_gives_the_best_option_away_only_where_the_order_is_fixed() {
    let texts = |number: usize| {
        let (a, b) = ("I can wait here with you.", "You could come with me now.");
        let (a, b) = if number.is_multiple_of(2) {
            (a, b)
        } else {
            (b, a)
        };
        (a.to_owned(), b.to_owned())
    };
    trips(
        &many(texts, "fixed_order: true,"),
        "best-in-one-place",
        "is number 1",
    );
    passes(&many(texts, ""));
}

#[test]
fn a_word_gives_the_wrong_option_away() {
    let with_word = |number: usize| {
        let (a, b) = ("That sounds like a lot.", "People always say that.");
        if number.is_multiple_of(2) {
            (a.to_owned(), b.to_owned())
        } else {
            (b.replace("always", "often"), a.to_owned())
        }
    };
    trips(&many(with_word, ""), "giveaway-word", "“always”");
    let on_both_sides = |number: usize| {
        let (a, b) = ("That is always a lot.", "People always say so.");
        if number.is_multiple_of(2) {
            (a.to_owned(), b.to_owned())
        } else {
            (b.to_owned(), a.to_owned())
        }
    };
    passes(&many(on_both_sides, ""));
    trips(
        &with(
            "It can't be as bad as all that, can it?",
            "All of the above, I would think.",
        ),
        "giveaway-word",
        "quiz",
    );
}

#[test]
fn an_option_that_stands_out_is_named() {
    let long = "You can't stay here, as you will understand. Let's get you moving, and then we can talk about all of it on the way.";
    trips(
        &with(
            "You can't stay here. Let's get you moving and talk on the way.",
            long,
        ),
        "unequal-options",
        "stands out",
    );
    // A variation counts at the length of its words, not of its name.
    let filled = with("Going home feels pointless right now.", "{said}").replacen(
        "    beats: {",
        "    variations: { \"said\": [(is: \"a\", text: \"Going home feels pointless to you.\"), (is: \"b\", text: \"Home feels like no use right now.\")] },\n    beats: {",
        1,
    );
    passes(&filled);
}

#[test]
fn a_window_must_leave_time_to_read() {
    let windowed = |secs: u16| {
        with(
            "                choices: [\n",
            &format!("                window: {secs},\n                choices: [\n"),
        )
    };
    trips(&windowed(5), "reading-load", "the window is 5");
    passes(&windowed(20));
}

#[test]
fn unsafe_words_are_named_with_a_better_one() {
    let summary = |words: &str| with("One or two sentences for the library.", words);
    trips(
        &summary("Her father committed suicide."),
        "unsafe-wording",
        "committed suicide",
    );
    trips(
        &summary("Alex suffers from depression."),
        "unsafe-wording",
        "suffers from",
    );
    passes(&summary(
        "Alex lives with depression. A psychologist knows her.",
    ));
    let said = |words: &str| with("I just can't see the point of going home.", words);
    passes(&said("I suppose you think I'm crazy."));
    trips(
        &said("He committed suicide and nobody said so."),
        "unsafe-wording",
        "committed",
    );
    let help = found_by(&summary("She was sectioned."), &support::courses());
    assert!(
        help[0].help.contains("detained under section 136"),
        "{help:?}"
    );
}

#[test]
fn law_past_its_date_is_named() {
    let cited = |dates: &str| {
        with(
            "    objectives:",
            &format!("    references: {{ \"136\": (cite: \"Mental Health Act 1983, section 136\", {dates}) }},\n    objectives:"),
        )
        .replacen("id: \"introduce\",", "id: \"introduce\", law: [\"136\"],", 1)
    };
    trips(
        &cited("as_of: \"2025-03-25\", until: \"2026-06-29\""),
        "law-past-date",
        "until 2026-06-29",
    );
    trips(
        &cited("as_of: \"2027-03-25\""),
        "law-past-date",
        "still to come",
    );
    trips(
        &cited("as_of: \"2025-03-25\", until: \"soon\""),
        "bad-date",
        "soon",
    );
    passes(&cited("as_of: \"2025-03-25\""));
    passes(&cited("as_of: \"2025-03-25\", until: \"2026-11-29\""));
}

#[test]
fn an_objective_that_a_safe_way_never_asks_for_is_named() {
    let by_way_of = |ending: &str| {
        let door = format!(
            "        \"door\": (decision: (choices: [
                Say(id: \"stay\", text: \"I'll come over to you.\", why: \"w\", to: \"arrive\"),
                Say(id: \"leave\", text: \"I'll leave you to it.\", why: \"w\", to: \"{ending}\"),
            ])),\n"
        );
        sound()
            .replacen("    beats: {\n", &format!("    beats: {{\n{door}"), 1)
            .replacen("beat: \"arrive\"", "beat: \"door\"", 1)
    };
    trips(
        &by_way_of("talks_on"),
        "one-path-objective",
        "never puts CI-2 in play",
    );
    passes(&by_way_of("turns_away"));
    trips(
        &with("evidence: { \"CI-2\": Proficient },", "").replacen(
            "evidence: { \"CI-2\": Developing },\n                        why: \"Meant",
            "why: \"Meant",
            1,
        ),
        "too-little-evidence",
        "the course asks for 2",
    );
}

#[test]
fn profiles_that_nobody_can_tell_apart_are_named() {
    let drawn = |second: &str| {
        with(
            "[(is: \"despair\")]",
            &format!("[(is: \"despair\"), (is: \"{second}\")]"),
        )
    };
    passes(&drawn("numb-calm"));
    let unseen = drawn("numb-calm").replacen(", Observe", "", 1);
    trips(&unseen, "indistinct-profiles", "nothing ever shows");
    let shown = unseen.replacen(
        "mood: Sad, gaze: Down),",
        "mood: Sad, gaze: Down),\n                Do(by: \"alex\", text: \"Alex is very still.\", when: [Profile(\"numb-calm\")]),\n                Do(by: \"alex\", text: \"Alex rocks a little.\", when: [Profile(\"despair\")]),",
        1,
    );
    passes(&shown);

    // A second profile with the same signs, whatever its reactions are.
    let shipped = support::courses();
    let twin = ron::to_string(&shipped.profiles.profiles["despair"]).unwrap();
    let mut files = shipped.materials.files.clone();
    files.push((
        "twin.profiles.ron".to_owned(),
        format!("Profiles(format: 1, profiles: {{ \"twin\": {twin} }})"),
    ));
    let courses = Courses::from_materials(Materials { files });
    assert!(courses.diagnostics.is_empty(), "{:?}", courses.diagnostics);
    trips_by(
        &drawn("twin"),
        "indistinct-profiles",
        "no sign of `despair` differs",
        &courses,
    );
}

/// The full template, broken in one place; `mark` is what stands on the line that must be named.
struct Planted {
    text: String,
    mark: &'static str,
    code: &'static str,
    says: &'static str,
}

fn full() -> String {
    include_str!("../src/cli/full.scenario.ron")
        .replace("TEMPLATE_ID", "full")
        .replace("TEMPLATE_TITLE", "Full")
        .replace("TEMPLATE_COURSE", "cpmha")
}

fn planted(
    swaps: &[(&str, &str)],
    mark: &'static str,
    code: &'static str,
    says: &'static str,
) -> Planted {
    let mut text = full();
    for (from, to) in swaps {
        assert!(
            text.contains(from),
            "`{from}` is not in the template any more"
        );
        text = text.replacen(from, to, 1);
    }
    assert!(text.contains(mark), "{mark}");
    Planted {
        text,
        mark,
        code,
        says,
    }
}

#[test]
fn a_dozen_more_planted_defects_are_told_with_line_column_and_cure() {
    let cases = [
        planted(
            &[
                ("standing: [StepBack, Observe, ", "standing: [StepBack, "),
                (
                    "when: [Profile(\"racing-fear\")]),\n                Do(by: \"colin\", text: \"His face",
                    "when: [TrustAtLeast(3)]),\n                Do(by: \"colin\", text: \"His face",
                ),
            ],
            "(is: \"racing-fear\")",
            "indistinct-profiles",
            "nothing ever shows the signs of `racing-fear`",
        ),
        planted(
            &[
                ("to: \"first_words\",", "to: \"parting\","),
                (
                    "core: [\"CI-2\"], also: [\"CI-1\", \"LE-1\"",
                    "core: [\"CI-2\", \"LE-1\"], also: [\"CI-1\"",
                ),
            ],
            "core: [\"CI-2\", \"LE-1\"]",
            "one-path-objective",
            "never puts LE-1 in play",
        ),
        planted(
            &[(
                "as_of: \"2025-03-25\",",
                "as_of: \"2025-03-25\", until: \"2026-04-01\",",
            )],
            "until: \"2026-04-01\"",
            "law-past-date",
            "2026-04-01",
        ),
        planted(
            &[("as_of: \"2025-03-25\",", "as_of: \"2027-03-25\",")],
            "as_of: \"2027-03-25\"",
            "law-past-date",
            "2027-03-25",
        ),
        planted(
            &[(
                "review: (status: Draft, due: \"2027-11-01\"",
                "review: (status: Draft, due: \"2026-11-01\"",
            )],
            "due: \"2026-11-01\"",
            "review-past-due",
            "2026-11-01",
        ),
        planted(
            &[("window: 40,", "window: 12,")],
            "window: 12,",
            "reading-load",
            "the window is 12",
        ),
        planted(
            &[(
                "text: \"Hello, I'm Amy, police. Would you please keep it down for them in there?\"",
                "text: \"Hello.\"",
            )],
            "id: \"what_i_do_next\"",
            "unequal-options",
            "it stands out",
        ),
        planted(
            &[(
                "text: \"I was wrong. I've ended that. And you're free to go.\"",
                "text: \"Whatever you need, all of the above.\"",
            )],
            "id: \"take_it_back\"",
            "giveaway-word",
            "a quiz speaking",
        ),
        planted(
            &[(
                "label: \"People looking on\"",
                "label: \"Nutters looking on\"",
            )],
            "Nutters",
            "unsafe-wording",
            "nutter",
        ),
        planted(
            &[(
                "unknown_as: \"The man\"",
                "unknown_as: \"The schizophrenic\"",
            )],
            "The schizophrenic",
            "unsafe-wording",
            "schizophrenic",
        ),
        planted(
            &[(
                "A neighbourhood officer finds him",
                "After a failed suicide attempt last year, an officer finds him",
            )],
            "failed suicide",
            "unsafe-wording",
            "failed suicide",
        ),
        planted(
            &[(
                "also: [\"CI-1\", \"LE-1\", \"MF-1\"]",
                "also: [\"CI-1\", \"LE-1\", \"MF-1\", \"CI-3\"]",
            )],
            "\"CI-3\"]",
            "too-little-evidence",
            "CI-3",
        ),
    ];
    let courses = support::courses();
    let sound = found_by(&full(), &courses);
    assert!(sound.is_empty(), "{sound:#?}");
    for case in &cases {
        trips(&case.text, case.code, case.says);
        let found = found_by(&case.text, &courses);
        let told = found
            .iter()
            .find(|told| told.code == case.code && told.message.contains(case.says))
            .expect("it trips");
        let span = told.span.clone().expect("it has a place");
        let at = position(&case.text, span.start);
        let line = case.text[..case.text.find(case.mark).expect("the mark")]
            .matches('\n')
            .count()
            + 1;
        // An option is named by its text, which stands a line below its id.
        assert!(
            (line..=line + 1).contains(&at.line),
            "{}: line {} for `{}` on line {line}",
            case.code,
            at.line,
            case.mark
        );
        println!(
            "{}:{}:{} {}: {} ({})",
            told.file, at.line, at.column, told.code, told.message, told.help
        );
    }
}

/// Nine decisions with a best option for each of two profiles; the given one for the first is told.
fn by_profile(first: &str, second: &str, head: &str) -> String {
    let mut beats = String::new();
    for number in 0..9 {
        let to = if number == 8 {
            "talks_on".to_owned()
        } else {
            format!("more_{}", number + 1)
        };
        // Each option is the best before one of the two.
        let option = |id: &str, text: &str, profile: &str| {
            format!(
                "Say(id: \"{id}_{number}\", text: \"{text}\", evidence: {{ \"CI-2\": Developing }}, evidence_when: [(when: [Profile(\"{profile}\")], evidence: {{ \"CI-2\": Proficient }})], why: \"w\", to: \"{to}\"),"
            )
        };
        let other = "Say(id: \"other_NUMBER\", text: \"I'd like to hear what today was like.\", evidence: { \"CI-2\": Developing }, why: \"w\", to: \"TO\"),"
            .replace("NUMBER", &number.to_string())
            .replace("TO", &to);
        let _ = write!(
            beats,
            "\"more_{number}\": (decision: ({head} choices: [\n{}\n{}\n{other}\n])),\n",
            option("a", first, "despair"),
            option("b", second, "numb-calm"),
        );
    }
    sound()
        .replace(
            "(is: \"despair\")",
            "(is: \"despair\"), (is: \"numb-calm\")",
        )
        .replacen("to: \"talks_on\"", "to: \"more_0\"", 1)
        .replacen("    beats: {", &format!("    beats: {{\n{beats}"), 1)
}

#[test]
fn what_is_best_is_looked_at_for_each_profile_by_itself() {
    let even = "That sounds like a long, bad day for you.";
    let long = "That sounds like a long, bad day for you, Alex, all day.";
    trips(
        &by_profile(long, even, ""),
        "best-by-length",
        "before `despair` is the longest",
    );
    trips(
        &by_profile(even, long, ""),
        "best-by-length",
        "before `numb-calm` is the longest",
    );
    trips(
        &by_profile(
            even,
            "It sounds as though today was a bad one.",
            "fixed_order: true,",
        ),
        "best-in-one-place",
        "before `despair` is number 1",
    );
    trips(
        &by_profile("You always carried it on your own till now.", even, ""),
        "giveaway-word",
        "before `despair`",
    );
    let found = found_by(&by_profile(even, even, ""), &support::courses());
    assert!(
        found.iter().all(|told| !told.code.starts_with("best-")),
        "{found:#?}"
    );
}
