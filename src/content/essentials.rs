//! What a town cannot be without: the talks about danger, the way to a person, and their phrases.
//!
//! Where staff broke or removed one of them, the built-in one stands in, and the mistake is said as an error: a typo
//! must never mean that somebody who is being beaten is told "con eso no te puedo ayudar".

use ventanilla_flows::{Finding, Known, Library, Limits, Loaded, Rule};
use ventanilla_intents::SAFETY;
use ventanilla_values::{Problem, SourceFile};

use super::{below, builtin};

/// The flows that others count on by name or by intent.
const FLOWS: [&str; 35] = [
    "agent",
    "emergency",
    "self_harm",
    "violence",
    "listening",
    "danger_check",
    "danger_over",
    "noted",
    "not_understood",
    "unsupported",
    "heard",
    "opt_out",
    "opt_out_ask",
    "opt_in",
    "help",
    "continue_talk",
    "unfinished",
    "begin_again",
    "draft_gone",
    "reminder",
    "too_fast",
    "machine",
    "call_welcome",
    "call_silence",
    "call_dropped",
    "call_unattended",
    "call_me_back",
    "out_of_hours",
    "call_attended",
    "sms_consent",
    // Without these nobody hears what becomes of a report, or concludes it.
    "report_news",
    "report_fixed",
    "nobody_came",
    // Nor hides a talk from who holds the telephone, or hears what became of their own data.
    "erase_chat",
    "privacy_answer",
];

/// The flows of a content set, those that cannot be missing from the built-in set where they do not work.
pub(super) fn flows(files: &[SourceFile], known: &Known) -> Loaded {
    let own = below("flows", files);
    let loaded = ventanilla_flows::load(&own, known, Limits::default());
    let missing: Vec<&str> = FLOWS.into_iter().filter(|name| !serves(&loaded.library, name)).collect();
    if missing.is_empty() {
        return loaded;
    }
    let paths: Vec<String> = missing.iter().map(|name| format!("flows/{name}.yaml")).collect();
    let mut files: Vec<SourceFile> = own.into_iter().filter(|file| !paths.contains(&file.path)).collect();
    files.extend(builtin().into_iter().filter(|file| paths.contains(&file.path)));
    let Loaded { library, problems } = ventanilla_flows::load(&files, known, Limits::default());
    // The first reading names the mistakes of the town's own files.
    let mut all = loaded.problems;
    all.extend(problems.into_iter().filter(|problem| !paths.contains(&problem.file)));
    all.dedup();
    all.extend(paths.iter().map(|path| stands_in(path)));
    Loaded { library, problems: all }
}

fn serves(library: &Library, name: &str) -> bool {
    library.flow(name).is_some()
}

/// The phrases of a content set, with the built-in ones for dangers that it has none for.
pub(super) fn phrases(files: &[SourceFile]) -> Vec<SourceFile> {
    let mut phrases = below("intents", files);
    let missing = missing(files);
    phrases.extend(builtin().into_iter().filter(|file| missing.contains(&file.path)));
    phrases
}

/// What [`phrases`] put in.
pub(super) fn missing_phrases(files: &[SourceFile]) -> Vec<Finding> {
    missing(files).iter().map(|path| stands_in(path)).collect()
}

fn missing(files: &[SourceFile]) -> Vec<String> {
    let has = |path: &String| files.iter().any(|file| file.path == *path);
    let paths = SAFETY.iter().map(|intent| format!("intents/{intent}.yaml"));
    paths.filter(|path| !has(path)).collect()
}

fn stands_in(path: &str) -> Finding {
    let message = "it is missing or cannot be used, and nobody may be without it: the built-in one stands in";
    let hint = "mend it, or copy it from a new set (ventanilla init)";
    Finding::of(Rule::Essential, Problem::error(path, 0, message, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        Known::default()
    }

    #[test]
    fn a_typo_in_a_safety_flow_does_not_silence_it() {
        let mut files = builtin();
        for file in files.iter_mut().filter(|file| file.path == "flows/violence.yaml") {
            file.text = file.text.replace("- say:", "- sayy:");
        }
        let loaded = flows(&files, &known());
        assert!(loaded.library.flow_for_intent("crisis.violence").is_some());
        let said: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|line| line.contains("did you mean 'say'")), "{said:?}");
        assert!(said.iter().any(|line| line.contains("the built-in one stands in")), "{said:?}");
    }

    #[test]
    fn without_the_way_to_a_person_the_other_flows_still_work() {
        let files: Vec<SourceFile> =
            builtin().into_iter().filter(|file| !file.path.starts_with("flows/agent.")).collect();
        let loaded = flows(&files, &known());
        assert!(loaded.library.flow("agent").is_some() && loaded.library.flow("report").is_some());
    }

    #[test]
    fn stop_means_stop_even_where_its_flow_is_broken() {
        let mut files = builtin();
        for file in files.iter_mut().filter(|file| file.path == "flows/opt_out.yaml") {
            file.text = file.text.replace("do: consent", "do: consnt");
        }
        let known = Known { actions: crate::actions::known(), ..Known::default() };
        let loaded = flows(&files, &known);
        assert!(loaded.library.flow("opt_out").is_some());
        let said: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|line| line.contains("did you mean 'consent'")), "{said:?}");
    }

    #[test]
    fn phrases_for_danger_are_never_missing() {
        let files: Vec<SourceFile> =
            builtin().into_iter().filter(|file| file.path != "intents/crisis.violence.yaml").collect();
        assert!(phrases(&files).iter().any(|file| file.path == "intents/crisis.violence.yaml"));
        assert_eq!(missing_phrases(&files).len(), 1);
    }
}
