//! The committed JSON Schema is the one of the types.

use ventanilla_flows::{SlotType, json_schema};

#[test]
fn the_json_schema_in_the_repository_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/flow.schema.json");
    let generated = format!("{}\n", serde_json::to_string_pretty(&json_schema()).unwrap());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == generated, "run UPDATE=1 cargo test -p ventanilla-flows schema");
}

#[test]
fn the_schema_names_every_slot_type() {
    let schema = json_schema().to_string();
    for slot_type in SlotType::ALL {
        assert!(
            schema.contains(&format!("\"const\":\"{slot_type}\""))
                || schema.contains(&format!("\"{slot_type}\""))
        );
    }
}
