//! Posts webhooks, and tries again until they are answered with 200: at least once, in parallel. Each post under way is
//! a task of its own.

use std::{sync::Arc, time::Duration};

use tokio::{sync::OwnedSemaphorePermit, time::Instant};

use super::{
    Inner,
    agenda::{Post, Work},
    bubble::Tick,
};

/// Milliseconds between tries; the last one repeats.
const GAPS_MS: [u32; 5] = [500, 1_000, 2_000, 5_000, 10_000];

impl Inner {
    pub(super) async fn deliver(self: Arc<Self>, mut post: Post, permit: OwnedSemaphorePermit) {
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
        post.signature = None;
        let gap_ms = (f64::from(gap) * self.tuning.retry_scale).max(1.0);
        self.agenda
            .add(Instant::now() + Duration::from_secs_f64(gap_ms / 1000.0), Work::Post(Box::new(post)));
    }

    /// True for a 200, and for nothing else.
    async fn post_once(&self, post: &Post) -> bool {
        let mut request = self
            .http
            .post(self.webhook_url.clone())
            .timeout(self.tuning.post_timeout)
            .header("content-type", "application/json")
            .body(post.body.clone());
        if let Some(signature) = self.signature(post) {
            request = request.header("x-hub-signature-256", signature);
        }
        let Ok(answer) = request.send().await else { return false };
        let ok = answer.status() == reqwest::StatusCode::OK;
        // Meta ignores the body; it is read so that the connection can be used again.
        let _ignored = answer.bytes().await;
        ok
    }
}
