//! Many vectors compared with one: an exhaustive ("flat") index, in the integers and with the kernels of the encoder.
//! A linear step is just that, so it is one.

use crate::kernels::{Chosen, Kernel, Linear, Quantised};

/// Rows and inputs of a linear step come in multiples of this.
const WHOLE: usize = 32;

/// Vectors in one byte a number, in the order they were given. Exact to about 1 in 100 of a cosine.
pub struct FlatIndex {
    chosen: Chosen,
    vectors: Linear,
    dimensions: usize,
    count: usize,
}

impl FlatIndex {
    /// `vectors` have `dimensions` numbers each; one that has fewer is filled up with zeros.
    pub fn new<'a>(dimensions: usize, mut vectors: impl ExactSizeIterator<Item = &'a [f32]>) -> Self {
        Self::filled(dimensions, vectors.len(), |row| {
            let vector = vectors.next().unwrap_or_default();
            row.iter_mut().zip(vector).for_each(|(to, x)| *to = *x);
        })
    }

    /// The same for vectors that are made one by one: `fill` writes the next of `count` over zeros.
    pub fn filled(dimensions: usize, count: usize, mut fill: impl FnMut(&mut [f32])) -> Self {
        let chosen = Chosen::best();
        let (inputs, rows) = (dimensions.next_multiple_of(WHOLE), count.next_multiple_of(WHOLE));
        let mut packed = Linear::new(chosen.width(), inputs, rows);
        let mut row = vec![0.0; inputs];
        for number in 0..rows {
            row.fill(0.0);
            if number < count {
                fill(row.get_mut(..dimensions).unwrap_or_default());
            }
            packed.push_row(&row, 0.0);
        }
        Self { chosen, vectors: packed, dimensions, count }
    }

    /// The scalar product of `vector` with each: the cosine, where all have length 1.
    pub fn products(&self, vector: &[f32]) -> Vec<f32> {
        let mut numbers = vec![0.0; self.vectors.inputs()];
        if self.count == 0 || numbers.is_empty() {
            return vec![0.0; self.count];
        }
        numbers.iter_mut().zip(vector).for_each(|(to, x)| *to = *x);
        let mut quantised = Quantised::default();
        self.chosen.quantise(&numbers, self.vectors.inputs(), &mut quantised);
        let mut products = vec![0.0; self.vectors.outputs()];
        self.chosen.linear(&self.vectors, &quantised, &mut products);
        products.truncate(self.count);
        products
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// One vector as it is kept: whole numbers and what one is worth, so that it can be stored and added again without
    /// a change.
    pub fn row(&self, number: usize) -> (Vec<i8>, f32) {
        let (mut bytes, scale) = self.vectors.row(number);
        bytes.truncate(self.dimensions);
        (bytes, scale)
    }
}

impl std::fmt::Debug for FlatIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FlatIndex").field("vectors", &self.count).finish_non_exhaustive()
    }
}

impl Chosen {
    fn best() -> Self {
        let all = Kernel::available();
        all.into_iter().find_map(Self::new).expect("the scalar kernels run everywhere")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors(count: usize, dimensions: usize) -> Vec<Vec<f32>> {
        let number = |i: usize, d: usize| ((i * 31 + d * 17) % 23) as f32 / 11.5 - 1.0;
        (0..count).map(|i| (0..dimensions).map(|d| number(i, d)).collect()).collect()
    }

    #[test]
    fn products_are_those_of_the_numbers() {
        for (count, dimensions) in [(1, 2), (32, 32), (75, 384)] {
            let all = vectors(count, dimensions);
            let index = FlatIndex::new(dimensions, all.iter().map(Vec::as_slice));
            let length = |v: &[f32]| v.iter().map(|x| x * x).sum::<f32>().sqrt();
            let asked = &all[count / 2];
            for (one, product) in all.iter().zip(index.products(asked)) {
                let exact: f32 = one.iter().zip(asked).map(|(a, b)| a * b).sum();
                let bound = 0.03 * length(one) * length(asked);
                assert!((product - exact).abs() <= bound, "{product} instead of {exact}");
            }
        }
    }

    #[test]
    fn a_row_that_is_stored_comes_back_the_same() {
        let all = vectors(5, 40);
        let index = FlatIndex::new(40, all.iter().map(Vec::as_slice));
        let stored: Vec<Vec<f32>> = (0..5)
            .map(|i| {
                let (bytes, scale) = index.row(i);
                bytes.into_iter().map(|byte| f32::from(byte) * scale).collect()
            })
            .collect();
        let again = FlatIndex::new(40, stored.iter().map(Vec::as_slice));
        assert!((0..5).all(|i| index.row(i).0 == again.row(i).0));
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert!(FlatIndex::new(0, [].into_iter()).products(&[]).is_empty());
        assert!(FlatIndex::new(384, [].into_iter()).products(&[1.0]).is_empty());
        assert_eq!(FlatIndex::new(3, [[0.0; 3].as_slice()].into_iter()).products(&[1.0; 3]), [0.0]);
    }
}
