//! Pictures without what they tell beside the picture: where and with which phone they were taken. Pure.

use bytes::Bytes;
use img_parts::{ImageEXIF, jpeg, jpeg::Jpeg, png::Png, webp::WebP};

/// Which side is up, of the first directory of Exif.
const ORIENTATION: u16 = 0x0112;

/// The same picture, without place, time and maker. Which side is up stays: phones say it there. A picture that cannot be
/// taken apart is `None`: nobody knows what it tells.
pub(crate) fn bare(mime: &str, bytes: Bytes) -> Option<Bytes> {
    match mime {
        "image/jpeg" => bare_jpeg(bytes),
        "image/png" => bare_png(bytes),
        "image/webp" => bare_webp(bytes),
        _ => Some(bytes),
    }
}

fn bare_jpeg(bytes: Bytes) -> Option<Bytes> {
    let mut picture = Jpeg::from_bytes(bytes).ok()?;
    let up = picture.exif().and_then(|exif| orientation(&exif));
    // Application data and comments; JFIF, the colours (2) and Adobe's transform (14) are needed to draw it.
    let told = |marker: u8| matches!(marker, 0xE1 | 0xE3..=0xED | 0xEF | jpeg::markers::COM);
    picture.segments_mut().retain(|segment| !told(segment.marker()));
    if let Some(up) = up.filter(|up| (2..=8).contains(up)) {
        picture.set_exif(Some(only_orientation(up)));
    }
    Some(picture.encoder().bytes())
}

fn bare_png(bytes: Bytes) -> Option<Bytes> {
    let mut picture = Png::from_bytes(bytes).ok()?;
    for kind in [*b"eXIf", *b"tEXt", *b"zTXt", *b"iTXt", *b"tIME"] {
        picture.remove_chunks_by_type(kind);
    }
    Some(picture.encoder().bytes())
}

fn bare_webp(bytes: Bytes) -> Option<Bytes> {
    let mut picture = WebP::from_bytes(bytes).ok()?;
    picture.set_exif(None);
    picture.remove_chunks_by_id(*b"XMP ");
    Some(picture.encoder().bytes())
}

/// Exif 2.3: a TIFF header, then a directory of entries of twelve bytes.
fn orientation(exif: &[u8]) -> Option<u16> {
    let little = match exif.get(..4)? {
        b"II\x2A\0" => true,
        b"MM\0\x2A" => false,
        _ => return None,
    };
    let two = |at: usize| -> Option<u16> {
        let pair = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let four = |at: usize| -> Option<u32> {
        let bytes = exif.get(at..at + 4)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = usize::try_from(four(4)?).ok()?;
    let entries = usize::from(two(directory)?);
    let mut starts = (0..entries).map(|entry| directory + 2 + 12 * entry);
    let found = starts.find(|start| two(*start) == Some(ORIENTATION))?;
    two(found + 8)
}

/// A directory with one entry: a short number, once.
fn only_orientation(up: u16) -> Bytes {
    let mut exif = b"II\x2A\0\x08\0\0\0\x01\0".to_vec();
    exif.extend(ORIENTATION.to_le_bytes());
    exif.extend([3, 0, 1, 0, 0, 0]);
    exif.extend(up.to_le_bytes());
    exif.extend([0; 6]);
    Bytes::from(exif)
}

#[cfg(test)]
mod tests {
    use img_parts::{jpeg::JpegSegment, png::PngChunk};

    use super::*;

    /// The smallest picture that is one, with a place in it.
    fn located(up: u16) -> Bytes {
        let mut picture = Jpeg::from_bytes(Bytes::from_static(&[0xFF, 0xD8, 0xFF, 0xD9])).unwrap();
        let mut exif = only_orientation(up).to_vec();
        exif.extend(b"GPS 20.9702 -89.6236");
        picture.set_exif(Some(Bytes::from(exif)));
        let xmp = Bytes::from_static(b"http://ns.adobe.com/xap/1.0/\0<GPSLatitude>20,58N</GPSLatitude>");
        picture.segments_mut().push(JpegSegment::new_with_contents(0xE1, xmp));
        picture.encoder().bytes()
    }

    #[test]
    fn where_it_was_taken_is_gone_and_which_side_is_up_stays() {
        let bare = bare("image/jpeg", located(6)).unwrap();
        assert!(!bare.windows(3).any(|three| three == b"GPS"));
        let exif = Jpeg::from_bytes(bare).unwrap().exif().unwrap();
        assert_eq!(orientation(&exif), Some(6));
    }

    #[test]
    fn an_upright_picture_tells_nothing_at_all() {
        let bare = bare("image/jpeg", located(1)).unwrap();
        assert!(Jpeg::from_bytes(bare).unwrap().exif().is_none());
    }

    #[test]
    fn a_png_loses_its_notes() {
        const PIXEL: &[u8] = include_bytes!("../cli/chat/pixel.png");
        let mut png = Png::from_bytes(Bytes::from_static(PIXEL)).unwrap();
        let before = png.len();
        png.chunks_mut().insert(1, PngChunk::new(*b"tEXt", Bytes::from_static(b"Place\0Calle 20")));
        let bare = bare("image/png", png.encoder().bytes()).unwrap();
        assert_eq!(bare.len(), before);
    }

    #[test]
    fn what_cannot_be_taken_apart_is_not_passed_on() {
        assert_eq!(bare("image/jpeg", Bytes::from_static(b"\xFF\xD8\xFFnonsense")), None);
    }
}
