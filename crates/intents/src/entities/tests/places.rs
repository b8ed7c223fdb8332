//! Streets, crossings, colonias, landmarks.

use super::*;

#[test]
fn streets_are_found_with_their_number() {
    check(&[
        ("fuga de agua en la calle Juárez 14", &["place «calle Juárez 14» street=Juárez number=14"]),
        ("bache en calle juarez 14-B", &["place «calle juarez 14-B» street=juarez number=14-B"]),
        ("calle Hidalgo número 22", &["place «calle Hidalgo número 22» street=Hidalgo number=22"]),
        (
            "calle hidalgo no. 22 col centro",
            &["place «calle hidalgo no. 22 col centro» street=hidalgo number=22 colonia=centro"],
        ),
        ("calle Hidalgo s/n", &["place «calle Hidalgo s/n» street=Hidalgo number=s/n"]),
        (
            "av. Constituyentes 118, col. Obrera",
            &["place «av. Constituyentes 118, col. Obrera» street=Constituyentes number=118 colonia=Obrera"],
        ),
        (
            "avenida benito juarez 300 fraccionamiento laguna azul",
            &[
                "place «avenida benito juarez 300 fraccionamiento laguna azul» street=benito juarez number=300 colonia=laguna azul",
            ],
        ),
        (
            "blvd adolfo lopez mateos 1200",
            &["place «blvd adolfo lopez mateos 1200» street=adolfo lopez mateos number=1200"],
        ),
        ("calz de tlalpan 45", &["place «calz de tlalpan 45» street=de tlalpan number=45"]),
        ("priv. Las Rosas 8", &["place «priv. Las Rosas 8» street=Las Rosas number=8"]),
        ("prolongación morelos 15", &["place «prolongación morelos 15» street=morelos number=15"]),
        ("andador tulipanes 3", &["place «andador tulipanes 3» street=tulipanes number=3"]),
        ("callejón del beso", &["place «callejón del beso» street=del beso"]),
        ("vivo en Hidalgo 22", &["place «Hidalgo 22» street=Hidalgo number=22"]),
        ("en morelos 14 hay un perro muerto", &["place «morelos 14» street=morelos number=14"]),
        (
            "mi dirección es juárez 14 interior 3",
            &["place «juárez 14 interior 3» street=juárez number=14 interior 3"],
        ),
        ("calle doce numero veinte", &["place «calle doce numero veinte» street=doce number=veinte"]),
    ]);
}

#[test]
fn crossings_are_found_with_and_without_the_word_calle() {
    check(&[
        (
            "hay un bache enorme en juarez y 12 enfrente de la primaria y ya nadie viene",
            &[
                "size «enorme» large",
                "place «juarez y 12 enfrente de la primaria» street=juarez crossings=12 landmark=relation=in_front name=la primaria",
            ],
        ),
        ("60 x 57 y 59", &["place «60 x 57 y 59» street=60 crossings=57+59"]),
        ("calle 60 x 57 y 59 centro", &["place «calle 60 x 57 y 59» street=60 crossings=57+59"]),
        ("c. 60 #491 x 57 y 59", &["place «c. 60 #491 x 57 y 59» street=60 number=491 crossings=57+59"]),
        ("60x57", &["place «60x57» street=60 crossings=57"]),
        ("60 por 57 y 59", &["place «60 por 57 y 59» street=60 crossings=57+59"]),
        ("calle 60 entre 57 y 59", &["place «calle 60 entre 57 y 59» street=60 crossings=57+59"]),
        (
            "av hidalgo esquina con 5 de mayo",
            &["place «av hidalgo esquina con 5 de mayo» street=hidalgo crossings=5 de mayo"],
        ),
        ("Hidalgo esq. Morelos", &["place «Hidalgo esq. Morelos» street=Hidalgo crossings=Morelos"]),
        (
            "esquina de hidalgo y 5 de mayo",
            &["place «esquina de hidalgo y 5 de mayo» crossings=hidalgo+5 de mayo"],
        ),
        ("en la esquina con Nogal", &["place «esquina con Nogal» crossings=Nogal"]),
        ("entre Hidalgo y Morelos", &["place «entre Hidalgo y Morelos» crossings=Hidalgo+Morelos"]),
        ("entre 60 y 62", &["place «entre 60 y 62» crossings=60+62"]),
        ("entre las calles Sol y Luna", &["place «entre las calles Sol y Luna» crossings=Sol+Luna"]),
        (
            "en juarez casi esquina con morelos",
            &["place «juarez casi esquina con morelos» street=juarez crossings=morelos"],
        ),
        ("Juárez y 12", &["place «Juárez y 12» street=Juárez crossings=12"]),
        (
            "calle niños heroes y vicente guerrero",
            &["place «calle niños heroes y vicente guerrero» street=niños heroes crossings=vicente guerrero"],
        ),
        (
            "16 de septiembre y 20 de noviembre",
            &["place «16 de septiembre y 20 de noviembre» street=16 de septiembre crossings=20 de noviembre"],
        ),
        ("en 16 de septiembre 24", &["place «16 de septiembre 24» street=16 de septiembre number=24"]),
        (
            "calle 5 de mayo entre 3 y 5",
            &["place «calle 5 de mayo entre 3 y 5» street=5 de mayo crossings=3+5"],
        ),
        ("la 60 con 57", &["number «60» 60.0", "number «57» 57.0"]),
        ("en la 60 con 57 no hay luz", &["place «60 con 57» street=60 crossings=57"]),
        ("hidalgo y morelos", &["place «hidalgo y morelos» street=hidalgo crossings=morelos"]),
        ("JUAREZ Y 12", &["place «JUAREZ Y 12» street=JUAREZ crossings=12"]),
        (
            "hay una fuga en calle sol cruzamiento con luna",
            &["place «calle sol cruzamiento con luna» street=sol crossings=luna"],
        ),
    ]);
}

#[test]
fn colonias_are_found() {
    check(&[
        ("colonia Centro", &["place «colonia Centro» colonia=Centro"]),
        ("col. emiliano zapata", &["place «col. emiliano zapata» colonia=emiliano zapata"]),
        ("fracc las palmas", &["place «fracc las palmas» colonia=las palmas"]),
        ("fraccionamiento Laguna Azul", &["place «fraccionamiento Laguna Azul» colonia=Laguna Azul"]),
        ("barrio de guadalupe", &["place «barrio de guadalupe» colonia=guadalupe"]),
        ("ejido La Unión", &["place «ejido La Unión» colonia=La Unión"]),
        ("comisaría de Chablekal", &["place «comisaría de Chablekal» colonia=Chablekal"]),
        ("en la colonia Benito Juárez no hay agua", &["place «colonia Benito Juárez» colonia=Benito Juárez"]),
        ("kolonia obrera", &["place «kolonia obrera» colonia=obrera"]),
        ("col 20 de noviembre", &["place «col 20 de noviembre» colonia=20 de noviembre"]),
        ("unidad habitacional Los Pinos", &["place «unidad habitacional Los Pinos» colonia=Los Pinos"]),
        (
            "mza 4 lote 12 fracc las palmas",
            &["place «mza 4 lote 12 fracc las palmas» number=mza 4 lote 12 colonia=las palmas"],
        ),
        ("manzana 7 lote 3", &["place «manzana 7 lote 3» number=manzana 7 lote 3"]),
        ("rancho El Porvenir", &["place «rancho El Porvenir» colonia=El Porvenir"]),
        ("Centro neighborhood", &["place «Centro neighborhood» colonia=Centro"]),
    ]);
}

#[test]
fn a_place_ends_where_the_story_goes_on() {
    check(&[
        (
            "pues miren aqui en la calle hidalgo se rompio un tubo y esta tirando agua desde ayer",
            &["place «calle hidalgo» street=hidalgo", "since «desde ayer» date=days=-1"],
        ),
        (
            "oiga en la avenida de las americas hay un semaforo descompuesto",
            &["place «avenida de las americas» street=de las americas"],
        ),
        (
            "vivo en calle tulipanes manzana cuatro",
            &["place «calle tulipanes» street=tulipanes", "number «cuatro» 4.0"],
        ),
        ("reporto que en calle magnolias tiraron escombro", &["place «calle magnolias» street=magnolias"]),
        (
            "está en calle 31 número 202 colonia pallas",
            &["place «calle 31 número 202 colonia pallas» street=31 number=202 colonia=pallas"],
        ),
        (
            "el poste de luz de la calle 33 por 50 y 52",
            &["place «calle 33 por 50 y 52» street=33 crossings=50+52"],
        ),
    ]);
}

#[test]
fn what_only_sounds_like_a_place_is_none() {
    check(&[
        ("la puerta cerrada desde ayer", &["since «desde ayer» date=days=-1"]),
        ("cerca de las cinco", &["time «las cinco» at=hour=5"]),
    ]);
}

#[test]
fn what_only_sounds_like_a_place_is_none_and_nothing_where_there_is_none() {
    nothing(&[
        "la calle está oscura",
        "mi calle no tiene luz",
        "la colonia no tiene agua",
        "toda la colonia está sin agua",
        "2x1 en tacos",
        "entre varios vecinos juntamos",
        "entre la gente",
        "un ave muerta",
        "propiedad privada",
        "es secreto y privado",
        "en mi calle",
        "frente a todos",
        "detrás de mí",
        "entre semana está con candado",
        "ya no caben los carros",
        "la zona afectada",
        "el pueblo unido",
        "camino a mi trabajo",
        "ama de casa",
        "pedro y maria vinieron",
    ]);
}
