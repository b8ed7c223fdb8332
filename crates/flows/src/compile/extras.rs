//! `say` with what goes with it -> an instruction.

use super::{ImageSource, LinkSource, SayOp, emit::Emitter};
use crate::definition::{ImageDef, LinkDef, Say};

impl Emitter<'_> {
    pub(super) fn say(&mut self, say: &Say) -> SayOp {
        SayOp {
            text: self.text(&say.say),
            link: say.link.as_ref().and_then(|link| self.link(link)),
            image: say.image.as_ref().and_then(|image| self.image(image)),
        }
    }

    fn link(&mut self, link: &LinkDef) -> Option<LinkSource> {
        let label = self.text(&link.label);
        let url = self.source(link.url.line, &link.url)?;
        Some(LinkSource { label, url })
    }

    fn image(&mut self, image: &ImageDef) -> Option<ImageSource> {
        let described = self.text(&image.described);
        let url = self.source(image.url.line, &image.url)?;
        Some(ImageSource { url, described })
    }
}
