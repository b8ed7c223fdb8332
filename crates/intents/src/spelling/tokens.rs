//! A text as words and what stands between them, and which of the words must not be touched.

/// A piece of the text, by bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Letters that are not a word of the language: an address, a code, a name.
    Kept,
    /// Spaces and signs.
    Between,
}

impl Token {
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 3 + 2);
    let mut chunk_start = 0;
    let mut in_chunk = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() == in_chunk {
            piece(text, chunk_start, at, in_chunk, &mut out);
            (chunk_start, in_chunk) = (at, !in_chunk);
        }
    }
    piece(text, chunk_start, text.len(), in_chunk, &mut out);
    keep_names(text, &mut out);
    out
}

/// What stands between two spaces, or the spaces.
fn piece(text: &str, start: usize, end: usize, is_chunk: bool, out: &mut Vec<Token>) {
    if start == end {
        return;
    }
    if !is_chunk {
        return out.push(Token { start, end, kind: Kind::Between });
    }
    let chunk = text.get(start..end).unwrap_or_default();
    if is_address(chunk) {
        return out.push(Token { start, end, kind: Kind::Kept });
    }
    let mut from = start;
    let mut in_word = false;
    for (offset, c) in chunk.char_indices() {
        let at = start + offset;
        if is_letter(c, chunk, offset) != in_word {
            part(text, from, at, in_word, out);
            (from, in_word) = (at, !in_word);
        }
    }
    part(text, from, end, in_word, out);
}

fn part(text: &str, start: usize, end: usize, is_word: bool, out: &mut Vec<Token>) {
    if start == end {
        return;
    }
    let word = text.get(start..end).unwrap_or_default();
    let kind = match is_word {
        false => Kind::Between,
        true if word.contains(['\'', '’']) || word.chars().any(|c| !c.is_alphanumeric() || c > 'ɏ') => {
            Kind::Kept
        }
        true => Kind::Word,
    };
    out.push(Token { start, end, kind });
}

/// A letter, a digit, or an apostrophe between letters: "k'áat" and "don't" are one word.
fn is_letter(c: char, chunk: &str, offset: usize) -> bool {
    if c.is_alphanumeric() {
        return true;
    }
    matches!(c, '\'' | '’')
        && chunk.get(..offset).and_then(|b| b.chars().next_back()).is_some_and(char::is_alphabetic)
        && chunk.get(offset + c.len_utf8()..).and_then(|a| a.chars().next()).is_some_and(char::is_alphabetic)
}

/// E-mails, web addresses, mentions, tags, and codes like MID-2024-0012.
fn is_address(chunk: &str) -> bool {
    let letters = || chunk.bytes().any(|b| b.is_ascii_alphabetic());
    (chunk.contains(['@', '#', '_', '\\']) || chunk.contains("://"))
        || (chunk.contains('.') && is_domain(chunk))
        || (chunk.contains('-') && chunk.bytes().any(|b| b.is_ascii_digit()) && letters())
}

fn is_domain(chunk: &str) -> bool {
    let host = chunk.split(['/', '?', ',']).next().unwrap_or_default();
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    chunk.starts_with("www.")
        || TOP_DOMAINS.iter().any(|top| last.eq_ignore_ascii_case(top)) && host.len() > 4
}

const TOP_DOMAINS: &[&str] = &[
    "com", "mx", "org", "net", "gob", "gov", "edu", "io", "ly", "me", "app", "info", "us", "pdf", "jpg",
    "png", "mp3", "mp4",
];

/// A capital inside a sentence that has small letters is a name; short words of capitals are acronyms.
fn keep_names(text: &str, tokens: &mut [Token]) {
    let is_lower = |t: &Token| t.of(text).chars().next().is_some_and(char::is_lowercase);
    let (mut small, mut large) = (0, 0);
    for token in tokens.iter().filter(|t| t.kind == Kind::Word && t.end - t.start > 2) {
        if is_lower(token) { small += 1 } else { large += 1 }
    }
    // Shouting, or a phone that puts a capital on every word: says nothing about names.
    if small == 0 || large > 2 * small {
        return;
    }
    let mut begins = true;
    for token in tokens {
        let said = token.of(text);
        if token.kind == Kind::Between {
            begins |= said.contains(['.', '!', '?', '¡', '¿', '\n', ':', '…', '"', '(']);
            continue;
        }
        let letters = said.chars().filter(|c| c.is_alphabetic()).count();
        let shouted = said.chars().all(|c| !c.is_lowercase());
        let capital = said.chars().next().is_some_and(char::is_uppercase);
        let is_name = capital && !begins && letters > 1;
        if token.kind == Kind::Word && (is_name || (shouted && (2..=6).contains(&letters))) {
            token.kind = Kind::Kept;
        }
        begins = false;
    }
}
