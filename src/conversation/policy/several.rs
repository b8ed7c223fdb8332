//! Several matters in one message: each is attended. What is answered at once goes first; reports follow one after the other.

use ventanilla_flows::Command;
use ventanilla_intents::Matter;

use super::Situation;
use crate::conversation::burst::Burst;

/// What is told of one and goes for the others too.
const PLACE: &str = "place";
/// What shows only one of them.
const PHOTO: &str = "photo";

impl Situation<'_> {
    /// "Hay un bache en la 20 y tampoco pasó la basura", "¿cuánto cuesta el acta? también hay una fuga".
    pub(super) fn several(&self, burst: &Burst<'_>) -> Option<Vec<Command>> {
        let mut at_once = Vec::new();
        let mut one_by_one = Vec::new();
        for matter in &self.understood?.matters {
            let Some(flow) = self.library.flow_for_intent(&matter.intent) else { continue };
            let first = one_by_one.is_empty();
            let begins = self.begins(matter, burst, first)?;
            if flow.passing { at_once.push(begins) } else { one_by_one.push(begins) }
        }
        if at_once.len() + one_by_one.len() < 2 {
            return None;
        }
        let mut waiting = one_by_one.into_iter();
        let first = waiting.next();
        let later = waiting.filter_map(|command| match command {
            Command::Start { flow, intent, slots, told } => {
                Some(Command::Later { flow, intent, slots, told })
            }
            _ => None,
        });
        Some(later.chain(at_once).chain(first).collect())
    }

    /// A matter with its own words. Where it is may be said of another one.
    fn begins(&self, matter: &Matter, burst: &Burst<'_>, first: bool) -> Option<Command> {
        let flow = self.library.flow_for_intent(&matter.intent)?;
        let own = Burst { text: matter.text.clone(), ..burst.clone() };
        let mut begins = self.begin(flow, &matter.intent, &own);
        let Command::Start { slots, told, .. } = &mut begins else { return None };
        slots.retain(|(slot, _)| first || slot != PHOTO);
        let placed = told.iter().any(|one| one.kind == PLACE) || slots.iter().any(|(slot, _)| slot == PLACE);
        if !placed && self.library.hears(&flow.name, PLACE) {
            let mut elsewhere = self.told(&burst.text, None);
            elsewhere.retain(|one| one.kind == PLACE);
            told.extend(elsewhere);
        }
        Some(begins)
    }
}
