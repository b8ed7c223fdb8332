//! Language packs: folders `languages/<tag>/` of a town's `intents/`. What a pack holds beside its words is added to the
//! intents that are there, so that whoever brings a language touches none of the files of others.

use std::fmt;

use ventanilla_values::{Lang, Problem, SourceFile};

use super::file::{self, Draft};
use crate::language::Languages;

const FOLDER: &str = "languages";
const FILE: &str = "language.yaml";

/// A language that a town added: how it is recognised.
#[derive(Clone, PartialEq, Eq)]
pub struct LanguagePack {
    pub lang: Lang,
    /// Its `language.yaml`, which can be read.
    pub text: String,
}

/// `intents/languages/yua/language.yaml` and what stands beside it.
pub(super) fn is_of_a_pack(path: &str) -> bool {
    folder(path).is_some()
}

/// The packs, by tag. Their phrases go to the drafts of their intents.
pub(super) fn read(
    sources: &[&SourceFile],
    drafts: &mut [Draft],
    problems: &mut Vec<Problem>,
) -> Vec<LanguagePack> {
    let is_language = |source: &&&SourceFile| source.path.ends_with(&format!("/{FILE}"));
    let mut packs: Vec<LanguagePack> =
        sources.iter().filter(is_language).filter_map(|source| language(source, problems)).collect();
    packs.sort_by_key(|pack| pack.lang);
    for source in sources.iter().filter(|source| !is_language(source)) {
        if let Some(more) = file::read(source, problems) {
            add(more, drafts, problems);
        }
    }
    packs
}

fn language(source: &SourceFile, problems: &mut Vec<Problem>) -> Option<LanguagePack> {
    let refused = |message, hint: &str| Problem::error(&source.path, 0, message, hint);
    let tag = folder(&source.path).unwrap_or_default();
    match Languages::default().add(&source.text) {
        Err(why) => {
            let hint =
                "the keys are spec, lang, words, exact and shapes: docs/INTENTS.md, A language of your own";
            problems.push(refused(format!("cannot be read: {why}"), hint));
            None
        }
        Ok(lang) if lang.as_str() != tag => {
            let message = format!("the file is for '{lang}' but its folder says '{tag}'");
            problems.push(refused(message, &format!("name the folder {FOLDER}/{lang}")));
            None
        }
        Ok(lang) => Some(LanguagePack { lang, text: source.text.clone() }),
    }
}

/// Phrases, held-out phrases and titles of a pack's file, to those of the same intent.
fn add(more: Draft, drafts: &mut [Draft], problems: &mut Vec<Problem>) {
    let Some(draft) = drafts.iter_mut().find(|draft| draft.intent == more.intent) else {
        let message = format!("a language pack adds to intents, and there is no '{}'", more.intent);
        let hint = format!("write intents/{}.yaml first, with its Spanish phrases", more.intent);
        problems.push(Problem::error(&more.file, 0, message, hint));
        return;
    };
    for (lang, lines) in more.phrases {
        draft.phrases.entry(lang).or_default().extend(lines);
    }
    for (lang, lines) in more.test {
        draft.test.entry(lang).or_default().extend(lines);
    }
    for (lang, title) in more.title {
        draft.title.entry(lang).or_insert(title);
    }
}

/// The tag that a path's folder is named after.
fn folder(path: &str) -> Option<&str> {
    let mut parts = path.rsplit('/').skip(1);
    let tag = parts.next()?;
    (parts.next() == Some(FOLDER)).then_some(tag)
}

/// Without its words: they are many.
impl fmt::Debug for LanguagePack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LanguagePack").field("lang", &self.lang).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::load;
    use super::*;
    use crate::{Model, TrainOptions};

    /// Made up: nobody speaks it.
    const WORDS: &str = "spec: 1\nlang: zuq\nwords: nalupi koreta zumba tilaqo menuri\n";

    fn source(path: &str, text: &str) -> SourceFile {
        SourceFile { path: path.to_owned(), text: text.to_owned() }
    }

    fn town(more: &[(&str, &str)]) -> Vec<SourceFile> {
        let greet = "spec: 1\nintent: chat.greet\ntitle: {es: Saludo}\nes: [hola, buenos días, qué tal]\n";
        let noise =
            "spec: 1\nintent: report.noise\ntitle: {es: Ruido}\nes: [hay mucho ruido, música muy alta]\n";
        let own = [("intents/chat.greet.yaml", greet), ("intents/report.noise.yaml", noise)];
        own.iter().chain(more).map(|(path, text)| source(path, text)).collect()
    }

    fn errors(problems: &[Problem]) -> Vec<String> {
        let serious = problems.iter().filter(|p| p.severity == ventanilla_values::Severity::Error);
        serious.map(ToString::to_string).collect()
    }

    #[test]
    fn a_folder_makes_a_language_known_and_with_phrases_understood() {
        let greet = "spec: 1\nintent: chat.greet\ntitle: {zuq: Nalu}\nzuq: [nalupi koreta, nalupi zumba]\n";
        let pack = [
            ("intents/languages/zuq/language.yaml", WORDS),
            ("intents/languages/zuq/chat.greet.yaml", greet),
        ];
        let zuq: Lang = "zuq".parse().unwrap();
        let (book, problems) = load(&town(&pack));
        assert_eq!(errors(&problems), Vec::<String>::new());
        assert_eq!(book.languages.iter().map(|pack| pack.lang).collect::<Vec<_>>(), [zuq]);
        assert_eq!(book.title("chat.greet", zuq), Some("Nalu"));
        let model = Model::train(&book, &TrainOptions::default());
        let saved = Model::load(&model.save(), None).unwrap();
        for model in [&model, &saved] {
            let understood = model.understand("nalupi koreta tilaqo");
            assert_eq!(understood.language, Some(zuq));
            assert_eq!(&*understood.ranked[0].intent, "chat.greet");
        }
        assert!(saved.fits(&book) && !saved.fits(&load(&town(&[])).0));
    }

    #[test]
    fn a_pack_without_phrases_is_recognised_and_not_spoken() {
        let (book, _) = load(&town(&[("intents/languages/zuq/language.yaml", WORDS)]));
        let model = Model::train(&book, &TrainOptions::default());
        assert_eq!(model.understand("nalupi koreta tilaqo menuri").language, "zuq".parse().ok());
        assert!(!model.languages().contains(&"zuq".parse().unwrap()));
    }

    #[test]
    fn what_cannot_be_used_is_named_and_the_rest_goes_on() {
        let pack = [
            ("intents/languages/qqq/language.yaml", WORDS),
            ("intents/languages/zub/language.yaml", "spec: 1\nlang: zub\nwrods: nalupi\n"),
            ("intents/languages/zuq/report.moon.yaml", "spec: 1\nintent: report.moon\nzuq: [nalupi]\n"),
        ];
        let (book, problems) = load(&town(&pack));
        let said = errors(&problems).join("\n");
        for why in ["its folder says 'qqq'", "zub/language.yaml", "there is no 'report.moon'"] {
            assert!(said.contains(why), "{why} is not in {said}");
        }
        assert_eq!((book.intents.len(), book.languages.len()), (2, 0));
    }
}
