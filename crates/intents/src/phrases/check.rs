//! What is wrong with phrases that could be read: too few, the same twice, the same in two intents.

use std::collections::{BTreeSet, HashMap, HashSet};

use ventanilla_values::{Lang, Problem};

use super::file::Draft;
use super::{ENOUGH_EN, ENOUGH_ES};
use crate::distinct::distinct_key;
use crate::taxonomy::is_safety;

/// Reports every problem and takes out the phrases that must not be learnt from.
pub(super) fn check(drafts: &mut Vec<Draft>, problems: &mut Vec<Problem>) {
    second_files(drafts, problems);
    for draft in drafts.iter_mut() {
        empty_phrases(draft, problems);
        duplicates(draft, problems);
    }
    shared_phrases(drafts, problems);
    for draft in drafts.iter() {
        leaked_tests(draft, problems);
        too_few(draft, problems);
        missing_title(draft, problems);
    }
    problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
}

/// Two folders may hold a file of the same name.
fn second_files(drafts: &mut Vec<Draft>, problems: &mut Vec<Problem>) {
    let mut first: HashMap<String, String> = HashMap::new();
    drafts.retain(|draft| match first.get(&draft.intent) {
        Some(other) => {
            let message = format!("'{}' already has a file: {other}", draft.intent);
            problems.push(Problem::error(&draft.file, 0, message, "put all phrases into one of the two"));
            false
        }
        None => {
            first.insert(draft.intent.clone(), draft.file.clone());
            true
        }
    });
}

fn empty_phrases(draft: &mut Draft, problems: &mut Vec<Problem>) {
    for lines in draft.phrases.values_mut().chain(draft.test.values_mut()) {
        lines.retain(|line| {
            let empty = line.normal.is_empty();
            if empty {
                let hint = "write words, or delete the line";
                problems.push(Problem::warning(&draft.file, line.line, "a phrase without words", hint));
            }
            !empty
        });
    }
}

/// The same phrase twice in one language, but for capitals, accents and punctuation. In two languages it stays: "no"
/// is Spanish and English.
fn duplicates(draft: &mut Draft, problems: &mut Vec<Problem>) {
    for lines in draft.phrases.values_mut() {
        let mut seen: HashMap<String, u32> = HashMap::new();
        lines.retain(|line| match seen.get(&line.normal) {
            Some(first) => {
                let message = format!("the phrase '{}' is already on line {first}", line.text);
                problems.push(Problem::warning(&draft.file, line.line, message, "delete one of the two"));
                false
            }
            None => {
                seen.insert(line.normal.clone(), line.line);
                true
            }
        });
    }
}

/// One phrase cannot mean two things. A safety intent keeps it, because safety wins; otherwise nobody learns it.
fn shared_phrases(drafts: &mut [Draft], problems: &mut Vec<Problem>) {
    let mut owners: HashMap<String, BTreeSet<String>> = HashMap::new();
    for draft in drafts.iter() {
        for line in draft.phrases.values().flatten() {
            owners.entry(line.normal.clone()).or_default().insert(draft.intent.clone());
        }
    }
    owners.retain(|_, intents| intents.len() > 1);
    for draft in drafts.iter_mut() {
        let (file, intent) = (&draft.file, &draft.intent);
        for lines in draft.phrases.values_mut() {
            lines.retain(|line| {
                let Some(intents) = owners.get(&line.normal) else { return true };
                let names: Vec<&str> = intents.iter().map(String::as_str).collect();
                let message = format!("the phrase '{}' is in {}", line.text, names.join(" and "));
                let hint =
                    "keep it only where it belongs; until then it is not learnt (a safety intent keeps it)";
                problems.push(Problem::error(file, line.line, message, hint));
                is_safety(intent)
            });
        }
    }
}

/// A held-out phrase that is also learnt proves nothing.
fn leaked_tests(draft: &Draft, problems: &mut Vec<Problem>) {
    let learnt: HashSet<&str> = draft.phrases.values().flatten().map(|l| l.normal.as_str()).collect();
    for line in draft.test.values().flatten().filter(|line| learnt.contains(line.normal.as_str())) {
        let message = format!("the test phrase '{}' is also learnt", line.text);
        problems.push(Problem::warning(&draft.file, line.line, message, "write it in another way"));
    }
}

fn too_few(draft: &Draft, problems: &mut Vec<Problem>) {
    for (lang, enough) in [(Lang::ES, ENOUGH_ES), (Lang::EN, ENOUGH_EN)] {
        let lines = draft.phrases.get(&lang).map_or(&[][..], Vec::as_slice);
        let mut different = HashSet::new();
        // No more than it takes: a book has thousands.
        let is_enough = lines.iter().any(|line| {
            different.insert(distinct_key(&line.text));
            different.len() >= enough
        });
        if !is_enough {
            let message = format!("{} different phrases in '{lang}', {enough} are needed", different.len());
            let hint = "phrases that differ only in names, places, numbers or greetings count once";
            problems.push(Problem::warning(&draft.file, 0, message, hint));
        }
    }
}

fn missing_title(draft: &Draft, problems: &mut Vec<Problem>) {
    if !draft.title.contains_key(&Lang::ES) {
        let hint = "add title: {es: …}; it ends the question \"¿te refieres a …?\"";
        problems.push(Problem::warning(&draft.file, 0, "the intent has no title in 'es'", hint));
    }
}
