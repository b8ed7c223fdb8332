//! What was spoken lately, so that a fixed sentence is spoken once. Bounded by the length of the sound.

use std::{collections::VecDeque, fmt, sync::Arc};

use ventanilla_values::Lang;

/// Samples that are kept: sixteen minutes, 16 MB.
const MOST: usize = 8_000_000;
/// A longer sentence is said to one person only.
const LONGEST_TEXT: usize = 200;

/// The least recently used goes first.
#[derive(Default)]
pub(super) struct Lately {
    /// The most recent first.
    sounds: VecDeque<(Lang, String, Arc<[i16]>)>,
    samples: usize,
}

/// What was said is somebody's: only the measure of it is shown.
impl fmt::Debug for Lately {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lately({} sounds)", self.sounds.len())
    }
}

impl Lately {
    pub(super) fn find(&mut self, lang: Lang, text: &str) -> Option<Arc<[i16]>> {
        let at = self.sounds.iter().position(|(one, words, _)| *one == lang && words == text)?;
        let found = self.sounds.remove(at)?;
        let sound = Arc::clone(&found.2);
        self.sounds.push_front(found);
        Some(sound)
    }

    pub(super) fn keep(&mut self, lang: Lang, text: &str, sound: &Arc<[i16]>) {
        if text.chars().count() > LONGEST_TEXT || sound.len() > MOST || self.find(lang, text).is_some() {
            return;
        }
        self.samples += sound.len();
        self.sounds.push_front((lang, text.to_owned(), Arc::clone(sound)));
        while self.samples > MOST {
            let Some((_, _, oldest)) = self.sounds.pop_back() else { return };
            self.samples -= oldest.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_again_in_its_language_only() {
        let mut lately = Lately::default();
        lately.keep(Lang::ES, "Sí.", &Arc::from([1, 2]));
        assert_eq!(lately.find(Lang::ES, "Sí.").as_deref(), Some(&[1, 2][..]));
        assert!(lately.find(Lang::EN, "Sí.").is_none() && lately.find(Lang::ES, "No.").is_none());
    }

    #[test]
    fn what_was_not_said_for_longest_makes_room() {
        let mut lately = Lately::default();
        let long: Arc<[i16]> = vec![0; MOST / 2].into();
        lately.keep(Lang::ES, "uno", &long);
        lately.keep(Lang::ES, "dos", &long);
        lately.find(Lang::ES, "uno");
        lately.keep(Lang::ES, "tres", &long);
        assert!(lately.find(Lang::ES, "dos").is_none());
        assert!(lately.find(Lang::ES, "uno").is_some() && lately.find(Lang::ES, "tres").is_some());
        assert_eq!(lately.samples, MOST / 2 * 2);
    }

    #[test]
    fn what_is_said_to_one_person_is_not_kept() {
        let mut lately = Lately::default();
        lately.keep(Lang::ES, &"a".repeat(LONGEST_TEXT + 1), &Arc::from([1]));
        assert!(lately.sounds.is_empty());
    }
}
