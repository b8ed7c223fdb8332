//! One message -> what the page shows. Called by `mod.rs`; storing the value is the delivery.

use serde_json::{Value, json};

use crate::{Delivery, Fault, Outgoing, Retry, SendError};

/// `{"reference": "…", "type": "buttons", "text": "…", "buttons": […]}`: the message as it is, with our id.
pub(super) fn write(outgoing: &Outgoing) -> Delivery {
    match serde_json::to_value(&outgoing.message) {
        Ok(Value::Object(message)) => {
            let mut shown = serde_json::Map::new();
            shown.insert("reference".to_owned(), json!(outgoing.reference));
            shown.extend(message);
            Delivery::Pull(Value::Object(shown))
        }
        _ => Delivery::Impossible(SendError {
            retry: Retry::Never,
            fault: Fault::Message,
            code: None,
            sentence: "El mensaje no se pudo preparar para la página: avisa a soporte.".to_owned(),
        }),
    }
}
