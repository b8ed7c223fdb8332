//! Twilio's error table.

use super::{
    super::twilio::errors::{TABLE, explain, find},
    *,
};

/// The codes that an answer, a status or Twilio's debugger may bring (protocol reference, 2.2.2).
const CODES: [i64; 42] = [
    11_200, 11_205, 11_750, 11_770, 12_100, 12_300, 14_107, 20_003, 20_404, 20_429, 21_211, 21_212, 21_408,
    21_602, 21_603, 21_606, 21_608, 21_610, 21_611, 21_612, 21_614, 21_617, 21_620, 30_001, 30_002, 30_003,
    30_004, 30_005, 30_006, 30_007, 30_008, 30_009, 30_010, 30_011, 30_017, 30_019, 30_022, 63_016, 63_018,
    63_024, 63_038, 20_005,
];

#[test]
fn every_code_of_the_reference_is_in_the_table_once_and_in_order() {
    for code in CODES {
        assert!(find(code).is_some(), "{code}");
    }
    assert!(TABLE.is_sorted_by(|one, next| one.code < next.code));
    assert_eq!(TABLE.len(), CODES.len());
}

#[test]
fn an_agent_reads_a_whole_sentence_of_spanish() {
    for row in TABLE {
        assert!(row.sentence.ends_with('.') && row.sentence.len() < 160, "{}", row.code);
    }
}

#[test]
fn only_what_stops_every_message_stops_the_account() {
    let stopping: Vec<i64> =
        TABLE.iter().filter(|row| row.fault == Fault::Account).map(|row| row.code).collect();
    assert_eq!(stopping, [20_003, 20_005, 21_212, 21_603, 21_606, 30_002]);
    assert!(TABLE.iter().filter(|row| row.fault == Fault::Account).all(|row| row.retry == Retry::Never));
}

#[test]
fn what_is_the_networks_fault_is_tried_again_and_what_is_ours_is_not() {
    for row in TABLE {
        match row.fault {
            Fault::Provider => assert!(row.retry != Retry::Never || row.code == 30_009, "{}", row.code),
            Fault::Recipient => assert!(row.retry == Retry::Never || row.code == 30_003, "{}", row.code),
            _ => assert_eq!(row.retry, Retry::Never, "{}", row.code),
        }
    }
}

#[test]
fn a_stop_that_comes_late_is_still_a_stop() {
    let told = ProviderError { code: 21_610, title: String::new() };
    assert_eq!(sms().explain(&told).fault, Fault::OptedOut);
}

#[test]
fn an_unknown_code_names_itself() {
    let error = explain(39_999);
    assert_eq!((error.retry, error.fault, error.code), (Retry::Never, Fault::Message, Some(39_999)));
    assert!(error.sentence.contains("39999"));
}
