//! What a scenario shows and lets be heard: places, people and sounds that are not in the assets, or
//! cannot be read. The scenario plays with a stand-in, so these are warnings.

use super::super::compile::Fault;
use super::super::diagnostic::{At, Severity, suggest};
use super::super::draft::{LineDraft, ScenarioDraft};
use super::super::load::{AssetKind, AssetNames};
use super::fault;

pub(super) fn run(draft: &ScenarioDraft, assets: &AssetNames, faults: &mut Vec<Fault>) {
    let root = At::root();
    let setting = root.field("setting");
    let mut look = Look { assets, faults };
    look.up(
        &setting.field("place"),
        AssetKind::Place,
        &draft.setting.place,
    );
    if !draft.setting.ambience.is_empty() {
        look.up(
            &setting.field("ambience"),
            AssetKind::Sound,
            &draft.setting.ambience,
        );
    }
    let cast = root.field("cast");
    for (key, member) in draft.cast.iter() {
        if let Some(person) = member.look() {
            look.up(&cast.key(key).field("look"), AssetKind::Person, person);
        }
    }
    let moves = root.field("moves");
    for (index, rule) in draft.moves.iter().enumerate() {
        look.lines(&moves.index(index).field("lines"), &rule.lines);
    }
    let events = root.field("events");
    for (index, event) in draft.events.iter().enumerate() {
        look.lines(&events.index(index).field("lines"), &event.lines);
    }
    let beats = root.field("beats");
    for (key, beat) in draft.beats.iter() {
        let at = beats.key(key);
        look.lines(&at.field("lines"), &beat.lines);
        let own = at.field("moves");
        for (index, rule) in beat.moves.iter().enumerate() {
            look.lines(&own.index(index).field("lines"), &rule.lines);
        }
        let Some(decision) = &beat.decision else {
            continue;
        };
        let at = at.field("decision");
        let choices = at.field("choices");
        for (index, choice) in decision.choices.iter().enumerate() {
            look.lines(
                &choices.index(index).field("replies"),
                &choice.option().replies,
            );
        }
        if let Some(silence) = &decision.silence {
            look.lines(&at.field("silence").field("lines"), &silence.lines);
        }
    }
}

/// Looks names up and notes what is wrong with them.
struct Look<'a> {
    assets: &'a AssetNames,
    faults: &'a mut Vec<Fault>,
}

impl Look<'_> {
    fn lines(&mut self, at: &At<'_>, lines: &[LineDraft]) {
        for (index, line) in lines.iter().enumerate() {
            let LineDraft::Narrate { sound, .. } = line else {
                continue;
            };
            if !sound.is_empty() {
                self.up(&at.index(index).field("sound"), AssetKind::Sound, sound);
            }
        }
    }

    fn up(&mut self, at: &At<'_>, kind: AssetKind, name: &str) {
        let file = format!("assets/{}/{name}.{}", kind.folder(), kind.ending());
        let (code, message, help) = match self.assets.flaw(kind, name) {
            None => return,
            Some(None) => (
                match kind {
                    AssetKind::Place => "unknown-place",
                    AssetKind::Person => "unknown-look",
                    AssetKind::Sound => "unknown-sound",
                },
                format!(
                    "there is no {} `{name}`: {} instead",
                    kind.word(),
                    kind.stand_in()
                ),
                format!(
                    "{}; section 5 of scenarios/README.md has a table of all",
                    suggest(name, kind.word(), self.assets.names(kind))
                ),
            ),
            Some(Some(flaw)) => (
                "broken-asset",
                format!(
                    "{file} cannot be used ({flaw}): {} instead",
                    kind.stand_in()
                ),
                "copy the file again from where it came, or build it again with assets/build"
                    .to_owned(),
            ),
        };
        self.faults
            .push(fault(Severity::Warning, at, code, message, help));
    }
}
