//! The two halves of one connection: frames that come, and one frame out every 20 ms.

use std::{collections::VecDeque, fmt, io, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::tcp::{OwnedReadHalf, OwnedWriteHalf},
    time::{Instant, sleep_until, timeout},
};
use ventanilla_adapters::audiosocket::{Decoder, Frame, HANG_UP, SAMPLES, TICK, audio};

/// Bytes that are read at once: a third of a second of sound.
const AT_ONCE: usize = 8 * 1024;
/// Whoever takes no frame for so long is gone.
const TAKES_WITHIN: Duration = Duration::from_secs(2);
/// How long Asterisk may take to close its end.
const CLOSES_WITHIN: Duration = Duration::from_secs(2);
/// Later than this the schedule begins anew: a second of sound at once helps nobody.
const TOO_LATE: Duration = Duration::from_millis(200);

/// What comes from Asterisk.
pub(super) struct Hearing {
    read: OwnedReadHalf,
    decoder: Decoder,
    frames: VecDeque<Frame>,
    buffer: Box<[u8; AT_ONCE]>,
}

impl fmt::Debug for Hearing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hearing").field("frames", &self.frames.len()).finish_non_exhaustive()
    }
}

impl Hearing {
    pub(super) fn new(read: OwnedReadHalf) -> Self {
        let buffer = Box::new([0; AT_ONCE]);
        Self { read, decoder: Decoder::default(), frames: VecDeque::new(), buffer }
    }

    /// The next frame; `None` when the line is dead. Nothing is lost when this is dropped before it is done.
    pub(super) async fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some(frame) = self.frames.pop_front() {
                return Some(frame);
            }
            // A connection that breaks is a caller who is gone, like one that ends.
            let read = self.read.read(&mut self.buffer[..]).await.unwrap_or(0);
            if read == 0 {
                return None;
            }
            self.frames.extend(self.decoder.push(self.buffer.get(..read).unwrap_or_default()));
        }
    }
}

/// What goes to Asterisk.
#[derive(Debug)]
pub(super) struct Speaking {
    write: OwnedWriteHalf,
}

impl Speaking {
    pub(super) fn new(write: OwnedWriteHalf) -> Self {
        Self { write }
    }

    /// 20 ms of sound, header and payload in one: Asterisk hangs up on a frame that comes in two slow halves.
    ///
    /// # Errors
    /// When nobody takes it.
    pub(super) async fn say(&mut self, samples: &[i16; SAMPLES]) -> io::Result<()> {
        self.write(&audio(samples)).await
    }

    /// Gives the call back to the dialplan. What still comes is read away until Asterisk has closed: a connection that
    /// is closed with unread bytes is reset, and the frame lost with it.
    pub(super) async fn hang_up(&mut self, hearing: &mut Hearing) {
        let said = async {
            self.write(&HANG_UP).await?;
            self.write.shutdown().await
        };
        if said.await.is_ok() {
            timeout(CLOSES_WITHIN, async { while hearing.next().await.is_some() {} }).await.ok();
        }
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        timeout(TAKES_WITHIN, self.write.write_all(bytes)).await?
    }
}

/// A beat every 20 ms, by an absolute schedule: sleeping 20 ms after each frame would drift.
#[derive(Debug)]
pub(super) struct Pace {
    next: Instant,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self { next: Instant::now() }
    }

    /// Returns at the next beat. Nothing is lost when this is dropped before.
    pub(super) async fn beat(&mut self) {
        sleep_until(self.next).await;
        self.next = after(self.next, Instant::now());
    }
}

/// The beat after this one: a little lateness is caught up, a long stop is not.
fn after(beat: Instant, now: Instant) -> Instant {
    let next = beat + TICK;
    if now.saturating_duration_since(next) > TOO_LATE { now } else { next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beats_keep_their_schedule_and_a_long_stop_is_not_caught_up() {
        let start = Instant::now();
        assert_eq!(after(start, start + Duration::from_millis(7)), start + TICK, "no drift");
        assert_eq!(after(start, start + Duration::from_millis(90)), start + TICK, "caught up");
        let stopped = start + Duration::from_secs(3);
        assert_eq!(after(start, stopped), stopped);
    }
}
