//! How fast, how large: one line of JSON per kernel.
//!
//! `cargo run --release -p ventanilla-encoder --example bench_encoder [-- FILE.vte]`, on an idle machine. Without a
//! file it looks for `e5-small-es-en-pt.vte` in `$VENTANILLA_MODELS` or `~/.cache/ventanilla/models`. Each kernel is
//! measured in a process of its own, so that the memory is its own too.
//!
//! With the feature of that name, `-- rust-bert FOLDER` and `-- onnx FOLDER` measure the other libraries, on what
//! `export_weights` and `make_onnx.py` wrote.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};
#[cfg(feature = "onnx")]
use ventanilla_encoder::onnx;
#[cfg(feature = "rust-bert")]
use ventanilla_encoder::rust_bert;
use ventanilla_encoder::{E5, Encoder, Kernel};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Two messages of 13 and of 40 pieces, beginning and end included.
const SHORT: &str = "hay un bache en mi calle hoy";
const LONG: &str = "Buenas tardes, quiero reportar que desde ayer no hay agua en la colonia Centro y nadie nos ha dicho \
    cuándo va a regresar, ¿dónde pido una pipa?";

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [name, file] = arguments.as_slice() {
        return say(&match name.as_str() {
            #[cfg(feature = "rust-bert")]
            "rust-bert" => measure(|| Ok(rust_bert::RustBert::from_folder(file.as_ref())?))?.1,
            #[cfg(feature = "onnx")]
            "onnx" => {
                let read = |name| std::fs::read(std::path::Path::new(file).join(name));
                measure(|| Ok(onnx::Onnx::from_bytes(&read("model.onnx")?, &read("tokenizer.json")?)?))?.1
            }
            kernel => measure_kernel(kernel, file)?,
        });
    }
    let file = arguments.first().map_or_else(usual_file, |file| Ok(PathBuf::from(file)))?;
    for kernel in Kernel::available() {
        let own = Command::new(std::env::current_exe()?).arg(kernel.to_string()).arg(&file).status()?;
        if !own.success() {
            return Err(format!("{kernel} failed").into());
        }
    }
    Ok(())
}

fn usual_file() -> Outcome<PathBuf> {
    let folder = std::env::var_os("VENTANILLA_MODELS").map(PathBuf::from);
    let folder =
        folder.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/ventanilla/models")));
    Ok(folder.ok_or("where are the models? Set VENTANILLA_MODELS")?.join("e5-small-es-en-pt.vte"))
}

fn say(line: &Value) -> Outcome<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

fn measure_kernel(name: &str, file: &str) -> Outcome<Value> {
    let all = [Kernel::Vnni, Kernel::Avx2, Kernel::Neon, Kernel::Scalar8, Kernel::Scalar7];
    let kernel = all.into_iter().find(|each| each.to_string() == name).ok_or("no such kernel")?;
    let (encoder, mut line) = measure(|| Ok(E5::with_kernel(&std::fs::read(file)?, kernel)?))?;
    let pieces = encoder.pieces(SHORT).len();
    line["kernel"] = name.into();
    line["tokens"] = json!([pieces, encoder.pieces(LONG).len()]);
    let a_second = line["short_p50_ms"].as_f64().map(|ms| (pieces as f64 / ms * 1e3).round());
    line["tokens_per_s"] = json!(a_second);
    line["tokenise_us"] = tokenise(&encoder).into();
    line["file_mb"] = json!(std::fs::metadata(file)?.len() as f64 / 1e6);
    Ok(line)
}

/// Loads and measures what there is to say of any encoder.
fn measure<E: Encoder>(load: impl FnOnce() -> Outcome<E>) -> Outcome<(E, Value)> {
    let before = resident();
    let started = Instant::now();
    let encoder = load()?;
    let loaded = started.elapsed().as_secs_f64();
    let (short, long) = (times(&encoder, SHORT), times(&encoder, LONG));
    let line = json!({
        "short_cpu_ms": processor(&encoder, SHORT), "long_cpu_ms": processor(&encoder, LONG),
        "short_p50_ms": at(&short, 0.5), "short_p99_ms": at(&short, 0.99),
        "long_p50_ms": at(&long, 0.5), "long_p99_ms": at(&long, 0.99),
        "load_s": (loaded * 1e3).round() / 1e3,
        "rss_mb": ((resident() - before) * 10.0).round() / 10.0,
    });
    Ok((encoder, line))
}

/// Milliseconds, sorted. Half a second of warming up, then three seconds.
fn times(encoder: &impl Encoder, text: &str) -> Vec<f64> {
    let mut times = Vec::new();
    let started = Instant::now();
    while started.elapsed().as_secs_f64() < 3.5 {
        let warm = started.elapsed().as_secs_f64() > 0.5;
        let begun = Instant::now();
        std::hint::black_box(encoder.embed(text));
        if warm {
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
    }
    times.sort_by(f64::total_cmp);
    times
}

/// Milliseconds of processor time for one embedding: what counts on a busy machine. 0 where there is no /proc.
fn processor(encoder: &impl Encoder, text: &str) -> f64 {
    let spent = || {
        let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
        line.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or_default()
    };
    let before = spent();
    for _ in 0..100 {
        std::hint::black_box(encoder.embed(text));
    }
    ((spent() - before) / 1e5).round() / 1e3
}

/// Microseconds to cut the short text.
fn tokenise(encoder: &E5) -> f64 {
    let started = Instant::now();
    for _ in 0..1000 {
        std::hint::black_box(encoder.pieces(SHORT));
    }
    (started.elapsed().as_secs_f64() * 1e4).round() / 10.0
}

fn at(sorted: &[f64], share: f64) -> f64 {
    let place = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(place).map_or(0.0, |time| (time * 1e3).round() / 1e3)
}

/// VmRSS in megabytes; 0 where there is no /proc.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    (kilobytes.unwrap_or_default() / 102.4).round() / 10.0
}
