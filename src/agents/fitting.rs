//! Who is fit for a chat: by the languages that somebody answers in and what they know about. Pure.

use ventanilla_adapters::Channel;
use ventanilla_values::{Lang, matching};

use crate::{staff::Member, store::staff::StaffRow};

/// Somebody who attends chats, and what they can.
#[derive(Debug, Clone)]
pub(super) struct Able {
    pub member: Member,
    pub languages: Vec<Lang>,
    pub skills: Vec<String>,
}

impl Able {
    /// Who names no language answers in those of the town.
    pub fn of(row: &StaffRow, town: &[Lang]) -> Self {
        let own = &row.abilities.languages;
        let languages = if own.is_empty() { town.to_vec() } else { own.clone() };
        Self { member: Member::of(row), languages, skills: row.abilities.skills.clone() }
    }
}

/// What a chat asks of who attends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    pub lang: Option<Lang>,
    /// In the flow's words.
    pub skill: Option<String>,
    /// Where they talk.
    pub channel: Option<Channel>,
    /// It can still wait for who has it.
    pub patient: bool,
}

impl Wish {
    /// Whether somebody has all of it.
    pub fn is_met_by(&self, able: &Able) -> bool {
        let speaks = self.lang.is_none_or(|lang| able.languages.contains(&lang));
        let same = |wanted: &str, skill: &str| matching(wanted.trim()) == matching(skill);
        let skill = self.skill.as_deref();
        speaks && skill.is_none_or(|wanted| able.skills.iter().any(|skill| same(wanted, skill)))
    }

    /// As much of it as one of them has: what nobody has is asked of nobody. What the citizen understands comes before
    /// what somebody knows about.
    pub fn as_somebody_has(&self, everybody: &[&Able]) -> Self {
        let less = |lang: Option<Lang>, skill: Option<&String>| Self {
            lang,
            skill: skill.cloned(),
            channel: self.channel,
            patient: self.patient,
        };
        let asked = [self.clone(), less(self.lang, None), less(None, self.skill.as_ref())];
        let met = asked.into_iter().find(|wish| everybody.iter().any(|able| wish.is_met_by(able)));
        met.unwrap_or_else(|| less(None, None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::Role;
    use uuid::Uuid;

    fn able(languages: &[Lang], skills: &[&str]) -> Able {
        let skills = skills.iter().map(|&one| one.to_owned()).collect();
        let member = Member {
            id: Uuid::nil(),
            name: String::new(),
            roles: vec![Role::Agent],
            departments: Vec::new(),
        };
        Able { member, languages: languages.to_vec(), skills }
    }

    #[test]
    fn what_nobody_has_is_asked_of_nobody() {
        let wish =
            Wish { lang: Some(Lang::YUA), skill: Some("predial".to_owned()), channel: None, patient: true };
        let (maya, tax) = (able(&[Lang::YUA], &[]), able(&[Lang::ES], &["Predial"]));
        let asked = |everybody: &[&Able]| {
            let asked = wish.as_somebody_has(everybody);
            (asked.lang, asked.skill)
        };
        assert_eq!(asked(&[&maya, &tax]), (Some(Lang::YUA), None), "to be understood comes first");
        assert_eq!(asked(&[&tax]), (None, Some("predial".to_owned())));
        assert_eq!(asked(&[&able(&[Lang::ES], &[])]), (None, None));
        let both = able(&[Lang::YUA], &["predial"]);
        assert_eq!(asked(&[&maya, &both]), (wish.lang, wish.skill.clone()));
    }
}
