//! Generated files that are committed, and the settings file that is the manual. `UPDATE=1` writes the generated ones.

use std::{fs, path::Path};

use ventanilla::{
    config::{Config, DEFAULTS},
    http::openapi_document,
};

use crate::support::{TestApp, folder::Folder};

/// Compares a committed file with what the code would write.
fn committed(path: &str, generated: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, generated).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        there == generated,
        "{path} is out of date: run UPDATE=1 cargo test -p ventanilla --test all files"
    );
}

#[test]
fn the_committed_description_of_the_api_is_up_to_date() {
    committed("web/openapi.json", &(openapi_document().to_pretty_json().unwrap() + "\n"));
}

#[tokio::test]
async fn the_server_serves_the_committed_description() {
    let app = TestApp::new().await;
    let served: serde_json::Value =
        app.get("/api/v1/openapi.json").send().await.unwrap().json().await.unwrap();
    assert_eq!(served, serde_json::to_value(openapi_document()).unwrap());
    let paths: Vec<&String> = served["paths"].as_object().unwrap().keys().collect();
    assert!(paths.iter().any(|path| *path == "/api/v1/reports/{folio}"), "{paths:?}");
}

/// The sections and their keys, as they stand in the file, with whether a comment stands before them.
fn keys() -> Vec<(String, bool)> {
    let (mut section, mut explained, mut keys) = (String::new(), false, Vec::new());
    for line in DEFAULTS.lines() {
        if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut section);
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            keys.push((format!("{section}.{key}"), explained));
        }
        explained = line.starts_with('#');
    }
    keys
}

#[test]
fn the_settings_file_explains_every_key() {
    let keys = keys();
    assert!(keys.len() > 20, "{keys:?}");
    let silent: Vec<&String> = keys.iter().filter(|(_, explained)| !explained).map(|(key, _)| key).collect();
    assert!(silent.is_empty(), "no comment before {silent:?}");
}

/// A key that the code knows and the file does not name has no default, so the file alone would not load.
#[test]
fn the_settings_file_names_every_key_that_the_code_knows() {
    Config::from_toml("").unwrap();
    let shown = format!("{:?}", Config::from_toml("").unwrap());
    for (key, _) in keys() {
        let (section, key) = key.split_once('.').unwrap();
        assert!(
            shown.contains(&format!("{section}: ")) && shown.contains(&format!("{key}: ")),
            "{section}.{key}"
        );
    }
}

#[test]
fn a_secret_may_stand_in_a_file_of_its_own() {
    let files = Folder::new();
    let token = files.write("token", "of-the-system-user\n");
    let secrets = files.write("secrets", "new\nold\n");
    let config = Config::from_toml(&format!(
        "[whatsapp]\naccess_token_file = '{}'\napp_secrets_file = '{}'",
        token.display(),
        secrets.display()
    ));
    let whatsapp = config.unwrap().whatsapp;
    assert_eq!(whatsapp.access_token.expose(), "of-the-system-user");
    assert_eq!(whatsapp.app_secrets.len(), 2);
    let said = Config::from_toml("[webchat]\nsecret_file = '/nowhere'").unwrap_err().to_string();
    assert!(said.contains("webchat.secret_file: /nowhere cannot be read"), "{said}");
}
