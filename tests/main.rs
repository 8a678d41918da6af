//! Every test that is not at the foot of a source file, in one program.
//!
//! - `authoring`: signing, the graph, the form of the files and the list of fields
//! - `cli`: the built program: output, exit codes, bad input
//! - `cli_school`: lists, cohorts and assignments from the command line
//! - `cli_watch`: the checker beside an editor: whatever is saved is told, by id as by path
//! - `documents`: what the documents say is so
//! - `encounters`: play scripts, one for each ending of the shipped scenarios
//! - `exchange`: records between computers, to a learning record store, and the care for them
//! - `guessers`: nobody passes the shipped scenarios by guessing
//! - `house`: who may use whom
//! - `items`: rules of item writing, each with a file that trips it and one that does not
//! - `invariants`: random walks keep every promise of the kernel
//! - `kill`: processes killed in the middle lose nothing that was answered
//! - `kill_records`: the same for exports, imports, sendings, erasures, copies and migrations
//! - `loading`: broken files, mutations and prefixes
//! - `measurement`: figures over many attempts, against those of outside packages
//! - `place_models`: the models of places are light, marked and listed
//! - `preview`: opening a scenario in its middle, and why an option is shut
//! - `proof`: the prover against a slow explorer, its witnesses played, its ranges kept
//! - `recordings`: what is spoken, what `check` tells of its recordings
//! - `records_school`: cohorts, assignments, merged entries, judgements and votes
//! - `records_store`: the store through its public face
//! - `report_forms`: the published schemas of reports are the types, and real reports fit them
//! - `reports`: pages, tables and JSON
//! - `shipped`: the scenario folder checks clean
//! - `whatif`: what would have followed, the same every time, and luck
//! - `views_depth`: the debrief's cards in depth (with the window)
//! - `views_figures`: measurement, second ratings, one person over time, two attempts side by side
//! - `views_encounter`: encounter and briefing by label, role and key (with the window)
//! - `views_graph`: the author's map at three hundred beats, and what a frame of it costs
//! - `views_group`: a room that plays as one (with the window)
//! - `views_pages`: every other page by label, role and key (with the window)
//! - `views_school`: cohorts, lists, marking and assignments on the pages (with the window)
//! - `views_room`: a store with trainees and attempts for them

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "tests may stop at the first surprise"
)]

mod support;

mod authoring;
mod cli;
mod cli_school;
mod cli_watch;
mod documents;
mod encounters;
mod exchange;
mod guessers;
mod house;
mod invariants;
mod items;
mod kill;
mod kill_records;
mod loading;
mod measurement;
mod place_models;
mod preview;
mod proof;
mod recordings;
mod records_school;
mod records_store;
mod report_forms;
mod reports;
mod shipped;
#[cfg(feature = "screens")]
mod views_depth;
#[cfg(feature = "screens")]
mod views_encounter;
#[cfg(feature = "screens")]
mod views_figures;
#[cfg(feature = "screens")]
mod views_graph;
#[cfg(feature = "screens")]
mod views_group;
#[cfg(feature = "screens")]
mod views_pages;
#[cfg(feature = "screens")]
mod views_room;
#[cfg(feature = "screens")]
mod views_school;
mod whatif;
mod witnesses;
