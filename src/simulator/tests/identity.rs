use serde_json::{Value, json};

use super::support::{Bench, MARIA, template_to};
use crate::simulator::{Category, Template};

const NEW: &str = "5215500000999";

#[tokio::test]
async fn a_changed_number_is_told_as_meta_tells_it_and_moves_the_person() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    bench.profile(NEW, json!({"user_id": "MX.77120045561230098765"})).await;
    bench.at(1_795_200_060);
    let (id, hook) = bench.does(MARIA, json!({"type": "change_number", "new_wa_id": NEW})).await;
    let mut wanted: Value =
        serde_json::from_str(include_str!("../fixtures/in_system_user_changed_number.json")).unwrap();
    wanted["entry"][0]["changes"][0]["value"]["messages"][0]["id"] = json!(id);
    assert_eq!(hook.json(), wanted);
    // Nobody has the old number, and nobody wrote from the new one yet.
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.1["error"]["code"], 131_026);
    assert_eq!(bench.sends_text(NEW, "Buenas").await.1["error"]["code"], 131_047);
    bench.sim.say(NEW, crate::simulator::Said::Text { text: "soy yo".into() }).unwrap();
    let value = bench.hook().await.value();
    assert_eq!(value["contacts"][0]["profile"]["name"], "María Hernández");
    assert_eq!(value["messages"][0]["from_user_id"], "MX.77120045561230098765");
}

#[tokio::test]
async fn whoever_gets_the_old_number_is_somebody_else() {
    let bench = Bench::new().await;
    let (_, before) = bench.does(MARIA, json!({"type": "text", "text": "hola"})).await;
    bench.does(MARIA, json!({"type": "change_number", "new_wa_id": NEW})).await;
    let (_, after) = bench.does(MARIA, json!({"type": "text", "text": "hola"})).await;
    let who = |value: &Value| value["messages"][0]["from_user_id"].clone();
    assert_ne!(who(&before.value()), who(&after.value()));
    assert_ne!(after.value()["contacts"][0]["profile"]["name"], "María Hernández");
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200);
}

#[tokio::test]
async fn a_changed_user_id_names_the_one_before_and_no_number() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let (_, hook) = bench.does(MARIA, json!({"type": "change_user_id", "user_id": "MX.5"})).await;
    let message = hook.value()["messages"][0].clone();
    assert_eq!((message.get("from"), message.get("from_user_id")), (None, None));
    assert_eq!(message["system"]["type"], "user_changed_user_id");
    assert_eq!(message["system"]["previous_user_id"], "MX.13491208655302741918");
    assert_eq!(message["system"]["user_id"], "MX.5");
    assert_eq!(hook.value().get("contacts"), None);
    let send =
        |user: &str| json!({"messaging_product": "whatsapp", "recipient": user, "text": {"body": "Buenas"}});
    assert_eq!(bench.sends(send("MX.5")).await.0, 200);
    bench.refuses(send("MX.13491208655302741918"), 131_026, "").await;
}

#[tokio::test]
async fn who_stopped_marketing_still_gets_everything_else() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let sold =
        Template { category: Category::Marketing, ..Template::new("feria", "es_MX", "Ven a la feria.") };
    bench.sim.set_templates(vec![sold, Template::new("corte", "es_MX", "Mañana no hay agua.")]);
    bench.does(MARIA, json!({"type": "preferences", "marketing": "stop"})).await;
    bench.refuses(template_to("feria", json!([])), 131_050, "stop receiving marketing").await;
    bench.shows(template_to("corte", json!([]))).await;
    bench.does(MARIA, json!({"type": "preferences", "marketing": "resume"})).await;
    bench.shows(template_to("feria", json!([]))).await;
}
