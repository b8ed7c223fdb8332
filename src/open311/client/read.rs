//! What other endpoints answer, however they spell it: XML or JSON whatever their Content-Type says, lists with and without
//! a root, a single thing that should be a list, numbers as texts.

use quick_xml::{Reader, escape::resolve_predefined_entity, events::Event};
use serde_json::{Map, Value as Json};

/// Deeper is no answer of Open311.
const DEPTH: usize = 32;

/// A list of answers: the names that its root and its items may have, and a field that only an item has.
#[derive(Debug, Clone, Copy)]
pub struct List {
    root: &'static str,
    item: &'static str,
    field: &'static str,
}

impl List {
    pub const REQUESTS: Self =
        Self { root: "service_requests", item: "request", field: "service_request_id" };
    /// What is answered to a new request.
    pub const MADE: Self = Self { root: "service_requests", item: "request", field: "token" };
    pub const UPDATES: Self =
        Self { root: "service_request_updates", item: "request_update", field: "update_id" };
    pub const ERRORS: Self = Self { root: "errors", item: "error", field: "description" };

    /// The items of an answer.
    pub fn items(self, answer: &Json) -> Vec<&Map<String, Json>> {
        match answer {
            Json::Array(items) => items.iter().flat_map(|item| self.items(item)).collect(),
            Json::Object(fields) if fields.contains_key(self.field) => vec![fields],
            Json::Object(fields) => {
                // The example of FixMyStreet's extension names its root so.
                let names = [self.root, self.item, "service_requests_updates", "request"];
                let inner = names.into_iter().find_map(|name| fields.get(name));
                inner.map(|inner| self.items(inner)).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }
}

/// A field as text; what is empty is absent.
pub(super) fn text(fields: &Map<String, Json>, name: &str) -> Option<String> {
    let text = match fields.get(name)? {
        Json::String(text) => text.trim().to_owned(),
        Json::Number(number) => number.to_string(),
        Json::Bool(yes) => yes.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The bytes of an answer as one tree; `None` where they are neither JSON nor XML. An element that comes once is a value,
/// one that comes several times a list.
pub fn tree(bytes: &[u8]) -> Option<Json> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') { xml(text) } else { serde_json::from_str(text).ok() }
}

/// An element that is open.
struct Open {
    name: String,
    text: String,
    children: Map<String, Json>,
}

impl Open {
    fn named(name: &[u8]) -> Self {
        let name = String::from_utf8_lossy(name).into_owned();
        Self { name, text: String::new(), children: Map::new() }
    }

    fn value(self) -> Json {
        if self.children.is_empty() { Json::String(self.text) } else { Json::Object(self.children) }
    }

    fn take(&mut self, name: String, value: Json) {
        match self.children.get_mut(&name) {
            None => {
                self.children.insert(name, value);
            }
            Some(Json::Array(several)) => several.push(value),
            Some(one) => *one = Json::Array(vec![one.take(), value]),
        }
    }
}

fn xml(text: &str) -> Option<Json> {
    let mut reader = Reader::from_str(text);
    // Around the root, so that it closes like any other.
    let mut open = vec![Open::named(b"")];
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if open.len() < DEPTH => {
                open.push(Open::named(start.local_name().as_ref()));
            }
            Event::Start(_) => return None,
            Event::Empty(start) => {
                let empty = Open::named(start.local_name().as_ref());
                open.last_mut()?.take(empty.name, Json::String(String::new()));
            }
            Event::End(_) => {
                let done = open.pop()?;
                let name = done.name.clone();
                open.last_mut()?.take(name, done.value());
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text.xml10_content().ok()?),
            Event::CData(text) => open.last_mut()?.text.push_str(&text.xml10_content().ok()?),
            Event::GeneralRef(entity) => {
                let text = &mut open.last_mut()?.text;
                match entity.resolve_char_ref().ok()? {
                    Some(character) => text.push(character),
                    None => text.push_str(resolve_predefined_entity(&entity.decode().ok()?)?),
                }
            }
            Event::Eof => break,
            // Whatever it declares is not looked up.
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
    let [whole] = <[Open; 1]>::try_from(open).ok()?;
    (!whole.children.is_empty()).then(|| whole.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(list: List, answer: &str) -> Vec<String> {
        let tree = tree(answer.as_bytes()).unwrap();
        list.items(&tree).into_iter().filter_map(|item| text(item, list.field)).collect()
    }

    #[test]
    fn every_spelling_of_a_list_is_read() {
        for answer in [
            r#"[{"service_request_id": "7", "status": "open"}]"#,
            r#"{"service_request_id": 7}"#,
            r#"{"service_requests": [{"service_request_id": "7"}]}"#,
            r#"{"service_requests": {"request": {"service_request_id": 7}}}"#,
            r#"{"service_requests": {"request": [{"service_request_id": "7"}]}}"#,
            "<?xml version=\"1.0\"?><service_requests><request><service_request_id> 7 </service_request_id></request></service_requests>",
            "\u{feff}<service_requests type='array'>\n <request><service_request_id>7</service_request_id>\n</request></service_requests>",
        ] {
            assert_eq!(ids(List::REQUESTS, answer), ["7"], "{answer}");
        }
    }

    #[test]
    fn several_are_several_and_none_is_none() {
        let two = "<r><request><service_request_id>1</service_request_id></request><request>\
                   <service_request_id>2</service_request_id></request></r>";
        let tree_of_two = tree(two.as_bytes()).unwrap();
        assert_eq!(List::REQUESTS.items(&tree_of_two["r"]).len(), 2);
        for none in ["<service_requests/>", "[]", r#"{"service_requests": []}"#, "{}", "<x>1</x>"] {
            assert_eq!(ids(List::REQUESTS, none), Vec::<String>::new(), "{none}");
        }
    }

    #[test]
    fn entities_are_characters_and_nothing_else_is_looked_up() {
        let answer = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><errors><error><description>a &amp; &#241; \
                      <![CDATA[<b>]]></description></error></errors>";
        assert_eq!(ids(List::ERRORS, answer), ["a & ñ <b>"]);
        assert_eq!(tree("<x>&a;</x>".as_bytes()), None);
        for broken in ["", "hello", "<a><b></a>", "{", "<a>"] {
            assert_eq!(tree(broken.as_bytes()), None, "{broken}");
        }
    }
}
