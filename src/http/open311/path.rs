//! What a path of Open311 asks for, and in which format: the end of the path says it.

use percent_encoding::percent_decode_str;

use super::answer::Format;
use crate::open311::Fault;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    Discovery,
    Services,
    Service(String),
    Requests,
    Request(String),
    Token(String),
    Updates,
}

impl Route {
    pub(super) fn takes_posts(&self) -> bool {
        matches!(self, Self::Requests | Self::Updates)
    }

    fn read(segments: &[&str]) -> Option<Self> {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        match segments {
            ["discovery"] => Some(Self::Discovery),
            ["v2", "discovery"] => Some(Self::Discovery),
            ["v2", "services"] => Some(Self::Services),
            ["v2", "services", code] => Some(Self::Service(decoded(code))),
            ["v2", "requests"] => Some(Self::Requests),
            ["v2", "requests", id] => Some(Self::Request(decoded(id))),
            ["v2", "tokens", token] => Some(Self::Token(decoded(token))),
            ["v2", "servicerequestupdates"] => Some(Self::Updates),
            _ => None,
        }
    }
}

/// A path that was read. Where its format is unknown, mistakes are told in XML, which everybody speaks.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) format: Format,
    pub(super) route: Result<Route, Fault>,
}

impl Asked {
    pub(super) fn read(path: &str) -> Self {
        let rest = path.strip_prefix("/open311").unwrap_or_default().trim_start_matches('/');
        let (stem, suffix) = rest.rsplit_once('.').unwrap_or((rest, ""));
        let segments: Vec<&str> = stem.split('/').collect();
        let route = Route::read(&segments).ok_or_else(|| {
            Fault::unknown("No hay nada en esta dirección. Empieza por /open311/discovery.xml.")
        });
        let format = match suffix {
            "xml" => Some(Format::Xml),
            "json" => Some(Format::Json),
            _ => None,
        };
        let route = match (route, format, suffix) {
            (route, Some(_), _) => route,
            (_, None, "") => Err(Fault::unknown("La dirección debe terminar en .xml o .json.")),
            (Ok(_), None, _) => Err(Fault::of(406, "Ese formato no existe: usa .xml o .json.")),
            (Err(fault), None, _) => Err(fault),
        };
        Self { format: format.unwrap_or(Format::Xml), route }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_and_how() {
        for (path, format, route) in [
            ("/open311/discovery.json", Format::Json, Route::Discovery),
            ("/open311/v2/services.xml", Format::Xml, Route::Services),
            ("/open311/v2/services/pothole.xml", Format::Xml, Route::Service("pothole".to_owned())),
            ("/open311/v2/requests/PC-1%20a.json", Format::Json, Route::Request("PC-1 a".to_owned())),
        ] {
            let asked = Asked::read(path);
            assert_eq!((asked.format, asked.route.unwrap()), (format, route), "{path}");
        }
    }

    #[test]
    fn what_is_not_there_is_told() {
        for (path, status) in [
            ("/open311", 404),
            ("/open311/", 404),
            ("/open311/v2/services", 404),
            ("/open311/v2/services.yaml", 406),
            ("/open311/v2/nothing.xml", 404),
            ("/open311/v1/services.xml", 404),
            ("/open311/v2/services/a/b.xml", 404),
        ] {
            assert_eq!(Asked::read(path).route.unwrap_err().status, status, "{path}");
        }
    }
}
