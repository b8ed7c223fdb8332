//! Takes tensors out of a GGUF file, one at a time.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use candle_core::quantized::{QMatMul, QTensor, gguf_file};
use candle_core::{Device, Result, Tensor};

use super::Config;
use super::folder::{WeightsError, unreadable};

/// An open GGUF file, whose every tensor has the dimensions that the sizes ask for.
pub(super) struct Weights {
    file: BufReader<File>,
    content: gguf_file::Content,
}

impl Weights {
    pub(super) fn open(path: &Path, config: &Config) -> std::result::Result<Self, WeightsError> {
        let file = File::open(path).map_err(|source| unreadable(path, source))?;
        let mut file = BufReader::new(file);
        let content =
            gguf_file::Content::read(&mut file).map_err(|_| WeightsError::Damaged { file: path.into() })?;
        fits(&content, config).map_err(|what| WeightsError::Shape { file: PathBuf::from(path), what })?;
        Ok(Self { file, content })
    }

    /// A matrix to multiply with. It stays packed: unpacked to floats it was measured to be no faster, with one row
    /// or with hundreds, and four times the memory.
    pub(super) fn packed(&mut self, name: &str) -> Result<QMatMul> {
        QMatMul::from_qtensor(self.tensor(name)?)
    }

    /// A tensor as it is on disk.
    pub(super) fn tensor(&mut self, name: &str) -> Result<QTensor> {
        self.content.tensor(&mut self.file, name, &Device::Cpu)
    }

    /// A tensor as 32-bit floats.
    pub(super) fn plain(&mut self, name: &str) -> Result<Tensor> {
        self.tensor(name)?.dequantize(&Device::Cpu)
    }
}

fn fits(content: &gguf_file::Content, config: &Config) -> std::result::Result<(), String> {
    for (name, dims) in config.tensors() {
        match content.tensor_infos.get(&name) {
            Some(info) if info.shape.dims() == dims => {}
            _ => return Err(name),
        }
    }
    Ok(())
}
