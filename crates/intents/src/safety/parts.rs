//! A cry in a long message. Whoever tells of the rubbish and ends with "ya no quiero vivir" says so in five words of thirty,
//! and all numbers about the whole say rubbish: so the parts of a long message are weighed as well, each by itself.

use std::ops::Range;

/// Words of a window, and from one to the next: people who dictate end no sentence.
const WINDOW: usize = 14;
const STEP: usize = 7;
/// A sentence of so many words more is not cut.
const SLACK: usize = 4;
/// Of an endless message so many parts are weighed, half of them from its end.
const MOST: usize = 120;

/// A piece of a text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub at: Range<usize>,
    /// Between two ends of sentences; else a window within a long one.
    pub sentence: bool,
}

/// The parts of a text that are not all of it.
pub(crate) fn parts(text: &str) -> Vec<Part> {
    let sentences = sentences(text);
    let several = sentences.len() > 1;
    let mut all: Vec<Part> = sentences.iter().flat_map(|words| within(words, several)).collect();
    if all.len() > MOST {
        all.drain(MOST / 2..all.len() - MOST / 2);
    }
    all
}

/// The words of each sentence. A message that was sent in several has its ends of lines.
fn sentences(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut all = vec![Vec::new()];
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let ends = word.ends_with(['.', '!', '?', ';', '…']) || piece.ends_with('\n');
        if !word.is_empty()
            && let Some(last) = all.last_mut()
        {
            last.push(at..at + word.len());
        }
        if ends {
            all.push(Vec::new());
        }
        at += piece.len();
    }
    all.retain(|words| !words.is_empty());
    all
}

fn within(words: &[Range<usize>], several: bool) -> Vec<Part> {
    let part = |words: &[Range<usize>], sentence| {
        Some(Part { at: words.first()?.start..words.last()?.end, sentence })
    };
    if words.len() <= WINDOW + SLACK {
        return part(words, true).filter(|_| several).into_iter().collect();
    }
    let last = words.len() - WINDOW;
    let starts = (0..last).step_by(STEP).chain([last]);
    starts.filter_map(|start| part(words.get(start..start + WINDOW)?, false)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(&str, bool)> {
        parts(text).into_iter().map(|part| (text.get(part.at).unwrap(), part.sentence)).collect()
    }

    #[test]
    fn sentences_and_lines_are_parts_and_a_single_one_is_none() {
        assert_eq!(texts("no pasó la basura otra vez"), []);
        assert_eq!(
            texts("no pasó la basura. ¡Ya no quiero vivir!\nhoy me cuelgo\nadiós"),
            [
                ("no pasó la basura.", true),
                ("¡Ya no quiero vivir!", true),
                ("hoy me cuelgo", true),
                ("adiós", true)
            ]
        );
    }

    #[test]
    fn who_ends_no_sentence_is_heard_in_windows_to_the_last_word() {
        let text = (0..30).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        let found = texts(&text);
        assert!(found.iter().all(|(part, sentence)| part.split(' ').count() == WINDOW && !sentence));
        assert_eq!(found.len(), 4);
        assert!(found[0].0.starts_with("0 ") && found[3].0.ends_with(" 29"));
    }

    #[test]
    fn an_endless_text_has_parts_of_its_beginning_and_its_end() {
        let text = "ya no puedo más. ".repeat(5_000) + "adiós para siempre";
        let found = parts(&text);
        assert_eq!(found.len(), MOST);
        assert_eq!(text.get(found[MOST - 1].at.clone()).unwrap(), "adiós para siempre");
    }
}
