//! Signs and what the classifiers say -> whether somebody is in danger.

use serde::Serialize;

use super::{Sign, Weight};
use crate::taxonomy::SAFETY;

/// What speaks for a danger.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Evidence {
    /// Probability of any danger by words and letters.
    pub lexical: f32,
    /// By the sentence vector; `None` without an encoder.
    pub semantic: Option<f32>,
    /// How much more the phrases around it tell of danger than of anything else, as a logarithm; `None` likewise.
    pub around: Option<f32>,
    /// How much more danger than none several layers of the encoder show, as a logarithm; `None` without an encoder, or
    /// with one that nobody listened to.
    pub ear: Option<f32>,
    /// How many words the text has: who tells a long story says some that sound like danger.
    pub words: usize,
    pub signs: Vec<Sign>,
}

/// Somebody is in danger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Safety {
    /// One of [`SAFETY`]. When several fit, the most probable, its signs counted.
    pub intent: &'static str,
    /// 0 to 1: that it is a danger at all.
    pub confidence: f32,
    /// What counted; idioms and what they cover are left out. Empty where the classifiers alone decided.
    pub signs: Vec<Sign>,
}

impl Safety {
    /// It is said in so many words, or is as likely as not: act on it. Below that, ask: a help line offered to somebody who
    /// spoke of a pothole frightens them, and a question with the help line in it costs nobody anything.
    pub fn is_likely(&self) -> bool {
        self.confidence >= AS_LIKELY_AS_NOT || self.signs.iter().any(|sign| sign.weight >= Weight::Likely)
    }
}

/// How much each piece of evidence counts: a logistic regression over the development sets (tests/development), clean and
/// misspelt, made by tools/fit_danger.py, given what length counts. Nobody else's messages were used.
struct Scale {
    /// Per logarithm of the odds.
    lexical: f32,
    semantic: f32,
    around: f32,
    ear: f32,
    /// For any sign that is certain and no idiom covers. Weaker ones name a danger but do not make it likelier: what they
    /// know the classifiers know too.
    certain: f32,
    idiom: f32,
    /// For a word or two in which there is no sign: letters alone say little of "doña Chayo" or "salgo". Set by hand; of 1,147
    /// cries of the development sets it silences "vengan".
    brief: f32,
    /// Per logarithm of the words, beyond [`SHORT`].
    length: f32,
    constant: f32,
    /// From here it is an alarm. A needless alarm costs a telephone number that nobody needed; a missed one may cost
    /// a life.
    alarm: f32,
}

const WITH_EAR: Scale = Scale {
    lexical: 1.0,
    // What it says of danger the ear says better.
    semantic: 0.0,
    around: 0.56,
    ear: 0.67,
    certain: 0.34,
    idiom: -1.27,
    brief: -1.5,
    length: -0.9,
    constant: 2.83,
    alarm: -0.5,
};
const BOTH: Scale = Scale {
    lexical: 1.33,
    semantic: 0.21,
    around: 0.78,
    ear: 0.0,
    certain: 0.29,
    idiom: -1.42,
    brief: -1.5,
    length: -0.9,
    constant: 3.27,
    alarm: -1.0,
};
const WORDS_ALONE: Scale = Scale {
    lexical: 1.77,
    semantic: 0.0,
    around: 0.0,
    ear: 0.0,
    certain: 0.4,
    idiom: -1.28,
    brief: -1.5,
    length: -0.9,
    constant: 2.14,
    alarm: -0.5,
};

/// Up to so many words a message is no story, and its length says nothing.
const SHORT: f32 = 12.0;
/// Up to so many it is hardly a sentence.
const BRIEF: usize = 2;
const AS_LIKELY_AS_NOT: f32 = 0.5;
/// "En el puente", "tonight": up to so many words without a sign, in which the ear hears nothing, or nobody does, are asked
/// about and not acted on. Of 1,147 cries of the development sets four are asked about by this.
const TERSE: usize = 6;
const BARELY_POSSIBLE: f32 = 0.49;
/// The ear hears none from here down, and words and letters alone none from here down in more words than these. On the
/// development sets some six of 4,308 ordinary messages are asked about by this, seven by words alone; of the cries that two
/// readers wrote down in passing it finds every other one that was missed.
const SILENT: f32 = -3.0;
const ORDINARY: f32 = 0.08;
const CALL: usize = 4;
/// How clear a part of a message must be to count by itself, as a logarithm of the odds. Measured on the development sets: of
/// messages in which somebody tells 15 to 35 words of something else before or behind a short cry, 31 % were heard where a
/// sentence ends between the two, and 26 % where none does. With these 87 and 64 %, for two needless alarms more in a thousand
/// of their others, which are long and upset on purpose. Two and three instead would hear 93 and 71 %, for five.
const CLEAR_WITH_A_SIGN: f32 = 1.5;
const CLEAR_SENTENCE: f32 = 4.5;
const CLEAR_WINDOW: f32 = 6.0;
/// What a certain sign counts when a danger is named, as a logarithm: 1 to 3 name the same ones.
const CERTAIN_NAMES: f32 = 2.0;

/// Weighs the evidence. `probability` is that of each safety intent, to tell which danger it is.
pub fn verdict(evidence: &Evidence, probability: impl Fn(&str) -> f32) -> Option<Safety> {
    judge(evidence, Scale::of(evidence).alarm, probability)
}

/// The same of a part of a longer message, which must be clearer to count by itself. Without a certain sign it is only
/// possible: to be asked about.
pub(crate) fn verdict_of_part(
    evidence: &Evidence,
    sentence: bool,
    probability: impl Fn(&str) -> f32,
) -> Option<Safety> {
    let certain = counting(&evidence.signs).iter().any(|sign| sign.weight == Weight::Certain);
    let alarm = match (certain, sentence) {
        (true, _) => CLEAR_WITH_A_SIGN,
        (false, true) => CLEAR_SENTENCE,
        (false, false) => CLEAR_WINDOW,
    };
    let safety = judge(evidence, alarm, probability)?;
    let most = if certain { 1.0 } else { BARELY_POSSIBLE };
    let confidence = safety.confidence.min(most);
    // A sign that is only likely would make it so.
    let signs = safety.signs.into_iter().filter(|sign| certain || sign.weight != Weight::Likely).collect();
    Some(Safety { confidence, signs, ..safety })
}

fn judge(evidence: &Evidence, alarm: f32, probability: impl Fn(&str) -> f32) -> Option<Safety> {
    let counting = counting(&evidence.signs);
    let sum = Scale::of(evidence).weigh(evidence, &counting);
    if sum < alarm {
        return is_said(evidence, &counting).then(|| Safety {
            intent: intent(&counting, probability),
            confidence: BARELY_POSSIBLE,
            signs: Vec::new(),
        });
    }
    let sure = 1.0 / (1.0 + (-sum).exp());
    let unheard = evidence.around.is_none() || evidence.ear.is_some_and(|ear| ear < 0.0);
    let only_possible =
        evidence.words <= TERSE && unheard && counting.iter().all(|sign| sign.weight == Weight::Hint);
    Some(Safety {
        intent: intent(&counting, probability),
        confidence: if only_possible { sure.min(BARELY_POSSIBLE) } else { sure },
        signs: counting.into_iter().cloned().collect(),
    })
}

/// "Hay un muerto en la calle", "mi hermano desapareció": a short message that says a danger in so many words and no idiom, of
/// which the classifiers know too few phrases, is asked about unless they hear the contrary.
fn is_said(evidence: &Evidence, counting: &[&Sign]) -> bool {
    let certain = counting.iter().any(|sign| sign.weight == Weight::Certain);
    let foreign = counting.iter().any(|sign| sign.foreign && sign.weight == Weight::Certain);
    let idiom = evidence.signs.iter().any(|sign| sign.weight == Weight::Idiom);
    let short = evidence.words as f32 <= SHORT;
    let denied = match evidence.ear {
        Some(ear) => ear < SILENT,
        None => evidence.words > CALL && evidence.lexical < ORDINARY,
    };
    certain && short && !idiom && (foreign || !denied)
}

impl Scale {
    fn of(evidence: &Evidence) -> &'static Self {
        match (evidence.around, evidence.ear) {
            (Some(_), Some(_)) => &WITH_EAR,
            (Some(_), None) => &BOTH,
            (None, _) => &WORDS_ALONE,
        }
    }

    /// The logarithm of the odds that it is a danger.
    fn weigh(&self, evidence: &Evidence, counting: &[&Sign]) -> f32 {
        let certain = counting.iter().any(|sign| sign.weight == Weight::Certain);
        let idiom = evidence.signs.iter().any(|sign| sign.weight == Weight::Idiom);
        let brief = evidence.words <= BRIEF && counting.is_empty();
        self.constant
            + self.lexical * odds(evidence.lexical)
            + self.semantic * evidence.semantic.map_or(0.0, odds)
            + self.around * evidence.around.unwrap_or_default()
            + self.ear * evidence.ear.unwrap_or_default()
            + if certain { self.certain } else { 0.0 }
            + if idiom { self.idiom } else { 0.0 }
            + if brief { self.brief } else { 0.0 }
            + self.length * (evidence.words as f32 / SHORT).max(1.0).ln()
    }
}

/// Logarithm of the odds; never endless.
fn odds(p: f32) -> f32 {
    let p = p.clamp(1e-4, 1.0 - 1e-4);
    (p / (1.0 - p)).ln()
}

/// The signs that speak for a danger: neither an idiom nor within one.
pub(super) fn counting(signs: &[Sign]) -> Vec<&Sign> {
    signs.iter().filter(|sign| counts(sign, signs)).collect()
}

fn counts(sign: &Sign, all: &[Sign]) -> bool {
    let covers = |other: &Sign| {
        other.weight == Weight::Idiom
            && other.span.start <= sign.span.start
            && sign.span.end <= other.span.end
    };
    sign.weight != Weight::Idiom && !all.iter().any(covers)
}

/// The likeliest danger; a certain sign makes its own likelier. Measured on the development sets: of 537 cries that were
/// heard 521 are named rightly, where the strongest sign alone decided 501.
fn intent(counting: &[&Sign], probability: impl Fn(&str) -> f32) -> &'static str {
    let certain =
        |intent: &str| counting.iter().any(|sign| sign.weight == Weight::Certain && sign.intent == intent);
    let likely =
        |intent: &str| probability(intent).max(1e-3).ln() + if certain(intent) { CERTAIN_NAMES } else { 0.0 };
    SAFETY.into_iter().max_by(|a, b| likely(a).total_cmp(&likely(b))).unwrap_or(SAFETY[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::NONE;

    fn sign(weight: Weight, span: std::ops::Range<usize>) -> Sign {
        let intent = if weight == Weight::Idiom { NONE } else { "crisis.self_harm" };
        Sign { intent, weight, span, rule: "a rule", foreign: false }
    }

    fn alarm(signs: &[Sign], p: f32, around: f32) -> bool {
        let evidence = Evidence {
            lexical: p,
            semantic: Some(p),
            around: Some(around),
            ear: None,
            words: 8,
            signs: signs.to_vec(),
        };
        verdict(&evidence, |_| p).is_some()
    }

    #[test]
    fn sure_classifiers_need_no_sign_and_a_certain_sign_needs_little_of_them() {
        assert!(alarm(&[], 0.9, 3.0));
        assert!(!alarm(&[], 0.02, -4.0));
        assert!(alarm(&[sign(Weight::Certain, 0..5)], 0.2, 0.0));
    }

    #[test]
    fn an_idiom_takes_away_what_lies_within_it_and_makes_them_doubt() {
        let covered = [sign(Weight::Certain, 3..8), sign(Weight::Idiom, 0..12)];
        assert!(!alarm(&covered, 0.1, -1.0));
        assert!(alarm(&[sign(Weight::Certain, 3..20), sign(Weight::Idiom, 0..12)], 0.5, 1.0));
    }

    #[test]
    fn the_likeliest_danger_is_named_and_a_certain_sign_makes_it_likelier() {
        let named = |signs: &[Sign], violence: f32| {
            let evidence = Evidence { lexical: 0.9, signs: signs.to_vec(), ..Evidence::default() };
            let probability = |intent: &str| match intent {
                "crisis.violence" => violence,
                "crisis.self_harm" => 1.0 - violence,
                _ => 0.0,
            };
            verdict(&evidence, probability).map(|safety| safety.intent)
        };
        let sign = [sign(Weight::Certain, 0..3)];
        assert_eq!(named(&[], 0.6), Some("crisis.violence"));
        assert_eq!(named(&sign, 0.6), Some("crisis.self_harm"));
        assert_eq!(named(&sign, 0.98), Some("crisis.violence"));
    }
}
