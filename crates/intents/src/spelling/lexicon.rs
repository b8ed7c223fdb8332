//! The words the speller knows, by their folded spelling: how likely each is, in which languages, how it is accented.

use std::collections::HashMap;

use super::fold::fold_into;
use super::words::Tongue;

/// A folded word.
pub(super) type Id = u32;

const NOTHING: u32 = u32::MAX;

/// What is known of a folded word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// ln of its share of all words, the town's phrases included.
    pub likely: f32,
    /// How often the phrases have it.
    pub count: u32,
    pub spanish: bool,
    pub english: bool,
    pub portuguese: bool,
    /// In a list, and not only in the phrases.
    pub listed: bool,
    /// In the phrases, but as a misspelling of something else.
    pub misspelt: bool,
    /// ln of the shares of the bare spelling and of the best accented one.
    bare: f32,
    accented: f32,
}

impl Entry {
    const UNSEEN: Self = Self {
        likely: -25.0,
        count: 0,
        spanish: false,
        english: false,
        portuguese: false,
        listed: false,
        misspelt: false,
        bare: f32::NEG_INFINITY,
        accented: f32::NEG_INFINITY,
    };
}

#[derive(Default)]
pub(super) struct Lexicon {
    /// The folded words one after the other, and where each ends.
    text: String,
    ends: Vec<u32>,
    entries: Vec<Entry>,
    /// Open addressing: ids by hash.
    slots: Vec<u32>,
    /// The likeliest accented spelling of the words that have one.
    accented: HashMap<Id, Box<str>>,
}

/// An accented spelling is put for a bare one when it is e² times as likely.
const CLEARLY: f32 = 2.0;

impl Lexicon {
    pub(super) fn with_capacity(words: usize) -> Self {
        let slots = vec![NOTHING; (words * 2).next_power_of_two()];
        Self { slots, entries: Vec::with_capacity(words), ends: Vec::with_capacity(words), ..Self::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn word(&self, id: Id) -> &str {
        let at = id as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(super) fn entry(&self, id: Id) -> Entry {
        self.entries.get(id as usize).copied().unwrap_or(Entry::UNSEEN)
    }

    pub(super) fn entry_mut(&mut self, id: Id) -> Option<&mut Entry> {
        self.entries.get_mut(id as usize)
    }

    pub(super) fn find(&self, folded: &str) -> Option<Id> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = hash(folded.as_bytes()) as usize & mask;
        loop {
            match self.slots.get(slot).copied() {
                Some(id) if id != NOTHING => {
                    if self.word(id) == folded {
                        return Some(id);
                    }
                }
                _ => return None,
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The id of a word that is left alone.
    pub(super) fn known(&self, folded: &str) -> Option<Id> {
        self.find(folded).filter(|id| !self.entry(*id).misspelt)
    }

    fn intern(&mut self, folded: &str) -> Id {
        if let Some(id) = self.find(folded) {
            return id;
        }
        if (self.entries.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let id = self.entries.len() as u32;
        self.text.push_str(folded);
        self.ends.push(self.text.len() as u32);
        self.entries.push(Entry::UNSEEN);
        self.place(id);
        id
    }

    fn place(&mut self, id: Id) {
        let mask = self.slots.len().saturating_sub(1);
        let mut slot = hash(self.word(id).as_bytes()) as usize & mask;
        while self.slots.get(slot).is_some_and(|taken| *taken != NOTHING) {
            slot = (slot + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(slot) {
            *free = id;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![NOTHING; (self.slots.len() * 2).max(64)];
        for id in 0..self.entries.len() as u32 {
            self.place(id);
        }
    }

    /// A word of a list.
    pub(super) fn add_listed(&mut self, word: &str, tongue: Tongue, likely: f32, folded: &mut String) {
        folded.clear();
        fold_into(word, folded);
        let id = self.intern(folded);
        let is_bare = word == folded.as_str();
        let Some(entry) = self.entries.get_mut(id as usize) else { return };
        entry.listed = true;
        entry.spanish |= matches!(tongue, Tongue::Spanish | Tongue::Town);
        entry.english |= tongue == Tongue::English;
        entry.portuguese |= tongue == Tongue::Portuguese;
        if tongue == Tongue::Portuguese {
            return;
        }
        entry.likely = entry.likely.max(likely);
        if is_bare {
            entry.bare = entry.bare.max(likely);
            return;
        }
        let likely = if tongue == Tongue::Town { likely.max(entry.bare + CLEARLY) } else { likely };
        if likely > entry.accented {
            entry.accented = likely;
            self.accented.insert(id, word.into());
        }
    }

    /// A word of the phrases, as often as it is there. What the lists do not know takes its accents from here:
    /// people leave accents out far more often than they invent them.
    pub(super) fn add_counted(&mut self, word: &str, folded: &str, count: u32) {
        let id = self.intern(folded);
        let Some(entry) = self.entries.get_mut(id as usize) else { return };
        entry.count += count;
        if !entry.listed {
            let weight = f32::ln(count as f32);
            if word == folded {
                entry.bare = entry.bare.max(weight);
            } else if weight + CARELESS > entry.accented {
                entry.accented = weight + CARELESS;
                self.accented.insert(id, word.into());
            }
        }
    }

    /// Once all is counted: the phrases make their words likelier.
    pub(super) fn settle(&mut self, total: u32) {
        for entry in self.entries.iter_mut().filter(|entry| entry.count > 0) {
            let share = 0.5 * entry.count as f32 / total.max(1) as f32 + 1e-6;
            entry.likely = (entry.likely.exp() + share).ln();
        }
    }

    /// How a word is best written.
    pub(super) fn spelling(&self, id: Id) -> &str {
        let entry = self.entry(id);
        match self.accented.get(&id) {
            Some(accented) if entry.accented > entry.bare => accented,
            _ => self.word(id),
        }
    }

    /// The accented spelling, where the bare one is hardly a word.
    pub(super) fn clear_accents(&self, id: Id) -> Option<&str> {
        let entry = self.entry(id);
        let accented = self.accented.get(&id)?;
        (entry.accented >= entry.bare + CLEARLY).then_some(&**accented)
    }
}

/// Of four who mean the accented word, three leave the accent out.
const CARELESS: f32 = 3.5;

/// FNV-1a, mixed.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    let h =
        bytes.iter().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3));
    ((h ^ (h >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}
