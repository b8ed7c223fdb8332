//! Meta's error table.

use std::time::Duration;

use super::super::errors::{TABLE, explain, find};
use super::*;
use crate::{Fault, Retry};

/// Meta's page: what each code asks of us. Ends of runs stand for the run.
const ASKED: &[(&str, Fault, Retry, &str)] = &[
    ("token or permission missing", Fault::Account, Retry::Never, "0 190 3 10 200 250 299 131005"),
    (
        "number unknown or not registered",
        Fault::Account,
        Retry::Never,
        "33 131045 133000 133005 133006 133008",
    ),
    ("registration states", Fault::Account, Retry::Never, "133009 133010 133015"),
    ("blocked or limited by policy", Fault::Account, Retry::Never, "368 131031 131064"),
    ("name not approved", Fault::Account, Retry::Never, "131037"),
    ("payment", Fault::Account, Retry::Never, "131042 134011"),
    ("spam: pause the number for hours", Fault::Account, hours(4), "131048"),
    ("too many registrations", Fault::Account, hours(72), "133016"),
    ("try again", Fault::Provider, Retry::Backoff, "1 2 131000 131016 133004"),
    ("throughput of the number", Fault::Provider, Retry::Backoff, "130429"),
    ("calls of the app", Fault::Provider, minutes(5), "4 80007"),
    ("maintenance of a minute", Fault::Provider, minutes(1), "131057"),
    ("form throttled", Fault::Provider, minutes(1), "132069"),
    ("one person at a time", Fault::Provider, Retry::Pair, "131056"),
    ("our file did not arrive", Fault::Provider, Retry::Backoff, "131053"),
    ("their file or message is lost", Fault::Provider, Retry::Never, "131052 131060"),
    ("our mistake", Fault::Message, Retry::Never, "100 131008 131009 131021 131051 135000"),
    ("marketing features", Fault::Message, Retry::Never, "131055 131063 134100 134101 134102"),
    ("what a template was filled with", Fault::Message, Retry::Never, "132005 132008 132018"),
    ("form blocked", Fault::Message, Retry::Never, "132068"),
    (
        "another template is needed",
        Fault::Template,
        Retry::Never,
        "132000 132001 132007 132012 132015 132016",
    ),
    ("another channel", Fault::Recipient, Retry::Never, "130497 131026 131030 131062 130472"),
    ("not before tomorrow", Fault::Recipient, hours(24), "131049"),
    ("never again", Fault::OptedOut, Retry::Never, "130403 131050"),
    ("a template is needed", Fault::Window, Retry::Never, "131047"),
];

const fn hours(hours: u64) -> Retry {
    minutes(60 * hours)
}

const fn minutes(minutes: u64) -> Retry {
    Retry::After(Duration::from_secs(60 * minutes))
}

fn explained(code: i64) -> SendError {
    whatsapp().explain(&ProviderError { code, title: "…".to_owned() })
}

#[test]
fn every_code_of_metas_page_asks_for_what_the_page_says() {
    for (why, fault, retry, codes) in ASKED {
        for code in codes.split(' ').map(|code| code.parse().unwrap()) {
            let error = explained(code);
            assert!(find(code).is_some(), "{code} has no row");
            assert_eq!((error.fault, error.retry, error.code), (*fault, *retry, Some(code)), "{code}: {why}");
        }
    }
}

#[test]
fn no_row_is_there_that_the_page_does_not_name() {
    let named: Vec<i64> =
        ASKED.iter().flat_map(|(.., codes)| codes.split(' ').map(|code| code.parse().unwrap())).collect();
    for row in TABLE {
        assert!(named.contains(&row.first) && named.contains(&row.last), "{row:?}");
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
fn an_unknown_code_is_named_in_the_sentence() {
    assert_eq!(
        explain(131_999).sentence,
        "WhatsApp no entregó el mensaje y dio un motivo que no conocemos (131999): avisa a soporte."
    );
}
