//! The results of the transcripts as JUnit XML: what CI systems (Jenkins, GitLab, GitHub's reporters) read.
//! There is no standard but the schema that Jenkins publishes: `testsuites > testsuite > testcase > failure`.

use std::{collections::BTreeMap, io, time::Duration};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use ventanilla_flows::{Case, Failure, TranscriptReport};
use ventanilla_values::Problem;

/// One suite a file. A file that cannot be read is an error in its suite.
pub fn xml(report: &TranscriptReport, problems: &[Problem], took: Duration) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let (tests, failures) = (report.cases.len() + problems.len(), report.failures.len());
    writer
        .create_element("testsuites")
        .with_attributes([
            ("name", "flows"),
            ("tests", tests.to_string().as_str()),
            ("failures", failures.to_string().as_str()),
            ("errors", problems.len().to_string().as_str()),
            ("time", format!("{:.3}", took.as_secs_f64()).as_str()),
        ])
        .write_inner_content(|writer| {
            for (file, suite) in suites(report, problems) {
                write_suite(writer, file, &suite, report)?;
            }
            Ok(())
        })?;
    Ok(writer.into_inner())
}

/// What one file holds.
#[derive(Default)]
struct Suite<'a> {
    cases: Vec<&'a Case>,
    problems: Vec<&'a Problem>,
}

fn suites<'a>(report: &'a TranscriptReport, problems: &'a [Problem]) -> BTreeMap<&'a str, Suite<'a>> {
    let mut suites: BTreeMap<&str, Suite> = BTreeMap::new();
    for case in &report.cases {
        suites.entry(&case.file).or_default().cases.push(case);
    }
    for problem in problems {
        suites.entry(&problem.file).or_default().problems.push(problem);
    }
    suites
}

type Out = Writer<Vec<u8>>;

fn write_suite(writer: &mut Out, file: &str, suite: &Suite, report: &TranscriptReport) -> io::Result<()> {
    let failures = suite.cases.iter().filter(|case| case.failed.is_some()).count();
    let tests = suite.cases.len() + suite.problems.len();
    writer
        .create_element("testsuite")
        .with_attributes([
            ("name", file),
            ("tests", tests.to_string().as_str()),
            ("failures", failures.to_string().as_str()),
            ("errors", suite.problems.len().to_string().as_str()),
        ])
        .write_inner_content(|writer| {
            for case in &suite.cases {
                write_case(writer, case, case.failed.and_then(|index| report.failures.get(index)))?;
            }
            for problem in &suite.problems {
                write_problem(writer, problem)?;
            }
            Ok(())
        })?;
    Ok(())
}

fn write_case(writer: &mut Out, case: &Case, failure: Option<&Failure>) -> io::Result<()> {
    let line = failure.map_or(case.line, |failure| failure.line).to_string();
    let element = writer.create_element("testcase").with_attributes([
        ("name", printable(&case.name).as_str()),
        ("classname", case.flow.as_str()),
        ("file", case.file.as_str()),
        ("line", line.as_str()),
    ]);
    let Some(failure) = failure else { return element.write_empty().map(drop) };
    element
        .write_inner_content(|writer| {
            let message = printable(&format!("expected: {}", failure.expected));
            writer
                .create_element("failure")
                .with_attributes([("message", message.as_str()), ("type", "transcript")])
                .write_text_content(BytesText::new(&printable(&failure.to_string())))
                .map(drop)
        })
        .map(drop)
}

fn write_problem(writer: &mut Out, problem: &Problem) -> io::Result<()> {
    let (line, message) = (problem.line.to_string(), printable(&problem.message));
    writer
        .create_element("testcase")
        .with_attributes([
            ("name", "can be read"),
            ("classname", problem.file.as_str()),
            ("file", problem.file.as_str()),
            ("line", line.as_str()),
        ])
        .write_inner_content(|writer| {
            writer
                .create_element("error")
                .with_attributes([("message", message.as_str()), ("type", "yaml")])
                .write_text_content(BytesText::new(&printable(&problem.to_string())))
                .map(drop)
        })
        .map(drop)
}

/// XML 1.0 has no control characters, not even escaped ones.
fn printable(text: &str) -> String {
    let forbidden =
        |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if forbidden(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> TranscriptReport {
        let case = |name: &str, failed| Case {
            file: "flows/x.test.yaml".into(),
            line: 1,
            name: name.into(),
            flow: "x".into(),
            failed,
        };
        let failure = Failure {
            file: "flows/x.test.yaml".into(),
            line: 7,
            transcript: "<b> & \"c\"".into(),
            expected: "¿Dónde & <cuándo>?".into(),
            got: "]]> \u{7} Hola".into(),
        };
        TranscriptReport {
            passed: 1,
            cases: vec![case("a", None), case("<b> & \"c\"", Some(0))],
            failures: vec![failure],
            ..TranscriptReport::default()
        }
    }

    #[test]
    fn what_is_said_is_escaped_and_counted() {
        let problems = [Problem::error("flows/y.test.yaml", 3, "'bto' is not known", "did you mean 'bot'?")];
        let xml = String::from_utf8(xml(&report(), &problems, Duration::from_millis(12)).unwrap()).unwrap();
        for part in [
            r#"<testsuites name="flows" tests="3" failures="1" errors="1" time="0.012">"#,
            r#"<testsuite name="flows/x.test.yaml" tests="2" failures="1" errors="0">"#,
            r#"<testcase name="a" classname="x" file="flows/x.test.yaml" line="1"/>"#,
            r#"name="&lt;b&gt; &amp; &quot;c&quot;""#,
            "expected: ¿Dónde &amp; &lt;cuándo&gt;?",
            "]]&gt; \u{fffd} Hola",
            r#"<testsuite name="flows/y.test.yaml" tests="1" failures="0" errors="1">"#,
            "did you mean",
        ] {
            assert!(xml.contains(part), "{part} is missing in\n{xml}");
        }
    }

    #[test]
    fn an_xml_reader_reads_it_to_its_end() {
        let xml = xml(&report(), &[], Duration::ZERO).unwrap();
        let mut reader = quick_xml::Reader::from_reader(xml.as_slice());
        let (mut cases, mut buffer) = (0, Vec::new());
        loop {
            match reader.read_event_into(&mut buffer).unwrap() {
                Event::Eof => break,
                Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == b"testcase" => {
                    let attributes: Result<Vec<_>, _> = tag.attributes().collect();
                    assert_eq!(attributes.unwrap().len(), 4);
                    cases += 1;
                }
                _ => {}
            }
            buffer.clear();
        }
        assert_eq!(cases, 2);
    }
}
