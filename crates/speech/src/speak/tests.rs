use super::*;

fn speaker() -> Option<Speaker> {
    let speaker = Speaker::new(Engine::EspeakNg);
    match speaker.say("hola", Tongue::Es) {
        Err(SpeakError::Missing { .. }) => {
            eprintln!("SKIPPED: espeak-ng is not installed, so nothing was spoken");
            None
        }
        _ => Some(speaker),
    }
}

#[test]
fn a_sentence_becomes_sound_of_a_sensible_length() {
    let Some(speaker) = speaker() else { return };
    let pcm = speaker.say("Tu folio es cuatro, siete, dos, uno.", Tongue::Es).unwrap();
    assert!((1.5..6.0).contains(&pcm.seconds()), "{} s", pcm.seconds());
    let line = speaker.say_slin("Tu folio es cuatro, siete, dos, uno.", Tongue::Es).unwrap();
    assert_eq!(line.len(), pcm.samples().len().div_ceil(2));
    assert!(line.iter().any(|sample| sample.unsigned_abs() > 3_000), "too soft to be heard");
}

#[test]
fn text_that_looks_like_an_option_is_only_text() {
    let Some(speaker) = speaker() else { return };
    assert!(speaker.say("--help; rm -rf /", Tongue::En).unwrap().seconds() > 0.5);
}

#[test]
fn nothing_and_far_too_much_are_not_spoken() {
    let speaker = Speaker::new(Engine::EspeakNg);
    assert!(matches!(speaker.say("  \n", Tongue::Es), Err(SpeakError::Text)));
    assert!(matches!(speaker.say(&"a ".repeat(1_001), Tongue::Es), Err(SpeakError::Text)));
}

#[test]
fn a_missing_program_says_how_to_install_it() {
    let piper =
        |program: &str| Engine::Piper { program: program.into(), spanish: "voz.onnx".into(), english: None };
    let error = Speaker::new(piper("/nowhere/piper")).say("hola", Tongue::Es).unwrap_err();
    assert!(error.to_string().contains("apt-get install espeak-ng"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_program_that_never_answers_is_ended() {
    let piper = Engine::Piper { program: "/usr/bin/tail".into(), spanish: "-f".into(), english: None };
    let mut speaker = Speaker::new(piper);
    speaker.time_out = Duration::from_millis(300);
    let started = std::time::Instant::now();
    let error = speaker.say("hola", Tongue::Es).unwrap_err();
    assert!(matches!(error, SpeakError::Late | SpeakError::Failed), "{error}");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn half_the_rate_keeps_a_voice_and_drops_what_the_line_cannot_carry() {
    let tone = |hertz: f32| {
        let samples =
            (0..16_000).map(|at| 0.5 * (std::f32::consts::TAU * hertz * at as f32 / 16_000.0).sin());
        slin(&Pcm::new(samples.collect()))
    };
    let loud = |line: &[i16]| line[100..7_900].iter().map(|sample| sample.unsigned_abs()).max().unwrap();
    assert!((15_000..17_500).contains(&loud(&tone(1_000.0))));
    assert!(loud(&tone(7_000.0)) < 1_500);
}
