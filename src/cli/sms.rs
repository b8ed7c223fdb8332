//! `ventanilla sms`: what a text costs.

use clap::Subcommand;
use ventanilla_adapters::sms::{Encoding, Segments, saved, segments};

#[derive(Debug, Subcommand)]
pub enum SmsCommand {
    /// Count the segments of a text, and what writing it without accents would save
    Cost { text: String },
}

pub fn run(command: &SmsCommand) {
    let SmsCommand::Cost { text } = command;
    let counted = segments(text);
    out!("{}", told(&counted));
    if let Some(saved) = saved(text) {
        out!("without accents: {}", told(&saved.after));
        out!("  {}", saved.text);
    }
}

fn told(segments: &Segments) -> String {
    let (unit, encoding) = match segments.encoding {
        Encoding::Gsm7 => ("septets", "GSM-7"),
        Encoding::Ucs2 => ("UTF-16 units", "UCS-2"),
    };
    let plural = if segments.count == 1 { "" } else { "s" };
    format!("{} segment{plural}, {encoding}, {} {unit}", segments.count, segments.units)
}
