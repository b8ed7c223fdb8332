//! Tells the town: what is due is put into posts, in no promised order and never de-duplicated, as Meta does. One task
//! keeps the agenda; `posting` makes the posts.

use std::{sync::Arc, time::Duration};

use rand::seq::SliceRandom;
use tokio::{
    sync::{OwnedSemaphorePermit, oneshot},
    time::Instant,
};

use super::{
    Inner,
    agenda::{Gathering, Post, Work},
    codes::Code,
    envelope::{self, Change, Inbound, Sent, Update},
    faults::Fault,
    signing::SignatureStyle,
    statuses::{StatusUpdate, Step},
};

/// How long a webhook waits for another to let pass before it leaves all the same.
const HOLD: Duration = Duration::from_secs(1);

impl Inner {
    /// A person wrote.
    pub(super) fn tell_message(&self, inbound: Inbound) {
        self.tell(Update::Message(inbound), 0);
    }

    /// Something else changed.
    pub(super) fn tell_change(&self, change: Change) {
        self.tell(Update::Change(change), 0);
    }

    /// One status of a message, `after_ms` from now.
    pub(super) fn tell_status(&self, sent: &Arc<Sent>, step: Step, after_ms: u64) {
        let mut update = status(sent, step, None);
        update.dropped = self.dice.drops_status();
        if update.dropped {
            self.counts.mishap("drop_status");
        }
        self.tell(Update::Status(update), after_ms);
    }

    pub(super) fn tell_failure(&self, sent: &Arc<Sent>, error: Option<&'static Code>, after_ms: u64) {
        self.tell(Update::Status(status(sent, Step::Failed, error)), after_ms);
    }

    fn tell(&self, update: Update, after_ms: u64) {
        self.counts.waiting(1);
        self.agenda.add(Instant::now() + Duration::from_millis(after_ms), Work::Tell(update));
    }

    /// Posts a status by itself; the receiver hears when it was tried once.
    pub(super) fn tell_status_first(&self, sent: &Arc<Sent>, step: Step) -> oneshot::Receiver<()> {
        self.counts.waiting(1);
        let (told, hears) = oneshot::channel();
        if let Some(mut post) = self.post_of(vec![Update::Status(status(sent, step, None))]) {
            post.tried = Some(told);
            self.agenda.add(Instant::now(), Work::Post(Box::new(post)));
        }
        hears
    }

    /// Keeps the agenda until the shutdown.
    pub(super) async fn keep_agenda(self: Arc<Self>) {
        let mut gathering = Gathering::default();
        while let Some(posts) = self.next_posts(&mut gathering).await {
            for post in posts {
                let Some(permit) = self.permit().await else { return };
                let inner = Arc::clone(&self);
                self.tasks.spawn(async move { inner.deliver(post, permit).await });
            }
        }
    }

    /// Waits for posts to make; `None` at the shutdown.
    async fn next_posts(&self, gathering: &mut Gathering) -> Option<Vec<Post>> {
        loop {
            let (now, mut posts) = (Instant::now(), Vec::new());
            let next_due = self.agenda.take(now, gathering, &mut posts, &self.tuning);
            let alone = std::mem::take(&mut gathering.alone).into_iter();
            let mut fresh: Vec<Post> = alone.filter_map(|update| self.post_of(vec![update])).collect();
            let leaves = gathering.leaves(now, &self.tuning);
            if leaves.is_some_and(|at| at <= now) {
                fresh.extend(self.gathered(gathering));
            }
            posts.extend(self.with_luck(fresh, gathering, now));
            if !posts.is_empty() {
                return Some(posts);
            }
            let held = gathering.held.as_ref().map(|(_, until)| *until);
            let alarm = async {
                match next_due.into_iter().chain(leaves).chain(held).min() {
                    Some(at) => tokio::time::sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = self.shutdown.cancelled() => return None,
                () = self.agenda.wake.notified() => {}
                () = alarm => {}
            }
        }
    }

    /// What the plan makes of webhooks about to leave for the first time: some later, some after the next.
    fn with_luck(&self, fresh: Vec<Post>, gathering: &mut Gathering, now: Instant) -> Vec<Post> {
        let mut posts = Vec::with_capacity(fresh.len());
        for mut post in fresh {
            let luck = self.dice.webhook();
            luck.names().for_each(|name| self.counts.mishap(name));
            post.twice |= luck.duplicate;
            if luck.wrong_signature {
                post.signature = Some(SignatureStyle::WrongSecret);
            }
            if let Some(delay) = luck.delay_ms {
                self.agenda.add(now + Duration::from_millis(delay), Work::Post(Box::new(post)));
            } else if luck.reorder && gathering.held.is_none() {
                gathering.held = Some((post, now + HOLD));
            } else {
                posts.push(post);
                posts.extend(gathering.held.take().map(|(held, _)| held));
            }
        }
        let overdue = gathering.held.take_if(|(_, until)| *until <= now);
        posts.extend(overdue.map(|(held, _)| held));
        posts
    }

    fn gathered(&self, gathering: &mut Gathering) -> Vec<Post> {
        let mut updates = std::mem::take(&mut gathering.updates);
        gathering.since = None;
        if self.tuning.shuffle {
            updates.shuffle(&mut rand::rng());
        }
        let (mut posts, mut updates) = (Vec::new(), updates.into_iter());
        loop {
            let chunk: Vec<Update> = updates.by_ref().take(self.tuning.updates_per_post.max(1)).collect();
            if chunk.is_empty() {
                return posts;
            }
            posts.extend(self.post_of(chunk));
        }
    }

    /// Dates the statuses, raises the ticks they mean, and fixes the bytes. `None`: nothing is left to tell.
    fn post_of(&self, mut updates: Vec<Update>) -> Option<Post> {
        let (now, mut messages) = ((self.clock)(), Vec::new());
        for update in &mut updates {
            match update {
                Update::Message(inbound) => {
                    messages.push((Arc::clone(&inbound.contact.wa_id), Arc::clone(&inbound.id)));
                }
                Update::Status(status) => {
                    status.at = now;
                    if let Some(tick) = status.step.tick() {
                        self.phones.tick(&status.sent.contact.wa_id, &status.sent.id, tick);
                    }
                }
                Update::Change(_) => {}
            }
        }
        let before = updates.len();
        updates.retain(|update| !matches!(update, Update::Status(status) if status.dropped));
        self.counts.waiting(count(updates.len()) - count(before));
        if updates.is_empty() {
            return None;
        }
        let body = envelope::body(&self.account, &updates, self.tuning.body)
            .inspect_err(
                |error| tracing::error!(%error, "the simulator could not write a webhook; it is lost"),
            )
            .ok()?;
        Some(Post {
            body: body.into(),
            updates: count(updates.len()),
            messages,
            tries: 0,
            signature: self.armed_signature(),
            twice: self.faults.strikes(Fault::DuplicateWebhook),
            tried: None,
        })
    }

    fn armed_signature(&self) -> Option<SignatureStyle> {
        if self.faults.strikes(Fault::WebhookBadSignature) {
            Some(SignatureStyle::Rewritten)
        } else if self.faults.strikes(Fault::WebhookNoSignature) {
            Some(SignatureStyle::Missing)
        } else {
            None
        }
    }

    async fn permit(&self) -> Option<OwnedSemaphorePermit> {
        tokio::select! {
            () = self.shutdown.cancelled() => None,
            permit = Arc::clone(&self.posts).acquire_owned() => permit.ok(),
        }
    }
}

fn status(sent: &Arc<Sent>, step: Step, error: Option<&'static Code>) -> StatusUpdate {
    StatusUpdate { sent: Arc::clone(sent), step, error, dropped: false, at: 0 }
}

fn count(updates: usize) -> i64 {
    i64::try_from(updates).unwrap_or(i64::MAX)
}
