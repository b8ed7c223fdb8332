//! `application/x-www-form-urlencoded`, both ways. Order is kept, since the documents show one and diffs read better.

use std::borrow::Cow;

/// Decoded pairs in the order they are sent.
pub(super) type Form = Vec<(Cow<'static, str>, String)>;

/// Pairs whose names are known when compiling.
pub(super) fn form<const N: usize>(pairs: [(&'static str, &str); N]) -> Form {
    pairs.into_iter().map(|(name, value)| (Cow::Borrowed(name), value.to_owned())).collect()
}

pub(super) fn encode(form: &Form) -> String {
    let mut encoder = form_urlencoded::Serializer::new(String::new());
    encoder.extend_pairs(form).finish()
}

pub(super) fn decode(bytes: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(bytes).into_owned().collect()
}
