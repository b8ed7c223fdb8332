//! Transfers, whispers, recordings and partial results.

use super::support::{ACCOUNT, Bench, Hook, TOKEN, calling, heard, soon};
use crate::simulator::twilio::{CallState, DialOutcome};

const DIAL: &str = "<Say>Le comunico.</Say><Dial callerId=\"+525500000300\" action=\"/fin\"><Number url=\"/susurro\" \
                    statusCallback=\"/pierna\" statusCallbackEvent=\"initiated answered completed\">+525500000400</Number></Dial>";

async fn dialed(bench: &Bench, outcome: DialOutcome) -> Hook {
    let call = calling(bench).await;
    assert_eq!(heard(&call).await, ["Le comunico."]);
    assert_eq!(call.state(), CallState::Dialing);
    call.dial_outcome(outcome).unwrap();
    let end = bench.hook("/fin").await;
    soon(call.ended()).await;
    end
}

#[tokio::test]
async fn a_transfer_is_told_by_its_outcome() {
    let bench = Bench::new().await;
    bench.script("/voz", DIAL);
    bench.script(
        "/susurro",
        "<Gather numDigits=\"1\" action=\"/acepta\"><Say>Marque uno para aceptar</Say></Gather><Hangup/>",
    );
    bench.script("/acepta", "");
    let end = dialed(&bench, DialOutcome::Completed).await;
    assert_eq!((end.get("DialCallStatus"), end.get("DialBridged")), ("completed", "true"));
    let whisper = bench.hook("/susurro").await;
    assert_eq!(
        (whisper.get("Direction"), whisper.get("To"), whisper.get("CallSid")),
        ("outbound-dial", "+525500000400", end.get("DialCallSid"))
    );
    assert_eq!(bench.hook("/acepta").await.get("Digits"), "1");
    let mut legs = Vec::new();
    for _ in 0..3 {
        legs.push(bench.hook("/pierna").await.get("CallStatus").to_owned());
    }
    assert_eq!(legs, ["initiated", "in-progress", "completed"]);
    let declined = dialed(&bench, DialOutcome::Declined).await;
    assert_eq!((declined.get("DialCallStatus"), declined.get("DialBridged")), ("no-answer", "false"));
    for (outcome, status) in
        [(DialOutcome::NoAnswer, "no-answer"), (DialOutcome::Busy, "busy"), (DialOutcome::Failed, "failed")]
    {
        let end = dialed(&bench, outcome).await;
        assert_eq!((end.get("DialCallStatus"), end.get("DialBridged")), (status, "-"));
    }
    assert_eq!(bench.unseen("/acepta"), 0);
}

#[tokio::test]
async fn without_an_action_the_call_goes_on_after_the_transfer() {
    let bench = Bench::new().await;
    bench.script("/voz", "<Dial>+525500000400</Dial><Say>¿Algo más?</Say>");
    let call = calling(&bench).await;
    heard(&call).await;
    call.dial_outcome(DialOutcome::Completed).unwrap();
    assert_eq!(heard(&call).await, ["¿Algo más?"]);
}

#[tokio::test]
async fn a_message_is_recorded_or_not() {
    let bench = Bench::new().await;
    bench.script(
        "/voz",
        "<Record maxLength=\"120\" finishOnKey=\"#\" action=\"/buzon\" recordingStatusCallback=\"/grabacion\"/><Say>No recibí nada.</Say>",
    );
    bench.script("/buzon", "<Say>Gracias.</Say>");
    let call = calling(&bench).await;
    heard(&call).await;
    assert_eq!(call.listens().unwrap().input, ["record"]);
    call.press("#").unwrap();
    assert_eq!(heard(&call).await, ["Gracias."]);
    let left = bench.hook("/buzon").await;
    assert_eq!((left.get("Digits"), left.get("RecordingDuration")), ("#", "1"));
    let told = bench.hook("/grabacion").await;
    assert_eq!(
        (told.get("RecordingStatus"), told.get("RecordingUrl")),
        ("completed", left.get("RecordingUrl"))
    );
    let url = format!("{}.wav", left.get("RecordingUrl"));
    let with_password = bench.http.get(url).basic_auth(ACCOUNT, Some(TOKEN));
    let redirect = with_password.send().await.unwrap();
    let sound = bench.http.get(redirect.headers()["location"].to_str().unwrap()).send().await.unwrap();
    assert!(sound.bytes().await.unwrap().starts_with(b"RIFF"));
    let silent = calling(&bench).await;
    heard(&silent).await;
    silent.silence().unwrap();
    assert_eq!(heard(&silent).await, ["No recibí nada."]);
    let gone = calling(&bench).await;
    heard(&gone).await;
    gone.hang_up().unwrap();
    let left = bench.hook("/buzon").await;
    assert_eq!((left.get("Digits"), left.get("CallStatus")), ("hangup", "completed"));
}

#[tokio::test]
async fn partial_results_are_told_beside_the_action() {
    let bench = Bench::new().await;
    bench.script(
        "/voz",
        "<Gather input=\"speech\" language=\"es-MX\" action=\"/turno\" partialResultCallback=\"/parcial\"/>",
    );
    let call = calling(&bench).await;
    heard(&call).await;
    call.say("una fuga", None).unwrap();
    let partial = bench.hook("/parcial").await;
    assert_eq!((partial.get("StableSpeechResult"), partial.get("SequenceNumber")), ("una fuga", "0"));
    assert_eq!(bench.hook("/turno").await.get("SpeechResult"), "una fuga");
}
