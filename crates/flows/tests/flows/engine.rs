//! Digressions, stale buttons, clarifications, cancelling, languages.

use serde_json::json;
use ventanilla_flows::{Answer, Command, SlotType, Suggestion};
use ventanilla_values::{Lang, Value};

use crate::support::{AGENT, Talk, library};

const ONE: (&str, &str) = (
    "one",
    "spec: 1\nflow: one\ntitle: {es: Uno, en: One}\nintents: [i.one]\nsteps:\n  - collect: a\n    type: text\n    ask: {es: ¿A?, en: A?}\n  - collect: b\n    type: choice\n    ask: ¿B?\n    retry: No entendí.\n    options: [{id: x, label: Equis}, {id: y, label: Ye}]\n  - say: Fin de uno\n",
);
const TWO: (&str, &str) = (
    "two",
    "spec: 1\nflow: two\ntitle: Dos\nintents: [i.two]\nprivate: true\nsteps:\n  - collect: c\n    type: text\n    ask: ¿C?\n  - say: Fin de dos\n",
);

const RESUME: &str = "yes_no: ¿Seguimos con «Uno»? [Sí, seguimos] [No, dejarlo]";
const LEAVE: &str = "yes_no: ¿Dejamos «Uno»? Se borra lo que me contaste. [Sí, dejarlo] [No, seguir]";

fn talk() -> Talk {
    Talk::new(library(&[ONE, TWO, AGENT]))
}

#[test]
fn a_flow_on_top_ends_and_the_one_below_asks_its_question_again() {
    let mut talk = talk();
    talk.start("one");
    assert_eq!(talk.start("two"), ["+two", "text: ¿C?"]);
    assert_eq!(talk.say("c"), ["two.c filled", "Fin de dos", "-two Completed", "resumed one", RESUME]);
    assert_eq!(talk.say("sí"), ["text: ¿A?"]);
}

#[test]
fn a_menu_is_left_for_good_when_something_else_starts() {
    let menu = (
        "menu",
        "spec: 1\nflow: menu\npassing: true\ntitle: Menú\nsteps:\n  - collect: m\n    type: text\n    ask: ¿M?\n",
    );
    let hello = ("hello", "spec: 1\nflow: hello\ntitle: Hola\nsteps:\n  - call: menu\n");
    let mut talk = Talk::new(library(&[ONE, TWO, AGENT, menu, hello]));
    talk.start("one");
    talk.start("hello");
    let lines = talk.start("two");
    assert_eq!(lines, ["-menu Cancelled", "-hello Cancelled", "+two", "text: ¿C?"]);
    assert_eq!(talk.say("c").last().map(String::as_str), Some(RESUME), "one is taken up again");
}

#[test]
fn a_button_of_the_same_question_counts_even_when_it_was_asked_before() {
    let mut talk = talk();
    talk.start("one");
    talk.say("a");
    let old = talk.payloads();
    assert_eq!(talk.say("¿qué?"), ["no match 1", "choice: No entendí. [Equis] [Ye]"]);
    assert_ne!(talk.payloads(), old);
    assert_eq!(talk.press(&old[1]), ["one.b filled", "Fin de uno", "-one Completed"]);
}

#[test]
fn a_button_of_a_flow_that_is_over_is_stale_and_the_open_question_is_asked_again() {
    let mut talk = talk();
    talk.start("one");
    talk.say("a");
    let old = talk.payloads().remove(0);
    talk.say("x");
    talk.start("two");
    assert_eq!(talk.press(&old), ["stale", "Esa opción ya pasó.", "text: ¿C?"]);
    talk.command(Command::Reset);
    assert_eq!(talk.press(&old), ["stale", "Eso ya terminó. Cuéntame qué necesitas ahora."]);
}

#[test]
fn what_comes_before_its_question_is_noted_and_not_asked_again() {
    let mut talk = talk();
    talk.start("one");
    let fill = Command::Fill { slot: "b".to_owned(), value: Value::Choice("x".to_owned()) };
    assert!(talk.library.expects(&talk.session, "b") && !talk.library.expects(&talk.session, "a"));
    assert_eq!(talk.command(fill.clone()), ["one.b filled", "¡Anotado! 👍", "text: ¿A?"]);
    assert_eq!(talk.say("hola")[0], "one.a filled");
    assert_eq!(talk.session.running(), None, "b was not asked");
    assert!(talk.command(fill).is_empty(), "nobody expects it any more");
}

#[test]
fn not_understood_is_said_in_other_words_then_with_ways_out_and_then_a_person_takes_over() {
    let mut talk = talk();
    talk.start("one");
    talk.say("a");
    assert_eq!(talk.say("¿qué?"), ["no match 1", "choice: No entendí. [Equis] [Ye]"]);
    let ways_out = "choice: Perdón, sigo sin entenderte. ¿B? [Equis] [Ye] [Hablar con alguien] [Dejarlo]";
    assert_eq!(talk.say("¿cómo?"), ["no match 2", ways_out]);
    let lines = talk.say("¿mande?");
    assert_eq!(lines, ["no match 3", "+agent", "Te paso con una persona.", "do hand_over {}"]);
    let back = ["-agent Completed", "resumed one", "Seguimos con «Uno».", "choice: ¿B? [Equis] [Ye]"];
    assert_eq!(talk.resume(Ok(json!(null))), back);
    assert_eq!(talk.say("¿mande?")[0], "no match 1");
}

#[test]
fn the_ways_out_are_taken_by_button_words_or_number() {
    for (answer, first) in
        [("_agent", "+agent"), ("hablar con alguien", "+agent"), ("3", "+agent"), ("4", LEAVE)]
    {
        let mut talk = talk();
        talk.start("one");
        talk.say("a");
        talk.say("¿qué?");
        talk.say("¿cómo?");
        let pressed = talk.payloads().into_iter().find(|payload| payload.ends_with(answer));
        let lines = match pressed {
            Some(payload) => talk.press(&payload),
            None => talk.say(answer),
        };
        assert_eq!(lines[0], first, "{answer}");
    }
}

#[test]
fn clarify_starts_the_chosen_flow_by_button_number_or_label() {
    let suggest = |flow: &str, label: &str| Suggestion {
        flow: flow.into(),
        intent: Some(format!("i.{flow}")),
        label: label.into(),
        description: None,
        slots: Vec::new(),
        told: Vec::new(),
    };
    let ask = Command::Clarify { suggestions: vec![suggest("one", "Uno"), suggest("two", "Dos")] };
    for answer in ["_clarify.which.1:1", "2", "Dos"] {
        let mut talk = talk();
        let lines = talk.command(ask.clone());
        assert_eq!(lines, ["choice: ¿Te refieres a alguna de estas opciones? [Uno] [Dos] [Otra cosa]"]);
        let question = talk.library.open_question(&talk.session).unwrap();
        assert!(question.clarify && question.slot_type == SlotType::Choice);
        let lines = if answer.contains(':') { talk.press(answer) } else { talk.say(answer) };
        assert_eq!(lines, ["+two", "text: ¿C?"], "{answer}");
        assert_eq!(talk.session.running().unwrap().intent.as_deref(), Some("i.two"));
    }
}

#[test]
fn none_of_these_asks_for_other_words_and_then_a_person_takes_over() {
    let mut talk = talk();
    let suggestions = vec![Suggestion {
        flow: "one".into(),
        intent: None,
        label: "Uno".into(),
        description: None,
        slots: Vec::new(),
        told: Vec::new(),
    }];
    talk.command(Command::Clarify { suggestions });
    assert!(!talk.accepts(&Answer::Text { text: "ninguna".into() }));
    assert_eq!(talk.say("ninguna"), ["no match 1", "choice: Va. Cuéntame con otras palabras qué necesitas."]);
    assert_eq!(talk.say("ninguna de esas")[..2], ["no match 2", "+agent"]);
}

#[test]
fn cancel_leaves_the_flow_with_its_callers_and_the_one_below_goes_on() {
    let caller = "spec: 1\nflow: caller\ntitle: x\nsteps:\n  - call: two\n  - say: Fin\n";
    let mut talk = Talk::new(library(&[ONE, TWO, ("caller", caller), AGENT]));
    talk.start("one");
    talk.start("caller");
    let left = "Listo, lo dejamos. Aquí estoy cuando me necesites.";
    assert_eq!(
        talk.command(Command::Cancel),
        ["-two Cancelled", "-caller Cancelled", left, "resumed one", RESUME]
    );
    assert_eq!(talk.command(Command::Cancel), ["-one Cancelled", left]);
    assert!(!talk.session.is_waiting());
}

#[test]
fn an_offer_is_left_without_a_word_and_nothing_else_is() {
    let offer = (
        "offer",
        "spec: 1\nflow: offer\npassing: true\ntitle: x\nsteps:\n  - collect: m\n    type: text\n    ask: ¿M?\n",
    );
    let mut talk = Talk::new(library(&[ONE, TWO, AGENT, offer]));
    talk.start("one");
    talk.start("offer");
    assert_eq!(talk.command(Command::LeavePassing), ["-offer Cancelled", "text: ¿A?"]);
    assert!(talk.command(Command::LeavePassing).is_empty(), "a question that wants its answer stays");
    assert!(talk.session.is_waiting());
}

#[test]
fn repeat_and_language_ask_the_open_question_again() {
    let mut talk = talk();
    talk.start("one");
    assert_eq!(talk.command(Command::Repeat), ["text: ¿A?"]);
    assert_eq!(talk.command(Command::Language { lang: Lang::EN }), ["lang en", "text: A?"]);
    assert_eq!(
        talk.say("a"),
        ["one.a filled", "choice: ¿B? [Equis] [Ye]"],
        "a text without English is Spanish"
    );
    assert_eq!(talk.command(Command::Reset), ["-one Cancelled"]);
}

#[test]
fn one_question_a_message_however_many_commands() {
    let mut talk = talk();
    let start = Command::start("one", None, vec![("a".into(), Value::Text("a".into()))]);
    let answer = Command::Answer { answer: Answer::Text { text: "equis".into() } };
    let lines = talk.commands(&[start, Command::Language { lang: Lang::EN }, answer]);
    assert_eq!(lines, ["+one", "lang en", "one.b filled", "Fin de uno", "-one Completed"]);
}

#[test]
fn commands_behind_an_action_wait_for_its_result() {
    let mut talk = talk();
    let start = |flow: &str| Command::start(flow, None, Vec::new());
    let lines = talk.commands(&[start("agent"), start("two")]);
    assert_eq!(lines, ["+agent", "Te paso con una persona.", "do hand_over {}"]);
    assert_eq!(talk.resume(Ok(json!(null))), ["-agent Completed", "+two", "text: ¿C?"]);
}

#[test]
fn a_person_may_do_something_else_while_an_action_is_awaited() {
    let mut talk = talk();
    talk.start("agent");
    assert_eq!(talk.start("two"), ["+two", "text: ¿C?"]);
    assert!(talk.resume(Ok(json!(null))).is_empty());
    assert_eq!(talk.say("c"), ["two.c filled", "Fin de dos", "-two Completed", "-agent Completed"]);
    assert!(talk.resume(Ok(json!(null))).is_empty(), "a late result is for nobody");
}

#[test]
fn the_server_can_ask_what_flows_there_are_and_what_is_open() {
    let mut talk = talk();
    let one = talk.library.flow_for_intent("i.one").unwrap();
    assert_eq!((one.name.as_str(), one.title(Lang::EN), one.private), ("one", "One", false));
    assert_eq!(one.slots.iter().map(|slot| slot.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert!(talk.library.flow("two").unwrap().private);
    assert_eq!(talk.library.flows().count(), 3);
    assert!(talk.library.flow_for_intent("i.none").is_none());
    assert!(talk.library.open_question(&talk.session).is_none());
    talk.start("one");
    talk.say("a");
    let open = talk.library.open_question(&talk.session).unwrap();
    assert_eq!((open.flow.as_str(), open.step.as_str(), open.slot.as_str()), ("one", "b", "b"));
    assert!(talk.accepts(&Answer::Text { text: "ye".into() }));
    assert!(!talk.accepts(&Answer::Text { text: "otra cosa".into() }));
}
