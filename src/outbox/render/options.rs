//! Questions with options: buttons, else a list, else numbered text.

use ventanilla_adapters::{
    Capabilities, Choice, Message, Outbound,
    text::{cut, utf16_len},
};
use ventanilla_values::Lang;

/// What the payload of "more options" begins with; the number of the first option of the next page follows.
pub const MORE: &str = "more:";

/// Labels up to this length (UTF-16 units) stand in one line: "1 Sí  2 No".
const SHORT: usize = 12;
const IN_A_LINE: usize = 3;

/// A question with its options.
pub(super) fn offer(outbound: &Outbound, abilities: &Capabilities, lang: Lang) -> Message {
    let text = outbound.text.clone();
    let choices = &outbound.choices;
    if fits_buttons(choices, abilities) {
        let buttons = choices.iter().map(|choice| Choice { description: None, ..choice.clone() }).collect();
        return Message::Buttons { text, buttons };
    }
    let shown = page(outbound, abilities);
    if let Some(rows) = rows(&shown, abilities, lang) {
        return Message::List { text, open: open_label(lang).to_owned(), rows, from: shown.from };
    }
    Message::Text { text: numbered(&text, &shown, abilities, lang) }
}

/// A list that was rendered for another channel, as numbered text: with the numbers that its options have there, and
/// without the row that leads to the next page.
pub(super) fn retold(
    text: &str,
    rows: &[Choice],
    from: usize,
    abilities: &Capabilities,
    lang: Lang,
) -> Message {
    let (more, own): (Vec<&Choice>, Vec<&Choice>) =
        rows.iter().partition(|row| row.payload.starts_with(MORE));
    let choices: Vec<Choice> = own.into_iter().map(whole).collect();
    let next = more.first().map(|_| from + choices.len());
    Message::Text { text: numbered(text, &Shown { choices: &choices, from, next }, abilities, lang) }
}

/// A row with its label as it was before it was cut, see [`row`].
fn whole(row: &Choice) -> Choice {
    let cut = row.label.ends_with('…');
    let label = row.description.as_ref().filter(|_| cut).unwrap_or(&row.label).clone();
    Choice { label, ..row.clone() }
}

/// The options of one page.
pub(super) struct Shown<'a> {
    pub choices: &'a [Choice],
    /// Options before them.
    pub from: usize,
    /// First option of the next page, where there is one; the first page again behind the last.
    pub next: Option<usize>,
}

pub(super) fn page<'a>(outbound: &'a Outbound, abilities: &Capabilities) -> Shown<'a> {
    let choices = outbound.choices.as_slice();
    if choices.len() <= abilities.most_options() {
        return Shown { choices, from: 0, next: None };
    }
    let wanted = outbound.question.as_ref().map_or(0, |question| question.from);
    let from = if wanted < choices.len() { wanted } else { 0 };
    let end = choices.len().min(from + abilities.page());
    let next = if end < choices.len() { end } else { 0 };
    Shown { choices: choices.get(from..end).unwrap_or_default(), from, next: Some(next) }
}

fn fits_buttons(choices: &[Choice], can: &Capabilities) -> bool {
    let fits = choices.len() <= can.buttons
        && choices.iter().all(|choice| utf16_len(&choice.label) <= can.button_title);
    // Where there are lists, what is said about an option is shown with it.
    let described = can.list_rows > 0 && choices.iter().any(|choice| choice.description.is_some());
    // Meta refuses two buttons with one title.
    fits && !described && !alike(choices, |choice| choice.label.clone())
}

/// List rows. A label that is too long is cut and stands whole in the description; `None` when the channel has no
/// lists, when one would not be whole even so, or when two would look the same.
fn rows(shown: &Shown<'_>, abilities: &Capabilities, lang: Lang) -> Option<Vec<Choice>> {
    let whole = |choice: &Choice| {
        let length = utf16_len(&choice.label);
        length <= abilities.row_title || length <= abilities.row_description
    };
    if abilities.list_rows == 0 || !shown.choices.iter().all(whole) {
        return None;
    }
    let mut rows: Vec<Choice> = shown.choices.iter().map(|choice| row(choice, abilities)).collect();
    rows.extend(shown.next.map(|next| Choice {
        payload: format!("{MORE}{next}"),
        label: more_label(lang).to_owned(),
        description: None,
    }));
    (!alike(&rows, |row| (row.label.clone(), row.description.clone()))).then_some(rows)
}

fn alike<T: PartialEq>(choices: &[Choice], looks: impl Fn(&Choice) -> T) -> bool {
    let same =
        |n: usize, choice: &Choice| choices.iter().skip(n + 1).any(|other| looks(other) == looks(choice));
    choices.iter().enumerate().any(|(n, choice)| same(n, choice))
}

fn row(choice: &Choice, abilities: &Capabilities) -> Choice {
    let whole = utf16_len(&choice.label) <= abilities.row_title;
    let description = if whole { choice.description.as_deref() } else { Some(choice.label.as_str()) };
    Choice {
        payload: choice.payload.clone(),
        label: cut(&choice.label, abilities.row_title),
        description: description.map(|text| cut(text, abilities.row_description)),
    }
}

fn numbered(text: &str, shown: &Shown<'_>, abilities: &Capabilities, lang: Lang) -> String {
    let dot = if abilities.segments.is_some() { " " } else { ". " };
    let lines = shown.choices.iter().zip(shown.from + 1..);
    let lines: Vec<String> = lines.map(|(choice, n)| format!("{n}{dot}{}", choice.label)).collect();
    let short = lines.len() <= IN_A_LINE && shown.choices.iter().all(|one| utf16_len(&one.label) <= SHORT);
    let between = if abilities.segments.is_some() && short { "  " } else { "\n" };
    let more = shown.next.map(|_| more_word(lang).to_owned());
    let options = lines.join(between);
    [Some(text.to_owned()), Some(options), more].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn open_label(lang: Lang) -> &'static str {
    if lang == Lang::EN { "See options" } else { "Ver opciones" }
}

fn more_label(lang: Lang) -> &'static str {
    if lang == Lang::EN { "More options" } else { "Más opciones" }
}

fn more_word(lang: Lang) -> &'static str {
    if lang == Lang::EN { "Write MORE to see more." } else { "Escribe MAS para ver otras." }
}
