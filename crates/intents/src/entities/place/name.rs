//! The name of a street or a colonia: "Juárez", "5 de mayo", "60-A", "Niños Héroes".

use ventanilla_values::{Reader, Token, TokenKind, matching};

use super::super::{Said, names};
use super::street::letter;
use super::words::{
    ADJECTIVES, KINDS_COLONIA, KINDS_STREET, LEADS, MONTHS, is_measure, is_stop, is_street_name,
};

/// A name that was read, and what speaks for it.
pub(super) struct Name {
    pub(super) text: String,
    /// A number, or the day of a feast ("5 de mayo").
    pub(super) number: bool,
    /// With a capital letter.
    pub(super) capital: bool,
    /// A street name that many towns have.
    pub(super) known: bool,
    /// It is a first name too.
    pub(super) person: bool,
    /// A day that streets are called after: "5 de mayo".
    pub(super) feast: bool,
    /// Its first word is one of a name: "zaragoza", and not "incendio zaragoza".
    pub(super) shows_itself: bool,
}

impl Name {
    /// Something besides its place in the sentence says that it is a name.
    pub(super) fn is_likely(&self) -> bool {
        self.number || self.capital || self.known
    }

    fn numbered(said: &Said<'_>, r: &Reader<'_>, begun: usize) -> Self {
        let text = said.slice(&(begun..r.position())).to_owned();
        Self {
            text,
            number: true,
            capital: false,
            known: false,
            person: false,
            feast: false,
            shows_itself: true,
        }
    }
}

/// Days that streets are called after everywhere.
const FEASTS: [&str; 10] = [
    "5 de mayo",
    "cinco de mayo",
    "16 de septiembre",
    "20 de noviembre",
    "1 de mayo",
    "primero de mayo",
    "2 de abril",
    "24 de febrero",
    "18 de marzo",
    "21 de marzo",
];

/// The name of the town that a road leads to: any words ("isla aguada").
pub(super) fn destination(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Name> {
    let mut name = read(said, r, 2)?;
    let begun = r.position();
    let next =
        r.token().filter(|next| !name.number && !name.capital && !next.glued && is_content(said, next));
    if next.is_some() && !name.text.contains(' ') {
        r.skip(1);
        name.text = said.slice(&(begun.saturating_sub(1)..r.position())).to_owned();
    }
    Some(name)
}

/// The name that begins here; of small words at most so many.
pub(super) fn read(said: &Said<'_>, r: &mut Reader<'_>, small_words: usize) -> Option<Name> {
    r.attempt(|r| feast(said, r))
        .or_else(|| r.attempt(|r| numbered(said, r)))
        .or_else(|| r.attempt(|r| in_words(said, r, small_words)))
}

/// "5 de mayo", "1ro de mayo", "veinte de noviembre".
pub(super) fn feast(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Name> {
    let begun = r.position();
    match r.take(&["primero"]) {
        Some(_) => {}
        None => {
            r.take_count(31)?;
            r.take(&["ro", "o", "º"]);
        }
    }
    r.take(&["de"])?;
    r.take(MONTHS)?;
    let name = Name::numbered(said, r, begun);
    let known = FEASTS.contains(&matching(&name.text).as_str());
    Some(Name { known, feast: true, ..name })
}

/// "60", "60-A", "12 norte", "doce"; not "12 casas" and not "3 de la tarde".
fn numbered(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Name> {
    let begun = r.position();
    let digits = r.token()?.kind == TokenKind::Digits;
    if digits {
        r.take_digits(3)?
    } else {
        r.take_count(999)?
    };
    if !digits && matches!(said.slice(&(begun..r.position())), "un" | "una" | "uno" | "one" | "Un" | "Una") {
        return None;
    }
    suffix(said, r);
    (!is_measure(r)).then(|| Name::numbered(said, r, begun))
}

/// "-A", "b", "bis", "norte", "th".
fn suffix(said: &Said<'_>, r: &mut Reader<'_>) {
    if r.is_glued() {
        r.take(&["th", "st", "nd", "rd"]);
    }
    letter(said, r);
    r.take(&["bis", "norte", "sur", "oriente", "poniente", "ote", "pte", "nte", "diagonal"]);
}

fn in_words(said: &Said<'_>, r: &mut Reader<'_>, small_words: usize) -> Option<Name> {
    let begun = r.position();
    skip_leads(r);
    // Children alone are no name, these are.
    let heroes = r.word() == "ninos" && r.word_at(1) == "heroes";
    let first = r.token().filter(|token| heroes || is_content(said, token))?;
    let word = first.folded.as_str();
    let person = names::is_first_name(word);
    let (capital, known) = (said.is_name(first), is_known(first));
    let shows_itself = capital || known || person || r.position() > begun || names::is_surname(word);
    let (text, number, feast) = (String::new(), false, false);
    let mut name = Name { text, number, capital, known, person, feast, shows_itself };
    r.skip(1);
    if first.folded.len() <= 4
        && matches!(first.folded.as_str(), "gral" | "lic" | "dr" | "ing" | "prof" | "sn" | "sta" | "cap")
    {
        r.take(&["."]);
    }
    let mut words = 1;
    while words < 5 && more(said, r, &mut name, words < small_words) {
        words += 1;
    }
    name.text = said.slice(&(begun..r.position())).to_owned();
    Some(name)
}

fn skip_leads(r: &mut Reader<'_>) {
    for _ in 0..2 {
        r.take(LEADS);
    }
}

/// Takes the next word of a name.
fn more(said: &Said<'_>, r: &mut Reader<'_>, name: &mut Name, room: bool) -> bool {
    let begun = *r;
    let particle = r.take(&["de", "del"]).is_some();
    let article = r.take(&["la", "las", "los", "el"]).is_some();
    let next =
        r.token().filter(|token| is_content(said, token) && (!token.glued || begun.word_at(-1) == "."));
    let belongs = next.is_some_and(|token| {
        let word = token.folded.as_str();
        let capital = said.is_name(token);
        let listed = is_known(token) || names::is_first_name(word) || names::is_surname(word);
        let adjective = ADJECTIVES.contains(&word);
        match (name.capital, particle || article) {
            (true, _) => capital || (!particle && !article && adjective),
            (false, true) => !capital && room && particle && !name.known,
            (false, false) => room && (listed || adjective),
        }
    });
    match next.filter(|_| belongs) {
        Some(token) => {
            name.known |= is_known(token);
            r.skip(1);
        }
        None => *r = begun,
    }
    belongs
}

/// A word that may be part of a name.
pub(super) fn is_content(said: &Said<'_>, token: &Token) -> bool {
    let word = token.folded.as_str();
    let kind = KINDS_STREET.contains(&word) || KINDS_COLONIA.contains(&word);
    // "Cayó", "rompió": names of places do not end so.
    let verb = said.written(token).ends_with('ó') && !said.is_name(token);
    token.kind == TokenKind::Word && word.len() > 1 && !kind && !verb && !is_stop(word)
}

fn is_known(token: &Token) -> bool {
    is_street_name(&token.folded)
}
