//! Speaks a sentence with espeak-ng, and makes a voice note of it with ffmpeg.

use std::io::Write;
use std::process::{Command, Stdio};

/// Voices and paces (words per minute), taken in turn.
const VOICES: [(&str, &str); 6] = [
    ("es-419", "150"),
    ("es-419+f2", "140"),
    ("es-419+m3", "165"),
    ("es-419+f4", "155"),
    ("es+m7", "145"),
    ("es-419+m1", "180"),
];

/// What WhatsApp sends: Opus at 16 kbit/s, one channel, frames of 60 ms, with silence before and after.
const NOTE: [&str; 19] = [
    "-hide_banner",
    "-loglevel",
    "error",
    "-i",
    "-",
    "-af",
    "adelay=300,apad=pad_dur=0.4",
    "-ac",
    "1",
    "-ar",
    "16000",
    "-c:a",
    "libopus",
    "-b:a",
    "16k",
    "-frame_duration",
    "60",
    "-f",
    "ogg",
];

/// A recording as other programs send it.
const MP3: [&str; 10] = ["-hide_banner", "-loglevel", "error", "-i", "-", "-f", "mp3", "-b:a", "64k", "-"];

pub(super) fn speak(text: &str, at: usize, sound: &str) -> std::io::Result<Vec<u8>> {
    let (voice, pace) = VOICES[at % VOICES.len()];
    let wav =
        pipe("espeak-ng", &["--stdin", "--stdout", "-b", "1", "-v", voice, "-s", pace], text.as_bytes())?;
    if sound == "mp3" {
        return pipe("ffmpeg", &MP3, &wav);
    }
    let mut arguments = NOTE.to_vec();
    arguments.push("-");
    pipe("ffmpeg", &arguments, &wav)
}

fn pipe(program: &str, arguments: &[&str], input: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut child =
        Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut stdin = child.stdin.take().ok_or(std::io::ErrorKind::BrokenPipe)?;
    let input = input.to_vec();
    let writing = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output()?;
    writing.join().map_err(|_| std::io::ErrorKind::Other)??;
    Ok(output.stdout)
}
