//! Lets the server be built before its pages are, and built again when they change.

fn main() {
    // Without the folder every build would run again; without the print a release could ship old pages.
    std::fs::create_dir_all("web/dist").ok();
    println!("cargo:rerun-if-changed=web/dist");
    println!("cargo:rerun-if-changed=intents");
    println!("cargo:rerun-if-changed=flows");
    println!("cargo:rerun-if-changed=catalogue");
}
