//! Meta's error codes as data: when to try again, whose fault it is, and what an agent reads. Called by `send` and,
//! for errors that arrive later, through [`crate::Adapter::explain`]. Branch on the code alone: titles are reworded
//! and translated over time, and the HTTP status is not reliable.
//!
//! [`Fault::Account`] stops the channel, so it is only for what a person of the town must repair or wait out.

use std::time::Duration;

use crate::{Fault, Retry, SendError};

/// What one code, or a run of neighbours, means.
#[derive(Debug)]
pub(super) struct Row {
    pub first: i64,
    pub last: i64,
    pub retry: Retry,
    pub fault: Fault,
    pub sentence: &'static str,
}

const fn row(first: i64, last: i64, retry: Retry, fault: Fault, sentence: &'static str) -> Row {
    Row { first, last, retry, fault, sentence }
}

const fn after_minutes(minutes: u64) -> Retry {
    Retry::After(Duration::from_secs(60 * minutes))
}

const NEVER: Retry = Retry::Never;
const BACKOFF: Retry = Retry::Backoff;

const TOKEN: &str = "WhatsApp ya no acepta nuestra clave de acceso: hay que renovarla en la configuración.";
const PERMISSION: &str =
    "A nuestra cuenta de WhatsApp le falta un permiso: hay que revisarlo en Meta Business.";
const BUSY: &str = "WhatsApp no está disponible en este momento: lo intentamos de nuevo en unos segundos.";
const TOO_MANY: &str = "Vamos más rápido de lo que WhatsApp permite: el mensaje saldrá en unos minutos.";
const OUR_BUG: &str = "WhatsApp no aceptó la forma del mensaje: es una falla nuestra, avisa a soporte.";
const BLOCKED: &str =
    "WhatsApp bloqueó nuestra cuenta por sus políticas: hay que atenderlo en Meta Business.";
const REGISTRATION: &str =
    "El registro de nuestro número en WhatsApp está incompleto: hay que revisarlo en Meta.";
const PAYMENT: &str = "WhatsApp tiene un problema con el pago de nuestra cuenta: hay que resolverlo en Meta.";
const TEMPLATE: &str =
    "La plantilla no coincide con la aprobada por Meta: hay que corregirla antes de enviar.";
const PARAMETER: &str =
    "WhatsApp no aceptó los datos con los que se llenó la plantilla: hay que revisarlos antes de enviar.";
const MARKETING: &str = "WhatsApp no permite este tipo de mensaje promocional: no se volverá a intentar.";

/// Sorted by code; every code belongs to one row.
pub(super) const TABLE: &[Row] = &[
    row(0, 0, NEVER, Fault::Account, TOKEN),
    row(1, 1, BACKOFF, Fault::Provider, BUSY),
    row(2, 2, BACKOFF, Fault::Provider, BUSY),
    row(3, 3, NEVER, Fault::Account, PERMISSION),
    row(4, 4, after_minutes(5), Fault::Provider, TOO_MANY),
    row(10, 10, NEVER, Fault::Account, PERMISSION),
    row(
        33,
        33,
        NEVER,
        Fault::Account,
        "WhatsApp ya no conoce nuestro número: hay que revisar la configuración.",
    ),
    row(100, 100, NEVER, Fault::Message, OUR_BUG),
    row(190, 190, NEVER, Fault::Account, TOKEN),
    row(200, 299, NEVER, Fault::Account, PERMISSION),
    row(368, 368, NEVER, Fault::Account, BLOCKED),
    row(80_007, 80_007, after_minutes(5), Fault::Provider, TOO_MANY),
    row(130_403, 130_403, NEVER, Fault::OptedOut, "Esta persona bloqueó nuestro número en WhatsApp."),
    row(130_429, 130_429, BACKOFF, Fault::Provider, TOO_MANY),
    row(
        130_472,
        130_472,
        NEVER,
        Fault::Recipient,
        "Meta no entregó el mensaje: esta persona está en una de sus pruebas. No se volverá a intentar.",
    ),
    row(
        130_497,
        130_497,
        NEVER,
        Fault::Recipient,
        "Nuestra cuenta no puede escribir por WhatsApp al país de esta persona: búscala por otro medio.",
    ),
    row(131_000, 131_000, BACKOFF, Fault::Provider, BUSY),
    row(131_005, 131_005, NEVER, Fault::Account, PERMISSION),
    row(131_008, 131_009, NEVER, Fault::Message, OUR_BUG),
    row(131_016, 131_016, BACKOFF, Fault::Provider, BUSY),
    row(131_021, 131_021, NEVER, Fault::Message, "El mensaje iba a nuestro propio número: no se envió."),
    row(
        131_026,
        131_026,
        NEVER,
        Fault::Recipient,
        "El mensaje no se pudo entregar: quizá la persona no usa WhatsApp o su versión es vieja. Prueba otro medio.",
    ),
    row(
        131_030,
        131_030,
        NEVER,
        Fault::Recipient,
        "Nuestro número es de prueba y esta persona no está en su lista: agrégala en Meta o usa el número real.",
    ),
    row(131_031, 131_031, NEVER, Fault::Account, BLOCKED),
    row(
        131_037,
        131_037,
        NEVER,
        Fault::Account,
        "Meta aún no aprueba el nombre de nuestra cuenta: hasta entonces no podemos enviar.",
    ),
    row(131_042, 131_042, NEVER, Fault::Account, PAYMENT),
    row(131_045, 131_045, NEVER, Fault::Account, REGISTRATION),
    row(
        131_047,
        131_047,
        NEVER,
        Fault::Window,
        "Pasaron más de 24 horas desde su último mensaje: hay que enviarle una plantilla o esperar a que escriba.",
    ),
    row(
        131_048,
        131_048,
        after_minutes(4 * 60),
        Fault::Account,
        "Varias personas marcaron nuestros mensajes como no deseados: WhatsApp frenó el número por unas horas.",
    ),
    row(
        131_049,
        131_049,
        after_minutes(24 * 60),
        Fault::Recipient,
        "Esta persona ya recibió muchos mensajes promocionales hoy: se puede intentar en 24 horas.",
    ),
    row(131_050, 131_050, NEVER, Fault::OptedOut, "Esta persona pidió no recibir mensajes promocionales."),
    row(131_051, 131_051, NEVER, Fault::Message, OUR_BUG),
    row(
        131_052,
        131_052,
        NEVER,
        Fault::Provider,
        "WhatsApp no pudo bajar el archivo que mandó la persona: pídele que lo envíe otra vez.",
    ),
    row(
        131_053,
        131_053,
        BACKOFF,
        Fault::Provider,
        "WhatsApp no pudo tomar el archivo que enviamos: lo intentamos de nuevo.",
    ),
    row(131_055, 131_055, NEVER, Fault::Message, MARKETING),
    // Meta: wait 4^n seconds, for this person only.
    row(
        131_056,
        131_056,
        Retry::Pair,
        Fault::Provider,
        "Le mandamos demasiados mensajes seguidos a esta persona: el siguiente saldrá en unos segundos.",
    ),
    row(131_057, 131_057, after_minutes(1), Fault::Provider, BUSY),
    row(
        131_060,
        131_060,
        NEVER,
        Fault::Provider,
        "El mensaje de la persona no se pudo leer: pídele que lo envíe otra vez.",
    ),
    row(
        131_062,
        131_062,
        NEVER,
        Fault::Recipient,
        "Este mensaje necesita el teléfono de la persona y WhatsApp solo nos da su usuario: pídele el número.",
    ),
    row(131_063, 131_063, NEVER, Fault::Message, MARKETING),
    row(
        131_064,
        131_064,
        NEVER,
        Fault::Account,
        "WhatsApp limitó nuestras plantillas por mal uso: hay que atenderlo en Meta Business.",
    ),
    row(132_000, 132_001, NEVER, Fault::Template, TEMPLATE),
    // What was filled in makes this one too long: the template is as good as it was.
    row(132_005, 132_005, NEVER, Fault::Message, PARAMETER),
    row(
        132_007,
        132_007,
        NEVER,
        Fault::Template,
        "La plantilla va contra las políticas de WhatsApp: hay que cambiarla en Meta.",
    ),
    row(132_008, 132_008, NEVER, Fault::Message, PARAMETER),
    row(132_012, 132_012, NEVER, Fault::Template, TEMPLATE),
    row(
        132_015,
        132_015,
        NEVER,
        Fault::Template,
        "Meta pausó la plantilla por quejas de quienes la recibieron: usa otra mientras tanto.",
    ),
    row(132_016, 132_016, NEVER, Fault::Template, "Meta desactivó la plantilla: hay que usar otra."),
    row(132_018, 132_018, NEVER, Fault::Message, PARAMETER),
    row(
        132_068,
        132_068,
        NEVER,
        Fault::Message,
        "Meta bloqueó el formulario de WhatsApp: hay que revisarlo.",
    ),
    row(132_069, 132_069, after_minutes(1), Fault::Provider, TOO_MANY),
    row(133_000, 133_000, NEVER, Fault::Account, REGISTRATION),
    row(133_004, 133_004, BACKOFF, Fault::Provider, BUSY),
    row(133_005, 133_006, NEVER, Fault::Account, REGISTRATION),
    row(133_008, 133_010, NEVER, Fault::Account, REGISTRATION),
    row(133_015, 133_015, NEVER, Fault::Account, REGISTRATION),
    row(
        133_016,
        133_016,
        after_minutes(72 * 60),
        Fault::Account,
        "Hubo demasiados intentos de registrar nuestro número: WhatsApp lo bloqueó por 72 horas.",
    ),
    row(134_011, 134_011, NEVER, Fault::Account, PAYMENT),
    row(134_100, 134_102, NEVER, Fault::Message, MARKETING),
    row(135_000, 135_000, NEVER, Fault::Message, OUR_BUG),
];

/// Whether a code is about token, permission or payment, and not about what was sent.
pub(super) fn is_access(code: i64) -> bool {
    matches!(code, 0 | 3 | 10 | 190 | 200..=299 | 131_005 | 131_042 | 134_011)
}

pub(super) fn find(code: i64) -> Option<&'static Row> {
    TABLE.iter().find(|row| (row.first..=row.last).contains(&code))
}

/// What to do about a code, known or not.
pub(super) fn explain(code: i64) -> SendError {
    match find(code) {
        Some(row) => SendError {
            retry: row.retry,
            fault: row.fault,
            code: Some(code),
            sentence: row.sentence.to_owned(),
        },
        None => SendError {
            retry: Retry::Never,
            fault: Fault::Message,
            code: Some(code),
            sentence: format!(
                "WhatsApp no entregó el mensaje y dio un motivo que no conocemos ({code}): avisa a soporte."
            ),
        },
    }
}
