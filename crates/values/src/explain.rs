//! Why an answer was not understood, said to the person: one sentence, and how to write it. No sentence repeats what
//! was written: it may be private, and it goes through logs of channels.

use crate::{
    AgeError, CurpError, DateError, EmailError, FolioError, Lang, MoneyError, NameError, PhoneError,
    PlateError, RfcError, TimeError,
};

/// What a reader says when it did not understand.
///
/// ```
/// use ventanilla_values::{Curp, Explain, Lang};
/// let error = Curp::find("mi curp es HEGG560427MVZR").unwrap_err();
/// assert_eq!(error.explain(Lang::ES), "La CURP tiene 18 letras y números; faltan 4.");
/// assert_eq!(error.explain(Lang::EN), "A CURP has 18 letters and digits; 4 are missing.");
/// ```
pub trait Explain {
    /// In Spanish for every language but English.
    fn explain(&self, lang: Lang) -> String;
}

fn pick(lang: Lang, es: impl Into<String>, en: impl Into<String>) -> String {
    if lang == Lang::EN { en.into() } else { es.into() }
}

impl Explain for CurpError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Length { found } => length(lang, ("La CURP", "A CURP"), 18, *found),
            Self::Form => pick(
                lang,
                "La CURP lleva 4 letras, 6 números de la fecha, 6 letras y 2 al final; cópiala como viene en tu hoja.",
                "A CURP has 4 letters, 6 digits of a date, 6 letters and 2 more; copy it as it is on your paper.",
            ),
            Self::Date => pick(
                lang,
                "La fecha que viene dentro de la CURP no existe; revisa los 6 números de en medio.",
                "The date inside the CURP does not exist; look at its 6 middle digits again.",
            ),
            Self::CheckDigit => mistyped(lang, "la CURP", "the CURP"),
        }
    }
}

impl Explain for RfcError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Length { found: 0..=11 } => pick(
                lang,
                "El RFC de una persona tiene 13 letras y números, y el de una empresa 12; al tuyo le faltan.",
                "A person's RFC has 13 letters and digits, a company's 12; some are missing.",
            ),
            Self::Length { .. } => pick(
                lang,
                "El RFC de una persona tiene 13 letras y números, y el de una empresa 12; al tuyo le sobran.",
                "A person's RFC has 13 letters and digits, a company's 12; there are too many.",
            ),
            Self::Form => pick(
                lang,
                "El RFC lleva 3 o 4 letras, 6 números de una fecha y 3 letras o números al final.",
                "An RFC has 3 or 4 letters, 6 digits of a date and 3 letters or digits at the end.",
            ),
            Self::Date => pick(
                lang,
                "La fecha que viene dentro del RFC no existe; revisa los 6 números de en medio.",
                "The date inside the RFC does not exist; look at its 6 middle digits again.",
            ),
            Self::CheckDigit => mistyped(lang, "el RFC", "the RFC"),
        }
    }
}

impl Explain for EmailError {
    fn explain(&self, lang: Lang) -> String {
        pick(
            lang,
            "Un correo se escribe con arroba y punto, como ana@ejemplo.mx.",
            "An e-mail address has an @ and a dot, like ana@example.mx.",
        )
    }
}

impl Explain for PlateError {
    fn explain(&self, lang: Lang) -> String {
        pick(
            lang,
            "Una placa lleva letras y números en grupos, como ABC-123-D.",
            "A plate has letters and digits in groups, like ABC-123-D.",
        )
    }
}

impl Explain for MoneyError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::NoAmount => pick(
                lang,
                "Escribe una sola cantidad con números, como $1,250.",
                "Write one amount in digits, like $1,250.",
            ),
            Self::Negative => {
                pick(lang, "La cantidad no puede ser menor que cero.", "The amount cannot be less than zero.")
            }
            Self::TooMuch => pick(
                lang,
                "Esa cantidad es demasiado grande; revisa los ceros.",
                "That amount is too large; look at its zeros again.",
            ),
        }
    }
}

impl Explain for NameError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::NoName => pick(
                lang,
                "Escribe nombre y apellidos, como María del Carmen Pérez López.",
                "Write first name and surnames, like María del Carmen Pérez López.",
            ),
            Self::NoSurname => pick(
                lang,
                "Faltan los apellidos; escribe el nombre completo, como María Pérez López.",
                "The surnames are missing; write the full name, like María Pérez López.",
            ),
            Self::Digits => pick(
                lang,
                "Un nombre no lleva números; escríbelo solo con letras.",
                "A name has no digits; write letters only.",
            ),
            Self::TooLong => pick(
                lang,
                "Es muy largo para ser un nombre; escribe solo nombre y apellidos.",
                "That is too long for a name; write only first name and surnames.",
            ),
        }
    }
}

impl Explain for AgeError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::NoAge => pick(
                lang,
                "Escribe los años cumplidos con un número, como 34, o los meses si es un bebé.",
                "Write the age in years as a number, like 34, or the months of a baby.",
            ),
            Self::Several => {
                pick(lang, "Leí varias edades; escribe solo una.", "I read several ages; write only one.")
            }
            Self::TooOld => pick(
                lang,
                "Nadie tiene tantos años; revisa el número.",
                "Nobody is that old; look at the number again.",
            ),
            Self::NotBorn => pick(
                lang,
                "Esa fecha de nacimiento todavía no llega; revisa el año.",
                "That date of birth is yet to come; look at the year again.",
            ),
        }
    }
}

impl Explain for DateError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::NoDay => pick(
                lang,
                "Escribe el día y el mes, como 15 de mayo, o algo como mañana o el lunes.",
                "Write the day and the month, like May 15, or something like tomorrow or Monday.",
            ),
            Self::Several => {
                pick(lang, "Leí varios días; escribe solo uno.", "I read several days; write only one.")
            }
            Self::Impossible => pick(
                lang,
                "Ese día no existe en el calendario; revisa el día y el mes.",
                "The calendar has no such day; look at the day and the month again.",
            ),
            Self::Week => pick(
                lang,
                "Eso abarca varios días; dime uno solo, como el lunes 3 de mayo.",
                "Those are several days; tell me a single one, like Monday, May 3.",
            ),
            Self::Past => {
                pick(lang, "Ese día ya pasó; dime uno que venga.", "That day is over; tell me one to come.")
            }
            Self::Future => pick(
                lang,
                "Ese día todavía no llega; dime uno que ya pasó, con su año.",
                "That day is yet to come; tell me one that has been, with its year.",
            ),
            Self::Backwards => pick(
                lang,
                "El último día está antes que el primero; escríbelos como del 3 al 8 de mayo.",
                "The last day is before the first; write them like from May 3 to May 8.",
            ),
        }
    }
}

impl Explain for TimeError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::NoTime => {
                pick(lang, "Escribe la hora, como 4:30 de la tarde.", "Write the time, like 4:30 p.m.")
            }
            Self::Several => {
                pick(lang, "Leí varias horas; escribe solo una.", "I read several times; write only one.")
            }
            Self::Part => pick(
                lang,
                "Dime también a qué hora, como a las 4 de la tarde.",
                "Tell me the hour too, like 4 in the afternoon.",
            ),
            Self::Range => pick(
                lang,
                "Eso abarca varias horas; dime una sola, como las 10 de la mañana.",
                "Those are several hours; tell me a single one, like 10 in the morning.",
            ),
            Self::NoRange => pick(
                lang,
                "Dime desde qué hora y hasta qué hora, como de 9 a 1.",
                "Tell me from when until when, like from 9 to 1.",
            ),
            Self::Backwards => pick(
                lang,
                "La última hora está antes que la primera; escríbelas como de 9 a 1.",
                "The last hour is before the first; write them like from 9 to 1.",
            ),
        }
    }
}

impl Explain for PhoneError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::NoNumber => {
                pick(lang, "Escribe los 10 números del teléfono.", "Write the 10 digits of the phone.")
            }
            Self::TooShort { .. } => pick(
                lang,
                "Al teléfono le faltan números; escribe los 10.",
                "The phone has too few digits; write all 10.",
            ),
            Self::TooLong { .. } => pick(
                lang,
                "Al teléfono le sobran números; escribe solo los 10.",
                "The phone has too many digits; write only the 10.",
            ),
            Self::Several => pick(
                lang,
                "Leí varios teléfonos; escribe solo uno.",
                "I read several phones; write only one.",
            ),
            Self::Unassigned => pick(
                lang,
                "Ningún teléfono tiene ese número; revísalo.",
                "No phone has that number; look at it again.",
            ),
        }
    }
}

impl Explain for FolioError {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::CheckDigit => mistyped(lang, "el folio", "the folio"),
            Self::NotEightDigits { .. } | Self::Prefix | Self::TooLarge { .. } => pick(
                lang,
                "El folio tiene 8 números; escríbelos todos.",
                "A folio has 8 digits; write all of them.",
            ),
        }
    }
}

fn length(lang: Lang, (es, en): (&str, &str), right: usize, found: usize) -> String {
    let missing = right.saturating_sub(found);
    match missing {
        0 => pick(
            lang,
            format!("{es} tiene {right} letras y números; te sobran."),
            format!("{en} has {right} letters and digits; there are too many."),
        ),
        1 => pick(
            lang,
            format!("{es} tiene {right} letras y números; falta 1."),
            format!("{en} has {right} letters and digits; 1 is missing."),
        ),
        n if n == right => pick(
            lang,
            format!("{es} tiene {right} letras y números; escríbela completa."),
            format!("{en} has {right} letters and digits; write all of it."),
        ),
        n => pick(
            lang,
            format!("{es} tiene {right} letras y números; faltan {n}."),
            format!("{en} has {right} letters and digits; {n} are missing."),
        ),
    }
}

fn mistyped(lang: Lang, es: &str, en: &str) -> String {
    pick(
        lang,
        format!("Algo no cuadra en {es}: hay una letra o un número cambiado; revísalo y escríbelo otra vez."),
        format!(
            "Something does not fit in {en}: a letter or digit is wrong; look again and write it once more."
        ),
    )
}
