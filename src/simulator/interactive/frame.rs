//! What surrounds the action of an interactive message: header, body, footer.

use crate::simulator::{
    attachment::Attachment,
    error::GraphError,
    part::Part,
    validate::{Named, named},
};

/// Meta's page says 4096 for lists by now; older servers still refuse above this.
const BODY: usize = 1024;
const HEADER: usize = 60;
const FOOTER: usize = 60;

/// Which headers a kind may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    /// Neither header nor footer.
    None,
    Text,
    TextOrFile,
}

/// `None`: Meta has no such kind.
pub(super) fn header_of(kind: &str) -> Option<Header> {
    match kind {
        "button" | "cta_url" | "flow" => Some(Header::TextOrFile),
        "list" => Some(Header::Text),
        "location_request_message" | "request_contact_info" => Some(Header::None),
        _ => None,
    }
}

/// Header, body and footer as the phone shows them, one under the other; and the header's file.
pub(super) struct Framed {
    pub(super) text: String,
    pub(super) media_url: Option<String>,
    pub(super) file: Option<Named>,
}

pub(super) fn read(part: &Part<'_>, allowed: Header) -> Result<Framed, GraphError> {
    part.only(match allowed {
        Header::None => &["type", "body", "action"],
        _ => &["type", "header", "body", "footer", "action"],
    })?;
    let body = part.object("body")?;
    body.only(&["text"])?;
    let mut framed = Framed { text: body.text("text", BODY)?.to_owned(), media_url: None, file: None };
    if let Some(part) = part.optional_object("header")? {
        framed.header(&part, allowed)?;
    }
    if let Some(footer) = part.optional_object("footer")? {
        footer.only(&["text"])?;
        framed.text = format!("{}\n_{}_", framed.text, footer.text("text", FOOTER)?);
    }
    Ok(framed)
}

impl Framed {
    fn header(&mut self, part: &Part<'_>, allowed: Header) -> Result<(), GraphError> {
        let kinds: &[&str] = match allowed {
            Header::TextOrFile => &["text", "image", "video", "document"],
            _ => &["text"],
        };
        let kind = part.one_of("type", kinds)?;
        part.only(&["type", kind])?;
        let Some(attachment) = Attachment::named(kind) else {
            self.text = format!("*{}*\n{}", part.text("text", HEADER)?, self.text);
            return Ok(());
        };
        let file = part.object(kind)?;
        file.only(if kind == "document" { &["id", "link", "filename"] } else { &["id", "link"] })?;
        let (media_url, file) = named(&file, attachment, false)?;
        (self.media_url, self.file) = (Some(media_url), file);
        Ok(())
    }
}
