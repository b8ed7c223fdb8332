use std::sync::Arc;

use super::*;
use crate::understanding::Ranked;

fn given(intent: &str, confidence: f32, certainty: Certainty) -> Understanding {
    let ranked = vec![Ranked { intent: Arc::from(intent), confidence }];
    Understanding {
        language: None,
        ranked,
        certainty,
        safety: None,
        matters: Vec::new(),
        score: 0.0,
        accepted: certainty != Certainty::Unsure,
    }
}

/// Two potholes (one taken for a tree), one tree that nobody was sure of, two out of scope (one answered).
fn report() -> Report {
    use Certainty::{Between, Sure, Unsure};
    let labels = ["report.pothole", "report.pothole", "report.tree", NONE, NONE];
    let data: Vec<Labelled> = labels.into_iter().map(|label| Labelled::new("texto", label)).collect();
    let answers = [
        given("report.pothole", 0.9, Sure),
        given("report.tree", 0.6, Between),
        given("report.tree", 0.2, Unsure),
        given(NONE, 0.7, Unsure),
        given("report.pothole", 0.8, Sure),
    ];
    Report::of(&data, &answers, &["report.pothole", "report.tree", NONE])
}

#[test]
fn an_unsure_answer_counts_as_none_and_still_as_first() {
    let report = report();
    assert_eq!((report.messages, report.in_scope), (5, 3));
    assert!((report.accuracy - 2.0 / 5.0).abs() < 1e-6);
    assert!((report.in_scope_accuracy - 2.0 / 3.0).abs() < 1e-6);
    let tree = report.intents.iter().find(|s| s.intent == "report.tree").unwrap();
    assert_eq!((tree.messages, tree.recall, tree.top1), (1, 0.0, 1.0));
}

#[test]
fn none_has_precision_and_recall_of_its_own() {
    let report = report();
    assert!((report.none_precision - 0.5).abs() < 1e-6);
    assert!((report.none_recall - 0.5).abs() < 1e-6);
    assert!((report.sure_share - 0.4).abs() < 1e-6);
    assert!((report.sure_precision - 0.5).abs() < 1e-6);
}

#[test]
fn calibration_error_is_how_far_confidence_is_from_being_right() {
    // By tenths: 0.2 right, 0.6 wrong, 0.7 right, 0.8 wrong, 0.9 right.
    let expected = (0.8 + 0.6 + 0.3 + 0.8 + 0.1) / 5.0;
    assert!((report().calibration_error - expected).abs() < 1e-6);
}

#[test]
fn what_is_confused_is_counted() {
    let found = report().confusions;
    let first = &found[0];
    assert_eq!(found.iter().map(|c| c.count).sum::<usize>(), 3);
    assert_eq!((first.expected.as_str(), first.count), ("none", 1));
}

#[test]
fn times_are_the_callers_and_become_percentiles() {
    let each: Vec<Duration> = (1..=100).map(Duration::from_micros).collect();
    let timing = report().with_timing(&each).timing.unwrap();
    assert!((timing.p50_us - 51.0).abs() < 0.01 && (timing.p99_us - 100.0).abs() < 0.01, "{timing:?}");
    assert_eq!(report().with_timing(&[]).timing, None);
}

#[test]
fn the_table_reads_well() {
    let each = [Duration::from_micros(12)];
    insta::assert_snapshot!(report().with_timing(&each).to_string(), @r"
    5 messages, 3 in scope
      accuracy of answers            40.0 %
      in scope: first is right       66.7 %
      in scope: among first three    66.7 %
      macro F1                       33.3 %
      none: precision                50.0 %
      none: recall                   50.0 %
      none: F1                       50.0 %
      acted on without asking        40.0 %
        of these right               50.0 %
      calibration error              52.0 %
      none by score: AUROC 50.0 %, FPR95 100.0 %, MCC 0.167
      µs per message: p50 12.0, p99 12.0, mean 12.0

    intent                         messages precision recall     F1  first
    none                                  2      0.50   0.50   0.50   0.50
    report.pothole                        2      0.50   0.50   0.50   0.50
    report.tree                           1      0.00   0.00   0.00   1.00

    most frequent confusions (expected -> answered)
        1  none -> report.pothole
        1  report.pothole -> report.tree
        1  report.tree -> none
    ");
}

#[test]
fn no_data_is_no_panic() {
    let report = Report::of(&[], &[], &[]);
    assert_eq!((report.messages, report.accuracy), (0, 0.0));
    assert!(serde_json::to_string(&report).unwrap().contains("\"macro_f1\":0.0"));
}
