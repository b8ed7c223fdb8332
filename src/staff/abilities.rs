//! What the desk knows of somebody who attends chats: the languages that they answer in, what they know about, and
//! whether somebody reads their answers first.

use serde::{Deserialize, Serialize};
use ventanilla_values::Lang;

use super::StaffError;

/// Letters that a skill may have.
const LONGEST_SKILL: usize = 40;
/// Skills that somebody may have.
const SKILLS: usize = 20;

/// Kept with the account; what an older version did not write is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Abilities {
    /// Empty: those of the town.
    pub languages: Vec<Lang>,
    /// Free words, as `do: hand_over` names them: "predial", "maya".
    pub skills: Vec<String>,
    /// What they write awaits the approval of a supervisor.
    pub supervised: bool,
}

impl Abilities {
    /// The same in small letters, in order and without repeating.
    ///
    /// # Errors
    /// [`StaffError::NoSkill`] for one that is empty or too long, or when they are too many.
    pub fn tidy(mut self) -> Result<Self, StaffError> {
        self.languages.sort_unstable_by_key(ToString::to_string);
        self.languages.dedup();
        let words = |skill: &String| skill.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let mut skills: Vec<String> = self.skills.iter().map(words).collect();
        skills.sort_unstable();
        skills.dedup();
        let fits = |skill: &String| (1..=LONGEST_SKILL).contains(&skill.chars().count());
        if skills.len() > SKILLS || !skills.iter().all(fits) {
            return Err(StaffError::NoSkill);
        }
        Ok(Self { skills, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(skills: &[&str]) -> Result<Vec<String>, StaffError> {
        let skills = skills.iter().map(|&skill| skill.to_owned()).collect();
        Ok(Abilities { skills, ..Abilities::default() }.tidy()?.skills)
    }

    #[test]
    fn skills_are_words_in_order() {
        assert_eq!(with(&["Predial ", "maya", "predial"]).unwrap(), ["maya", "predial"]);
        assert!(with(&[" "]).is_err());
        assert!(with(&[&"ñ".repeat(41)]).is_err());
        let many: Vec<String> = (0..21).map(|n| format!("tema {n}")).collect();
        assert!(with(&many.iter().map(String::as_str).collect::<Vec<_>>()).is_err());
    }
}
