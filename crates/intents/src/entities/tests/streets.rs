//! Streets in every order, corners, and the colonia behind them.

use super::*;

#[test]
fn corners_of_two_streets_keep_both() {
    check(&[
        ("hay un bache en la 20 por 15", &["place «20 por 15» street=20 crossings=15"]),
        (
            "en la esquina de Morelos y Juárez",
            &["place «esquina de Morelos y Juárez» crossings=Morelos+Juárez"],
        ),
        (
            "en la esquina de Hidalgo con Allende",
            &["place «esquina de Hidalgo con Allende» crossings=Hidalgo+Allende"],
        ),
        (
            "en la esquina del mercado",
            &["place «en la esquina del mercado» landmark=relation=corner name=mercado"],
        ),
    ]);
}

#[test]
fn corners_are_told_in_many_ways() {
    check(&[
        (
            "en la esquina que forman Hidalgo y Allende",
            &["place «esquina que forman Hidalgo y Allende» crossings=Hidalgo+Allende"],
        ),
        (
            "donde se cruzan las calles Sol y Luna",
            &["place «donde se cruzan las calles Sol y Luna» crossings=Sol+Luna"],
        ),
        ("Hidalgo/Allende", &["place «Hidalgo/Allende» street=Hidalgo crossings=Allende"]),
        ("bache en la hidalgo/allende", &["place «hidalgo/allende» street=hidalgo crossings=allende"]),
        ("en la diez con quince", &["place «diez con quince» street=diez crossings=quince"]),
        ("por la dos con tres", &["place «dos con tres» street=dos crossings=tres"]),
        ("en la dos y media", &["number «dos y media» 2.5"]),
    ]);
    nothing(&["donde se juntan borrachos y vagos", "donde cruzan los niños", "Sí/No", "y/o", "Juan/Pedro"]);
}

#[test]
fn the_number_may_come_first_and_have_a_letter() {
    check(&[
        ("123 Calle Juárez", &["place «123 Calle Juárez» street=Juárez number=123"]),
        ("I live at 22 Calle Allende", &["place «22 Calle Allende» street=Allende number=22"]),
        ("I live at 20 Calle 15", &["place «20 Calle 15» street=15 number=20"]),
        (
            "reporto: 22 calle allende, col. centro",
            &["place «22 calle allende, col. centro» street=allende number=22 colonia=centro"],
        ),
        (
            "en el número 14 de la calle Hidalgo",
            &["place «número 14 de la calle Hidalgo» street=Hidalgo number=14"],
        ),
        ("calle 20 A", &["place «calle 20 A» street=20 A"]),
        ("calle 60 b x 57", &["place «calle 60 b x 57» street=60 b crossings=57"]),
        ("calle juarez 14 A", &["place «calle juarez 14 A» street=juarez number=14 A"]),
        ("en la calle 20 a las 3", &["place «calle 20» street=20", "time «a las 3» at=hour=3"]),
        (
            "CALLE 20 A UN LADO DEL OXXO",
            &["place «CALLE 20 A UN LADO DEL OXXO» street=20 landmark=relation=beside name=OXXO"],
        ),
        ("a las 10 calle juarez", &["time «a las 10» at=hour=10", "place «calle juarez» street=juarez"]),
        ("hay 2 calles cerradas", &["number «2» 2.0"]),
        ("hay 1 calle inundada", &["number «1» 1.0"]),
    ]);
}

#[test]
fn streets_are_called_after_days() {
    check(&[
        ("vivo en la 16 de Septiembre", &["place «16 de Septiembre» street=16 de Septiembre"]),
        ("en la 5 de mayo", &["place «5 de mayo» street=5 de mayo"]),
        ("sobre 20 de Noviembre", &["place «20 de Noviembre» street=20 de Noviembre"]),
        ("por la 24 de febrero", &["place «24 de febrero» street=24 de febrero"]),
        (
            "vivo en la 3 de mayo con juarez",
            &["place «3 de mayo con juarez» street=3 de mayo crossings=juarez"],
        ),
        ("col. 18 de Marzo, calle 10", &["place «col. 18 de Marzo, calle 10» street=10 colonia=18 de Marzo"]),
        ("el 16 de septiembre hay desfile", &["date «el 16 de septiembre» day_and_month=day=16 month=9"]),
        ("nació en 16 de septiembre de 2025", &["date «16 de septiembre de 2025» date=2025-09-16"]),
        ("sobre el 20 de noviembre", &["date «el 20 de noviembre» day_and_month=day=20 month=11"]),
    ]);
}

#[test]
fn a_name_behind_the_whole_address_is_its_colonia() {
    check(&[
        (
            "calle 20 por 15, Guadalupe",
            &["place «calle 20 por 15, Guadalupe» street=20 crossings=15 colonia=Guadalupe"],
        ),
        (
            "calle juarez 14, emiliano zapata",
            &["place «calle juarez 14, emiliano zapata» street=juarez number=14 colonia=emiliano zapata"],
        ),
        (
            "calle 20 por 15, Hidalgo y Morelos",
            &[
                "place «calle 20 por 15» street=20 crossings=15",
                "place «Hidalgo y Morelos» street=Hidalgo crossings=Morelos",
            ],
        ),
        ("la 21 x 20, el triciclo", &["place «21 x 20» street=21 crossings=20"]),
        ("calle 20 por 15, Gracias", &["place «calle 20 por 15» street=20 crossings=15"]),
        ("calle Juárez 14, Juan", &["place «calle Juárez 14» street=Juárez number=14"]),
        (
            "calle hidalgo 10, Oxxo",
            &["place «calle hidalgo 10, Oxxo» street=hidalgo number=10 landmark=relation=at name=Oxxo"],
        ),
        ("Col. Centro CP 24100", &["place «Col. Centro» colonia=Centro", "number «24100» 24100.0"]),
    ]);
}

#[test]
fn names_may_end_like_verbs_and_begin_like_none() {
    check(&[
        (
            "en Avenida Camarón Sábalo 120",
            &["place «Avenida Camarón Sábalo 120» street=Camarón Sábalo number=120"],
        ),
        (
            "en avenida camaron sabalo 120",
            &["place «avenida camaron sabalo 120» street=camaron sabalo number=120"],
        ),
        ("calle sol hoyo 20", &["place «calle sol» street=sol", "number «20» 20.0"]),
        (
            "calle luna profunda 2 metros",
            &["place «calle luna» street=luna", "size «profunda» deep", "size «2 metros» centimetres=200.0"],
        ),
        ("calle 1o de mayo 12", &["place «calle 1o de mayo 12» street=1o de mayo number=12"]),
        (
            "calle 10 no. 15 c.p. 24100",
            &["place «calle 10 no. 15» street=10 number=15", "number «24100» 24100.0"],
        ),
        ("calle álamos 20", &["place «calle álamos 20» street=álamos number=20"]),
        ("incendio zaragoza 212", &["place «zaragoza 212» street=zaragoza number=212"]),
    ]);
    nothing(&[
        "sin agua colonia. muero sed",
        "la luz de la calle truena",
        "la luz de la calle parpadea",
        "se cayó el poste de la calle. Hidalgo no contesta",
    ]);
}
