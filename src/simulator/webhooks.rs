//! Tells the town: what is due is put into posts, signed and posted, and tried again until it is answered with 200.
//! At least once, in parallel, in no promised order, and never de-duplicated, as Meta does. One task keeps the
//! agenda; a post under way is a task of its own.

use std::{sync::Arc, time::Duration};

use rand::seq::SliceRandom;
use tokio::{
    sync::{OwnedSemaphorePermit, oneshot},
    time::Instant,
};

use super::{
    Inner,
    agenda::{Gathering, Post, Work},
    bubble::Tick,
    envelope::{self, Inbound, Sent, StatusUpdate, Step, Update},
    faults::Fault,
};

/// Milliseconds between tries; the last one repeats.
const GAPS_MS: [u32; 5] = [500, 1_000, 2_000, 5_000, 10_000];

impl Inner {
    /// A person wrote.
    pub(super) fn tell_message(&self, inbound: Inbound) {
        self.counts.waiting(1);
        self.agenda.add(Instant::now(), Work::Tell(Update::Message(inbound)));
    }

    /// One status of a message, `after_ms` from now.
    pub(super) fn tell_status(&self, sent: &Arc<Sent>, step: Step, after_ms: u64) {
        self.counts.waiting(1);
        let at = Instant::now() + Duration::from_millis(after_ms);
        let update = StatusUpdate { sent: Arc::clone(sent), step, at: 0 };
        self.agenda.add(at, Work::Tell(Update::Status(update)));
    }

    /// Posts a status by itself; the receiver hears when it was tried once.
    pub(super) fn tell_status_first(&self, sent: &Arc<Sent>, step: Step) -> oneshot::Receiver<()> {
        self.counts.waiting(1);
        let (told, hears) = oneshot::channel();
        let mut updates = vec![Update::Status(StatusUpdate { sent: Arc::clone(sent), step, at: 0 })];
        if let Some(mut post) = self.post_of(&mut updates) {
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
            posts.extend(gathering.alone.drain(..).filter_map(|update| self.post_of(&mut [update])));
            let leaves = gathering.leaves(now, &self.tuning);
            if leaves.is_some_and(|at| at <= now) {
                posts.extend(self.gathered(gathering));
            }
            if !posts.is_empty() {
                return Some(posts);
            }
            let alarm = async {
                match next_due.into_iter().chain(leaves).min() {
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

    fn gathered(&self, gathering: &mut Gathering) -> Vec<Post> {
        let mut updates = std::mem::take(&mut gathering.updates);
        gathering.since = None;
        if self.tuning.shuffle {
            updates.shuffle(&mut rand::rng());
        }
        updates
            .chunks_mut(self.tuning.updates_per_post.max(1))
            .filter_map(|chunk| self.post_of(chunk))
            .collect()
    }

    /// Dates the statuses, raises the ticks they mean, and fixes the bytes.
    fn post_of(&self, updates: &mut [Update]) -> Option<Post> {
        let (now, mut messages) = ((self.clock)(), Vec::new());
        for update in &mut *updates {
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
            }
        }
        let body = envelope::body(&self.account, updates)
            .inspect_err(
                |error| tracing::error!(%error, "the simulator could not write a webhook; it is lost"),
            )
            .ok()?;
        Some(Post {
            body: body.into(),
            updates: i64::try_from(updates.len()).unwrap_or(i64::MAX),
            messages,
            tries: 0,
            sign_badly: self.faults.strikes(Fault::WebhookBadSignature),
            twice: self.faults.strikes(Fault::DuplicateWebhook),
            tried: None,
        })
    }

    async fn permit(&self) -> Option<OwnedSemaphorePermit> {
        tokio::select! {
            () = self.shutdown.cancelled() => None,
            permit = Arc::clone(&self.posts).acquire_owned() => permit.ok(),
        }
    }

    async fn deliver(self: Arc<Self>, mut post: Post, permit: OwnedSemaphorePermit) {
        let ok = tokio::select! {
            () = self.shutdown.cancelled() => return,
            ok = self.post_once(&post) => ok,
        };
        drop(permit);
        if let Some(tried) = post.tried.take() {
            // Whoever waited may have gone.
            let _unheard = tried.send(());
        }
        if ok { self.post_ok(post) } else { self.try_again(post) }
    }

    fn post_ok(&self, post: Post) {
        self.counts.post_ok();
        self.counts.waiting(-post.updates);
        for (wa_id, id) in &post.messages {
            self.phones.tick(wa_id, id, Tick::Delivered);
        }
        if post.twice {
            let again = Post { twice: false, updates: 0, tries: 0, ..post };
            self.agenda.add(Instant::now(), Work::Post(Box::new(again)));
        }
    }

    fn try_again(&self, mut post: Post) {
        self.counts.post_retried();
        let gap = GAPS_MS[post.tries.min(GAPS_MS.len() - 1)];
        post.tries += 1;
        // What was signed badly once is signed well from then on.
        post.sign_badly = false;
        let gap_ms = (f64::from(gap) * self.tuning.retry_scale).max(1.0);
        self.agenda
            .add(Instant::now() + Duration::from_secs_f64(gap_ms / 1000.0), Work::Post(Box::new(post)));
    }

    /// True for a 200, and for nothing else.
    async fn post_once(&self, post: &Post) -> bool {
        let signature = if post.sign_badly {
            // As if the body had been written anew after signing.
            self.signer.header(&[&post.body, &b"\n"[..]].concat())
        } else {
            self.signer.header(&post.body)
        };
        let request = self
            .http
            .post(self.webhook_url.clone())
            .timeout(self.tuning.post_timeout)
            .header("content-type", "application/json")
            .header("x-hub-signature-256", signature)
            .body(post.body.clone());
        let Ok(answer) = request.send().await else { return false };
        let ok = answer.status() == reqwest::StatusCode::OK;
        // Meta ignores the body; it is read so that the connection can be used again.
        let _ignored = answer.bytes().await;
        ok
    }
}

impl Step {
    fn tick(self) -> Option<Tick> {
        match self {
            Self::Sent => Some(Tick::Sent),
            Self::Delivered => Some(Tick::Delivered),
            Self::Read => Some(Tick::Read),
            Self::Failed => None,
        }
    }
}
