//! What a picture looks like, in 64 bits, so that two photos of the same thing are known as alike whatever their size,
//! brightness and compression. Pure, and slow: call it where blocking is allowed.

use image::imageops::FilterType;

use crate::picture::{NoPicture, read};

const WIDE: u32 = 9;
const HIGH: u32 = 8;
/// Bits that may differ: twice as many differ by chance.
const MOST_OTHER: u32 = 16;

/// The difference hash of a picture: for each of 64 places, whether it is darker than the one to its right.
///
/// # Errors
/// Where the bytes are no picture, see [`NoPicture`].
pub fn likeness(bytes: &[u8]) -> Result<u64, NoPicture> {
    let small = read(bytes)?.resize_exact(WIDE, HIGH, FilterType::Triangle).to_luma8();
    let places = (0..HIGH).flat_map(|y| (0..WIDE - 1).map(move |x| (x, y)));
    Ok(places.fold(0, |bits, (x, y)| {
        let darker = small.get_pixel(x, y).0 < small.get_pixel(x + 1, y).0;
        (bits << 1) | u64::from(darker)
    }))
}

/// How alike two pictures are: 1 for the same one, 0 for any two.
pub fn alike(one: u64, other: u64) -> f64 {
    let differing = (one ^ other).count_ones();
    f64::from(MOST_OTHER.saturating_sub(differing)) / f64::from(MOST_OTHER)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, GrayImage, ImageFormat, Luma};

    use super::*;

    /// A photo of nothing in particular; another `seed` is another scene.
    fn scene(seed: u32, width: u32, height: u32, brighter: u8) -> Vec<u8> {
        let shade = |x: u32, y: u32| {
            let (x, y) = (x * 12 / width, y * 12 / height);
            let mut mixed =
                x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77) ^ seed.wrapping_mul(0xC2B2_AE3D);
            mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3CED);
            mixed >>= 12;
            Luma([u8::try_from(mixed % 200).unwrap() + brighter])
        };
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::from(GrayImage::from_fn(width, height, shade));
        picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn the_same_scene_is_alike_whatever_its_size_and_light() {
        let one = likeness(&scene(1, 800, 600, 0)).unwrap();
        let again = likeness(&scene(1, 400, 300, 40)).unwrap();
        assert!(alike(one, again) > 0.6, "{} bits differ", (one ^ again).count_ones());
        assert!((alike(one, one) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn another_scene_is_not() {
        let one = likeness(&scene(1, 800, 600, 0)).unwrap();
        for seed in 2..12 {
            let other = likeness(&scene(seed, 800, 600, 0)).unwrap();
            assert!(alike(one, other) < 0.3, "{seed}: {} bits differ", (one ^ other).count_ones());
        }
    }

    #[test]
    fn what_is_no_picture_looks_like_nothing() {
        assert_eq!(likeness(b"%PDF-1.7").unwrap_err(), NoPicture::Other);
    }
}
