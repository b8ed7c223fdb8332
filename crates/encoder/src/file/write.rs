//! Parts -> bytes.

use sha2::{Digest, Sha256};

use super::{CHECKSUM, COVERED, LayerParts, LinearParts, MAGIC, NormParts, Parts, VERSION, WeightsError};

impl Parts<'_> {
    /// The bytes of the weights file. The same parts give the same bytes.
    ///
    /// # Errors
    /// When the parts do not fit together, or a piece is longer than 255 bytes.
    pub fn write(&self) -> Result<Vec<u8>, WeightsError> {
        self.check()?;
        let mut file = Vec::with_capacity(self.words.len() * 3);
        file.extend(MAGIC);
        file.extend(VERSION.to_le_bytes());
        file.extend([0; 32]);
        self.write_header(&mut file);
        self.write_pieces(&mut file)?;
        file.extend_from_slice(&self.words);
        floats(&mut file, &self.positions);
        norm(&mut file, &self.norm);
        self.layers.iter().for_each(|each| layer(&mut file, each));
        let sum = Sha256::digest(&file[COVERED..]);
        file[CHECKSUM..COVERED].copy_from_slice(&sum);
        Ok(file)
    }

    fn write_header(&self, file: &mut Vec<u8>) {
        let d = &self.dimensions;
        for number in [d.hidden, d.layers, d.heads, d.intermediate, d.positions, self.pieces.len()] {
            count(file, number);
        }
        floats(file, &[d.epsilon]);
        count(file, self.licence.len());
        file.extend(self.licence.bytes());
    }

    fn write_pieces(&self, file: &mut Vec<u8>) -> Result<(), WeightsError> {
        for (piece, _) in &self.pieces {
            let length = u8::try_from(piece.len())
                .map_err(|_| WeightsError::absurd(format!("a piece has {} bytes", piece.len())))?;
            file.push(length);
        }
        self.pieces.iter().for_each(|(_, score)| floats(file, &[*score]));
        self.pieces.iter().for_each(|(piece, _)| file.extend(piece.bytes()));
        Ok(())
    }
}

fn layer(file: &mut Vec<u8>, layer: &LayerParts) {
    for each in [&layer.query, &layer.key, &layer.value, &layer.attended] {
        linear(file, each);
    }
    norm(file, &layer.attention_norm);
    linear(file, &layer.widen);
    linear(file, &layer.narrow);
    norm(file, &layer.output_norm);
}

fn linear(file: &mut Vec<u8>, linear: &LinearParts) {
    file.extend_from_slice(&linear.weights);
    floats(file, &linear.biases);
}

fn norm(file: &mut Vec<u8>, norm: &NormParts) {
    floats(file, &norm.weights);
    floats(file, &norm.biases);
}

fn floats(file: &mut Vec<u8>, numbers: &[f32]) {
    file.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
}

/// Checked dimensions are far below 2^32; a licence of 4 GB would be cut.
fn count(file: &mut Vec<u8>, number: usize) {
    file.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}
