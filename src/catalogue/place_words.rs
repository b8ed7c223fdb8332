//! Whether a text, answered to "where is it?", is a place in words. Generous: a place that is not recognised costs a
//! person another message, a sentence that is no place is seen by the crew and by the summary.

use super::fold;

/// Say that a street or a spot follows. Folded.
const MARKERS: &str = "\
    calle calles c av avenida ave blvd bulevar boulevard calzada calz callejon privada priv andador \
    carretera camino libramiento entre esquina esq cruce cruzamiento cruzamientos frente enfrente atras \
    detras junto lado costado cerca km kilometro manzana mz mza lote lt colonia col fracc \
    fraccionamiento barrio numero num # rumbo altura adelante street st avenue road corner between near \
    front behind next across neighbourhood";

/// Say that the name after them is a street and not a colonia.
const STREETS: &str = "\
    calle c av avenida ave blvd bulevar boulevard calzada calz callejon privada priv andador prolongacion diagonal";

/// Things that a spot is known by.
const SPOTS: &str = "\
    parque mercado tienda oxxo iglesia capilla templo escuela primaria secundaria prepa kinder hospital \
    clinica farmacia puente muelle playa malecon cancha campo panteon gasolinera tortilleria panaderia \
    taller banco hotel terminal plaza glorieta faro casa edificio park market school church store beach";

const QUESTIONS: &str = "\
    que como cuando cuanto cuanta cuantos quien quienes cual donde porque puedo puedes pueden what how \
    when why who where which can could do";

/// Openings of sentences that tell or ask instead of naming a place. Folded, matched word by word.
const NO_PLACES: &str = "\
    no se, no lo se, no tengo, no quiero, no puedo, no recuerdo, no me acuerdo, no entiendo, quien sabe, \
    ni idea, quiero, quisiera, necesito, me puedes, me pueden, me gustaria, por favor, por que, \
    para que, hola, gracias, muchas gracias, buenos dias, buenas tardes, buenas noches, ya no, olvidalo, \
    dejalo, cancelar, i want, i need, i do not, i don t, don t know, thank, please, ya te, ya lo, \
    ya dije, eso no, i m not, i am not, not sure";

/// Say that a spot is beside something that is named.
const BESIDE: &str = "\
    frente enfrente atras detras junto lado costado cerca esquina esq entre contraesquina near front behind next across \
    between corner";

/// Say how something is, and not where. Folded.
const HOW_IT_IS: &str = "\
    muy mucho mucha muchos muchas bastante demasiado peligroso peligrosa peligro urge urgente feo fea horrible mal hay ay tiene \
    tienen pasan vienen van llevamos llevo lleva hace dias semanas meses oscuro oscura lodo tiempo gente ninos vivo \
    very dangerous urgent there people days weeks months dark";

/// Words that make no place, however many there are.
const FILLERS: &str = "\
    aqui alli ahi alla aca ese esa este esta eso esto para pero como cuando donde porque pues bueno bien \
    claro muchas gracias favor todo todos nada algo mismo misma ahora luego despues antes ayer siempre \
    nunca estoy here there that this over right";

/// Whether an unrecognised text may be a place.
pub(super) fn may_be_place(text: &str, words: &[String]) -> bool {
    let letters = words.iter().any(|word| word.chars().any(char::is_alphabetic));
    if !letters || is_question(text, words) {
        return false;
    }
    let number = words.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
    if opens_otherwise(words) {
        // "No sé cómo se llama la calle" names none, "no sé la calle, es frente a la iglesia" does.
        return number && marked(words) || words.iter().any(|word| listed(BESIDE, word)) && marked(words);
    }
    marked(words) || crossing(words) || (substantial(words) && !says_how_it_is(words))
}

/// "¿cuánto tarda?", "en qué calle está la oficina?"
pub(super) fn is_question(text: &str, words: &[String]) -> bool {
    let asks = |word: &String| listed(QUESTIONS, word);
    text.contains(['?', '¿']) && words.iter().any(asks) || words.first().is_some_and(asks) && !marked(words)
}

/// Whether the words name this: word after word, slips forgiven, and not as a street.
pub(super) fn names(words: &[String], name: &[String]) -> bool {
    named_at(words, name).is_some()
}

/// Where the name begins.
pub(super) fn named_at(words: &[String], name: &[String]) -> Option<usize> {
    let mut windows = words.windows(name.len().max(1)).enumerate();
    let named = windows.find(|(at, window)| {
        window.iter().zip(name).all(|(word, known)| fold::close(word, known)) && !after_street(words, *at)
    });
    named.filter(|_| !name.is_empty()).map(|(at, _)| at)
}

/// What stands before the name of a street, written out.
pub(super) fn is_street_type(word: &str) -> bool {
    listed(STREETS, word)
}

/// A kind of spot: "primaria", "mercado".
pub(super) fn is_spot(word: &str) -> bool {
    listed(SPOTS, word)
}

/// "calle Benito Juárez", "av. de la Revolución"
fn after_street(words: &[String], at: usize) -> bool {
    let before =
        words.iter().take(at).rev().find(|word| !matches!(word.as_str(), "de" | "la" | "el" | "los" | "las"));
    before.is_some_and(|word| listed(STREETS, word))
}

/// A marker with something beside it.
fn marked(words: &[String]) -> bool {
    let marker = |word: &&String| listed(MARKERS, word);
    let other =
        |word: &&String| !marker(word) && !matches!(word.as_str(), "de" | "la" | "el" | "y" | "a" | "en");
    words.iter().any(|word| marker(&word)) && words.iter().any(|word| other(&word) && !filler(word))
}

fn opens_otherwise(words: &[String]) -> bool {
    NO_PLACES.split(", ").any(|opening| {
        let opening: Vec<_> = opening.split(' ').collect();
        words.get(..opening.len()).is_some_and(|said| said == opening)
    })
}

/// "20 x 15", "Juárez 12", "Hidalgo con Morelos": numbered streets and corners of the south-east.
fn crossing(words: &[String]) -> bool {
    let joint = |word: &str| matches!(word, "x" | "por" | "con" | "y" | "and");
    let number = words.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
    let named = words.iter().any(|word| word.chars().count() > 2 && !filler(word) && !joint(word));
    let joined = words.iter().enumerate().any(|(at, word)| at > 0 && at + 1 < words.len() && joint(word));
    (joined && (number || named)) || (number && named)
}

/// A known kind of spot, or three words of which one says something.
fn substantial(words: &[String]) -> bool {
    let spot = words.iter().any(|word| SPOTS.split(' ').any(|spot| fold::close(word, spot)));
    let says = words.iter().any(|word| word.chars().count() >= 4 && !filler(word));
    (spot && words.len() >= 2) || (words.len() >= 3 && says)
}

/// "Es muy peligroso", "hay mucho lodo".
fn says_how_it_is(words: &[String]) -> bool {
    words.iter().any(|word| listed(HOW_IT_IS, word))
}

fn filler(word: &str) -> bool {
    listed(FILLERS, word)
}

fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}
