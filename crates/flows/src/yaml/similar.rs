//! "Did you mean …?" for names that people mistype.

use ventanilla_values::{close, matching};

/// A hint that offers the nearest of the known names, or lists them.
pub(crate) fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let folded = matching(wrong);
    match known.iter().find(|name| is_near(&folded, &matching(name))) {
        Some(name) => format!("did you mean '{name}'?"),
        None if known.is_empty() => "remove it".to_owned(),
        None => format!("use one of: {}", one_of(known)),
    }
}

/// `a, b, c`
pub(crate) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn is_near(wrong: &str, name: &str) -> bool {
    close(wrong, name)
        || same_letters(wrong, name)
        || (wrong.chars().count() > 2 && (name.starts_with(wrong) || wrong.starts_with(name)))
}

/// `sya` and `say`: short words too are mistyped.
fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}
