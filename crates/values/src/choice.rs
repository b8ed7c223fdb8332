//! Which of the shown options an answer means. Flows ask it for slots of type `choice` and for clarifications. Button
//! payloads never come here: they carry the option's id.

use std::{cell::OnceCell, collections::BTreeSet, fmt};

use crate::{
    choice_since::SinceOptions,
    choice_words::{is_common, is_filler, position},
    text,
    yes_no::yes_no,
};

/// One of the options a person was shown.
#[derive(Clone, Copy)]
pub struct ChoiceOption<'a> {
    pub id: &'a str,
    pub label: &'a str,
    /// Other words people use for it.
    pub also: &'a [String],
}

impl<'a> ChoiceOption<'a> {
    fn spellings(&self) -> impl Iterator<Item = &'a str> {
        [self.label].into_iter().chain(self.also.iter().map(String::as_str))
    }
}

impl fmt::Debug for ChoiceOption<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChoiceOption").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Indexes into the options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    One(usize),
    /// Equally good, in the order of the options: ask which.
    Several(Vec<usize>),
    None,
}

/// Which option a message means. In this order: its whole label or a synonym; its number; yes or no, for options that say so;
/// the days it stands for, where the options say since when; its label inside the message; the words that only it has,
/// typos forgiven.
///
/// ```
/// use ventanilla_values::{ChoiceOption, Chosen, choose};
/// let also = ["coladera".to_owned()];
/// let options = [
///     ChoiceOption { id: "leak", label: "Fuga de agua", also: &[] },
///     ChoiceOption { id: "sewer", label: "Fuga de drenaje", also: &also },
/// ];
/// assert_eq!(choose("la 2", &options), Chosen::One(1));
/// assert_eq!(choose("es una coladera tapada", &options), Chosen::One(1));
/// assert_eq!(choose("drenage", &options), Chosen::One(1));
/// assert_eq!(choose("una fuga", &options), Chosen::Several(vec![0, 1]));
/// assert_eq!(choose("la 3", &options), Chosen::None);
/// ```
pub fn choose(text: &str, options: &[ChoiceOption<'_>]) -> Chosen {
    let message = Message::new(text);
    let known: Vec<Known> = options.iter().map(Known::new).collect();
    let readings: [Reading; 6] = [by_whole_label, by_number, by_answer, by_days, by_phrase, by_words];
    let found = readings.iter().map(|reading| reading(&message, &known)).find(|found| !found.is_empty());
    let found: Vec<usize> = found.unwrap_or_default().into_iter().collect();
    match found.as_slice() {
        [] => Chosen::None,
        [one] => Chosen::One(*one),
        _ => Chosen::Several(found),
    }
}

/// The one option that a longer text names: its label or a synonym stands in it, word for word, and is not denied. `None`
/// where it names none or several.
///
/// ```
/// use ventanilla_values::{ChoiceOption, named};
/// let (dead, stray) = (["muerto".to_owned()], ["suelto".to_owned()]);
/// let options = [
///     ChoiceOption { id: "dead", label: "Animal muerto", also: &dead },
///     ChoiceOption { id: "stray", label: "Animal suelto", also: &stray },
/// ];
/// assert_eq!(named("hay un perro muerto frente al mercado", &options), Some(0));
/// assert_eq!(named("hay un animal", &options), None);
/// assert_eq!(named("uno suelto y uno muerto", &options), None);
/// ```
pub fn named(text: &str, options: &[ChoiceOption<'_>]) -> Option<usize> {
    let known: Vec<Known> = options.iter().map(Known::new).collect();
    let found = by_phrase(&Message::new(text), &known);
    found.first().copied().filter(|_| found.len() == 1)
}

/// One way to understand a message: the indexes of the options that it finds.
type Reading = fn(&Message, &[Known<'_>]) -> BTreeSet<usize>;

/// What was said, made ready to compare.
struct Message {
    folded: String,
    words: Vec<String>,
    /// For each word: whether a comma, point or another break stands before it.
    begins: Vec<bool>,
}

impl Message {
    fn new(text: &str) -> Self {
        let folded = text::head(text);
        let (mut words, mut begins) = (Vec::new(), Vec::new());
        for clause in folded.split([',', '.', ';', ':', '!', '?', '(', ')']) {
            let clause = text::split(clause);
            begins.extend((0..clause.len()).map(|i| i == 0));
            words.extend(clause);
        }
        Self { folded, words, begins }
    }

    /// "No es un bache" is no pothole, "no, es un bache" is one, and "no hay agua" is about water.
    fn denies(&self, at: usize) -> bool {
        for before in (0..at).rev() {
            if self.begins.get(before + 1).copied().unwrap_or(true) {
                return false;
            }
            match self.words.get(before).map(String::as_str) {
                Some("no" | "ni" | "not") => return true,
                Some(
                    "es" | "son" | "fue" | "era" | "un" | "una" | "el" | "la" | "quiero" | "is" | "a" | "the",
                ) => {}
                _ => return false,
            }
        }
        false
    }
}

/// An option, made ready to compare.
struct Known<'a> {
    option: &'a ChoiceOption<'a>,
    /// Folded: the label, and the id unless it is a number, which would be taken for a position.
    names: Vec<String>,
    /// The words of the label and of each synonym.
    phrases: Vec<Vec<String>>,
    /// Asked for only by answers that are neither label nor number.
    inside: OnceCell<Vec<Vec<String>>>,
}

impl<'a> Known<'a> {
    fn new(option: &'a ChoiceOption<'a>) -> Self {
        let id = Some(option.id).filter(|id| id.contains(char::is_alphabetic));
        Self {
            option,
            names: [option.label].into_iter().chain(id).map(text::matching).collect(),
            phrases: option.spellings().map(text::words).filter(|p| !p.is_empty()).collect(),
            inside: OnceCell::new(),
        }
    }

    /// The phrases that mean something inside a longer message: not "sí", not "otro".
    fn inside(&self) -> &[Vec<String>] {
        let telling = |phrase: &Vec<String>| phrase.iter().any(|w| !is_common(w));
        self.inside.get_or_init(|| {
            let spellings = self.option.spellings().filter(|p| yes_no(p).is_none());
            spellings.map(text::words).filter(telling).collect()
        })
    }

    /// What it says, where it says yes or no: "Sí, mándalo".
    fn answer(&self) -> Option<bool> {
        let label = self.option.label;
        yes_no(label).or_else(|| yes_no(label.split([',', '.', ':']).next()?))
    }

    /// How well a word of the message fits: 10 exactly, 8 with a typo, 0 not.
    fn fit(&self, word: &str) -> u32 {
        let own = || self.inside().iter().flatten().filter(|own| !is_common(own));
        if own().any(|own| own == word) {
            10
        } else if own().any(|own| text::close(own, word)) {
            8
        } else {
            0
        }
    }
}

fn indexes(known: &[Known<'_>], right: impl Fn(&Known<'_>) -> bool) -> BTreeSet<usize> {
    known.iter().enumerate().filter(|(_, option)| right(option)).map(|(i, _)| i).collect()
}

fn by_whole_label(message: &Message, known: &[Known<'_>]) -> BTreeSet<usize> {
    let core = without_fillers(&message.words);
    let same = |phrase: &Vec<String>| *phrase == message.words || without_fillers(phrase) == core;
    let named = |option: &Known<'_>| !message.folded.is_empty() && option.names.contains(&message.folded);
    indexes(known, |option| named(option) || (!core.is_empty() && option.phrases.iter().any(same)))
}

/// Without "quiero la … por favor" around it; all of it where nothing else is left.
fn without_fillers(words: &[String]) -> &[String] {
    let first = words.iter().position(|w| !is_filler(w)).unwrap_or(0);
    let last = words.iter().rposition(|w| !is_filler(w)).map_or(words.len(), |i| i + 1);
    words.get(first..last).unwrap_or(words)
}

/// "2", "la 2", "opción dos", "la segunda", "1 y 3": numbers and nothing else. All must be among the options.
fn by_number(message: &Message, known: &[Known<'_>]) -> BTreeSet<usize> {
    let of_number = |w: &&String| !is_filler(w) && !matches!(w.as_str(), "y" | "o" | "and" | "or");
    let words: Vec<&String> = message.words.iter().filter(of_number).collect();
    if has_decimal(&message.folded) {
        return BTreeSet::new();
    }
    let positions: Option<BTreeSet<usize>> = words.iter().map(|w| position(w, known.len())).collect();
    positions.unwrap_or_default()
}

/// "1.5" is neither 1 nor 5.
fn has_decimal(folded: &str) -> bool {
    let chars: Vec<char> = folded.chars().collect();
    chars.windows(3).any(|w| matches!(w, [a, '.', b] if a.is_ascii_digit() && b.is_ascii_digit()))
}

fn by_answer(message: &Message, known: &[Known<'_>]) -> BTreeSet<usize> {
    let Some(answer) = yes_no(&message.folded) else {
        return BTreeSet::new();
    };
    indexes(known, |option| option.answer() == Some(answer))
}

/// "Desde ayer", "lleva un mes", where the options say since when.
fn by_days(message: &Message, known: &[Known<'_>]) -> BTreeSet<usize> {
    since_options(known).map(|options| options.fitting(&message.folded)).unwrap_or_default()
}

fn since_options(known: &[Known<'_>]) -> Option<SinceOptions> {
    SinceOptions::of(known.iter().map(|known| known.option.label))
}

/// Labels and synonyms that stand in the message; "fuga de agua" is not "agua" as well.
fn by_phrase(message: &Message, known: &[Known<'_>]) -> BTreeSet<usize> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (index, option) in known.iter().enumerate() {
        for phrase in option.inside() {
            let starts = message.words.windows(phrase.len()).enumerate().filter(|(_, w)| w == phrase);
            let meant = starts.map(|(at, _)| at).filter(|at| !message.denies(*at));
            // The first place is enough: an answer that repeats itself says nothing more.
            found.extend(meant.take(1).map(|at| (index, at, at + phrase.len())));
        }
    }
    let part_of_another = |(_, from, to): &(usize, usize, usize)| {
        found.iter().any(|(_, f, t)| f <= from && to <= t && t - f > to - from)
    };
    found.iter().filter(|it| !part_of_another(it)).map(|(index, _, _)| *index).collect()
}

/// The options with most of the words that few others have. "2 semanas" shares a word with "2 o 3 días" and is not it.
fn by_words(message: &Message, known: &[Known<'_>]) -> BTreeSet<usize> {
    if since_options(known).is_some() {
        return BTreeSet::new();
    }
    let mut scores = vec![0_u32; known.len()];
    let telling = message.words.iter().enumerate().filter(|(at, w)| !is_common(w) && !message.denies(*at));
    for (_, word) in telling {
        let fits: Vec<u32> = known.iter().map(|option| option.fit(word)).collect();
        let best = fits.iter().copied().max().unwrap_or(0);
        let sharers = u32::try_from(fits.iter().filter(|fit| **fit == best).count()).unwrap_or(u32::MAX);
        for (score, fit) in scores.iter_mut().zip(fits) {
            // 60 can be shared evenly by up to six.
            *score += if fit == best { fit * 60 / sharers } else { 0 };
        }
    }
    let best = scores.iter().copied().max().unwrap_or(0);
    scores.iter().enumerate().filter(|(_, score)| best > 0 && **score == best).map(|(i, _)| i).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn choose_among(labels: &[&str], text: &str) -> Chosen {
        let options: Vec<ChoiceOption> =
            labels.iter().map(|label| ChoiceOption { id: "id", label, also: &[] }).collect();
        choose(text, &options)
    }

    const TROUBLES: [&str; 4] = ["Bache", "Luminaria apagada", "Fuga de agua", "Fuga de drenaje"];

    #[track_caller]
    fn means(text: &str, expected: Chosen) {
        assert_eq!(choose_among(&TROUBLES, text), expected, "{text}");
    }

    #[test]
    fn an_option_is_chosen_by_its_number() {
        for text in [
            "2",
            "la 2",
            "2)",
            "2.",
            "opción 2",
            "Opcion numero 2 por favor",
            "dos",
            "la dos",
            "la segunda",
            "la 2da",
            "2ª",
            "2️⃣",
            "２",
            "second",
            "the 2nd",
            "quiero la 2",
        ] {
            means(text, Chosen::One(1));
        }
        means("la última", Chosen::One(3));
        means("1 y 3", Chosen::Several(vec![0, 2]));
    }

    #[test]
    fn a_number_that_is_no_option_or_counts_something_chooses_nothing() {
        for text in
            ["0", "5", "la 7", "1 o 9", "998 555 0142", "hay 2 carros", "1.5", "99999999999999999999999"]
        {
            means(text, Chosen::None);
        }
    }

    #[test]
    fn an_option_is_chosen_by_its_label() {
        means("bache", Chosen::One(0));
        means("BACHE!!", Chosen::One(0));
        means("es un bache enorme en mi calle", Chosen::One(0));
        means("hay una fuga de agua potable", Chosen::One(2));
        means("fuga de agua y un bache", Chosen::Several(vec![0, 2]));
    }

    #[test]
    fn an_option_is_chosen_by_the_words_only_it_has_typos_included() {
        means("vache", Chosen::One(0));
        means("la luminaria", Chosen::One(1));
        means("luminarai apagda", Chosen::One(1));
        means("huele a drenaje", Chosen::One(3));
        means("no hay agua", Chosen::One(2));
        means("una fuga", Chosen::Several(vec![2, 3]));
    }

    #[test]
    fn what_is_denied_is_not_chosen() {
        means("no es un bache", Chosen::None);
        means("no, es un bache", Chosen::One(0));
        means("no es bache, es fuga de agua", Chosen::One(2));
    }

    #[test]
    fn anything_else_is_none() {
        for text in ["", "👍", "hola", "no sé", "¿cuáles hay?", "de"] {
            means(text, Chosen::None);
        }
        assert_eq!(choose("1", &[]), Chosen::None);
    }

    #[test]
    fn options_that_say_yes_or_no_are_answered_so() {
        let labels = ["Sí, mándalo", "No, cámbialo", "No sé"];
        assert_eq!(choose_among(&labels, "simón"), Chosen::One(0));
        assert_eq!(choose_among(&labels, "👎"), Chosen::One(1));
        assert_eq!(choose_among(&labels, "no sé"), Chosen::One(2));
        assert_eq!(choose_among(&["Sí", "No"], "no hay luz"), Chosen::None);
    }

    #[test]
    fn other_is_chosen_alone_and_not_inside_a_story() {
        let labels = ["Bache", "Otro"];
        assert_eq!(choose_among(&labels, "es otro"), Chosen::One(1));
        assert_eq!(choose_among(&labels, "hay otro bache"), Chosen::One(0));
    }

    #[test]
    fn synonyms_and_ids_count() {
        let also = ["Lámpara".to_owned(), "foco fundido".to_owned()];
        let options = [
            ChoiceOption { id: "streetlight", label: "Alumbrado público", also: &also },
            ChoiceOption { id: "trash", label: "Basura", also: &[] },
        ];
        for text in ["lampara", "se fundió la lámpara", "foco fundido", "streetlight", "alumbardo"] {
            assert_eq!(choose(text, &options), Chosen::One(0), "{text}");
        }
        let numbered = ["2", "1"].map(|id| ChoiceOption { id, label: "Turno", also: &[] });
        assert_eq!(choose("2", &numbered), Chosen::One(1), "the position, not the id");
    }

    #[test]
    fn a_number_in_a_label_gives_way_to_the_position() {
        let labels = ["Menos de 3 días", "De 3 a 7 días", "Más de 7 días"];
        assert_eq!(choose_among(&labels, "3"), Chosen::One(2));
        assert_eq!(choose_among(&["2", "3", "4 o más"], "3"), Chosen::One(1), "a whole label does not");
    }

    #[test]
    fn since_when_is_told_by_its_days_and_not_by_its_words() {
        let labels = ["Desde hoy", "2 o 3 días", "Más de 3 días"];
        assert_eq!(choose_among(&labels, "desde hoy"), Chosen::One(0));
        assert_eq!(choose_among(&labels, "desde hace 2 semanas"), Chosen::One(2));
        assert_eq!(choose_among(&labels, "desde el martes"), Chosen::Several(vec![1, 2]));
        assert_eq!(choose_among(&labels, "desde hace rato"), Chosen::None);
        assert_eq!(choose_among(&labels, "2"), Chosen::One(1), "the second");
        assert_eq!(choose_among(&["Desde la calle", "Adentro"], "desde ayer"), Chosen::None);
    }

    #[test]
    fn a_position_and_a_whole_label_always_choose() {
        for (index, label) in TROUBLES.into_iter().enumerate() {
            means(&(index + 1).to_string(), Chosen::One(index));
            means(label, Chosen::One(index));
        }
    }

    #[test]
    fn four_megabytes_choose_nothing() {
        assert_eq!(choose_among(&TROUBLES, &"luz ".repeat(1_000_000)), Chosen::None);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>(), labels in prop::collection::vec(any::<String>(), 0..6)) {
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            let in_range = match choose_among(&labels, &text) {
                Chosen::One(index) => index < labels.len(),
                Chosen::Several(all) => all.len() > 1 && all.iter().all(|index| *index < labels.len()),
                Chosen::None => true,
            };
            prop_assert!(in_range);
        }
    }
}
