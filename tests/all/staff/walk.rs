//! Every route against every role: whoever lacks the permission that a route declares is refused, and nobody else.

use reqwest::Method;
use serde_json::{Value, json};
use ventanilla::{
    http::openapi_document,
    staff::{Permission, Role},
};

use crate::support::{TestApp, staff::Desk};

/// A route, as the description of the API tells it.
struct Route {
    method: Method,
    /// Behind `/api/v1`, with ids of nothing.
    path: String,
    /// The alternatives: name of a scheme and its scopes.
    security: Vec<(String, Vec<String>)>,
}

fn routes() -> Vec<Route> {
    let document = serde_json::to_value(openapi_document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().iter().map(move |(method, operation)| (path, method, operation))
    });
    operations.map(|(path, method, operation)| route(path, method, operation)).collect()
}

fn route(path: &str, method: &str, operation: &Value) -> Route {
    let Some(alternatives) = operation["security"].as_array() else {
        panic!("{method} {path} declares no security")
    };
    let security = alternatives.iter().flat_map(|alternative| alternative.as_object().unwrap());
    let scopes = |list: &Value| serde_json::from_value::<Vec<String>>(list.clone()).unwrap();
    Route {
        method: method.to_uppercase().parse().unwrap(),
        path: filled(path.strip_prefix("/api/v1").unwrap()),
        security: security.map(|(name, list)| (name.clone(), scopes(list))).collect(),
    }
}

/// Ids that nothing has.
fn filled(path: &str) -> String {
    let part = |part: &str| match part.starts_with('{') {
        true => "01990000-0000-7000-8000-000000000000".to_owned(),
        false => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

impl Route {
    fn is_public(&self) -> bool {
        self.security.is_empty()
    }

    /// The permission that somebody with a session needs; `Some("")` where being signed in is enough.
    fn needed(&self) -> Option<&str> {
        let session = self.security.iter().find(|(name, _)| name == "session");
        session.map(|(_, scopes)| scopes.first().map_or("", String::as_str))
    }

    async fn asked_by(&self, desk: &Desk<'_>) -> u16 {
        let request = desk.request(self.method.clone(), &self.path).json(&json!({}));
        request.send().await.unwrap().status().as_u16()
    }
}

#[test]
fn every_route_declares_who_may_use_it() {
    let known: Vec<&str> = Permission::ALL.map(Permission::as_str).to_vec();
    for route in routes() {
        let scopes = route.security.iter().flat_map(|(_, scopes)| scopes);
        for scope in scopes {
            assert!(known.contains(&scope.as_str()), "{} {}: {scope}", route.method, route.path);
        }
    }
}

#[tokio::test]
async fn nobody_gets_in_without_a_session() {
    let app = TestApp::new().await;
    let nobody = app.desk("nobody@puertoceiba.example");
    for route in routes().iter().filter(|route| !route.is_public()) {
        assert_eq!(route.asked_by(&nobody).await, 401, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn each_role_gets_where_its_permissions_lead_and_nowhere_else() {
    let app = TestApp::new().await;
    for role in Role::ALL {
        let mut desk = app.member(&[role]).await;
        for route in routes() {
            let Some(needed) = route.needed() else { continue };
            let may = needed.is_empty() || role.permissions().iter().any(|held| held.as_str() == needed);
            let status = route.asked_by(&desk).await;
            let refused = [401, 403].contains(&status);
            assert_eq!(!refused, may, "{role:?}: {} {} said {status}", route.method, route.path);
            if !may {
                assert_eq!(status, 403, "{role:?}: {} {}", route.method, route.path);
            }
            if (route.method.as_str(), route.path.as_str()) == ("DELETE", "/session") {
                desk = app.member(&[role]).await;
            }
        }
    }
}
