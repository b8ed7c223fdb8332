//! MP3, AAC, MP4 and WAV, by symphonia (no unsafe code in it).

use std::io::Cursor;

use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::{Hint, Probe};
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::default::formats::{AdtsReader, IsoMp4Reader, MpaReader, WavReader};

use super::resample::Resampler;
use super::{AudioError, Kind, Sink};

pub(super) fn decode(kind: Kind, bytes: &[u8], sink: &mut Sink) -> Result<(), AudioError> {
    let sound = if kind == Kind::Mp3 { after_tag(bytes) } else { bytes };
    let source = Box::new(Cursor::new(sound.to_vec()));
    let stream = MediaSourceStream::new(source, MediaSourceStreamOptions::default());
    let mut format = probe(kind)
        .probe(&Hint::new(), stream, FormatOptions::default(), MetadataOptions::default())
        .map_err(|error| refused(kind, &error))?;
    let track = format.default_track(TrackType::Audio).ok_or(AudioError::Damaged)?;
    not_too_long(track, sink)?;
    let (id, codec) = (track.id, audio(track)?.clone());
    let decoder = symphonia::default::get_codecs()
        .make_audio_decoder(&codec, &AudioDecoderOptions::default())
        .map_err(|error| refused(kind, &error))?;
    hear(format.as_mut(), id, decoder, sink)
}

/// Only the reader of the kind that was seen, so that nothing else is tried on strangers' bytes.
fn probe(kind: Kind) -> Probe {
    let mut probe = Probe::new();
    match kind {
        Kind::Adts => probe.register_format::<AdtsReader<'_>>(),
        Kind::Mp4 => probe.register_format::<IsoMp4Reader<'_>>(),
        Kind::Wav => probe.register_format::<WavReader<'_>>(),
        _ => probe.register_format::<MpaReader<'_>>(),
    }
    probe
}

/// What follows an ID3v2 tag, whose length stands in its bytes 6 to 9, seven bits in each.
fn after_tag(bytes: &[u8]) -> &[u8] {
    let [b'I', b'D', b'3', _, _, _, a, b, c, d, ..] = *bytes else { return bytes };
    let length = [a, b, c, d].iter().fold(0usize, |sum, &byte| sum << 7 | usize::from(byte & 0x7F));
    bytes.get(10 + length..).unwrap_or_default()
}

fn audio(track: &Track) -> Result<&AudioCodecParameters, AudioError> {
    match &track.codec_params {
        Some(CodecParameters::Audio(parameters)) => Ok(parameters),
        _ => Err(AudioError::Damaged),
    }
}

/// Refuses at once what says itself that it is longer than allowed.
fn not_too_long(track: &Track, sink: &Sink) -> Result<(), AudioError> {
    let rate = audio(track)?.sample_rate.map_or(0, u64::from);
    let most = sink.most as u64 * rate / u64::from(crate::pcm::RATE);
    match track.num_frames {
        // A second of grace: encoders count their own padding.
        Some(frames) if rate > 0 && frames > most + rate => Err(AudioError::TooLong),
        _ => Ok(()),
    }
}

fn hear(
    format: &mut dyn FormatReader,
    track: u32,
    mut decoder: Box<dyn AudioDecoder>,
    sink: &mut Sink,
) -> Result<(), AudioError> {
    let (mut resampler, mut interleaved): (Option<Resampler>, Vec<f32>) = (None, Vec::new());
    loop {
        let packet = match format.next_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => return Ok(()),
            Err(error) => return ended(&error, sink),
        };
        if packet.track_id != track {
            continue;
        }
        let Ok(decoded) = decoder.decode(&packet) else {
            sink.lose()?;
            continue;
        };
        let (rate, channels) = (decoded.spec().rate(), decoded.spec().channels().count());
        decoded.copy_to_vec_interleaved(&mut interleaved);
        let resampler = Resampler::same_or_new(&mut resampler, rate)?;
        resampler.push(mix(&interleaved, channels), &mut sink.samples);
        sink.push(&[])?;
    }
}

/// The mean of the channels.
fn mix(interleaved: &[f32], channels: usize) -> impl Iterator<Item = f32> {
    let channels = channels.max(1);
    interleaved.chunks_exact(channels).map(move |frame| frame.iter().sum::<f32>() / channels as f32)
}

/// A recording that breaks off is heard as far as it goes, when that is more than a second.
fn ended(error: &Error, sink: &Sink) -> Result<(), AudioError> {
    match error {
        Error::IoError(_) if sink.samples.len() > crate::pcm::RATE as usize => Ok(()),
        _ => Err(AudioError::Damaged),
    }
}

fn refused(kind: Kind, error: &Error) -> AudioError {
    match error {
        // The first bytes said what it is; if no reader can make it out, or a part is not there, it is broken rather than
        // unknown.
        Error::Unsupported(what) if !what.contains("(probe)") && !what.contains("missing") => {
            AudioError::Unsupported { kind: inside(kind) }
        }
        _ => AudioError::Damaged,
    }
}

fn inside(kind: Kind) -> &'static str {
    match kind {
        Kind::Adts | Kind::Mp4 => "MP4 o AAC distinto de AAC-LC",
        Kind::Wav => "WAV comprimido",
        _ => kind.name(),
    }
}
