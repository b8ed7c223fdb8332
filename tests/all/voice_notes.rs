//! Voice notes: heard beside everything else, asked about where they were perhaps misheard, and never lost.

use std::time::Duration;

use ventanilla::store;
use ventanilla_values::Lang;

use crate::support::{TestApp, citizen::Citizen, ears::Ears};

/// Two seconds of a voice, as WhatsApp sends them.
const VOICE: &[u8] = include_bytes!("../../crates/speech/tests/fixtures/bache.ogg");
const OGG: &str = "audio/ogg; codecs=opus";
const AMR: &[u8] = b"#!AMR\n\x3c\x91\x17\x16\xbe\x66\x79\xe1\xe0\x01\xe7\xaf";

async fn town(ears: &Ears) -> TestApp {
    TestApp::builder().hearing(ears).start().await
}

async fn town_that_hears(script: &[(&str, f32)]) -> TestApp {
    town(&Ears::that_hear(script)).await
}

async fn note(citizen: &mut Citizen<'_>) -> String {
    citizen.sends_audio(OGG, VOICE).await;
    citizen.hears().await.join("\n")
}

/// Why people stand in the queue, the oldest first.
async fn queue(app: &TestApp) -> Vec<String> {
    app.texts("SELECT reason AS t FROM handovers WHERE closed_at IS NULL ORDER BY opened_at").await
}

async fn states(app: &TestApp) -> Vec<String> {
    app.texts("SELECT state AS t FROM transcripts ORDER BY created_at, inbox_id").await
}

/// The note that somebody of the town can listen to.
async fn kept_audio(app: &TestApp) -> Vec<u8> {
    let id = app.texts("SELECT lower(hex(media_id)) AS t FROM transcripts").await.pop().unwrap();
    app.app().media.get(id.parse().unwrap()).await.unwrap()
}

// ---- what was heard

#[tokio::test]
async fn a_note_that_was_heard_well_counts_like_typed_words() {
    let app = town_that_hears(&[("Hay un bache en mi calle.", 0.9), ("No.", 0.9)]).await;
    let mut lupe = app.citizen("Lupe");
    let answer = note(&mut lupe).await;
    assert!(answer.contains("Vamos a reportar: *Bache*") && !answer.contains("Escuché"), "{answer}");
    assert_eq!(states(&app).await, ["heard"]);
    assert_eq!(kept_audio(&app).await, VOICE);
    // And the answer to the next question is spoken too.
    assert!(note(&mut lupe).await.contains("¿De qué tamaño es?"));
}

#[tokio::test]
async fn what_was_perhaps_misheard_is_asked_about_and_a_yes_makes_it_count() {
    let app = town_that_hears(&[("Hay un bache en mi calle.", 0.4)]).await;
    let mut lupe = app.citizen("Lupe");
    let question = note(&mut lupe).await;
    assert_eq!(question, "Escuché: «Hay un bache en mi calle.». ¿Es correcto?\n[Sí]\n[No]");
    lupe.presses("Sí").await;
    let answer = lupe.hears().await.join("\n");
    assert!(answer.contains("Vamos a reportar: *Bache*"), "{answer}");
}

#[tokio::test]
async fn a_yes_may_be_written_or_spoken_and_outlives_a_restart() {
    let app = town_that_hears(&[("Hay un bache en mi calle.", 0.4), ("Sí.", 0.3)]).await;
    let mut lupe = app.citizen("Lupe");
    assert!(note(&mut lupe).await.contains("¿Es correcto?"));
    app.restart().await;
    assert!(
        note(&mut lupe).await.contains("Vamos a reportar: *Bache*"),
        "a spoken yes counts when it was expected"
    );
}

#[tokio::test]
async fn a_no_asks_for_it_once_more() {
    let app = town_that_hears(&[("Hay un coche en mi calle.", 0.4)]).await;
    let mut lupe = app.citizen("Lupe");
    note(&mut lupe).await;
    lupe.presses("No").await;
    assert_eq!(lupe.hears().await, ["Escríbelo o mándame otra nota, por favor."]);
    assert!(lupe.asks("hay un bache en mi calle").await.contains("Vamos a reportar: *Bache*"));
}

#[tokio::test]
async fn other_words_take_the_place_of_what_was_misheard() {
    let app = town_that_hears(&[("La calle bien te.", 0.4)]).await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("quiero saber cómo va mi reporte").await;
    let question = note(&mut lupe).await;
    assert!(question.contains("«La calle bien te.»"), "{question}");
    // An answer to the question below, and neither a yes nor a no.
    let answer = lupe.asks("PC-0000-0000").await;
    assert!(!answer.contains("Escuché") && !answer.contains("¿Es correcto?"), "{answer}");
}

#[tokio::test]
async fn who_speaks_english_is_heard_in_english() {
    let ears = Ears::that_hear(&[("There is a pothole in my street.", 0.4)]);
    let app = town(&ears).await;
    let mut john = app.citizen("John");
    john.asks("hello, I need some help please").await;
    let answer = note(&mut john).await;
    assert!(answer.contains("I heard: “There is a pothole in my street.”"), "{answer}");
    assert_eq!(ears.languages(), [Lang::EN]);
}

#[tokio::test]
async fn notes_are_heard_on_the_towns_page_too() {
    let app = town_that_hears(&[("Hay un bache en mi calle.", 0.9)]).await;
    assert!(note(&mut app.visitor().await).await.contains("Vamos a reportar: *Bache*"));
}

#[tokio::test]
async fn a_danger_never_waits_for_is_that_right() {
    let app = town_that_hears(&[("Mi esposo me está pegando, ayúdenme.", 0.2)]).await;
    let answer = note(&mut app.citizen("Lupe")).await;
    assert!(answer.contains("911") && !answer.contains("¿Es correcto?"), "{answer}");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM handovers WHERE priority = 'crisis'", []).await, 1);
}

#[tokio::test]
async fn what_may_be_anything_never_leaves_its_channel() {
    let app = town_that_hears(&[("El regidor me pidió dinero.", 0.3)]).await;
    let mut lupe = app.citizen("Lupe");
    assert!(note(&mut lupe).await.contains("El regidor"));
    let private = app.count("SELECT COUNT(*) AS n FROM outbox WHERE private", []).await;
    assert_eq!(private, app.count("SELECT COUNT(*) AS n FROM outbox", []).await);
    let elsewhere = app.texter("Lupe").asks("sí").await;
    assert!(!elsewhere.contains("regidor"), "{elsewhere}");
}

// ---- what could not be heard

#[tokio::test]
async fn without_anybody_who_hears_a_person_does_and_the_citizen_knows() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let answer = note(&mut lupe).await;
    assert!(answer.contains("Tu nota de voz la va a escuchar una persona"), "{answer}");
    let file = app.texts("SELECT lower(hex(media_id)) AS t FROM transcripts").await.pop().unwrap();
    let reasons = queue(&app).await;
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons[0].replace('-', ""), format!("nota de voz {file}"));
    assert_eq!(kept_audio(&app).await, VOICE);
    // Who waits already was told.
    assert_eq!(note(&mut lupe).await, "");
    assert_eq!(queue(&app).await.len(), 1);
}

#[tokio::test]
async fn who_is_with_the_bot_again_is_put_into_the_queue_again() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    note(&mut lupe).await;
    let id = app.texts("SELECT lower(hex(id)) AS t FROM handovers").await.pop().unwrap();
    let entry = ventanilla::agents::find(&app.app(), &id).await.unwrap();
    app.agent_closes(entry).await;
    assert!(note(&mut lupe).await.contains("la va a escuchar una persona"));
    assert_eq!(queue(&app).await.len(), 1);
}

/// Each is kept, said kindly, and handed to a person.
async fn is_refused(app: &TestApp, mime: &str, audio: &'static [u8], why: &str) {
    let mut lupe = app.citizen("Lupe");
    lupe.sends_audio(mime, audio).await;
    let answer = lupe.hears().await.join("\n");
    assert!(answer.contains("No pude abrir tu audio, pero no se pierde"), "{answer}");
    assert_eq!(queue(app).await.len(), 1);
    assert_eq!(app.texts("SELECT reason AS t FROM transcripts").await, [why]);
}

#[tokio::test]
async fn a_recording_of_an_old_telephone_is_kept_for_a_person() {
    let app = town_that_hears(&[]).await;
    is_refused(&app, "audio/amr", AMR, "no se puede escuchar aquí un audio de tipo AMR").await;
    assert_eq!(kept_audio(&app).await, AMR);
}

#[tokio::test]
async fn a_damaged_recording_is_kept_for_a_person() {
    let app = town_that_hears(&[]).await;
    is_refused(&app, OGG, b"OggS\0\x02 and then nothing that fits", "el archivo de audio está dañado").await;
}

#[tokio::test]
async fn a_recording_that_lasts_too_long_is_kept_for_a_person() {
    let ears = Ears::that_hear(&[]);
    let app =
        TestApp::builder().hearing(&ears).configure(|config| config.speech.most_seconds = 1).start().await;
    is_refused(&app, OGG, VOICE, "el audio dura demasiado").await;
    assert_eq!(kept_audio(&app).await, VOICE);
}

#[tokio::test]
async fn a_huge_recording_is_refused_and_the_message_stays() {
    let app = town_that_hears(&[]).await;
    let huge: &'static [u8] = vec![0; (16 << 20) + 1].leak();
    let why = "el archivo es demasiado grande, o no está donde el proveedor guarda los suyos";
    is_refused(&app, OGG, huge, why).await;
    assert_eq!(queue(&app).await, ["nota de voz -"]);
    assert_eq!(app.inbox_len().await, 1);
}

#[tokio::test]
async fn a_recording_that_got_lost_is_asked_for_again() {
    let app = town_that_hears(&[]).await;
    app.simulator.arm(ventanilla::simulator::Fault::MediaGone, 5);
    assert!(note(&mut app.citizen("Lupe")).await.contains("¿Me lo mandas otra vez?"));
    assert!(queue(&app).await.is_empty());
}

#[tokio::test]
async fn silence_is_told_each_time() {
    let app = town_that_hears(&[]).await;
    let silence: &'static [u8] = silent_wav(32_000).leak();
    let mut lupe = app.citizen("Lupe");
    for _ in 0..2 {
        lupe.sends_audio("audio/mpeg", silence).await;
        assert!(lupe.hears().await.join("\n").starts_with("No alcancé a oír nada"));
    }
    assert!(queue(&app).await.is_empty());
}

/// 16 kHz, one channel, 16 bits.
fn silent_wav(samples: u32) -> Vec<u8> {
    let data = samples * 2;
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + data).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    for number in [16_u32, 1 | 1 << 16, 16_000, 32_000, 2 | 16 << 16] {
        wav.extend(number.to_le_bytes());
    }
    wav.extend(b"data");
    wav.extend(data.to_le_bytes());
    wav.resize(wav.len() + data as usize, 0);
    wav
}

// ---- beside everything else

#[tokio::test]
async fn nobody_waits_for_the_note_of_somebody_else() {
    let ears = Ears::that_hear(&[("Hay un bache en mi calle.", 0.9)]);
    let app = town(&ears).await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    ears.cover(true);
    assert_eq!(note(&mut lupe).await, "");
    assert!(beto.asks("hay un bache en la calle").await.contains("Vamos a reportar: *Bache*"));
    ears.cover(false);
    assert!(lupe.hears().await.join("\n").contains("Vamos a reportar: *Bache*"));
}

#[tokio::test]
async fn what_is_written_after_a_note_keeps_its_place_but_a_danger_does_not_wait() {
    let ears = Ears::that_hear(&[("Hay un bache en mi calle.", 0.9)]);
    let app = town(&ears).await;
    let mut lupe = app.citizen("Lupe");
    ears.cover(true);
    assert_eq!(note(&mut lupe).await, "");
    lupe.says("¿cuánto cuesta el predial?").await;
    assert!(lupe.hears().await.is_empty());
    lupe.says("me quiero matar").await;
    let answer = lupe.hears().await.join("\n");
    assert!(answer.contains("800 911 2000") || answer.contains("911"), "{answer}");
    ears.cover(false);
    lupe.hears().await;
    assert_eq!(states(&app).await, ["heard"]);
}

#[tokio::test]
async fn a_talk_goes_on_when_a_note_takes_too_long() {
    let ears = Ears::that_hear(&[]);
    let app = town(&ears).await;
    let mut lupe = app.citizen("Lupe");
    ears.cover(true);
    assert_eq!(note(&mut lupe).await, "");
    lupe.says("hay un bache en mi calle").await;
    assert!(lupe.hears().await.is_empty());
    app.clock.advance(Duration::from_secs(61));
    let answer = lupe.hears().await.join("\n");
    assert!(answer.contains("la va a escuchar una persona"), "{answer}");
    assert!(answer.contains("Vamos a reportar: *Bache*"), "{answer}");
    assert_eq!(states(&app).await, ["to_a_person"]);
    ears.cover(false);
}

#[tokio::test]
async fn behind_a_long_queue_people_are_told_once() {
    let ears = Ears::that_hear(&[("Hola.", 0.9), ("Hola.", 0.9)]);
    let app =
        TestApp::builder().hearing(&ears).configure(|config| config.speech.busy_after = 1).start().await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    ears.cover(true);
    assert_eq!(note(&mut lupe).await, "", "nobody was before her");
    assert_eq!(note(&mut beto).await, "Lo escucho en un momento.");
    app.restart().await;
    assert!(beto.hears().await.is_empty(), "he knows");
    ears.cover(false);
    assert_eq!(beto.hears().await.len(), 1);
    // After the restart either of them may be first: she may be told now, who was not told before.
    let told = lupe.hears().await.iter().filter(|bubble| *bubble == "Lo escucho en un momento.").count();
    assert!(told <= 1, "told {told} times");
}

#[tokio::test]
async fn a_full_queue_is_for_a_person() {
    let ears = Ears::that_hear(&[("Hola.", 0.9)]);
    let app = TestApp::builder().hearing(&ears).configure(|config| config.speech.queue = 0).start().await;
    ears.cover(true);
    assert_eq!(note(&mut app.citizen("Lupe")).await, "");
    assert!(note(&mut app.citizen("Beto")).await.contains("la va a escuchar una persona"));
    ears.cover(false);
    app.settle().await;
}

#[tokio::test]
async fn a_note_that_was_being_heard_when_the_server_died_is_heard_again() {
    let ears = Ears::that_hear(&[("Hay un bache en mi calle.", 0.9)]);
    let app = town(&ears).await;
    let mut lupe = app.citizen("Lupe");
    ears.cover(true);
    assert_eq!(note(&mut lupe).await, "");
    app.until("the audio is kept", async || {
        app.count("SELECT COUNT(*) AS n FROM transcripts WHERE media_id IS NOT NULL", []).await == 1
    })
    .await;
    app.stop().await;
    // The provider is not asked for it again.
    app.simulator.arm(ventanilla::simulator::Fault::MediaGone, 5);
    ears.cover(false);
    app.start_again().await;
    let heard = lupe.hears().await.join("\n");
    assert!(heard.contains("Vamos a reportar: *Bache*"), "{heard}");
    assert_eq!(app.count("SELECT attempts AS n FROM transcripts", []).await, 2);
}

#[tokio::test]
async fn a_note_that_brings_the_server_down_again_and_again_goes_to_a_person() {
    let ears = Ears::that_hear(&[]);
    let app = town(&ears).await;
    let mut lupe = app.citizen("Lupe");
    ears.cover(true);
    assert_eq!(note(&mut lupe).await, "");
    for _ in 0..3 {
        app.restart().await;
        app.settle().await;
    }
    let heard = lupe.hears().await.join("\n");
    assert!(heard.contains("la va a escuchar una persona"), "{heard}");
    ears.cover(false);
}

#[tokio::test]
async fn a_person_of_the_town_reads_what_was_heard() {
    let app = town_that_hears(&[("Hay un bache en mi calle.", 0.9)]).await;
    note(&mut app.citizen("Lupe")).await;
    let person = app.texts("SELECT lower(hex(person_id)) AS t FROM inbox").await.pop().unwrap();
    let app = app.app();
    let lines = store::transcript::last(app.store.read(), person.parse().unwrap(), 9).await.unwrap();
    let heard = lines.iter().find_map(|line| line.note.clone()).unwrap();
    assert_eq!(heard.text.as_deref(), Some("Hay un bache en mi calle."));
    assert!(app.media.path(heard.file.unwrap()).is_file());
}

/// The whole way with Whisper, where this build has it and its weights are on this machine.
#[cfg(feature = "speech")]
#[tokio::test]
async fn the_real_recogniser_hears_a_note() {
    use ventanilla::{config::cached_weights, listening};
    let folder = cached_weights().join(listening::WHISPER);
    if !folder.is_dir() {
        eprintln!("SKIPPED: no weights in {}: see docs/OPERATIONS.md, Voice notes", folder.display());
        return;
    }
    let app = TestApp::builder()
        .hearing(&Ears::of_this_machine())
        .configure(|config| config.speech.patience_seconds = 600)
        .start()
        .await;
    let mut lupe = app.citizen("Lupe");
    lupe.sends_audio(OGG, VOICE).await;
    app.heard_within(Duration::from_secs(300)).await;
    let answer = lupe.hears().await.join("\n");
    // A robot's voice: whether it was sure, and of what, differs by machine. That it was heard does not.
    assert!(answer.contains("Escuché: «") || answer.to_lowercase().contains("bache"), "{answer}");
}
