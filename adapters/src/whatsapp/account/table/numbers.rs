//! What Meta decides about our numbers and the account they belong to. Used by `table`; every field ends with its
//! `*`.

use super::{Row, row};
use crate::{
    AccountKind::{Access, Account, Quality},
    Severity::{Critical, Info, Warning},
};

const NUMBER: &str = "phone_number_quality_update";
const NAME: &str = "phone_number_name_update";
const UPDATE: &str = "account_update";
const ALERT: &str = "account_alerts";
const REVIEW: &str = "account_review_update";
const CAPABILITY: &str = "business_capability_update";
const SECURITY: &str = "security";

pub(super) const ROWS: &[Row] = &[
    row(
        NUMBER,
        "FLAGGED",
        Quality,
        Warning,
        "La calidad del número {about} bajó: si no mejora, Meta reducirá a cuántas personas podemos escribir.",
    ),
    row(NUMBER, "UNFLAGGED", Quality, Info, "La calidad del número {about} volvió a la normalidad."),
    row(
        NUMBER,
        "DOWNGRADE",
        Quality,
        Warning,
        "Meta redujo a cuántas personas al día puede escribir primero el número {about}: espacia las campañas.",
    ),
    row(
        NUMBER,
        "UPGRADE",
        Quality,
        Info,
        "El número {about} ya puede escribir primero a más personas al día.",
    ),
    row(
        NUMBER,
        "THROUGHPUT_UPGRADE",
        Quality,
        Info,
        "El número {about} ya puede enviar más mensajes por segundo.",
    ),
    row(NUMBER, "ONBOARDING", Quality, Info, "El número {about} quedó dado de alta en WhatsApp."),
    row(
        NUMBER,
        "*",
        Quality,
        Warning,
        "Meta cambió la calidad del número {about} ({state}): revísalo en Meta.",
    ),
    row(NAME, "APPROVED", Account, Info, "Meta aprobó el nombre que la gente ve del número {about}."),
    row(
        NAME,
        "REJECTED",
        Account,
        Warning,
        "Meta rechazó el nombre del número {about}: elige otro que diga claramente de qué municipio es.",
    ),
    row(NAME, "DEFERRED", Account, Info, "Meta dejó para después la revisión del nombre del número {about}."),
    row(NAME, "PENDING", Account, Info, "Meta está revisando el nombre del número {about}."),
    row(
        NAME,
        "*",
        Account,
        Warning,
        "Meta cambió el estado del nombre del número {about} a {state}: revísalo.",
    ),
    row(
        UPDATE,
        "DISABLE",
        Account,
        Critical,
        "Meta desactivó nuestra cuenta de WhatsApp: nadie recibe respuesta. Apela en Meta Business hoy mismo.",
    ),
    row(
        UPDATE,
        "SCHEDULE_FOR_DISABLE",
        Account,
        Critical,
        "Meta va a desactivar nuestra cuenta de WhatsApp: apela en Meta Business antes de esa fecha.",
    ),
    row(UPDATE, "REINSTATE", Account, Info, "Meta reactivó nuestra cuenta de WhatsApp."),
    row(
        UPDATE,
        "RESTRICTED_CUSTOMER_INITIATED_MESSAGING",
        Account,
        Critical,
        "Meta no nos deja contestar por WhatsApp: nadie recibe respuesta. Revisa la cuenta en Meta Business.",
    ),
    row(
        UPDATE,
        "RESTRICTED_BIZ_INITIATED_MESSAGING",
        Account,
        Warning,
        "Meta no nos deja escribir primero por WhatsApp: solo contestar. Detén las campañas y revisa la cuenta.",
    ),
    row(
        UPDATE,
        "RESTRICTED_ADD_PHONE_NUMBER_ACTION",
        Account,
        Warning,
        "Meta no nos deja agregar números a la cuenta de WhatsApp: revísala en Meta Business.",
    ),
    row(
        UPDATE,
        "ACCOUNT_VIOLATION",
        Account,
        Warning,
        "Meta dice que faltamos a sus políticas de WhatsApp: lee el motivo en Meta Business y corrígelo ya.",
    ),
    row(
        UPDATE,
        "ACCOUNT_DELETED",
        Account,
        Critical,
        "Nuestra cuenta de WhatsApp se borró en Meta: nadie recibe respuesta. Avisa a soporte.",
    ),
    row(
        UPDATE,
        "ACCOUNT_OFFBOARDED",
        Account,
        Critical,
        "Nuestro número se desconectó de la plataforma de WhatsApp: vuelve a conectarlo en Meta.",
    ),
    row(UPDATE, "ACCOUNT_RECONNECTED", Account, Info, "Nuestro número volvió a conectarse a WhatsApp."),
    row(
        UPDATE,
        "PARTNER_REMOVED",
        Access,
        Critical,
        "Se le quitó a nuestro proveedor el acceso a la cuenta de WhatsApp: si no fue a propósito, devuélvelo.",
    ),
    row(
        UPDATE,
        "PARTNER_APP_UNINSTALLED",
        Access,
        Critical,
        "Se desinstaló nuestra aplicación de la cuenta de WhatsApp: si no fue a propósito, instálala de nuevo.",
    ),
    row(UPDATE, "PARTNER_ADDED", Access, Info, "Un proveedor recibió acceso a nuestra cuenta de WhatsApp."),
    row(
        UPDATE,
        "PARTNER_APP_INSTALLED",
        Access,
        Info,
        "Se instaló una aplicación en nuestra cuenta de WhatsApp.",
    ),
    row(UPDATE, "VERIFIED_ACCOUNT", Account, Info, "Meta verificó nuestra cuenta de WhatsApp."),
    row(
        UPDATE,
        "*",
        Account,
        Info,
        "Meta cambió algo de nuestra cuenta de WhatsApp ({state}): revísalo en Meta.",
    ),
    row(ALERT, "OBA_APPROVED", Account, Info, "Meta le dio a nuestra cuenta la palomita de cuenta oficial."),
    row(
        ALERT,
        "OBA_REJECTED",
        Account,
        Warning,
        "Meta no le dio a nuestra cuenta la palomita de cuenta oficial.",
    ),
    row(
        ALERT,
        "PROFILE_PICTURE_LOST",
        Account,
        Warning,
        "La foto de perfil de nuestro WhatsApp se perdió: súbela otra vez.",
    ),
    row(
        ALERT,
        "*",
        Account,
        Warning,
        "Meta manda un aviso sobre nuestra cuenta ({state}): léelo en Meta Business.",
    ),
    row(REVIEW, "APPROVED", Account, Info, "Meta revisó y aprobó nuestra cuenta de WhatsApp."),
    row(
        REVIEW,
        "REJECTED",
        Account,
        Critical,
        "Meta revisó y rechazó nuestra cuenta de WhatsApp: apela en Meta Business.",
    ),
    row(REVIEW, "*", Account, Info, "La revisión de nuestra cuenta de WhatsApp está en el estado {state}."),
    row(
        CAPABILITY,
        "*",
        Account,
        Info,
        "Meta cambió a cuántas personas al día podemos escribir primero: {state}.",
    ),
    row(
        SECURITY,
        "PIN_CHANGED",
        Access,
        Warning,
        "Alguien cambió el PIN de dos pasos del número {about}: si no fue el municipio, revisa la cuenta ya.",
    ),
    row(
        SECURITY,
        "PIN_RESET_REQUEST",
        Access,
        Warning,
        "Alguien pidió borrar el PIN de dos pasos del número {about}: si no fue el municipio, recházalo en Meta.",
    ),
    row(
        SECURITY,
        "PIN_RESET_SUCCESS",
        Access,
        Warning,
        "Se borró el PIN de dos pasos del número {about}: pon uno nuevo en Meta Business.",
    ),
    row(
        SECURITY,
        "*",
        Access,
        Warning,
        "Meta avisa de algo en la seguridad del número {about} ({state}): revísalo.",
    ),
];
