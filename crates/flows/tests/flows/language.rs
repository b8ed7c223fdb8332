//! Texts, templates and conditions.

use crate::support::Talk;

#[test]
fn the_filter_t_picks_the_language_of_a_text_of_the_catalogue() {
    let (_, lines) = Talk::of("  - say: '{{ catalogue.kinds[0].name | t }}, {{ \"ya\" | t }}'\n");
    assert_eq!(lines[1], "Bache, ya");
}

#[test]
fn a_slot_that_was_never_filled_is_empty_and_false() {
    let steps = "  - when: false\n    then: [{set: {later: 1}}]\n  - say: 'a{{ later }}b{% if later %}c{% endif %}'\n";
    assert_eq!(Talk::of(steps).1[1], "ab");
}

#[test]
fn what_the_catalogue_leaves_out_is_false_but_cannot_be_printed() {
    assert_eq!(Talk::of("  - when: not town.twin\n    then: [{say: no tiene}]\n").1[1], "no tiene");
    let lines = Talk::of("  - say: '{{ town.twin }}'\n").1;
    assert!(lines[1].starts_with("cut x.say: a template failed: undefined value"), "{lines:?}");
}

#[test]
fn a_place_prints_as_its_words_and_has_parts() {
    let steps = "  - collect: place\n    type: place\n    ask: ¿Dónde?\n  - set: {copy: '{{ place }}'}\n  - say: '{{ place }}|{{ copy.text }}|{{ copy.colonia }}'\n";
    let (mut talk, _) = Talk::of(steps);
    assert_eq!(talk.say("Juárez y 12")[1], "Juárez y 12|Juárez y 12|");
}

#[test]
fn no_word_is_taken_for_a_boolean_and_html_is_left_alone() {
    let steps = "  - collect: a\n    type: choice\n    ask: {es: '¿Sí o no?'}\n    options: [{id: no, label: No}, {id: on, label: 1 & 2}]\n  - say: '<b>{{ a }}</b>'\n";
    let (mut talk, lines) = Talk::of(steps);
    assert_eq!(lines[1], "choice: ¿Sí o no? [No] [1 & 2]");
    assert_eq!(talk.say("No")[1], "<b>no</b>");
}

#[test]
fn a_number_without_end_is_no_number() {
    let steps =
        "  - set: {a: '{{ 1e308 * 10 }}', b: '{{ 1e3 }}'}\n  - collect: c\n    type: text\n    ask: ¿C?\n";
    let (talk, _) = Talk::of(steps);
    assert_eq!((talk.slot("a"), talk.slot("b")), (None, Some(serde_json::json!(1000))));
}
