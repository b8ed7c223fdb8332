//! Numbers in an answer: digits as people type them, words as they say them. Flows ask for slots of type `number`;
//! folio and PIN read dictated digits with it. It does not judge whether a number makes sense.

use crate::{
    Token as Cut, TokenKind,
    number_words::{NumberWord, number_word},
    text,
};

/// The one number a message says; none when there is none, or several different ones.
///
/// A comma parts thousands ("1,250"), a point decimals ("3.5"); other countries' "1.250,50" and "3,5" are understood
/// where they cannot be anything else.
///
/// ```
/// use ventanilla_values::number;
/// assert_eq!(number("unas 20"), Some(20.0));
/// assert_eq!(number("$1,250.50"), Some(1250.5));
/// assert_eq!(number("treinta y cinco"), Some(35.0));
/// assert_eq!(number("entre 3 y 5"), None);
/// assert_eq!(number("medio"), None);
/// ```
pub fn number(text: &str) -> Option<f64> {
    let found = numbers(&tokens(&text::head(text)));
    // "Hay 3 en una casa": an article counts only where nothing else does.
    let strong = found.iter().filter(|n| !n.article).map(|n| n.value);
    let value = one_value(strong).or_else(|| one_value(found.iter().map(|n| n.value)));
    value.filter(|n| n.is_finite())
}

fn one_value(mut values: impl Iterator<Item = f64>) -> Option<f64> {
    let first = values.next()?;
    values.all(|n| n == first).then_some(first)
}

/// A piece of a message that may belong to a number.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Digits(f64),
    Word(String),
    /// Punctuation: a number does not go on behind it.
    Break,
}

struct Found {
    value: f64,
    /// "un", "una", "ninguna": perhaps no number at all.
    article: bool,
}

fn numbers(tokens: &[Token]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((value, used)) = number_at_token(tokens, at) {
            found.push(Found { value, article: used == 1 && is_article(&tokens[at]) });
            at += used;
        } else {
            if matches!(&tokens[at], Token::Word(w) if matches!(w.as_str(), "ninguno" | "ninguna" | "none")) {
                found.push(Found { value: 0.0, article: true });
            }
            at += 1;
        }
    }
    found
}

fn is_article(token: &Token) -> bool {
    matches!(token, Token::Word(w) if matches!(w.as_str(), "un" | "una"))
}

/// The number that begins at a token, and how many tokens it takes.
fn number_at_token(tokens: &[Token], start: usize) -> Option<(f64, usize)> {
    if let Some(used) = half_dozen(tokens, start) {
        return Some((6.0, used));
    }
    let mut sum = Sum::default();
    let mut used = 0;
    while let Some(token) = tokens.get(start + used) {
        let skip = usize::from(sum.begun && is_and(token));
        let next = tokens.get(start + used + skip);
        if skip == 1 && next.is_some_and(|t| matches!(t, Token::Word(w) if w == "medio" || w == "media")) {
            sum.current += 0.5 * sum.last_multiplier();
            used += 2;
            break;
        }
        if !next.is_some_and(|token| sum.take(token)) {
            break;
        }
        used += skip + 1;
    }
    sum.begun.then_some((sum.total + sum.current, used))
}

fn half_dozen(tokens: &[Token], start: usize) -> Option<usize> {
    let word = |i: usize| {
        tokens.get(start + i).and_then(|t| if let Token::Word(w) = t { Some(w.as_str()) } else { None })
    };
    match (word(0)?, word(1)?, word(2)) {
        ("media", "docena", _) => Some(2),
        ("half", "a", Some("dozen")) => Some(3),
        _ => None,
    }
}

fn is_and(token: &Token) -> bool {
    matches!(token, Token::Word(w) if w == "y" || w == "and")
}

/// A number that is being put together: "dos mil | trescientos | veinte".
#[derive(Default)]
struct Sum {
    begun: bool,
    /// What is multiplied already.
    total: f64,
    current: f64,
    /// The next part must be smaller: after "treinta" only 1 to 9, after "dos mil" up to 999. 0: nothing may follow.
    room: f64,
}

impl Sum {
    /// Whether the token belonged to the number.
    fn take(&mut self, token: &Token) -> bool {
        match token {
            Token::Break => false,
            Token::Digits(n) => self.add(*n, 0.0),
            Token::Word(word) => match number_word(word) {
                Some(NumberWord::Amount(n)) => self.add(n, room_after(n)),
                Some(NumberWord::Times(n)) => self.multiply(n),
                None => false,
            },
        }
    }

    /// What "y medio" is the half of: "un millón y medio", "dos y medio".
    fn last_multiplier(&self) -> f64 {
        if self.current == 0.0 && self.total > 0.0 { self.room } else { 1.0 }
    }

    fn add(&mut self, n: f64, room: f64) -> bool {
        // "Treinta y cero" is no number; "cero siete" are two.
        let fits = !self.begun || (n >= 1.0 && n < self.room);
        if fits {
            self.current += n;
            self.room = room;
            self.begun = true;
        }
        fits
    }

    fn multiply(&mut self, by: f64) -> bool {
        if self.begun && self.current == 0.0 {
            return false;
        }
        let product = if self.begun { self.current * by } else { by };
        if by >= 1000.0 {
            let fits = self.total == 0.0 || product < self.total;
            if fits {
                (self.total, self.current, self.room) = (self.total + product, 0.0, by);
            }
            self.begun |= fits;
            return fits;
        }
        (self.current, self.room, self.begun) = (product, if by == 100.0 { by } else { 0.0 }, true);
        true
    }
}

fn room_after(n: f64) -> f64 {
    if n >= 100.0 {
        100.0
    } else if n >= 20.0 && n % 10.0 == 0.0 {
        10.0
    } else {
        0.0
    }
}

/// Cuts a folded text into words, numbers and breaks.
fn tokens(folded: &str) -> Vec<Token> {
    let chars: Vec<char> = folded.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let negative = *c == '-' && starts_word(&chars, at) && digit_at(&chars, at + 1);
        if c.is_ascii_digit() || negative {
            let start = at + usize::from(negative);
            at = literal_end(&chars, start);
            let value = decimal(&chars[start..at]);
            out.push(value.map_or(Token::Break, |n| Token::Digits(if negative { -n } else { n })));
        } else if c.is_alphanumeric() {
            // With the digits in it: "b5" is a name, not a number.
            let word: String = chars[at..].iter().take_while(|c| c.is_alphanumeric()).collect();
            at += word.chars().count();
            out.push(Token::Word(word));
        } else {
            if !matches!(c, ' ' | '-') {
                out.push(Token::Break);
            }
            at += 1;
        }
    }
    out
}

fn digit_at(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(char::is_ascii_digit)
}

fn starts_word(chars: &[char], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| chars.get(before)).is_none_or(|c| *c == ' ')
}

/// Where a written number ends: digits, with points and commas inside, or spaces before groups of three ("1 250").
fn literal_end(chars: &[char], start: usize) -> usize {
    let digits_end = |from: usize| from + chars.iter().skip(from).take_while(|c| c.is_ascii_digit()).count();
    let mut end = digits_end(start);
    let mut spaced = end - start <= 3;
    while digit_at(chars, end + 1) {
        let next = digits_end(end + 1);
        match chars.get(end) {
            Some(',' | '.') => spaced = false,
            Some(' ') if spaced && next - end == 4 => {}
            _ => break,
        }
        end = next;
    }
    end
}

/// The value of digits with separators; none when they make no number ("1.2.2026").
fn decimal(raw: &[char]) -> Option<f64> {
    let raw: String = raw.iter().filter(|c| **c != ' ').collect();
    let (commas, points) = (raw.matches(',').count(), raw.matches('.').count());
    let plain = match (commas, points) {
        (0, 0 | 1) => raw,
        (0, _) => ungrouped(&raw, '.')?,
        (_, 0) => ungrouped(&raw, ',').or_else(|| (commas == 1).then(|| raw.replace(',', ".")))?,
        // Both: the last one is the decimal sign.
        _ => {
            let (sign, group) = if raw.rfind('.') > raw.rfind(',') { ('.', ',') } else { (',', '.') };
            let (whole, fraction) = raw.split_once(sign)?;
            format!("{}.{fraction}", ungrouped(whole, group)?)
        }
    };
    plain.parse().ok().filter(|n: &f64| n.is_finite())
}

/// Without separators, where they part groups of three: "1,250,000".
fn ungrouped(raw: &str, separator: char) -> Option<String> {
    let (first, rest) = raw.split_once(separator)?;
    let groups =
        (1..=3).contains(&first.len()) && first != "0" && rest.split(separator).all(|g| g.len() == 3);
    groups.then(|| raw.replace(separator, ""))
}

/// The whole number that begins at a word and how many words it takes: for dictated digits.
pub(crate) fn dictated(words: &[String]) -> Option<(f64, usize)> {
    /// "Cuatro mil ochocientos veintisiete" and the like.
    const LONGEST: usize = 8;
    let tokens: Vec<Token> = words.iter().take(LONGEST).cloned().map(Token::Word).collect();
    number_at_token(&tokens, 0).filter(|(value, _)| value.fract() == 0.0)
}

/// Most tokens that one number is made of: a longer row is no number that a person means.
const MOST_TOKENS: usize = 16;

/// The number that begins with the first token, in digits or words, and how many tokens it takes.
///
/// ```
/// use ventanilla_values::{number_at, tokens};
/// assert_eq!(number_at(&tokens("dos mil trece casas")), Some((2013.0, 3)));
/// assert_eq!(number_at(&tokens("$1,250.50")), None, "the sign is first");
/// assert_eq!(number_at(&tokens("1,250.50 pesos")), Some((1250.5, 5)));
/// assert_eq!(number_at(&tokens("twenty five hundred")), Some((2500.0, 3)));
/// ```
pub fn number_at(cut: &[Cut]) -> Option<(f64, usize)> {
    cut.first().filter(|first| may_begin(first))?;
    let cut = cut.get(..MOST_TOKENS.min(cut.len())).unwrap_or_default();
    let (mut tokens, mut widths) = (Vec::new(), Vec::new());
    let (mut at, mut dash) = (0, 0);
    while let Some(token) = cut.get(at) {
        let (read, width) = match token.kind {
            TokenKind::Digits => literal_at(cut, at),
            TokenKind::Word => (Token::Word(token.folded.clone()), 1),
            // "Thirty-five".
            TokenKind::Sign if token.folded == "-" && at > 0 && dash == 0 => {
                (at, dash) = (at + 1, 1);
                continue;
            }
            TokenKind::Sign => (Token::Break, 1),
        };
        tokens.push(read);
        widths.push(width + dash);
        (at, dash) = (at + width, 0);
    }
    let (value, used) = number_at_token(&tokens, 0)?;
    Some((value, widths.iter().take(used).sum())).filter(|(value, _)| value.is_finite())
}

fn may_begin(token: &Cut) -> bool {
    let half_dozen = || matches!(token.folded.as_str(), "media" | "half");
    token.kind == TokenKind::Digits || is_number_word(&token.folded) || half_dozen()
}

/// Digits with points, commas or groups of three: "1,250.50", "1 250".
fn literal_at(cut: &[Cut], at: usize) -> (Token, usize) {
    let mut raw: Vec<char> = cut.get(at).map(|t| t.folded.chars().collect()).unwrap_or_default();
    let mut spaced = raw.len() <= 3;
    let mut used = 1;
    while let (Some(next), behind) = (cut.get(at + used), cut.get(at + used + 1)) {
        let part = behind.filter(|t| t.glued && t.kind == TokenKind::Digits);
        match (next.folded.as_str(), part) {
            ("," | ".", Some(part)) if next.glued => {
                spaced = false;
                raw.extend(next.folded.chars().chain(part.folded.chars()));
                used += 2;
            }
            (group, _) if spaced && !next.glued && next.kind == TokenKind::Digits && group.len() == 3 => {
                raw.extend(group.chars());
                used += 1;
            }
            _ => break,
        }
    }
    (decimal(&raw).map_or(Token::Break, Token::Digits), used)
}

/// Whether a folded word is, or belongs to, a number: "trece", "quinientas", "mil", "dozen".
///
/// ```
/// assert!(ventanilla_values::is_number_word("trece"));
/// assert!(!ventanilla_values::is_number_word("treceava"));
/// ```
pub fn is_number_word(word: &str) -> bool {
    number_word(word).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn says(text: &str, expected: impl Into<Option<f64>>) {
        assert_eq!(number(text), expected.into(), "{text}");
    }

    #[test]
    fn digits_are_read_as_people_type_them() {
        says("3", 3.0);
        says(" 3.5 ", 3.5);
        says("3,5", 3.5);
        says("0,500", 0.5);
        says("1,250", 1250.0);
        says("1 250", 1250.0);
        says("1 250 000", 1_250_000.0);
        says("1,250.75", 1250.75);
        says("1.250,75", 1250.75);
        says("1.250.000", 1_250_000.0);
        says("son 3.", 3.0);
        says("$250 pesos", 250.0);
        says("-4", -4.0);
        says("- 4", 4.0);
        says("３５", 35.0);
        says("4️⃣", 4.0);
        says("3km", 3.0);
        says("50%", 50.0);
    }

    #[test]
    fn words_are_read_in_spanish_and_english() {
        says("tres", 3.0);
        says("TREINTA Y CINCO", 35.0);
        says("treinta", 30.0);
        says("veintidós", 22.0);
        says("veinte y cinco", 25.0);
        says("ciento veinte", 120.0);
        says("dos mil", 2000.0);
        says("dos mil trescientos cuarenta y uno", 2341.0);
        says("un millón doscientas mil", 1_200_000.0);
        says("2 mil 500", 2500.0);
        says("1.5 mil", 1500.0);
        says("una docena", 12.0);
        says("media docena de sillas", 6.0);
        says("un par", 2.0);
        says("tres y media", 3.5);
        says("ninguna", 0.0);
        says("cero", 0.0);
        says("thirty-five", 35.0);
        says("one hundred and twenty", 120.0);
        says("two thousand three hundred", 2300.0);
        says("half a dozen", 6.0);
    }

    #[test]
    fn words_around_a_number_do_not_matter() {
        says("unas 20", 20.0);
        says("como 3", 3.0);
        says("somos cinco personas", 5.0);
        says("un perro", 1.0);
        says("hay 3 en una casa", 3.0);
        says("about twenty people", 20.0);
        says("3, sí, tres", 3.0);
    }

    #[test]
    fn no_number_or_several_is_none() {
        for text in
            ["", "medio", "muchos", "no sé", "entre 3 y 5", "3 o 4", "10-20", "dos, tres", "B5", "1.2.2026"]
        {
            says(text, None);
        }
        says("10:30", None);
        says("½", None);
        says(&"9".repeat(400), None);
        says(&format!("{} millones", "9".repeat(305)), None);
        says("treinta, cinco", None);
    }

    #[test]
    fn four_megabytes_are_no_number() {
        assert!(number(&"mil dos tres ".repeat(300_000)).is_none());
        assert!(number(&"1 250".repeat(800_000)).is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _ = number(&text);
        }

        #[test]
        fn number_like_text_is_survived(text in "([0-9]{1,3}|[,. '-]|mil|cien|dos|treinta| y | and |media|docena| ){0,12}") {
            prop_assert!(number(&text).is_none_or(f64::is_finite));
        }

        #[test]
        fn whole_numbers_come_back(n in 0_u32..100_000_000) {
            prop_assert_eq!(number(&n.to_string()), Some(f64::from(n)));
        }
    }
}
