//! The page of every rule, as `explain CODE` prints it.

/// What a rule finds, why it matters and how it is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Name of the rule.
    pub code: &'static str,
    /// What it finds.
    pub finds: &'static str,
    /// Why it matters and what to do.
    pub text: &'static str,
}

/// Every page, in the order of their names.
#[must_use]
pub fn pages() -> &'static [Page] {
    PAGES
}

/// The page of one rule.
#[must_use]
pub fn page(code: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.code == code)
}

macro_rules! pages {
    ($($code:literal: $finds:literal, $text:literal;)*) => {
        const PAGES: &[Page] = &[$(Page { code: $code, finds: $finds, text: $text }),*];
    };
}

pages! {
    "always-clipped": "A change that always runs into the end of its scale.",
        "Found by `prove`, in every state in which the change happens. Distress, trust, distance, meters and counters stop at their ends, so part of what you wrote never has an effect. Make the change smaller, or start the scale elsewhere.";
    "always-holds": "A condition that held whenever it was asked for.",
        "Found by `prove`, over every reachable state. What depends on it might as well be unconditional. Remove it, or change what it asks for so that it tells states apart.";
    "always-true": "A condition that holds in every state.",
        "TrustAtLeast(0) holds from the first moment to the last, so it says nothing. Usually the number is a slip, or the condition is left over. Remove it, or write the number that was meant.";
    "bad-date": "A date or clock time that is none.",
        "Dates are written year-month-day, such as 2026-11-01, and clock times HH:MM, such as 22:41. Dates tell when a law was read and when a review is due, so a wrong one would hide that a scenario has aged.";
    "bad-id": "A name that cannot be an id.",
        "Ids are used in records, on the command line and in reports for years. Keep to letters without accents, digits, `_` and `-`, at most 64 of them, without blanks or commas.";
    "best-by-length": "A best option that is the longest, or the shortest, far more often than chance.",
        "Whoever takes the longest option every time would do well without reading it. The best option of a decision is the one whose evidence adds up to most, before each profile by itself where `evidence_when` asks for it. The rule speaks when that is the longest (or the shortest) at half of six or more decisions, and when fewer than one author in a hundred would get there by accident. Cut some and fill others; the debrief has room for what does not fit.";
    "best-in-one-place": "A best option that stands in one place wherever the order is fixed.",
        "Options are shown in an order that is drawn for each attempt, unless a decision says fixed_order: true. Where many do, and the best one, or the best before one of the profiles, stands in the same place, the place can be learned. Take `fixed_order` away, or change the order.";
    "broken-asset": "A model or sound that is there and cannot be read.",
        "The file is empty, cut short or of another kind, often from a copy that was broken off. The scenario plays with a plain stand-in until the file is whole again. Only its outer form is looked at: a picture inside a model is not.";
    "broken-recordings": "A list of recordings that cannot be read.",
        "Each folder of recordings holds lines.json, which says what each sound file says and how long it lasts. While it cannot be read, the lines are shown as captions and nothing is heard. Build it anew, or remove the folder.";
    "course-fault": "Something wrong in a course or catalogue file.",
        "Scenarios are marked against the course and react by the catalogues, so a fault there touches every scenario beside it. The message names the file and the place; mend it there first.";
    "dead-end": "A beat with neither a decision nor routes.",
        "The encounter would stop there for ever. Give the beat a decision, or routes: [(to: \"...\")] to lead on, or lead to an ending.";
    "dry-decision": "A decision at which every option was closed in some state.",
        "Found by `prove`, with a run that gets there. Then only silence and the standing moves are left. Leave one option without `when` and `once`, or let the last one lead on.";
    "dry-menu": "A decision in which every option may be closed at once.",
        "Options with `when` or `once` can all be closed in the same state, and then only silence is left. Keep at least one option without conditions.";
    "dry-routes": "A list of routes that may lead nowhere.",
        "Routes are tried in order, and the first whose conditions hold and whose chance comes up is taken. If the last one has a condition or a chance, there is a state in which none is taken. End the list with (to: \"...\").";
    "duplicate-field": "A field written twice.",
        "Only one of the two could count. Remove the one that is not meant.";
    "duplicate-id": "The same id used twice.",
        "Beats and endings are found by id and records name choices by id, so every id may stand for one thing only. Rename one of the two.";
    "empty-text": "A line, option or ending without words.",
        "Nobody can choose or hear nothing. Write the words, or remove the entry.";
    "empty-variation": "A variation with no value, or with more than a hundred.",
        "A variation is drawn from its values when the encounter begins. Give it 1 to 100 of them.";
    "endless-routes": "Beats without a decision that lead round in a circle.",
        "Nobody could ever step out of it. Put a decision on the way, or lead one route elsewhere.";
    "event-never-happens": "An event whose conditions are never met.",
        "Found by `prove`, over every reachable state. Loosen its `when`, or remove it.";
    "fact-never-read": "A fact that nothing asks for and that the notebook does not show.",
        "Either a condition was forgotten, or the fact is not needed. A fact may be there for the notebook alone: give it a line of text then.";
    "fact-never-set": "A fact that can never become known.",
        "No effect says Learn(\"...\") for it, so every condition on it is always false. Add the effect where the officer learns it.";
    "giveaway-word": "A word that goes with right or wrong options only.",
        "People who are good at tests know that `always` and `never` mark wrong answers. One such word is only how people talk. The rule speaks when four options or more use the same one and all of them are best, or none is; and at once for words of a quiz, such as `all of the above`.";
    "guessable": "A rule without thought that passes too often.",
        "Found by `prove --bots`. A guesser plays many seeds by one fixed rule, such as always the longest option. Its true share of passes is known within bounds only; if it may be as high as 5 % at random or 15 % by a rule (the upper bound at 95 %), the scenario measures test-taking. Before one profile its share may be twice that. The cure depends on the rule:";
    "half-condition": "A condition or event that is only half written.",
        "An empty All([]) or Any([]), or an event without `when`. Fill it in, or leave it out.";
    "hold-is-silence": "An entry for Hold among the moves.",
        "To hold is to say nothing on purpose. What that does is written in each decision's `silence`.";
    "indistinct-profiles": "A profile whose signs nobody can tell from another's.",
        "The seed draws one of the profiles, and a careful trainee should be able to read which. Give each at least one sign of its own in the catalogue and keep Observe open, or write a line that only this profile shows.";
    "law-past-date": "A citation whose text no longer holds.",
        "Law and policy change. Where a change is known to come, `until` names the last day of the old text, and this warning comes on the day after it; it comes too when `as_of` is a day in the future. Read the law of today, mend the scenario where it has changed, and write the day of the text that you read.";
    "missing-comma": "Two items without a comma between them.",
        "The reader notices at the start of the second item. Put a comma after the one before it.";
    "missing-field": "Something that must be said is not.",
        "The message names the field. scenarios/README.md says what belongs in it and gives an example.";
    "missing-recording": "A line without a recording, in a scenario that has recordings.",
        "The line was added or its words were changed after the recording. It is still shown, and read by the computer's voice where that is switched on. `common-ground lines ID` lists every line with the key that its recording must bear. A scenario without any recordings is not told of this.";
    "name-mismatch": "A file whose name is not its id.",
        "`footbridge.scenario.ron` must hold id: \"footbridge\", so that a scenario can be found by its id and two files cannot claim the same one. Rename the file or change the id.";
    "never-felt": "Words of how it felt that are never said.",
        "Found by `prove`, over every way in which the encounter ends there. Change what they ask for, or remove them.";
    "never-holds": "A condition that held in no state in which it was asked for.",
        "Found by `prove`, over every reachable state; each condition may be possible alone and still never true there. Change what it asks for, or remove what depends on it.";
    "never-true": "Conditions that cannot hold together.",
        "Trust cannot be 8 or more and 3 or less at once. Whatever hangs on them can never happen. Change a number, or use Any([...]) if one of them is enough.";
    "no-ending": "A scenario without endings.",
        "Every encounter must end somewhere. Write at least one ending, better several: a good run and a poor one should not end alike.";
    "no-escape": "A state from which no ending can be reached.",
        "Found by `prove`, with a run that gets there. Play would go round for ever. Let an option, silence or an event lead towards an ending in every state.";
    "no-felt": "An ending that does not say how it felt.",
        "Hearing from the person what the officer did to them teaches more than a score. Add `felt` lines, with `when` for how far they came to trust the officer.";
    "no-pass-found": "Draws from which no passing run was found.",
        "Found by `prove`, which searches by taking what earns most and straying now and then. Either those draws have too few opportunities, or more seeds are needed (`--seeds`). A trainee must be able to pass whatever is drawn.";
    "no-profile": "A subject without a reaction profile.",
        "The profile says how this person reacts to what is said. Name at least one from the catalogue; with several, the seed draws one and the officer has to read which.";
    "no-way-out": "A beat from which no ending can be reached.",
        "Whatever the trainee does from there, the encounter goes on for ever. Let something lead towards an ending.";
    "no-why": "A choice, silence or failed gate without its reason.",
        "The debrief shows the reason beside every decision. Without it the trainee learns that it cost something but not why. One or two sentences, said to the officer.";
    "not-utf-8": "A file in another encoding.",
        "Scenarios are plain text in UTF-8. In Notepad choose Save As and pick UTF-8; a byte-order mark does no harm.";
    "one-path-objective": "A required objective that a way to a safe ending never puts in play.",
        "Whoever goes that way ends well and cannot pass, because there was nothing to be marked by. Give a decision on that way evidence for it, or list the objective in `also`, where it is reported and not required. Conditions are left aside here; `prove` knows them.";
    "one-subject": "No subject in the cast, or more than one.",
        "The simulator keeps one person's distress, trust and distance. Others in the scene are Bystander or Colleague.";
    "out-of-range": "A number outside its scale.",
        "Distress, trust and meters run to 20, distance from 1 to 20 half-metres, weights and chances from 1 to 100, windows from 5 to 120 seconds. Twenty steps are enough: nobody can tell 61 from 62 in a person.";
    "outdone-option": "An option that another one outdoes in every state.",
        "Found by `prove`: another open option leads to the same state, earns no less of anything and leaves the person no worse, and is better in something. Options with a pitfall or a failed gate are meant to be worse and are left out. Give this one a state in which it is right.";
    "over-limit": "More, longer or deeper than a scenario may be.",
        "Files up to 16 MiB, 12,000 beats, 12 options at a decision, texts of 4,000 characters, conditions and effects nested 16 deep, 200 declarations of a kind. The limits keep a broken or hostile file from stopping the program.";
    "reader-fails": "A careful reader who does not pass often enough.",
        "Found by `prove --bots`. This bot looks first, tells the profile by its signs and lines, sees roughly how upset and how trusting the person is, and takes the option whose techniques suit both; it knows no marks. Skill must pay: it should pass 80 % of runs or more, and as many of those before each profile. Let techniques that suit profile and state carry the evidence.";
    "reading-load": "Options that cannot be read before the window closes.",
        "Adults read about 238 words of plain text a minute (Brysbaert 2019, Journal of Memory and Language 109), and have not yet decided anything by then. A window shorter than the reading of its options measures reading. Give more seconds or fewer words; trainees who need longer can have windows stretched in the settings.";
    "review-past-due": "A scenario whose review date has passed.",
        "Law and policy change. Read citations, powers and wording again, note who checked what in `review.checked`, and set the next date.";
    "stale-recording": "A recording of words that nobody says any more.",
        "Recordings are found by a key made of speaker, voice and words, so one changed letter leaves the old recording without a line. It does no harm and is never played. Record the new words, and remove the old file and its entry in lines.json.";
    "syntax": "Text that is not RON.",
        "The place is where the reader could not go on; the slip is often just before it. Look for a bracket of the wrong kind, a colon left out, or an item without its comma.";
    "too-large": "A file larger than 16 MiB.",
        "Such a file is not read at all. Check that it is a scenario, or split it.";
    "too-little-evidence": "An assessed objective with evidence at fewer than two decisions.",
        "The course gives no result below its number of opportunities, so this objective would end as Not enough evidence. Give it more, or do not assess it.";
    "two-ways-on": "Two different statements of where something leads.",
        "A beat has either a decision or routes; a choice has either `to` or `routes`. Keep one.";
    "unclosed": "A text, comment or bracket that is not closed.",
        "The reader goes on to the next quotation mark or to the end of the file, so the complaint may come later than the slip. Look on the line before too.";
    "unequal-options": "An option that stands out by its length.",
        "The eye goes to the odd one out, and test-wise readers take the longest, because careful answers need more words. Let the longest option of a decision have at most one and a half times the characters of the shortest; up to 25 more are always fine. Beyond both the rule speaks.";
    "unfilled-place": "A `{place}` in a text that is never filled.",
        "Briefing, title, names and citations are shown before the seed has drawn anything, so a `{place}` there would be read as it stands. Say it without the variation, and let a line, a fact or a radio message bring what was drawn.";
    "unknown-cast": "A name that is not in the cast.",
        "Everybody who speaks is declared in `cast`. Declare them, or use a name that is there.";
    "unknown-counter": "A counter that is not declared.",
        "Declare it with its highest value, such as counters: { \"warnings\": 3 }.";
    "unknown-course": "A course that does not exist in the scenario folder.",
        "The course is the file `<id>.course.ron` beside the scenarios.";
    "unknown-fact": "A fact that is not declared.",
        "Declare it in `facts` with the line that the notebook shows, or \"\" for none.";
    "unknown-field": "A field that does not exist there.",
        "Unknown fields are refused, because a misspelt one would otherwise be ignored and the scenario would do something else than it says.";
    "unknown-format": "A file of another format.",
        "This version reads format 1. A newer file needs a newer Common Ground.";
    "unknown-gate": "A gate that the course does not have.",
        "Gates are declared in the course file: life-safety, legality, force, dignity, honesty, safeguarding.";
    "unknown-look": "A `look` that is no person in the assets.",
        "People are files in assets/people, named without their ending, such as woman-30s-jacket. Until it is mended a plain figure stands there, which shows neither face nor hands.";
    "unknown-mark": "Seen(...) with a name that is neither a choice nor an event.",
        "Seen holds once that choice was made or that event happened.";
    "unknown-meter": "A meter that is not declared.",
        "Declare it in `meters` with label, range and start. Distress, trust and distance are there anyway and have conditions of their own.";
    "unknown-objective": "An objective that the course does not have.",
        "Objectives have ids such as CI-1; the course file lists them.";
    "unknown-place": "A `place` that is not in the assets.",
        "Places are files in assets/places, named without their ending, such as footbridge. Until it is mended the encounter plays on a bare floor.";
    "unknown-profile": "A profile that the catalogue, or this subject, does not have.",
        "Profiles stand in the `.profiles.ron` files; Profile(...) asks only for one that this subject can be drawn with.";
    "unknown-reference": "A citation that is not in `references`.",
        "Every law or policy item is declared once, with the day on which its text was read.";
    "unknown-sound": "A sound or `ambience` that is not in the assets.",
        "Sounds are files in assets/sound, named without their ending, such as traffic-wet. Until it is mended nothing is heard there.";
    "unknown-target": "A way on that leads nowhere.",
        "`to` names a beat, an ending, or `.` to stay at the decision. The message suggests the nearest name there is.";
    "unknown-technique": "A technique that the catalogue does not have.",
        "Techniques stand in the `.techniques.ron` files, each with its stage. Use one of them or add your own there.";
    "unknown-variation": "A `{place}` or Drawn(...) that names no variation, or none of its values.",
        "Declare it in `variations`, such as \"caller\": [(is: \"sister\", text: \"her sister\")].";
    "unknown-word": "A word that does not exist there.",
        "Some places take one of a fixed list of words, such as a mood or a level. The message lists them or suggests the nearest.";
    "unreachable-beat": "A beat to which nothing leads.",
        "It is never played. Name it in a `to`, or remove it.";
    "unreachable-ending": "An ending to which nothing leads.",
        "It is never reached. Name it in a `to`, or remove it.";
    "unreachable-route": "A route behind one that always holds.",
        "The first route that holds is taken. Move this one up, or give the earlier one a condition.";
    "unreached-beat": "A beat that no run reaches.",
        "Found by `prove`: something names it, but the conditions on the way are never met. Loosen them, or remove the beat.";
    "unreached-choice": "An option that is never open.",
        "Found by `prove`, over every reachable state of its decision. Loosen its `when`, or remove it.";
    "unreached-ending": "An ending that no run reaches.",
        "Found by `prove`: something names it, but the conditions on the way are never met. Loosen them, or remove the ending.";
    "unread-evidence": "Evidence for an objective that the scenario does not assess.",
        "It is never counted. The message stands once for each objective, at the first place. List the objective in `objectives`, or remove the evidence.";
    "unreadable-file": "A file that cannot be opened.",
        "It may be open elsewhere, or the account may not read it. The message says what the system answered.";
    "unreadable-proof": "A file that says what a proof came to, and cannot be read.",
        "`common-ground prove --keep` writes it, and it need not be edited by hand. Remove it and prove again; until then the scenario counts as not proven.";
    "unreadable-signatures": "A file of signatures that cannot be read.",
        "`common-ground sign` writes it, and it need not be edited by hand. Put back the copy that could be read, or remove the file and have the scenario signed again; until then it counts as unsigned.";
    "unsafe-pass": "An unsafe ending through which a run can pass.",
        "Found by `prove`, with a run that gets there. Process and outcome are kept apart, so an ending that leaves somebody less safe by the officer's doing must fail a gate: name it in `fails`.";
    "unsafe-without-gate": "An ending called Unsafe that fails no gate.",
        "Process and outcome are kept apart, so a run could end unsafely and pass. If somebody ends up less safe by the officer's doing, name the gate that this fails.";
    "unsafe-wording": "Words that hurt, or that are unsafe to print.",
        "The list stands in the `.wording.ron` file beside the course, with a better word and the reason for each; change it there. Most are unwanted in the scenario's own words only: people in the encounter may speak as people do. Those about means and methods are unwanted wherever they stand.";
    "untaken-route": "A way on that is never taken.",
        "Found by `prove`, over every reachable state. Loosen its conditions, or remove it.";
    "unused-declaration": "Something declared and never used.",
        "It is probably left over, or its use was misspelt. Use it, or remove it.";
    "window-without-silence": "A decision with a time limit and nothing for when it runs out.",
        "Saying nothing is a move: say what it does, with `silence: (why: \"...\", ...)`.";
    "word-quotes": "Curly quotation marks around a text.",
        "Word processors replace \" by curly marks. Write scenarios in a plain text editor such as Notepad.";
    "wrong-type": "A value of the wrong kind.",
        "Numbers are whole and without quotes, texts in straight quotes, lists in [ ], named entries in { }, everything else in ( ).";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_in_order_and_unlike() {
        let codes: Vec<&str> = pages().iter().map(|page| page.code).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
    }
}
