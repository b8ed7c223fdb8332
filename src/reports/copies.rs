//! Copies of photos that could be shown one day: of each photo of a report a large and a small one is drawn anew, so that
//! nothing of the citizen's file is left (see [`crate::picture`]). Whether anybody may see them is another matter: the
//! moderation of the town.

use std::{io, sync::Arc, time::Duration};

use sha2::{Digest, Sha256};
use tracing::{info, warn};
use uuid::Uuid;

use crate::{
    app::App,
    picture::{self, NoPicture, Picture},
    store::{self, StoreError},
};

/// How often somebody looks whether there are new photos.
const LOOK: Duration = Duration::from_secs(1);
/// Photos that are drawn before somebody looks again.
const AT_ONCE: i64 = 8;

/// Which copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// At most 1600 pixels wide and high.
    Large,
    /// At most 320.
    Small,
}

/// The file of a copy, made of the photo's: drawing it again replaces it.
pub fn file(media: Uuid, size: Size) -> Uuid {
    let name: &[u8] = match size {
        Size::Large => b"large copy",
        Size::Small => b"small copy",
    };
    let digest = Sha256::new().chain_update(media.as_bytes()).chain_update(name).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Draws copies of new photos until the server stops.
pub async fn watch(app: Arc<App>) {
    loop {
        if let Err(err) = draw_waiting(&app).await {
            warn!("copies of photos could not be drawn: {err}");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = app.stop.cancelled() => return,
        }
    }
}

/// Draws the copies that lack, some at a time; says how many photos were looked at.
///
/// # Errors
/// When the database fails.
pub async fn draw_waiting(app: &App) -> Result<usize, StoreError> {
    let waiting = store::photo_copies::waiting(app.store.read(), AT_ONCE).await?;
    for media in &waiting {
        let drawn = match draw(app, *media).await {
            Ok(()) => true,
            Err(Failed::Refused(why)) => {
                info!(media.id = %media, "no copy can be drawn of photo {media}: {why}");
                false
            }
            // It may be there later.
            Err(Failed::Disk(err)) => {
                warn!(media.id = %media, "photo {media} could not be copied: {err}");
                continue;
            }
        };
        let unit = app.store.unit().await?;
        store::photo_copies::tried(&unit, *media, drawn).await?;
        unit.commit().await?;
    }
    Ok(waiting.len())
}

enum Failed {
    Refused(String),
    Disk(io::Error),
}

async fn draw(app: &App, media: Uuid) -> Result<(), Failed> {
    let bytes = app.media.get(media).await.map_err(|err| match err.kind() {
        io::ErrorKind::NotFound => Failed::Refused("its file is not there".to_owned()),
        _ => Failed::Disk(err),
    })?;
    let drawn = tokio::task::spawn_blocking(move || picture::redraw(&bytes)).await;
    let Picture { large, small } = match drawn {
        Ok(drawn) => drawn.map_err(|why: NoPicture| Failed::Refused(why.to_string()))?,
        Err(_) => return Err(Failed::Refused("drawing it broke off".to_owned())),
    };
    for (size, bytes) in [(Size::Large, large), (Size::Small, small)] {
        app.media.put(file(media, size), &bytes).await.map_err(Failed::Disk)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_copy_has_a_file_of_its_own_and_always_the_same() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let files =
            [(one, Size::Large), (one, Size::Small), (other, Size::Large)].map(|(of, size)| file(of, size));
        assert!(files[0] != files[1] && files[0] != files[2] && files[1] != one);
        assert_eq!(file(one, Size::Small), files[1]);
    }
}
