//! A text as the eye reads it: "mоrir" with a Cyrillic o is "morir", and so is "m o r i r". Who is in danger may write so
//! that somebody or some filter does not see it, and who writes so on purpose gains nothing. Called before a message is
//! understood and before danger is looked for; what the person wrote stays as it is elsewhere.
//!
//! Ordinary texts come out as they are: other scripts, "c f e", plates, house numbers, pictures. What it takes grows with
//! the text and no faster.

mod letters;
mod twins;

use std::borrow::Cow;
use std::ops::Range;

use letters::Letters;
use twins::Scripts;

/// A text without disguise.
pub(crate) struct Seen<'a> {
    pub text: Cow<'a, str>,
    changes: Vec<Changed>,
}

/// What stands where, in bytes.
struct Changed {
    seen: Range<usize>,
    written: Range<usize>,
}

/// What is read instead of a piece of the text.
struct Edit {
    at: Range<usize>,
    to: String,
}

pub(crate) fn seen(text: &str) -> Seen<'_> {
    let scripts = Scripts::of(text);
    let mut letters = Letters::new(text);
    let mut edits = Vec::new();
    for at in words(text) {
        let plain = text.get(at.clone()).and_then(|word| scripts.plain(word));
        letters.word(at, plain, &mut edits);
    }
    letters.end(&mut edits);
    Seen::new(text, edits)
}

impl<'a> Seen<'a> {
    fn new(text: &'a str, edits: Vec<Edit>) -> Self {
        if edits.is_empty() {
            return Self { text: Cow::Borrowed(text), changes: Vec::new() };
        }
        let mut out = String::with_capacity(text.len());
        let mut changes = Vec::with_capacity(edits.len());
        let mut copied = 0;
        for Edit { at, to } in edits {
            out.push_str(text.get(copied..at.start).unwrap_or_default());
            let from = out.len();
            out.push_str(&to);
            copied = at.end;
            changes.push(Changed { seen: from..out.len(), written: at });
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        Self { text: Cow::Owned(out), changes }
    }

    /// Where a piece of what is seen was written. Of a disguised word it is the whole word.
    pub(crate) fn written(&self, span: Range<usize>) -> Range<usize> {
        self.place(span.start, |changed| changed.written.start)
            ..self.place(span.end, |changed| changed.written.end)
    }

    fn place(&self, at: usize, within: impl Fn(&Changed) -> usize) -> usize {
        let after = self.changes.partition_point(|changed| changed.seen.start <= at);
        match after.checked_sub(1).and_then(|before| self.changes.get(before)) {
            None => at,
            Some(changed) if at == changed.seen.start => {
                if at == changed.seen.end {
                    changed.written.end
                } else {
                    changed.written.start
                }
            }
            Some(changed) if at < changed.seen.end => within(changed),
            Some(changed) => at - changed.seen.end + changed.written.end,
        }
    }
}

/// The words of a text: letters and digits, with what is put on them or between them without being seen.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = chars.find(|(_, c)| is_in_word(*c))?;
        while chars.next_if(|(_, c)| is_in_word(*c)).is_some() {}
        Some(start..chars.peek().map_or(text.len(), |(at, _)| *at))
    })
}

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && (twins::is_mark(c) || twins::is_unseen(c))
}

#[cfg(test)]
mod tests;
