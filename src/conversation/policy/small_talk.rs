//! What people say in the middle of something: hello, "¿eres un robot?", and what is said in anger. Short, kind, and back
//! to business.

use ventanilla_flows::Command;
use ventanilla_values::words;

use super::{Situation, start};

/// Said to a greeting where something is open.
const HELLO: &str = "hello_again";
/// Who speaks: a machine.
const ROBOT: &str = "robot";
/// To who is angry at the assistant.
const INSULT: &str = "insult";

const GREETINGS: [&str; 11] =
    ["hola", "ola", "buenas", "buenos", "buen", "saludos", "oye", "hello", "hi", "hey", "morning"];
const WHO: [&str; 14] = [
    "robot",
    "bot",
    "maquina",
    "automatico",
    "humano",
    "humana",
    "persona",
    "quien",
    "ia",
    "machine",
    "human",
    "person",
    "who",
    "ai",
];

/// Longer, it says what is wrong, which is another thing.
const FEW: usize = 5;
/// As [`words`] writes them. What is said of a street in these words is about the street.
const INSULTS: [&str; 44] = [
    "pendejo",
    "pendeja",
    "pendejos",
    "pendejada",
    "idiota",
    "idiotas",
    "estupido",
    "estupida",
    "estupidos",
    "imbecil",
    "imbeciles",
    "inutil",
    "inutiles",
    "mierda",
    "verga",
    "cabron",
    "cabrona",
    "cabrones",
    "culero",
    "culera",
    "culeros",
    "mamon",
    "mamada",
    "mamadas",
    "chinga",
    "chingas",
    "chingada",
    "chingate",
    "chinguen",
    "puto",
    "puta",
    "putos",
    "joto",
    "baboso",
    "menso",
    "tarado",
    "stupid",
    "idiot",
    "useless",
    "dumb",
    "moron",
    "fuck",
    "shit",
    "asshole",
];

impl Situation<'_> {
    /// Small talk over an open question: what only resembles it may be an answer.
    pub(super) fn small_talk(&self, text: &str) -> Option<Command> {
        let (intent, sure) = self.top()?;
        let said = words(text);
        let says = |some: &[&str]| said.iter().any(|word| some.contains(&word.as_str()));
        let flow = match intent {
            _ if !sure => return None,
            "chat.greet" if says(&GREETINGS) => HELLO,
            "chat.help" if says(&WHO) || text.contains('?') => ROBOT,
            _ => return None,
        };
        self.library.flow(flow).map(|flow| start(&flow.name, None, Vec::new()))
    }

    /// An insult and nothing else.
    pub(super) fn insult(&self, text: &str) -> Option<Command> {
        let said = words(text);
        let insults = said.len() <= FEW && said.iter().any(|word| INSULTS.contains(&word.as_str()));
        let flow = self.library.flow(INSULT).filter(|_| insults && !self.is_a_matter())?;
        Some(start(&flow.name, None, Vec::new()))
    }
}
