//! Buttons and lists. Called by `content`; a choice is known by its payload, never by its label.

use serde_json::{Value, json};

use super::limits::{counted, labelled, unique, within};
use crate::{Capabilities, Choice, SendError};

/// Meta: the id of a button has at most 256 characters, that of a row 200.
const MAX_BUTTON_ID: usize = 256;
const MAX_ROW_ID: usize = 200;

/// Meta: 1 to 3 buttons of 20 characters.
pub(super) fn buttons(buttons: &[Choice], can: &Capabilities) -> Result<Value, SendError> {
    counted("botones", buttons.len(), can.buttons)?;
    unique(buttons, |button| &button.payload)?;
    // Meta refuses two buttons with one title; for rows it does not mind.
    unique(buttons, |button| &button.label)?;
    let written: Result<Vec<Value>, SendError> = buttons.iter().map(|one| button(one, can)).collect();
    Ok(json!({"buttons": written?}))
}

fn button(Choice { payload, label, .. }: &Choice, can: &Capabilities) -> Result<Value, SendError> {
    labelled("El botón", label, can.button_title)?;
    labelled("El identificador de un botón", payload, MAX_BUTTON_ID)?;
    Ok(json!({"type": "reply", "reply": {"id": payload, "title": label}}))
}

/// Meta: 10 rows in all. One section needs no title.
pub(super) fn list(open: &str, rows: &[Choice], can: &Capabilities) -> Result<Value, SendError> {
    labelled("El botón que abre la lista", open, can.button_title)?;
    counted("opciones", rows.len(), can.list_rows)?;
    unique(rows, |row| &row.payload)?;
    let written: Result<Vec<Value>, SendError> = rows.iter().map(|one| row(one, can)).collect();
    Ok(json!({"button": open, "sections": [{"rows": written?}]}))
}

fn row(row: &Choice, can: &Capabilities) -> Result<Value, SendError> {
    labelled("La opción", &row.label, can.row_title)?;
    labelled("El identificador de una opción", &row.payload, MAX_ROW_ID)?;
    let mut written = json!({"id": row.payload, "title": row.label});
    if let Some(description) = row.description.as_deref().filter(|text| !text.trim().is_empty()) {
        within("La descripción de una opción", description, can.row_description)?;
        written["description"] = json!(description);
    }
    Ok(written)
}
