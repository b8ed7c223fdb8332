//! Why something cannot be done about a report.

use super::LONGEST;
use crate::{
    reports::{ChangeError, lifecycle::Need},
    store::StoreError,
};

#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    #[error(transparent)]
    Change(ChangeError),
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangeError> for WorkError {
    fn from(err: ChangeError) -> Self {
        match err {
            ChangeError::Store(err) => Self::Store(err),
            err => Self::Change(err),
        }
    }
}

/// What was asked for cannot be, each with the word that a page tells it apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("at most {LONGEST} characters")]
    LongWords,
    #[error("say what was done: who reads it was not there")]
    EmptyWords,
    #[error("say something")]
    NothingSaid,
    #[error("this is none of the reasons that there are")]
    NoSuchReason,
    #[error("the day is over already")]
    DatePast,
    #[error("the day is more than a year away")]
    DateFar,
    #[error("write the authority's phone with its digits")]
    AuthorityPhone,
    #[error("the catalogue has no such department")]
    NoDepartment,
    #[error("this photo is not here any more, or was shown already: take it again")]
    NoEvidence,
    #[error("this person does not work on reports, or not for that department")]
    NotTheirs,
    #[error("a report that is closed has nobody who attends it")]
    Closed,
    #[error("the report was added to another: take them apart first")]
    Added,
    #[error("the report was not added to another")]
    NotAdded,
    #[error("there is no report with this folio that you may see")]
    NoParent,
    #[error("the other report was added to a third: add it to that one")]
    ParentAdded,
    #[error("the other report is closed")]
    ParentClosed,
    #[error("others were added to this report: take them apart first, or add the other one to this")]
    HasAdded,
    #[error("a private report is added to no other, and none to it")]
    PrivateApart,
    #[error("an incident is at least two reports of one group")]
    NoIncident,
    #[error("the file is empty")]
    EmptyFile,
    #[error("the file is no JPEG, PNG or WebP picture")]
    NotAPicture,
    #[error("the picture is damaged")]
    DamagedPicture,
    #[error("the picture has too many pixels")]
    HugePicture,
    #[error("the file is too large")]
    LargeFile,
    #[error("this report has no such photo")]
    NoPhoto,
    #[error("choose at least one report, and at most 60")]
    RouteLength,
    #[error("more than 20,000 reports: narrow the filter")]
    TooManyRows,
}

impl Refusal {
    /// What a page tells apart.
    pub fn code(self) -> &'static str {
        match self {
            Self::LongWords => "report_words_long",
            Self::EmptyWords => "empty_words",
            Self::NothingSaid => "nothing_said",
            Self::NoSuchReason => "no_such_reason",
            Self::DatePast => "date_past",
            Self::DateFar => "date_far",
            Self::AuthorityPhone => "authority_phone",
            Self::NoDepartment => "no_department",
            Self::NoEvidence => "no_evidence",
            Self::NotTheirs => "not_theirs",
            Self::Closed => "report_closed",
            Self::Added => "report_added",
            Self::NotAdded => "not_added",
            Self::NoParent => "no_parent",
            Self::ParentAdded => "parent_added",
            Self::ParentClosed => "parent_closed",
            Self::HasAdded => "has_added",
            Self::PrivateApart => "private_apart",
            Self::NoIncident => "no_incident",
            Self::EmptyFile => "file_empty",
            Self::NotAPicture => "not_a_picture",
            Self::DamagedPicture => "damaged_picture",
            Self::HugePicture => "huge_picture",
            Self::LargeFile => "file_too_large",
            Self::NoPhoto => "no_photo",
            Self::RouteLength => "route_length",
            Self::TooManyRows => "too_many_rows",
        }
    }
}

/// The word for what a move lacks.
pub fn code_of(need: Need) -> &'static str {
    match need {
        Need::PublicText => "needs_public_text",
        Need::Evidence => "needs_evidence",
        Need::Date => "needs_date",
        Need::Authority => "needs_authority",
        Need::Department => "needs_department",
        Need::Reason => "needs_reason",
        Need::Said => "needs_said",
        Need::Parent => "needs_parent",
    }
}
