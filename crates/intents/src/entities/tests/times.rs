//! Days, times of day, since when.

use super::*;

#[test]
fn days_are_found() {
    check(&[
        ("hoy", &["date «hoy» days=0"]),
        ("vengo mañana", &["date «mañana» days=1"]),
        ("pasado mañana puedo", &["date «pasado mañana» days=2"]),
        ("ayer se cayó la barda", &["date «ayer» days=-1"]),
        ("anteayer", &["date «anteayer» days=-2"]),
        ("el lunes que viene", &["date «el lunes que viene» weekday=day=Mon which=next"]),
        ("el lunes pasado", &["date «el lunes pasado» weekday=day=Mon which=last"]),
        ("este viernes", &["date «este viernes» weekday=day=Fri which=this"]),
        ("el próximo martes", &["date «el próximo martes» weekday=day=Tue which=next"]),
        ("para el miércoles", &["date «el miércoles» weekday=day=Wed which=plain"]),
        ("en quince días", &["date «en quince días» days=15"]),
        ("dentro de dos semanas", &["date «dentro de dos semanas» days=14"]),
        ("hace tres días", &["date «hace tres días» days=-3"]),
        ("15 de mayo", &["date «15 de mayo» day_and_month=day=15 month=5"]),
        ("el 15 de mayo de 2026", &["date «el 15 de mayo de 2026» date=2026-05-15"]),
        ("15/05/2026", &["date «15/05/2026» date=2026-05-15"]),
        ("el 15-05", &["date «15-05» day_and_month=day=15 month=5"]),
        ("15/5", &["date «15/5» day_and_month=day=15 month=5"]),
        ("2026-05-15", &["date «2026-05-15» date=2026-05-15"]),
        ("nací el 3 de marzo de 1985", &["date «el 3 de marzo de 1985» date=1985-03-03"]),
        ("el primero de septiembre", &["date «el primero de septiembre» day_and_month=day=1 month=9"]),
        ("quince de mayo del dos mil trece", &["date «quince de mayo del dos mil trece» date=2013-05-15"]),
        ("la semana que viene", &["date «la semana que viene» week=1"]),
        ("el mes pasado", &["date «el mes pasado» month=-1"]),
        ("next monday", &["date «next monday» weekday=day=Mon which=next"]),
        ("May 15th", &["date «May 15th» day_and_month=day=15 month=5"]),
        ("on May 15, 2026", &["date «May 15, 2026» date=2026-05-15"]),
        ("three days ago", &["date «three days ago» days=-3"]),
        ("in two weeks", &["date «in two weeks» days=14"]),
        ("day after tomorrow", &["date «day after tomorrow» days=2"]),
        ("el 15", &["date «el 15» day_of_month=15"]),
        ("el biernes", &["date «el biernes» weekday=day=Fri which=plain"]),
        ("31 de abril", &["number «31» 31.0"]),
        ("1/2 metro", &["size «1/2 metro» centimetres=50.0"]),
    ]);
}

#[test]
fn days_are_found_and_nothing_where_there_is_none() {
    nothing(&["31/02", "los lunes no pasa la basura", "de lunes a viernes", "24/7", "every monday"]);
}

#[test]
fn times_of_day_are_found() {
    check(&[
        ("a las 4 y media", &["time «a las 4 y media» at=hour=4 minute=30"]),
        ("a las 4", &["time «a las 4» at=hour=4"]),
        ("a la una", &["time «a la una» at=hour=1"]),
        ("4:30 pm", &["time «4:30 pm» at=hour=16 minute=30"]),
        ("16:00 hrs", &["time «16:00 hrs» at=hour=16"]),
        ("a mediodía", &["time «a mediodía» at=hour=12"]),
        ("en la tarde", &["time «en la tarde» part=afternoon"]),
        ("por la mañana", &["time «por la mañana» part=morning"]),
        ("mañana en la mañana", &["date «mañana» days=1", "time «en la mañana» part=morning"]),
        ("entre 4 y 5", &["time «entre 4 y 5» between=from=hour=4 to=hour=5"]),
        ("de 9 a 2", &["time «de 9 a 2» between=from=hour=9 to=hour=2"]),
        ("cuarto para las 5", &["time «cuarto para las 5» at=hour=4 minute=45"]),
        ("a las 9 de la noche", &["time «a las 9 de la noche» at=hour=21"]),
        ("tomorrow at 4", &["date «tomorrow» days=1", "time «at 4» at=hour=4"]),
        ("at 4:30", &["time «at 4:30» at=hour=4 minute=30"]),
        ("half past four", &["time «half past four» at=hour=4 minute=30"]),
        ("in the evening", &["time «in the evening» part=night"]),
        ("noon", &["time «noon» at=hour=12"]),
        ("entre 3 y 5 personas", &["number «3» 3.0", "number «5» 5.0"]),
        ("las 24 horas", &["number «24» 24.0"]),
        ("a las 3 vecinas", &["number «3» 3.0"]),
    ]);
}

#[test]
fn since_when_is_found() {
    check(&[
        ("desde hace dos semanas", &["since «desde hace dos semanas» days=14"]),
        ("desde el lunes", &["since «desde el lunes» date=weekday=day=Mon which=plain"]),
        ("lleva tres meses", &["since «lleva tres meses» days=90"]),
        ("llevamos 5 días sin agua", &["since «llevamos 5 días» days=5"]),
        ("desde ayer no hay luz", &["since «desde ayer» date=days=-1"]),
        ("desde la semana pasada", &["since «desde la semana pasada» date=week=-1"]),
        ("desde hace mes y medio", &["since «desde hace mes y medio» days=45"]),
        ("lleva semanas tirado", &["since «lleva semanas» several=weeks"]),
        ("hace dos semanas que no pasa la basura", &["since «hace dos semanas» days=14"]),
        ("ya tiene un mes", &["since «ya tiene un mes» days=30"]),
        ("desde hace como quince dias", &["since «desde hace como quince dias» days=15"]),
        ("desde hace meses", &["since «desde hace meses» several=months"]),
        ("desde enero", &["since «desde enero» date=named_month=month=1"]),
        ("for two weeks", &["since «for two weeks» days=14"]),
        ("since Monday", &["since «since Monday» date=weekday=day=Mon which=plain"]),
        ("since yesterday", &["since «since yesterday» date=days=-1"]),
        ("for several days", &["since «for several days» several=days"]),
        ("for the last three days", &["since «for the last three days» days=3"]),
        ("desde hace 3 horas", &["since «desde hace 3 horas» days=0"]),
        ("tiene 15 años mi hijo", &["number «15» 15.0"]),
    ]);
}

#[test]
fn what_lasts_may_be_told_in_between() {
    check(&[
        ("since 2 days", &["since «since 2 days» days=2"]),
        ("desde 3 semanas", &["since «desde 3 semanas» days=21"]),
        ("no water three days now", &["since «three days now» days=3"]),
        ("van 5 días seguidos sin luz", &["since «5 días seguidos» days=5"]),
        ("lleva así como 3 semanas", &["since «lleva así como 3 semanas» days=21"]),
        ("llevamos sin agua 3 dias", &["since «llevamos sin agua 3 dias» days=3"]),
        ("lleva tirado ahí dos semanas", &["since «lleva tirado ahí dos semanas» days=14"]),
        ("el semáforo lleva descompuesto tres meses", &["since «lleva descompuesto tres meses» days=90"]),
        ("it's been 3 days", &["since «it's been 3 days» days=3"]),
        ("van para 3 semanas", &["since «van para 3 semanas» days=21"]),
        ("ya son 5 dias", &["since «ya son 5 dias» days=5"]),
        ("desde el mes de enero", &["since «desde el mes de enero» date=named_month=month=1"]),
        ("tiene ya 8 días", &["since «tiene ya 8 días» days=8"]),
        ("desde hace una quincena", &["since «desde hace una quincena» days=15"]),
        ("desde 2020", &["since «desde 2020» date=year=2020"]),
        ("desde el 2019", &["since «desde el 2019» date=year=2019"]),
        ("in three days now", &["date «in three days» days=3"]),
        ("desde 2000 pesos", &["amount «2000 pesos» cents=200000 currency=MXN"]),
    ]);
}

#[test]
fn how_old_somebody_is_is_not_since_when() {
    check(&[
        ("daycare for 1 year old", &["number «1» 1.0"]),
        ("school admission for 6 year old", &["number «6» 6.0"]),
        ("mi hijo ya tiene 3 años", &["number «3» 3.0"]),
        ("ya tiene 3 años mi hijo", &["number «3» 3.0"]),
        ("el bache ya tiene 3 años", &["since «ya tiene 3 años» days=1095"]),
        ("la casa de mi mamá ya tiene 3 años", &["since «ya tiene 3 años» days=1095"]),
        ("mi hijo ya tiene 3 años sin beca", &["since «ya tiene 3 años» days=1095"]),
        ("mi mamá ya tiene 3 días esperando", &["since «ya tiene 3 días» days=3"]),
    ]);
}

#[test]
fn days_are_told_by_weekends_months_and_feasts() {
    check(&[
        ("el fin de semana pasado", &["date «el fin de semana pasado» weekend=last"]),
        ("this weekend", &["date «this weekend» weekend=this"]),
        ("el 15 del mes pasado", &["date «el 15 del mes pasado» day_of_month_from=day=15 months=-1"]),
        ("15 de este mes", &["date «15 de este mes» day_of_month_from=day=15 months=0"]),
        ("en Navidad", &["date «Navidad» day_and_month=day=25 month=12"]),
        ("mi vecino vino el domingo", &["date «el domingo» weekday=day=Sun which=plain"]),
        ("de la nave 6 a la 9", &["number «6» 6.0", "number «9» 9.0"]),
        ("a la 1", &["time «a la 1» at=hour=1"]),
        ("a la 5 de la tarde", &["time «a la 5 de la tarde» at=hour=17"]),
        ("documents for adults at 18", &["number «18» 18.0"]),
    ]);
    nothing(&[
        "buen fin de semana",
        "si un día ya no contesto",
        "las luces de navidad",
        "mi vecino Domingo",
        "come at once",
    ]);
}
