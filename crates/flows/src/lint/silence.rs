//! A finding that is right and stays: `# lint-ok RULE: why` in a line of its own above the line that is found.

use ventanilla_values::SourceFile;

use crate::{
    finding::{Finding, Level, Rule},
    yaml::did_you_mean,
};

const MARK: &str = "# lint-ok";

/// The findings without those that are silenced, with the mistakes of silencing. Errors cannot be silenced: what holds
/// one does not work.
pub(crate) fn silenced(findings: Vec<Finding>, files: &[SourceFile]) -> Vec<Finding> {
    let mut silences: Vec<(String, Silence)> = Vec::new();
    let mut mistakes = Vec::new();
    for file in files {
        for (line, words) in marks(&file.text) {
            match read(&file.text, line, words) {
                Ok(silence) => silences.push((file.path.clone(), silence)),
                Err((message, hint)) => mistakes.push(about(&file.path, line, Level::Error, message, hint)),
            }
        }
    }
    let mut kept = Vec::with_capacity(findings.len());
    for finding in findings {
        let silence =
            silences.iter_mut().find(|(file, silence)| *file == finding.file && silence.hushes(&finding));
        match silence {
            Some((_, silence)) => silence.used = true,
            None => kept.push(finding),
        }
    }
    let unused = silences.iter().filter(|(_, silence)| !silence.used).map(|(file, silence)| {
        let message = format!("nothing is found here by the rule '{}'", silence.rule);
        about(file, silence.line, Level::Warning, message, "remove this line".to_owned())
    });
    kept.extend(unused);
    kept.extend(mistakes);
    kept
}

#[derive(Debug)]
struct Silence {
    line: u32,
    /// The line that it is about: the next that is neither empty nor a comment.
    below: u32,
    /// That line opens a text of several lines (`es: |`), whose findings stand in the line below it.
    opens: bool,
    rule: Rule,
    used: bool,
}

impl Silence {
    fn hushes(&self, finding: &Finding) -> bool {
        let here = finding.line == self.below || (self.opens && finding.line == self.below + 1);
        here && finding.rule == self.rule && finding.level != Level::Error
    }
}

/// Lines that silence something, with what stands behind the mark.
fn marks(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let lines = (1..).zip(text.lines());
    lines.filter_map(|(number, line)| Some((number, line.trim().strip_prefix(MARK)?.trim())))
}

fn read(text: &str, line: u32, words: &str) -> Result<Silence, (String, String)> {
    let (name, reason) = words.split_once(':').unwrap_or((words, ""));
    let (name, reason) = (name.trim(), reason.trim());
    let Some(rule) = Rule::ALL.iter().find(|rule| rule.as_str() == name) else {
        let hint = did_you_mean(name, Rule::ALL.iter().map(|rule| rule.as_str()));
        return Err((format!("there is no rule '{name}'"), hint));
    };
    if reason.split_whitespace().count() < 2 {
        let hint = format!("write '{MARK} {name}: ' and why it may stay, in a few words");
        return Err(("nothing is silenced without a reason".to_owned(), hint));
    }
    let behind = (1..).zip(text.lines()).skip_while(|(number, _)| *number <= line);
    let mut code = behind.filter(|(_, text)| !text.trim().is_empty() && !text.trim().starts_with('#'));
    let (below, code) = code.next().unwrap_or_default();
    let opens = code.trim_end().trim_end_matches(['-', '+']).ends_with(['|', '>']);
    Ok(Silence { line, below, opens, rule: *rule, used: false })
}

fn about(file: &str, line: u32, level: Level, message: String, hint: String) -> Finding {
    Finding::new(Rule::Silence, level, (file, line), message, hint)
}
