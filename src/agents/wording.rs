//! What is said for the desk by the server itself, and what people of the town must write beside an act.

use ventanilla_values::Lang;

use super::AgentError;

/// A reason is a sentence or two.
const LONGEST_REASON: usize = 500;

/// What somebody wrote as the reason of an act that needs one.
pub(super) fn reason(text: &str) -> Result<&str, AgentError> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(AgentError::NoWhy),
        1..=LONGEST_REASON => Ok(text),
        _ => Err(AgentError::TooLong(LONGEST_REASON)),
    }
}

/// Tells a citizen that a person is there from now on, in place of the bot.
pub(super) fn somebody_is_here(lang: Lang, government: &str) -> String {
    if lang == Lang::EN {
        format!("A person from {government} is with you now. They will answer you right here.")
    } else {
        format!("Ya está contigo una persona de {government}. Te responde por aquí mismo.")
    }
}

/// Tells a citizen that another person of the town attends them from now on.
pub(super) fn somebody_else(lang: Lang) -> String {
    if lang == Lang::EN {
        "Another person from the team is with you now. They have what you told us.".to_owned()
    } else {
        "Ahora te atiende otra persona del equipo. Tiene aquí lo que ya nos contaste.".to_owned()
    }
}

/// Tells a citizen which department answers them from now on.
pub(super) fn a_department(lang: Lang, name: &str) -> String {
    if lang == Lang::EN {
        format!("Your case is now with: {name}. Somebody from there will answer you right here.")
    } else {
        format!("Tu caso pasó a: {name}. Te responde por aquí mismo alguien de esa área.")
    }
}
