//! What keywords mean for the dialogue: the policy's first rule after safety. Pure.

use ventanilla_flows::{Answer, Command};

use super::{
    about_report::concludes,
    burst::Burst,
    keywords::{Keyword, keyword},
    policy::{Situation, Waits, start},
};

/// The flow that ends what we write first, at once.
const OPT_OUT: &str = "opt_out";
/// The flow that asks whether that is what was meant.
const OPT_OUT_ASK: &str = "opt_out_ask";
/// The flow that begins it again.
const OPT_IN: &str = "opt_in";
/// The flow that erases what was said here.
const ERASE_CHAT: &str = "erase_chat";
/// The flow that says in a few sentences what can be done here.
const HELP: &str = "help";

/// What holds even while a person of the town attends and the bot is silent.
pub(super) fn is_heard_always(burst: &Burst<'_>) -> bool {
    use Keyword::{EraseChat, OptIn, OptOut};
    concludes(burst) || matches!(keyword(&burst.text), Some(OptOut | OptIn | EraseChat))
}

impl Situation<'_> {
    /// Words that mean something as a whole message: stop and start in every state, the others where they can mean
    /// nothing else. What runs goes on afterwards.
    pub(super) fn keyword(&self, text: &str) -> Option<Command> {
        let flow = match keyword(text)? {
            Keyword::OptOut => OPT_OUT,
            Keyword::AskOptOut => OPT_OUT_ASK,
            Keyword::OptIn => OPT_IN,
            Keyword::Help if self.may_help(text) => HELP,
            Keyword::Leave if self.nothing_to_leave() => OPT_OUT_ASK,
            Keyword::Help | Keyword::Leave | Keyword::EraseChat | Keyword::Erase => return None,
        };
        self.library.flow(flow).map(|flow| start(&flow.name, None, Vec::new()))
    }

    /// "Borrar chat": what was begun is left, for its words go too.
    pub(super) fn erases(&self, text: &str) -> Option<Vec<Command>> {
        match keyword(text)? {
            Keyword::EraseChat => {}
            Keyword::Erase if self.waits == Some(Waits::InDanger) => {}
            _ => return None,
        }
        let flow = self.library.flow(ERASE_CHAT)?;
        Some(vec![Command::Reset, start(&flow.name, None, Vec::new())])
    }

    /// "Ayuda" may be the answer to a question, and a cry of somebody in danger.
    fn may_help(&self, text: &str) -> bool {
        let said = Answer::Text { text: text.to_owned() };
        self.waits != Some(Waits::InDanger) && !self.library.accepts(self.session, &said, self.world)
    }

    /// "No" with no dialogue open may be about our messages. Not on a call, where nothing was written, and not of who
    /// waits for a person.
    fn nothing_to_leave(&self) -> bool {
        let busy = self.session.running().is_some() || self.session.is_waiting() || self.waits.is_some();
        !busy && !self.abilities.spoken
    }
}
