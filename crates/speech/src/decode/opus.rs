//! Ogg with Opus inside (RFC 7845), as WhatsApp sends voice notes. Opus decodes straight to 16 kHz, one channel.

use std::io::Cursor;

use ogg::{Packet, PacketReader};
use opus_decoder::OpusDecoder;

use super::{AudioError, Sink};
use crate::pcm::RATE;

/// The longest packet is 120 ms (RFC 6716).
const LONGEST: usize = RATE as usize * 12 / 100;
/// Opus counts at 48 kHz whatever is decoded.
const TICKS_PER_SAMPLE: usize = 3;

pub(super) fn decode(bytes: &[u8], sink: &mut Sink) -> Result<(), AudioError> {
    let mut packets = PacketReader::new(Cursor::new(bytes));
    let head = next(&mut packets)?.ok_or(AudioError::Damaged)?;
    let mut skip = skipped(&head.data)?;
    let serial = head.stream_serial();
    // The second packet holds tags, nothing to be heard.
    next(&mut packets)?.ok_or(AudioError::Damaged)?;
    let mut decoder = OpusDecoder::new(RATE, 1).map_err(|_| AudioError::Damaged)?;
    let mut sound = vec![0.0; LONGEST];
    while let Some(packet) = next(&mut packets)? {
        if packet.stream_serial() != serial {
            continue;
        }
        match decoder.decode_float(&packet.data, &mut sound, false) {
            Ok(count) => {
                let ahead = skip.min(count);
                skip -= ahead;
                sink.push(sound.get(ahead..count).unwrap_or_default())?;
            }
            Err(_) => sink.lose()?,
        }
    }
    Ok(())
}

fn next(packets: &mut PacketReader<Cursor<&[u8]>>) -> Result<Option<Packet>, AudioError> {
    packets.read_packet().map_err(|_| AudioError::Damaged)
}

/// Samples that the encoder needed to warm up, from the "OpusHead" packet.
fn skipped(head: &[u8]) -> Result<usize, AudioError> {
    let Some(fields) = head.strip_prefix(b"OpusHead") else {
        return Err(AudioError::Unsupported { kind: "Ogg sin Opus" });
    };
    match *fields {
        // Version, channels, pre-skip, ... and the channel mapping, 0 for one or two channels.
        [version, 1 | 2, low, high, _, _, _, _, _, _, 0, ..] if version < 16 => {
            Ok(usize::from(u16::from_le_bytes([low, high])) / TICKS_PER_SAMPLE)
        }
        [_, _, _, _, _, _, _, _, _, _, _, ..] => {
            Err(AudioError::Unsupported { kind: "Opus de varios canales" })
        }
        _ => Err(AudioError::Damaged),
    }
}
