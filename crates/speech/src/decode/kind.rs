//! What a file is, told by its first bytes.

/// A kind of recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Ogg, as WhatsApp's voice notes are (with Opus inside).
    Ogg,
    /// MPEG layer III, with or without a tag before it.
    Mp3,
    /// AAC as a bare stream.
    Adts,
    /// MP4 and M4A, as telephones record (with AAC inside).
    Mp4,
    /// RIFF WAVE.
    Wav,
    /// AMR, as old telephones send: kept, and handed to a person.
    Amr,
    /// Anything else.
    Other,
}

impl Kind {
    /// Looks at the first bytes.
    ///
    /// ```
    /// use ventanilla_speech::decode::Kind;
    ///
    /// assert_eq!(Kind::of(b"OggS\0\x02"), Kind::Ogg);
    /// assert_eq!(Kind::of(b"<html>"), Kind::Other);
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [b'O', b'g', b'g', b'S', ..] => Self::Ogg,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Self::Wav,
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Self::Mp4,
            [b'#', b'!', b'A', b'M', b'R', ..] => Self::Amr,
            [b'I', b'D', b'3', ..] => Self::Mp3,
            // Eleven set bits begin a frame; then version and layer: 00 is ADTS, 01 is layer III.
            [0xFF, second, ..] if second & 0xF6 == 0xF0 => Self::Adts,
            [0xFF, second, ..] if second & 0xE6 == 0xE2 => Self::Mp3,
            _ => Self::Other,
        }
    }

    /// The name that staff read.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ogg => "Ogg",
            Self::Mp3 => "MP3",
            Self::Adts => "AAC",
            Self::Mp4 => "MP4",
            Self::Wav => "WAV",
            Self::Amr => "AMR",
            Self::Other => "desconocido",
        }
    }
}
