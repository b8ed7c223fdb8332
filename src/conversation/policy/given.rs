//! What a message tells beside what it means: slots that are known at once, and words for questions to come.

use ventanilla_flows::{Answer, Command, Confidence, FlowInfo, Told};
use ventanilla_intents::{Entity, EntityKind, EntityValue, PlaceSaid, Size, entities};
use ventanilla_values::{ChoiceOption, Folio, Value, named, words};

use super::{Situation, for_others::is_for_somebody_else, words::DESCRIPTION};
use crate::{
    catalogue::{Attribute, AttributeOption},
    conversation::burst::Burst,
};

/// The slot with the person's own words.
const WORDS: &str = "words";
/// The slot with what they have in hand, as it is called to them.
const ABOUT: &str = "about";
/// The slot that says that a report is somebody else's.
pub(super) const FOR_OTHER: &str = "for_other";
/// The slot that says that it is told without a name.
const NAMELESS: &str = "nameless";
/// Who says only that says no more words.
const NAMELESS_WORDS: usize = 10;
/// As [`words`] writes them.
const NO_NAME: [&str; 26] = [
    "anonimo",
    "anonima",
    "anonimato",
    "anonimamente",
    "sin mi nombre",
    "sin dar mi nombre",
    "sin poner mi nombre",
    "salga mi nombre",
    "salir mi nombre",
    "aparezca mi nombre",
    "aparecer mi nombre",
    "digan mi nombre",
    "den mi nombre",
    "dar mi nombre",
    "pongan mi nombre",
    "sepan quien soy",
    "sepa quien soy",
    "sepan que fui yo",
    "sepa que fui yo",
    "supieran que fui yo",
    "digan que fui yo",
    "anonymous",
    "anonymously",
    "without my name",
    "use my name",
    "show my name",
];
/// Before some of them, without which they say the contrary.
const DENIES: [&str; 7] = ["no", "sin", "nadie", "nunca", "not", "t", "without"];
/// Words from which on the first message is kept as a report's description.
const STORY: usize = 6;

impl Situation<'_> {
    /// Of what the burst tells, what the flow wants to know.
    pub(super) fn given(&self, flow: &FlowInfo, burst: &Burst<'_>) -> Vec<(String, Value)> {
        let mut slots = self.slots(burst);
        // What they said as they said it, for flows that look something up in it.
        slots.push((WORDS.to_owned(), Value::Text(burst.text.clone())));
        let about = self.library.about(self.session, self.world);
        slots.extend(about.map(|about| (ABOUT.to_owned(), Value::Text(about))));
        slots.retain(|(name, _)| flow.given.contains(name));
        slots
    }

    /// What the burst already tells a flow that begins with it.
    pub(super) fn slots(&self, burst: &Burst<'_>) -> Vec<(String, Value)> {
        let place = burst.location.map(|pin| {
            let place = self.world.gazetteer.locate(pin.lat, pin.lon);
            ("place".to_owned(), Value::Place(place.called(pin.name.or(pin.address))))
        });
        let photo = self.photo.map(|id| ("photo".to_owned(), Value::Photo(id.to_owned())));
        let told =
            tells_a_story(&burst.text).then(|| (DESCRIPTION.to_owned(), Value::Text(burst.text.clone())));
        let folio = Folio::find(&burst.text, self.folio_prefix);
        let folio = folio.map(|folio| ("folio".to_owned(), Value::Folio(folio.to_string())));
        let yes = |said: bool, slot: &str| said.then(|| (slot.to_owned(), Value::YesNo(true)));
        let other = yes(is_for_somebody_else(&burst.text), FOR_OTHER);
        let nameless = yes(wants_no_name(&burst.text), NAMELESS);
        place.into_iter().chain(photo).chain(told).chain(folio).chain(other).chain(nameless).collect()
    }

    /// "Es para mi abuelita", "que no salga mi nombre", said while something is described: noted for the flow that may be
    /// given it.
    pub(super) fn noted_aside(&self, text: &str) -> Option<Command> {
        let said = [(FOR_OTHER, is_for_somebody_else(text)), (NAMELESS, wants_no_name(text))];
        let may = |slot: &str| self.library.may_be_given(self.session, slot);
        let (slot, _) = said.into_iter().find(|(slot, said)| *said && may(slot))?;
        Some(Command::Fill { slot: slot.to_owned(), value: Value::YesNo(true) })
    }

    /// Nothing but that their name is to stay out of it.
    pub(super) fn only_wants_no_name(&self, text: &str) -> bool {
        let few = text.split_whitespace().count() <= NAMELESS_WORDS;
        few && wants_no_name(text) && self.library.may_be_given(self.session, NAMELESS)
    }

    /// Starts a flow with everything that the burst tells.
    pub(super) fn begin(&self, flow: &FlowInfo, intent: &str, burst: &Burst<'_>) -> Command {
        let slots = self.given(flow, burst);
        let known = |told: &Told| slots.iter().any(|(name, _)| *name == told.kind);
        let mut told = self.told(&burst.text, Some(intent));
        told.retain(|one| !known(one) && self.library.hears(&flow.name, &one.kind));
        Command::Start { flow: flow.name.clone(), intent: Some(intent.to_owned()), slots, told }
    }

    /// "Enorme", where the options are called otherwise: what is named is what the open question is about.
    pub(super) fn heard_as(&self, text: &str) -> Option<Answer> {
        let hears = self.library.open_hears(self.session, self.world)?;
        let said = self.told(text, self.running_intent()).into_iter().filter(|one| one.kind == hears);
        let mut answers = said.map(|one| Answer::Text { text: one.words });
        answers.find(|answer| self.library.accepts(self.session, answer, self.world))
    }

    /// What the burst tells that a running flow will ask for; not what it asks for now.
    pub(super) fn told_ahead(&self, text: &str) -> Vec<Told> {
        let open = self.library.open_question(self.session);
        let hears = self.library.open_hears(self.session, self.world);
        let mut told = self.told(text, self.running_intent());
        told.retain(|one| {
            let asked = open.as_ref().is_some_and(|question| question.slot_type.as_str() == one.kind);
            let heard = hears.as_ref() == Some(&one.kind);
            !asked && !heard && self.library.awaits(self.session, &one.kind)
        });
        told
    }

    fn running_intent(&self) -> Option<&str> {
        self.session.running()?.intent.as_deref()
    }

    /// What a text names, for questions that want it: by the type of their slot, or by what it says of a matter (`size`,
    /// `since`, what the catalogue asks about reports of this intent).
    pub(super) fn told(&self, text: &str, intent: Option<&str>) -> Vec<Told> {
        let found = entities(text);
        let place = place_said(&found).filter(|said| self.leads_there(&found, said));
        let mut told: Vec<Told> = place.map(|words| as_told("place", words)).into_iter().collect();
        for entity in &found {
            if let Some(kind) = kind(entity.value.kind()) {
                told.extend(spellings(entity).into_iter().map(|words| as_told(kind, words)));
            }
        }
        told.extend(intent.into_iter().flat_map(|intent| self.details(text, intent)));
        told
    }

    /// "Hay un perro muerto" answers "¿De qué se trata?": options that the text names by the words that the catalogue has for
    /// them, called by their ids.
    fn details(&self, text: &str, intent: &str) -> Vec<Told> {
        let category = self.catalogue.categories().iter().find(|category| category.intent == intent);
        let attributes = category.map(|category| category.attributes.as_slice()).unwrap_or_default();
        attributes
            .iter()
            .filter_map(|attribute| Some(as_told(&attribute.id, detail(text, attribute)?)))
            .collect()
    }

    /// "Enfrente de mi casa" leads nobody there: a street, a colonia or a place that the town knows does.
    fn leads_there(&self, found: &[Entity], said: &str) -> bool {
        let names_one = |place: &PlaceSaid| {
            place.street.is_some()
                || place.colonia.is_some()
                || place.kilometre.is_some()
                || place.point.is_some()
                || !place.crossings.is_empty()
        };
        let named =
            found.iter().any(|entity| matches!(&entity.value, EntityValue::Place(place) if names_one(place)));
        let known = || {
            self.world.gazetteer.look_up(said).is_some_and(|found| {
                found.confidence == Confidence::Certain || !found.alternatives.is_empty()
            })
        };
        named || known()
    }
}

/// The id of the one option of an attribute that a text tells.
fn detail(text: &str, attribute: &Attribute) -> Option<String> {
    let words = |option: &AttributeOption| -> Vec<String> {
        option.told.iter().flat_map(|(_, words)| words.iter().cloned()).collect()
    };
    let told: Vec<Vec<String>> = attribute.options.iter().map(words).collect();
    let options: Vec<ChoiceOption> = attribute
        .options
        .iter()
        .zip(&told)
        .map(|(option, told)| ChoiceOption { id: &option.id, label: "", also: told })
        .collect();
    // "Tampoco pasó el camión" says that it did not.
    let said = text.to_lowercase().replace("tampoco", "no");
    let option = attribute.options.get(named(&said, &options)?)?;
    Some(option.id.clone())
}

/// "Que no salga mi nombre", "quiero que sea anónimo".
fn wants_no_name(text: &str) -> bool {
    let said = words(text);
    NO_NAME.iter().any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let at =
            said.windows(phrase.len()).position(|window| window.iter().zip(&phrase).all(|(a, b)| a == b));
        let denied = |at: usize| said.iter().take(at).any(|word| DENIES.contains(&word.as_str()));
        // "No es anónimo" is the contrary, "que no salga mi nombre" is it.
        at.is_some_and(|at| {
            denied(at) == (phrase.len() > 1 && phrase.first().is_none_or(|word| !DENIES.contains(word)))
        })
    })
}

fn as_told(kind: &str, words: String) -> Told {
    Told { kind: kind.to_owned(), words }
}

/// All that is said of where it is: "Juárez y 12, enfrente de la primaria".
pub(super) fn place_said(found: &[Entity]) -> Option<String> {
    let places = found.iter().filter(|entity| entity.value.kind() == EntityKind::Place);
    let said: Vec<&str> = places.map(|entity| entity.text.as_str()).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// The type of slot that an entity is for. Places are told together; what is only a number, or a danger, answers nothing
/// that was not asked.
pub(super) fn kind(entity: EntityKind) -> Option<&'static str> {
    match entity {
        EntityKind::Curp => Some("curp"),
        EntityKind::Rfc => Some("rfc"),
        EntityKind::Email => Some("email"),
        EntityKind::Plate => Some("plate"),
        EntityKind::Phone => Some("phone"),
        EntityKind::Amount => Some("money"),
        EntityKind::Since => Some("since"),
        EntityKind::Date => Some("date"),
        EntityKind::Time => Some("time"),
        EntityKind::PersonName => Some("full_name"),
        EntityKind::Size => Some("size"),
        EntityKind::Place | EntityKind::Folio | EntityKind::Danger | EntityKind::Number => None,
    }
}

/// As it was said, and as the catalogue's options are called: "enorme" is `large`.
fn spellings(entity: &Entity) -> Vec<String> {
    let option = match &entity.value {
        EntityValue::Size(Size::Small) => Some("small"),
        EntityValue::Size(Size::Medium) => Some("medium"),
        EntityValue::Size(Size::Large) => Some("large"),
        _ => None,
    };
    [entity.text.clone()].into_iter().chain(option.map(str::to_owned)).collect()
}

/// "Hay un bache enorme en la 21" says more than its intent; "hay un bache" does not.
fn tells_a_story(text: &str) -> bool {
    text.split_whitespace().count() >= STORY
}

#[cfg(test)]
mod tests {
    use super::wants_no_name;

    #[test]
    fn who_wants_no_name_says_so() {
        for text in [
            "que no salga mi nombre",
            "pero no vaya a salir mi nombre eh",
            "quiero que sea anónimo",
            "no quiero que sepa que fui yo",
            "sin mi nombre por favor",
            "please make it anonymous",
            "don't use my name",
        ] {
            assert!(wants_no_name(text), "{text}");
        }
        for text in ["mi nombre es Juan", "le doy mi nombre", "no es anónimo", "para que sepan quien soy", ""]
        {
            assert!(!wants_no_name(text), "{text}");
        }
    }
}
