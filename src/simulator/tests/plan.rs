use std::time::Duration;

use serde_json::json;

use super::support::{Bench, Hook, MARIA, soon, text_to};
use crate::simulator::{
    BadPlan, Fault, FaultPlan, Said, SendRates, StatusScript, WebhookRates,
    plan::{Dice, WebhookLuck},
};

fn always(webhooks: WebhookRates, sends: SendRates) -> FaultPlan {
    FaultPlan { seed: 7, webhooks, sends }
}

fn webhooks(rates: WebhookRates) -> FaultPlan {
    always(rates, SendRates::default())
}

fn text(hook: &Hook) -> String {
    hook.value()["messages"][0]["text"]["body"].as_str().unwrap().to_owned()
}

fn luck(plan: FaultPlan) -> (Vec<Option<&'static str>>, Vec<WebhookLuck>, Vec<bool>) {
    let dice = Dice::of(Some(plan));
    let sends = (0..200).map(|_| dice.send().map(|(name, _)| name)).collect();
    let posts = (0..200).map(|_| dice.webhook()).collect();
    (sends, posts, (0..200).map(|_| dice.drops_status()).collect())
}

fn mixed(seed: u64) -> FaultPlan {
    FaultPlan {
        seed,
        webhooks: WebhookRates {
            delay: 0.2,
            delay_ms: 50,
            duplicate: 0.1,
            reorder: 0.1,
            drop_status: 0.3,
            wrong_signature: 0.1,
        },
        sends: SendRates { rate_130429: 0.1, http_500: 0.1, answer_lost: 0.1, ..SendRates::default() },
    }
}

#[test]
fn one_seed_always_draws_the_same_and_another_does_not() {
    assert_eq!(luck(mixed(7)), luck(mixed(7)));
    assert_ne!(luck(mixed(7)), luck(mixed(8)));
    let (sends, posts, dropped) = luck(mixed(7));
    let share = |hits: usize| hits as f64 / 200.0;
    // 1 - 0.9^3 of the sends, and so on, within what 200 throws allow.
    assert!((share(sends.iter().flatten().count()) - 0.271).abs() < 0.1);
    assert!((share(posts.iter().filter(|luck| luck.delay_ms.is_some()).count()) - 0.2).abs() < 0.1);
    assert!((share(dropped.into_iter().filter(|dropped| *dropped).count()) - 0.3).abs() < 0.1);
    assert!(posts.iter().all(|luck| luck.delay_ms.is_none_or(|ms| (1..=50).contains(&ms))));
}

#[test]
fn raising_one_rate_does_not_move_another() {
    let mut raised = mixed(7);
    raised.webhooks.duplicate = 1.0;
    let ((_, before, _), (_, after, _)) = (luck(mixed(7)), luck(raised));
    for (before, after) in before.into_iter().zip(after) {
        assert_eq!(WebhookLuck { duplicate: true, ..before }, after);
    }
}

#[test]
fn a_rate_is_a_share() {
    let plan = webhooks(WebhookRates { reorder: 1.5, ..WebhookRates::default() });
    assert_eq!(plan.check(), Err(BadPlan { name: "reorder", rate: 1.5 }));
    let plan = always(WebhookRates::default(), SendRates { no_status: f64::NAN, ..SendRates::default() });
    assert_eq!(plan.check().unwrap_err().name, "no_status");
    mixed(1).check().unwrap();
}

#[tokio::test]
async fn the_same_run_meets_the_same_mishaps() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let bench = Bench::with(StatusScript::NONE, |tuning| {
            tuning.limits.pair_rate = false;
            tuning.plan = Some(mixed(3));
        })
        .await;
        // Until the plan's webhook mishaps let it through, so that only sends are compared.
        bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
        let mut codes = Vec::new();
        for _ in 0..40 {
            codes.push(match bench.graph(&text_to(MARIA, "Buenas")).send().await {
                Ok(answer) => answer.status().as_u16(),
                Err(_) => 0,
            });
        }
        runs.push((codes, bench.sim.stats().accepted));
    }
    assert_eq!(runs[0], runs[1]);
    assert!([0, 200, 400, 500].iter().all(|code| runs[0].0.contains(code)), "{runs:?}");
}

#[tokio::test]
async fn a_reordered_webhook_lets_the_next_one_pass() {
    let plan = webhooks(WebhookRates { reorder: 1.0, ..WebhookRates::default() });
    let bench = Bench::with(StatusScript::NONE, |tuning| tuning.plan = Some(plan)).await;
    for text in ["uno", "dos", "tres"] {
        bench.sim.say(MARIA, Said::Text { text: text.into() }).unwrap();
    }
    let mut came = Vec::new();
    for _ in 0..3 {
        came.push(text(&bench.hook().await));
    }
    // The third waits for a fourth, which does not come, and then leaves all the same.
    assert_eq!(came, ["dos", "uno", "tres"]);
}

#[tokio::test]
async fn webhooks_come_late_twice_and_badly_signed_but_come() {
    let rates = WebhookRates {
        delay: 1.0,
        delay_ms: 1,
        duplicate: 1.0,
        wrong_signature: 1.0,
        ..WebhookRates::default()
    };
    let bench = Bench::with(StatusScript::NONE, |tuning| tuning.plan = Some(webhooks(rates))).await;
    bench.answer(&[401]);
    bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
    let signed = [bench.hook().await, bench.hook().await, bench.hook().await].map(|hook| hook.is_signed());
    assert_eq!(signed, [false, true, true]);
    let drawn = bench.page("stats").await["mishaps"].clone();
    assert_eq!(drawn, json!({"delay": 1, "duplicate": 1, "wrong_signature": 1}));
}

#[tokio::test]
async fn statuses_are_dropped_but_messages_never() {
    let plan = webhooks(WebhookRates { drop_status: 1.0, ..WebhookRates::default() });
    let bench = Bench::with(StatusScript::SENT_AND_DELIVERED, |tuning| tuning.plan = Some(plan)).await;
    bench.writes(MARIA, "hola").await;
    bench.sends_text(MARIA, "Buenas").await;
    let next = bench.does(MARIA, json!({"type": "text", "text": "gracias"})).await.1;
    assert_eq!(text(&next), "gracias");
    assert_eq!(bench.page("stats").await["mishaps"], json!({"drop_status": 2}));
    // The phone shows what became of the message; only the town does not know.
    assert_eq!(bench.sim.bubbles(MARIA, 1)[0].status, crate::simulator::Tick::Delivered);
}

#[tokio::test]
async fn every_mishap_of_sends_can_be_drawn() {
    let rates = SendRates::default();
    let cases = [
        (SendRates { rate_130429: 1.0, ..rates }, Some(400), false),
        (SendRates { pair_131056: 1.0, ..rates }, Some(400), false),
        (SendRates { http_500: 1.0, ..rates }, Some(500), false),
        (SendRates { after_accept_500: 1.0, ..rates }, Some(500), true),
        (SendRates { answer_lost: 1.0, ..rates }, None, true),
        (SendRates { status_first: 1.0, ..rates }, Some(200), true),
        (SendRates { no_status: 1.0, ..rates }, Some(200), true),
    ];
    for (sends, status, taken) in cases {
        let sent_only = StatusScript { sent: Some(0), delivered: None, read: None };
        let bench = Bench::with(sent_only, |_| {}).await;
        bench.writes(MARIA, "hola").await;
        bench.sim.set_plan(Some(always(WebhookRates::default(), sends))).unwrap();
        let answer = soon(bench.graph(&text_to(MARIA, "Buenas")).send()).await;
        assert_eq!(answer.ok().map(|answer| answer.status().as_u16()), status, "{sends:?}");
        assert_eq!(bench.sim.bubbles(MARIA, 1).len(), usize::from(taken), "{sends:?}");
    }
}

#[tokio::test]
async fn an_armed_fault_goes_before_the_plan() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let sends = SendRates { rate_130429: 1.0, ..SendRates::default() };
    bench.sim.set_plan(Some(always(WebhookRates::default(), sends))).unwrap();
    bench.sim.arm(Fault::Pair, 1);
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.1["error"]["code"], 131_056);
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.1["error"]["code"], 130_429);
    bench.sim.set_plan(None).unwrap();
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200);
}

#[tokio::test]
async fn the_page_sets_reads_and_stops_the_plan() {
    let bench = Bench::new().await;
    let plan = json!({"seed": 7, "webhooks": {"duplicate": 1.0}});
    let (status, set) = bench.posts("plan", &plan).await;
    assert_eq!(
        (status, &set["webhooks"]["duplicate"], &set["sends"]["http_500"]),
        (200, &json!(1.0), &json!(0.0))
    );
    assert_eq!(bench.page("plan").await, set);
    bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
    assert_eq!(bench.hook().await.raw, bench.hook().await.raw);
    let (status, answer) = bench.posts("plan", &json!({"sends": {"http_500": 2}})).await;
    assert_eq!((status, answer["error"].as_str().unwrap().contains("`http_500` is 2")), (400, true));
    assert_eq!(bench.posts("plan", &json!({"sends": {"meteoro": 1}})).await.0, 400);
    let stop =
        bench.http.delete(format!("{}/simulator/api/plan", bench.base)).timeout(Duration::from_secs(20));
    assert_eq!(soon(stop.send()).await.unwrap().status(), 204);
    assert_eq!(bench.page("plan").await, json!(null));
}
