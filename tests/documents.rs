//! What the documents say is so.

use std::fs;
use std::path::Path;

use common_ground::scenario::rules::{page, pages};

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
        .unwrap_or_else(|_| panic!("{name} is missing"))
}

fn sources() -> String {
    fn walk(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, text);
            } else if path.extension().is_some_and(|e| e == "rs") {
                text.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut text = String::new();
    for room in ["src/scenario", "src/proof"] {
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(room), &mut text);
    }
    text
}

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let text = sources();
    let without_pages = text
        .split("macro_rules! pages")
        .next()
        .unwrap_or("")
        .to_owned()
        + text.split("const PAGES").last().unwrap_or("");
    for page in pages() {
        let quoted = format!("\"{}\"", page.code);
        assert!(
            text.matches(&quoted).count() >= 2,
            "{} has a page and no rule",
            page.code
        );
        assert!(page.text.len() > 40);
    }
    for (at, _) in without_pages.match_indices("code: \"") {
        let code = without_pages[at + 7..].split('"').next().unwrap_or("");
        assert!(page(code).is_some(), "{code} has no page");
    }
}

#[test]
fn the_blocks_in_the_authors_guide_can_be_read() {
    use common_ground::course::{Profile, Technique};
    use common_ground::scenario::draft::{
        BeatDraft, ChoiceDraft, Condition, Effect, EndingDraft, EventDraft, StandingDraft,
    };
    use common_ground::scenario::load::{check_text, parses};

    let text = read("scenarios/README.md");
    let mut blocks = 0;
    for part in text.split("```ron\n").skip(1) {
        let block = part.split("```").next().unwrap_or("");
        let Some(kind) = block
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("// type: "))
        else {
            continue;
        };
        blocks += 1;
        let told = match kind.trim() {
            "Scenario" => {
                let courses = crate::support::courses();
                let (scenario, faults) = check_text(block, "guide", None, &courses, None);
                if scenario.is_some() && faults.is_empty() {
                    Ok(())
                } else {
                    Err(format!("{faults:#?}"))
                }
            }
            "Beat" => parses::<BeatDraft>(block),
            "Choice" => parses::<ChoiceDraft>(block),
            "Condition" => parses::<Condition>(block),
            "Effect" => parses::<Effect>(block),
            "Ending" => parses::<EndingDraft>(block),
            "Event" => parses::<EventDraft>(block),
            "Standing" => parses::<StandingDraft>(block),
            "Profile" => parses::<Profile>(block),
            "Technique" => parses::<Technique>(block),
            other => Err(format!("unknown type {other}")),
        };
        if let Err(told) = told {
            panic!("a block of type {kind} cannot be read: {told}\n{block}");
        }
    }
    assert!(blocks >= 8, "only {blocks} typed blocks");
}

/// Section 1 of the guide, done by the letter: the template, one name replaced, one beat pasted,
/// the findings of the proof, two lines replaced, and no finding.
#[test]
fn the_walk_of_the_guide_ends_in_a_proven_scenario() {
    use common_ground::encounter::replay;
    use common_ground::scenario::load::check_text;
    use std::sync::Arc;

    let guide = read("scenarios/README.md");
    let block = |name: &str| {
        guide
            .split(&format!("// walk: {name}\n"))
            .nth(1)
            .and_then(|rest| rest.split("```").next())
            .unwrap_or_else(|| panic!("the guide has no block `{name}`"))
    };
    let template = read("src/cli/minimal.scenario.ron")
        .replace("TEMPLATE_ID", "kitchen-light")
        .replace("TEMPLATE_TITLE", "kitchen light")
        .replace("TEMPLATE_COURSE", "cpmha");
    let courses = crate::support::courses();
    let check = |text: &str| check_text(text, "walk", None, &courses, Some("2026-11-29"));
    assert_eq!(template.matches("to: \"key\"").count(), 5);
    let renamed = template.replace("to: \"key\"", "to: \"phone\"");
    let (_, faults) = check(&renamed);
    assert!(
        faults.iter().any(|d| d.code == "unknown-target"),
        "{faults:#?}"
    );
    let beat = block("a decision of your own");
    let whole = renamed.replacen(
        "        \"key\": (",
        &format!("{beat}        \"key\": ("),
        1,
    );
    let (scenario, faults) = check(&whole);
    assert!(faults.is_empty(), "{faults:#?}");
    let told = crate::support::findings(&Arc::new(scenario.expect("it is sound")), 1);
    assert!(
        told.len() == 2
            && told[0].contains("question marks")
            && told[1].contains("listening techniques"),
        "{told:#?}"
    );

    let at =
        whole.find("id: \"say_fine\",\n").expect("it was pasted") + "id: \"say_fine\",\n".len();
    let rest = whole[at..]
        .find("                        evidence:")
        .expect("evidence follows");
    let mended = format!(
        "{}{}{}",
        &whole[..at],
        block("the easy way out sounds kind"),
        &whole[at + rest..]
    );
    let (scenario, faults) = check(&mended);
    assert!(faults.is_empty(), "{faults:#?}");
    let scenario = Arc::new(scenario.expect("it is sound"));
    let told = crate::support::findings(&scenario, 1_000_000);
    assert!(told.is_empty(), "{told:#?}");
    for (line, ending) in [
        (
            "Observe,sit_below,wrong_name,your_news,hardest_call,silence,sum_up",
            "goes_in",
        ),
        (
            "up_you_get,at_least,just_us,say_fine,for_mum,agency",
            "turns_away",
        ),
    ] {
        assert!(
            guide.contains(&format!("--seed 7 --moves {line}\n")),
            "{line}"
        );
        let mut log = Vec::new();
        let end = replay(&scenario, 7, line.split(','), &mut log).unwrap();
        let reached = end.ending().expect("it ends");
        assert_eq!(*scenario.endings[reached as usize].id, *ending);
    }
}

#[test]
fn continuous_integration_runs_the_command_of_the_readme() {
    let readme = read("README.md");
    let run = read(".ci/run");
    assert!(readme.contains("sh .ci/test"));
    assert!(run.contains("sh .ci/test"));
    assert!(readme.contains("sh .ci/play"));
}

#[test]
fn limits_in_the_guide_are_the_programs() {
    let guide = read("scenarios/README.md");
    for words in ["16 MiB", "12,000 beats", "4,000"] {
        assert!(guide.contains(words), "{words}");
    }
}

#[test]
fn the_authors_guide_says_what_every_mood_gesture_and_gaze_looks_like() {
    use common_ground::scenario::draft::{Gaze, Gesture, Mood};

    fn rows(text: &str, field: &str) -> Vec<(String, String)> {
        let head = format!("| `{field}` | what is seen |");
        text.split(&head)
            .nth(1)
            .unwrap_or_else(|| panic!("no table of `{field}`"))
            .lines()
            .skip(2)
            .take_while(|line| line.starts_with('|'))
            .map(|line| {
                let mut cells = line.trim_matches('|').split('|').map(str::trim);
                let name = cells.next().unwrap_or("").trim_matches('`').to_owned();
                (name, cells.next().unwrap_or("").to_owned())
            })
            .collect()
    }
    fn names<T: std::fmt::Debug>(all: &[T]) -> Vec<String> {
        all.iter().map(|value| format!("{value:?}")).collect()
    }
    let text = read("scenarios/README.md");
    for (field, known) in [
        ("mood", names(&Mood::ALL)),
        ("gesture", names(&Gesture::ALL)),
        ("gaze", names(&Gaze::ALL)),
    ] {
        let rows = rows(&text, field);
        let told: Vec<String> = rows.iter().map(|(name, _)| name.clone()).collect();
        assert_eq!(
            told, known,
            "the table of `{field}` is not the list of the format"
        );
        for (name, seen) in rows {
            assert!(seen.len() > 10, "{field} {name} does not say what is seen");
        }
    }
}

/// The names in the first cells of the table of the guide with this head.
fn names_in_table(guide: &str, head: &str) -> Vec<String> {
    guide
        .split(head)
        .nth(1)
        .unwrap_or_else(|| panic!("no table {head}"))
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| line.split('`').nth(1).map(str::to_owned))
        .collect()
}

#[test]
fn the_authors_guide_lists_every_place_person_and_sound() {
    let guide = read("scenarios/README.md");
    for (head, folder, ending) in [
        ("| `place` | where it is |", "places", ".glb"),
        ("| `look` | who is seen |", "people", ".glb"),
        ("| `sound` | what is heard", "sound", ".ogg"),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("assets")
            .join(folder);
        let mut there: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
            .collect();
        there.sort_unstable();
        let mut told = names_in_table(&guide, head);
        told.sort_unstable();
        assert_eq!(told, there, "the table {head} and the folder");
    }
}

#[test]
fn the_authors_guide_lists_every_technique_by_family_and_stage() {
    let guide = read("scenarios/README.md");
    let table = guide
        .split("| family | stage | techniques |\n")
        .nth(1)
        .expect("the guide has a table of techniques");
    let mut told: Vec<(String, String, String)> = Vec::new();
    for line in table
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with('|'))
    {
        let words: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        for technique in &words[2..] {
            told.push((
                words[0].to_owned(),
                words[1].to_owned(),
                (*technique).to_owned(),
            ));
        }
    }
    told.sort();
    let mut known: Vec<(String, String, String)> = crate::support::courses()
        .techniques
        .techniques
        .iter()
        .map(|(id, own)| {
            (
                format!("{:?}", own.family),
                format!("{:?}", own.stage),
                id.clone(),
            )
        })
        .collect();
    known.sort();
    assert_eq!(told, known);
}

#[test]
fn every_finding_of_a_proof_stands_in_the_table_of_mistakes() {
    let guide = read("scenarios/README.md");
    let table = guide
        .split("\n## 19. Common mistakes\n")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .expect("section 19");
    for page in pages()
        .iter()
        .filter(|p| p.text.contains("Found by `prove"))
    {
        assert!(
            table.contains(&format!("`{}`", page.code)),
            "{} is missing in section 19",
            page.code
        );
    }
}

#[test]
fn every_person_has_a_row_and_every_row_a_person() {
    let readme = read("assets/README.md");
    let section = readme
        .split("\n## People\n")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .expect("assets/README.md has a section on people");
    let mut told: Vec<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|line| line.split('`').next())
        .collect();
    told.sort_unstable();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/people");
    let mut built: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".glb").map(str::to_owned))
        .collect();
    built.sort_unstable();
    assert_eq!(
        told, built,
        "table in assets/README.md, files in assets/people"
    );
    let civilians = built.iter().filter(|n| !n.starts_with("officer")).count();
    assert!(civilians >= 16 && built.len() - civilians >= 2);
}

#[test]
fn people_stay_small() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/people");
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let size = entry.metadata().unwrap().len();
        assert!(size < 4_000_000, "{:?} has {size} bytes", entry.path());
    }
}
