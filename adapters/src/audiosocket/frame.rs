//! The frames of AudioSocket: `kind: u8`, `length: u16` (big-endian), `payload`. Length alone says where a frame ends:
//! TCP hands over halves and several at once.

use std::{fmt, time::Duration};

/// Samples of one frame of ours: 20 ms at 8 kHz.
pub const SAMPLES: usize = 160;
/// One frame of ours goes out every so often: Asterisk keeps no deep buffer.
pub const TICK: Duration = Duration::from_millis(20);

const KIND_HANG_UP: u8 = 0x00;
const KIND_ID: u8 = 0x01;
const KIND_KEY: u8 = 0x03;
/// Signed 16-bit linear, 8 kHz, little-endian, one channel.
const KIND_AUDIO: u8 = 0x10;
const KIND_ERROR: u8 = 0xff;

const HEADER: usize = 3;
const AUDIO_FRAME: usize = HEADER + 2 * SAMPLES;

/// Ends Asterisk's application in good order: the dialplan goes on behind it.
pub const HANG_UP: [u8; HEADER] = [KIND_HANG_UP, 0, 0];

/// 20 ms in which nothing is said.
pub const SILENCE: [i16; SAMPLES] = [0; SAMPLES];

/// What Asterisk sent.
#[derive(Clone, PartialEq, Eq)]
pub enum Frame {
    /// The protocol has it, though Asterisk only closes the connection.
    HangUp,
    /// Which call this is; the first frame, and only once.
    Id([u8; 16]),
    /// A key of the phone: `0`-`9`, `*`, `#`, `A`-`D`.
    Key(char),
    /// What the caller's line carries, 8 kHz. Usually 20 ms, which nobody promises.
    Audio(Vec<i16>),
    /// Asterisk could not go on, with its code where it says one.
    Failed(Option<u8>),
    /// A kind that is not used here (other sampling rates, the future), or one whose payload has not its length.
    Other(u8),
}

/// What a caller says or presses never reaches a log by `{:?}`.
impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HangUp => f.write_str("HangUp"),
            Self::Id(_) => f.write_str("Id(…)"),
            Self::Key(_) => f.write_str("Key(…)"),
            Self::Audio(samples) => write!(f, "Audio({} samples)", samples.len()),
            Self::Failed(code) => write!(f, "Failed({code:?})"),
            Self::Other(kind) => write!(f, "Other({kind:#04x})"),
        }
    }
}

/// Cuts what arrives into frames. Keeps at most one unfinished frame, 64 KiB and a header.
///
/// ```
/// use ventanilla_adapters::audiosocket::{Decoder, Frame};
/// let mut decoder = Decoder::default();
/// assert!(decoder.push(&[0x03, 0x00]).is_empty(), "half a header");
/// assert_eq!(decoder.push(&[0x01, b'5', 0x00]), [Frame::Key('5')]);
/// ```
#[derive(Default)]
pub struct Decoder {
    pending: Vec<u8>,
}

impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("pending", &self.pending.len()).finish()
    }
}

impl Decoder {
    /// The frames that are whole with these bytes, in order. No bytes are an error.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Frame> {
        self.pending.extend_from_slice(bytes);
        let mut frames = Vec::new();
        let mut used = 0;
        while let Some((frame, length)) = first(self.pending.get(used..).unwrap_or_default()) {
            frames.push(frame);
            used += length;
        }
        self.pending.drain(..used);
        frames
    }

    /// Whether the connection may end here without having lost anything.
    pub fn is_between_frames(&self) -> bool {
        self.pending.is_empty()
    }
}

/// The frame at the beginning, if it is whole, and how many bytes it takes.
fn first(bytes: &[u8]) -> Option<(Frame, usize)> {
    let &[kind, high, low, ref rest @ ..] = bytes else { return None };
    let length = usize::from(u16::from_be_bytes([high, low]));
    Some((read(kind, rest.get(..length)?), HEADER + length))
}

fn read(kind: u8, payload: &[u8]) -> Frame {
    match (kind, payload) {
        (KIND_HANG_UP, _) => Frame::HangUp,
        (KIND_ID, id) => id.try_into().map_or(Frame::Other(kind), Frame::Id),
        (KIND_KEY, &[key]) if is_key(key) => Frame::Key(char::from(key).to_ascii_uppercase()),
        (KIND_AUDIO, sound) => Frame::Audio(samples(sound)),
        (KIND_ERROR, code) => Frame::Failed(code.first().copied()),
        _ => Frame::Other(kind),
    }
}

fn is_key(key: u8) -> bool {
    key.is_ascii_digit() || matches!(key, b'*' | b'#' | b'A'..=b'D' | b'a'..=b'd')
}

/// Half a sample at the end is no sound.
fn samples(sound: &[u8]) -> Vec<i16> {
    let pairs = sound.chunks_exact(2);
    pairs
        .map(|pair| {
            i16::from_le_bytes([pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0)])
        })
        .collect()
}

/// A frame of sound as it goes out. Asterisk hangs up on an empty one, and on one that comes in two slow halves: this
/// is never empty, and is to be written whole.
pub fn audio(samples: &[i16; SAMPLES]) -> [u8; AUDIO_FRAME] {
    let mut frame = [0; AUDIO_FRAME];
    let payload = u16::try_from(2 * SAMPLES).unwrap_or(u16::MAX).to_be_bytes();
    let header = [KIND_AUDIO].into_iter().chain(payload);
    let sound = samples.iter().flat_map(|sample| sample.to_le_bytes());
    for (byte, value) in frame.iter_mut().zip(header.chain(sound)) {
        *byte = value;
    }
    frame
}
