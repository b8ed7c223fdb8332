//! One spelling of a text for the classifier: lower case, no accents, no punctuation, "holaaaa" as "hola", long
//! numbers as zeros, emoji as words of their own. Used wherever phrases or messages become features.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What is read of a long text, in characters: its beginning and its end, since people greet first, tell a story,
/// and often ask at the end. Keeps a message of megabytes as cheap as one of a page.
const HEAD: usize = 500;
const TAIL: usize = 300;

/// The one long number that means something by itself.
pub(crate) const EMERGENCY_NUMBER: &str = "911";

/// The text as the classifier sees it: words separated by one space.
///
/// ```
/// # use ventanilla_intents::normalise;
/// assert_eq!(normalise("¡HOLAAA! ¿Ya no prendió el poste 4821?🔥"), "hola ya no prendio el poste 0000 🔥");
/// ```
pub fn normalise(text: &str) -> String {
    let mut out = Normalised::default();
    match middle(text) {
        None => out.read(text.chars()),
        Some((head, tail)) => {
            out.read(head.chars());
            out.push(' ');
            out.read(tail.chars());
        }
    }
    out.finish()
}

/// The beginning and the end of a text that is too long to be read whole.
fn middle(text: &str) -> Option<(&str, &str)> {
    if text.len() <= HEAD + TAIL {
        return None;
    }
    let (head_end, _) = text.char_indices().nth(HEAD)?;
    let (tail_start, _) = text.char_indices().rev().nth(TAIL - 1)?;
    if tail_start <= head_end {
        return None;
    }
    Some((text.get(..head_end)?, text.get(tail_start..)?))
}

#[derive(Default)]
struct Normalised {
    out: String,
    /// The last letter and how often it came in a row; any digit counts as '0'.
    last: Option<char>,
    run: usize,
}

impl Normalised {
    fn read(&mut self, chars: impl Iterator<Item = char>) {
        for raw in chars.nfkd() {
            if is_combining_mark(raw) || is_silent(raw) {
                continue;
            }
            for c in raw.to_lowercase() {
                self.push(c);
            }
        }
    }

    fn push(&mut self, c: char) {
        if is_emoji(c) {
            self.space();
            self.out.push(c);
            self.space();
        } else if !c.is_alphanumeric() {
            self.space();
        } else {
            self.run_on(if c.is_ascii_digit() { '0' } else { c });
            self.out.push(c);
        }
    }

    fn run_on(&mut self, c: char) {
        if self.last != Some(c) {
            self.end_run();
            self.last = Some(c);
        }
        self.run += 1;
    }

    /// Three or more of a letter are one ("holaaa"); two are spelling ("calle", "street"). Of three or more digits
    /// only their number is told (a folio, a house, a phone); two are kept, since turning 18 is not turning 60.
    fn end_run(&mut self) {
        if self.run > 2 && self.last != Some('0') {
            for _ in 1..self.run {
                self.out.pop();
            }
        } else if self.run > 2 && !self.out.ends_with(EMERGENCY_NUMBER) {
            let digits = self.out.len() - self.run;
            self.out.truncate(digits);
            self.out.extend(std::iter::repeat_n('0', self.run));
        }
        self.run = 0;
        self.last = None;
    }

    fn space(&mut self) {
        self.end_run();
        if !self.out.is_empty() && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
    }

    fn finish(mut self) -> String {
        self.space();
        self.out.truncate(self.out.trim_end().len());
        self.out
    }
}

/// Characters that are not seen, and apostrophes, which people leave out ("dont").
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{1f1e6}'..='\u{1f1ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_capitals_and_punctuation_do_not_matter() {
        assert_eq!(normalise("¡¡NIÑO, Pingüino!! ¿Qué?"), "nino pinguino que");
        assert_eq!(normalise("I don’t know"), normalise("i dont know"));
        assert_eq!(normalise("𝐁𝐚𝐜𝐡𝐞"), "bache");
    }

    #[test]
    fn stretched_letters_shrink_and_double_ones_stay() {
        assert_eq!(normalise("holaaaa bueeenas calle street"), "hola buenas calle street");
        assert_eq!(normalise("nooo NOOO"), "no no");
    }

    #[test]
    fn long_numbers_are_all_alike_and_emoji_are_words() {
        assert_eq!(normalise("folio 48213, poste 302"), "folio 00000 poste 000");
        assert_eq!(normalise("cumplo 18, llamen al 911"), "cumplo 18 llamen al 911");
        assert_eq!(normalise("fuego🔥🔥ya👍🏽"), "fuego 🔥 🔥 ya 👍");
    }

    #[test]
    fn of_an_endless_text_the_beginning_and_the_end_are_read() {
        let long = format!("bache {} semaforo", "ñá ".repeat(2_000_000));
        let short = normalise(&long);
        assert!(short.chars().count() < 1_000);
        assert!(short.starts_with("bache") && short.ends_with("semaforo"));
    }

    #[test]
    fn nothing_but_signs_is_nothing() {
        assert_eq!(normalise(" ...!? \u{301}\u{301}\u{200b}"), "");
        assert_eq!(normalise(""), "");
    }
}
