//! The computer's own voice, for lines that nobody has recorded: a program that comes with the
//! system reads them from its standard input, and is ended when the line is over.

use std::io::Write as _;
use std::process::{Child, Command, Stdio};

use bevy::prelude::Resource;

/// The voice, and what it is saying.
#[derive(Resource, Debug, Default)]
pub(super) struct SystemVoice {
    child: Option<Child>,
}

impl SystemVoice {
    /// Reads `words` out, as loud as `loudness` says (0 to 1); says whether there is a voice.
    pub(super) fn speak(&mut self, words: &str, loudness: f32) -> bool {
        self.stop();
        let percent = (loudness.clamp(0.0, 1.0) * 100.0).round();
        for mut command in commands(percent) {
            command
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            let Ok(mut child) = command.spawn() else {
                continue;
            };
            if let Some(mut input) = child.stdin.take() {
                // A reader that has gone away says nothing; the words are on the screen.
                let _ = input.write_all(words.as_bytes());
            }
            self.child = Some(child);
            return true;
        }
        false
    }

    /// Breaks off.
    pub(super) fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for SystemVoice {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The voices of Windows, by way of the speech library that is part of it.
#[cfg(windows)]
fn commands(percent: f32) -> Vec<Command> {
    use std::os::windows::process::CommandExt as _;
    /// Opens no console window.
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    let script = format!(
        "[Console]::InputEncoding = [Text.Encoding]::UTF8; Add-Type -AssemblyName System.Speech; \
         $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; $voice.Volume = {percent}; \
         $voice.Speak([Console]::In.ReadToEnd())"
    );
    let mut command = Command::new("powershell.exe");
    command
        .args(["-NoProfile", "-NonInteractive", "-Command", &script])
        .creation_flags(CREATE_NO_WINDOW);
    vec![command]
}

/// The voice of macOS.
#[cfg(target_os = "macos")]
fn commands(_percent: f32) -> Vec<Command> {
    let mut command = Command::new("say");
    command.args(["-f", "-"]);
    vec![command]
}

/// The speakers that Linux systems have, if any.
#[cfg(not(any(windows, target_os = "macos")))]
fn commands(percent: f32) -> Vec<Command> {
    ["espeak-ng", "espeak"]
        .into_iter()
        .map(|name| {
            let mut command = Command::new(name);
            command.args(["-v", "en-gb", "--stdin", "-a", &percent.to_string()]);
            command
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_or_not_there_is_a_voice_speaking_and_stopping_return_at_once() {
        let began = std::time::Instant::now();
        let mut voice = SystemVoice::default();
        let has_voice = voice.speak("Nobody has recorded this.", 0.0);
        assert_eq!(voice.child.is_some(), has_voice);
        voice.stop();
        assert!(voice.child.is_none());
        voice.stop();
        assert!(began.elapsed().as_secs() < 10);
    }
}
