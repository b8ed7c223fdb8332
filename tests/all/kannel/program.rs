//! A program of Kannel's, started for one test and ended by it, also when it fails.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// Where Debian puts them: not all of it is on everybody's PATH.
const PLACES: [&str; 2] = ["/usr/sbin", "/usr/lib/kannel/test"];

pub struct Program {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Program {
    /// Its log is kept beside its settings.
    pub fn start(name: &'static str, arguments: &[&str], folder: &Path) -> Self {
        let log = folder.join(format!("{name}.log"));
        let out = File::create(&log).unwrap();
        let child = Command::new(find(name))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .spawn()
            .unwrap();
        Self { name, child, log }
    }

    /// What it wrote. A phone company's network is no clean text.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    /// Fails the test when the program has ended by itself.
    pub fn must_run(&mut self) {
        if let Some(status) = self.child.try_wait().unwrap() {
            panic!("{} ended ({status})", self.name);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        if std::thread::panicking() {
            eprintln!("{}:\n{}", self.name, self.log());
        }
    }
}

fn find(name: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders = env::split_paths(&path).chain(PLACES.map(PathBuf::from));
    folders.find_map(|folder| Some(folder.join(name)).filter(|file| file.is_file())).unwrap_or_else(|| {
        panic!(
            "{name} is missing, and this test needs a real Kannel: install it with \
             `apt-get install kannel kannel-extras` (bin/test does)"
        )
    })
}
