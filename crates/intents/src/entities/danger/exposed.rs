//! What lies open, hangs, sparks or leaks gas.

use ventanilla_values::{Reader, TokenKind};

use super::Danger;

/// "Con la punta salida", "cables pelados", "sin tapa", "exposed wires".
pub(super) fn exposed(r: &mut Reader<'_>) -> Option<Danger> {
    let phrases = [
        "con la punta salida",
        "con las puntas salidas",
        "punta salida",
        "puntas salidas",
        "varillas salidas",
        "varilla salida",
        "varillas de fuera",
        "fierros salidos",
        "fierro salido",
        "sin tapa",
        "no tiene tapa",
        "muy filoso",
        "filoso",
        "filosa",
        "filosos",
        "vidrios rotos",
        "a punto de caerse",
        "esta por caerse",
        "se va a caer",
        "downed wire",
        "downed wires",
        "exposed wires",
        "exposed wire",
        "exposed cables",
        "hanging wires",
        "sharp edge",
        "sharp edges",
        "sticking out",
        "no cover",
        "about to fall",
    ];
    // "No se va a caer", "no hay cables tirados".
    let before = if r.word_at(-1) == "hay" { r.word_at(-2) } else { r.word_at(-1) };
    if matches!(before, "no" | "ni" | "sin" | "not") {
        return None;
    }
    let found = r.take_phrase(&phrases)
        || [wire, fallen_wire, sparks, gas].into_iter().any(|read| r.attempt(read).is_some());
    found.then_some(Danger::Exposed)
}

const WIRES: [&str; 7] = ["cable", "cables", "alambre", "alambres", "cableado", "wire", "wires"];

/// "Cables pelados", "un cable de alta tensión tirado", "wires hanging".
fn wire(r: &mut Reader<'_>) -> Option<()> {
    r.take(&WIRES)?;
    for _ in 0..6 {
        let word = r.word();
        let stems = [
            "pelad", "colga", "suelt", "caid", "tirad", "expuest", "reventad", "trozad", "cayo", "cayeron",
            "hanging", "exposed", "sparking",
        ];
        if stems.iter().any(|stem| word.starts_with(stem)) {
            r.skip(1);
            return Some(());
        }
        if r.take_phrase(&["de fuera", "en el suelo", "en el piso", "en el agua", "on the ground", "down"]) {
            return Some(());
        }
        r.take(&[
            "de",
            "del",
            "la",
            "el",
            "luz",
            "alta",
            "baja",
            "media",
            "tension",
            "electrico",
            "electricos",
            "poste",
            "telefono",
            "que",
            "se",
            "esta",
            "estan",
            "quedo",
            "quedaron",
            "muy",
            "is",
            "are",
        ])?;
    }
    None
}

/// "Se cayó el cable de luz".
fn fallen_wire(r: &mut Reader<'_>) -> Option<()> {
    r.take_phrase(&["se cayo", "se cayeron", "se callo", "se revento", "se trozo", "cayo", "cayeron"])
        .then_some(())?;
    r.take(&["el", "un", "los", "unos"]);
    r.take(&WIRES).map(|_| ())
}

/// "Echando chispas", "chispeando el transformador", "the pole is sparking"; chips of chocolate are no danger.
fn sparks(r: &mut Reader<'_>) -> Option<()> {
    const VERBS: [&str; 10] =
        ["ech", "sac", "avient", "avent", "tir", "sale", "salen", "saliendo", "brota", "hay"];
    // "Nomás chispea" is rain.
    let rain = r.word() == "chispea" && matches!(r.word_at(-1), "" | "nomas" | "apenas" | "solo" | "si");
    if (r.word().starts_with("chispe") && !rain) || r.word() == "sparking" {
        r.skip(1);
        return Some(());
    }
    if r.take(&["sparks"]).is_some() {
        return r.take(&["from", "coming", "flying"]).map(|_| ());
    }
    let verb = r.token().filter(|token| token.kind == TokenKind::Word)?;
    VERBS.iter().any(|stem| verb.folded.starts_with(stem)).then(|| r.skip(1))?;
    r.take(&["muchas", "unas", "puras", "mucha"]);
    r.take(&["chispas", "chispa", "chispazos"]).map(|_| ())
}

/// "Huele mucho a gas", "fuga de gas", "smells like gas".
fn gas(r: &mut Reader<'_>) -> Option<()> {
    if r.take_phrase(&["fuga de gas", "gas leak", "smell of gas", "gas smell"]) {
        return Some(());
    }
    r.take(&["huele", "oliendo", "apesta", "olor", "smells", "smell"])?;
    r.take(&["mucho", "muy", "bastante", "horrible", "feo"]);
    r.take(&["fuerte", "intenso", "strongly"]);
    r.take(&["a", "como", "like", "of"])?;
    r.take(&["gas", "gasolina"]).map(|_| ())
}
