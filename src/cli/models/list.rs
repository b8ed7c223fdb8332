//! What is there.

use std::{fs, path::Path};

use ventanilla_encoder::E5;

use super::{SPEECH, megabytes, speech};
use crate::understanding::ENCODER;

/// Prints what the folder holds. `false` when something is there and cannot be used.
pub fn run(folder: &Path) -> bool {
    out!("{}", folder.display());
    let all = [encoder(&folder.join(ENCODER)), speech(&folder.join(SPEECH))];
    for line in &all {
        match line {
            Ok(line) | Err(line) => out!("{line}"),
        }
    }
    all.iter().all(Result::is_ok)
}

fn encoder(file: &Path) -> Result<String, String> {
    let Ok(bytes) = fs::read(file) else {
        let missing = "people are understood by words alone. Get it with `ventanilla models pull encoder`";
        return Ok(format!("encoder  missing: {missing}"));
    };
    let size = megabytes(bytes.len() as u64);
    match E5::from_bytes(&bytes) {
        Ok(encoder) => {
            let (kernel, licence) = (encoder.kernel(), encoder.licence());
            Ok(format!("encoder  {ENCODER}  {size}, runs by the kernel {kernel} here\n         {licence}"))
        }
        Err(why) => Err(format!("encoder  {ENCODER}  {size}, cannot be used: {why}")),
    }
}

fn speech(folder: &Path) -> Result<String, String> {
    if !folder.exists() {
        let missing = "voice notes go to a person. Get it with `ventanilla models pull speech`";
        return Ok(format!("speech   missing: {missing}"));
    }
    let of = |details: speech::Details| {
        let speech::Details { bytes, source, licence } = details;
        format!("speech   {SPEECH}  {}\n         {source}; licence: {licence}", megabytes(bytes))
    };
    match speech::look(folder) {
        Ok(details) => Ok(of(details)),
        // It may be sound: this program cannot tell.
        Err(why) if !speech::BUILT => Ok(format!("speech   {SPEECH}  is there, but {why}")),
        Err(why) => Err(format!(
            "speech   {SPEECH}  cannot be used: {why}. `ventanilla models pull speech` makes it anew"
        )),
    }
}
