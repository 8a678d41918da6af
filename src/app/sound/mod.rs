//! What is heard: what people say, the surroundings, single sounds. Without a sound device the
//! program is silent and everything else goes on.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `surroundings` | which place and weather sound how, and steps and breath |
//! | `system_voice` | the computer's own voice, for lines that nobody has recorded |

mod surroundings;
mod system_voice;

use std::path::{Path, PathBuf};

use bevy::a11y::AccessibilityRequested;
use bevy::audio::{AudioSink, AudioSinkPlayback, PlaybackMode, PlaybackSettings, Volume};
use bevy::prelude::*;

use super::desk::Desk;
use super::views::Settings;
use crate::places::beside_program;
use crate::scenario::{TimeOfDay, Weather};

use surroundings::{beds, is_sudden};
pub(super) use surroundings::{breath, steps};
use system_voice::SystemVoice;

/// Something to be heard.
#[derive(Message, Debug, Clone, PartialEq)]
pub(super) enum Heard {
    /// The surroundings, over and over.
    Surroundings {
        /// Sound that the author named; empty for the usual one of the place.
        named: String,
        /// Place.
        place: String,
        /// Time of day.
        time: TimeOfDay,
        /// Weather.
        weather: Weather,
    },
    /// A single sound.
    Once(String),
    /// Somebody's recorded words.
    Speech(PathBuf),
    /// Words that nobody has recorded.
    Unrecorded(String),
    /// Whoever speaks breaks off.
    Hush,
    /// The person's breath, close by; empty for none.
    Breath(&'static str),
    /// Everything is silent, or goes on.
    Pause(bool),
    /// Nothing is heard any more.
    Nothing,
}

/// What a sound is, for its loudness.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Channel {
    Speech,
    Surroundings,
    Breath,
    Effects,
    /// Finds out whether there is a loudspeaker.
    Probe,
}

/// How loud a sound is beside the others of its channel.
#[derive(Component, Debug, Clone, Copy)]
struct Level(f32);

/// How much softer sudden sounds are where that is wished.
const SOFTENED: f32 = 0.3;
/// Frames that a sound may take to begin once its file has been read.
const PROBE_FRAMES: u32 = 5;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<SystemVoice>();
    app.add_systems(Startup, probe);
    app.add_systems(Update, (listen, play, follow_volume).chain());
}

impl Channel {
    /// Loudness by the settings, 0 to 1.
    fn loudness(self, settings: &Settings) -> f32 {
        let own = match self {
            Self::Speech => settings.speech_volume,
            Self::Surroundings => settings.ambience_volume,
            Self::Breath | Self::Effects => settings.effects_volume,
            Self::Probe => 0.0,
        };
        if settings.is_muted {
            return 0.0;
        }
        settings.volume.clamp(0.0, 1.0) * own.clamp(0.0, 1.0)
    }
}

fn assets_folder() -> PathBuf {
    beside_program("assets").unwrap_or_else(|| PathBuf::from("assets"))
}

/// The asset path of a sound of ours, if there is one.
fn file(name: &str) -> Option<String> {
    let inside = format!("sound/{name}.ogg");
    let plain = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
    (plain && !name.is_empty() && assets_folder().join(&inside).is_file()).then_some(inside)
}

/// A recording, if it is one: the decoder does not bear anything else.
fn recording(path: &Path) -> Option<AudioSource> {
    let bytes = std::fs::read(path).ok()?;
    is_vorbis(&bytes).then(|| AudioSource {
        bytes: bytes.into(),
    })
}

/// Whether the three headers of an Ogg Vorbis file are there.
fn is_vorbis(bytes: &[u8]) -> bool {
    let has = |mark: &[u8], within: usize| {
        let start = &bytes[..bytes.len().min(within)];
        start.windows(mark.len()).any(|part| part == mark)
    };
    bytes.starts_with(b"OggS") && has(b"\x01vorbis", 256) && has(b"\x05vorbis", 1 << 17)
}

/// Plays nothing, to see whether it is played.
fn probe(assets: Res<AssetServer>, mut commands: Commands) {
    if let Some(file) = file("room-tone") {
        commands.spawn((
            Name::new("Probe"),
            Channel::Probe,
            Level(0.0),
            AudioPlayer::new(assets.load(file)),
            PlaybackSettings {
                mode: PlaybackMode::Loop,
                volume: Volume::Linear(0.0),
                ..PlaybackSettings::default()
            },
        ));
    }
}

/// Looks what came of the probe.
fn listen(
    probes: Query<(Entity, &Channel, &AudioPlayer, Has<AudioSink>)>,
    assets: Res<AssetServer>,
    mut frames: Local<u32>,
    mut desk: ResMut<Desk>,
    mut commands: Commands,
) {
    for (entity, channel, player, is_heard) in &probes {
        if *channel != Channel::Probe {
            continue;
        }
        if assets.is_loaded(&player.0) {
            *frames += 1;
        }
        if is_heard || *frames > PROBE_FRAMES {
            commands.entity(entity).despawn();
            if !is_heard {
                desk.lose_sound();
            }
        }
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "a system of Bevy names what it uses"
)]
fn play(
    mut heard: MessageReader<Heard>,
    mut desk: ResMut<Desk>,
    assets: Res<AssetServer>,
    mut sources: ResMut<Assets<AudioSource>>,
    sounds: Query<(Entity, &Channel)>,
    sinks: Query<&AudioSink>,
    reader: Option<Res<AccessibilityRequested>>,
    mut voice: ResMut<SystemVoice>,
    mut breathing: Local<&'static str>,
    mut commands: Commands,
) {
    let settings = desk.settings.clone();
    for heard in heard.read() {
        let mut stop = |wanted: &dyn Fn(Channel) -> bool| {
            for (entity, channel) in &sounds {
                if wanted(*channel) {
                    commands.entity(entity).try_despawn();
                }
            }
        };
        // What is about to begin: channel, level and sound.
        let mut begin: Vec<(Channel, f32, Handle<AudioSource>)> = Vec::new();
        match heard {
            Heard::Surroundings {
                named,
                place,
                time,
                weather,
            } => {
                stop(&|channel| channel == Channel::Surroundings);
                let named = if file(named).is_some() { named } else { "" };
                for (name, level) in beds(named, place, *time, *weather) {
                    if let Some(file) = file(&name) {
                        begin.push((Channel::Surroundings, level, assets.load(file)));
                    }
                }
            }
            Heard::Once(name) => {
                let softer = settings.soft_sounds && is_sudden(name);
                let level = if softer { SOFTENED } else { 1.0 };
                if let Some(file) = file(name) {
                    begin.push((Channel::Effects, level, assets.load(file)));
                }
            }
            Heard::Speech(path) => {
                stop(&|channel| channel == Channel::Speech);
                voice.stop();
                match recording(path) {
                    Some(source) => begin.push((Channel::Speech, 1.0, sources.add(source))),
                    None => warn!("{} is no Ogg Vorbis recording", path.display()),
                }
            }
            Heard::Unrecorded(words) => {
                stop(&|channel| channel == Channel::Speech);
                voice.stop();
                let has_reader = reader.as_ref().is_some_and(|reader| reader.get());
                let loudness = Channel::Speech.loudness(&settings);
                if settings.system_voice
                    && !has_reader
                    && loudness > 0.0
                    && !voice.speak(words, loudness)
                    && desk.notice.is_none()
                {
                    desk.notice = Some(
                        "This computer has no voice of its own to read lines with. They are written, as always."
                            .to_owned(),
                    );
                }
            }
            Heard::Hush => {
                stop(&|channel| channel == Channel::Speech);
                voice.stop();
            }
            Heard::Breath(name) if *name == *breathing => {}
            Heard::Breath(name) => {
                *breathing = name;
                stop(&|channel| channel == Channel::Breath);
                if let Some(file) = file(name) {
                    begin.push((Channel::Breath, 1.0, assets.load(file)));
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
                if *is_paused {
                    voice.stop();
                }
            }
            Heard::Nothing => {
                *breathing = "";
                stop(&|channel| channel != Channel::Probe);
                voice.stop();
            }
        }
        if !desk.has_sound {
            continue;
        }
        for (channel, level, source) in begin {
            let mode = match channel {
                Channel::Surroundings | Channel::Breath | Channel::Probe => PlaybackMode::Loop,
                Channel::Speech | Channel::Effects => PlaybackMode::Despawn,
            };
            commands.spawn((
                Name::new("Sound"),
                channel,
                Level(level),
                AudioPlayer::new(source),
                PlaybackSettings {
                    mode,
                    volume: Volume::Linear(level * channel.loudness(&settings)),
                    ..PlaybackSettings::default()
                },
            ));
        }
    }
}

/// Keeps what is being played as loud as the settings say.
fn follow_volume(
    desk: Res<Desk>,
    mut known: Local<Option<Settings>>,
    mut sounds: Query<(&Channel, &Level, &mut AudioSink)>,
) {
    if known.as_ref() == Some(&desk.settings) {
        return;
    }
    for (channel, level, mut sink) in &mut sounds {
        sink.set_volume(Volume::Linear(level.0 * channel.loudness(&desk.settings)));
    }
    *known = Some(desk.settings.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mute_silences_every_channel_and_each_has_a_loudness_of_its_own() {
        let quiet = Settings {
            is_muted: true,
            ..Settings::default()
        };
        let low_speech = Settings {
            speech_volume: 0.1,
            ..Settings::default()
        };
        for channel in [
            Channel::Speech,
            Channel::Surroundings,
            Channel::Breath,
            Channel::Effects,
        ] {
            assert!(channel.loudness(&quiet) <= 0.0);
            let usual = channel.loudness(&Settings::default());
            assert!(usual > 0.0 && usual <= 1.0);
            let is_lower = channel.loudness(&low_speech) < usual;
            assert_eq!(is_lower, channel == Channel::Speech);
        }
    }

    #[test]
    fn only_ogg_vorbis_is_handed_to_the_decoder() {
        let squelch = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sound/radio-squelch.ogg");
        let bytes = std::fs::read(squelch).unwrap();
        assert!(is_vorbis(&bytes));
        assert!(!is_vorbis(&bytes[..200]));
        assert!(!is_vorbis(b"RIFF....WAVEfmt "));
        assert!(!is_vorbis(b""));
    }
}
