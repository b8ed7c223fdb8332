//! Reads the fields of a catalogue file and notes what is wrong with each, going on with the next. Used by the
//! readers beside it. It knows nothing of what the fields mean.

use std::cell::RefCell;

use ventanilla_values::{Lang, Problem, SourceFile};

use super::{
    node::{Kind, Node},
    text::Text,
};

/// One file being read, and what was found wrong in it.
pub(super) struct Reader<'a> {
    file: &'a str,
    problems: &'a RefCell<Vec<Problem>>,
    /// Every text should be there in these.
    langs: &'a [Lang],
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a str, langs: &'a [Lang], problems: &'a RefCell<Vec<Problem>>) -> Self {
        Self { file, problems, langs }
    }

    pub fn parse(&self, source: &SourceFile) -> Option<Node> {
        match Node::parse(&source.text) {
            Ok(node) => Some(node),
            Err((line, message)) => {
                let hint = "check the spaces at the beginning of the line, the colons and the quotes";
                self.error(line, format!("cannot be read: {message}"), hint);
                None
            }
        }
    }

    pub fn error(&self, line: u32, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.borrow_mut().push(Problem::error(self.file, line, message, hint));
    }

    pub fn warning(&self, line: u32, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.borrow_mut().push(Problem::warning(self.file, line, message, hint));
    }

    /// The fields of a map; `what` names it in messages ("the category").
    pub fn fields<'n>(&'n self, node: &'n Node, what: &'n str) -> Option<Fields<'n>> {
        match &node.kind {
            Kind::Map(entries) => Some(Fields { reader: self, line: node.line, what, entries }),
            _ => {
                self.error(
                    node.line,
                    format!("{what} is not a group of fields"),
                    "write lines like  name: value",
                );
                None
            }
        }
    }
}

/// The fields of one map.
pub(super) struct Fields<'n> {
    pub reader: &'n Reader<'n>,
    pub line: u32,
    what: &'n str,
    entries: &'n [(String, Node)],
}

impl<'n> Fields<'n> {
    /// Names the fields that nobody reads: most are a slip of the finger.
    pub fn only(&self, known: &[&str]) {
        for (key, node) in self.entries {
            if !known.contains(&key.as_str()) {
                let hint = format!("{} has: {}", self.what, known.join(", "));
                self.reader.error(node.line, format!("{} has no field '{key}'", self.what), hint);
            }
        }
    }

    pub fn entries(&self) -> impl Iterator<Item = (&'n str, &'n Node)> {
        self.entries.iter().map(|(key, node)| (key.as_str(), node))
    }

    pub fn node(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The line of a field, or of the map where it is missing.
    pub fn line_of(&self, key: &str) -> u32 {
        self.node(key).map_or(self.line, |node| node.line)
    }

    fn required(&self, key: &str) -> Option<&'n Node> {
        let node = self.node(key).filter(|node| !matches!(node.kind, Kind::Null));
        if node.is_none() {
            self.reader.error(
                self.line,
                format!("{} has no {key}", self.what),
                format!("add a line  {key}: …"),
            );
        }
        node
    }

    pub fn text(&self, key: &str) -> Option<String> {
        self.required(key).and_then(|node| self.text_at(key, node))
    }

    pub fn text_or_none(&self, key: &str) -> Option<String> {
        self.node(key).and_then(|node| self.text_at(key, node))
    }

    fn text_at(&self, key: &str, node: &Node) -> Option<String> {
        let text = plain(node);
        if text.is_none() {
            self.reader.error(
                node.line,
                format!("{key} is not a text"),
                "write a single line, in quotes if unsure",
            );
        }
        text
    }

    /// An identifier: small letters, digits, `_` and `-`.
    pub fn id(&self, key: &str) -> Option<String> {
        let id = self.text(key)?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
        if id.chars().all(fits) {
            return Some(id);
        }
        let hint = "use small letters without accents, digits, _ and -";
        self.reader.error(self.line_of(key), format!("'{id}' cannot be an id"), hint);
        None
    }

    pub fn yes_no(&self, key: &str, default: bool) -> bool {
        let Some(node) = self.node(key) else { return default };
        match &node.kind {
            Kind::Bool(yes) => *yes,
            _ => {
                self.reader.error(
                    node.line,
                    format!("{key} is neither true nor false"),
                    "write true or false",
                );
                default
            }
        }
    }

    pub fn number(&self, key: &str) -> Option<f64> {
        let node = self.required(key)?;
        match node.kind {
            Kind::Number(number) => Some(number),
            _ => {
                self.reader.error(node.line, format!("{key} is not a number"), "write digits only");
                None
            }
        }
    }

    /// A text per language. A missing language is a warning: Spanish is said instead.
    pub fn texts(&self, key: &str) -> Option<Text> {
        self.required(key).and_then(|node| self.texts_at(key, node))
    }

    pub fn texts_or_none(&self, key: &str) -> Option<Text> {
        self.node(key).and_then(|node| self.texts_at(key, node))
    }

    /// A list of texts.
    pub fn texts_list(&self, key: &str) -> Vec<Text> {
        self.list(key).iter().filter_map(|node| self.texts_at(key, node)).collect()
    }

    fn texts_at(&self, key: &str, node: &Node) -> Option<Text> {
        let texts = match &node.kind {
            Kind::Map(entries) => {
                entries.iter().filter_map(|(lang, node)| self.in_language(lang, node)).collect()
            }
            _ => plain(node).map(|text| vec![(Lang::ES, text)]).unwrap_or_default(),
        };
        let text = Text::new(texts);
        if !text.has(Lang::ES) {
            let hint = format!("write  {key}: {{es: …, en: …}}");
            self.reader.error(node.line, format!("{key} has no text in Spanish"), hint);
            return None;
        }
        for lang in self.reader.langs.iter().filter(|lang| !text.has(**lang)) {
            let message = format!("{key} has no text in '{lang}': Spanish will be said");
            self.reader.warning(node.line, message, format!("add  {lang}: …"));
        }
        Some(text)
    }

    fn in_language(&self, lang: &str, node: &Node) -> Option<(Lang, String)> {
        match (lang.parse(), plain(node)) {
            (Ok(lang), Some(text)) if !text.trim().is_empty() => Some((lang, text)),
            (Err(why), _) => {
                self.reader.error(node.line, why, "texts are written  {es: …, en: …}");
                None
            }
            _ => {
                self.reader.error(node.line, format!("the text in '{lang}' is empty"), "write it, in quotes");
                None
            }
        }
    }

    /// The items of a list; none where the field is missing.
    pub fn list(&self, key: &str) -> &'n [Node] {
        match self.node(key).map(|node| (&node.kind, node.line)) {
            None | Some((Kind::Null, _)) => &[],
            Some((Kind::List(items), _)) => items,
            Some((_, line)) => {
                self.reader.error(line, format!("{key} is not a list"), "begin every item with a dash:  - …");
                &[]
            }
        }
    }

    /// A list of plain texts.
    pub fn words(&self, key: &str) -> Vec<String> {
        self.list(key).iter().filter_map(|node| self.text_at(key, node)).collect()
    }

    /// Words per language: `{es: [calle, acera], en: [street]}`.
    pub fn words_by_language(&self, key: &str) -> Vec<(Lang, Vec<String>)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Some(langs) = self.reader.fields(node, key) else { return Vec::new() };
        let read = |(lang, node): (&str, &Node)| match lang.parse() {
            Ok(tag) => Some((tag, langs.words(lang))),
            Err(why) => {
                self.reader.error(node.line, why, "write  {es: [one, two], en: [three]}");
                None
            }
        };
        langs.entries().filter_map(read).collect()
    }
}

/// A scalar as text: `phone: 911` is the text "911".
fn plain(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Text(text) => Some(text.clone()),
        Kind::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
