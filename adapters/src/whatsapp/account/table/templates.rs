//! What Meta decides about our templates. Used by `table`; every field ends with its `*`.

use super::{Row, row};
use crate::{
    AccountKind::{Account, Quality, Template},
    Severity::{Info, Warning},
};

const STATUS: &str = "message_template_status_update";
const SCORE: &str = "message_template_quality_update";
const CATEGORY: &str = "template_category_update";

pub(super) const ROWS: &[Row] = &[
    row(STATUS, "APPROVED", Template, Info, "Meta aprobó la plantilla {about}: ya se puede enviar."),
    row(
        STATUS,
        "REINSTATED",
        Template,
        Info,
        "Meta reactivó la plantilla {about}: ya se puede enviar otra vez.",
    ),
    row(
        STATUS,
        "PENDING",
        Template,
        Info,
        "Meta está revisando la plantilla {about}: todavía no se puede enviar.",
    ),
    row(STATUS, "IN_APPEAL", Template, Info, "Meta está revisando la apelación de la plantilla {about}."),
    row(
        STATUS,
        "FLAGGED",
        Template,
        Warning,
        "La plantilla {about} recibe quejas y Meta puede desactivarla: envíala menos o cambia su texto.",
    ),
    row(
        STATUS,
        "PAUSED",
        Template,
        Warning,
        "Meta pausó la plantilla {about} por quejas de quienes la recibieron: usa otra mientras tanto.",
    ),
    row(
        STATUS,
        "LOCKED",
        Template,
        Warning,
        "Meta bloqueó los cambios de la plantilla {about}: revísala en Meta Business.",
    ),
    row(
        STATUS,
        "LIMIT_EXCEEDED",
        Template,
        Warning,
        "La cuenta llegó al máximo de plantillas y Meta no aceptó {about}: borra las que ya no se usen.",
    ),
    row(
        STATUS,
        "REJECTED",
        Template,
        Warning,
        "Meta rechazó la plantilla {about}: lee el motivo en Meta Business, corrígela y envíala a revisión.",
    ),
    row(
        STATUS,
        "DISABLED",
        Template,
        Warning,
        "Meta desactivó la plantilla {about} y ya no se puede enviar: hay que hacer otra con un texto distinto.",
    ),
    row(
        STATUS,
        "PENDING_DELETION",
        Template,
        Warning,
        "La plantilla {about} se va a borrar en Meta: usa otra.",
    ),
    row(STATUS, "DELETED", Template, Warning, "La plantilla {about} se borró en Meta: usa otra."),
    row(
        STATUS,
        "ARCHIVED",
        Template,
        Warning,
        "Meta archivó la plantilla {about}: si se usa, actívala de nuevo.",
    ),
    row(STATUS, "UNARCHIVED", Template, Info, "La plantilla {about} ya no está archivada en Meta."),
    row(
        STATUS,
        "*",
        Template,
        Warning,
        "Meta cambió el estado de la plantilla {about} a {state}: revísala en Meta Business.",
    ),
    row(SCORE, "GREEN", Quality, Info, "La gente recibe bien la plantilla {about}: su calidad es alta."),
    row(
        SCORE,
        "YELLOW",
        Quality,
        Warning,
        "La calidad de la plantilla {about} bajó a media: revisa a quién y con qué frecuencia se envía.",
    ),
    row(
        SCORE,
        "RED",
        Quality,
        Warning,
        "La calidad de la plantilla {about} es baja y Meta puede pausarla: deja de enviarla y cambia su texto.",
    ),
    row(SCORE, "UNKNOWN", Quality, Info, "Meta todavía no sabe qué tan bien se recibe la plantilla {about}."),
    row(SCORE, "*", Quality, Warning, "Meta cambió la calidad de la plantilla {about} a {state}: revísala."),
    row(
        CATEGORY,
        "MARKETING",
        Account,
        Warning,
        "Meta cambió la plantilla {about} a la categoría de promociones: cuesta más y menos personas la reciben.",
    ),
    row(CATEGORY, "*", Account, Info, "Meta cambió la plantilla {about} a la categoría {state}."),
];
