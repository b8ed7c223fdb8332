//! Size and danger.

use super::*;

#[test]
fn sizes_are_found() {
    check(&[
        ("un bache enorme", &["size «enorme» large"]),
        ("está chiquito", &["size «chiquito» small"]),
        ("un hoyo como de un metro", &["size «un metro» centimetres=100.0"]),
        ("30 cm", &["size «30 cm» centimetres=30.0"]),
        ("del tamaño de una llanta", &["size «del tamaño de una llanta» like=una llanta"]),
        ("metro y medio de hondo", &["size «metro y medio» centimetres=150.0", "size «hondo» deep"]),
        ("a huge pothole", &["size «huge» large"]),
        ("it's tiny", &["size «tiny» small"]),
        ("the size of a tire", &["size «the size of a tire» like=a tire"]),
        ("un bache chico", &["size «chico» small"]),
        ("un gran hoyo", &["size «gran» large"]),
        ("medio metro", &["size «medio metro» centimetres=50.0"]),
        ("como 2 metros de ancho", &["size «2 metros» centimetres=200.0"]),
        ("un bache henorme", &["size «henorme» large"]),
        ("enrome", &["size «enrome» large"]),
        ("2 feet deep", &["size «2 feet» centimetres=60.96", "size «deep» deep"]),
        ("a 50 metros", &["number «50» 50.0"]),
        ("cada 3 metros", &["number «3» 3.0"]),
    ]);
}

#[test]
fn sizes_are_found_and_nothing_where_there_is_none() {
    nothing(&["un chico gritando", "la Gran Plaza"]);
}

#[test]
fn dangers_are_found() {
    check(&[
        ("ya se cayó un niño", &["danger «ya se cayó un niño» danger=injury"]),
        ("es peligroso", &["danger «peligroso» danger=dangerous"]),
        ("muy peligroso", &["danger «muy peligroso» danger=dangerous"]),
        ("casi atropellan a una señora", &["danger «casi atropellan» danger=near_miss"]),
        ("con la punta salida", &["danger «con la punta salida» danger=exposed"]),
        (
            "cerca de la escuela",
            &["danger «cerca de la escuela» danger=children place=landmark=relation=near name=la escuela"],
        ),
        ("no es peligroso", &["danger «no es peligroso» danger=no"]),
        ("se lastimó mi abuelita", &["danger «se lastimó» danger=injury"]),
        ("me caí", &["danger «me caí» danger=injury"]),
        ("it's dangerous", &["danger «dangerous» danger=dangerous"]),
        ("it's not dangerous", &["danger «it's not dangerous» danger=no"]),
        ("a kid fell", &["danger «kid fell» danger=injury"]),
        ("someone got hurt", &["danger «got hurt» danger=injury"]),
        ("cables pelados", &["danger «cables pelados» danger=exposed"]),
        ("una alcantarilla sin tapa", &["danger «sin tapa» danger=exposed"]),
        ("pasan muchos niños", &["danger «pasan muchos niños» danger=children"]),
        ("es un riesgo para todos", &["danger «un riesgo» danger=dangerous"]),
        ("esta peligrozo", &["danger «peligrozo» danger=dangerous"]),
        ("almost hit a kid", &["danger «almost hit» danger=near_miss"]),
        ("no hay peligro", &["danger «no hay peligro» danger=no"]),
    ]);
}

#[test]
fn dangers_are_found_and_nothing_where_there_is_none() {
    nothing(&["nadie se ha lastimado", "se cayó un árbol", "se cayó el sistema", "casi no hay luz"]);
}

#[test]
fn what_something_is_not_is_not_its_size() {
    nothing(&["no está tan grande", "no es muy grande", "ni tan hondo", "it isn't that big"]);
    check(&[
        ("no, es grande", &["size «grande» large"]),
        ("no hay luz y es grande", &["size «grande» large"]),
    ]);
}

#[test]
fn what_may_happen_has_hurt_nobody() {
    check(&[
        ("antes de que pase un accidente", &["danger «accidente» danger=dangerous"]),
        ("podría lastimarse alguien", &["danger «lastimarse» danger=dangerous"]),
        (
            "hay un cable caído echando chispas",
            &["danger «cable caído» danger=exposed", "danger «echando chispas» danger=exposed"],
        ),
        ("huele a gas", &["danger «huele a gas» danger=exposed"]),
        ("no creo que sea peligroso", &["danger «no creo que sea peligroso» danger=no"]),
    ]);
}

#[test]
fn what_is_feared_is_a_danger_and_no_injury() {
    check(&[
        ("se va a lastimar alguien", &["danger «lastimar» danger=dangerous"]),
        ("para que no se lastime alguien", &["danger «se lastime» danger=dangerous"]),
        ("temo que se accidenten", &["danger «se accidenten» danger=dangerous"]),
        ("van a atropellar a un niño", &["danger «atropellar» danger=dangerous"]),
        ("un niño se puede caer", &["danger «niño se puede caer» danger=dangerous"]),
        ("que no se vaya a caer un niño", &["danger «se vaya a caer un niño» danger=dangerous"]),
        ("si se cae un niño", &["danger «se cae un niño» danger=dangerous"]),
        ("before someone gets hurt", &["danger «gets hurt» danger=dangerous"]),
        ("hasta que alguien se mate", &["danger «se mate» danger=dangerous"]),
        ("antes de que haya un muerto", &["danger «haya un muerto» danger=dangerous"]),
    ]);
    check(&[
        ("se acaba de lastimar una señora", &["danger «lastimar» danger=injury"]),
        ("volvió a lastimarse", &["danger «lastimarse» danger=injury"]),
        ("me lastime el pie", &["danger «me lastime» danger=injury"]),
        ("ha habido accidentes", &["danger «accidentes» danger=injury"]),
        ("hay un herido", &["danger «hay un herido» danger=injury"]),
    ]);
    nothing(&["no se lastimó nadie", "nobody got hurt", "no se va a caer"]);
}

#[test]
fn wires_sparks_and_gas_are_dangers_in_many_words() {
    check(&[
        ("chispeando el transformador", &["danger «chispeando» danger=exposed"]),
        ("salen chispas del poste", &["danger «salen chispas» danger=exposed"]),
        ("the wire is sparking", &["danger «wire is sparking» danger=exposed"]),
        ("cable de alta tensión tirado", &["danger «cable de alta tensión tirado» danger=exposed"]),
        ("se cayó el cable de luz", &["danger «se cayó el cable» danger=exposed"]),
        ("cables en el piso", &["danger «cables en el piso» danger=exposed"]),
        ("huele fuerte a gas", &["danger «huele fuerte a gas» danger=exposed"]),
        ("there is a smell of gas", &["danger «smell of gas» danger=exposed"]),
    ]);
    nothing(&[
        "pan con chispas de chocolate",
        "nomás chispea",
        "no tengo cable de internet",
        "no hay cables tirados",
        "huele a drenaje",
    ]);
}

#[test]
fn of_several_sides_the_longest_counts() {
    check(&[
        ("3x2 metros", &["size «3x2 metros» centimetres=300.0"]),
        ("mide 3 por 2 metros", &["size «3 por 2 metros» centimetres=300.0"]),
        ("2.5 m x 3 m", &["size «2.5 m x 3 m» centimetres=300.0"]),
        ("a hole 2 by 4 feet", &["size «2 by 4 feet» centimetres=121.92"]),
        ("calle 20 x 15 metros", &["place «calle 20» street=20", "size «15 metros» centimetres=1500.0"]),
    ]);
    nothing(&["2x1 en tacos"]);
}
