//! What the rest of a message says about a word: its language, whether a name is to be expected, which of two words
//! that sound alike was meant.

use super::Speller;
use super::lexicon::{Entry, Id};
use super::repair::{Candidate, Neighbours};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    Spanish,
    English,
    /// One that is not mended.
    Foreign,
}

/// The language of a message, by the words that only one language has. Spanish when there is nothing to tell.
pub(super) fn tongue(words: impl Iterator<Item = Entry>) -> Tongue {
    let (mut spanish, mut english, mut portuguese) = (0, 0, 0);
    for entry in words {
        match (entry.spanish, entry.english, entry.portuguese) {
            (true, false, _) => spanish += 1,
            (false, true, false) => english += 1,
            (false, _, true) => portuguese += 1,
            _ => {}
        }
    }
    if portuguese >= 2 && portuguese > english && portuguese * 2 > spanish {
        Tongue::Foreign
    } else if english > spanish {
        Tongue::English
    } else {
        Tongue::Spanish
    }
}

/// After these a name comes: of a street, a place, a person.
pub(super) fn leads_to_a_name(word: &str) -> bool {
    const LEADS: &[&str] = &[
        "av",
        "avenida",
        "barrio",
        "boulevard",
        "blvd",
        "calle",
        "calz",
        "calzada",
        "cerrada",
        "colonia",
        "comisaria",
        "don",
        "dona",
        "dr",
        "dra",
        "ejido",
        "fracc",
        "fraccionamiento",
        "ing",
        "lic",
        "licenciado",
        "llamo",
        "mr",
        "mrs",
        "privada",
        "profe",
        "profesor",
        "profesora",
        "rancheria",
        "soy",
        "sr",
        "sra",
        "street",
        "residencial",
        "unidad",
    ];
    LEADS.contains(&word)
}

/// Words between "calle" and its name.
pub(super) fn stands_in_names(word: &str) -> bool {
    matches!(word, "de" | "del" | "la" | "las" | "el" | "los" | "san" | "santa")
}

/// Words that exist and are often written for another one.
const ALIKE: &[(&str, &str)] = &[
    ("ay", "hay"),
    ("ai", "hay"),
    ("ahi", "hay"),
    ("ola", "hola"),
    ("asta", "hasta"),
    ("valla", "vaya"),
    ("aya", "haya"),
    ("echo", "hecho"),
    ("ora", "hora"),
    ("oras", "horas"),
    ("iva", "iba"),
    ("tubo", "tuvo"),
    ("caza", "casa"),
    ("baca", "vaca"),
    ("sita", "cita"),
    ("as", "has"),
    ("ase", "hace"),
    ("ago", "hago"),
    ("ahs", "has"),
    ("ke", "que"),
    ("pro", "pero"),
    ("lus", "luz"),
    ("vien", "bien"),
    ("sta", "esta"),
];

/// The word that was meant instead of a real one: the neighbours know it, and hardly know what was typed. (The
/// phrases are written as people write: "ay un" is half as frequent there as "hay un".)
pub(super) fn expected_instead(
    speller: &Speller,
    typed: &str,
    id: Id,
    around: Neighbours,
    begins: bool,
) -> Option<Id> {
    let mut others = ALIKE.iter().filter(|(word, _)| *word == typed).peekable();
    others.peek()?;
    let seen = |id: Id| {
        let count = |a, b| u32::from(speller.pairs.count(a, b));
        count(around.before, Some(id)) + count(Some(id), around.after)
    };
    let own = seen(id);
    let entry = speller.lexicon.entry(id);
    let strange = own == 0 && !entry.spanish;
    // "Ola, buenas tardes", but "ola de calor".
    let greets =
        begins && typed == "ola" && around.after.is_none_or(|after| speller.lexicon.word(after) != "de");
    others.filter_map(|(_, meant)| speller.lexicon.known(meant)).find(|other| {
        greets || (seen(*other) >= 2 && 2 * seen(*other) > own) || (strange && seen(*other) >= 1)
    })
}

/// "infor" is "información": the likeliest word of the phrases that begins so.
pub(super) fn begun(speller: &Speller, word: &str, around: Neighbours) -> Option<Candidate> {
    const ABBREVIATED: f32 = 5.0;
    const LETTER: f32 = 0.35;
    if word.len() < 4 {
        return None;
    }
    let lexicon = &speller.lexicon;
    let from = speller.by_name.partition_point(|id| lexicon.word(*id) < word);
    let starts = speller.by_name.iter().skip(from).take_while(|id| lexicon.word(**id).starts_with(word));
    let scored = starts.take(64).filter(|id| lexicon.entry(**id).count >= 4).map(|id| {
        let missing = lexicon.word(*id).len() - word.len();
        let fits =
            speller.pairs.bonus(around.before, Some(*id)) + speller.pairs.bonus(Some(*id), around.after);
        let score = lexicon.entry(*id).likely - ABBREVIATED - LETTER * missing as f32 + fits;
        Candidate { id: *id, distance: 1.0, score }
    });
    scored.max_by(|a, b| a.score.total_cmp(&b.score))
}
