//! Tables of what each element may hold, and the check of a tree against them. Names are case-sensitive; what Twilio
//! does not document is refused, mostly with 12200 (schema validation).

use super::xml::{Broken, Element};

/// Schema validation: an element, an attribute or a value nobody documented.
pub(super) const SCHEMA: u32 = 12_200;

/// One element.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) attributes: &'static [Attribute],
    pub(super) children: &'static [&'static str],
    /// May text stand within?
    pub(super) text: bool,
}

/// Name, values, and the code for a wrong value.
pub(super) struct Attribute(pub(super) &'static str, pub(super) Check, pub(super) u32);

/// Which values an attribute takes.
pub(super) enum Check {
    Any,
    /// An address, absolute or relative; never empty.
    Url,
    /// GET or POST.
    Method,
    /// `true` or `false`.
    Bool,
    Number(u32, u32),
    OneOf(&'static [&'static str]),
    /// Words from a list with blanks between, none twice.
    Words(&'static [&'static str]),
    /// A list with commas: at most so many entries of so many characters.
    List(usize, usize),
    /// Characters of a telephone's keypad, at most so many.
    Keys(usize),
}

impl Check {
    fn fits(&self, value: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Url => !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || c.is_control()),
            Self::Method => matches!(value, "GET" | "POST"),
            Self::Bool => matches!(value, "true" | "false"),
            Self::Number(least, most) => {
                let plain = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
                plain && value.parse::<u32>().is_ok_and(|number| (*least..=*most).contains(&number))
            }
            Self::OneOf(words) => words.contains(&value),
            Self::Words(words) => {
                let mut parts: Vec<_> = value.split(' ').collect();
                let known = parts.iter().all(|part| words.contains(part));
                let count = parts.len();
                parts.sort_unstable();
                parts.dedup();
                known && parts.len() == count
            }
            Self::List(entries, characters) => {
                let mut count = 0;
                let short = value.split(',').all(|entry| {
                    count += 1;
                    (1..=*characters).contains(&entry.trim().chars().count())
                });
                short && count <= *entries
            }
            Self::Keys(most) => value.len() <= *most && value.chars().all(is_key),
        }
    }
}

/// A key of a telephone.
pub(super) fn is_key(key: char) -> bool {
    key.is_ascii_digit() || key == '*' || key == '#'
}

/// Checks the tree below `root`, which must be `<Response>`.
pub(super) fn check(root: &Element, rules: &[Rule]) -> Result<(), Broken> {
    if root.name != "Response" {
        return Err(Broken::new(SCHEMA, format!("the root is <{}>, not <Response>", root.name)));
    }
    check_element(root, rules)
}

fn check_element(element: &Element, rules: &[Rule]) -> Result<(), Broken> {
    let name = &element.name;
    let Some(rule) = rules.iter().find(|rule| rule.name == name) else {
        return Err(Broken::new(SCHEMA, format!("there is no element <{name}>")));
    };
    for (attribute, value) in &element.attributes {
        let Some(Attribute(_, check, code)) = rule.attributes.iter().find(|own| own.0 == attribute) else {
            return Err(Broken::new(SCHEMA, format!("<{name}> has no attribute {attribute}")));
        };
        if !check.fits(value) {
            return Err(Broken::new(*code, format!("<{name}>: the value of {attribute} is not allowed")));
        }
    }
    if element.has_own_text && !rule.text {
        return Err(Broken::new(SCHEMA, format!("text stands directly in <{name}>")));
    }
    for child in &element.children {
        if !rule.children.contains(&child.name.as_str()) {
            let code = if name == "Gather" { 13_320 } else { SCHEMA };
            return Err(Broken::new(code, format!("<{}> may not stand in <{name}>", child.name)));
        }
        check_element(child, rules)?;
    }
    Ok(())
}
