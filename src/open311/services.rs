//! What can be reported, as Open311 lists it: the public categories of the catalogue.

use ventanilla_values::Lang;

use super::{
    Fault,
    node::{Fields, Node},
};
use crate::catalogue::{Attribute, AttributeKind, Catalogue, Category};

/// Every public category.
pub fn list(catalogue: &Catalogue) -> Node {
    let public = catalogue.categories().iter().filter(|category| !category.private);
    Node::List("service", public.map(|category| service(catalogue, category)).collect())
}

fn service(catalogue: &Catalogue, category: &Category) -> Node {
    let group = catalogue.groups().iter().find(|group| group.id == category.group);
    let words = category.also.iter().filter(|(lang, _)| *lang == Lang::ES);
    let keywords: Vec<&str> = words.flat_map(|(_, words)| words).map(String::as_str).collect();
    Fields::new()
        .text("service_code", Some(category.id.as_str()))
        .text("service_name", Some(category.name.get(Lang::ES)))
        .text("description", Some(category.description.get(Lang::ES)))
        .node("metadata", Node::Flag(has_definition(category)))
        .text("type", Some("realtime"))
        .text("keywords", Some(keywords.join(",")))
        .text("group", group.map(|group| group.name.get(Lang::ES)))
        .done()
}

/// The public category with this id; private ones are as unknown as those that do not exist.
///
/// # Errors
/// 404.
pub fn known<'a>(catalogue: &'a Catalogue, code: &str) -> Result<&'a Category, Fault> {
    let found = catalogue.category(code).filter(|category| !category.private);
    found.ok_or_else(|| {
        Fault::unknown("No hay un servicio con ese service_code. La lista está en services.xml.")
    })
}

/// What is asked about a category.
///
/// # Errors
/// 404 where nothing is.
pub fn definition(catalogue: &Catalogue, code: &str) -> Result<Node, Fault> {
    let category = known(catalogue, code)?;
    if !has_definition(category) {
        return Err(Fault::unknown("Este servicio no pide datos adicionales."));
    }
    let warning = category.stopper.as_ref().map(|stopper| {
        let lines = stopper.call.iter().filter_map(|id| {
            let line = catalogue.town().lines.iter().find(|line| line.id == *id)?;
            Some(format!("{}: {}", line.name.get(Lang::ES), line.phone))
        });
        let (ask, danger) = (stopper.ask.get(Lang::ES), stopper.danger.get(Lang::ES));
        let lines = lines.collect::<Vec<_>>().join(", ");
        (stopper.id.as_str(), format!("{ask} Si es así, no lo reportes aquí. {danger} {lines}"))
    });
    let warning = warning.map(|(id, text)| warn(id, &text));
    let asked = category.attributes.iter();
    let attributes: Vec<Fields> = warning.into_iter().chain(asked.map(attribute)).collect();
    let numbered = attributes.into_iter().zip(1..);
    let numbered = numbered.map(|(attribute, order)| attribute.node("order", Node::Whole(order)).done());
    Ok(Fields::new()
        .text("service_code", Some(category.id.as_str()))
        .node("attributes", Node::List("attribute", numbered.collect()))
        .done())
}

fn has_definition(category: &Category) -> bool {
    category.stopper.is_some() || !category.attributes.is_empty()
}

/// A text that is shown and asks for nothing.
fn warn(id: &str, text: &str) -> Fields {
    Fields::new()
        .node("variable", Node::Flag(false))
        .text("code", Some(id))
        .text("datatype", Some("text"))
        .node("required", Node::Flag(false))
        .text("description", Some(text))
}

fn attribute(attribute: &Attribute) -> Fields {
    let (datatype, hint) = match attribute.kind {
        AttributeKind::Choice if attribute.multiple => {
            ("multivaluelist", Some("Una o varias de las opciones"))
        }
        AttributeKind::Choice => ("singlevaluelist", Some("Una de las opciones")),
        AttributeKind::Text => ("text", None),
        AttributeKind::Number => ("number", Some("Un número")),
    };
    let fields = Fields::new()
        .node("variable", Node::Flag(true))
        .text("code", Some(attribute.id.as_str()))
        .text("datatype", Some(datatype))
        .node("required", Node::Flag(attribute.required))
        .text("datatype_description", hint)
        .text("description", Some(attribute.ask.get(Lang::ES)));
    if attribute.options.is_empty() {
        return fields;
    }
    let value = |option: &crate::catalogue::AttributeOption| {
        Fields::new()
            .text("key", Some(option.id.as_str()))
            .text("name", Some(option.label.get(Lang::ES)))
            .done()
    };
    fields.node("values", Node::List("value", attribute.options.iter().map(value).collect()))
}
