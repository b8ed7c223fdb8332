//! STOP and its kin, as Twilio handles them before the town hears of it. Whole message only, whatever the case.

/// Who handles opt-out words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OptOut {
    /// Nobody: a standalone short code. The town must.
    Off,
    /// Twilio's own English words block and unblock; it answers nothing the simulator would show.
    #[default]
    Default,
    /// Words and answers of the Messaging Service; the town is told `OptOutType` and must not answer.
    Advanced(Box<Advanced>),
}

/// One kind of word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyword {
    /// Upper case.
    pub words: Vec<String>,
    pub answer: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advanced {
    pub stop: Keyword,
    pub start: Keyword,
    pub help: Keyword,
}

const STOP: &[&str] = &["STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"];
const START: &[&str] = &["START", "UNSTOP", "YES"];
const HELP: &[&str] = &["HELP", "INFO"];

impl Default for Advanced {
    /// Twilio's words and the plain Spanish ones a town would add.
    fn default() -> Self {
        let words = |english: &[&str], own: &[&str]| {
            english.iter().chain(own).map(|word| (*word).to_owned()).collect::<Vec<_>>()
        };
        Self {
            stop: Keyword {
                words: words(STOP, &["BAJA", "ALTO"]),
                answer: "Listo, ya no te mandaremos mensajes. Si cambias de idea, responde ALTA.".into(),
            },
            start: Keyword {
                words: words(START, &["ALTA"]),
                answer: "Listo, te volveremos a mandar mensajes. Para dejar de recibirlos, responde BAJA."
                    .into(),
            },
            help: Keyword {
                words: words(HELP, &["AYUDA"]),
                answer:
                    "Este es el número de tu ayuntamiento. Para dejar de recibir mensajes, responde BAJA."
                        .into(),
            },
        }
    }
}

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Stop,
    Start,
    Help,
}

impl Meaning {
    /// The value of `OptOutType`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Stop => "STOP",
            Self::Start => "START",
            Self::Help => "HELP",
        }
    }
}

impl OptOut {
    /// What the whole message means, and what Twilio itself answers.
    pub(super) fn read(&self, text: &str) -> Option<(Meaning, Option<&str>)> {
        let word = text.trim().to_uppercase();
        match self {
            Self::Off => None,
            Self::Default => [(STOP, Meaning::Stop), (START, Meaning::Start), (HELP, Meaning::Help)]
                .into_iter()
                .find(|(words, _)| words.contains(&word.as_str()))
                .map(|(_, meaning)| (meaning, None)),
            Self::Advanced(own) => {
                [(&own.stop, Meaning::Stop), (&own.start, Meaning::Start), (&own.help, Meaning::Help)]
                    .into_iter()
                    .find(|(keyword, _)| keyword.words.contains(&word))
                    .map(|(keyword, meaning)| (meaning, Some(keyword.answer.as_str())))
            }
        }
    }
}
