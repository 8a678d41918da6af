//! What is on the screen, as plain egui: state in, intent out.
//!
//! A view reads values by reference, draws them and says what the user asked for. It changes
//! nothing, knows no Bevy type and no store, and may be drawn twice in one frame.

pub mod arrival;
pub mod author;
pub mod author_graph;
mod author_map;
mod author_place;
pub mod author_preview;
pub mod briefing;
pub mod captions;
mod chart;
pub mod debrief;
pub mod debrief_advice;
pub mod debrief_decisions;
pub mod debrief_depth;
mod debrief_results;
pub mod encounter;
mod encounter_top;
mod encounter_turn;
pub mod graph_view;
pub mod instructor;
mod instructor_results;
mod layout;
pub mod library;
mod library_faults;
pub mod moment;
pub mod my_record;
pub mod notebook;
pub mod options;
pub mod past;
mod paused;
pub mod plan;
pub mod practice;
pub mod reason;
pub mod ring;
pub mod room_vote;
pub mod school;
mod school_assign;
pub mod school_cohort;
pub mod school_compare;
pub mod school_mark;
pub mod school_measure;
mod school_over_time;
pub mod school_people;
pub mod school_rate;
pub mod school_running;
pub mod settings;
pub mod sign_in;
pub mod support;
pub mod timeline;
pub mod widgets;
mod words;

use crate::encounter::Move;

/// The screens of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Page {
    /// Who is there.
    #[default]
    SignIn,
    /// Which scenario.
    Library,
    /// What the officer knows on the way.
    Briefing,
    /// The encounter itself.
    Encounter,
    /// What happened and why.
    Debrief,
    /// The trainee's own attempts.
    MyRecord,
    /// Sound, text, time, picture.
    Settings,
    /// Somebody to talk to.
    Support,
    /// Trainees and reports, behind the passphrase.
    Instructor,
    /// Scenario files, behind the passphrase.
    Author,
    /// The map of one of them.
    AuthorGraph,
}

/// Something an author asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorIntent {
    /// Open the map of a scenario, by id.
    Open(String),
    /// Try every path.
    Prove {
        /// States after which it stops and says so.
        budget: usize,
    },
    /// Let the guessers play and count where they come.
    Walk,
    /// Count where the trainees' attempts came.
    CountTrainees,
    /// Stop what goes on behind the page.
    Stop,
    /// Play from a beat with values set; nothing is kept.
    Preview {
        /// The beat; none for the beginning.
        at: Option<String>,
        /// Values, such as `trust=6`.
        set: Vec<String>,
    },
    /// Begin the preview again.
    PreviewAgain,
    /// Leave it for the map.
    LeavePreview,
}

/// Something the user asked for. Screens carry it out.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Go to a page.
    Open(Page),
    /// Go back to where the user came from (from settings, support, record).
    Back,
    /// Close the program.
    Quit,
    /// Sign in as a remembered trainee, by id.
    SignInAs(String),
    /// Sign in with name and collar number; entered if new.
    SignIn {
        /// Name as typed.
        name: String,
        /// Collar number as typed; may be empty.
        collar_number: String,
    },
    /// Sign out.
    SignOut,
    /// Read the briefing of a scenario, by id.
    ChooseScenario(String),
    /// Swap it for another without a reason; nothing is kept of it.
    ChooseAnother,
    /// Begin the scenario of the briefing.
    Begin {
        /// Assessment rather than practice.
        is_assessment: bool,
    },
    /// Begin it for a room that plays as one, by the id of its cohort.
    BeginRoom(String),
    /// What a room asks for while it plays.
    Room(room_vote::RoomIntent),
    /// Take up an open attempt, by id.
    Resume(String),
    /// Close an open attempt without an ending, by id.
    Abandon(String),
    /// Make a move.
    Make(Move),
    /// Say why, in an element of the National Decision Model and a line.
    GiveReason(crate::scoring::Element, String),
    /// Practice only: go on without saying why.
    SkipReason,
    /// Practise again from before this decision of the debrief, by number.
    GoAgainFrom(u32),
    /// Write in the notebook of the debrief.
    WriteNote(String),
    /// Show the next caption at once.
    SkipCaption,
    /// Practice only: back to before the last decision.
    GoBack,
    /// Pause or go on.
    SetPaused(bool),
    /// Stop the encounter; the attempt stays open.
    LeaveEncounter,
    /// Show the debrief of a finished attempt, by id.
    ShowDebrief(String),
    /// Play the scenario of the debrief again.
    PlayAgain,
    /// Write the HTML report of an attempt, by id.
    SaveReport(String),
    /// Write the HTML report of a trainee, by id.
    SaveTraineeReport(String),
    /// Show the plan in place of the picture, or the picture again.
    ShowPlan(bool),
    /// In the debrief: see the scene as it stood after so many moves; none goes back to the page.
    SeeMoment(Option<u32>),
    /// See that scene from elsewhere.
    LookFrom(moment::Eye),
    /// New settings.
    Change(Box<Settings>),
    /// Set the instructor passphrase for the first time.
    SetPassphrase(String),
    /// Unlock the instructor area.
    Unlock(String),
    /// Lock it again.
    Lock,
    /// Show one trainee in the instructor area, by id.
    PickTrainee(Option<String>),
    /// Something of the school, in the instructor area.
    School(school::SchoolWish),
    /// Read the briefing of what was assigned, by its id; it begins with its mode and seed.
    BeginAssigned(String),
    /// Check that the records are as they were written.
    VerifyRecords,
    /// Read the scenario folder again.
    ReloadScenarios,
    /// Take away the message at the top.
    DismissNotice,
    /// What authors ask for.
    Author(AuthorIntent),
}

/// How the program is set up on this computer.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Size of everything, 0.8 to 2.0.
    pub text_scale: f32,
    /// Light colours instead of dark ones.
    pub is_light: bool,
    /// More contrast.
    pub high_contrast: bool,
    /// No movement that is not needed.
    pub reduce_motion: bool,
    /// Decision windows: 0 off, 1 as written, 2 twice, 5 five times as long.
    pub window_factor: u8,
    /// Overall loudness, 0 to 1.
    pub volume: f32,
    /// Loudness of the surroundings, 0 to 1.
    pub ambience_volume: f32,
    /// Loudness of what people say, 0 to 1.
    pub speech_volume: f32,
    /// Loudness of steps, breath, doors and the radio, 0 to 1.
    pub effects_volume: f32,
    /// Sudden sounds are softened.
    pub soft_sounds: bool,
    /// The computer's own voice reads lines that nobody has recorded.
    pub system_voice: bool,
    /// No sound at all.
    pub is_muted: bool,
    /// Captions stay this much longer, 1 to 4.
    pub caption_factor: f32,
    /// Quality of the picture.
    pub picture: Picture,
}

/// Quality of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Picture {
    /// By what the computer can do.
    Auto,
    /// For computers without a graphics card.
    Low,
    /// In between.
    Medium,
    /// For a graphics card.
    High,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            text_scale: 1.0,
            is_light: false,
            high_contrast: false,
            reduce_motion: false,
            window_factor: 1,
            volume: 0.8,
            ambience_volume: 0.6,
            speech_volume: 1.0,
            effects_volume: 0.7,
            soft_sounds: false,
            system_voice: false,
            is_muted: false,
            caption_factor: 1.0,
            picture: Picture::Auto,
        }
    }
}
