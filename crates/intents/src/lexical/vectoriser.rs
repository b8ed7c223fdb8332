//! Features -> numbers: which buckets the phrases used (the columns), how telling each is (idf), and how much of a
//! new text is made of letters in an order that was ever seen.

use super::features::{BUCKETS, Features, KINDS, TRIGRAM_BUCKETS, features, kind};

/// How much characters, words and pairs of words weigh. Measured: characters carry typos and endings.
const KIND_WEIGHT: [f32; KINDS] = [1.0, 0.7, 0.5];
const UNKNOWN: u32 = u32::MAX;

/// A text as numbers: what its columns weigh, each column once.
#[derive(Debug, Default)]
pub(crate) struct Vector {
    pub entries: Vec<(u32, f32)>,
    /// 0 to 1: the share of the text's character trigrams that occur in the phrases. Nearly 0 for gibberish.
    pub coverage: f32,
}

#[derive(Clone, PartialEq)]
pub(crate) struct Vectoriser {
    /// The bucket of each column, ascending.
    buckets: Vec<u32>,
    idf: Vec<f32>,
    /// Of a bucket that no phrase used.
    rare_idf: f32,
    /// The column of each bucket, or [`UNKNOWN`]: `buckets` turned around.
    column: Vec<u32>,
    /// One bit a trigram bucket.
    trigrams: Vec<u64>,
}

impl Vectoriser {
    /// Learns columns from all phrases, and the usual trigrams from those that mean something (`in_scope`).
    pub(crate) fn fit(texts: &[&Features], in_scope: &[bool]) -> Self {
        let mut seen = vec![0u32; BUCKETS];
        for text in texts {
            for run in text.buckets.chunk_by(|a, b| a == b) {
                if let Some(n) = run.first().and_then(|bucket| seen.get_mut(*bucket as usize)) {
                    *n += 1;
                }
            }
        }
        let used = || seen.iter().enumerate().filter(|(_, n)| **n > 0);
        let buckets = used().map(|(bucket, _)| bucket as u32).collect();
        let idf = used().map(|(_, n)| idf(texts.len(), *n)).collect();
        let meaningful = texts.iter().zip(in_scope).filter(|(_, keep)| **keep).map(|(text, _)| *text);
        Self::from_parts(buckets, idf, idf_of_unseen(texts.len()), trigram_set(meaningful))
    }

    pub(crate) fn from_parts(buckets: Vec<u32>, idf: Vec<f32>, rare_idf: f32, trigrams: Vec<u64>) -> Self {
        let mut column = vec![UNKNOWN; BUCKETS];
        for (i, bucket) in buckets.iter().enumerate() {
            if let Some(place) = column.get_mut(*bucket as usize) {
                *place = i as u32;
            }
        }
        Self { buckets, idf, rare_idf, column, trigrams }
    }

    /// (buckets of the columns, idf of the columns, idf of the rest, trigram bits): what [`Self::from_parts`] takes.
    pub(crate) fn parts(&self) -> (&[u32], &[f32], f32, &[u64]) {
        (&self.buckets, &self.idf, self.rare_idf, &self.trigrams)
    }

    pub(crate) fn columns(&self) -> usize {
        self.buckets.len()
    }

    /// `folded` is what `normalise` returned.
    pub(crate) fn read(&self, folded: &str) -> Vector {
        self.vector(&features(folded))
    }

    /// 1 + log(count), times idf; each kind of feature brought to the same length, unknown buckets included: a text
    /// that is mostly new says little about anything.
    pub(crate) fn vector(&self, text: &Features) -> Vector {
        let mut entries = Vec::with_capacity(text.buckets.len());
        let mut squares = [0.0f32; KINDS];
        for run in text.buckets.chunk_by(|a, b| a == b) {
            let Some(&bucket) = run.first() else { continue };
            let column = self.column.get(bucket as usize).copied().unwrap_or(UNKNOWN);
            let idf = self.idf.get(column as usize).copied().unwrap_or(self.rare_idf);
            let weight = if run.len() == 1 { idf } else { idf * (1.0 + (run.len() as f32).ln()) };
            if let Some(sum) = squares.get_mut(kind(bucket)) {
                *sum += weight * weight;
            }
            if column != UNKNOWN {
                entries.push((bucket, column, weight));
            }
        }
        let scale = scales(squares);
        let scaled = |(bucket, column, weight)| (column, weight * scale.get(kind(bucket)).unwrap_or(&0.0));
        Vector { entries: entries.into_iter().map(scaled).collect(), coverage: self.coverage(&text.trigrams) }
    }

    fn coverage(&self, trigrams: &[u32]) -> f32 {
        if trigrams.is_empty() {
            return 0.0;
        }
        let known =
            |t: &&u32| self.trigrams.get((**t / 64) as usize).is_some_and(|bits| bits >> (**t % 64) & 1 == 1);
        trigrams.iter().filter(known).count() as f32 / trigrams.len() as f32
    }
}

/// Without what was learnt: it is long and says nothing to a person.
impl std::fmt::Debug for Vectoriser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vectoriser").field("columns", &self.columns()).finish_non_exhaustive()
    }
}

fn scales(squares: [f32; KINDS]) -> [f32; KINDS] {
    let mut scale = KIND_WEIGHT;
    for (weight, sum) in scale.iter_mut().zip(squares) {
        *weight = if sum > 0.0 { *weight / sum.sqrt() } else { 0.0 };
    }
    scale
}

fn idf(texts: usize, with_it: u32) -> f32 {
    ((1.0 + texts as f32) / (1.0 + with_it as f32)).ln() + 1.0
}

fn idf_of_unseen(texts: usize) -> f32 {
    idf(texts, 0)
}

fn trigram_set<'a>(texts: impl Iterator<Item = &'a Features>) -> Vec<u64> {
    let mut bits = vec![0u64; TRIGRAM_BUCKETS / 64];
    for trigram in texts.flat_map(|text| &text.trigrams) {
        if let Some(word) = bits.get_mut((trigram / 64) as usize) {
            *word |= 1 << (trigram % 64);
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::normalise;

    fn fitted(texts: &[&str]) -> Vectoriser {
        let all: Vec<Features> = texts.iter().map(|t| features(&normalise(t))).collect();
        Vectoriser::fit(&all.iter().collect::<Vec<_>>(), &vec![true; all.len()])
    }

    #[test]
    fn a_known_text_has_columns_and_full_coverage() {
        let vectoriser = fitted(&["hay un bache", "no hay luz"]);
        let vector = vectoriser.read(&normalise("¡Hay un BACHE!"));
        assert_eq!(vector.coverage, 1.0);
        let length: f32 = vector.entries.iter().map(|(_, v)| v * v).sum();
        assert!((length - (1.0 + 0.49 + 0.25)).abs() < 1e-4, "{length}");
    }

    #[test]
    fn gibberish_is_hardly_covered() {
        let vectoriser = fitted(&["hay un bache enorme en la calle", "no hay luz en el poste"]);
        assert!(vectoriser.read("asdkjh qwe zxcvb").coverage < 0.3);
        assert_eq!(vectoriser.read("").coverage, 0.0);
    }

    #[test]
    fn columns_survive_being_taken_apart() {
        let vectoriser = fitted(&["hay un bache", "no hay luz"]);
        let (buckets, idf, rare, trigrams) = vectoriser.parts();
        assert_eq!(
            Vectoriser::from_parts(buckets.to_vec(), idf.to_vec(), rare, trigrams.to_vec()),
            vectoriser
        );
    }
}
