//! What an answer means where it may mean several things. A reader that cannot know does not guess: it gives what is
//! possible, and the dialogue asks.

/// One meaning, or a few that the person has to choose from.
#[derive(Clone, PartialEq, Eq)]
pub enum Reading<T> {
    One(T),
    /// Two or three, the likelier first.
    Either(Vec<T>),
}

/// The person is asked among so many at most.
const MOST: usize = 3;

impl<T: PartialEq> Reading<T> {
    /// Of what is possible. `None` for nothing, and for more than anybody wants to choose from.
    pub(crate) fn among(possible: impl IntoIterator<Item = T>) -> Option<Self> {
        let mut found: Vec<T> = Vec::new();
        for one in possible {
            if !found.contains(&one) {
                found.push(one);
            }
        }
        match found.len() {
            1 => found.pop().map(Self::One),
            2..=MOST => Some(Self::Either(found)),
            _ => None,
        }
    }

    pub fn map<U>(self, made: impl Fn(T) -> U) -> Reading<U> {
        match self {
            Self::One(one) => Reading::One(made(one)),
            Self::Either(several) => Reading::Either(several.into_iter().map(made).collect()),
        }
    }

    /// What is certain.
    pub fn one(self) -> Option<T> {
        match self {
            Self::One(one) => Some(one),
            Self::Either(_) => None,
        }
    }
}

/// Without what was read: it may be somebody's age.
impl<T> std::fmt::Debug for Reading<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::One(_) => f.write_str("One(…)"),
            Self::Either(several) => write!(f, "Either({})", several.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_twice_is_one_and_too_many_are_none() {
        assert!(Reading::among([4, 4]) == Some(Reading::One(4)));
        assert!(Reading::among([4, 16, 4]) == Some(Reading::Either(vec![4, 16])));
        assert!(Reading::among([1, 2, 3, 4]).is_none() && Reading::<u8>::among([]).is_none());
        assert_eq!(format!("{:?}", Reading::One("Ana")), "One(…)");
    }
}
