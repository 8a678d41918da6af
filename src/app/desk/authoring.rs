//! What authors ask of the desk: maps, proofs, and previews that are never kept.

use crate::attempt::{Sit, Sitting};
use crate::records::Mode;

use super::super::views::{AuthorIntent, Page};
use super::{Author, Cue, Desk, Live, PLAYED_KEY, Preview};

impl Desk {
    /// Authors' pages show every answer: they open with the instructor's passphrase.
    pub(super) fn gate(&mut self, page: Page) -> Page {
        let is_authors = matches!(page, Page::Author | Page::AuthorGraph);
        self.author.is_wanted = is_authors && !self.is_unlocked;
        if self.author.is_wanted {
            Page::Instructor
        } else {
            page
        }
    }

    /// What authors have saved is what trainees see next.
    pub(super) fn take_shelf(&mut self) {
        if let Some(shelf) = &self.author.shelf {
            self.shelf.clone_from(shelf);
        }
    }

    /// Takes up what goes on behind the authors' and instructors' pages, and the debrief.
    pub(in crate::app) fn hear_author(&mut self) {
        self.hear_figures();
        self.hear_forks();
        if matches!(self.page, Page::Author | Page::AuthorGraph)
            && let Some(words) = self.author.hear()
        {
            self.notice = Some(words);
        }
    }

    pub(super) fn author_asks(&mut self, wanted: AuthorIntent) {
        match wanted {
            AuthorIntent::Open(id) => {
                self.author.played_ids = self.played(&id);
                self.author.open_file(&id);
                self.author.mark_played();
                if self.author.good.is_some() {
                    self.go(Page::AuthorGraph);
                } else {
                    self.notice = Some(format!(
                        "“{id}” has faults, so there is no map of it yet. Mend what stands under its name and save it."
                    ));
                }
            }
            AuthorIntent::Prove { budget } => self.author.prove(budget),
            AuthorIntent::Walk => self.author.walk(),
            AuthorIntent::CountTrainees => self.author.count_trainees(self.data.clone()),
            AuthorIntent::Stop => self.author.stop(),
            AuthorIntent::Preview { at, set } => {
                if let Some(id) = self.author.open.clone() {
                    let seed = self.seed.take().unwrap_or(1);
                    self.open_preview(Preview {
                        scenario: id,
                        at,
                        set,
                        seed,
                    });
                }
            }
            AuthorIntent::PreviewAgain => {
                if let Some(preview) = self.author.preview.clone() {
                    self.open_preview(preview);
                }
            }
            AuthorIntent::LeavePreview => self.leave_preview(),
        }
    }

    /// Whether what is played is an author's preview.
    pub(in crate::app) fn is_preview(&self) -> bool {
        let live = self.live.as_ref();
        live.is_some_and(|live| live.sitting().id.is_none())
    }

    /// Plays from where an author wants to look; nothing of it is kept.
    pub(in crate::app) fn open_preview(&mut self, preview: Preview) {
        let good = self.author.good.as_ref();
        let open = good.filter(|good| good.file.id == preview.scenario);
        let shelf = self
            .author
            .shelf
            .as_ref()
            .and_then(|shelf| shelf.as_ref().ok());
        let found = match (open, shelf) {
            (Some(good), Some(shelf)) => Ok((good.file.clone(), shelf.courses.clone())),
            _ => self.places.scenario(&preview.scenario),
        };
        let begun = found.and_then(|(file, courses)| {
            let Some(scenario) = &file.scenario else {
                anyhow::bail!(
                    "`{}` has faults and cannot be played: run common-ground check",
                    file.id
                );
            };
            let preset = Author::preset(scenario, &preview).map_err(anyhow::Error::msg)?;
            let sit = Sit {
                file: &file,
                courses: &courses,
                seed: preview.seed,
                mode: Mode::Practice,
            };
            Ok((Sitting::preview(sit, preset)?, file))
        });
        match begun {
            Ok((sitting, file)) => {
                self.author.played_ids = self.played(&file.id);
                self.author.preview = Some(preview);
                self.chosen = Some(file);
                self.take_up(sitting, false);
            }
            Err(problem) => self.complain(&problem),
        }
    }

    pub(super) fn leave_preview(&mut self) {
        let Some(live) = self.live.take() else { return };
        let id = live.sitting().encounter().scenario().id.clone();
        self.cues.push(Cue::Clear);
        self.chosen = None;
        self.history.clear();
        self.page = Page::Library;
        if self.trainee.is_none() {
            self.page = Page::SignIn;
        }
        let is_open = self.author.open.as_deref() == Some(&id) && self.author.good.is_some();
        self.go(if is_open {
            Page::AuthorGraph
        } else {
            Page::Author
        });
        if self.page == Page::AuthorGraph {
            self.history.push(Page::Author);
        }
    }

    /// Ids of places where previews of a scenario have been.
    pub(super) fn played(&mut self, id: &str) -> std::collections::BTreeSet<String> {
        let key = format!("{PLAYED_KEY}{id}");
        self.with_store(|store| Ok(store.setting(&key)?))
            .flatten()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Remembers where a preview has been.
    pub(super) fn note_preview(&mut self) {
        if !self.is_preview() {
            return;
        }
        let Some(sitting) = self.live.as_ref().map(Live::sitting) else {
            return;
        };
        let encounter = sitting.encounter();
        let scenario = std::sync::Arc::clone(encounter.scenario());
        let words = sitting.words().iter().map(String::as_str);
        let mut log = Vec::new();
        let again = crate::encounter::replay_at(
            &scenario,
            encounter.seed(),
            sitting.preset(),
            words,
            &mut log,
        );
        if again.is_err() || !self.author.play(&scenario, &log) {
            return;
        }
        if let Ok(text) = serde_json::to_string(&self.author.played_ids) {
            let key = format!("{PLAYED_KEY}{}", scenario.id);
            self.with_store(|store| Ok(store.set_setting(&key, &text)?));
        }
    }
}
