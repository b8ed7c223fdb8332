//! Words in and around the names of people.

/// Given names that stand behind another one. Who has three names has one given name and two surnames, unless the second
/// is one of these. Names of many people that are surnames as well are left out.
const SECOND: &str = "\
    luis jose antonio carlos manuel miguel juan francisco javier eduardo alberto fernando jesus enrique roberto \
    ricardo arturo raul alejandro daniel david rafael gabriel oscar guadalupe maria fernanda isabel elena teresa luisa \
    guadalupe patricia alejandra gabriela carmen rosa ana laura adriana beatriz cristina eugenia isela ines lucia \
    magdalena margarita mercedes sofia valeria ximena angeles rosario concepcion socorro consuelo refugio esther \
    elizabeth alicia leticia veronica claudia silvia gloria graciela yolanda estela irma cecilia emilio ignacio jaime \
    alfredo armando gerardo gustavo hector hugo ivan jorge mario octavio pablo pedro ramon ruben sergio victor \
    andres angel ernesto ann anne lee marie lynn james john michael robert joseph thomas william elizabeth jane";
/// Behind "del", "de la", "de los": part of the given name.
const WITH_PARTICLE: &str = "\
    carmen angeles rosario jesus luz socorro pilar consuelo refugio guadalupe mar sol rocio transito concepcion paz \
    nieves lourdes fatima milagros dolores remedios soledad asuncion";

/// Whether a folded name is most likely a given one, though it is not the first.
pub(crate) fn is_given(name: &str) -> bool {
    SECOND.split(' ').any(|known| known == name)
}

/// Whether a folded name belongs to the given one behind a particle: "María **del Carmen**".
///
/// ```
/// assert!(ventanilla_values::is_second_given("carmen"));
/// ```
pub fn is_second_given(name: &str) -> bool {
    WITH_PARTICLE.split(' ').any(|known| known == name)
}

/// What people say before a name.
pub(crate) const LEADS: [&[&str]; 16] = [
    &["mi", "nombre", "completo", "es"],
    &["mi", "nombre", "es"],
    &["el", "nombre", "es"],
    &["a", "nombre", "de"],
    &["me", "llamo"],
    &["se", "llama"],
    &["nombre", ":"],
    &["soy"],
    &["my", "full", "name", "is"],
    &["my", "name", "is"],
    &["his", "name", "is"],
    &["her", "name", "is"],
    &["i", "am"],
    &["i", "'", "m"],
    &["name", ":"],
    &["name", "is"],
];
pub(crate) const TITLES: [&str; 20] = [
    "sr", "sra", "srta", "srita", "senor", "senora", "senorita", "don", "dona", "lic", "ing", "profa",
    "profe", "dr", "dra", "mtro", "mtra", "mr", "mrs", "ms",
];
pub(crate) const PARTICLES: [&str; 13] =
    ["de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "van", "von", "di"];
/// A name ends before these, and none begins with them.
pub(crate) const NO_NAMES: [&str; 78] = [
    "no",
    "si",
    "se",
    "que",
    "quien",
    "como",
    "cuando",
    "donde",
    "porque",
    "para",
    "por",
    "pero",
    "con",
    "sin",
    "es",
    "esta",
    "este",
    "eso",
    "hay",
    "quiero",
    "quisiera",
    "necesito",
    "puedo",
    "tengo",
    "vivo",
    "hola",
    "gracias",
    "favor",
    "buenas",
    "buenos",
    "dias",
    "tardes",
    "noches",
    "ok",
    "un",
    "una",
    "mi",
    "mis",
    "su",
    "calle",
    "bache",
    "reporte",
    "anonimo",
    "anonima",
    "nadie",
    "ninguno",
    "nombre",
    "vecina",
    "vecino",
    "ya",
    "nada",
    "luego",
    "al",
    "the",
    "what",
    "why",
    "how",
    "thanks",
    "thank",
    "please",
    "want",
    "need",
    "have",
    "live",
    "is",
    "my",
    "not",
    "yes",
    "and",
    "from",
    "digo",
    "dije",
    "servirle",
    "servidor",
    "servidora",
    "ordenes",
    "colonia",
    "anos",
];
