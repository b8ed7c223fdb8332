//! What cannot be done from a chat, each with the word that a page tells it apart by.

/// Why an act on a chat was refused, beside what every act may meet ([`super::AgentError`]).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    #[error("this channel takes no files")]
    NoFiles,
    #[error("the file is empty")]
    EmptyFile,
    #[error("the channel does not take files of this kind")]
    FileKind,
    #[error("the file is not what its name says")]
    DisguisedFile,
    #[error("the file is too large: at most {0} bytes")]
    LargeFile(usize),
    #[error("this file is not here any more, or somebody else's: choose it again")]
    NoFile,
    #[error("a description has at most {0} characters")]
    LongDescription(usize),
    #[error("the town has no such template, or the provider does not let it pass now")]
    NoTemplate,
    #[error("fill in every place of the template, each in one line")]
    TemplateValues,
    #[error("the catalogue has no such category")]
    NoCategory,
    #[error("say where it is: a pin, or a street")]
    NoPlace,
    #[error("this place is outside the municipality")]
    PlaceOutside,
    #[error("a description has at most {0} characters")]
    LongReport(usize),
    #[error("this photo is not of this chat")]
    NoPhoto,
    #[error("this is none of the answers that the category has")]
    NoSuchDetail,
    #[error("this is none of the citizen's open reports")]
    NoReport,
    #[error("this cannot be asked here")]
    NotAskable,
    #[error("say why: a colleague reads it")]
    NoBlockReason,
    #[error("somebody who is in danger is never blocked")]
    InDanger,
    #[error("1 to 366 days, or for good")]
    BlockDays,
    #[error("there is no such message in this chat")]
    NoLine,
    #[error("the town has no such intent")]
    NoIntent,
    #[error("say in a few words what was wrong")]
    NoTeachNote,
}

impl ActError {
    /// What a page tells apart.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFiles => "no_files",
            Self::EmptyFile => "file_empty",
            Self::FileKind => "file_kind",
            Self::DisguisedFile => "file_disguised",
            Self::LargeFile(_) => "file_too_large",
            Self::NoFile => "no_file",
            Self::LongDescription(_) => "file_description",
            Self::NoTemplate => "no_template",
            Self::TemplateValues => "template_values",
            Self::NoCategory => "no_category",
            Self::NoPlace => "no_place",
            Self::PlaceOutside => "place_outside",
            Self::LongReport(_) => "report_too_long",
            Self::NoPhoto => "no_photo",
            Self::NoSuchDetail => "no_detail",
            Self::NoReport => "no_report",
            Self::NotAskable => "not_askable",
            Self::NoBlockReason => "block_reason",
            Self::InDanger => "in_danger",
            Self::BlockDays => "block_days",
            Self::NoLine => "no_line",
            Self::NoIntent => "no_intent",
            Self::NoTeachNote => "teach_note",
        }
    }
}
