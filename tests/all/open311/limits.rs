//! How often somebody may ask.

use std::{num::NonZeroU32, time::Duration};

use super::other::{Other, get};
use crate::support::TestApp;

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let few = |config: &mut ventanilla::config::Config| {
        config.open311.address_per_minute = NonZeroU32::new(3).unwrap();
        config.open311.key_per_minute = NonZeroU32::new(5).unwrap();
    };
    let app = TestApp::builder().configure(few).start().await;
    for _ in 0..3 {
        assert_eq!(get(&app, "/v2/services.json").await.status, 200);
    }
    let refused = app.get("/open311/v2/services.json").send().await.unwrap();
    assert_eq!(refused.status(), 429);
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    // One in twenty seconds, rounded up.
    assert!((1..=21).contains(&wait), "{wait}");
    let said = refused.text().await.unwrap();
    assert!(said.starts_with("[{\"code\":429"), "{said}");
    // A key is counted by itself.
    let key = Other::new(&app).await.key;
    for _ in 0..5 {
        assert_eq!(get(&app, &format!("/v2/services.json?api_key={key}")).await.status, 200);
    }
    assert_eq!(get(&app, &format!("/v2/services.json?api_key={key}")).await.status, 429);
    // Guessing keys is counted as asking without one.
    assert_eq!(get(&app, "/v2/services.json?api_key=vtk_guessed").await.status, 429);
    app.clock.advance(Duration::from_secs(wait));
    assert_eq!(get(&app, "/v2/services.json").await.status, 200);
}
