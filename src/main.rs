//! The program: without a command it opens the window, with one it runs it.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser as _;
use common_ground::cli::{self, Arguments};

fn main() -> ExitCode {
    #[cfg(feature = "window")]
    let began = std::time::Instant::now();
    std::panic::set_hook(Box::new(surprise));
    let arguments = Arguments::parse();
    #[cfg(feature = "window")]
    {
        use common_ground::app::{Opening, open};
        use common_ground::cli::Command;
        use common_ground::places::Places;

        let places = Places::new(arguments.scenarios.clone(), arguments.data.clone());
        match &arguments.command {
            None => {
                let is_measured = std::env::var_os("COMMON_GROUND_FIRST_SCREEN").is_some();
                let opening = Opening {
                    is_measured,
                    ..Opening::default()
                };
                let done = window(places, opening, open);
                if is_measured {
                    println!("first screen after {:.3} s", began.elapsed().as_secs_f64());
                }
                return done;
            }
            Some(Command::Open {
                scenario,
                seed,
                at,
                set,
            }) => {
                if let Err(problem) = cli::may_open(&places, scenario, at.as_deref(), set) {
                    cli::complain(&problem);
                    return ExitCode::from(cli::WRONG);
                }
                let opening = Opening {
                    scenario: Some(scenario.clone()),
                    seed: *seed,
                    at: at.clone(),
                    set: set.clone(),
                    measured: measured(),
                    ..Opening::default()
                };
                return window(places, opening, open);
            }
            Some(Command::Gallery(gallery)) => return pictures(&places, gallery),
            Some(_) => {}
        }
    }
    cli::run(arguments)
}

#[cfg(feature = "window")]
fn pictures(places: &common_ground::places::Places, asked: &cli::Gallery) -> ExitCode {
    use common_ground::app::{Commission, Subject, gallery};

    let commission = Commission {
        subject: match (asked.people, asked.places, asked.reading) {
            (true, ..) => Subject::People,
            (_, true, _) => Subject::Places,
            (_, _, true) => Subject::Reading,
            _ => Subject::Screens,
        },
        only: asked.only.clone(),
        quality: asked.quality.clone(),
    };
    match gallery(places, &asked.folder, &commission) {
        Ok(0) => {
            eprintln!(
                "common-ground: no picture has that in its name; leave --only out to render all"
            );
            ExitCode::from(cli::WRONG_USE)
        }
        Ok(count) => {
            println!("{count} pictures in {}", asked.folder.display());
            ExitCode::SUCCESS
        }
        Err(words) => {
            eprintln!("common-ground: {words}");
            ExitCode::from(cli::WRONG)
        }
    }
}

#[cfg(feature = "window")]
fn window(
    places: common_ground::places::Places,
    opening: common_ground::app::Opening,
    open: fn(common_ground::places::Places, common_ground::app::Opening) -> bevy::app::AppExit,
) -> ExitCode {
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if cfg!(all(unix, not(target_os = "macos"))) && !has_display {
        eprintln!(
            "common-ground: there is no display to open a window on.\n  Start it on the desktop, or use `common-ground play SCENARIO` in the terminal."
        );
        return ExitCode::from(cli::WRONG);
    }
    match open(places, opening) {
        bevy::app::AppExit::Success => ExitCode::SUCCESS,
        bevy::app::AppExit::Error(code) => ExitCode::from(code.get()),
    }
}

/// What the surroundings ask to have measured; see `tests/frames.sh`.
#[cfg(feature = "window")]
fn measured() -> Option<common_ground::app::Measured> {
    use common_ground::app::views::Picture;
    use common_ground::app::{Measured, What};
    let count = |name: &str| std::env::var(name).ok()?.parse::<u32>().ok();
    let what = count("COMMON_GROUND_FRAMES")
        .map(What::Frames)
        .or_else(|| count("COMMON_GROUND_WAITING").map(|secs| What::Waiting(secs.into())))?;
    let picture = match std::env::var("COMMON_GROUND_PICTURE").as_deref() {
        Ok("low") => Some(Picture::Low),
        Ok("medium") => Some(Picture::Medium),
        Ok("high") => Some(Picture::High),
        _ => None,
    };
    let tell = |words: &str| println!("{words}");
    Some(Measured {
        what,
        picture,
        tell,
    })
}

/// What is said when something went wrong that should not have.
fn surprise(info: &std::panic::PanicHookInfo<'_>) {
    let words = info
        .payload()
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| info.payload().downcast_ref::<&str>().copied())
        .unwrap_or("no reason was given");
    if words.contains("Unable to find a GPU") {
        eprintln!(
            "common-ground: no way to draw was found: neither a graphics card nor drawing in software.\n  Install a Vulkan driver (on Debian and Ubuntu: mesa-vulkan-drivers), or use `common-ground play SCENARIO` in the terminal."
        );
        std::process::exit(i32::from(cli::WRONG));
    }
    if words.contains("failed printing to stdout") || words.contains("Broken pipe") {
        std::process::exit(i32::from(cli::FINE));
    }
    let place = info
        .location()
        .map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
    eprintln!(
        "common-ground: a fault of this program, not of yours: {words}{place}\n  Every decision up to now is kept. Please report these two lines."
    );
    std::process::exit(i32::from(cli::OUR_BUG));
}
