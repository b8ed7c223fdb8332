//! Text for the eye -> text for the ear. The renderer asks here before a call hears anything: flows, catalogue and
//! agents write one text for every channel, and a voice that reads "asterisco" or "p c menos cuatro mil" is not
//! understood. Nothing is left out that means something; no sentence is made shorter here.
//!
//! `layout` takes marks, emoji and line breaks away; then the rest is read from left to right, and where one of
//! `codes`, `clock`, `money` or `pages` knows what stands there, its words take the place.

mod clock;
mod codes;
mod in_words;
mod layout;
mod money;
mod pages;
#[cfg(test)]
mod tests;

use crate::Lang;

/// What a voice should read. Any language but English is said in Spanish. One line, without control characters.
///
/// ```
/// use ventanilla_values::{Lang, spoken};
/// assert_eq!(
///     spoken("¡Listo! ✅ Tu folio es *PC-4821-3305*.\nCuesta $1,650 y abrimos de 9:00 a 15:00", Lang::ES),
///     "¡Listo! Tu folio es P C. 48, 21. 33, 0 5. Cuesta mil seiscientos cincuenta pesos y abrimos de nueve a \
///      tres de la tarde"
/// );
/// ```
pub fn spoken(text: &str, lang: Lang) -> String {
    let plain = layout::plain(text, lang);
    let mut speech =
        Speech { said: String::with_capacity(plain.len()), lang, pages: pages::Named::default() };
    let mut rest = plain.as_str();
    let mut before = Before::default();
    while let Some(c) = rest.chars().next() {
        let heard = if before.ends_a_word() { speech.recognise(rest) } else { None };
        let used = match heard {
            Some(heard) => speech.replace(&heard),
            None => speech.copy(c),
        };
        let (taken, left) = rest.split_at_checked(used).unwrap_or((rest, ""));
        before = before.then(taken);
        rest = left;
    }
    speech.said.truncate(speech.said.trim_end().len());
    speech.said
}

/// Words for the beginning of a text, and how many bytes of it they stand for.
#[derive(Debug, PartialEq)]
struct Heard {
    words: String,
    used: usize,
}

struct Speech {
    said: String,
    lang: Lang,
    pages: pages::Named,
}

impl Speech {
    fn recognise(&mut self, rest: &str) -> Option<Heard> {
        // Most letters begin nothing special.
        let first = rest.chars().next().filter(|c| c.is_ascii_alphanumeric() || "+$(#".contains(*c))?;
        if first.is_ascii_alphabetic() {
            let code = codes::folio(rest).or_else(|| codes::registered(rest));
            return code
                .or_else(|| codes::email(rest, self.lang))
                .or_else(|| self.pages.page(rest, self.lang));
        }
        codes::key(rest, self.lang)
            .or_else(|| clock::time(rest, self.lang))
            .or_else(|| money::amount(rest, self.lang))
            .or_else(|| codes::phone(rest, self.lang))
            .or_else(|| codes::number(rest))
            .or_else(|| codes::registered(rest))
            .or_else(|| self.pages.page(rest, self.lang))
    }

    fn replace(&mut self, heard: &Heard) -> usize {
        // One o'clock is singular: "a las 13:00" is said "a la una de la tarde".
        let one = heard.words.split(' ').next() == Some("una");
        if one && self.said.ends_with(" las ") {
            self.said.truncate(self.said.len() - "s ".len());
            self.said.push(' ');
        }
        self.said.push_str(&heard.words);
        heard.used
    }

    fn copy(&mut self, c: char) -> usize {
        let english = self.lang == Lang::EN;
        match c {
            '%' => self.word(if english { "percent" } else { "por ciento" }),
            '&' => {
                self.word(if english { "and" } else { "y" });
                self.said.push(' ');
            }
            ' ' if self.said.ends_with(' ') => {}
            '.' if self.said.ends_with(".m.") => {}
            _ => self.said.push(c),
        }
        c.len_utf8()
    }

    fn word(&mut self, word: &str) {
        if !self.said.is_empty() && !self.said.ends_with(' ') {
            self.said.push(' ');
        }
        self.said.push_str(word);
    }
}

/// The two characters before the place that is read: "650" in "1,650" and "11" in "2026-11-21" begin nothing.
#[derive(Default)]
struct Before {
    last: Option<char>,
    second: Option<char>,
}

impl Before {
    fn then(&self, taken: &str) -> Self {
        let mut backwards = taken.chars().rev();
        let last = backwards.next();
        Self { last, second: backwards.next().or(self.last) }
    }

    fn ends_a_word(&self) -> bool {
        let (Some(last), second) = (self.last, self.second) else { return true };
        let inside = match last {
            ':' => second.is_some_and(|c| c.is_ascii_digit()),
            '.' | ',' | '/' | '-' | '_' | '@' => second.is_some_and(char::is_alphanumeric),
            _ => last == '$' || last.is_alphanumeric(),
        };
        !inside
    }
}

/// How many bytes of ASCII digits stand at the beginning.
fn digits(text: &str) -> &str {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    text.get(..end).unwrap_or_default()
}

/// What follows a number is not a part of it: no letter, digit or further group.
fn is_whole(after: &str) -> bool {
    let mut next = after.chars();
    match next.next() {
        Some('.' | ',' | ':' | '/' | '-') => !next.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

/// `text` without `word` at its beginning, where the word ends there. `word` is in small letters.
fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let ends = word.ends_with('.') || !rest.starts_with(char::is_alphanumeric);
    (head.to_lowercase() == word && ends).then_some(rest)
}
