//! Words without case, accents and marks, and whether two are the same but for a slip. For names of places and of services.

/// "¿Av. Juárez #12?" -> `["av", "juarez", "#", "12"]`
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            '#' => words.extend(["#".to_owned(), String::new()]),
            c if c.is_alphanumeric() => {
                if let Some(word) = words.last_mut() {
                    word.push(c);
                }
            }
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'ä' | 'â' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        'º' | 'ª' => ' ',
        other => other,
    }
}

/// The same word but for one slip from five letters on, two from nine on.
pub(crate) fn close(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let length = one.chars().count().min(other.chars().count());
    let slips = match length {
        0..=4 => return false,
        5..=8 => 1,
        _ => 2,
    };
    distance(one, other) <= slips
}

/// Letters to add, drop, change or swap with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let width = b.len() + 1;
    let mut cells: Vec<usize> = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let at = i * width + j;
            cells[at] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = usize::from(a[i - 1] != b[j - 1]);
                let mut best =
                    (cells[at - width] + 1).min(cells[at - 1] + 1).min(cells[at - width - 1] + change);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(cells[at - 2 * width - 2] + 1);
                }
                best
            };
        }
    }
    cells.last().copied().unwrap_or_default()
}
