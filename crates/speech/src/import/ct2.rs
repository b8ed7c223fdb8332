//! Reads a CTranslate2 model file, version 6: little-endian, names as `u16` length (with a closing zero), every
//! variable as rank, dimensions, type and bytes. Source: `ModelLoader` in the public OpenNMT/CTranslate2 sources.

use std::collections::BTreeMap;

use candle_core::{DType, Device, Tensor};

use super::ImportError;

/// The one binary version that is read.
const VERSION: u32 = 6;

/// The variables of a model, still as bytes of the file they came from.
pub(super) struct Variables<'a> {
    by_name: BTreeMap<String, Variable<'a>>,
}

struct Variable<'a> {
    dims: Vec<usize>,
    kind: u8,
    bytes: &'a [u8],
}

impl<'a> Variables<'a> {
    /// # Errors
    /// [`ImportError::Damaged`] when the file ends early, is of another version or says lengths that do not fit.
    pub(super) fn read(file: &'a [u8]) -> Result<Self, ImportError> {
        Self::try_read(&mut Reader { rest: file })
            .ok_or_else(|| ImportError::Damaged { file: "model.bin".into() })
    }

    fn try_read(reader: &mut Reader<'a>) -> Option<Self> {
        let version = reader.u32()?;
        let _specification = reader.text()?;
        let _revision = reader.u32()?;
        if version != VERSION {
            return None;
        }
        let mut by_name = BTreeMap::new();
        for _ in 0..reader.u32()? {
            let name = reader.text()?;
            by_name.insert(name, reader.variable()?);
        }
        Some(Self { by_name })
    }

    /// One variable as 32-bit floats.
    ///
    /// # Errors
    /// [`ImportError::Missing`] when there is none of that name, [`ImportError::Damaged`] when it is not of a
    /// floating type or its bytes do not fill its dimensions.
    pub(super) fn tensor(&self, name: &str) -> Result<Tensor, ImportError> {
        let variable = self.by_name.get(name).ok_or_else(|| ImportError::Missing { what: name.into() })?;
        let kind = match variable.kind {
            0 => DType::F32,
            4 => DType::F16,
            _ => return Err(ImportError::Damaged { file: name.into() }),
        };
        let tensor = Tensor::from_raw_buffer(variable.bytes, kind, &variable.dims, &Device::Cpu);
        tensor
            .and_then(|tensor| tensor.to_dtype(DType::F32))
            .map_err(|_| ImportError::Damaged { file: name.into() })
    }

    /// How many layers `side` ("encoder" or "decoder") has.
    pub(super) fn layers(&self, side: &str) -> usize {
        (0..)
            .take_while(|at| self.by_name.contains_key(&format!("{side}/layer_{at}/ffn/linear_0/weight")))
            .count()
    }

    /// A variable that holds one small integer, such as the number of heads.
    pub(super) fn integer(&self, name: &str) -> Option<usize> {
        let bytes = self.by_name.get(name)?.bytes;
        let mut value = 0usize;
        for &byte in bytes.iter().take(2).rev() {
            value = value * 256 + usize::from(byte);
        }
        Some(value)
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.u32()?).ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = u16::from_le_bytes(self.take(2)?.try_into().ok()?);
        let bytes = self.take(usize::from(length))?;
        Some(String::from_utf8_lossy(bytes.split_last()?.1).into_owned())
    }

    fn variable(&mut self) -> Option<Variable<'a>> {
        let rank = *self.take(1)?.first()?;
        let dims = (0..rank).map(|_| self.length()).collect::<Option<Vec<_>>>()?;
        let kind = *self.take(1)?.first()?;
        let length = self.length()?;
        let variable = Variable { dims, kind, bytes: self.take(length)? };
        variable.fits().then_some(variable)
    }
}

impl Variable<'_> {
    /// Whether the bytes are as many as the dimensions say, for the types that are read; others are not looked into.
    fn fits(&self) -> bool {
        let width = match self.kind {
            0 => 4,
            4 => 2,
            _ => return true,
        };
        let count = self.dims.iter().try_fold(width, |all: usize, &dim| all.checked_mul(dim));
        count == Some(self.bytes.len())
    }
}
