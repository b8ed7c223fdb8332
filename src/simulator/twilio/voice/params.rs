//! The parameters of a call's webhooks, in the order Twilio's examples show.

use chrono::DateTime;

use crate::simulator::twilio::form::{self, Form};

/// The two ends of a call and its ids.
pub(in crate::simulator::twilio) struct Line<'a> {
    pub(in crate::simulator::twilio) account: &'a str,
    pub(in crate::simulator::twilio) call: &'a str,
    /// E.164, `sip:…`, `client:…` or `anonymous`.
    pub(in crate::simulator::twilio) from: &'a str,
    pub(in crate::simulator::twilio) to: &'a str,
    pub(in crate::simulator::twilio) direction: &'a str,
}

impl Line<'_> {
    pub(in crate::simulator::twilio) fn form(&self, status: &str) -> Form {
        let (from, to) = (country(self.from), country(self.to));
        form::form([
            ("AccountSid", self.account),
            ("ApiVersion", "2010-04-01"),
            ("CallSid", self.call),
            ("CallStatus", status),
            ("Called", self.to),
            ("CalledCity", ""),
            ("CalledCountry", to),
            ("CalledState", ""),
            ("CalledZip", ""),
            ("Caller", self.from),
            ("CallerCity", ""),
            ("CallerCountry", from),
            ("CallerState", ""),
            ("CallerZip", ""),
            ("Direction", self.direction),
            ("From", self.from),
            ("FromCity", ""),
            ("FromCountry", from),
            ("FromState", ""),
            ("FromZip", ""),
            ("To", self.to),
            ("ToCity", ""),
            ("ToCountry", to),
            ("ToState", ""),
            ("ToZip", ""),
        ])
    }
}

/// What the number plan says; nothing of callers who withhold their number.
pub(in crate::simulator::twilio) fn country(address: &str) -> &'static str {
    match address {
        address if address.starts_with("+1") => "US",
        address if address.starts_with("+52") || address.starts_with("sip:") => "MX",
        _ => "",
    }
}

/// Appends pairs whose names are known when compiling.
pub(in crate::simulator::twilio) fn and<const N: usize>(
    mut all: Form,
    pairs: [(&'static str, &str); N],
) -> Form {
    all.extend(form::form(pairs));
    all
}

/// What a status callback adds.
pub(in crate::simulator::twilio) struct Ended<'a> {
    /// From 0; the receiver orders events by it.
    pub(in crate::simulator::twilio) sequence: &'a str,
    pub(in crate::simulator::twilio) at: i64,
    /// Seconds; only of the terminal event.
    pub(in crate::simulator::twilio) seconds: Option<i64>,
}

pub(in crate::simulator::twilio) fn status(line: Form, event: &Ended<'_>) -> Form {
    let told = and(
        line,
        [
            ("CallbackSource", "call-progress-events"),
            ("SequenceNumber", event.sequence),
            ("Timestamp", &rfc2822(event.at)),
        ],
    );
    let Some(seconds) = event.seconds else { return told };
    // Minutes are billed when begun.
    let minutes = (seconds + 59) / 60;
    let (seconds, minutes) = (seconds.to_string(), minutes.to_string());
    and(told, [("CallDuration", &seconds), ("Duration", &minutes), ("SipResponseCode", "200")])
}

/// `Fri, 20 Nov 2026 18:40:00 +0000`
pub(in crate::simulator::twilio) fn rfc2822(ms: i64) -> String {
    let at = DateTime::from_timestamp_millis(ms).unwrap_or_default();
    at.format("%a, %d %b %Y %H:%M:%S +0000").to_string()
}
