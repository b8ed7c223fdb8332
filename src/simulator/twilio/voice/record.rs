//! `<Record>`, as far as a script goes: speaking leaves a message, silence leaves none, hanging up leaves what was said
//! until then. The sound is a second of silence.

use std::sync::Arc;

use super::{
    end::Ending,
    gather::Listens,
    live::Act,
    params::{and, rfc2822},
    run::{Fetch, Runner},
    twiml::Record,
};
use crate::simulator::twilio::{form::Form, webhook::Hook};

/// Seconds, as the parameters tell it.
const LENGTH: &str = "1";
const RATE: u32 = 8_000;

impl Runner {
    /// Where the action leads; `None`: nothing was recorded, and the next verb follows.
    pub(super) async fn record(&mut self, record: &Record) -> Result<Option<Fetch>, Ending> {
        self.live.listens(Listens::recording());
        let key = match self.act().await {
            Ok(Act::Silence | Act::Dialed(_)) => return Ok(None),
            Ok(Act::Spoke { .. }) => String::new(),
            Ok(Act::Keyed(keyed)) => keyed
                .finished_on
                .filter(|key| record.finish_on.contains(*key))
                .map(String::from)
                .unwrap_or_default(),
            Err(ending) => return Err(self.recorded_to_the_end(record, ending).await),
        };
        let extra = self.recorded(record, &key)?;
        self.fetch(&record.action, extra).map(Some)
    }

    /// The caller hung up while the tape ran: the action is asked once more, and its answer is heard by nobody.
    async fn recorded_to_the_end(&mut self, record: &Record, ending: Ending) -> Ending {
        let asked = self.recorded(record, "hangup").and_then(|extra| self.fetch(&record.action, extra));
        if let Ok(mut fetch) = asked {
            for (name, value) in &mut fetch.form {
                if *name == "CallStatus" {
                    *value = "completed".into();
                }
            }
            let token = self.inner.sids.token();
            let hook = Hook { url: fetch.url, get: fetch.get, form: fetch.form, token, voice: true };
            let _ignored = self.inner.post(&hook).await;
        }
        ending
    }

    /// Keeps the sound, tells the callback, and gives what the action is asked with.
    fn recorded(&self, record: &Record, key: &str) -> Result<Form, Ending> {
        let sid = self.inner.sids.make("RE");
        self.inner.shelf.put(&sid, "audio/x-wav", silence().into());
        let (public, account) = (&self.inner.public_url, &self.inner.account_sid);
        let url = format!("{public}/simulator/twilio/2010-04-01/Accounts/{account}/Recordings/{sid}");
        if let Some(target) = &record.statuses {
            let at = rfc2822((self.inner.clock)());
            let form = and(
                Form::new(),
                [
                    ("AccountSid", account.as_str()),
                    ("CallSid", &self.live.sid),
                    ("RecordingSid", &sid),
                    ("RecordingUrl", &url),
                    ("RecordingStatus", "completed"),
                    ("RecordingDuration", LENGTH),
                    ("RecordingChannels", "1"),
                    ("RecordingStartTime", &at),
                    ("RecordingSource", "RecordVerb"),
                    ("RecordingTrack", "both"),
                    ("ErrorCode", "0"),
                ],
            );
            let (to, token) = (self.resolve(target)?, self.inner.sids.token());
            self.inner.tell_later(Hook { url: to, get: target.get, form, token, voice: true });
        }
        let sid: &Arc<str> = &sid;
        Ok(and(
            Form::new(),
            [("RecordingUrl", &url), ("RecordingSid", sid), ("RecordingDuration", LENGTH), ("Digits", key)],
        ))
    }
}

/// A second of silence: WAV, 8 kHz, 16 bits, one channel.
fn silence() -> Vec<u8> {
    let bytes = RATE * 2;
    let mut wav = Vec::with_capacity(44 + bytes as usize);
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(36 + bytes).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt ");
    wav.extend_from_slice(&16_u32.to_le_bytes());
    wav.extend_from_slice(&1_u16.to_le_bytes());
    wav.extend_from_slice(&1_u16.to_le_bytes());
    wav.extend_from_slice(&RATE.to_le_bytes());
    wav.extend_from_slice(&(RATE * 2).to_le_bytes());
    wav.extend_from_slice(&2_u16.to_le_bytes());
    wav.extend_from_slice(&16_u16.to_le_bytes());
    wav.extend_from_slice(b"data");
    wav.extend_from_slice(&bytes.to_le_bytes());
    wav.resize(44 + bytes as usize, 0);
    wav
}
