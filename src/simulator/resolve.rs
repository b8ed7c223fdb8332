//! What a send names has to exist and to fit: files on the shelf, approved templates, messages to react to. Between
//! `validate`, which reads the body, and `sending`, which takes the message.

use std::sync::Arc;

use super::{
    Inner,
    attachment::{Facts, is_voice},
    bubble::{Kind, View},
    envelope::Sort,
    error::GraphError,
    phones::Contact,
    templates::Category,
    validate::{Content, Named},
};

/// Meta: reactions, read marks and the typing sign are for messages of the last 30 days.
pub(super) const REACH_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A message ready to be taken.
pub(super) struct Ready {
    pub(super) view: View,
    pub(super) sort: Sort,
    /// Of a template; `None` for everything that needs the window.
    pub(super) category: Option<Category>,
}

impl Inner {
    pub(super) fn resolve(
        &self,
        contact: &Arc<Contact>,
        content: Content,
        to_user: bool,
    ) -> Result<Ready, GraphError> {
        match content {
            Content::Shown { view, files } => {
                files.iter().try_for_each(|file| self.fits(file))?;
                let voice =
                    files.iter().any(|file| file.voice) || view.file.as_ref().is_some_and(|file| file.voice);
                let sort = if voice { Sort::Voice } else { Sort::Ordinary };
                Ok(Ready { view: *view, sort, category: None })
            }
            Content::Reaction { message_id, emoji } => {
                self.can_be_reacted_to(contact, &message_id)?;
                let view = View { emoji, ..View::about(Kind::Reaction, &message_id) };
                Ok(Ready { view, sort: Sort::Reaction, category: None })
            }
            Content::Template(filled) => {
                let fitted = self.templates.fit(filled, to_user)?;
                fitted.files.iter().try_for_each(|file| self.fits(file))?;
                if fitted.category == Category::Marketing && contact.marketing_stopped {
                    return Err(GraphError::usual(131_050));
                }
                Ok(Ready { view: fitted.view, sort: Sort::Ordinary, category: Some(fitted.category) })
            }
        }
    }

    fn fits(&self, file: &Named) -> Result<(), GraphError> {
        let Some(item) = self.item(&file.id) else {
            let place = &file.place;
            return Err(GraphError::value(format!("{place}: no media has this id, or it expired.")));
        };
        file.kind.takes(Facts { mime: &item.mime, bytes: item.len(), animated: item.is_animated() })?;
        if file.voice && !is_voice(&item.mime) {
            return Err(GraphError::media("audio.voice: voice messages are audio/ogg with opus."));
        }
        Ok(())
    }

    /// Meta: 131009 if the target is unknown, itself a reaction, or older than 30 days.
    fn can_be_reacted_to(&self, contact: &Contact, id: &str) -> Result<(), GraphError> {
        let refused = |why: &str| Err(GraphError::value(format!("reaction.message_id: {why}.")));
        let Some(target) = self.phones.bubble(&contact.wa_id, id) else {
            return refused("no message of this conversation has this id");
        };
        if target.view.kind == Kind::Reaction {
            return refused("a reaction cannot be reacted to");
        }
        if (self.clock)() - target.at > REACH_MS {
            return refused("the message is older than 30 days");
        }
        Ok(())
    }
}
