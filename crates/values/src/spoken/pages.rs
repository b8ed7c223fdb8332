//! Addresses of pages and of mail. Nobody can write down a path that is read aloud: the site is named, once.

use super::Heard;
use crate::Lang;

/// Sites beyond these are named every time.
const REMEMBERED: usize = 16;
/// In bytes; no address of ours is longer.
const LONGEST: usize = 500;
/// A word without `https://` is an address only where it ends like one.
const ENDINGS: [&str; 9] = ["mx", "com", "org", "net", "edu", "gob", "gov", "info", "us"];

/// The sites that were named already.
#[derive(Default)]
pub(super) struct Named(Vec<String>);

impl Named {
    pub(super) fn page(&mut self, text: &str, lang: Lang) -> Option<Heard> {
        let word = word(text);
        mail(word, lang).or_else(|| self.site(word, lang))
    }

    /// `https://www.pueblo.gob.mx/x?y` -> "la página pueblo punto gob punto mx", later "esa página".
    fn site(&mut self, word: &str, lang: Lang) -> Option<Heard> {
        let host = host(word)?.to_ascii_lowercase();
        let english = lang == Lang::EN;
        let words = match (self.0.contains(&host), english) {
            (true, true) => "that page".to_owned(),
            (true, false) => "esa página".to_owned(),
            (false, true) => format!("the page {}", spelled(&host, lang)),
            (false, false) => format!("la página {}", spelled(&host, lang)),
        };
        if self.0.len() < REMEMBERED {
            self.0.push(host);
        }
        Some(Heard { words, used: word.len() })
    }
}

/// Up to the next gap, without the punctuation of the sentence; nothing where the gap is far.
fn word(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || "<>()[]{}|\\^".contains(c);
    let end = text.char_indices().take(LONGEST + 1).find(|(_, c)| ends(*c)).map(|(at, _)| at);
    let word = match end {
        Some(end) => text.get(..end).unwrap_or_default(),
        None if text.len() <= LONGEST => text,
        None => "",
    };
    word.trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '/'])
}

fn host(word: &str) -> Option<&str> {
    let scheme = ["https://", "http://"].into_iter().find_map(|scheme| without(word, scheme));
    let bare = scheme.unwrap_or(word);
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let site = without(host, "www.").unwrap_or(host);
    let sure = scheme.is_some() || site.len() < host.len();
    let valid = site.contains('.') && site.split('.').all(is_label);
    let ending =
        site.rsplit('.').next().is_some_and(|end| ENDINGS.contains(&end.to_ascii_lowercase().as_str()));
    (valid && (sure || ending)).then_some(site)
}

fn without<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// `atencion@pueblo.gob.mx` -> "atencion arroba pueblo punto gob punto mx".
fn mail(word: &str, lang: Lang) -> Option<Heard> {
    let (name, site) = word.split_once('@')?;
    let named = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+".contains(&b)) && !name.is_empty();
    if !named || !site.contains('.') || !site.split('.').all(is_label) {
        return None;
    }
    let at = if lang == Lang::EN { "at" } else { "arroba" };
    Some(Heard { words: format!("{} {at} {}", spelled(name, lang), spelled(site, lang)), used: word.len() })
}

fn spelled(name: &str, lang: Lang) -> String {
    let english = lang == Lang::EN;
    let mut said = String::with_capacity(name.len() * 2);
    for c in name.chars() {
        match c {
            '.' => said.push_str(if english { " dot " } else { " punto " }),
            '-' => said.push_str(if english { " dash " } else { " guion " }),
            '_' => said.push_str(if english { " underscore " } else { " guion bajo " }),
            '+' => said.push_str(if english { " plus " } else { " más " }),
            _ => said.push(c),
        }
    }
    said.split_whitespace().collect::<Vec<&str>>().join(" ")
}
