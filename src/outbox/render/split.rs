//! Long texts in parts: at paragraphs, then lines, then sentences, then words; never inside a grapheme.

use ventanilla_adapters::text::utf16_len;

/// Parts of at most `room` UTF-16 units. Nothing is lost but blanks between parts.
pub(super) fn split(text: &str, room: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if utf16_len(rest) <= room {
            parts.push(rest.to_owned());
            break;
        }
        let at = cut_at(rest, room);
        let (part, after) = rest.split_at(at);
        parts.push(part.trim_end().to_owned());
        rest = after.trim_start();
    }
    parts
}

fn cut_at(text: &str, room: usize) -> usize {
    use unicode_segmentation::UnicodeSegmentation;
    let mut used = 0;
    let fits = text
        .grapheme_indices(true)
        .take_while(|(_, grapheme)| {
            used += utf16_len(grapheme);
            used <= room
        })
        .last()
        .map_or(0, |(at, grapheme)| at + grapheme.len());
    let (head, _) = text.split_at(fits);
    ["\n\n", "\n", ". ", " "]
        .iter()
        .filter_map(|border| head.rfind(border).map(|at| at + border.len()))
        .find(|at| *at > fits / 3)
        .unwrap_or_else(|| fits.max(text.chars().next().map_or(1, char::len_utf8)))
}
