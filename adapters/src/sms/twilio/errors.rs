//! Twilio's error codes as data: when to try again, whose fault it is, and what an agent reads. Called by `send` and,
//! for errors that arrive later, through [`crate::Adapter::explain`].
//!
//! [`Fault::Account`] stops everything that waits for the account, so it stands only where nothing at all would go
//! out. One country, one unverified phone, one text that a filter did not like stop themselves alone: else a single
//! stranger could silence the town.

use std::time::Duration;

use crate::{Fault, Retry, SendError};

#[derive(Debug)]
pub(in crate::sms) struct Row {
    pub code: i64,
    pub retry: Retry,
    pub fault: Fault,
    pub sentence: &'static str,
}

const fn row(code: i64, retry: Retry, fault: Fault, sentence: &'static str) -> Row {
    Row { code, retry, fault, sentence }
}

const fn after_minutes(minutes: u64) -> Retry {
    Retry::After(Duration::from_secs(60 * minutes))
}

const NEVER: Retry = Retry::Never;
const BACKOFF: Retry = Retry::Backoff;

const TOKEN: &str = "Twilio ya no acepta nuestra clave: hay que renovarla en la configuración.";
const SENDER: &str = "Twilio no reconoce nuestro número de SMS: hay que revisar la configuración.";
const SUSPENDED: &str = "Twilio suspendió nuestra cuenta: hay que atenderlo en su consola.";
const TOO_MANY: &str = "Vamos más rápido de lo que Twilio permite: el mensaje saldrá en unos minutos.";
const OUR_BUG: &str = "Twilio no aceptó la forma del mensaje: es una falla nuestra, avisa a soporte.";
const NO_MOBILE: &str =
    "Este teléfono no recibe SMS (puede ser fijo o no existir): busca a la persona por otro medio.";
const OUR_ANSWER: &str =
    "Twilio no entendió la respuesta de nuestro servidor: es una falla nuestra, avisa a soporte.";

/// Sorted by code. Source: Twilio's error dictionary.
pub(in crate::sms) const TABLE: &[Row] = &[
    row(11_200, NEVER, Fault::Message, "Twilio no pudo hablar con nuestro servidor: avisa a soporte."),
    row(11_205, NEVER, Fault::Message, "Twilio no pudo conectarse con nuestro servidor: avisa a soporte."),
    row(11_750, NEVER, Fault::Message, OUR_ANSWER),
    row(11_770, NEVER, Fault::Message, OUR_ANSWER),
    row(12_100, NEVER, Fault::Message, OUR_ANSWER),
    row(12_300, NEVER, Fault::Message, OUR_ANSWER),
    row(14_107, BACKOFF, Fault::Provider, TOO_MANY),
    row(20_003, NEVER, Fault::Account, TOKEN),
    row(20_005, NEVER, Fault::Account, SUSPENDED),
    row(20_404, NEVER, Fault::Message, OUR_BUG),
    row(20_429, BACKOFF, Fault::Provider, TOO_MANY),
    row(
        21_211,
        NEVER,
        Fault::Recipient,
        "El teléfono de esta persona no es válido: pídele el número correcto.",
    ),
    row(21_212, NEVER, Fault::Account, SENDER),
    row(
        21_408,
        NEVER,
        Fault::Recipient,
        "Nuestra cuenta de Twilio no puede enviar SMS al país de esta persona: si hace falta, hay que activarlo en su consola.",
    ),
    row(21_602, NEVER, Fault::Message, "El mensaje estaba vacío: no se envió."),
    row(21_603, NEVER, Fault::Account, SENDER),
    row(21_606, NEVER, Fault::Account, SENDER),
    row(
        21_608,
        NEVER,
        Fault::Recipient,
        "La cuenta de Twilio es de prueba y este teléfono no está verificado en ella: hay que agregarlo o usar la cuenta real.",
    ),
    row(
        21_610,
        NEVER,
        Fault::OptedOut,
        "Esta persona pidió no recibir nuestros SMS: solo ella puede reactivarlos, escribiendo START.",
    ),
    row(21_611, after_minutes(5), Fault::Provider, TOO_MANY),
    row(
        21_612,
        NEVER,
        Fault::Recipient,
        "Desde nuestro número no se llega al teléfono de esta persona: búscala por otro medio.",
    ),
    row(21_614, NEVER, Fault::Recipient, NO_MOBILE),
    row(
        21_617,
        NEVER,
        Fault::Message,
        "El mensaje es más largo de lo que permite un SMS: hay que acortarlo.",
    ),
    row(21_620, NEVER, Fault::Message, OUR_BUG),
    row(30_001, after_minutes(5), Fault::Provider, TOO_MANY),
    row(30_002, NEVER, Fault::Account, SUSPENDED),
    row(
        30_003,
        after_minutes(4 * 60),
        Fault::Recipient,
        "El teléfono de la persona está apagado o sin señal: se puede intentar en unas horas.",
    ),
    row(
        30_004,
        NEVER,
        Fault::Recipient,
        "La compañía o la propia persona bloqueó nuestros SMS: búscala por otro medio.",
    ),
    row(30_005, NEVER, Fault::Recipient, NO_MOBILE),
    row(30_006, NEVER, Fault::Recipient, NO_MOBILE),
    row(
        30_007,
        NEVER,
        Fault::Message,
        "La compañía tomó el mensaje por publicidad y lo detuvo: hay que cambiar el texto, no reenviarlo igual.",
    ),
    row(30_008, after_minutes(10), Fault::Provider, "La compañía no entregó el mensaje y no dijo por qué."),
    row(
        30_009,
        NEVER,
        Fault::Provider,
        "Faltó una parte de un mensaje que mandó la persona: pídele que lo repita.",
    ),
    row(30_010, NEVER, Fault::Message, "El mensaje costaba más de lo permitido: no se envió."),
    row(30_011, NEVER, Fault::Message, "En esta zona no se pueden mandar fotos por SMS: manda un enlace."),
    row(
        30_017,
        after_minutes(5),
        Fault::Provider,
        "La red de la compañía está saturada: lo intentamos de nuevo.",
    ),
    row(30_019, NEVER, Fault::Message, "El archivo pesa más de lo que acepta la compañía de la persona."),
    row(30_022, after_minutes(5), Fault::Provider, TOO_MANY),
    row(
        63_016,
        NEVER,
        Fault::Window,
        "Pasaron más de 24 horas desde su último mensaje: hay que enviarle una plantilla o esperar a que escriba.",
    ),
    row(63_018, BACKOFF, Fault::Provider, TOO_MANY),
    row(63_024, NEVER, Fault::Recipient, "Esta persona no usa este canal: búscala por otro medio."),
    row(
        63_038,
        after_minutes(12 * 60),
        Fault::Provider,
        "Llegamos al límite de mensajes de hoy en Twilio: el resto saldrá mañana.",
    ),
];

pub(in crate::sms) fn find(code: i64) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.code == code)
}

/// What to do about a code, known or not.
pub(in crate::sms) fn explain(code: i64) -> SendError {
    let code_told = Some(code);
    match find(code) {
        Some(row) => SendError {
            retry: row.retry,
            fault: row.fault,
            code: code_told,
            sentence: row.sentence.to_owned(),
        },
        None => SendError {
            retry: Retry::Never,
            fault: Fault::Message,
            code: code_told,
            sentence: format!(
                "Twilio no entregó el mensaje y dio un motivo que no conocemos ({code}): avisa a soporte."
            ),
        },
    }
}
