//! Markdown -> what WhatsApp shows. Called by `send` for texts, captions and the bodies of interactive messages, not
//! for labels, where Meta allows none. It never makes a text longer, so that what was rendered to fit still fits.
//!
//! WhatsApp has `*bold*`, `_italic_`, `~struck~`, `` `code` `` and lines that begin with `- `, `1. ` or `> `; it has no
//! escape, no headings, no tables and no links under words. What is already written for WhatsApp stays as it is.

/// ```text
/// # Predial          -> *Predial*
/// **Paga** en [caja](https://a.mx) -> *Paga* en caja: https://a.mx
/// ```
pub(super) fn whatsapp(text: &str) -> String {
    text.split('\n').filter_map(line).collect::<Vec<String>>().join("\n")
}

/// `None` for the rule below a table's head.
fn line(line: &str) -> Option<String> {
    if is_rule(line) {
        return None;
    }
    if let Some(cells) = line.trim().strip_prefix("| ").and_then(|row| row.strip_suffix(" |")) {
        let cells: Vec<&str> = cells.split(" | ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        return Some(inline(&cells.join(" · ")));
    }
    Some(heading(line).unwrap_or_else(|| inline(line)))
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') && line.contains("--") && line.chars().all(|c| "|-: ".contains(c))
}

/// `## Requisitos` -> `*Requisitos*`. `#1` is no heading.
fn heading(line: &str) -> Option<String> {
    let title = line.trim_start_matches('#');
    let level = line.len() - title.len();
    if !(1..=6).contains(&level) || !title.starts_with(' ') {
        return None;
    }
    // Bold within bold would end it.
    let title = inline(title.trim().trim_end_matches('#').trim_end()).replace('*', "");
    (!title.trim().is_empty()).then(|| format!("*{}*", title.trim()))
}

/// Replaces what has another spelling, from left to right.
fn inline(line: &str) -> String {
    let mut written = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        if let Some((piece, after)) = piece(rest) {
            written.push_str(&piece);
            rest = after;
        } else {
            written.push(first);
            rest = rest.strip_prefix(first).unwrap_or_default();
        }
    }
    written
}

/// What stands at the beginning of `rest`, rewritten, and what follows it.
fn piece(rest: &str) -> Option<(String, &str)> {
    match rest.as_bytes().first()? {
        b'`' => code(rest),
        b'*' => span(rest, "***")
            .map(|(inner, after)| (format!("*_{inner}_*"), after))
            .or_else(|| span(rest, "**").map(|(inner, after)| (format!("*{inner}*"), after))),
        b'[' => link(rest),
        b'!' => link(rest.strip_prefix('!')?),
        _ => None,
    }
}

/// Code is nobody's Markdown.
fn code(rest: &str) -> Option<(String, &str)> {
    let (code, after) = rest.strip_prefix('`')?.split_once('`')?;
    Some((format!("`{code}`"), after))
}

/// Marks stand close to their words: `2 ** 3` is none.
fn span<'a>(rest: &'a str, mark: &str) -> Option<(String, &'a str)> {
    let (inner, after) = rest.strip_prefix(mark)?.split_once(mark)?;
    let close = !inner.is_empty() && inner.trim() == inner;
    close.then(|| (inline(inner), after))
}

/// `[caja](https://a.mx)` -> `caja: https://a.mx`; of a phone or an e-mail only itself is shown.
fn link(rest: &str) -> Option<(String, &str)> {
    let (label, rest) = rest.strip_prefix('[')?.split_once("](")?;
    let (address, after) = closed(rest)?;
    let told = ["tel:", "mailto:"].iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address);
    let opens =
        told.len() < address.len() || address.starts_with("https://") || address.starts_with("http://");
    if !opens || label.contains(['[', ']']) || address.contains(char::is_whitespace) {
        return None;
    }
    let label = inline(label.trim());
    if label.is_empty() || label == told {
        return Some((told.to_owned(), after));
    }
    Some((format!("{label}: {told}"), after))
}

/// What comes before the parenthesis that closes, and what comes after it.
fn closed(rest: &str) -> Option<(&str, &str)> {
    let mut open = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => {
                let (inside, after) = rest.split_at_checked(at)?;
                return Some((inside, after.strip_prefix(')')?));
            }
            ')' => open -= 1,
            _ => {}
        }
    }
    None
}
