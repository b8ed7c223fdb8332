//! warm
#[test]
fn warm() {
    let _ = env!("CARGO_BIN_EXE_ventanilla");
    let _ = ventanilla::content::builtin();
}
