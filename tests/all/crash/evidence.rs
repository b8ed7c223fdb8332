//! Judges what the phones show against what the database says. Each rule is a function that names it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt,
    sync::Arc,
};

use ventanilla::simulator::{Bubble, Side};

use super::{
    crowd::{Crowd, Manner, Person},
    folio_in,
    ledger::{Inbound, Reply, Report},
    town::Town,
};

pub struct Evidence<'a> {
    people: &'a [Person],
    /// What was on its way at each kill: ids of outbox rows.
    kills: &'a [HashSet<String>],
    /// The town's, by phone, in the order they came.
    bubbles: HashMap<Arc<str>, Vec<Bubble>>,
    inbox: Vec<Inbound>,
    outbox: Vec<Reply>,
    reports: Vec<Report>,
    turns: BTreeMap<String, i64>,
}

impl<'a> Evidence<'a> {
    pub async fn gather(town: &Town, crowd: &'a Crowd, kills: &'a [HashSet<String>]) -> Self {
        let ledger = town.ledger().await;
        let shown = |phone: &Arc<str>| {
            let mut bubbles = town.simulator.bubbles(phone, 0);
            bubbles.retain(|bubble| bubble.from == Side::Town);
            (Arc::clone(phone), bubbles)
        };
        let evidence = Self {
            people: &crowd.people,
            kills,
            bubbles: crowd.people.iter().map(|person| shown(&person.phone)).collect(),
            inbox: ledger.inbox().await,
            outbox: ledger.outbox().await,
            reports: ledger.reports().await,
            turns: ledger.turns().await,
        };
        ledger.close().await;
        evidence
    }

    /// What was answered with 200 is in the inbox, once, and was dealt with.
    pub fn every_message_was_kept_once(&self) {
        let said: BTreeSet<&str> =
            self.people.iter().flat_map(|person| person.said.iter().map(|(id, _)| &**id)).collect();
        let kept: BTreeSet<&str> = self.inbox.iter().map(|inbound| inbound.provider_id.as_str()).collect();
        let lost: Vec<_> = said.difference(&kept).collect();
        assert!(lost.is_empty(), "{} messages were answered with 200 and are lost: {lost:?}", lost.len());
        assert_eq!(kept.len(), self.inbox.len(), "a message was kept twice");
        assert_eq!(kept, said, "the inbox holds what nobody said");
        let left: Vec<_> = self.inbox.iter().filter(|inbound| inbound.state != "done").collect();
        assert!(left.is_empty(), "messages without a turn: {left:?}");
    }

    /// One turn for each message, in the order in which they were stored; and that is the order in which they were
    /// said by people who wait for the answer. (Of a burst, the provider promises no order.)
    pub fn every_message_had_one_turn_in_order(&self) {
        for person in self.people {
            let inbox = self.inbox_of(person);
            let turns: Vec<i64> = inbox.iter().filter_map(|inbound| inbound.turn).collect();
            let expected: Vec<i64> = (1..).take(inbox.len()).collect();
            assert_eq!(turns, expected, "turns of the messages of {}", person.phone);
            assert_eq!(
                self.turns[&inbox[0].person],
                *expected.last().unwrap(),
                "turns done for {}",
                person.phone
            );
            if person.manner != Manner::Bursts {
                let stored: Vec<&str> = inbox.iter().map(|inbound| inbound.provider_id.as_str()).collect();
                let said: Vec<&str> = person.said.iter().map(|(id, _)| &**id).collect();
                assert_eq!(
                    stored, said,
                    "{} waits for answers, and was stored in another order",
                    person.phone
                );
            }
        }
    }

    /// The outbox has one reply for each turn, and it answers what was said.
    pub fn every_turn_has_its_one_answer(&self) {
        let keys: BTreeSet<_> =
            self.outbox.iter().map(|reply| (&reply.person, reply.turn, reply.idx)).collect();
        assert_eq!(keys.len(), self.outbox.len(), "two replies share (person, turn, idx)");
        for person in self.people {
            let (inbox, outbox) = (self.inbox_of(person), self.outbox_of(person));
            let asked: Vec<_> = inbox.iter().map(|inbound| (inbound.turn.unwrap(), 0)).collect();
            let answered: Vec<_> = outbox.iter().map(|reply| (reply.turn, reply.idx)).collect();
            assert_eq!(answered, asked, "(turn, idx) of the replies to {}", person.phone);
            for (inbound, reply) in inbox.iter().zip(&outbox) {
                let said = person.said.iter().find(|(id, _)| **id == *inbound.provider_id);
                if let Some((_, Some(text))) = said
                    && text.parse::<u64>().is_ok()
                {
                    assert!(
                        reply.text.contains(&format!("*{text}*")),
                        "{text} got the answer {:?}",
                        reply.text
                    );
                }
            }
        }
    }

    /// Every phone shows every reply in the order of the turns: once, or twice in a row where it is doubtful.
    pub fn phones_show_the_answers_in_order(&self) {
        for person in self.people {
            let mut bubbles = self.bubbles[&person.phone].as_slice();
            for reply in self.outbox_of(person) {
                let same =
                    bubbles.iter().take_while(|bubble| bubble.view.text.as_deref() == Some(&reply.text));
                let (copies, rest) = bubbles.split_at(same.count());
                bubbles = rest;
                self.judge(person, reply, copies);
            }
            let beyond: Vec<_> = bubbles.iter().map(|bubble| bubble.view.text.as_deref()).collect();
            assert!(
                beyond.is_empty(),
                "{} was shown what no turn decided, or too late: {beyond:?}",
                person.phone
            );
        }
    }

    fn judge(&self, person: &Person, reply: &Reply, copies: &[Bubble]) {
        let shown = copies.len();
        let about = format!("{} was shown {shown} times, {reply:?}", person.phone);
        assert!(shown > 0 && reply.state != "failed", "given up: {about}");
        assert!(shown <= if reply.doubtful { 2 } else { 1 }, "too often: {about}");
        let known = copies.iter().any(|copy| Some(&*copy.id) == reply.provider_id.as_deref());
        assert!(known, "under an id that the server does not know: {about}");
    }

    /// `doubtful` is said only of replies that were on their way at a kill, so it is at most those.
    pub fn only_what_was_on_its_way_is_doubtful(&self) {
        let doubtful: Vec<&Reply> = self.outbox.iter().filter(|reply| reply.doubtful).collect();
        let baseless: Vec<_> = doubtful.iter().filter(|reply| self.crashes(reply) == 0).collect();
        assert!(baseless.is_empty(), "doubtful, but not on their way at any kill: {baseless:?}");
        assert!(doubtful.len() <= self.on_their_way());
    }

    /// As many as were confirmed; what was said is what is filed.
    pub fn every_report_was_filed_once_under_the_folio_that_was_said(&self) {
        for person in self.people {
            let id = &self.inbox_of(person)[0].person;
            let filed: Vec<_> = self.reports.iter().filter(|report| report.person == *id).collect();
            assert_eq!(filed.len(), person.confirmed, "reports that {} confirmed", person.phone);
            let filed: Vec<_> = filed.iter().map(|report| (report.turn, report.folio.clone())).collect();
            let told = self.outbox_of(person).into_iter();
            let told: Vec<_> = told.filter_map(|reply| Some((reply.turn, folio_in(&reply.text)?))).collect();
            assert_eq!(told, filed, "(turn, folio) told to {} and filed", person.phone);
            let heard = person.folios.iter().all(|folio| filed.iter().any(|(_, filed)| filed == folio));
            assert!(heard, "{} heard a folio that is not theirs", person.phone);
        }
        let folios: BTreeSet<_> = self.reports.iter().map(|report| &report.folio).collect();
        assert_eq!(folios.len(), self.reports.len(), "two reports share a folio");
        assert_eq!(self.people.iter().map(|person| person.confirmed).sum::<usize>(), self.reports.len());
    }

    /// Kills at which this reply was on its way.
    fn crashes(&self, reply: &Reply) -> usize {
        self.kills.iter().filter(|kill| kill.contains(&reply.id)).count()
    }

    fn on_their_way(&self) -> usize {
        self.kills.iter().map(HashSet::len).sum()
    }

    fn inbox_of(&self, person: &Person) -> Vec<&Inbound> {
        self.inbox.iter().filter(|inbound| person.has_said(&inbound.provider_id)).collect()
    }

    fn outbox_of(&self, person: &Person) -> Vec<&Reply> {
        let id = &self.inbox_of(person)[0].person;
        self.outbox.iter().filter(|reply| reply.person == *id).collect()
    }
}

/// For who wants to know how hard it was.
impl fmt::Display for Evidence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bubbles: usize = self.bubbles.values().map(Vec::len).sum();
        let at_kills: Vec<usize> = self.kills.iter().map(HashSet::len).collect();
        let doubtful = self.outbox.iter().filter(|reply| reply.doubtful).count();
        write!(
            f,
            "{} messages, {} replies shown {bubbles} times, {} reports; on their way at the kills: {at_kills:?}, \
             doubtful: {doubtful}",
            self.inbox.len(),
            self.outbox.len(),
            self.reports.len(),
        )
    }
}
