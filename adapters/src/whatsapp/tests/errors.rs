//! Meta's error table.

use super::super::errors::{TABLE, explain, find};
use super::*;
use crate::{Fault, Retry};

/// The codes of Meta's page that an answer or a status may carry; 200 to 299 are one.
const CODES: &str = "0 190 1 2 3 10 200 250 299 4 80007 33 100 131008 131009 368 131031 130497 130403 130429 130472 \
    131000 131005 131016 131021 131026 131030 131037 131042 131045 131047 131048 131049 131050 131051 131052 131053 \
    131055 134100 134101 134102 131063 131056 131057 131060 131062 131064 132000 132001 132005 132007 132008 132012 \
    132018 132015 132016 132068 132069 133000 133004 133005 133006 133008 133009 133010 133015 133016 134011 135000";

#[test]
fn every_code_of_metas_page_has_a_row() {
    for code in CODES.split_whitespace() {
        assert!(find(code.parse().unwrap()).is_some(), "{code} has no row");
    }
}

#[test]
fn every_row_is_in_order_and_says_something_a_person_can_read() {
    assert!(TABLE.is_sorted_by(|one, next| one.first <= one.last && one.last < next.first));
    for row in TABLE {
        assert!(row.sentence.ends_with('.') && row.sentence.len() > 30, "{row:?}");
    }
}

#[test]
fn the_codes_that_staff_meet_most_are_told_apart() {
    let table = [
        (131_026, Fault::Recipient, Retry::Never),
        (131_047, Fault::Window, Retry::Never),
        (131_056, Fault::Provider, Retry::Backoff),
        (130_429, Fault::Provider, Retry::Backoff),
        (131_042, Fault::Account, Retry::Never),
        (100, Fault::Message, Retry::Never),
    ];
    for (code, fault, retry) in table {
        let error = whatsapp().explain(&ProviderError { code, title: "…".to_owned() });
        assert_eq!((error.fault, error.retry, error.code), (fault, retry, Some(code)));
    }
}

#[test]
fn an_unknown_code_is_named_in_the_sentence() {
    assert_eq!(
        explain(131_999).sentence,
        "WhatsApp no entregó el mensaje y dio un motivo que no conocemos (131999): avisa a soporte."
    );
}
