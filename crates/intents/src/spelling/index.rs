//! From a misspelt word to the real ones it may be: words that are the same after one letter (or sound) is taken out of
//! each, and words with the same consonants. Built once; asked with a few hashes.

use super::lexicon::{Id, Lexicon, hash};
use super::sounds::{is_vowel, sounds};

/// log2 of the buckets.
const BITS: u32 = 17;

/// Words by the hashes they are found under. Words of another hash share the bucket; the distance tells them apart.
pub(super) struct Index {
    starts: Vec<u32>,
    ids: Vec<Id>,
    /// The sounds of every word that can be found, and where they begin; by id.
    heard: Vec<u8>,
    heard_from: Vec<u32>,
    /// One bit a sound of the word: words with few sounds in common need no closer look.
    masks: Vec<u32>,
}

impl Index {
    pub(super) fn of(lexicon: &Lexicon, targets: impl Iterator<Item = Id>) -> Self {
        let (mut pairs, mut sound) = (Vec::with_capacity(600_000), Vec::new());
        let (mut heard, mut heard_from) = (Vec::new(), vec![0; lexicon.len() + 1]);
        let mut masks = vec![0; lexicon.len()];
        let mut next = 0;
        for id in targets {
            let word = lexicon.word(id);
            sounds(word, &mut sound);
            keys(word.as_bytes(), &sound, |key| pairs.push((key, id)));
            heard_from[next..=id as usize].fill(heard.len() as u32);
            next = id as usize + 1;
            heard.extend_from_slice(&sound);
            masks[id as usize] = mask(&sound);
        }
        heard_from[next..].fill(heard.len() as u32);
        let mut starts = vec![0u32; (1 << BITS) + 1];
        for (key, _) in &pairs {
            starts[*key as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let (mut next, mut ids) = (starts.clone(), vec![0; pairs.len()]);
        for (key, id) in pairs {
            let at = &mut next[key as usize];
            ids[*at as usize] = id;
            *at += 1;
        }
        Self { starts, ids, heard, heard_from, masks }
    }

    /// The sounds of a word that can be found.
    pub(super) fn sounds_of(&self, id: Id) -> &[u8] {
        let at = id as usize;
        let from = self.heard_from.get(at).copied().unwrap_or(0) as usize;
        let to = self.heard_from.get(at + 1).copied().unwrap_or(0) as usize;
        self.heard.get(from..to).unwrap_or_default()
    }

    /// How many sounds one of two words has and the other has not.
    pub(super) fn unlike(&self, id: Id, heard: u32) -> u32 {
        (self.masks.get(id as usize).copied().unwrap_or(0) ^ heard).count_ones()
    }

    /// The words near a typed one, in no order, each once.
    pub(super) fn near(&self, typed: &[u8], heard: &[u8], out: &mut Vec<Id>) {
        out.clear();
        let mut add = |key: u32| out.extend_from_slice(self.bucket(key));
        deletions(WHOLE, heard, &mut add);
        deletions(WHOLE, typed, &mut add);
        skeletons(typed, heard, &mut add);
        out.sort_unstable();
        out.dedup();
    }

    /// The words that sound just so (and some that do not).
    pub(super) fn alike(&self, heard: &[u8]) -> &[Id] {
        self.bucket(bucket_of(WHOLE, heard.iter().copied()))
    }

    fn bucket(&self, key: u32) -> &[Id] {
        let start = self.starts.get(key as usize).copied().unwrap_or(0);
        let end = self.starts.get(key as usize + 1).copied().unwrap_or(0);
        self.ids.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Letters and sounds share their keys: a word that is written as it sounds is found by either.
const WHOLE: u8 = 1;
const CONSONANTS: u8 = 2;

/// What a real word is found under. Its letters are only needed where they are not its sounds.
fn keys(word: &[u8], heard: &[u8], mut add: impl FnMut(u32)) {
    deletions(WHOLE, heard, &mut add);
    if word != heard {
        deletions(WHOLE, word, &mut add);
    }
    let consonants = skeleton(heard);
    if consonants.len() >= 2 {
        add(bucket_of(CONSONANTS, consonants.into_iter()));
    }
}

fn deletions(kind: u8, word: &[u8], add: &mut impl FnMut(u32)) {
    add(bucket_of(kind, word.iter().copied()));
    if word.len() < 3 {
        return;
    }
    for skipped in 0..word.len() {
        // The same letter twice: leaving out either is the same.
        if skipped > 0 && word[skipped] == word[skipped - 1] {
            continue;
        }
        add(bucket_of(kind, word.iter().enumerate().filter(|(i, _)| *i != skipped).map(|(_, b)| *b)));
    }
}

fn skeleton(heard: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = heard.iter().copied().filter(|sound| !is_vowel(*sound)).collect();
    out.dedup();
    out
}

/// Of a word without its vowels nobody knows how a c or g sounded: all ways are tried.
fn skeletons(typed: &[u8], heard: &[u8], add: &mut impl FnMut(u32)) {
    let consonants = skeleton(heard);
    if consonants.len() < 2 {
        return;
    }
    add(bucket_of(CONSONANTS, consonants.iter().copied()));
    for (letter, one, other) in [(b'c', b'k', b's'), (b'g', b'g', b'j')] {
        if !typed.contains(&letter) {
            continue;
        }
        for (at, _) in consonants.iter().enumerate().filter(|(_, sound)| **sound == one).take(3) {
            let mut changed = consonants.clone();
            if let Some(sound) = changed.get_mut(at) {
                *sound = other;
            }
            changed.dedup();
            add(bucket_of(CONSONANTS, changed.into_iter()));
        }
    }
}

fn bucket_of(kind: u8, letters: impl Iterator<Item = u8>) -> u32 {
    let mut word = [kind; 26];
    let mut len = 1;
    for (to, letter) in word.iter_mut().skip(1).zip(letters) {
        *to = letter;
        len += 1;
    }
    hash(&word[..len]) >> (32 - BITS)
}

/// Which sounds a word has, a bit each.
pub(super) fn mask(heard: &[u8]) -> u32 {
    heard.iter().fold(0, |mask, sound| mask | 1 << (sound & 31))
}
