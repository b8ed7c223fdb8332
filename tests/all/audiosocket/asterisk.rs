//! Asterisk's end of AudioSocket, as its source has it: what it sends, how it paces, and what it hangs up on.
//!
//! It is a client: it connects within 2 s, says which call it is, and then sends a frame every 20 ms. From the server it
//! takes 0x00 and audio; anything else, an empty audio frame, a frame whose payload comes late, or a connection that
//! ends within a frame is an application error, which hangs up the caller: here it fails the test.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, interval, timeout},
};

use super::voices;

/// Asterisk waits no longer for a connection.
const CONNECTS: Duration = Duration::from_millis(2000);
/// Once the header is read, the payload may not be longer on its way.
const GAP: Duration = Duration::from_millis(5);
/// So many silent frames are the end of what is being said.
const PAUSE: usize = 12;
/// Frames that may come ahead of their time: a server that was held up catches up.
const AHEAD: u128 = 25;
/// A test that waits longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a server's bytes are to be cut on their way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    Whole,
    /// Each frame in pieces of one, two, three … bytes.
    Crumbs,
}

/// What has come so far.
#[derive(Debug, Default)]
pub struct Heard {
    /// 8 kHz.
    pub sound: Vec<i16>,
    /// Frames in a row that were silent.
    pub silent: usize,
    pub frames: usize,
    began: Option<Instant>,
    /// The application ended: in order, or with what Asterisk would log.
    pub ended: Option<Result<(), String>>,
}

/// One call on the line.
pub struct Asterisk {
    pub heard: Arc<Mutex<Heard>>,
    to_say: mpsc::UnboundedSender<Said>,
    reading: JoinHandle<()>,
    writing: JoinHandle<()>,
    /// Samples that were returned by [`Asterisk::hears`] already.
    told: usize,
}

enum Said {
    Sound(Vec<i16>),
    Bytes(Vec<u8>),
    Silence,
}

impl Asterisk {
    /// `AudioSocket(id,service)`.
    pub async fn connect(service: SocketAddr, id: uuid::Uuid, writes: Writes) -> Self {
        Self::open(service, frame(0x01, id.as_bytes()), writes).await
    }

    /// A client that begins with other bytes than Asterisk does.
    pub async fn open(service: SocketAddr, first: Vec<u8>, writes: Writes) -> Self {
        let stream = timeout(CONNECTS, TcpStream::connect(service)).await.unwrap().unwrap();
        stream.set_nodelay(true).unwrap();
        let (read, write) = stream.into_split();
        let (to_say, said) = mpsc::unbounded_channel();
        to_say.send(Said::Bytes(first)).unwrap();
        let heard = Arc::new(Mutex::new(Heard::default()));
        let reading = tokio::spawn(listen(read, Arc::clone(&heard)));
        let writing = tokio::spawn(speak(write, said, writes));
        Self { heard, to_say, reading, writing, told: 0 }
    }

    /// The caller says this, and is silent behind it.
    pub fn says(&self, words: &str) {
        self.sound(voices::of_a_caller(words));
    }

    pub fn sound(&self, samples: Vec<i16>) {
        self.to_say.send(Said::Sound(samples)).unwrap();
    }

    pub fn presses(&self, keys: &str) {
        for key in keys.bytes() {
            self.bytes(frame(0x03, &[key]));
        }
    }

    /// Bytes that Asterisk would not send.
    pub fn bytes(&self, bytes: Vec<u8>) {
        self.to_say.send(Said::Bytes(bytes)).unwrap();
    }

    /// The far end sends no sound any more (silence suppression).
    pub fn falls_silent(&self) {
        self.to_say.send(Said::Silence).unwrap();
    }

    /// What was said since the last time, once it is finished.
    pub async fn hears(&mut self) -> String {
        let told = self.told;
        self.until("something is said", |heard| {
            let finished = heard.silent >= PAUSE || heard.ended.is_some();
            finished && !voices::of_the_town(&heard.sound[told..]).is_empty()
        })
        .await;
        self.words()
    }

    /// What was said since the last time, so far.
    pub fn words(&mut self) -> String {
        let heard = self.heard.lock().unwrap();
        let words = voices::of_the_town(&heard.sound[self.told..]);
        self.told = heard.sound.len();
        words.trim().to_owned()
    }

    /// Says something and hears the answer.
    pub async fn asks(&mut self, words: &str) -> String {
        self.says(words);
        self.hears().await
    }

    pub async fn until(&self, what: &str, is_so: impl Fn(&Heard) -> bool) {
        let waited = timeout(PATIENCE, async {
            while !is_so(&self.heard.lock().unwrap()) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        assert!(waited.await.is_ok(), "waited in vain: {what}, {:?}", self.heard.lock().unwrap().ended);
    }

    /// The server gives the call back: the dialplan goes on.
    pub async fn given_back(mut self) -> String {
        self.until("the call is given back", |heard| heard.ended.is_some()).await;
        let words = self.words();
        self.finish();
        words
    }

    /// The caller hangs up, in the middle of whatever is said: Asterisk only closes the connection.
    pub fn hangs_up(self) {
        self.finish();
    }

    fn finish(self) {
        self.writing.abort();
        self.reading.abort();
        let heard = self.heard.lock().unwrap();
        assert!(!matches!(heard.ended, Some(Err(_))), "Asterisk hangs up on this: {:?}", heard.ended);
        if let Some(began) = heard.began {
            let due = began.elapsed().as_millis() / 20 + AHEAD;
            assert!(heard.frames as u128 <= due, "{} frames came where {due} were due", heard.frames);
        }
    }
}

pub fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
    [&[kind], &length[..], payload].concat()
}

async fn listen(mut read: OwnedReadHalf, heard: Arc<Mutex<Heard>>) {
    loop {
        let frame = next(&mut read).await;
        let mut heard = heard.lock().unwrap();
        match frame {
            Ok(Some(samples)) => {
                heard.began.get_or_insert_with(Instant::now);
                heard.frames += 1;
                heard.silent = if samples.iter().all(|sample| *sample == 0) { heard.silent + 1 } else { 0 };
                heard.sound.extend(samples);
            }
            Ok(None) => {
                heard.ended = Some(Ok(()));
                return;
            }
            Err(why) => {
                heard.ended = Some(Err(why));
                return;
            }
        }
    }
}

/// The next frame of the server; `None` when the application ends in order.
async fn next(read: &mut OwnedReadHalf) -> Result<Option<Vec<i16>>, String> {
    let mut kind = [0];
    // Closing the connection between frames ends it in order, too.
    if read.read_exact(&mut kind).await.is_err() {
        return Ok(None);
    }
    let mut length = [0; 2];
    in_time(read, &mut length).await?;
    let mut payload = vec![0; usize::from(u16::from_be_bytes(length))];
    in_time(read, &mut payload).await?;
    match kind {
        [0x00] if payload.is_empty() => Ok(None),
        [0x00] => Err("a hang-up with a payload".to_owned()),
        [0x10] if payload.is_empty() => Err("an empty audio frame".to_owned()),
        [0x10] => Ok(Some(payload.chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect())),
        [other] => Err(format!("a frame of kind {other:#04x}")),
    }
}

async fn in_time(read: &mut OwnedReadHalf, bytes: &mut [u8]) -> Result<(), String> {
    if bytes.is_empty() {
        return Ok(());
    }
    let read = timeout(GAP, read.read_exact(bytes)).await.map_err(|_| "a frame in two slow halves")?;
    read.map(|_| ()).map_err(|_| "the connection ended within a frame".to_owned())
}

/// A frame every 20 ms: what is to be said, or the silence of the line.
async fn speak(mut write: OwnedWriteHalf, mut said: mpsc::UnboundedReceiver<Said>, writes: Writes) {
    let (mut ticks, mut sound, mut quiet) = (interval(Duration::from_millis(20)), Vec::new(), false);
    loop {
        tokio::select! {
            biased;
            next = said.recv(), if sound.is_empty() => match next {
                Some(Said::Sound(samples)) => sound = samples,
                Some(Said::Bytes(bytes)) => if send(&mut write, &bytes, writes).await.is_err() { return },
                Some(Said::Silence) => quiet = true,
                None => return,
            },
            _ = ticks.tick() => {
                if quiet && sound.is_empty() {
                    continue;
                }
                let samples: Vec<i16> = sound.drain(..sound.len().min(160)).collect();
                let samples = samples.into_iter().chain(std::iter::repeat(0)).take(160);
                let payload: Vec<u8> = samples.flat_map(i16::to_le_bytes).collect();
                if send(&mut write, &frame(0x10, &payload), writes).await.is_err() {
                    return;
                }
            }
        }
    }
}

async fn send(write: &mut OwnedWriteHalf, bytes: &[u8], writes: Writes) -> std::io::Result<()> {
    let mut rest = bytes;
    for size in (1..).cycle().take(bytes.len()) {
        let size = if writes == Writes::Whole { rest.len() } else { rest.len().min(size) };
        let (now, later) = rest.split_at(size);
        write.write_all(now).await?;
        rest = later;
        if rest.is_empty() {
            break;
        }
        tokio::task::yield_now().await;
    }
    Ok(())
}
