//! Whether a text tells of somebody in danger: as a whole, without what people put around it, and in its parts.

use super::{Considered, Effort, Model};
use crate::maths::probabilities;
use crate::reading::Reading;
use crate::safety::{
    Evidence, Part, Safety, Sign, Weight, is_only_an_address, parts, said_plainly, signs, verdict,
    verdict_of_part,
};

/// Of messages with more words parts are weighed as well.
const LONG: usize = 12;
/// Parts that are less likely dangers by their words alone are left to the verdict about the whole, where there is little time
/// those that are hardly likely. Measured on messages that were put together of an ordinary one and a cry: from .12 to .3 not
/// one is heard less, and the encoder reads a tenth less.
const WORTH_LISTENING: f32 = 0.3;
const WORTH_IT_IN_HASTE: f32 = 0.6;
/// So many parts the encoder reads at most; six find no cry that three do not.
const LISTENED_TO: usize = 3;

fn worth_listening(hasty: bool) -> f32 {
    if hasty { WORTH_IT_IN_HASTE } else { WORTH_LISTENING }
}

impl Model {
    /// What speaks for a danger.
    pub(crate) fn evidence(&self, text: &str, considered: &Considered) -> Evidence {
        let Considered { reading, read, felt, heard, .. } = considered;
        let danger = |logits: &[f32]| self.roles.danger_of(&probabilities(logits, 1.0));
        Evidence {
            lexical: danger(&read.logits),
            semantic: felt.as_ref().map(|felt| danger(&felt.logits)),
            around: felt.as_ref().map(|felt| felt.danger),
            ear: *heard,
            words: text.split_whitespace().count(),
            signs: signs_in(text, reading).0,
        }
    }

    pub(super) fn danger(&self, text: &str, considered: &Considered) -> Option<Safety> {
        if !self.roles.know_danger() {
            return None;
        }
        let of_the_whole = self.verdict(&self.evidence(text, considered), text, considered);
        of_the_whole.or_else(|| self.danger_within(text, considered.hasty).map(|(_, safety)| safety))
    }

    fn verdict(&self, evidence: &Evidence, text: &str, considered: &Considered) -> Option<Safety> {
        let safety = verdict(evidence, |intent| self.probability(considered, intent))?;
        Some(safety).filter(|safety| !is_hardly_said(safety, evidence, text))
    }

    /// A message that is no cry as a whole, and within it words that are one: those and what they are.
    pub(crate) fn danger_within(&self, text: &str, hasty: bool) -> Option<(String, Safety)> {
        self.danger_said_plainly(text, hasty).or_else(|| self.danger_in_parts(text, hasty))
    }

    /// "Disculpe la molestia, hubo un choque en la 15 por 20, gracias": people who need help are polite and say where and who they
    /// are, all of which sounds like a report. They are heard as if they had said the rest alone.
    fn danger_said_plainly(&self, text: &str, hasty: bool) -> Option<(String, Safety)> {
        let rest = said_plainly(text)?;
        (self.sounds_dangerous(&rest)? >= worth_listening(hasty)).then_some(())?;
        let considered = self.consider(&rest, Effort::Full);
        let safety = self.verdict(&self.evidence(&rest, &considered), &rest, &considered)?;
        Some((rest, safety))
    }

    /// A part of a long message that is a cry by itself.
    fn danger_in_parts(&self, text: &str, hasty: bool) -> Option<(String, Safety)> {
        if text.split_whitespace().count() <= LONG {
            return None;
        }
        let enough = worth_listening(hasty);
        let likely = |part: &Part| self.sounds_dangerous(text.get(part.at.clone())?);
        let mut worth: Vec<(f32, Part)> = parts(text)
            .into_iter()
            .filter_map(|part| Some((likely(&part).filter(|likely| *likely >= enough)?, part)))
            .collect();
        worth.sort_by(|a, b| b.0.total_cmp(&a.0));
        worth.into_iter().take(LISTENED_TO).find_map(|(_, Part { at, sentence })| {
            let part = text.get(at.clone())?;
            let considered = self.consider(part, Effort::Full);
            let evidence = self.evidence(part, &considered);
            let mut safety =
                verdict_of_part(&evidence, sentence, |intent| self.probability(&considered, intent))
                    .filter(|safety| !is_hardly_said(safety, &evidence, part))?;
            for sign in &mut safety.signs {
                sign.span = sign.span.start + at.start..sign.span.end + at.start;
            }
            Some((part.to_owned(), safety))
        })
    }

    /// By its words alone, whether a part is worth the encoder: how likely it is a danger, 1 with a sign.
    fn sounds_dangerous(&self, part: &str) -> Option<f32> {
        let read = self.lexical.read(&self.reader.read(part).folded);
        let likely = self.roles.danger_of(&probabilities(&read.logits, 1.0));
        let sign = signs(part).iter().any(|sign| sign.weight >= Weight::Likely);
        // One or two words without a sign say too little out of their context.
        let tells = part.split_whitespace().nth(2).is_some();
        (sign || tells).then_some(if sign { 1.0 } else { likely })
    }
}

/// The signs, and the text that their spans are of. They are looked for as typed and as mended: mending may take a cry for
/// a slip, and a slip may hide a cry.
pub(crate) fn signs_in<'a>(text: &'a str, reading: &'a Reading) -> (Vec<Sign>, &'a str) {
    let typed = signs(text);
    let mended = if reading.changes.is_empty() { Vec::new() } else { signs(&reading.fixed) };
    let strongest = |signs: &[Sign]| signs.iter().map(|sign| sign.weight).max();
    if strongest(&mended) > strongest(&typed) { (mended, &reading.fixed) } else { (typed, text) }
}

/// The words around an address are those of many cries for help. A sentence vector tells them apart; letters do not.
fn is_hardly_said(safety: &Safety, evidence: &Evidence, text: &str) -> bool {
    let hints_alone = safety.signs.iter().all(|sign| sign.weight == Weight::Hint);
    evidence.around.is_none() && hints_alone && is_only_an_address(text)
}
