//! Every rule of the lint finds what it is for, and nothing where there is nothing.

use minijinja::context;
use ventanilla_flows::{ActionInfo, ChannelInfo, Cost, Finding, Known, Level, Rule};
use ventanilla_values::Lang;

use crate::support::{AGENT, loaded};

fn known() -> Known {
    let channel = |name: &str, limit: usize| ChannelInfo {
        seen: context! { name, photos => name == "whatsapp", spoken => false },
        text: limit,
        question: limit / 2,
        cost: None,
        segments: None,
    };
    let sms = ChannelInfo { cost: Some(cost), segments: Some(3), ..channel("sms", 1600) };
    Known {
        actions: vec![
            ActionInfo::new("file_report").requires(&["place"]).takes(&["category"]),
            ActionInfo::new("hand_over"),
        ],
        intents: vec!["report.pothole".into()],
        languages: vec![Lang::ES],
        content: ["town", "catalogue", "category", "channel"].map(str::to_owned).to_vec(),
        categories: vec!["pothole".into()],
        services: vec!["predial".into()],
        channels: vec![channel("whatsapp", 300), sms],
    }
}

/// As the networks count, near enough: 160 letters, 70 with anything that is no ASCII.
fn cost(text: &str) -> Cost {
    let ucs2 = !text.chars().all(|c| c.is_ascii() || "ñ¿¡é".contains(c));
    let of = |limit: usize| text.chars().count().div_ceil(limit).max(1);
    let (segments, plain) = if ucs2 { (of(70), of(160)) } else { (of(160), of(160)) };
    Cost { segments, ucs2, plain: (plain < segments).then_some(plain) }
}

fn findings(head: &str, steps: &str) -> Vec<Finding> {
    let text = format!("spec: 1\nflow: x\ntitle: Prueba\n{head}steps:\n{steps}");
    loaded(&[("x", &text), AGENT], &known()).problems
}

fn of(rule: Rule, steps: &str) -> Vec<Finding> {
    findings("", steps).into_iter().filter(|finding| finding.rule == rule).collect()
}

/// What is more than advice.
fn warnings(steps: &str) -> Vec<Finding> {
    findings("", steps).into_iter().filter(|finding| finding.level > Level::Advice).collect()
}

const OFFICE: &str = "La presentación de la documentación correspondiente constituye requisito indispensable para la \
                      continuación del procedimiento administrativo solicitado";

/// (rule, steps with it, the line, steps without it)
fn examples() -> Vec<(Rule, String, u32, String)> {
    let both = |rule, wrong: &str, line, right: &str| (rule, wrong.to_owned(), line, right.to_owned());
    let choice = |labels: &[&str]| {
        let options: String =
            (0..).zip(labels).map(|(n, label)| format!("      - {{id: o{n}, label: {label}}}\n")).collect();
        format!(
            "  - collect: a\n    type: choice\n    ask: ¿A?\n    options:\n{options}  - say: '{{{{ a }}}}'\n"
        )
    };
    let say = |text: &str| format!("  - say: \"{text}\"\n");
    vec![
        both(Rule::Syntax, "  - sya: Hola\n", 5, "  - say: Hola\n"),
        both(Rule::Template, "  - say: '{{ a b }}'\n", 5, "  - say: '{{ town.name }}'\n"),
        both(Rule::Name, "  - set: {now: 1}\n", 5, "  - set: {later: 1}\n"),
        both(Rule::StepId, "  - go: nowhere\n", 5, "  - say: Hola\n"),
        both(Rule::UnknownFlow, "  - call: nope\n", 5, "  - call: agent\n"),
        both(Rule::UnknownAction, "  - do: file_reprot\n", 5, "  - do: hand_over\n"),
        both(
            Rule::ActionArguments,
            "  - do: file_report\n",
            5,
            "  - do: file_report\n    with: {place: Centro}\n",
        ),
        both(
            Rule::UnknownCategory,
            "  - when: category.id == 'pothol'\n",
            5,
            "  - when: category.id == 'pothole'\n",
        ),
        both(
            Rule::UnknownCategory,
            "  - do: file_report\n    with:\n      place: Centro\n      category: hole\n",
            8,
            "  - do: file_report\n    with:\n      place: Centro\n      category: pothole\n",
        ),
        both(
            Rule::UnknownCategory,
            "  - set: {a: '{{ catalogue.by_id[\"hole\"] }}'}\n",
            5,
            "  - set: {a: '{{ catalogue.by_id[a] }}'}\n",
        ),
        both(
            Rule::UnknownService,
            "  - say: Hola\n  - set: {a: '{{ catalogue.services.predail }}'}\n",
            6,
            "  - set: {a: '{{ catalogue.services.predial }}'}\n",
        ),
        both(
            Rule::UnknownService,
            "  - say:\n      es: Hola\n      en: '{{ catalogue.services.predail.name }}'\n",
            7,
            "  - say:\n      es: Hola\n      en: '{{ catalogue.services.predial.name }}'\n",
        ),
        both(Rule::UnknownName, "  - say: '{{ nombre }}'\n", 5, "  - say: '{{ town.name }}'\n"),
        both(
            Rule::UnsetSlot,
            "  - say: '{{ a }}'\n  - set: {a: Hola}\n",
            5,
            "  - set: {a: Hola}\n  - say: '{{ a }}'\n",
        ),
        both(Rule::UnreachableStep, "  - end: true\n  - say: Hola\n", 6, "  - say: Hola\n  - end: true\n"),
        both(
            Rule::DeadEnd,
            "  - confirm: a\n    ask: ¿A?\n    yes: [{say: Va}]\n",
            5,
            "  - confirm: a\n    ask: ¿A?\n    yes: [{say: Va}]\n    no: [{say: No}]\n",
        ),
        both(Rule::EndlessLoop, "  - say: Hola\n  - go: say\n", 5, "  - say: Hola\n"),
        both(
            Rule::LoopWithoutExit,
            "  - confirm: a\n    ask: ¿A?\n  - say: Otra vez\n  - go: a\n",
            5,
            "  - confirm: a\n    ask: ¿A?\n    yes: [{say: Va}, {end: true}]\n  - go: a\n",
        ),
        both(Rule::EndAll, "  - end: All\n", 5, "  - end: all\n"),
        (Rule::Options, choice(&[]).replace("    options:\n", ""), 5, choice(&["Uno", "Dos"])),
        both(
            Rule::Bounds,
            "  - collect: a\n    type: text\n    ask: ¿A?\n    min: 3\n",
            8,
            "  - collect: a\n    type: number\n    ask: ¿A?\n    min: 3\n",
        ),
        (
            Rule::TooManyRows,
            choice(&["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"]),
            9,
            choice(&["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"]),
        ),
        (Rule::MoreThanButtons, choice(&["A", "B", "C", "D"]), 9, choice(&["A", "B", "C"])),
        (
            Rule::LongLabel,
            choice(&["Uno", "Más de veinte letras.."]),
            10,
            choice(&["Uno", "Veinte letras o nada"]),
        ),
        (
            Rule::LabelsAlike,
            choice(&["Reporte de la colonia A", "Reporte de la colonia B"]),
            10,
            choice(&["Colonia A", "Colonia B"]),
        ),
        both(
            Rule::Link,
            "  - say: Hola\n    link: {label: Ver, url: 'http://a.example'}\n",
            6,
            "  - say: Hola\n    link: {label: Ver, url: 'https://a.example'}\n",
        ),
        (Rule::EmptyText, say(""), 5, say("Hola")),
        (Rule::LongText, say(&"Hola. ".repeat(51)), 5, say(&"Hola. ".repeat(49))),
        (
            Rule::ManyQuestions,
            "  - confirm: a\n    ask: ¿A?\n    retry: ¿B? ¿C?\n    yes: [{say: Va}]\n    no: [{say: No}]\n"
                .to_owned(),
            7,
            "  - confirm: a\n    ask: ¿A?\n    retry: ¿B?\n    yes: [{say: Va}]\n    no: [{say: No}]\n"
                .to_owned(),
        ),
        (
            Rule::HardToRead,
            say(OFFICE),
            5,
            say("Trae tus papeles. Con ellos damos el paso que sigue, y te decimos qué falta."),
        ),
        (Rule::SmsCost, say("Listo 👍"), 5, say("Listo{% if channel.name != 'sms' %} 👍{% endif %}")),
        both(
            Rule::PrivacyNotice,
            "  - collect: a\n    type: phone\n    ask: ¿A qué número?\n  - say: Va\n",
            5,
            "  - collect: a\n    type: phone\n    ask: ¿A qué número? Es para llamarte, según el aviso de privacidad.\n  - say: Va\n",
        ),
        both(
            Rule::PrivacyNotice,
            "  - when: channel.photos\n    then: [{say: Lee el aviso de privacidad}]\n  - collect: a\n    type: phone\n    ask: ¿A qué número?\n  - say: Va\n",
            7,
            "  - say: Lee el aviso de privacidad\n  - collect: a\n    type: phone\n    ask: ¿A qué número?\n  - say: Va\n",
        ),
        both(
            Rule::Silence,
            "  # lint-ok hard-to-read: no hay otra forma\n  - say: Hola\n",
            5,
            "  - say: Hola\n",
        ),
        both(
            Rule::Silence,
            "  # lint-ok hard-to-raed: no hay otra forma\n  - say: Hola\n",
            5,
            "  - say: Hola\n",
        ),
    ]
}

#[test]
fn every_rule_finds_what_it_is_for_in_its_line_with_a_hint() {
    for (rule, wrong, line, right) in examples() {
        let found = of(rule, &wrong);
        let all = findings("", &wrong).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert_eq!(found.first().map(|finding| finding.line), Some(line), "{rule} in\n{wrong}found\n{all}");
        assert!(found.iter().all(|finding| !finding.hint.is_empty()), "{all}");
        let found = of(rule, &right);
        assert!(found.is_empty(), "{rule} finds in\n{right}\n{found:?}");
    }
}

/// Those that need more than the steps of one flow.
const ELSEWHERE: [Rule; 8] = [
    // the head of a flow, and flows together: problems.rs
    Rule::UnknownIntent,
    Rule::IntentTwice,
    Rule::NoRescue,
    Rule::MissingTranslation,
    // the server
    Rule::Essential,
    Rule::Phrases,
    Rule::Catalogue,
    Rule::Transcript,
];

#[test]
fn no_rule_is_without_an_example_or_a_row_in_the_manual() {
    let manual = include_str!("../../../../docs/FLOWS.md");
    let examples = examples();
    for rule in Rule::ALL {
        let has_example = examples.iter().any(|(own, ..)| own == rule) || ELSEWHERE.contains(rule);
        assert!(has_example, "{rule} has no example in this file");
        assert!(manual.contains(&format!("\n| `{rule}` |")), "{rule} has no row in docs/FLOWS.md");
    }
}

#[test]
fn flows_together_are_told_by_their_rules_too() {
    let flow =
        "spec: 1\nflow: a\ntitle: {es: Uno, en: One}\nintents: [report.pothole]\nsteps: [{say: Hola}]\n";
    let other = flow.replace("flow: a", "flow: b").replace("intents: [", "intents: [nope, ");
    let known = Known { languages: vec![Lang::EN], ..known() };
    let rules: Vec<Rule> =
        loaded(&[("a", flow), ("b", &other)], &known).problems.iter().map(|finding| finding.rule).collect();
    for rule in [Rule::UnknownIntent, Rule::IntentTwice, Rule::NoRescue, Rule::MissingTranslation] {
        assert!(rules.contains(&rule), "{rule} is not among {rules:?}");
    }
}

#[test]
fn accents_are_worth_their_price_and_signs_are_not() {
    let price = |text: &str| {
        let found = of(Rule::SmsCost, &format!("  - say: \"{text}\"\n"));
        found.first().map(|finding| (finding.level, finding.message.clone()))
    };
    let long = "Tu cita es en la oficina de la calle 20, junto al mercado. Llega un poco antes. ";
    assert_eq!(price(long), None, "nothing in it costs more");
    let (level, said) = price(&format!("{long} Te esperamos el sábado.")).unwrap();
    assert_eq!((level, said.as_str()), (Level::Advice, "accents make this text message 2 segments in 'es'"));
    let (level, said) = price(&format!("{long} 🙏")).unwrap();
    assert_eq!(level, Level::Warning);
    assert_eq!(said, "'🙏' makes this text message UCS-2 in 'es': 2 segments, without it 1 segment");
}

#[test]
fn what_is_silenced_needs_a_reason_and_errors_cannot_be() {
    let flow = |comment: &str| format!("  - say: Hola\n  # {comment}\n  - say: {OFFICE}\n");
    let rules = |steps: &str| warnings(steps).iter().map(|finding| finding.rule).collect::<Vec<_>>();
    assert_eq!(rules(&flow("un comentario")), [Rule::HardToRead]);
    assert_eq!(rules(&flow("lint-ok hard-to-read: es el texto de la ley")), []);
    for reasonless in ["lint-ok hard-to-read", "lint-ok hard-to-read:", "lint-ok hard-to-read: ok"] {
        let found = findings("", &flow(reasonless));
        let silence = found.iter().find(|finding| finding.rule == Rule::Silence).unwrap();
        assert_eq!((silence.level, silence.line), (Level::Error, 6), "{reasonless}");
        assert!(found.iter().any(|finding| finding.rule == Rule::HardToRead), "{reasonless}");
    }
    let found = findings("", "  # lint-ok template: la plantilla se queda\n  - say: '{{ a b }}'\n");
    assert!(found.iter().any(|finding| finding.rule == Rule::Template), "{found:?}");
}

#[test]
fn a_text_of_several_lines_is_silenced_above_its_key() {
    let steps = format!(
        "  - say:\n      # lint-ok hard-to-read: es el texto de la ley\n      es: |\n        {OFFICE}\n"
    );
    assert_eq!(warnings(&steps), []);
}

#[test]
fn a_slot_that_a_caller_gives_is_filled() {
    let x = "spec: 1\nflow: x\ntitle: x\nsteps:\n  - call: y\n    with: {a: Hola}\n";
    let y = "spec: 1\nflow: y\ntitle: y\nsteps:\n  - say: '{{ a }}'\n  - set: {a: null}\n";
    assert_eq!(loaded(&[("x", x), ("y", y), AGENT], &known()).problems, []);
}
