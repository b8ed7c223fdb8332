//! `departments.yaml`: who attends reports and gives services.

use ventanilla_values::{Lang, SourceFile};

use super::{
    answer_within::{self, Promised},
    calendar_file,
    node::Node,
    office::Hours,
    reader::Reader,
    text::Text,
};

#[derive(Debug, Clone, PartialEq)]
pub struct Department {
    pub id: String,
    pub name: Text,
    /// Other words for it.
    pub also: Vec<(Lang, Vec<String>)>,
    /// As people read it.
    pub phone: String,
    pub address: Option<String>,
    /// Where they differ from the town hall's.
    pub hours: Option<Hours>,
    /// Where it differs from the town hall's.
    pub answer_within: Option<Promised>,
}

pub(super) fn read(reader: &Reader<'_>, source: &SourceFile) -> Vec<Department> {
    let Some(node) = reader.parse(source) else { return Vec::new() };
    let Some(file) = reader.fields(&node, "the file") else { return Vec::new() };
    file.only(&["departments"]);
    let mut departments: Vec<Department> = Vec::new();
    for node in file.list("departments") {
        let Some(department) = department(reader, node) else { continue };
        if departments.iter().any(|other| other.id == department.id) {
            let message = format!("there are two departments '{}'", department.id);
            reader.error(node.line, message, "give one of them another id");
        } else {
            departments.push(department);
        }
    }
    departments
}

fn department(reader: &Reader<'_>, node: &Node) -> Option<Department> {
    let fields = reader.fields(node, "the department")?;
    fields.only(&["id", "name", "also", "phone", "address", "hours", "answer_within"]);
    let (id, name, phone) = (fields.id("id"), fields.texts("name"), fields.text("phone"));
    let also = fields.words_by_language("also");
    let address = fields.text_or_none("address");
    let hours = fields.node("hours").and_then(|node| calendar_file::hours(reader, node));
    let answer_within = fields.node("answer_within").map(|node| answer_within::read(reader, node));
    Some(Department { id: id?, name: name?, also, phone: phone?, address, hours, answer_within })
}
