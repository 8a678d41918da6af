//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// De-escalation training: meet a person in crisis, decide, and see why it mattered.
#[derive(Debug, Parser)]
#[command(
    name = "common-ground",
    version,
    about,
    after_help = "Examples:\n  common-ground                          open the window\n  common-ground check                    check every scenario\n  common-ground play footbridge --seed 7 play in the terminal\n\nExit codes: 0 fine, 1 the thing checked is wrong, 2 wrong use, 3 nothing wrong was found but not everything was decided (prove), 70 a fault of this program, 71 the graphics device was lost, 130 stopped with Ctrl-C (prove).",
    disable_help_subcommand = true
)]
pub struct Arguments {
    /// Folder with courses, catalogues and scenarios
    #[arg(long, global = true, value_name = "DIR")]
    pub scenarios: Option<PathBuf>,
    /// Folder for records and settings
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// What to do; without it the window opens
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check scenario files and tell everything that is wrong with them
    #[command(
        after_help = "Examples:\n  common-ground check\n  common-ground check scenarios/footbridge.scenario.ron --deny warnings\n  common-ground check footbridge --options --distress 13 --trust 6"
    )]
    Check(Check),
    /// Sign a scenario off, or show how far its sign-off has come
    #[command(
        after_help = "Examples:\n  common-ground sign footbridge\n  common-ground sign footbridge --as expert --name \"A. Khan\" --role \"custody nurse\"\n  common-ground sign footbridge --retire --name \"B. Osei\" --role \"training lead\""
    )]
    Sign(Sign),
    /// Draw a scenario as a graph of its beats and endings
    #[command(
        after_help = "Examples:\n  common-ground graph footbridge --svg footbridge.svg\n  common-ground graph footbridge --dot | dot -Tpdf -o footbridge.pdf"
    )]
    Graph(Graph),
    /// List every field that a scenario or a course can have
    #[command(
        after_help = "Examples:\n  common-ground fields\n  common-ground fields --schema scenario"
    )]
    Fields {
        /// Print a JSON Schema in its place
        #[arg(long, value_enum, value_name = "WHAT")]
        schema: Option<Form>,
    },
    /// Try every path of a scenario, and let guessers play it
    #[command(
        after_help = "Examples:\n  common-ground prove\n  common-ground prove scenarios/footbridge.scenario.ron --bots --budget 1000000000\n\nExit codes: 0 no findings and everything decided, 1 findings or a file with faults, 3 no findings but not everything decided, 130 stopped with Ctrl-C."
    )]
    Prove(Prove),
    /// Play a scenario in the terminal
    #[command(
        after_help = "Examples:\n  common-ground play footbridge\n  common-ground play footbridge --seed 7 --moves introduce,Hold,Observe --json"
    )]
    Play(Play),
    /// Write a new scenario to begin from
    #[command(
        after_help = "Examples:\n  common-ground new corner-shop\n  common-ground new corner-shop --template full"
    )]
    New {
        /// Id of the scenario: small letters, digits and hyphens
        id: String,
        /// How much to begin with
        #[arg(long, value_enum, default_value = "minimal")]
        template: Template,
    },
    /// List every spoken line with its speaker and the key of its recording
    #[command(
        after_help = "Examples:\n  common-ground lines footbridge\n  common-ground lines my/own.scenario.ron --json\n\nA recording is named KEY.ogg and lies in voices/ID beside the scenario; scenarios/README.md tells more."
    )]
    Lines {
        /// Id or path of the scenario
        scenario: String,
        /// Print a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Explain a rule, or list all of them
    #[command(
        after_help = "Examples:\n  common-ground explain\n  common-ground explain no-way-out"
    )]
    Explain {
        /// Name of the rule as `check` prints it
        code: Option<String>,
    },
    /// Report on an attempt or a trainee
    #[command(
        after_help = "Examples:\n  common-ground report --trainee 4127 --html report.html\n  common-ground report --attempt 0198c0de-0000-7000-8000-000000000000 --json"
    )]
    Report(Report),
    /// What would likely have followed at each decision of an attempt
    #[command(
        name = "whatif",
        after_help = "Examples:\n  common-ground whatif 0198c0de-0000-7000-8000-000000000000\n  common-ground whatif 0198c0de-0000-7000-8000-000000000000 --decision 4\n\nEach move that was open is rolled forward in three ways: as the trainee tends to decide, as a careful officer and as a cautious one. The same attempt always gives the same answer."
    )]
    WhatIf {
        /// Id of the attempt
        attempt: String,
        /// Only this decision, by number
        #[arg(long, value_name = "NUMBER")]
        decision: Option<u32>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Enter trainees from a list
    #[command(
        after_help = "Examples:\n  common-ground trainees import list.csv\n  common-ground trainees import list.csv --cohort \"Intake 4\" --enter\n\nWithout --enter nobody is entered: what was read is shown, and every bad row with its line and reason."
    )]
    Trainees {
        /// What to do
        #[command(subcommand)]
        command: TraineesCommand,
    },
    /// List cohorts
    #[command(after_help = "Examples:\n  common-ground cohorts\n  common-ground cohorts --json")]
    Cohorts {
        /// Print a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Assign a scenario to a cohort
    #[command(
        after_help = "Examples:\n  common-ground assign footbridge --cohort \"Intake 4\" --mode assessment --by 2026-12-24"
    )]
    Assign(Assign),
    /// How well scenarios measure: figures over all finished attempts
    #[command(
        after_help = "Examples:\n  common-ground measure\n  common-ground measure footbridge --mode assessment --first --csv > figures.csv\n\nNo figure rests on fewer than 10 attempts; under 30 it comes with a warning."
    )]
    Measure(Measure),
    /// Mark a stored run blind, as a second rater
    #[command(
        after_help = "Examples:\n  common-ground rate 0198c0de-0000-7000-8000-000000000000\n  common-ground rate 0198c0de-0000-7000-8000-000000000000 --rater \"B. Osei\" --marks 1:CI-1=2,3:LE-2=1\n\nLevels: 0 Unsafe, 1 Developing, 2 Competent, 3 Proficient. What you cannot tell, leave out."
    )]
    Rate(Rate),
    /// Look at the records
    #[command(
        after_help = "Examples:\n  common-ground records list\n  common-ground records verify"
    )]
    Records {
        /// What to do with them
        #[command(subcommand)]
        command: RecordsCommand,
    },
    /// Open the window straight in a scenario
    #[command(
        after_help = "Examples:\n  common-ground open footbridge\n  common-ground open my/own.scenario.ron --seed 7\n  common-ground open footbridge --at talking --set trust=6 --set name=yes\n\nWith --at or --set it is a preview for authors: nothing of it is kept."
    )]
    Open {
        /// Id or path of the scenario
        scenario: String,
        /// Seed of the run; drawn if left out
        #[arg(long)]
        seed: Option<u64>,
        /// Preview: open at this beat
        #[arg(long, value_name = "BEAT")]
        at: Option<String>,
        /// Preview: set a value, such as trust=6, name=yes or profile=despair; may be repeated
        #[arg(long, value_name = "NAME=VALUE")]
        set: Vec<String>,
    },
    /// Render screens, people or places to PNG files
    #[command(
        after_help = "Examples:\n  common-ground gallery pictures\n  common-ground gallery pictures --only encounter\n  common-ground gallery pictures --people --only gestures\n  common-ground gallery pictures --reading"
    )]
    Gallery(Gallery),
}

/// What to check.
#[derive(Debug, Args)]
pub struct Check {
    /// Files or folders; the scenario folder if none is named
    pub paths: Vec<PathBuf>,
    /// Print a JSON array
    #[arg(long)]
    pub json: bool,
    /// Print plain sentences, for a screen reader
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
    /// Stay, and check again whenever a file is saved
    #[arg(long, conflicts_with = "json")]
    pub watch: bool,
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    pub deny: Option<String>,
    /// Tell what each option does at once to distress and trust, before each profile
    #[arg(long, conflicts_with_all = ["json", "watch"])]
    pub options: bool,
    /// With --options: from this distress, in place of the scenario's start
    #[arg(long, value_name = "0-20", requires = "options", value_parser = clap::value_parser!(u8).range(0..=20))]
    pub distress: Option<u8>,
    /// With --options: from this trust, in place of the scenario's start
    #[arg(long, value_name = "0-20", requires = "options", value_parser = clap::value_parser!(u8).range(0..=20))]
    pub trust: Option<u8>,
}

/// What to render.
#[derive(Debug, Args)]
pub struct Gallery {
    /// Folder for the pictures
    pub folder: PathBuf,
    /// Only pictures whose name contains this
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    /// Every person's moods, every gesture and every gaze, in place of the screens
    #[arg(long, group = "subject")]
    pub people: bool,
    /// Every place at its times and in its weathers
    #[arg(long, group = "subject")]
    pub places: bool,
    /// Single pictures of people in five states, unnamed, with the key beside the folder: can
    /// they be told apart?
    #[arg(long, group = "subject")]
    pub reading: bool,
    /// How much to spend on a picture
    #[arg(long, value_name = "LEVEL", value_parser = ["low", "medium", "high"])]
    pub quality: Option<String>,
}

/// Who signs what.
#[derive(Debug, Args)]
pub struct Sign {
    /// Id or path of the scenario
    pub scenario: String,
    /// In which capacity; without it the state of the sign-off is shown
    #[arg(
        long = "as",
        value_enum,
        value_name = "CAPACITY",
        conflicts_with = "retire"
    )]
    pub capacity: Option<Capacity>,
    /// Take it out of use
    #[arg(long)]
    pub retire: bool,
    /// Take it into use again with this signature, after it was retired
    #[arg(long, requires = "capacity", conflicts_with = "retire")]
    pub reinstate: bool,
    /// Name of the person who signs
    #[arg(long)]
    pub name: Option<String>,
    /// What that person is, such as "custody nurse"
    #[arg(long)]
    pub role: Option<String>,
    /// Show the state; this is what happens without --as and --retire
    #[arg(long, conflicts_with_all = ["capacity", "retire", "reinstate", "name", "role"])]
    pub show: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// In which capacity somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Capacity {
    /// Knows the work: practice, law and policy are right
    Expert,
    /// Has lived through something like it: it is true, and does no harm
    LivedExperience,
    /// Answers for the force: it may be used to assess; signs last
    Force,
}

/// How to draw.
#[derive(Debug, Args)]
pub struct Graph {
    /// Id or path of the scenario
    pub scenario: String,
    /// Write a picture to this file, or to standard output
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-")]
    pub svg: Option<PathBuf>,
    /// Write the language of Graphviz to this file, or to standard output
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-")]
    pub dot: Option<PathBuf>,
    /// Print places and ways as JSON
    #[arg(long)]
    pub json: bool,
}

/// What a JSON Schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// `ID.scenario.ron`
    Scenario,
    /// `ID.course.ron`
    Course,
    /// `ID.techniques.ron`
    Techniques,
    /// `ID.profiles.ron`
    Profiles,
    /// `ID.wording.ron`
    Wording,
    /// What `report --attempt ID --json` prints
    AttemptReport,
    /// What `report --trainee ID --json` prints
    TraineeReport,
    /// What `report --cohort NAME --json` prints
    CohortReport,
}

/// What to prove.
#[derive(Debug, Args)]
pub struct Prove {
    /// Files or folders; the scenario folder if none is named
    pub paths: Vec<PathBuf>,
    /// Print a JSON array
    #[arg(long)]
    pub json: bool,
    /// States after which it stops and says so
    #[arg(long, value_name = "STATES", default_value_t = crate::proof::USUAL_BUDGET)]
    pub budget: usize,
    /// Let guess-bots play too, and tell how often each passes
    #[arg(long)]
    pub bots: bool,
    /// Seeds that each bot, and the search for a run that passes, plays
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000, value_parser = seeds)]
    pub seeds: u32,
    /// Keep what the proof came to beside the scenario, for its readiness; guess-bots play too
    #[arg(long)]
    pub keep: bool,
    /// Threads; as many as the machine has if left out. What it tells is the same with any number
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub threads: usize,
}

/// A number of seeds: without any, nothing that rests on runs could be told.
fn seeds(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(0) => Err(
            "at least one seed must be played; leave `--bots` out to have no guessers play"
                .to_owned(),
        ),
        Ok(number) => Ok(number),
        Err(_) => Err(format!("a whole number from 1 to {} is wanted", u32::MAX)),
    }
}

/// How to play.
#[derive(Debug, Args)]
pub struct Play {
    /// Id or path of the scenario
    pub scenario: String,
    /// Seed of the run; drawn if left out
    #[arg(long)]
    pub seed: Option<u64>,
    /// Hints, meters and going back, or none of them
    #[arg(long, value_enum, default_value = "practice")]
    pub mode: PlayMode,
    /// Keep the attempt under this trainee: collar number or id; added if not there
    #[arg(long, value_name = "ID")]
    pub trainee: Option<String>,
    /// Make these moves: choice ids, StepCloser, StepBack, Observe, Radio, Hold, silence
    #[arg(long, value_name = "ID,ID,…", value_delimiter = ',')]
    pub moves: Option<Vec<String>>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Practice or assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlayMode {
    /// Hints, meters and going back
    Practice,
    /// None of them
    Assessment,
}

/// How much to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Template {
    /// Five decisions, three profiles and two endings, proven as they stand
    Minimal,
    /// Nearly everything that a scenario can have
    Full,
}

/// What to report.
#[derive(Debug, Args)]
#[group(skip)]
pub struct Report {
    /// One attempt, by id
    #[arg(
        long,
        value_name = "ID",
        required_unless_present_any = ["trainee", "cohort"],
        conflicts_with_all = ["trainee", "cohort"]
    )]
    pub attempt: Option<String>,
    /// All attempts of one trainee, by collar number or id
    #[arg(long, value_name = "ID", conflicts_with = "cohort")]
    pub trainee: Option<String>,
    /// Everybody in a cohort, by its name
    #[arg(long, value_name = "NAME")]
    pub cohort: Option<String>,
    /// Leave out names and collar numbers
    #[arg(long)]
    pub pseudonyms: bool,
    /// Write one self-contained HTML file
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Write a CSV file
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What to do with trainees.
#[derive(Debug, Subcommand)]
pub enum TraineesCommand {
    /// Read a CSV list with names and collar numbers
    Import {
        /// The list
        file: PathBuf,
        /// Put them into this cohort, made if there is none of the name
        #[arg(long, value_name = "NAME")]
        cohort: Option<String>,
        /// Enter those who are new
        #[arg(long)]
        enter: bool,
    },
}

/// What to assign, to whom and how.
#[derive(Debug, Args)]
pub struct Assign {
    /// Id or path of the scenario
    pub scenario: String,
    /// Name of the cohort
    #[arg(long, value_name = "NAME", required_unless_present = "trainee")]
    pub cohort: Option<String>,
    /// One trainee instead: collar number, name or id
    #[arg(long, value_name = "WHO", conflicts_with = "cohort")]
    pub trainee: Option<String>,
    /// Practice or assessment
    #[arg(long, value_enum, default_value = "practice")]
    pub mode: PlayMode,
    /// Last day, such as 2026-12-24
    #[arg(long, value_name = "DAY")]
    pub by: Option<String>,
    /// The same seed for everybody; drawn for each if left out
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
}

/// What to measure.
#[derive(Debug, Args)]
pub struct Measure {
    /// Id of the scenario; every scenario that was played if none is named
    pub scenario: Option<String>,
    /// Only attempts in this mode
    #[arg(long, value_enum)]
    pub mode: Option<PlayMode>,
    /// Only each person's first attempt of a scenario
    #[arg(long)]
    pub first: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print CSV: a line for each option, decision, objective and agreement
    #[arg(long)]
    pub csv: bool,
}

/// What to mark.
#[derive(Debug, Args)]
pub struct Rate {
    /// Id of the attempt
    pub attempt: String,
    /// Name of the rater
    #[arg(long, requires = "marks")]
    pub rater: Option<String>,
    /// The marks: DECISION:OBJECTIVE=LEVEL; without them the run is shown, with nothing computed
    #[arg(
        long,
        value_name = "N:ID=0-3,…",
        value_delimiter = ',',
        requires = "rater"
    )]
    pub marks: Option<Vec<String>>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What to do with the records.
#[derive(Debug, Subcommand)]
pub enum RecordsCommand {
    /// List trainees and attempts
    List {
        /// Only this trainee's, by collar number or id
        #[arg(long, value_name = "ID")]
        trainee: Option<String>,
        /// Print a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Show one attempt with its moves
    Show {
        /// Id of the attempt
        attempt: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Check that nothing was changed afterwards
    Verify {
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Score every finished attempt again and compare, to the byte
        #[arg(long)]
        rescore: bool,
        /// Check the seal that a report prints: a number, a colon and 64 signs
        #[arg(long, value_name = "SEAL")]
        seal: Option<String>,
    },
    /// Write every closed attempt as a file of its own, without names
    Export {
        /// Folder, also on a share; safe to repeat
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
        /// Let names and collar numbers go along
        #[arg(long)]
        names: bool,
    },
    /// Take in the attempts of other computers; safe to repeat
    Import {
        /// Folder that `records export` wrote
        folder: PathBuf,
    },
    /// Write xAPI 1.0.3 statements on every closed attempt to a file
    Xapi {
        /// File
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Send xAPI statements on what was not sent yet to a learning record store
    ///
    /// User and password stand in COMMON_GROUND_LRS_USER and COMMON_GROUND_LRS_PASSWORD.
    Send {
        /// Address of the store, such as `https://lrs.force.example/xapi`
        #[arg(long, value_name = "URL")]
        lrs: String,
    },
    /// Tell who exported, sent or erased what, and when
    Log {
        /// Print a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Show, or erase, attempts that have been kept long enough
    Retain {
        /// Begun more than so many days ago
        #[arg(long, value_name = "DAYS")]
        older_than: u32,
        /// Erase them; without it they are only listed
        #[arg(long)]
        apply: bool,
    },
    /// Hand out everything that is held on one person
    Access {
        /// Collar number, name or id
        trainee: String,
        /// Folder for the files
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
    },
    /// Erase one person with every attempt; the chain still checks
    Erase {
        /// Collar number, name or id
        trainee: String,
        /// Do it; without it nothing is erased
        #[arg(long)]
        yes: bool,
    },
    /// Copy all records to a file
    Backup {
        /// A new file
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Put a copy in the place of the records; what was there is kept beside it
    Restore {
        /// File that `records backup` wrote
        file: PathBuf,
    },
}
