//! What a simulated person does on the phone. The page's API takes the same as JSON, tagged by `type`. What Meta makes
//! of it is in `compose` and `people`.

mod attached;

use std::{fmt, sync::Arc};

use serde::Deserialize;
use serde_json::{Map, Value};
use thiserror::Error;

use super::{
    BadPhone,
    bubble::{Card, Location},
    validate,
};

pub use attached::Attached;

/// One thing a person sends or does.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Said {
    Text {
        text: String,
    },
    /// Presses a reply button, or the quick reply of a template, as the message says.
    Button {
        id: String,
        title: String,
        message_id: String,
    },
    Row {
        id: String,
        title: String,
        #[serde(default)]
        description: Option<String>,
        message_id: String,
    },
    /// Presses the quick reply of a template; payloads of old messages may come without their message.
    TemplateButton {
        text: String,
        payload: String,
        #[serde(default)]
        message_id: Option<String>,
    },
    /// Fills in a form. `response_json` is passed on as it is, JSON or not.
    NfmReply {
        response_json: String,
        /// `flow` or `address_message`.
        #[serde(default = "flow")]
        name: String,
        #[serde(default)]
        message_id: Option<String>,
    },
    Image(Attached),
    Video(Attached),
    /// A music file.
    Audio(Attached),
    /// A voice note.
    Voice(Attached),
    Document(Attached),
    Sticker(Attached),
    Location(Location),
    /// Shares somebody's cards.
    Contacts {
        contacts: Vec<Card>,
    },
    /// Shares the own number, when asked for it.
    OwnContact {
        #[serde(default)]
        message_id: Option<String>,
    },
    /// Without an emoji: takes the reaction away.
    Reaction {
        message_id: String,
        #[serde(default)]
        emoji: Option<String>,
    },
    Order {
        catalog_id: String,
        #[serde(default)]
        text: Option<String>,
        items: Vec<OrderItem>,
    },
    /// New words for an earlier message of one's own (numbers shared with the phone app only).
    Edit {
        original_message_id: String,
        text: String,
    },
    /// Deletes an earlier message of one's own for everybody (numbers shared with the phone app only).
    Revoke {
        original_message_id: String,
    },
    /// Quotes a message.
    Reply {
        message_id: String,
        said: Box<Said>,
    },
    /// Forwards; `often`: more than five times already.
    Forwarded {
        #[serde(default)]
        often: bool,
        said: Box<Said>,
    },
    /// Writes from an advertisement. The object goes on as it is.
    Referred {
        referral: Map<String, Value>,
        said: Box<Said>,
    },
    /// Writes from the button of a product.
    AboutProduct {
        catalog_id: String,
        product_retailer_id: String,
        said: Box<Said>,
    },
    /// A kind of message that Meta does not pass on, such as `poll_creation` (131051).
    Unsupported {
        kind: String,
    },
    /// Something Meta could not read: 131060 unless another documented code is given, such as 131052.
    Unreadable {
        #[serde(default = "unavailable")]
        code: i32,
    },
    /// An answer to buttons of which only an error arrives.
    BrokenInteractive,
    /// A kind that nobody knows yet, with its body under the kind's own key.
    Unknown {
        kind: String,
        body: Value,
    },
    /// A whole message object; id, sender and time are filled in where missing.
    Raw {
        message: Map<String, Value>,
    },
    /// A human colleague answers this person from the phone app.
    Echo {
        said: Box<Said>,
    },
    /// Stops, or takes up again, marketing messages.
    Preferences {
        marketing: Marketing,
    },
    /// Moves to another number.
    ChangeNumber {
        new_wa_id: String,
    },
    /// Gets another user id, made up if none is given.
    ChangeUserId {
        #[serde(default)]
        user_id: Option<String>,
    },
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct OrderItem {
    pub product_retailer_id: String,
    pub quantity: u32,
    pub item_price: f64,
    pub currency: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Marketing {
    Stop,
    Resume,
}

fn flow() -> String {
    "flow".to_owned()
}

fn unavailable() -> i32 {
    131_060
}

/// Why nobody can do this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadSaid {
    #[error(transparent)]
    Phone(#[from] BadPhone),
    #[error("only a message can be quoted, forwarded, referred or echoed; say this by itself")]
    NotAMessage,
    #[error("{0} is not among the error codes that Meta documents for messages")]
    UnknownCode(i32),
    #[error("a user id is a country, a dot, then letters and digits, such as MX.1349")]
    UserId,
}

impl Said {
    /// Everything that can be told wrong before anything happens.
    pub(super) fn check(&self) -> Result<(), BadSaid> {
        match self {
            Self::ChangeNumber { new_wa_id } if !validate::is_phone(new_wa_id) => Err(BadPhone.into()),
            Self::ChangeUserId { user_id: Some(id) } if !validate::is_user_id(id) => Err(BadSaid::UserId),
            Self::Unreadable { code } if super::codes::find(*code).is_none() => {
                Err(BadSaid::UnknownCode(*code))
            }
            Self::Reply { said, .. }
            | Self::Forwarded { said, .. }
            | Self::Referred { said, .. }
            | Self::AboutProduct { said, .. }
            | Self::Echo { said } => {
                if said.is_message() {
                    said.check()
                } else {
                    Err(BadSaid::NotAMessage)
                }
            }
            _ => Ok(()),
        }
    }

    fn is_message(&self) -> bool {
        !matches!(
            self,
            Self::Echo { .. }
                | Self::Preferences { .. }
                | Self::ChangeNumber { .. }
                | Self::ChangeUserId { .. }
        )
    }

    /// The tag, which tells nothing of the person.
    fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "Text",
            Self::Button { .. } => "Button",
            Self::Row { .. } => "Row",
            Self::TemplateButton { .. } => "TemplateButton",
            Self::NfmReply { .. } => "NfmReply",
            Self::Image(_) => "Image",
            Self::Video(_) => "Video",
            Self::Audio(_) => "Audio",
            Self::Voice(_) => "Voice",
            Self::Document(_) => "Document",
            Self::Sticker(_) => "Sticker",
            Self::Location(_) => "Location",
            Self::Contacts { .. } => "Contacts",
            Self::OwnContact { .. } => "OwnContact",
            Self::Reaction { .. } => "Reaction",
            Self::Order { .. } => "Order",
            Self::Edit { .. } => "Edit",
            Self::Revoke { .. } => "Revoke",
            Self::Reply { .. } => "Reply",
            Self::Forwarded { .. } => "Forwarded",
            Self::Referred { .. } => "Referred",
            Self::AboutProduct { .. } => "AboutProduct",
            Self::Unsupported { .. } => "Unsupported",
            Self::Unreadable { .. } => "Unreadable",
            Self::BrokenInteractive => "BrokenInteractive",
            Self::Unknown { .. } => "Unknown",
            Self::Raw { .. } => "Raw",
            Self::Echo { .. } => "Echo",
            Self::Preferences { .. } => "Preferences",
            Self::ChangeNumber { .. } => "ChangeNumber",
            Self::ChangeUserId { .. } => "ChangeUserId",
        }
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(…)", self.kind())
    }
}

/// The wamid of what was said.
pub(super) type Wamid = Arc<str>;
