//! Telling: the text, and the page or picture that goes with it.

use std::sync::Arc;

use super::{Broken, Next, Run};
use crate::{
    Event, Image, Link,
    compile::{Flow, ImageSource, LinkSource, SayOp},
    template::{Scope, Templates},
};

impl Run<'_> {
    pub(super) fn say(&mut self, flow: &Arc<Flow>, op: &SayOp) -> Result<Next, Broken> {
        let said = self.with_scope(flow, |templates, scope| said(op, templates, scope))?;
        self.events.extend(said);
        Ok(Next::On)
    }
}

impl Run<'_> {
    /// What is said is heard and not read.
    pub(super) fn is_heard(&self) -> bool {
        let channel = self.world.content.get_attr("channel").ok();
        channel.and_then(|channel| channel.get_attr("spoken").ok()).is_some_and(|spoken| spoken.is_true())
    }
}

/// A text that is empty in this case says nothing, and nothing goes with it.
fn said(op: &SayOp, templates: &Templates, scope: &Arc<Scope>) -> Result<Option<Event>, minijinja::Error> {
    let text = templates.text(&op.text, scope)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let link = op.link.as_ref().map(|source| link(source, templates, scope)).transpose()?.flatten();
    let image = op.image.as_ref().map(|source| image(source, templates, scope)).transpose()?.flatten();
    Ok(Some(Event::Say { text, link, image }))
}

fn link(
    source: &LinkSource,
    templates: &Templates,
    scope: &Arc<Scope>,
) -> Result<Option<Link>, minijinja::Error> {
    let label = templates.text(&source.label, scope)?.trim().to_owned();
    let url = templates.source(&source.url, scope)?.trim().to_owned();
    Ok((!label.is_empty() && is_address(&url)).then_some(Link { label, url }))
}

fn image(
    source: &ImageSource,
    templates: &Templates,
    scope: &Arc<Scope>,
) -> Result<Option<Image>, minijinja::Error> {
    let described = templates.text(&source.described, scope)?.trim().to_owned();
    let url = templates.source(&source.url, scope)?.trim().to_owned();
    let there = is_address(&url) || is_file(&url);
    Ok((!described.is_empty() && there).then_some(Image { url, described }))
}

/// What a template gave may be anything: a page that cannot be opened is left out, and the text is said without it.
fn is_address(url: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain))
}

/// A file of the server, as actions give it: `media:image/jpeg/<id>`.
fn is_file(url: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/');
    url.strip_prefix("media:").is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain))
}
