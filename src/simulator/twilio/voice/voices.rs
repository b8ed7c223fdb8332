//! Which languages are spoken and understood, and by which voices. A wrong pair makes Twilio drop the sentence, and
//! here the call.

use crate::simulator::twilio::xml::Broken;

/// What a `<Say>` safely holds. It documents no figure that holds for every voice.
const MOST_SAID: usize = 3_000;

/// Languages a town's line may speak, and the Polly voices Twilio lists for each.
const SPOKEN: &[(&str, &[&str])] = &[
    (
        "es-MX",
        &[
            "Polly.Mia",
            "Polly.Mia-Neural",
            "Polly.Mia-Generative",
            "Polly.Andres-Neural",
            "Polly.Andres-Generative",
        ],
    ),
    ("es-US", &["Polly.Lupe", "Polly.Lupe-Neural", "Polly.Pedro-Neural", "Polly.Penelope", "Polly.Miguel"]),
    (
        "es-ES",
        &["Polly.Conchita", "Polly.Enrique", "Polly.Lucia", "Polly.Lucia-Neural", "Polly.Sergio-Neural"],
    ),
    (
        "en-US",
        &["Polly.Joanna", "Polly.Joanna-Neural", "Polly.Matthew", "Polly.Matthew-Neural", "Polly.Salli"],
    ),
    ("en-GB", &["Polly.Amy", "Polly.Amy-Neural", "Polly.Emma", "Polly.Brian"]),
    ("fr-FR", &["Polly.Celine", "Polly.Lea", "Polly.Lea-Neural"]),
    ("fr-CA", &["Polly.Chantal", "Polly.Gabrielle-Neural"]),
    ("pt-BR", &["Polly.Camila", "Polly.Camila-Neural", "Polly.Vitoria"]),
];

/// Voices of the first years, which take any language.
const OLD: &[&str] = &["man", "woman", "alice"];

/// Countries whose Spanish the recogniser knows. There are more languages; these are what a Mexican town may ask for.
const HEARD_SPANISH: &[&str] = &[
    "AR", "BO", "CL", "CO", "CR", "DO", "EC", "ES", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PY", "SV",
    "US", "UY", "VE",
];
const HEARD: &[&str] =
    &["en-AU", "en-CA", "en-GB", "en-IN", "en-US", "fr-CA", "fr-FR", "de-DE", "it-IT", "pt-BR", "pt-PT"];

/// What a `<Say>` says, and with which voice. `text` is what is left without the mark-up.
pub(super) fn check_say(
    language: Option<&str>,
    voice: Option<&str>,
    text: &str,
    marked_up: bool,
) -> Result<(), Broken> {
    if text.is_empty() {
        return Err(Broken::new(13_520, "<Say> says nothing"));
    }
    if text.chars().count() > MOST_SAID {
        return Err(Broken::new(13_521, "<Say> holds more than 3000 characters"));
    }
    if marked_up && !voice.is_some_and(|voice| voice.starts_with("Polly.")) {
        return Err(Broken::new(13_520, "<Say> holds SSML, which only Polly's voices read"));
    }
    let voices = match language {
        Some(language) => Some(
            SPOKEN
                .iter()
                .find(|(known, _)| *known == language)
                .ok_or_else(|| Broken::new(13_512, "<Say> names a language that is not spoken"))?
                .1,
        ),
        None => None,
    };
    match (voice, voices) {
        (None, _) => Ok(()),
        (Some(voice), _) if OLD.contains(&voice) => Ok(()),
        (Some(voice), Some(voices)) if voices.contains(&voice) => Ok(()),
        (Some(voice), None) if SPOKEN.iter().any(|(_, voices)| voices.contains(&voice)) => Ok(()),
        _ => {
            Err(Broken::new(13_511, "<Say> names a voice that does not exist or does not speak the language"))
        }
    }
}

/// Does this model understand this language?
pub(super) fn understands(model: Option<&str>, language: &str) -> bool {
    let listed = HEARD.contains(&language)
        || language.strip_prefix("es-").is_some_and(|country| HEARD_SPANISH.contains(&country));
    match model {
        // Twilio lists es-ES and es-US for these, and not es-MX.
        Some("phone_call" | "experimental_conversations" | "experimental_utterances") => {
            listed && (!language.starts_with("es-") || matches!(language, "es-ES" | "es-US"))
        }
        Some("deepgram_nova-2") => matches!(language, "es" | "es-419") || language.starts_with("en"),
        Some("deepgram_nova-3") => {
            matches!(language, "es" | "es-419" | "multi") || language.starts_with("en")
        }
        _ => listed,
    }
}
