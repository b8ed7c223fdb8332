//! `categories.yaml`: what can be reported, and what is asked about it.

use ventanilla_values::{Lang, SourceFile};

use super::{
    node::{Kind, Node},
    reader::{Fields, Reader},
    text::Text,
    within::{self, Within},
};

/// Where categories are found in the menu.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub id: String,
    pub name: Text,
    pub description: Option<Text>,
    pub also: Vec<(Lang, Vec<String>)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    pub id: String,
    /// `report.…` of the intents.
    pub intent: String,
    pub group: String,
    pub name: Text,
    /// Other words for it.
    pub also: Vec<(Lang, Vec<String>)>,
    pub description: Text,
    pub department: String,
    /// Metres within which two reports may be about the same thing.
    pub radius_m: f64,
    /// Whether a photo is asked for.
    pub photo: bool,
    /// Never public; attended by a private conversation.
    pub private: bool,
    /// Whether it may be reported without being known to have done so.
    pub anonymous: Anonymous,
    /// It is about somebody's home: its public point is less exact.
    pub domestic: bool,
    pub stopper: Option<Stopper>,
    pub attributes: Vec<Attribute>,
    /// How soon its reports are seen to.
    pub within: Within,
}

/// Whether a category is reported without a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Anonymous {
    /// By who asks for it.
    #[default]
    Allowed,
    /// The crew needs somebody to ask.
    No,
    Always,
}

impl Anonymous {
    /// As the file says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::No => "no",
            Self::Always => "always",
        }
    }
}

/// A yes/no question about danger. Yes means: these lines, and no report.
#[derive(Debug, Clone, PartialEq)]
pub struct Stopper {
    pub id: String,
    pub ask: Text,
    pub danger: Text,
    /// Ids of help lines of the town.
    pub call: Vec<String>,
}

/// Something the crew needs to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    pub id: String,
    pub ask: Text,
    pub kind: AttributeKind,
    pub required: bool,
    /// Of a choice: several may hold at once. A conversation asks for the main one; forms of other systems take all.
    pub multiple: bool,
    /// Of a choice.
    pub options: Vec<AttributeOption>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeKind {
    Choice,
    Text,
    Number,
}

impl AttributeKind {
    /// As the file says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Text => "text",
            Self::Number => "number",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct AttributeOption {
    pub id: String,
    pub label: Text,
    pub also: Vec<(Lang, Vec<String>)>,
    /// Words by which a message that begins a report tells this one, so that it is not asked. Not `also`: what is an answer
    /// to a question may mean anything in a story.
    pub told: Vec<(Lang, Vec<String>)>,
}

/// What was read, with the lines that the checks name.
pub(super) struct Read {
    pub groups: Vec<(u32, Group)>,
    pub categories: Vec<(u32, Category)>,
}

impl Read {
    pub fn finish(self) -> (Vec<Group>, Vec<Category>) {
        let groups = self.groups.into_iter().map(|(_, group)| group).collect();
        (groups, self.categories.into_iter().map(|(_, category)| category).collect())
    }
}

pub(super) fn read(reader: &Reader<'_>, source: &SourceFile) -> Read {
    let mut read = Read { groups: Vec::new(), categories: Vec::new() };
    let Some(node) = reader.parse(source) else { return read };
    let Some(file) = reader.fields(&node, "the file") else { return read };
    file.only(&["within", "groups", "categories"]);
    let usual = Within::default();
    let usual = file.node("within").map_or(usual, |node| within::read(reader, node, usual));
    let group = |node: &Node| Some((node.line, group(reader, node)?));
    let category = |node: &Node| Some((node.line, category(reader, node, usual)?));
    read.groups = file.list("groups").iter().filter_map(group).collect();
    read.categories = file.list("categories").iter().filter_map(category).collect();
    read
}

fn group(reader: &Reader<'_>, node: &Node) -> Option<Group> {
    let fields = reader.fields(node, "the group")?;
    fields.only(&["id", "name", "description", "also"]);
    let (id, name) = (fields.id("id"), fields.texts("name"));
    let (description, also) = (fields.texts_or_none("description"), fields.words_by_language("also"));
    Some(Group { id: id?, name: name?, description, also })
}

fn category(reader: &Reader<'_>, node: &Node, usual: Within) -> Option<Category> {
    let fields = reader.fields(node, "the category")?;
    fields.only(&[
        "id",
        "intent",
        "group",
        "name",
        "also",
        "description",
        "department",
        "radius_m",
        "photo",
        "private",
        "anonymous",
        "domestic",
        "stopper",
        "attributes",
        "within",
    ]);
    let (id, intent, group) = (fields.id("id"), fields.text("intent"), fields.id("group"));
    let (name, also, description) =
        (fields.texts("name"), fields.words_by_language("also"), fields.texts("description"));
    let (department, radius_m) = (fields.id("department"), fields.number("radius_m"));
    let (photo, private) = (photo(&fields), fields.yes_no("private", false));
    let anonymous = anonymous(&fields);
    let domestic = fields.yes_no("domestic", false);
    if private && domestic {
        let hint = "leave domestic out: a private report is nowhere on the map";
        reader.warning(fields.line_of("domestic"), "the category is private and domestic", hint);
    }
    let stopper = fields.node("stopper").map(|node| stopper(reader, node));
    let attributes = all(fields.list("attributes"), |node| attribute(reader, node));
    let within = fields.node("within").map_or(usual, |node| within::read(reader, node, usual));
    Some(Category {
        id: id?,
        intent: intent?,
        group: group?,
        name: name?,
        also,
        description: description?,
        department: department?,
        radius_m: radius_m?,
        photo,
        private,
        anonymous,
        domestic,
        // A category whose danger cannot be asked about is not offered.
        stopper: stopper.map_or(Some(None), |stopper| stopper.map(Some))?,
        attributes: attributes?,
        within,
    })
}

/// All of them or none, and every mistake in them told.
fn all<T>(nodes: &[Node], read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
    let read: Vec<Option<T>> = nodes.iter().map(read).collect();
    read.into_iter().collect()
}

fn photo(fields: &Fields<'_>) -> bool {
    let Some(node) = fields.node("photo") else { return false };
    match &node.kind {
        Kind::Bool(wanted) => *wanted,
        Kind::Text(text) if text == "wanted" => true,
        Kind::Text(text) if text == "no" => false,
        _ => {
            fields.reader.error(node.line, "photo is neither wanted nor no", "write  photo: wanted");
            false
        }
    }
}

fn anonymous(fields: &Fields<'_>) -> Anonymous {
    let Some(node) = fields.node("anonymous") else { return Anonymous::default() };
    match &node.kind {
        Kind::Bool(false) => Anonymous::No,
        Kind::Text(text) if text == "allowed" => Anonymous::Allowed,
        Kind::Text(text) if text == "no" => Anonymous::No,
        Kind::Text(text) if text == "always" => Anonymous::Always,
        _ => {
            let hint = "write  anonymous: allowed";
            fields.reader.error(node.line, "anonymous is neither allowed, no nor always", hint);
            Anonymous::No
        }
    }
}

fn stopper(reader: &Reader<'_>, node: &Node) -> Option<Stopper> {
    let fields = reader.fields(node, "the stopper")?;
    fields.only(&["id", "ask", "danger", "call"]);
    let (id, ask, danger) = (fields.id("id"), fields.texts("ask"), fields.texts("danger"));
    let call = fields.words("call");
    if call.is_empty() {
        reader.error(node.line, "the stopper names no help line", "write  call: [emergency]");
        return None;
    }
    Some(Stopper { id: id?, ask: ask?, danger: danger?, call })
}

fn attribute(reader: &Reader<'_>, node: &Node) -> Option<Attribute> {
    let fields = reader.fields(node, "the attribute")?;
    fields.only(&["id", "ask", "type", "required", "multiple", "options"]);
    let (id, ask, kind) = (fields.id("id"), fields.texts("ask"), attribute_kind(&fields));
    let (required, multiple) = (fields.yes_no("required", true), fields.yes_no("multiple", false));
    let options = all(fields.list("options"), |node| option(reader, node));
    let (kind, options) = (kind?, options?);
    // A WhatsApp list has ten rows; one is kept for "skip".
    if kind == AttributeKind::Choice && !(2..=9).contains(&options.len()) {
        reader.error(node.line, format!("a choice of {} options", options.len()), "give 2 to 9 options");
        return None;
    }
    Some(Attribute { id: id?, ask: ask?, kind, required, multiple, options })
}

fn attribute_kind(fields: &Fields<'_>) -> Option<AttributeKind> {
    match fields.text("type")?.as_str() {
        "choice" => Some(AttributeKind::Choice),
        "text" => Some(AttributeKind::Text),
        "number" => Some(AttributeKind::Number),
        other => {
            let hint = "write choice, text or number";
            fields.reader.error(fields.line_of("type"), format!("there is no type '{other}'"), hint);
            None
        }
    }
}

fn option(reader: &Reader<'_>, node: &Node) -> Option<AttributeOption> {
    let fields = reader.fields(node, "the option")?;
    fields.only(&["id", "label", "also", "told"]);
    let (id, label) = (fields.id("id"), fields.texts("label"));
    let (also, told) = (fields.words_by_language("also"), fields.words_by_language("told"));
    Some(AttributeOption { id: id?, label: label?, also, told })
}
