//! The report for a CI server: JUnit XML, a suite a task and a case a run.

use std::io;

use contracts::eval::{EvalResult, EvalTotals, Verdict};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{Report, table};

pub(super) fn report(report: &Report) -> anyhow::Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all = counts(&report.totals);
    let suites = xml.create_element("testsuites").with_attribute(("name", report.eval.id.as_str()));
    suites.with_attributes(attributes(&all)).write_inner_content(|xml| {
        for of in &report.tasks {
            let counts = counts(&of.totals);
            let suite = xml.create_element("testsuite").with_attribute(("name", of.task.as_str()));
            suite.with_attributes(attributes(&counts)).write_inner_content(|xml| {
                report.results.iter().filter(|result| result.task == of.task).try_for_each(|result| case(xml, result))
            })?;
        }
        Ok(())
    })?;
    let mut xml = String::from_utf8(xml.into_inner())?;
    xml.push('\n');
    Ok(xml)
}

fn counts(totals: &EvalTotals) -> [(&'static str, String); 3] {
    [
        ("tests", totals.cases.to_string()),
        ("failures", totals.failed.to_string()),
        ("errors", (totals.timeouts + totals.errors).to_string()),
    ]
}

fn attributes<'a>(counts: &'a [(&'static str, String)]) -> impl Iterator<Item = (&'a str, &'a str)> {
    counts.iter().map(|(name, count)| (*name, count.as_str()))
}

fn case(xml: &mut Writer<Vec<u8>>, result: &EvalResult) -> io::Result<()> {
    let EvalResult { customer_id, customer_name, task, repeat, .. } = result;
    let name = legal(&format!("{customer_name} ({customer_id}) #{repeat}"));
    let seconds = format!("{:.3}", result.latency_ms / 1000.0);
    let case = xml.create_element("testcase").with_attributes([
        ("classname", task.as_str()),
        ("name", name.as_str()),
        ("time", seconds.as_str()),
    ]);
    let problem = match result.verdict {
        Verdict::Pass => return case.write_empty().map(drop),
        Verdict::Fail => "failure",
        Verdict::Timeout | Verdict::Error => "error",
    };
    let reasons = legal(&table::reasons(result).join("\n"));
    let written = case.write_inner_content(|xml| {
        let problem = xml.create_element(problem).with_attribute(("type", result.verdict.as_str()));
        problem.write_text_content(BytesText::new(&reasons)).map(drop)
    });
    written.map(drop)
}

/// The text without the two characters that are clean text and no XML.
fn legal(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "")
}
