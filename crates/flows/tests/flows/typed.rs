//! Days, times, amounts, names and ages: how they are asked again, printed and stored.

use serde_json::json;
use ventanilla_flows::{Known, load};
use ventanilla_values::Lang;

use crate::support::{Talk, file};

fn asked(slot_type: &str, more: &str, after: &str) -> Talk {
    Talk::of(&format!(
        "  - collect: it\n    type: {slot_type}\n    ask: {{es: '¿Qué?', en: 'What?'}}\n{more}  - say: {{es: \"{after}\", en: \"{after}\"}}\n"
    ))
    .0
}

/// What is said behind the answer.
#[track_caller]
fn prints(slot_type: &str, answer: &str, template: &str, es: &str, en: &str) {
    for (lang, expected) in [(Lang::ES, es), (Lang::EN, en)] {
        let mut talk = asked(slot_type, "", template);
        talk.session.lang = lang;
        let lines = talk.say(answer);
        assert_eq!(lines.get(1).map(String::as_str), Some(expected), "{slot_type}: {lines:?}");
    }
}

#[test]
fn a_value_is_printed_in_the_language_of_the_person() {
    prints("date", "el 9 de marzo", "{{ it }}", "lunes 9 de marzo", "Monday, March 9");
    prints("date", "3 de mayo de 2027", "{{ it }}", "lunes 3 de mayo de 2027", "Monday, May 3, 2027");
    prints("time", "4:30 pm", "{{ it }}", "4:30 de la tarde", "4:30 p.m.");
    prints(
        "date_range",
        "del 3 al 8 de mayo",
        "{{ it }}",
        "del domingo 3 al viernes 8 de mayo",
        "from Sunday, May 3 to Friday, May 8",
    );
    prints(
        "time_range",
        "de 9 a 1",
        "{{ it }}",
        "de 9:00 de la mañana a 1:00 de la tarde",
        "from 9:00 a.m. to 1:00 p.m.",
    );
    prints("money", "mil doscientos cincuenta", "{{ it }}", "$1,250", "$1,250");
    prints("age", "34", "{{ it }}", "34 años", "34 years");
    prints("full_name", "ANA PECH KU", "{{ it }}", "Ana Pech Ku", "Ana Pech Ku");
    prints("email", "ANA@example.mx", "{{ it }}", "ana@example.mx", "ana@example.mx");
}

#[test]
fn a_value_has_parts() {
    prints(
        "date",
        "16/03/2026",
        "{{ it.holiday }}",
        "Natalicio de Benito Juárez",
        "Benito Juárez's birthday",
    );
    prints(
        "date",
        "16/03/2026",
        "{{ it.iso }}{% if not it.working %}!{% endif %}",
        "2026-03-16!",
        "2026-03-16!",
    );
    prints(
        "date",
        "mañana",
        "{{ it.in_days }} {{ it.weekday }}{% if it.working %}!{% endif %}",
        "1 2!",
        "1 2!",
    );
    prints("date", "mañana", "x{{ it.holiday }}x", "xx", "xx");
    prints("date", "próximo día hábil", "{{ it.day }}/{{ it.month }}/{{ it.year }}", "3/3/2026", "3/3/2026");
    prints("time", "4:30 pm", "{{ it.hour }}-{{ it.minute }}-{{ it.iso }}", "16-30-16:30", "16-30-16:30");
    prints(
        "date_range",
        "del 3 al 8 de mayo",
        "{{ it.to.iso }} {{ it.from.day }}",
        "2026-05-08 3",
        "2026-05-08 3",
    );
    prints("time_range", "de 9 a 1", "{{ it.to }}", "1:00 de la tarde", "1:00 p.m.");
    prints("money", "$12.50", "{{ it.amount * 2 }} {{ it.currency }}", "25.0 MXN", "25.0 MXN");
    prints("age", "34", "{{ 'grande' if it.years >= 18 else 'chico' }}", "grande", "grande");
    prints("full_name", "ana pech ku", "Hola, {{ it.given }}.", "Hola, Ana.", "Hola, Ana.");
}

#[test]
fn what_an_action_gives_is_printed_by_filters() {
    prints(
        "text",
        "x",
        "{{ '2027-05-03T10:00:00-06:00' | date }}",
        "lunes 3 de mayo de 2027",
        "Monday, May 3, 2027",
    );
    prints(
        "text",
        "x",
        "{{ '16:30' | time }} {{ 1250.5 | money }}",
        "4:30 de la tarde $1,250.50",
        "4:30 p.m. $1,250.50",
    );
    prints("date", "9/03/2026", "{{ it | date }}", "lunes 9 de marzo", "Monday, March 9");
    let mut talk = asked("text", "", "{{ 'mañana' | date }}");
    let lines = talk.say("x");
    assert!(lines[1].starts_with("cut x.say: ") && !lines[1].contains("mañana"), "{lines:?}");
}

#[test]
fn without_a_retry_the_question_says_why() {
    let again =
        |slot_type: &str, more: &str, answer: &str| asked(slot_type, more, "ok").say(answer)[1].clone();
    assert_eq!(
        again("curp", "", "HEGG560427MVZRRL"),
        "curp: La CURP tiene 18 letras y números; faltan 2. ¿Qué?"
    );
    assert_eq!(
        again("full_name", "", "Rosa"),
        "full_name: Faltan los apellidos; escribe el nombre completo, como María Pérez López. ¿Qué?"
    );
    assert_eq!(
        again("date", "    days: ahead\n", "ayer"),
        "date: Ese día ya pasó; dime uno que venga. ¿Qué?"
    );
    assert_eq!(again("date", "    days: ahead\n    retry: Otra vez.\n", "ayer"), "date: Otra vez.");
    assert_eq!(
        again("number", "    min: 1\n    max: 9\n", "12"),
        "number: Tiene que ser un número de 1 a 9. ¿Qué?"
    );
    let mut talk = asked("email", "", "ok");
    talk.session.lang = Lang::EN;
    assert_eq!(
        talk.say("ana@")[1],
        "email: An e-mail address has an @ and a dot, like ana@example.mx. What?"
    );
}

#[test]
fn days_lie_where_the_question_wants_them() {
    let day = |days: &str, answer: &str| {
        let mut talk = Talk::of(&format!(
            "  - collect: it\n    type: date\n    ask: x\n    days: {days}\n  - collect: stop\n    type: text\n    ask: y\n"
        ))
        .0;
        talk.say(answer);
        talk.slot("it")
    };
    assert_eq!(day("ahead", "el lunes"), Some(json!("2026-03-09")));
    assert_eq!(day("behind", "el lunes"), Some(json!("2026-02-23")));
    assert_eq!(day("behind", "3 de mayo"), Some(json!("2025-05-03")));
    assert_eq!(day("behind", "mañana"), None);
}

#[test]
fn keys_of_a_type_belong_to_it() {
    let mistakes = |lines: &str| {
        let text = format!("spec: 1\nflow: x\ntitle: x\nsteps:\n  - collect: it\n    ask: x\n{lines}");
        let problems =
            load(&[file(("x", &text))], &Known::default(), ventanilla_flows::Limits::default()).problems;
        problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; ")
    };
    assert!(mistakes("    type: text\n    days: ahead\n").contains("'days' is for dates"));
    assert!(mistakes("    type: date\n    hours: '08:00-15:00'\n").contains("'hours' is for times"));
    assert!(mistakes("    type: time\n    hours: '15:00-08:00'\n").contains("these are no hours"));
    assert!(!mistakes("    type: time\n    hours: '08:00-15:00'\n").contains("hours"));
    assert!(!mistakes("    type: date\n    days: behind\n").contains("days"));
}

#[test]
fn a_typed_slot_goes_to_another_flow_and_to_actions_as_it_is() {
    let (mut talk, _) = Talk::of(
        "  - collect: day\n    type: date\n    ask: x\n  - set: {copy: '{{ day }}', chosen: '{{ day if day else none }}'}\n  - do: book\n    with: {day: '{{ day }}', copy: '{{ copy }}', chosen: '{{ chosen }}'}\n",
    );
    let lines = talk.say("9 de marzo");
    assert_eq!(lines[1], r#"do book {"day":"2026-03-09","copy":"2026-03-09","chosen":"2026-03-09"}"#);
}

#[test]
fn private_answers_do_not_tell_themselves_to_logs() {
    for (slot_type, answer, secret) in [
        ("curp", "HEGG560427MVZRRL04", "HEGG"),
        ("rfc", "GODE561231GR8", "GODE"),
        ("email", "ana@example.mx", "ana"),
        ("full_name", "Ana Pech Ku", "Pech"),
    ] {
        let mut talk = asked(slot_type, "", "ok");
        talk.say(answer);
        assert!(!format!("{:?}{:?}", talk.session, talk.turn).contains(secret), "{slot_type}");
    }
}
