//! How many questions a text asks, templates and all.

/// Counts the sentences that end in a question mark. Of the branches of an `{% if %}` only one is said: the one that
/// asks most counts.
pub(super) fn count(words: &str) -> usize {
    // For each `{% if %}` that is open: the most of the branches before, and the branch at hand.
    let mut open = vec![(0, 0)];
    let mut pieces = words.split("{%");
    add(&mut open, pieces.next().unwrap_or_default());
    for piece in pieces {
        let (tag, text) = piece.split_once("%}").unwrap_or((piece, ""));
        match tag.trim_matches(['-', ' ']).split(' ').next().unwrap_or_default() {
            "if" => open.push((0, 0)),
            "elif" | "else" => next_branch(&mut open),
            "endif" => close(&mut open),
            _ => {}
        }
        add(&mut open, text);
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.first().map_or(0, |(most, now)| *most.max(now))
}

fn add(open: &mut [(usize, usize)], text: &str) {
    if let Some((_, now)) = open.last_mut() {
        *now += sentences(text);
    }
}

fn next_branch(open: &mut [(usize, usize)]) {
    if let Some((most, now)) = open.last_mut() {
        *most = *most.max(now);
        *now = 0;
    }
}

fn close(open: &mut Vec<(usize, usize)>) {
    if open.len() > 1
        && let Some((most, now)) = open.pop()
        && let Some((_, outer)) = open.last_mut()
    {
        *outer += most.max(now);
    }
}

/// What is inside `{{ }}` is no sentence.
fn sentences(text: &str) -> usize {
    let (mut depth, mut last, mut count) = (0_u32, ' ', 0);
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '?' if depth == 0 && last != '?' => count += 1,
            _ => {}
        }
        last = c;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn only_what_can_be_said_together_is_counted() {
        for (text, questions) in [
            ("Hola.", 0),
            ("¿Qué??", 1),
            ("¿A? ¿B?", 2),
            ("{{ '¿A?' if b else '¿C?' }} ¿D?", 1),
            ("{% if a %}¿A?{% else %}¿B?{% endif %}", 1),
            ("{% if a %}¿A?{% elif b %}¿B? ¿C?{% else %}Hola.{% endif %}", 2),
            ("{%- if a -%}¿A?{%- endif -%} ¿B?", 2),
            ("{% if a %}{% if b %}¿A?{% else %}¿B?{% endif %}{% else %}¿C?{% endif %} Gracias.", 1),
            ("{% if a %}¿A?{% endif %}{% if b %}¿B?{% endif %}", 2),
            ("{% if a %}¿A?", 1),
            ("{% endif %}{% else %}¿A?{% if", 1),
        ] {
            assert_eq!(count(text), questions, "{text}");
        }
    }
}
