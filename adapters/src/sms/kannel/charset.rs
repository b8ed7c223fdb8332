//! The letters of a message as the network spelled them. Called by `receive`; it must find letters in any bytes.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, WINDOWS_1252};

/// The text of `%b` in the charset of `%C`.
///
/// Kannel says `UTF-8` for GSM-7 and `UTF-16BE` for UCS-2, and `WINDOWS-1252` where it could turn UCS-2 into that; its
/// guide says `GSM` for the first, and `alt-charset` may name any other.
pub(super) fn text(bytes: &[u8], charset: &str, coding: &str) -> String {
    let charset = charset.trim().to_ascii_uppercase();
    let encoding = match charset.as_str() {
        // Networks mean big-endian, whatever the web means by these names.
        "UTF-16BE" | "UTF-16" | "UCS-2" | "UCS-2BE" | "ISO-10646-UCS-2" => UTF_16BE,
        "" if coding == "2" => UTF_16BE,
        other => Encoding::for_label(other.as_bytes()).unwrap_or(UTF_8),
    };
    if encoding == UTF_8 { utf8(bytes) } else { encoding.decode_without_bom_handling(bytes).0.into_owned() }
}

/// What claims to be UTF-8 and is not, is Latin letters.
fn utf8(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
