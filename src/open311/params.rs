//! What a request brings: names and values from its address and its body, in their order. An empty value is none.

use std::collections::BTreeMap;

/// Names are taken as they are written.
#[derive(Clone, Default)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Adds what an address or a form says.
    pub fn read(&mut self, encoded: &[u8]) {
        for (name, value) in form_urlencoded::parse(encoded) {
            self.add(&name, &value);
        }
    }

    /// Adds one. Line ends become one kind, and characters that are none are left out.
    pub fn add(&mut self, name: &str, value: &str) {
        let value = value.replace("\r\n", "\n").replace('\r', "\n");
        let kept: String = value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        let kept = kept.trim();
        if !kept.is_empty() {
            self.0.push((name.to_owned(), kept.to_owned()));
        }
    }

    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The same, for keeping.
    pub fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// A comma list; the name may come several times. Nothing twice. `None` where it is not given at all.
    pub fn list(&self, name: &str) -> Option<Vec<String>> {
        let mut items: Vec<String> = Vec::new();
        let given = self.0.iter().filter(|(found, _)| found == name);
        for item in given.flat_map(|(_, value)| value.split(',')).map(str::trim) {
            if !item.is_empty() && !items.iter().any(|known| known == item) {
                items.push(item.to_owned());
            }
        }
        self.get(name).map(|_| items)
    }

    /// `attribute[CODE]=v` and `attribute[CODE][]=v`, by code.
    pub fn attributes(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut attributes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in &self.0 {
            let code = name.strip_suffix("[]").unwrap_or(name);
            let code = code.strip_prefix("attribute[").and_then(|code| code.strip_suffix(']'));
            if let Some(code) = code {
                attributes.entry(code).or_default().push(value);
            }
        }
        attributes
    }
}

/// What people say is theirs.
impl std::fmt::Debug for Params {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Params({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(text: &str) -> Params {
        let mut params = Params::default();
        params.read(text.as_bytes());
        params
    }

    #[test]
    fn what_is_empty_is_absent() {
        let params = params("a=&b=%20&c=1&c=2");
        assert_eq!((params.get("a"), params.get("b"), params.get("c")), (None, None, Some("1")));
        assert_eq!(params.list("a"), None);
    }

    #[test]
    fn lists_forgive_repetition() {
        let params = params("s=open,%20closed,open,,&s=other");
        assert_eq!(params.list("s").unwrap(), ["open", "closed", "other"]);
    }

    #[test]
    fn attributes_have_one_value_or_several() {
        let params =
            params("attribute[size]=large&attribute%5Bkind%5D%5B%5D=a&attribute[kind][]=b&attribute=x");
        let expected = BTreeMap::from([("size", vec!["large"]), ("kind", vec!["a", "b"])]);
        assert_eq!(params.attributes(), expected);
    }

    #[test]
    fn lines_stay_and_control_characters_go() {
        assert_eq!(params("d=uno%0D%0Ados%00%08").get("d"), Some("uno\ndos"));
    }
}
