//! Keys and addresses: CURP, RFC, plate, e-mail, phone, folio. What is right is said by their types in
//! `ventanilla-values`; here is where they stand in a message.

use std::ops::Range;

use ventanilla_values::{
    Curp, Email, Folio, Phone, Plate, Reader, Rfc, Token, TokenKind, is_number_word, number_at,
};

use super::{EntityValue, FolioSaid, Said, overlap::Found, place::is_stop};

pub(super) fn find(said: &Said<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    found.extend(said.each(|r| curp(said, r)).into_iter().map(made(EntityValue::Curp)));
    found.extend(said.each(|r| rfc(said, r)).into_iter().map(made(EntityValue::Rfc)));
    found.extend(said.each(|r| plate(said, r)).into_iter().map(made(EntityValue::Plate)));
    found.extend(said.each(Email::read).into_iter().map(made(EntityValue::Email)));
    found.extend(said.each(|r| phone(said, r)).into_iter().map(made(EntityValue::Phone)));
    found.extend(said.each(folio).into_iter().map(made(EntityValue::Folio)));
    found
}

fn made<T>(value: impl Fn(T) -> EntityValue) -> impl Fn((T, Range<usize>)) -> Found {
    move |(one, tokens)| Found::new(value(one), tokens)
}

/// Rows of letters and digits that begin here, shortest first, over spaces and dashes: how many characters they have
/// and where they end. A row ends where the writing does, not inside a word.
fn rows<'a>(r: &Reader<'a>, most: usize) -> impl Iterator<Item = (usize, usize)> + use<'a> {
    let begun = *r;
    let inside = r.is_glued() && r.token_at(-1).is_some_and(|before| before.kind != TokenKind::Sign);
    let mut length = 0;
    (0..most as isize)
        .map_while(move |ahead| {
            let token = begun.token_at(ahead).filter(|_| !inside)?;
            let part = token.kind != TokenKind::Sign || token.folded == "&";
            let joins = matches!(token.folded.as_str(), "-" | ".") && ahead > 0;
            if !part && !joins {
                return None;
            }
            length += if part { token.folded.chars().count() } else { 0 };
            (length <= most).then_some((part, length, begun.position() + ahead as usize + 1))
        })
        .filter_map(move |(part, length, end)| {
            let next = begun.from(end);
            // "YXP-41" of "YXP-41-2" is another plate.
            let whole = next.token().is_none_or(|token| match token.kind {
                TokenKind::Sign => !goes_on(&next),
                _ => !token.glued,
            });
            (part && whole).then_some((length, end))
        })
}

/// A dash, a point or "&" with more of the row behind it.
fn goes_on(r: &Reader<'_>) -> bool {
    let joins = r.is_glued() && matches!(r.word(), "-" | "." | "&");
    let short = |next: &Token| next.kind == TokenKind::Digits || next.folded.len() <= 3;
    joins && r.token_at(1).is_some_and(|next| next.glued && next.kind != TokenKind::Sign && short(next))
}

fn curp(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Curp> {
    keyed(said, r, 18, |length| length == 18, Curp::parse)
}

fn rfc(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Rfc> {
    keyed(said, r, 13, |length| length >= 12, Rfc::parse)
}

/// The first row of a right length that is a right key.
fn keyed<T, E>(
    said: &Said<'_>,
    r: &mut Reader<'_>,
    most: usize,
    fits: impl Fn(usize) -> bool,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Option<T> {
    let start = r.position();
    let right = rows(r, most).filter(|(length, _)| fits(*length));
    let (key, end) =
        right.into_iter().find_map(|(_, end)| Some((parse(said.slice(&(start..end))).ok()?, end)))?;
    *r = r.from(end);
    Some(key)
}

/// How many tokens may stand between "placas" and the plate.
const NEAR: isize = 6;

/// A plate: behind a word that announces it, or of a form that nothing else has. Dashes and spaces inside.
fn plate(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Plate> {
    let start = r.position();
    let announced = (1..=NEAR).any(|back| is_plate_word(r.word_at(-back)));
    let (plate, end) = rows(r, 8)
        .filter(|(length, _)| (5..=7).contains(length))
        .filter_map(|(_, end)| {
            let written = said.slice(&(start..end));
            let plate = Plate::parse(written).ok()?;
            let words =
                written.split([' ', '-']).any(|part| part.len() > 3 && part.chars().all(char::is_alphabetic));
            let right = (announced && !words) || Plate::is_unmistakable(written);
            right.then_some((plate, end))
        })
        .last()?;
    *r = r.from(end);
    Some(plate)
}

fn is_plate_word(word: &str) -> bool {
    matches!(word, "placa" | "placas" | "plaka" | "plakas" | "matricula" | "plate" | "plates")
}

/// ITU-T E.164 and Mexico's plan: ten digits, with 52, 01, 044, 045 before; others only with a plus sign.
fn phone(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Phone> {
    const MOST_TOKENS: usize = 14;
    if let Some(phone) = r.attempt(spoken_phone) {
        return Some(phone);
    }
    let start = r.position();
    let plus = r.take(&["+"]).is_some() || r.take_phrase(&["( +"]);
    if !plus && !begins_phone(r) {
        return None;
    }
    let mut digits = 0;
    let mut whole = None;
    for _ in 0..MOST_TOKENS {
        let Some(token) = r.token() else { break };
        match token.kind {
            TokenKind::Digits => digits += token.folded.len(),
            TokenKind::Sign if matches!(token.folded.as_str(), "-" | "." | "(" | ")") => {}
            _ => break,
        }
        r.skip(1);
        if token.kind == TokenKind::Digits && ends_phone(r) && (plus || matches!(digits, 10 | 12 | 13)) {
            let phone = Phone::parse(said.slice(&(start..r.position())), true);
            whole = phone.ok().map(|phone| (phone, r.position())).or(whole);
        }
        if digits >= 15 {
            break;
        }
    }
    let (phone, end) = whole?;
    *r = r.from(end);
    Some(phone)
}

/// "Nueve ochenta y uno, ciento veintitrés …": ten digits, said in several numbers.
fn spoken_phone(r: &mut Reader<'_>) -> Option<Phone> {
    const FEWEST: usize = 4;
    const DIGITS: usize = 10;
    let begins = r.token().is_some_and(|t| is_number_word(&t.folded)) && !is_number_word(r.word_at(-1));
    begins.then_some(())?;
    let (mut digits, mut groups) = (String::new(), 0);
    while digits.len() < DIGITS {
        let first = r.token()?;
        digits.push_str(&dictated(first, r)?);
        groups += 1;
        if digits.len() < DIGITS {
            r.take(&[",", "-", ".", "guion", "y"]);
        }
    }
    let over = r.token().is_some_and(|next| next.kind == TokenKind::Digits || is_number_word(&next.folded));
    (digits.len() == DIGITS && groups >= FEWEST && !over).then(|| Phone::parse(&digits, true).ok())?
}

/// Not inside a word, a date, or a longer row of digits (a card has sixteen).
fn begins_phone(r: &Reader<'_>) -> bool {
    let opens = r.word() == "(" || r.token().is_some_and(|t| t.kind == TokenKind::Digits);
    let before = r.token_at(-1);
    let inside = before.is_some_and(|t| {
        let glued =
            r.is_glued() && !matches!(t.folded.as_str(), ":" | "(" | "\n" | "," | ";" | "*" | "¿" | "¡");
        glued || (t.kind == TokenKind::Digits && t.folded.len() >= 3)
    });
    opens && !inside && !is_foreign(r)
}

/// "+1 (555) …": what stands behind a plus sign that is no number of ours is none without it.
fn is_foreign(r: &Reader<'_>) -> bool {
    const NEAR: isize = 6;
    for back in 1..=NEAR {
        let Some(token) = r.token_at(-back) else { return false };
        match token.kind {
            TokenKind::Sign if token.folded == "+" => return true,
            TokenKind::Sign if matches!(token.folded.as_str(), "-" | "." | "(" | ")") => {}
            TokenKind::Digits => {}
            _ => return false,
        }
    }
    false
}

fn ends_phone(r: &Reader<'_>) -> bool {
    r.token().is_none_or(|next| match next.kind {
        TokenKind::Digits => next.folded.len() < 3,
        TokenKind::Word => !next.glued,
        TokenKind::Sign => !matches!(next.folded.as_str(), "/" | "@" | "%") && !continues(r),
    })
}

/// "-1234" behind it: the row goes on.
fn continues(r: &Reader<'_>) -> bool {
    matches!(r.word(), "-" | ".") && r.token_at(1).is_some_and(|t| t.glued && t.kind == TokenKind::Digits)
}

/// Eight digits with their check digit, behind a written prefix or a word such as "folio".
fn folio(r: &mut Reader<'_>) -> Option<FolioSaid> {
    if let Some(folio) = r.attempt(glued_folio) {
        return Some(folio);
    }
    let prefix = r.attempt(prefix);
    let named =
        (1..=5).any(|back| matches!(r.word_at(-back), "folio" | "folios" | "reporte" | "report" | "ticket"));
    if prefix.is_none() && !named {
        return None;
    }
    let digits = eight_digits(r)?;
    let folio = FolioSaid { digits, prefix: prefix.map(|p| p.to_uppercase()) };
    Folio::parse(&folio.digits, "XX").is_ok().then_some(folio)
}

/// "pc48271361".
fn glued_folio(r: &mut Reader<'_>) -> Option<FolioSaid> {
    let word = r.word();
    let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
    let (prefix, rest) = word.split_at_checked(letters).filter(|_| (2..=4).contains(&letters))?;
    r.skip(1);
    let digits = (rest.len() == 8 && rest.bytes().all(|b| b.is_ascii_digit())).then(|| rest.to_owned())?;
    let folio = FolioSaid { digits, prefix: Some(prefix.to_uppercase()) };
    let ends = r.token().is_none_or(|next| !next.glued || (next.kind == TokenKind::Sign && !goes_on(r)));
    (ends && Folio::parse(&folio.digits, "XX").is_ok()).then_some(folio)
}

/// "PC-", "pc" before digits; not "tel 4827…".
fn prefix(r: &mut Reader<'_>) -> Option<String> {
    let token = r.token().filter(|token| token.kind == TokenKind::Word)?;
    r.skip(1);
    r.take(&["-", "–", "‑"]);
    let next = r.token()?;
    let digits = next.kind == TokenKind::Digits || next.folded.starts_with(|c: char| c.is_ascii_digit());
    // "Pc 4827 1361", in its two groups.
    let grouped = next.folded.len() == 4 && r.token_at(1).is_some_and(|t| t.folded.len() == 4);
    let close = next.glued || token.capital || (grouped && !is_stop(&token.folded));
    let letters =
        (2..=4).contains(&token.folded.len()) && token.folded.bytes().all(|b| b.is_ascii_lowercase());
    let other = matches!(
        token.folded.as_str(),
        "tel" | "cel" | "num" | "no" | "col" | "calle" | "cp" | "el" | "mi" | "es" | "la"
    );
    (digits && close && letters && !other).then(|| token.folded.clone())
}

/// Digits in groups, with O for 0 and l, I for 1 among them, or dictated: eight in all.
fn eight_digits(r: &mut Reader<'_>) -> Option<String> {
    let mut code = String::new();
    while code.len() < 8 {
        code.push_str(&r.attempt(group)?);
        if code.len() < 8 {
            r.take(&["-", ".", ",", "–", "‑", "guion", "dash", "punto", "y"]);
        }
    }
    let over = r
        .token()
        .is_some_and(|next| next.kind == TokenKind::Digits || next.glued && next.kind == TokenKind::Word);
    (code.len() == 8 && !over).then_some(code)
}

fn group(r: &mut Reader<'_>) -> Option<String> {
    let first = r.token()?;
    let mut typed = String::new();
    let mut end = *r;
    while let Some(token) = end.token().filter(|t| t.kind != TokenKind::Sign && (typed.is_empty() || t.glued))
    {
        typed.push_str(&token.folded);
        end.skip(1);
        if typed.len() > 8 {
            break;
        }
    }
    let digits: Option<String> = typed.chars().map(digit).collect();
    if let Some(digits) = digits.filter(|_| typed.len() <= 8 && typed.contains(|c: char| c.is_ascii_digit()))
    {
        *r = end;
        return Some(digits);
    }
    dictated(first, r)
}

/// "Cuarenta y ocho".
fn dictated(first: &Token, r: &mut Reader<'_>) -> Option<String> {
    let row: Vec<Token> = (0..6).filter_map(|ahead| r.token_at(ahead).cloned()).collect();
    let (value, used) = number_at(&row).filter(|(value, _)| value.fract() == 0.0 && *value >= 0.0)?;
    (!matches!(first.folded.as_str(), "un" | "una")).then(|| r.skip(used))?;
    Some(value.to_string())
}

fn digit(c: char) -> Option<char> {
    match c {
        'o' => Some('0'),
        'l' | 'i' => Some('1'),
        _ => c.is_ascii_digit().then_some(c),
    }
}
