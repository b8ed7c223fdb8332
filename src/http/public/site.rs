//! What all public pages share: texts, templates, their frame, and what browsers are told about them.

use std::{fmt::Write as _, sync::Arc};

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use minijinja::{
    AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value, context, escape_formatter,
    syntax::SyntaxConfig,
    value::{Kwargs, Serde},
};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tracing::error;
use ventanilla_values::Lang;

use super::wanted::{Wanted, address};
use crate::{
    app::App, catalogue::Catalogue, http::ApiError, reports::figures::LatestFigures, store::StoreError,
};

/// The colours of all pages, and what is only here.
pub(super) const STYLE: &str =
    concat!(include_str!("../../../web/src/ui/tokens.css"), include_str!("templates/public.css"));
const ES: &str = include_str!("text/es.json");
const EN: &str = include_str!("text/en.json");
const TEMPLATES: [(&str, &str); 9] = [
    ("frame.html", include_str!("templates/frame.html")),
    ("parts.html", include_str!("templates/parts.html")),
    ("list.html", include_str!("templates/list.html")),
    ("map.html", include_str!("templates/map.html")),
    ("report.html", include_str!("templates/report.html")),
    ("folio.html", include_str!("templates/folio.html")),
    ("figures.html", include_str!("templates/figures.html")),
    ("data.html", include_str!("templates/data.html")),
    ("message.html", include_str!("templates/message.html")),
];
/// Characters of a description in a list.
const EXCERPT: usize = 180;
/// Downloads of all data at a time: each reads the whole table.
const DOWNLOADS: usize = 4;
/// No script at all, and nothing from elsewhere.
const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";
/// What changes when somebody of the town hides something: a minute later it is gone everywhere.
const CACHE: &str = "public, max-age=30";

pub(super) struct Site {
    pub app: Arc<App>,
    pub figures: Arc<LatestFigures>,
    pub downloads: Arc<Semaphore>,
    /// Address of the stylesheet: another one when it changes.
    pub style: String,
    pages: Environment<'static>,
    texts: [(Lang, Value); 2],
}

impl Site {
    pub fn new(app: Arc<App>) -> Self {
        let hash = hex::encode(Sha256::digest(STYLE));
        let texts = [(Lang::ES, ES), (Lang::EN, EN)].map(|(lang, text)| {
            let read: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            (lang, Value::from(Serde(read)))
        });
        Self {
            app,
            figures: Arc::default(),
            downloads: Arc::new(Semaphore::new(DOWNLOADS)),
            style: format!("/reportes/estilo-{}.css", hash.chars().take(12).collect::<String>()),
            pages: templates(),
            texts,
        }
    }

    pub fn catalogue(&self) -> &Catalogue {
        &self.app.contents.active.catalogue
    }

    pub fn texts(&self, lang: Lang) -> Value {
        let known = self.texts.iter().find(|(one, _)| *one == lang).or(self.texts.first());
        known.map(|(_, texts)| texts.clone()).unwrap_or_default()
    }

    /// One text: `text(lang, "list", "title")`.
    pub fn text(&self, lang: Lang, group: &str, key: &str) -> String {
        let text = self.texts(lang).get_attr(group).and_then(|group| group.get_attr(key));
        text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// A page. `path` is its own address, without what stands behind the '?'.
    pub fn page(&self, name: &str, path: &str, wanted: &Wanted, said: Value) -> Response {
        self.page_with(StatusCode::OK, name, path, wanted, said)
    }

    pub fn page_with(
        &self,
        status: StatusCode,
        name: &str,
        path: &str,
        wanted: &Wanted,
        said: Value,
    ) -> Response {
        let frame = self.frame(path, wanted);
        let drawn = self.pages.get_template(name).and_then(|page| page.render(context! { ..said, ..frame }));
        match drawn {
            Ok(html) => {
                let cache = if status.is_success() { CACHE } else { "no-store" };
                let headers = [(header::CACHE_CONTROL, cache), (header::CONTENT_SECURITY_POLICY, POLICY)];
                (status, headers, [(referrer(), "strict-origin")], Html(html)).into_response()
            }
            Err(err) => {
                error!("the public page {name} cannot be drawn: {err:#}");
                ApiError::Unavailable.into_response()
            }
        }
    }

    fn frame(&self, path: &str, wanted: &Wanted) -> Value {
        let (lang, town) = (wanted.lang, self.catalogue().town());
        let other = if lang == Lang::ES { Lang::EN } else { Lang::ES };
        let link = |path: &str| address(path, &[], lang);
        context! {
            t => self.texts(lang),
            lang => lang.as_str(),
            other => context! { lang => other.as_str(), url => address(path, &wanted.asked(), other) },
            style => self.style.as_str(),
            canonical => format!("{}{}", self.app.config.server.public_url, link(path)),
            path => path,
            urls => context! {
                home => "/",
                list => link("/reportes"),
                map => link("/reportes/mapa"),
                figures => link("/reportes/cifras"),
                data => link("/datos"),
                folio => link("/folio"),
            },
            town => context! {
                name => town.name.as_str(),
                government => town.government.as_str(),
                web => town.web.as_str(),
                privacy => town.privacy.as_ref().map(|privacy| privacy.notice.as_str()),
                folio => format!("{}-0000-0000", town.folio_prefix),
            },
        }
    }

    /// A page that says that something is not there, or cannot be.
    pub fn message(&self, status: StatusCode, path: &str, wanted: &Wanted, key: &str) -> Response {
        self.page_with(status, "message.html", path, wanted, context! { key => key })
    }

    /// The database failed: said on a page too.
    pub fn failed(&self, path: &str, wanted: &Wanted, err: &StoreError) -> Response {
        error!("a public page could not be served: {err}");
        let mut response = self.message(StatusCode::SERVICE_UNAVAILABLE, path, wanted, "unavailable");
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
        response
    }
}

/// WhatsApp and the town's page learn from which site somebody comes, not from which report.
fn referrer() -> HeaderName {
    header::REFERRER_POLICY
}

fn templates() -> Environment<'static> {
    let mut pages = Environment::new();
    pages.set_undefined_behavior(UndefinedBehavior::Strict);
    // The page is as long as what it says.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        pages.set_syntax(syntax);
    }
    pages.set_formatter(escaped);
    pages.add_filter("fill", fill);
    pages.add_filter("grouped", grouped);
    pages.add_filter("excerpt", excerpt);
    for (name, source) in TEMPLATES {
        if let Err(err) = pages.add_template(name, source) {
            error!("the template {name} cannot be read: {err:#}");
        }
    }
    pages
}

/// Texts for HTML. Addresses stay as they are: minijinja by itself would escape every slash.
fn escaped(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let html = matches!(state.auto_escape(), AutoEscape::Html);
    let Some(text) = value.as_str().filter(|_| html && !value.is_safe()) else {
        return escape_formatter(out, state, value);
    };
    for letter in text.chars() {
        match letter {
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '&' => out.write_str("&amp;"),
            '"' => out.write_str("&quot;"),
            '\'' => out.write_str("&#39;"),
            other => out.write_char(other),
        }?;
    }
    Ok(())
}

/// `{{ "Hay {n}" | fill(n=3) }}` → "Hay 3"
fn fill(text: &str, values: Kwargs) -> Result<String, Error> {
    let mut filled = text.to_owned();
    for name in values.args().map(str::to_owned).collect::<Vec<_>>() {
        let value: Value = values.get(&name)?;
        filled = filled.replace(&format!("{{{name}}}"), &value.to_string());
    }
    values.assert_all_used()?;
    Ok(filled)
}

/// 1234567 → "1,234,567", as Mexico and English write it.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { "-".to_owned() } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The beginning of a text, up to a whole word.
fn excerpt(text: &str) -> String {
    if text.chars().count() <= EXCERPT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(EXCERPT).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(value: &serde_json::Value, before: &str, all: &mut Vec<String>) {
        match value.as_object() {
            Some(entries) => {
                entries.iter().for_each(|(key, value)| keys(value, &format!("{before}.{key}"), all));
            }
            None => all.push(before.to_owned()),
        }
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let [es, en] = [ES, EN].map(|text| {
            let mut all = Vec::new();
            keys(&serde_json::from_str(text).unwrap(), "", &mut all);
            all
        });
        assert_eq!(es, en);
    }

    #[test]
    fn every_template_can_be_read() {
        assert_eq!(templates().templates().count(), TEMPLATES.len());
    }

    #[test]
    fn numbers_and_long_texts_are_written_to_be_read() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        let long = "año ".repeat(80);
        let short = excerpt(&long);
        assert!(short.ends_with("año…") && short.chars().count() <= EXCERPT + 1, "{short}");
        assert_eq!(excerpt("corto"), "corto");
    }

    #[test]
    fn places_in_a_text_are_filled() {
        let mut pages = templates();
        pages.add_template("x", "{{ 'Son {n} de {all}' | fill(n=1, all='<2>') }}").unwrap();
        assert_eq!(pages.get_template("x").unwrap().render(context! {}).unwrap(), "Son 1 de <2>");
    }
}
