//! One language's signs, as its file tells them.

use serde::Deserialize;
use ventanilla_values::Lang;

/// `language.yaml` of a language pack.
///
/// ```yaml
/// spec: 1
/// lang: yua
/// words: ma'alob bix a beel      # words that tell this language, parted by spaces
/// exact: ja' ma'                 # words that count only with their accents and apostrophes
/// shapes: ["k'", áa]             # letters that hardly any other language puts together
/// ```
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    pub spec: u32,
    pub lang: Lang,
    pub words: String,
    #[serde(default)]
    pub exact: String,
    #[serde(default)]
    pub shapes: Vec<String>,
}

impl Pack {
    pub(super) fn read(yaml: &str) -> Result<Self, String> {
        let pack: Self = serde_saphyr::from_str(yaml).map_err(|e| e.to_string())?;
        if pack.spec != 1 {
            return Err(format!("spec: {} is not known; write spec: 1", pack.spec));
        }
        Ok(pack)
    }
}
