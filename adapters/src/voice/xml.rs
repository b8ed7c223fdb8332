//! TwiML as text. One letter that XML 1.0 does not know, and Twilio drops the call (12100): every word passes here.

/// An element; attributes stay in the order they were given.
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Node>,
}

enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Names of elements and attributes are Twilio's own, case included.
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(Node::Text(text.into()));
        self
    }

    pub(super) fn holding(mut self, elements: impl IntoIterator<Item = Self>) -> Self {
        self.content.extend(elements.into_iter().map(Node::Element));
        self
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
        if self.content.is_empty() {
            return out.push_str("/>");
        }
        out.push('>');
        for node in &self.content {
            match node {
                Node::Element(element) => element.write(out),
                Node::Text(text) => escape(text, out),
            }
        }
        out.push_str("</");
        out.push_str(self.name);
        out.push('>');
    }
}

/// A whole document.
pub(super) fn response(verbs: impl IntoIterator<Item = Element>) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    Element::new("Response").holding(verbs).write(&mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars().filter(|c| is_legal(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // In an attribute a parser makes spaces of them anyway.
            '\t' | '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
}

/// `Char` of XML 1.0, and none of the C1 controls, which it only discourages. Rust's `char` is never a surrogate.
fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{7E}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}
