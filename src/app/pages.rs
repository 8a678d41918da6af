//! Draws the page that the desk is on.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};

use super::Asked;
use super::desk::{Desk, Live, names};
use super::stage::{StagePlan, StageRole, StageTarget};
use super::theme;
use super::views::arrival::Arrival;
use super::views::author::{AuthorDraft, AuthorView, author_ui};
use super::views::author_graph::{AuthorGraphDraft, author_graph_ui};
use super::views::author_preview::{PreviewDraft, PreviewView, preview_ui};
use super::views::briefing::{BriefingDraft, BriefingView, briefing_ui};
use super::views::debrief::{DebriefDraft, DebriefView, debrief_ui};
use super::views::encounter::{EncounterDraft, EncounterView, Ended, Practice, encounter_ui};
use super::views::instructor::{InstructorDraft, InstructorRoom, InstructorView, instructor_ui};
use super::views::library::{LibraryDraft, LibraryView, library_ui};
use super::views::moment::{Eye, MomentView, moment_ui};
use super::views::my_record::{MyRecordDraft, MyRecordView, my_record_ui};
use super::views::notebook::LegalStatus;
use super::views::plan::{PlanPart, PlanPerson, PlanView};
use super::views::reason::Why;
use super::views::ring::DecisionWindow;
use super::views::room_vote::RoomVote;
use super::views::settings::{SettingsDraft, SettingsView, settings_ui};
use super::views::sign_in::{SignInDraft, SignInView, sign_in_ui};
use super::views::support::{SupportDraft, SupportView, support_ui};
use super::views::{Intent, Page};
use crate::records::Mode;

/// What has been typed, opened and chosen on each page.
#[derive(Resource, Debug, Default)]
pub(super) struct Drafts {
    pub sign_in: SignInDraft,
    pub library: LibraryDraft,
    pub briefing: BriefingDraft,
    pub encounter: EncounterDraft,
    pub debrief: DebriefDraft,
    pub my_record: MyRecordDraft,
    pub settings: SettingsDraft,
    pub support: SupportDraft,
    pub instructor: InstructorDraft,
    pub author: AuthorDraft,
    pub author_graph: AuthorGraphDraft,
    pub preview: PreviewDraft,
    pub arrival: Arrival,
}

impl Drafts {
    /// A page that is opened anew has its first focus again, and no passphrase in its field.
    pub(in crate::app) fn turn_to(&mut self, page: Page) {
        match page {
            Page::SignIn => self.sign_in = SignInDraft::default(),
            Page::Library => self.library.has_focused = false,
            Page::Briefing => self.briefing = BriefingDraft::default(),
            Page::Encounter => self.encounter = EncounterDraft::default(),
            Page::Debrief => self.debrief = DebriefDraft::default(),
            Page::MyRecord => self.my_record = MyRecordDraft::default(),
            Page::Settings => self.settings = SettingsDraft::default(),
            Page::Support => self.support = SupportDraft::default(),
            Page::Instructor => self.instructor = InstructorDraft::default(),
            // The map stays where it was looked at while its author tries things out.
            Page::Author => self.author_graph = AuthorGraphDraft::default(),
            Page::AuthorGraph => {}
        }
    }
}

/// Draws the page and passes on what the user asks for.
pub(super) fn draw(
    mut contexts: EguiContexts,
    desk: Res<Desk>,
    mut drafts: ResMut<Drafts>,
    mut target: Option<ResMut<StageTarget>>,
    plan: Option<Res<StagePlan>>,
    mut asked: MessageWriter<Asked>,
    mut ground: ResMut<ClearColor>,
) -> Result {
    let ctx = contexts.ctx_mut()?.clone();
    theme::apply(&ctx, &desk.settings);
    ctx.input_mut(|input| drafts.arrival.hold_back(desk.page, input));
    let fill = ctx.style_of(ctx.theme()).visuals.panel_fill;
    let fill = Color::srgb_u8(fill.r(), fill.g(), fill.b());
    if ground.0 != fill {
        ground.0 = fill;
    }
    let mut ui = egui::Ui::new(
        ctx.clone(),
        egui::Id::new("page"),
        egui::UiBuilder::new()
            .layer_id(egui::LayerId::background())
            .max_rect(ctx.viewport_rect()),
    );
    // The picture's place is known when the page has been drawn, but it lies behind everything.
    let painter = ctx.layer_painter(egui::LayerId::background());
    let behind = painter.add(egui::Shape::Noop);
    let plan = plan.as_deref();
    let wanted = page_ui(&mut ui, &desk, &mut drafts, plan);
    if let Some(target) = &mut target
        && let Some(place) = picture_of(&desk, &drafts, ctx.viewport_rect())
    {
        painter.set(behind, target.shape_for(place));
        target
            .bypass_change_detection()
            .fit_to(place, ctx.pixels_per_point());
    }
    let support = desk.page != Page::Support && ctx.input(|input| input.key_pressed(egui::Key::F1));
    if support {
        asked.write(Asked(Intent::Open(Page::Support)));
    } else if let Some(intent) = wanted {
        asked.write(Asked(intent));
    }
    Ok(())
}

/// Where the stage's picture is shown, if it is.
fn picture_of(desk: &Desk, drafts: &Drafts, window: egui::Rect) -> Option<egui::Rect> {
    match desk.page {
        Page::Encounter => {
            let live = desk.live.as_ref()?;
            let is_seen = !live.is_paused && !live.is_plan;
            drafts.encounter.picture.filter(|_| is_seen)
        }
        Page::Debrief => {
            let moment = desk.told.as_ref()?.moment.as_ref()?;
            (moment.eye != Eye::Above).then_some(window)
        }
        _ => None,
    }
}

/// The stage's plan with the names that the officer knows.
fn plan_of(plan: &StagePlan, desk: &Desk, encounter: &crate::encounter::Encounter) -> PlanView {
    let point = |at: Vec2| egui::pos2(at.x, at.y);
    let lines = |lines: &[[Vec2; 2]]| {
        lines
            .iter()
            .map(|[from, to]| [point(*from), point(*to)])
            .collect()
    };
    let points = |points: &[Vec2]| points.iter().copied().map(point).collect();
    let names = names(encounter);
    let people = plan
        .people
        .iter()
        .map(|person| PlanPerson {
            name: names
                .iter()
                .find(|(id, _)| *id == person.id)
                .map_or_else(String::new, |(_, name)| name.clone()),
            part: match person.role {
                StageRole::Subject => PlanPart::Subject,
                StageRole::Colleague => PlanPart::Colleague,
                StageRole::Bystander => PlanPart::Bystander,
            },
            at: point(person.at),
            facing: egui::vec2(person.facing.x, person.facing.y),
        })
        .collect();
    PlanView {
        officer: point(plan.officer),
        people,
        walls: lines(&plan.walls),
        low: lines(&plan.low),
        exits: points(&plan.exits),
        seats: points(&plan.seats),
        needs: room_needed(desk),
        distance_half_metres: encounter.state().distance,
    }
}

/// Room that the people of this course need before they feel crowded, smallest and largest.
fn room_needed(desk: &Desk) -> Option<(f32, f32)> {
    let shelf = desk.shelf.as_ref().ok()?;
    let needs = || {
        shelf
            .courses
            .profiles
            .profiles
            .values()
            .map(|profile| f32::from(profile.personal_space) * 0.5)
    };
    let least = needs().min_by(f32::total_cmp)?;
    let most = needs().max_by(f32::total_cmp)?;
    Some((least, most))
}

fn page_ui(
    ui: &mut egui::Ui,
    desk: &Desk,
    drafts: &mut Drafts,
    plan: Option<&StagePlan>,
) -> Option<Intent> {
    let notice = desk.notice.as_deref();
    let shelf = desk.shelf.as_ref().map_err(String::as_str);
    let who = desk.who();
    match desk.page {
        Page::SignIn => sign_in_ui(
            ui,
            &SignInView {
                trainees: &desk.trainees,
                course: desk.course().map_or("", |course| course.title.as_str()),
                notice,
            },
            &mut drafts.sign_in,
        ),
        Page::Library => {
            let trainee = desk.trainee.as_ref()?;
            library_ui(
                ui,
                &LibraryView {
                    trainee,
                    shelf,
                    folder: &desk.folder,
                    assignments: &desk.assignments,
                    attempts: &desk.attempts,
                    notice,
                },
                &mut drafts.library,
            )
        }
        Page::Briefing => {
            let file = desk.chosen.as_ref()?;
            briefing_ui(
                ui,
                &BriefingView {
                    scenario: file.scenario.as_ref()?,
                    readiness: &file.readiness,
                    course: desk.course(),
                    who: &who,
                    cohorts: &desk.cohorts,
                    notice,
                },
                &mut drafts.briefing,
            )
        }
        Page::Encounter => {
            let live = desk.live.as_ref()?;
            let beside = desk
                .author
                .preview
                .as_ref()
                .filter(|_| desk.is_preview() && !live.is_paused);
            let asked = beside.and_then(|preview| {
                let view = PreviewView {
                    encounter: live.sitting().encounter(),
                    opened: &preview.words(),
                };
                preview_ui(ui, &view, &mut drafts.preview)
            });
            let plan = plan
                .filter(|_| live.is_plan)
                .map(|plan| plan_of(plan, desk, live.sitting().encounter()));
            let room = desk.room.as_ref().map(|room| RoomVote {
                room: &room.name,
                votes: &room.votes,
                told: room.taken.as_ref().map(|(_, told)| told),
            });
            asked.or(live_ui(ui, live, (plan.as_ref(), room), notice, drafts))
        }
        Page::Debrief => {
            let told = desk.told.as_ref()?;
            if let Some(moment) = &told.moment {
                let encounter = moment.encounter();
                let plan = plan
                    .filter(|_| moment.eye == Eye::Above)
                    .map(|plan| plan_of(plan, desk, encounter));
                let view = MomentView {
                    review: &told.review,
                    made: moment.made,
                    eye: moment.eye,
                    subject: encounter.name_of(encounter.scenario().subject),
                    plan: plan.as_ref(),
                    notice,
                };
                return moment_ui(ui, &view);
            }
            let playable = shelf
                .ok()
                .and_then(|shelf| shelf.scenario(&told.review.sheet.scenario))
                .is_some_and(crate::scenario::ScenarioFile::is_playable);
            debrief_ui(
                ui,
                &DebriefView {
                    attempt: told.attempt.as_ref(),
                    mode: told.mode,
                    review: &told.review,
                    course: &told.course,
                    saved: desk.saved.as_deref(),
                    can_play_again: playable && desk.trainee.is_some(),
                    depth: Some(&told.depth),
                    who: &who,
                    notice,
                },
                &mut drafts.debrief,
            )
        }
        Page::MyRecord => {
            let trainee = desk.trainee.as_ref()?;
            my_record_ui(
                ui,
                &MyRecordView {
                    trainee,
                    attempts: &desk.attempts,
                    course: desk.course(),
                    saved: desk.saved.as_deref(),
                    notice,
                },
                &mut drafts.my_record,
            )
        }
        Page::Settings => settings_ui(
            ui,
            &SettingsView {
                settings: &desk.settings,
                folder: desk.data(),
                has_sound: desk.has_sound,
                notice,
            },
            &mut drafts.settings,
        ),
        Page::Support => support_ui(
            ui,
            &SupportView {
                contacts: desk
                    .course()
                    .map_or(&[], |course| course.support.as_slice()),
            },
            &mut drafts.support,
        ),
        Page::Author => {
            let shelf = desk
                .author
                .shelf
                .as_ref()
                .map_or(shelf, |shelf| shelf.as_ref().map_err(String::as_str));
            let view = AuthorView {
                shelf,
                folder: &desk.folder,
                proofs: &desk.author.verdicts,
                notice,
            };
            author_ui(ui, &view, &mut drafts.author)
        }
        Page::AuthorGraph => {
            author_graph_ui(ui, &desk.author.view(notice)?, &mut drafts.author_graph)
        }
        Page::Instructor => {
            let view = if !desk.has_passphrase {
                InstructorView::NotSet { notice }
            } else if !desk.is_unlocked {
                InstructorView::Locked {
                    last_try: desk.last_try.as_ref(),
                    notice,
                }
            } else {
                InstructorView::Open(InstructorRoom {
                    trainees: &desk.trainees,
                    picked: desk.picked,
                    attempts: &desk.all_attempts,
                    course: desk.course(),
                    shelf,
                    folder: &desk.folder,
                    verification: desk
                        .verification
                        .as_ref()
                        .map(|done| done.as_ref().map_err(String::as_str)),
                    school: &desk.school,
                    saved: desk.saved.as_deref(),
                    notice,
                })
            };
            instructor_ui(ui, &view, &mut drafts.instructor)
        }
    }
}

fn live_ui(
    ui: &mut egui::Ui,
    live: &Live,
    (plan, room): (Option<&PlanView>, Option<RoomVote<'_>>),
    notice: Option<&str>,
    drafts: &mut Drafts,
) -> Option<Intent> {
    let attempt = live
        .sitting()
        .id
        .map_or_else(String::new, |id| id.to_string());
    let legal = live.legal();
    let legal = legal
        .as_ref()
        .map_or(LegalStatus::Free, |(reference, since)| {
            LegalStatus::Detained {
                cite: &reference.cite,
                note: &reference.note,
                local: &reference.local,
                since,
            }
        });
    let practice = (live.mode() == Mode::Practice).then(|| Practice {
        meters: &live.meters,
        hint: &live.hint,
        can_go_back: !live.sitting().words().is_empty(),
    });
    let view = EncounterView {
        scene: None,
        captions: &live.captions,
        is_speaking: live.is_speaking(),
        options: &live.options,
        standing: &live.standing,
        window: live.window().map(|(remaining, secs_left)| DecisionWindow {
            remaining,
            secs_left,
        }),
        clock: &live.clock,
        distance_half_metres: live.distance_half_metres,
        notebook: &live.notebook,
        legal,
        practice,
        is_paused: live.is_paused,
        is_plan: live.is_plan,
        plan,
        why: live.decided().map(|decided| Why {
            decided,
            can_skip: live.mode() == Mode::Practice,
        }),
        room,
        notice,
        ended: live.ended.as_ref().map(|(title, text)| Ended {
            title,
            text,
            attempt: &attempt,
        }),
    };
    encounter_ui(ui, &view, &mut drafts.encounter)
}
