//! What is still to be said on a line: pieces are spoken one after the other, the next while the one before is heard.

use std::{collections::VecDeque, fmt, sync::Arc};

use tokio::sync::mpsc;
use ventanilla_adapters::audiosocket::{Piece, SAMPLES, SILENCE};
use ventanilla_values::Lang;

use super::{
    ear::Prompt,
    engines::{Engines, SpeechError},
};

/// Pieces that are spoken ahead of what is heard.
const AHEAD: usize = 2;

struct Made {
    sound: Arc<[i16]>,
    must_hear: bool,
}

/// What is said on one line.
pub(super) struct Player {
    engines: Engines,
    queue: VecDeque<Made>,
    /// Samples of the first that were heard already.
    heard: usize,
    /// Where the next pieces come from, and whether the next of them must be heard.
    makers: VecDeque<mpsc::Receiver<Result<Made, SpeechError>>>,
    held_to_come: usize,
}

impl fmt::Debug for Player {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Player").field("queue", &self.queue.len()).finish_non_exhaustive()
    }
}

impl Player {
    pub(super) fn new(engines: Engines) -> Self {
        Self { engines, queue: VecDeque::new(), heard: 0, makers: VecDeque::new(), held_to_come: 0 }
    }

    /// Says these pieces behind what is being said.
    pub(super) fn say(&mut self, pieces: Vec<Piece>) {
        self.held_to_come += pieces.iter().filter(|piece| piece.must_hear).count();
        let (made, maker) = mpsc::channel(AHEAD);
        self.makers.push_back(maker);
        let engines = self.engines.clone();
        // Ends by itself when nobody wants to hear it any more.
        tokio::spawn(async move {
            for piece in pieces {
                let lang = if piece.english { Lang::EN } else { Lang::ES };
                let sound = engines.say(&piece.text, lang).await;
                let sound = sound.map(|sound| Made { sound, must_hear: piece.must_hear });
                if made.send(sound).await.is_err() {
                    return;
                }
            }
        });
    }

    /// Waits for the next piece and takes it into the queue; for ever where none is to come. Nothing is lost when this
    /// is dropped before it is done.
    pub(super) async fn fill(&mut self) -> Result<(), SpeechError> {
        if self.queue.len() >= AHEAD {
            return std::future::pending().await;
        }
        let Some(maker) = self.makers.front_mut() else { return std::future::pending().await };
        match maker.recv().await {
            Some(made) => {
                let made = made?;
                self.held_to_come -= usize::from(made.must_hear);
                self.queue.push_back(made);
            }
            None => drop(self.makers.pop_front()),
        }
        Ok(())
    }

    /// The next 20 ms: silence where there is nothing to say.
    pub(super) fn next(&mut self) -> [i16; SAMPLES] {
        let mut frame = SILENCE;
        let mut room = frame.as_mut_slice();
        while let Some(first) = self.queue.front().filter(|_| !room.is_empty()) {
            let left = first.sound.get(self.heard..).unwrap_or_default();
            let taken = left.len().min(room.len());
            let (now, later) = room.split_at_mut(taken);
            now.copy_from_slice(left.get(..taken).unwrap_or_default());
            room = later;
            self.heard += taken;
            if taken == left.len() {
                self.queue.pop_front();
                self.heard = 0;
            }
        }
        frame
    }

    /// Drops everything that is still to be said.
    pub(super) fn stop(&mut self) {
        self.queue.clear();
        self.makers.clear();
        (self.heard, self.held_to_come) = (0, 0);
    }

    pub(super) fn is_done(&self) -> bool {
        self.queue.is_empty() && self.makers.is_empty()
    }

    /// What is being said now.
    pub(super) fn prompt(&self) -> Prompt {
        if self.held_to_come > 0 || self.queue.iter().any(|made| made.must_hear) {
            return Prompt::Held;
        }
        if self.is_done() { Prompt::None } else { Prompt::Free }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telephony::{Ears, Heard, Mouth};

    /// Each letter is 100 samples of its number.
    #[derive(Debug)]
    struct Letters;

    impl Mouth for Letters {
        fn say(&self, text: &str, _lang: Lang) -> Result<Vec<i16>, SpeechError> {
            if text == "!" {
                return Err(SpeechError("no voice".to_owned()));
            }
            Ok(text.bytes().flat_map(|byte| [i16::from(byte); 100]).collect())
        }
    }

    impl Ears for Letters {
        fn hear(
            &self,
            _sound: &[i16],
            _lang: Lang,
            _hints: &[String],
            _stop: &dyn Fn() -> bool,
        ) -> Result<Heard, SpeechError> {
            Ok(Heard::nothing())
        }
    }

    fn player() -> Player {
        Player::new(Engines::new(Arc::new(Letters), Arc::new(Letters), 1))
    }

    fn piece(text: &str, must_hear: bool) -> Piece {
        Piece { text: text.to_owned(), english: false, must_hear }
    }

    async fn heard(player: &mut Player) -> String {
        let mut samples = Vec::new();
        while !player.is_done() {
            tokio::select! {
                biased;
                filled = player.fill() => filled.unwrap(),
                () = tokio::task::yield_now() => samples.extend(player.next()),
            }
        }
        let letters = samples.chunk_by(|one, other| one == other).filter(|run| run[0] != 0);
        letters.flat_map(|run| vec![u8::try_from(run[0]).unwrap(); run.len() / 100]).map(char::from).collect()
    }

    #[tokio::test]
    async fn pieces_are_heard_in_order_and_without_a_gap_within() {
        let mut player = player();
        player.say(vec![piece("abc", false), piece("de", false)]);
        player.say(vec![piece("f", false)]);
        assert_eq!(player.prompt(), Prompt::Free);
        assert_eq!(heard(&mut player).await, "abcdef");
        assert_eq!((player.prompt(), player.next()), (Prompt::None, SILENCE));
    }

    #[tokio::test]
    async fn what_must_be_heard_is_held_from_the_moment_it_is_wanted() {
        let mut player = player();
        player.say(vec![piece("ab", true), piece("c", false)]);
        assert_eq!(player.prompt(), Prompt::Held, "though nothing is spoken yet");
        player.fill().await.unwrap();
        player.fill().await.unwrap();
        assert_eq!(player.prompt(), Prompt::Held);
        player.next();
        player.next();
        assert_eq!(player.prompt(), Prompt::Free);
    }

    #[tokio::test]
    async fn what_is_stopped_is_not_said_later() {
        let mut player = player();
        player.say(vec![piece("abcdefgh", false), piece("ij", false), piece("kl", false)]);
        player.fill().await.unwrap();
        player.next();
        player.stop();
        assert!(player.is_done());
        player.say(vec![piece("z", false)]);
        assert_eq!(heard(&mut player).await, "z");
    }

    #[tokio::test]
    async fn a_voice_that_fails_is_told() {
        let mut player = player();
        player.say(vec![piece("!", false)]);
        assert_eq!(player.fill().await, Err(SpeechError("no voice".to_owned())));
    }
}
