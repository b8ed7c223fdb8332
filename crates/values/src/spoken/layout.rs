//! What only the eye needs: emphasis, bullets, quotation marks, pictures, lines.

use crate::Lang;

/// The text on one line, its lines become sentences. Words stay as they were written.
pub(super) fn plain(text: &str, lang: Lang) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let line = unmarked(&numbered(unbulleted(&visible(line))), lang);
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || ".,;:".contains(c)).trim_end();
        if !line.is_empty() {
            begin_sentence(&mut out);
            out.push_str(line);
        }
    }
    out
}

/// A line that ended without a mark ends a sentence.
fn begin_sentence(out: &mut String) {
    if out.is_empty() {
        return;
    }
    if !out.ends_with(['.', ',', ';', ':', '!', '?', '…']) {
        out.push('.');
    }
    out.push(' ');
}

/// Without pictures and whatever draws nothing; a gap is one space.
fn visible(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if is_noise(c) {
            continue;
        }
        let c = if c.is_whitespace() || c.is_control() || is_picture(c) { ' ' } else { c };
        if c == ' ' && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        // What stood before this mark was a picture.
        if matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')') && out.ends_with(' ') && out.len() > 1 {
            out.pop();
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Without the mark of a list or of a quotation.
fn unbulleted(line: &str) -> &str {
    let bullets = ['-', '•', '*', '·', '>', '–', '—', '‣', '◦', '#'];
    let rest = line.trim_start_matches(bullets);
    let has_gap = rest.starts_with(' ') && rest.len() < line.len();
    if has_gap { rest.trim_start() } else { line }
}

/// "2. Alumbrado" and "2) Alumbrado": the number is heard apart, and not as "segundo".
fn numbered(line: &str) -> String {
    let count = super::digits(line);
    let rest = line.strip_prefix(count).unwrap_or_default();
    let named = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "));
    match named.filter(|_| (1..=2).contains(&count.len())) {
        Some(label) => format!("{count}, {}", label.trim_start()),
        None => line.to_owned(),
    }
}

/// Without *bold*, _italics_, ~struck~, `code` and quotation marks. A mark that stands alone is a key of the phone.
fn unmarked(line: &str, lang: Lang) -> String {
    let chars: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len());
    for (at, c) in chars.iter().copied().enumerate() {
        let left = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        let right = chars.get(at + 1).copied();
        match c {
            '*' if is_alone(left, right) => out.push_str(if lang == Lang::EN { "star" } else { "asterisco" }),
            '*' | '`' | '«' | '»' | '“' | '”' | '„' | '"' => {}
            '_' | '~' | '\'' | '’' | '‘' if !is_inside(left, right) => {}
            '—' | '–' if left == Some(' ') && right == Some(' ') => {
                out.truncate(out.trim_end().len());
                out.push(',');
            }
            _ => out.push(c),
        }
    }
    out
}

fn is_alone(left: Option<char>, right: Option<char>) -> bool {
    left == Some(' ') && right.is_none_or(|c| matches!(c, ' ' | '.' | ',' | ';' | ':' | ')' | '?' | '!'))
}

/// "don't", "a_b@ejemplo.mx".
fn is_inside(left: Option<char>, right: Option<char>) -> bool {
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    in_word(left) && in_word(right)
}

/// Draws nothing at all: removed without a gap, since it may stand inside a word.
fn is_noise(c: char) -> bool {
    matches!(c,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{AD}'
        | '\u{61C}' | '\u{FE00}'..='\u{FE0F}' | '\u{20E3}' | '\u{E0000}'..='\u{E0FFF}'
        | '\u{FFF9}'..='\u{FFFC}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Emoji, arrows, boxes and private characters: a voice would read their names or stumble.
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{2460}'..='\u{27BF}' | '\u{2900}'..='\u{297F}'
        | '\u{2B00}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{E000}'..='\u{F8FF}'
        | '\u{1F000}'..='\u{1FAFF}' | '\u{F0000}'..='\u{10FFFF}')
}
