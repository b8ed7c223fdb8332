//! A pattern: what words must follow each other. It is tried at every place of a text at once: a set of places is a
//! number of 128 bits, and reading a word moves the bits that may read it one to the left. So it takes the same few
//! steps for any text, without backtracking.

/// Places between words: bit `n` is the place before word `n`.
pub(super) type Places = u128;

/// A set of words, by its number in the [`Lexicon`](super::lexicon::Lexicon).
pub(super) type WordSet = u32;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    /// One word of a set.
    Word(WordSet),
    /// Here is no word of the set; reads nothing.
    Not(WordSet),
    /// Up to so many words of a sentence, whichever.
    Gap(u8),
    /// A sentence begins here.
    Start,
    /// A sentence ends here.
    End,
    Sequence(Vec<Pattern>),
    Either(Vec<Pattern>),
    Optional(Box<Pattern>),
}

/// Some words of a text, as many as a [`Places`] can tell apart.
pub(super) struct Window {
    /// The places before a word of each set, by the set's number.
    pub words: Vec<Places>,
    /// Where a sentence begins.
    pub starts: Places,
    /// Where a sentence, or the text, ends.
    pub ends: Places,
}

/// A pattern with the words without which it can read nothing: most patterns are done with after a look at one of them.
pub(super) struct Guarded {
    pub pattern: Pattern,
    /// Best the rarest first.
    pub needs: Vec<WordSet>,
}

impl Guarded {
    pub(super) fn new(pattern: Pattern) -> Self {
        let mut needs = Vec::new();
        pattern.needs(&mut needs);
        Self { pattern, needs }
    }

    /// The places that are reached from these.
    pub(super) fn read(&self, window: &Window, from: Places) -> Places {
        let may = self.needs.iter().all(|set| window.of(*set) != 0);
        if may { self.pattern.read(window, from) } else { 0 }
    }
}

impl Pattern {
    /// The sets of which a word must be there.
    fn needs(&self, sets: &mut Vec<WordSet>) {
        match self {
            Self::Word(set) => sets.push(*set),
            Self::Sequence(parts) => parts.iter().for_each(|part| part.needs(sets)),
            Self::Not(_) | Self::Gap(_) | Self::Start | Self::End | Self::Either(_) | Self::Optional(_) => {}
        }
    }

    /// The places that are reached from these.
    pub(super) fn read(&self, window: &Window, from: Places) -> Places {
        match self {
            Self::Word(set) => (from & window.of(*set)) << 1,
            Self::Not(set) => from & !window.of(*set),
            Self::Gap(most) => gap(*most, window, from),
            Self::Start => from & window.starts,
            Self::End => from & window.ends,
            Self::Sequence(parts) => sequence(parts, window, from),
            Self::Either(parts) => parts.iter().fold(0, |reached, part| reached | part.read(window, from)),
            Self::Optional(part) => from | part.read(window, from),
        }
    }

    /// How many words it can span.
    #[cfg(test)]
    pub(super) fn longest(&self) -> usize {
        match self {
            Self::Word(_) => 1,
            Self::Not(_) | Self::Start | Self::End => 0,
            Self::Gap(most) => usize::from(*most),
            Self::Sequence(parts) => parts.iter().map(Self::longest).sum(),
            Self::Either(parts) => parts.iter().map(Self::longest).max().unwrap_or(0),
            Self::Optional(part) => part.longest(),
        }
    }
}

impl Window {
    fn of(&self, set: WordSet) -> Places {
        self.words.get(set as usize).copied().unwrap_or(0)
    }
}

fn sequence(parts: &[Pattern], window: &Window, from: Places) -> Places {
    let mut reached = from;
    for part in parts {
        if reached == 0 {
            break;
        }
        reached = part.read(window, reached);
    }
    reached
}

/// Words may be left out up to the end of a sentence, not beyond it.
fn gap(most: u8, window: &Window, from: Places) -> Places {
    let mut reached = from;
    let mut here = from;
    for _ in 0..most {
        here = (here & !window.ends) << 1;
        reached |= here;
    }
    reached
}
