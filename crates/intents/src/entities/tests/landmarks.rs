//! What lies beside a place, roads and their kilometres.

use super::*;

#[test]
fn landmarks_are_found_with_how_it_lies_to_them() {
    check(&[
        (
            "frente a la primaria",
            &["place «frente a la primaria» landmark=relation=in_front name=la primaria"],
        ),
        (
            "frente a la primaria Vicente Guerrero",
            &[
                "place «frente a la primaria Vicente Guerrero» landmark=relation=in_front name=la primaria Vicente Guerrero",
            ],
        ),
        (
            "a un lado de la tortillería",
            &["place «a un lado de la tortillería» landmark=relation=beside name=la tortillería"],
        ),
        ("junto al Oxxo", &["place «junto al Oxxo» landmark=relation=beside name=Oxxo"]),
        ("atrás del mercado", &["place «atrás del mercado» landmark=relation=behind name=mercado"]),
        (
            "detras del panteon municipal",
            &["place «detras del panteon municipal» landmark=relation=behind name=panteon municipal"],
        ),
        (
            "a espaldas de la secundaria técnica 12",
            &[
                "place «a espaldas de la secundaria técnica 12» landmark=relation=behind name=la secundaria técnica 12",
            ],
        ),
        (
            "enfrente de la casa de la esquina",
            &[
                "place «enfrente de la casa de la esquina» landmark=relation=in_front name=la casa de la esquina",
            ],
        ),
        ("a la vuelta del seguro", &["place «a la vuelta del seguro» landmark=relation=near name=seguro"]),
        (
            "a dos cuadras del parque",
            &["place «a dos cuadras del parque» landmark=relation=near name=parque"],
        ),
        ("cerca del malecón", &["place «cerca del malecón» landmark=relation=near name=malecón"]),
        (
            "en la esquina del mercado",
            &["place «en la esquina del mercado» landmark=relation=corner name=mercado"],
        ),
        ("afuera de mi casa", &["place «afuera de mi casa» landmark=relation=outside name=mi casa"]),
        (
            "alado de la tienda de don pepe",
            &["place «alado de la tienda de don pepe» landmark=relation=beside name=la tienda de don pepe"],
        ),
        ("en el parque la ceiba no hay luz", &["place «el parque» landmark=relation=at name=el parque"]),
        ("por el mercado", &["place «el mercado» landmark=relation=at name=el mercado"]),
        (
            "junto a una tienda que se llama La Esperanza",
            &[
                "place «junto a una tienda que se llama La Esperanza» landmark=relation=beside name=una tienda que se llama La Esperanza",
            ],
        ),
        (
            "in front of the school",
            &["place «in front of the school» landmark=relation=in_front name=the school"],
        ),
        ("next to the church", &["place «next to the church» landmark=relation=beside name=the church"]),
        ("behind the market", &["place «behind the market» landmark=relation=behind name=the market"]),
        ("across from the bank", &["place «across from the bank» landmark=relation=in_front name=the bank"]),
        ("corner of 5th and Main", &["place «corner of 5th and Main» crossings=5th+Main"]),
        ("12 Oak Street", &["place «12 Oak Street» street=Oak number=12"]),
        (
            "pothole on Main Street near the park",
            &["place «Main Street near the park» street=Main landmark=relation=near name=the park"],
        ),
        ("km 12 carretera a merida", &["place «km 12 carretera a merida» street=merida kilometre=12.0"]),
        (
            "km. 3.5 de la carretera Carmen - Puerto Real",
            &[
                "place «km. 3.5 de la carretera Carmen - Puerto Real» street=Carmen - Puerto Real kilometre=3.5",
            ],
        ),
        (
            "kilómetro 8 carretera a isla aguada",
            &["place «kilómetro 8 carretera a isla aguada» street=isla aguada kilometre=8.0"],
        ),
        ("km12", &["place «km12» kilometre=12.0"]),
        (
            "fuga de agua en benito juarez entre morelos y 5 de mayo col emiliano zapata a un lado de la tienda de don pepe",
            &[
                "place «benito juarez entre morelos y 5 de mayo col emiliano zapata a un lado de la tienda de don pepe» street=benito juarez crossings=morelos+5 de mayo colonia=emiliano zapata landmark=relation=beside name=la tienda de don pepe",
            ],
        ),
    ]);
}

#[test]
fn in_english_the_noun_is_last() {
    check(&[
        (
            "behind the bait shop",
            &["place «behind the bait shop» landmark=relation=behind name=the bait shop"],
        ),
        (
            "in front of the old mill",
            &["place «in front of the old mill» landmark=relation=in_front name=the old mill"],
        ),
        ("by the ice plant", &["place «by the ice plant» landmark=relation=near name=the ice plant"]),
        (
            "next to the surf school",
            &["place «next to the surf school» landmark=relation=beside name=the surf school"],
        ),
        (
            "near the old gas station on main",
            &["place «near the old gas station» landmark=relation=near name=the old gas station"],
        ),
        ("a pothole by the Pemex", &["place «by the Pemex» landmark=relation=near name=the Pemex"]),
        ("at the town hall", &["place «the town hall» landmark=relation=at name=the town hall"]),
        ("at the park entrance", &["place «the park entrance» landmark=relation=at name=the park entrance"]),
        ("near the bridge cars park", &["place «near the bridge» landmark=relation=near name=the bridge"]),
        (
            "by the marina Saturday",
            &[
                "place «by the marina» landmark=relation=near name=the marina",
                "date «Saturday» weekday=day=Sat which=plain",
            ],
        ),
    ]);
    nothing(&[
        "a hole in the road",
        "WiFi at the house",
        "by the neck",
        "by the way it is dark",
        "by the end of the day",
    ]);
}

#[test]
fn landmarks_may_be_called_by_a_number_or_a_day() {
    check(&[
        ("en el CBTIS 20", &["place «el CBTIS 20» landmark=relation=at name=el CBTIS 20"]),
        (
            "en la primaria 5 de mayo",
            &["place «la primaria 5 de mayo» landmark=relation=at name=la primaria 5 de mayo"],
        ),
        ("en el oxxo 24 horas", &["place «el oxxo» landmark=relation=at name=el oxxo", "number «24» 24.0"]),
    ]);
}

#[test]
fn roads_have_kilometres_and_heights() {
    check(&[
        (
            "km 12 on the highway to Champoton",
            &["place «km 12 on the highway to Champoton» street=Champoton kilometre=12.0"],
        ),
        (
            "carretera a champoton km 12",
            &["place «carretera a champoton km 12» street=champoton kilometre=12.0"],
        ),
        ("km 23+500 de la carretera", &["place «km 23+500» kilometre=23.5"]),
        (
            "a la altura del km 12 de la carretera a Champotón",
            &["place «km 12 de la carretera a Champotón» street=Champotón kilometre=12.0"],
        ),
        (
            "en calle Hidalgo a la altura del 120",
            &["place «calle Hidalgo a la altura del 120» street=Hidalgo number=120"],
        ),
        (
            "bache en juarez a la altura del 300",
            &["place «juarez a la altura del 300» street=juarez number=300"],
        ),
        ("a la altura del Oxxo", &["place «a la altura del Oxxo» landmark=relation=near name=Oxxo"]),
        ("el agua llega a la altura del 2 piso", &["number «2» 2.0"]),
    ]);
    nothing(&["agua a la altura del pecho", "the highway is dark", "the road is flooded"]);
}

#[test]
fn points_that_are_typed_are_places() {
    check(&[
        ("19.4326, -99.1332", &["place «19.4326, -99.1332» point=lat=19.4326 lon=-99.1332"]),
        (
            "estoy en 18.9263,-91.1131 frente al Oxxo",
            &[
                "place «18.9263,-91.1131 frente al Oxxo» landmark=relation=in_front name=Oxxo point=lat=18.9263 lon=-91.1131",
            ],
        ),
        ("pagué 19.50, 99.10", &["number «19.50» 19.5", "number «99.10» 99.1"]),
    ]);
}
