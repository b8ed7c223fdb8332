//! Given names that stand behind another one. Who has three names has one given name and two surnames, unless the
//! second is one of these. Names of many people that are surnames as well are left out.

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

/// Whether it is one behind a particle: "María **del Carmen**".
pub(crate) fn is_second_given(name: &str) -> bool {
    WITH_PARTICLE.split(' ').any(|known| known == name)
}
