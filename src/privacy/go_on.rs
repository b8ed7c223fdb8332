//! What follows an erasure by itself: addresses go once the person was told, files once the database forgot them.

use tracing::{info, warn};

use crate::{
    app::App,
    reports::copies::{self, Size},
    store::{self, StoreError},
};

/// A last word that nobody took for so many milliseconds holds nothing up.
const PATIENCE: i64 = 24 * 3600 * 1000;
/// Files that are removed before something else is looked at.
const AT_ONCE: i64 = 50;

/// Does what is due.
///
/// # Errors
/// When the database fails.
pub async fn go_on(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    for request in store::privacy_requests::to_forget(app.store.read(), now - PATIENCE).await? {
        let unit = app.store.unit().await?;
        store::erasure::addresses(&unit, request.person).await?;
        store::privacy_requests::forgotten(&unit, request.id, now).await?;
        unit.commit().await?;
        info!("erasure {} is complete", request.reference);
    }
    for file in store::erasure::files(app.store.read(), AT_ONCE).await? {
        let mut gone = true;
        for name in [file, copies::file(file, Size::Large), copies::file(file, Size::Small)] {
            if let Err(err) = app.media.remove(name).await {
                warn!(media.id = %file, "an erased file is still there, and will be tried again: {err}");
                gone = false;
            }
        }
        if gone {
            let unit = app.store.unit().await?;
            store::erasure::removed(&unit, file).await?;
            unit.commit().await?;
        }
    }
    Ok(())
}
