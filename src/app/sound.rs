//! What is heard: the place's ambience, the radio, single sounds. Without a sound device the
//! program is silent and everything else goes on.

use std::path::PathBuf;

use bevy::audio::{AudioSink, AudioSinkPlayback, PlaybackMode, PlaybackSettings, Volume};
use bevy::prelude::*;

use super::desk::Desk;
use crate::places::beside_program;

/// Something to be heard.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// Surroundings, over and over; empty for none.
    Ambience(String),
    /// A single sound.
    Once(String),
    /// Everything is silent, or goes on.
    Pause(bool),
}

/// The surroundings.
#[derive(Component, Debug)]
struct Ambience;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (play, follow_volume).chain());
}

fn file(name: &str) -> Option<String> {
    let inside = format!("sound/{name}.ogg");
    let plain = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
    let folder = beside_program("assets").unwrap_or_else(|| PathBuf::from("assets"));
    (plain && !name.is_empty() && folder.join(&inside).is_file()).then_some(inside)
}

fn play(
    mut heard: MessageReader<Heard>,
    desk: Res<Desk>,
    assets: Res<AssetServer>,
    ambience: Query<Entity, With<Ambience>>,
    sinks: Query<&AudioSink>,
    mut commands: Commands,
) {
    let settings = &desk.settings;
    let loud = if settings.is_muted {
        0.0
    } else {
        settings.volume.clamp(0.0, 1.0)
    };
    for heard in heard.read() {
        match heard {
            Heard::Ambience(name) => {
                for entity in &ambience {
                    commands.entity(entity).despawn();
                }
                if let Some(file) = file(name) {
                    commands.spawn((
                        Name::new("Ambience"),
                        Ambience,
                        AudioPlayer::new(assets.load(file)),
                        PlaybackSettings {
                            mode: PlaybackMode::Loop,
                            volume: Volume::Linear(loud * settings.ambience_volume.clamp(0.0, 1.0)),
                            ..PlaybackSettings::default()
                        },
                    ));
                }
            }
            Heard::Once(name) => {
                if let Some(file) = file(name)
                    && loud > 0.0
                {
                    commands.spawn((
                        Name::new("Sound"),
                        AudioPlayer::new(assets.load(file)),
                        PlaybackSettings {
                            mode: PlaybackMode::Despawn,
                            volume: Volume::Linear(loud * 0.7),
                            ..PlaybackSettings::default()
                        },
                    ));
                }
            }
            Heard::Pause(is_paused) => {
                for sink in &sinks {
                    if *is_paused {
                        sink.pause();
                    } else {
                        sink.play();
                    }
                }
            }
        }
    }
}

fn follow_volume(
    desk: Res<Desk>,
    mut known: Local<(f32, f32, bool)>,
    mut ambience: Query<&mut AudioSink, With<Ambience>>,
) {
    let settings = &desk.settings;
    let now = (settings.volume, settings.ambience_volume, settings.is_muted);
    if *known == now && !ambience.is_empty() {
        return;
    }
    *known = now;
    let loud = if settings.is_muted {
        0.0
    } else {
        settings.volume * settings.ambience_volume
    };
    for mut sink in &mut ambience {
        sink.set_volume(Volume::Linear(loud.clamp(0.0, 1.0)));
    }
}
