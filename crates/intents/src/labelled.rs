//! A text whose intent is known: for evaluation, and to train on data that is not in `intents/`.

use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labelled {
    pub text: String,
    pub intent: String,
}

impl Labelled {
    pub fn new(text: impl Into<String>, intent: impl Into<String>) -> Self {
        Self { text: text.into(), intent: intent.into() }
    }
}

/// Without the text: it may be a citizen's.
impl fmt::Debug for Labelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Labelled").field("intent", &self.intent).finish_non_exhaustive()
    }
}

/// JSON lines `{"text": "…", "intent": "…"}`; empty lines are skipped, and so is the mark (BOM) that Windows puts before
/// UTF-8. The error names the line, from 1.
pub fn read_jsonl(lines: &str) -> Result<Vec<Labelled>, String> {
    let lines = lines.strip_prefix('\u{feff}').unwrap_or(lines);
    let numbered = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(i, line)| {
            serde_json::from_str(line).map_err(|e| {
                format!(
                    "line {}: {e}; write one object a line: {{\"text\": \"…\", \"intent\": \"…\"}}",
                    i + 1
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_labelled_texts_and_a_bad_line_is_named() {
        let read = read_jsonl("{\"text\":\"bache\",\"intent\":\"report.pothole\"}\n\n").unwrap();
        assert_eq!(read, [Labelled::new("bache", "report.pothole")]);
        let error = read_jsonl("{\"text\":\"a\",\"intent\":\"b\"}\n{\"text\":1}").unwrap_err();
        assert!(error.starts_with("line 2: "), "{error}");
    }

    #[test]
    fn a_file_from_windows_is_read() {
        let read = read_jsonl("\u{feff}{\"text\":\"bache\",\"intent\":\"report.pothole\"}\r\n\r\n").unwrap();
        assert_eq!(read, [Labelled::new("bache", "report.pothole")]);
    }

    #[test]
    fn debug_never_shows_the_text() {
        assert!(!format!("{:?}", Labelled::new("secreto", "none")).contains("secreto"));
    }
}
