//! The pages for everybody.

use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Public {
    pub tiles: String,
    pub tiles_by: String,
    pub licence: String,
    pub licence_url: String,
}

impl Public {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        if !self.tiles.is_empty() && self.tiles_origin().is_none() {
            wrong.push(format!(
                "public.tiles: '{}' must be https://, a host, and a path with {{z}}, {{x}} and {{y}}",
                self.tiles
            ));
        }
        if self.licence.trim().is_empty() {
            wrong.push(
                "public.licence: say which one it is: without a licence nobody may use the data".to_owned(),
            );
        }
        if !self.licence_url.is_empty() && !self.licence_url.starts_with("https://") {
            wrong.push(format!("public.licence_url: '{}' must begin with https://", self.licence_url));
        }
    }

    /// `https://host` of the tiles: what a page with the map may load from. `None` where there are none.
    pub fn tiles_origin(&self) -> Option<&str> {
        let after =
            self.tiles.strip_prefix("https://").or_else(|| self.tiles.strip_prefix("http://127.0.0.1"))?;
        let placed = ["{z}", "{x}", "{y}"].iter().all(|place| after.contains(place));
        let (host, _) = after.split_once('/')?;
        let fits = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b':')
        };
        let origin = self.tiles.get(..self.tiles.len() - after.len() + host.len())?;
        let local = origin.starts_with("http://");
        (placed && (local || !host.is_empty()) && host.bytes().all(fits)).then_some(origin)
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn origin(tiles: &str) -> Option<String> {
        let config = Config::from_toml(&format!("[public]\ntiles = '{tiles}'")).ok()?;
        config.public.tiles_origin().map(str::to_owned)
    }

    #[test]
    fn only_the_server_of_the_tiles_is_let_in() {
        assert_eq!(origin("https://tiles.a.mx/{z}/{x}/{y}.png?key=1").as_deref(), Some("https://tiles.a.mx"));
        assert_eq!(origin("http://127.0.0.1:9/{z}/{x}/{y}.png").as_deref(), Some("http://127.0.0.1:9"));
        for wrong in [
            "http://tiles.a.mx/{z}/{x}/{y}.png",
            "https://tiles.a.mx/tiles.png",
            "https://a.mx; script-src *//{z}{x}{y}",
            "https:///{z}/{x}/{y}",
        ] {
            assert_eq!(origin(wrong), None, "{wrong}");
        }
        let said = Config::from_toml("[public]\ntiles = 'x'\nlicence = ''").unwrap_err().to_string();
        assert!(said.contains("public.tiles") && said.contains("public.licence"), "{said}");
    }
}
