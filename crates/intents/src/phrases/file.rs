//! One phrase file: YAML -> a draft that still knows the line of each phrase.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_saphyr::Spanned;
use ventanilla_values::{Lang, Problem, SourceFile};

use super::IntentPhrases;
use crate::normalise::normalise;

const KEYS: &str = "the keys are spec, intent, title, es, en (or another language) and test";

type Texts = BTreeMap<Lang, Vec<Line>>;

/// A phrase and where it stands.
pub(super) struct Line {
    pub text: String,
    /// As the classifier reads it: what tells whether two phrases are the same.
    pub normal: String,
    pub line: u32,
}

/// A phrase file that could be read.
pub(super) struct Draft {
    pub file: String,
    pub intent: String,
    pub title: BTreeMap<Lang, String>,
    pub phrases: Texts,
    pub test: Texts,
}

/// `None` when the file cannot be used; the problem says why.
pub(super) fn read(source: &SourceFile, problems: &mut Vec<Problem>) -> Option<Draft> {
    let raw: RawFile = match serde_saphyr::from_str(&source.text) {
        Ok(raw) => raw,
        Err(error) => {
            problems.push(unreadable(source, &error));
            return None;
        }
    };
    for (key, value) in &raw.unknown {
        problems.push(Problem::error(&source.path, line_of(value), format!("unknown key '{key}'"), KEYS));
    }
    let refuse = |problems: &mut Vec<Problem>, line, message: String, hint: String| {
        problems.push(Problem::error(&source.path, line, message, hint));
    };
    if let Some(spec) = raw.spec.as_ref().filter(|spec| spec.value != 1) {
        let message = format!("spec {} is not known", spec.value);
        refuse(problems, line_of(spec), message, "write spec: 1".to_owned());
        return None;
    }
    let Some(intent) = &raw.intent else {
        refuse(
            problems,
            0,
            "the intent has no name".to_owned(),
            "add a line like intent: report.pothole".to_owned(),
        );
        return None;
    };
    if file_stem(&source.path) != intent.value {
        let message =
            format!("the file is for '{}' but its name says '{}'", intent.value, file_stem(&source.path));
        refuse(problems, line_of(intent), message, format!("name the file {}.yaml", intent.value));
        return None;
    }
    Some(Draft {
        file: source.path.clone(),
        intent: raw.intent?.value,
        title: raw.title,
        phrases: raw.phrases.into_iter().map(|(lang, texts)| (lang, lines(texts))).collect(),
        test: raw.test.into_iter().map(|(lang, texts)| (lang, lines(texts))).collect(),
    })
}

impl Draft {
    pub(super) fn finish(self) -> IntentPhrases {
        let texts = |all: Texts| {
            all.into_iter().map(|(lang, lines)| (lang, lines.into_iter().map(|l| l.text).collect())).collect()
        };
        IntentPhrases {
            name: Arc::from(self.intent.as_str()),
            title: self.title,
            phrases: texts(self.phrases),
            test: texts(self.test),
        }
    }
}

fn unreadable(source: &SourceFile, error: &serde_saphyr::Error) -> Problem {
    let line = error.location().map_or(0, |at| u32::try_from(at.line()).unwrap_or(0));
    let message = format!("cannot be read: {}", error.without_snippet());
    let hint = format!("put a phrase that has a colon, a # or quotes between \"double quotes\"; {KEYS}");
    Problem::error(&source.path, line, message, hint)
}

fn lines(texts: Vec<Spanned<String>>) -> Vec<Line> {
    let line = |text: Spanned<String>| Line {
        line: line_of(&text),
        normal: normalise(&text.value),
        text: text.value,
    };
    texts.into_iter().map(line).collect()
}

fn line_of<T>(spanned: &Spanned<T>) -> u32 {
    u32::try_from(spanned.referenced.line()).unwrap_or(0)
}

/// `intents/report.pothole.yaml` -> `report.pothole`.
fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).unwrap_or(name)
}

/// The file as written. Languages stand beside the fixed keys, so serde needs a hand-written map.
#[derive(Default)]
struct RawFile {
    spec: Option<Spanned<u32>>,
    intent: Option<Spanned<String>>,
    title: BTreeMap<Lang, String>,
    phrases: BTreeMap<Lang, Vec<Spanned<String>>>,
    test: BTreeMap<Lang, Vec<Spanned<String>>>,
    unknown: Vec<(String, Spanned<IgnoredAny>)>,
}

impl<'de> Deserialize<'de> for RawFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RawFileVisitor)
    }
}

struct RawFileVisitor;

impl<'de> Visitor<'de> for RawFileVisitor {
    type Value = RawFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an intent: spec, intent, title, phrases by language, test")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawFile, A::Error> {
        let mut raw = RawFile::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "spec" => raw.spec = Some(map.next_value()?),
                "intent" => raw.intent = Some(map.next_value()?),
                "title" => raw.title = map.next_value()?,
                "test" => raw.test = map.next_value()?,
                other => match other.parse() {
                    Ok(lang) => drop(raw.phrases.insert(lang, map.next_value()?)),
                    Err(_) => raw.unknown.push((key, map.next_value()?)),
                },
            }
        }
        Ok(raw)
    }
}
