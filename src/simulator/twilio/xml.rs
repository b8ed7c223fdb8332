//! Bytes to a tree of elements, strictly: well-formed XML 1.0 in UTF-8, no document type, no processing instructions,
//! only the five named entities. What is not becomes Twilio's 12100.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesDecl, BytesRef, BytesStart, Event},
};

/// Deeper than this no TwiML goes.
const DEPTH: usize = 8;

/// A document that is refused: Twilio's code and a sentence that holds no text of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) code: u32,
    pub(super) sentence: String,
}

impl Broken {
    pub(super) fn new(code: u32, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into() }
    }

    /// 12100: the document cannot be parsed.
    fn parse(sentence: impl Into<String>) -> Self {
        Self::new(12_100, sentence)
    }
}

#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    /// All character data within, that of children included, in document order.
    pub(super) text: String,
    /// Character data other than blanks stands directly within.
    pub(super) has_own_text: bool,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// The root element.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, Broken> {
    let source = std::str::from_utf8(bytes).map_err(|_| Broken::parse("the document is not UTF-8"))?;
    if !source.chars().all(is_xml) {
        return Err(Broken::parse("the document holds a character XML 1.0 does not allow"));
    }
    let mut reader = Reader::from_str(source);
    reader.config_mut().check_comments = true;
    let mut tree = Tree::default();
    loop {
        match reader.read_event().map_err(|error| Broken::parse(kind_of(&error)))? {
            Event::Eof => return tree.finished(),
            event => tree.take(event)?,
        }
    }
}

/// The elements that are open, and the root once it is closed.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
    events: usize,
}

impl Tree {
    fn take(&mut self, event: Event<'_>) -> Result<(), Broken> {
        self.events += 1;
        match event {
            Event::Start(start) => self.start(&start),
            Event::Empty(start) => self.start(&start).and_then(|()| self.end()),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text.xml10_content().map_err(|_| Broken::parse("not UTF-8"))?),
            Event::CData(text) => self.text(&text.xml10_content().map_err(|_| Broken::parse("not UTF-8"))?),
            Event::GeneralRef(entity) => self.text(&resolved(&entity)?.to_string()),
            Event::Decl(declaration) => self.declaration(&declaration),
            Event::Comment(_) => Ok(()),
            Event::DocType(_) => Err(Broken::parse("a document type is not allowed")),
            Event::PI(_) => Err(Broken::parse("processing instructions are not allowed")),
            Event::Eof => Ok(()),
        }
    }

    fn declaration(&self, declaration: &BytesDecl<'_>) -> Result<(), Broken> {
        let encoding = declaration.encoding().transpose().map_err(|_| Broken::parse("a bad declaration"))?;
        let utf8 = encoding.is_none_or(|name| name.eq_ignore_ascii_case(b"utf-8"));
        let version = declaration.version().map_err(|_| Broken::parse("a bad declaration"))?;
        match (self.events, &*version, utf8) {
            (1, b"1.0", true) => Ok(()),
            (1, b"1.0", false) => Err(Broken::parse("the encoding is not UTF-8")),
            (1, ..) => Err(Broken::parse("the XML version is not 1.0")),
            _ => Err(Broken::parse("the declaration is not at the start")),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Broken> {
        if self.open.is_empty() && self.root.is_some() {
            return Err(Broken::parse("more than one root element"));
        }
        if self.open.len() >= DEPTH {
            return Err(Broken::parse("elements are nested too deep"));
        }
        let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
        let attributes = attributes(&name, start)?;
        self.open.push(Element { name, attributes, ..Element::default() });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Broken> {
        let Some(done) = self.open.pop() else { return Err(Broken::parse("an end without a start")) };
        match self.open.last_mut() {
            Some(parent) => {
                parent.text.push_str(&done.text);
                parent.children.push(done);
            }
            None => self.root = Some(done),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Broken> {
        let blank = text.trim_ascii().is_empty();
        match self.open.last_mut() {
            Some(element) => {
                element.text.push_str(text);
                element.has_own_text |= !blank;
                Ok(())
            }
            None if blank || text == "\u{feff}" => Ok(()),
            None => Err(Broken::parse("text stands outside the root element")),
        }
    }

    fn finished(self) -> Result<Element, Broken> {
        if !self.open.is_empty() {
            return Err(Broken::parse("an element is not closed"));
        }
        self.root.ok_or_else(|| Broken::parse("there is no root element"))
    }
}

/// Names twice, values without quotes and bad entities are refused.
fn attributes(element: &str, start: &BytesStart<'_>) -> Result<Vec<(String, String)>, Broken> {
    let bad = || Broken::parse(format!("<{element}> has an attribute that is not well-formed"));
    let mut taken = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| bad())?;
        if attribute.value.contains(&b'<') {
            return Err(bad());
        }
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|_| bad())?;
        if !value.chars().all(is_xml) {
            return Err(bad());
        }
        taken.push((String::from_utf8_lossy(attribute.key.as_ref()).into_owned(), value.into_owned()));
    }
    Ok(taken)
}

fn resolved(entity: &BytesRef<'_>) -> Result<char, Broken> {
    let unknown = || Broken::parse("an entity is not one of XML's five, or names no character");
    if let Some(character) = entity.resolve_char_ref().map_err(|_| unknown())? {
        return if is_xml(character) { Ok(character) } else { Err(unknown()) };
    }
    match &*entity.decode().map_err(|_| unknown())? {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(unknown()),
    }
}

/// XML 1.0, production `Char`: most controls are illegal even as entities.
fn is_xml(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The reader's own sentences may quote the document, which may hold what people said.
fn kind_of(error: &quick_xml::Error) -> &'static str {
    match error {
        quick_xml::Error::IllFormed(_) => "the document is not well-formed: tags do not match",
        quick_xml::Error::Syntax(_) => "the document is not well-formed: a tag or a reference is not closed",
        _ => "the document is not well-formed",
    }
}
