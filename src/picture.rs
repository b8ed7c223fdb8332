//! Pictures that others may see one day: checked by their bytes, drawn anew, so that nothing of the file itself (where it
//! was taken, with which phone, what hides behind the picture) is left. Pure, and slow: call it where blocking is allowed.

use std::io::Cursor;

use bytes::Bytes;
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};

/// Longest side of what is kept, in pixels: a phone shows no more.
const LONGEST_SIDE: u32 = 1600;
/// What a list shows.
const THUMBNAIL: u32 = 320;
/// A picture says how large it is before it is drawn: what claims more than any phone takes is a bomb.
const MOST_PIXELS: u32 = 12_000;
/// Of memory, in bytes, to draw one.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;
const QUALITY: u8 = 82;

/// A picture that was drawn anew, as JPEG.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// At most 1600 pixels wide and high.
    pub large: Bytes,
    /// At most 320 pixels wide and high.
    pub small: Bytes,
}

/// What people photograph is theirs.
impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture").field("bytes", &self.large.len()).finish_non_exhaustive()
    }
}

/// What [`redraw`] makes is always this.
pub const MIME: &str = "image/jpeg";

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    /// Not a JPEG, PNG or WebP, whatever its name says.
    #[error("the file is no JPEG, PNG or WebP picture")]
    Other,
    /// It begins like a picture and cannot be drawn.
    #[error("the picture is damaged")]
    Damaged,
    /// Larger than any camera takes: drawing it would only fill the memory.
    #[error("the picture has too many pixels")]
    TooLarge,
}

/// Draws a picture anew: upright, no larger than needed, with nothing beside the picture.
///
/// # Errors
/// See [`NoPicture`].
pub fn redraw(bytes: &[u8]) -> Result<Picture, NoPicture> {
    let picture = read(bytes)?;
    let fitting = |side: u32| {
        let large = picture.width() > side || picture.height() > side;
        if large { picture.resize(side, side, FilterType::Triangle) } else { picture.clone() }
    };
    Ok(Picture { large: jpeg(&fitting(LONGEST_SIDE))?, small: jpeg(&fitting(THUMBNAIL))? })
}

pub(crate) fn read(bytes: &[u8]) -> Result<DynamicImage, NoPicture> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| NoPicture::Other)?;
    let known = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];
    if !reader.format().is_some_and(|format| known.contains(&format)) {
        return Err(NoPicture::Other);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|err| why(&err))?;
    let upright = decoder.orientation().map_err(|err| why(&err))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|err| why(&err))?;
    picture.apply_orientation(upright);
    Ok(picture)
}

fn why(err: &image::ImageError) -> NoPicture {
    match err {
        image::ImageError::Limits(_) => NoPicture::TooLarge,
        _ => NoPicture::Damaged,
    }
}

fn jpeg(picture: &DynamicImage) -> Result<Bytes, NoPicture> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    // JPEG knows no transparency.
    picture.to_rgb8().write_with_encoder(encoder).map_err(|_| NoPicture::Damaged)?;
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use img_parts::{ImageEXIF, jpeg::Jpeg};

    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn size(bytes: &[u8]) -> (u32, u32) {
        let picture = image::load_from_memory(bytes).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn a_large_picture_becomes_small_and_a_small_one_stays() {
        let drawn = redraw(&png(3200, 1600)).unwrap();
        assert_eq!((size(&drawn.large), size(&drawn.small)), ((1600, 800), (320, 160)));
        assert_eq!(size(&redraw(&png(10, 20)).unwrap().large), (10, 20));
    }

    #[test]
    fn where_it_was_taken_is_gone_and_it_stands_upright() {
        let mut photo = Jpeg::from_bytes(jpeg(&DynamicImage::new_rgb8(40, 20)).unwrap()).unwrap();
        // One entry: turned by a quarter (6); then what stands for a place.
        let mut exif = b"II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
        exif.extend(b"GPS 20.9702 -89.6236");
        photo.set_exif(Some(exif.into()));
        let drawn = redraw(&photo.encoder().bytes()).unwrap();
        assert_eq!(size(&drawn.large), (20, 40));
        assert!(!drawn.large.windows(3).any(|three| three == b"GPS"));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert_eq!(redraw(b"%PDF-1.7").unwrap_err(), NoPicture::Other);
        assert_eq!(redraw(b"GIF89a\x01\0\x01\0\0\0\0").unwrap_err(), NoPicture::Other);
        assert_eq!(redraw(b"").unwrap_err(), NoPicture::Other);
        let whole = png(10, 10);
        assert_eq!(redraw(whole.get(..40).unwrap()).unwrap_err(), NoPicture::Damaged);
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_drawn() {
        // A header of 60 000 x 60 000 pixels, and nothing behind it.
        let mut bomb = png(1, 1);
        bomb.splice(16..24, [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        let header = bomb.get(12..29).unwrap();
        let crc = crc(header);
        bomb.splice(29..33, crc.to_be_bytes());
        assert_eq!(redraw(&bomb).unwrap_err(), NoPicture::TooLarge);
    }

    /// CRC-32 as PNG has it.
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
        !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
    }
}
