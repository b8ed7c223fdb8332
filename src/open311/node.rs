//! An answer of Open311 before it is XML or JSON: one tree, two spellings.
//!
//! XML has no namespace and names its encoding. JSON follows the Spark convention: the root falls away, and a list of one is
//! a list. What is empty is left out.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use serde_json::{Map, Value as Json, json};

/// A part of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Text(String),
    Flag(bool),
    Whole(i64),
    Number(f64),
    Fields(Vec<(&'static str, Node)>),
    /// The name of the items in XML, and the items.
    List(&'static str, Vec<Node>),
}

/// The fields of an object, one after the other.
#[derive(Debug, Default)]
pub struct Fields(Vec<(&'static str, Node)>);

impl Fields {
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves out what is absent or empty.
    #[must_use]
    pub fn text(self, name: &'static str, text: Option<impl Into<String>>) -> Self {
        match text.map(Into::into).filter(|text| !text.is_empty()) {
            Some(text) => self.node(name, Node::Text(text)),
            None => self,
        }
    }

    #[must_use]
    pub fn number(self, name: &'static str, number: Option<f64>) -> Self {
        match number {
            Some(number) => self.node(name, Node::Number(number)),
            None => self,
        }
    }

    #[must_use]
    pub fn node(mut self, name: &'static str, node: Node) -> Self {
        self.0.push((name, node));
        self
    }

    pub fn done(self) -> Node {
        Node::Fields(self.0)
    }
}

/// The answer as XML, under its root.
pub fn to_xml(root: &str, node: &Node) -> String {
    let mut writer = Writer::new(Vec::new());
    let declared = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
    // Writing into memory does not fail.
    declared.and_then(|()| write(&mut writer, root, node)).ok();
    String::from_utf8(writer.into_inner()).unwrap_or_default()
}

fn write(writer: &mut Writer<Vec<u8>>, name: &str, node: &Node) -> std::io::Result<()> {
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    match node {
        Node::Text(text) => writer.write_event(Event::Text(BytesText::new(&allowed(text))))?,
        Node::Flag(yes) => writer.write_event(Event::Text(BytesText::new(&yes.to_string())))?,
        Node::Whole(number) => writer.write_event(Event::Text(BytesText::new(&number.to_string())))?,
        Node::Number(number) => writer.write_event(Event::Text(BytesText::new(&number.to_string())))?,
        Node::Fields(fields) => {
            for (name, node) in fields {
                write(writer, name, node)?;
            }
        }
        Node::List(item, nodes) => {
            for node in nodes {
                write(writer, item, node)?;
            }
        }
    }
    writer.write_event(Event::End(BytesEnd::new(name)))
}

/// Without the characters that no XML may hold, escaped or not.
fn allowed(text: &str) -> String {
    let fits =
        |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    text.chars().filter(fits).collect()
}

/// The answer as JSON, without its root.
pub fn to_json(node: &Node) -> Json {
    match node {
        Node::Text(text) => json!(text),
        Node::Flag(yes) => json!(yes),
        Node::Whole(number) => json!(number),
        Node::Number(number) => json!(number),
        Node::Fields(fields) => {
            let fields = fields.iter().map(|(name, node)| ((*name).to_owned(), to_json(node)));
            Json::Object(fields.collect::<Map<_, _>>())
        }
        Node::List(_, nodes) => Json::Array(nodes.iter().map(to_json).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Node {
        let service = Fields::new()
            .text("service_name", Some("Baches <grandes> & \"otros\" ñ"))
            .text("group", Some(""))
            .text("keywords", None::<String>)
            .number("lat", Some(18.9263))
            .node("metadata", Node::Flag(true));
        Node::List("service", vec![service.done()])
    }

    #[test]
    fn xml_is_escaped_and_has_no_empty_field() {
        assert_eq!(
            to_xml("services", &example()),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><services><service><service_name>Baches &lt;grandes&gt; &amp; \
             &quot;otros&quot; ñ</service_name><lat>18.9263</lat><metadata>true</metadata></service></services>"
        );
    }

    #[test]
    fn json_has_no_root_and_a_list_of_one_is_a_list() {
        let expected =
            json!([{ "service_name": "Baches <grandes> & \"otros\" ñ", "lat": 18.9263, "metadata": true }]);
        assert_eq!(to_json(&example()), expected);
    }

    #[test]
    fn what_no_xml_may_hold_is_left_out() {
        let node = Node::Text("a\u{0}b\u{8}c\nd\u{FFFF}".to_owned());
        assert!(to_xml("x", &node).ends_with("<x>abc\nd</x>"));
    }
}
