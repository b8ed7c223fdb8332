//! The alphabet of GSM 03.38: what costs one septet, what two, and what cannot be written in it. Called by `segments`
//! and `transliterate`; it must not decide what to do about the rest.

/// Source: 3GPP TS 23.038, 6.2.1. `ç` is not here although `Ç` is: the standard and Unicode's mapping disagree, and
/// Twilio counts the small one as foreign.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Written as escape and letter. Source: 3GPP TS 23.038, 6.2.1.1.
const EXTENDED: &str = "\u{C}^{}\\[~]|€";

/// What a character costs; `None` where it is not in the alphabet and the whole message must be UCS-2.
pub(super) fn septets(letter: char) -> Option<usize> {
    // Nearly all letters are these, and a table is a walk.
    if letter.is_ascii_alphanumeric() || letter == ' ' || BASIC.contains(letter) {
        Some(1)
    } else {
        EXTENDED.contains(letter).then_some(2)
    }
}
