//! Text -> tree. What YAML itself forbids ends here, with its line.

use serde_saphyr::{DuplicateKeyPolicy, Options};

use super::{Mistake, Node};

/// Reads one YAML document. `no`, `on`, `sí` are words, as YAML 1.2 has it: only `true` and `false` are booleans.
pub(crate) fn parse(text: &str) -> Result<Node, Mistake> {
    serde_saphyr::from_str_with_options(text, options()).map_err(|error| explain(&error))
}

fn options() -> Options {
    serde_saphyr::options! {
        // Repeated keys are reported by `decode`, beside the other mistakes of the file.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    }
}

fn explain(error: &serde_saphyr::Error) -> Mistake {
    let line = error.location().map_or(0, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
    Mistake {
        line,
        message: format!("this is not YAML: {}", error.without_snippet()),
        hint: "look at this line and the one above: spaces at the beginning (never tabs), a missing quote, or a text \
               with ': ' or '#' that needs \"quotes\""
            .to_owned(),
    }
}
