//! Several things in one message, and messages without any.

use super::*;

#[test]
fn several_things_are_found_in_one_message() {
    check(&[
        (
            "Soy Juan Pérez, hay un bache enorme en Juárez y 12 desde hace dos semanas, ya se cayó un niño. Mi cel 998 123 4567",
            &[
                "person_name «Juan Pérez» Juan Pérez",
                "size «enorme» large",
                "place «Juárez y 12» street=Juárez crossings=12",
                "since «desde hace dos semanas» days=14",
                "danger «ya se cayó un niño» danger=injury",
                "phone «998 123 4567» +529981234567",
            ],
        ),
        (
            "I'm Sarah, there's a huge pothole on Main Street since Monday, my email is sarah@example.com",
            &[
                "person_name «Sarah» Sarah",
                "size «huge» large",
                "place «Main Street» street=Main",
                "since «since Monday» date=weekday=day=Mon which=plain",
                "email «sarah@example.com» sarah@example.com",
            ],
        ),
        (
            "cita para mañana a las 10 a nombre de Ana López, curp HEGG560427MVZRRL04",
            &[
                "date «mañana» days=1",
                "time «a las 10» at=hour=10",
                "person_name «Ana López» Ana López",
                "curp «HEGG560427MVZRRL04» HEGG560427MVZRRL04",
            ],
        ),
        (
            "me cobraron 1500 pesos el lunes pasado en el mercado por las placas ABC-12-34",
            &[
                "amount «1500 pesos» cents=150000 currency=MXN",
                "date «el lunes pasado» weekday=day=Mon which=last",
                "place «el mercado» landmark=relation=at name=el mercado",
                "plate «ABC-12-34» ABC1234",
            ],
        ),
        (
            "el folio PC-4827-1361 de la calle 60 x 57 y 59 sigue igual desde el 15 de mayo",
            &[
                "folio «PC-4827-1361» digits=48271361 prefix=PC",
                "place «calle 60 x 57 y 59» street=60 crossings=57+59",
                "since «desde el 15 de mayo» date=day_and_month=day=15 month=5",
            ],
        ),
        (
            "se llevaron mi carro ayer a las 3 de la tarde frente al Oxxo de la colonia Obrera, placas XYZ-987-A, debo $2,300",
            &[
                "date «ayer» days=-1",
                "time «a las 3 de la tarde» at=hour=15",
                "place «frente al Oxxo de la colonia Obrera» colonia=Obrera landmark=relation=in_front name=Oxxo",
                "plate «XYZ-987-A» XYZ987A",
                "amount «$2,300» cents=230000 currency=MXN",
            ],
        ),
    ]);
}

#[test]
fn everyday_messages_are_read() {
    check(&[
        (
            "bache en la calle Hidalgo y otro en Morelos 14",
            &["place «calle Hidalgo» street=Hidalgo", "place «Morelos 14» street=Morelos number=14"],
        ),
        (
            "me cai en el hoyo de juarez 20 y me lastime",
            &[
                "danger «me cai» danger=injury",
                "place «juarez 20» street=juarez number=20",
                "danger «me lastime» danger=injury",
            ],
        ),
        (
            "necesito una cita el 20 a las 11 am",
            &["date «el 20» day_of_month=20", "time «a las 11 am» at=hour=11"],
        ),
        (
            "el domingo de 9 a 2 en el parque",
            &[
                "date «el domingo» weekday=day=Sun which=plain",
                "time «de 9 a 2» between=from=hour=9 to=hour=2",
                "place «el parque» landmark=relation=at name=el parque",
            ],
        ),
        (
            "from 9 to 5 on friday",
            &[
                "time «from 9 to 5» between=from=hour=9 to=hour=5",
                "date «on friday» weekday=day=Fri which=plain",
            ],
        ),
        (
            "se fue la luz en toda la colonia emiliano zapata desde las 3 de la tarde",
            &[
                "place «colonia emiliano zapata» colonia=emiliano zapata",
                "time «las 3 de la tarde» at=hour=15",
            ],
        ),
        ("fuga en calle 5 y en calle 8", &["place «calle 5» street=5", "place «calle 8» street=8"]),
    ]);
}

#[test]
fn everyday_messages_are_read_and_nothing_where_there_is_none() {
    nothing(&[
        "my street has no lights",
        "the trash truck didn't come on my street",
        "Hola buenas tardes quiero saber mi folio",
        "quiero pagar mi predial",
        "gracias",
        "ok",
        "cuántos años tiene",
    ]);
}
