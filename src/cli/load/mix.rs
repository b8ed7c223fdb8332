//! What the simulated people say.

use std::{fs, path::Path};

use anyhow::{Context as _, ensure};
use serde::Deserialize;

const BUILT_IN: &str = include_str!("../../../tests/load/mix.yaml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mix {
    pub version: u32,
    pub talks: Vec<Talk>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Talk {
    pub name: String,
    pub weight: u32,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Line {
    Text(String),
    Press {
        press: usize,
    },
    /// Latitude, longitude.
    Pin {
        pin: (f64, f64),
    },
}

impl Mix {
    pub fn read(file: Option<&Path>, free_text: bool) -> anyhow::Result<Self> {
        let text = match file {
            Some(file) => {
                fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?
            }
            None => BUILT_IN.to_owned(),
        };
        let mut mix: Self = serde_saphyr::from_str(&text).context("the mix")?;
        if free_text {
            mix.keep_first_words();
        }
        ensure!(
            mix.talks.iter().any(|talk| talk.weight > 0 && !talk.lines.is_empty()),
            "the mix holds no talk"
        );
        Ok(mix)
    }

    /// Of each talk the opening, then "cancelar": every message is free text.
    fn keep_first_words(&mut self) {
        for talk in &mut self.talks {
            talk.lines.retain(|line| matches!(line, Line::Text(text) if text.contains(' ')));
            talk.lines.truncate(1);
            talk.lines.push(Line::Text("mejor cancela todo".to_owned()));
        }
    }

    /// The talk at a point between 0 and the sum of the weights.
    pub fn choose(&self, point: u32) -> &Talk {
        let mut left = point % self.talks.iter().map(|talk| talk.weight).sum::<u32>().max(1);
        for talk in &self.talks {
            if left < talk.weight {
                return talk;
            }
            left -= talk.weight;
        }
        &self.talks[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mix_that_is_compiled_in_can_be_read() {
        let mix = Mix::read(None, false).unwrap();
        assert!(mix.talks.len() >= 4);
        let all: u32 = mix.talks.iter().map(|talk| talk.weight).sum();
        assert_eq!(mix.choose(0).name, mix.choose(all).name);
    }
}
