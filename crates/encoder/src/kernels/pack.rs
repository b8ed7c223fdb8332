//! Weights and tokens in integers, as the kernels read them.

use crate::q4;

/// In how many bits a weight is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// -63..=63. Two products with 8-bit numbers fit into 16 bits: 2 x 127 x 127 < 32,768, with the offset added.
    Seven,
    /// -127..=127
    Eight,
}

impl Width {
    /// The largest weight.
    pub const fn limit(self) -> i32 {
        match self {
            Self::Seven => 63,
            Self::Eight => 127,
        }
    }

    /// What is added to weights to keep them above zero, as x86 multiplies unsigned by signed bytes.
    pub const fn offset(self) -> i32 {
        self.limit() + 1
    }
}

/// Rows of a tile.
pub(crate) const ROWS: usize = 16;
/// Weights of each row in a tile.
pub(crate) const DEPTH: usize = 4;

/// Four neighbouring weights of each of sixteen rows: one register of AVX-512, one line of the cache.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Tile(pub [[u8; DEPTH]; ROWS]);

/// A linear step, packed: the tiles of rows 0..16 from the first inputs to the last, then those of rows 16..32, …
#[derive(Debug)]
pub(crate) struct Linear {
    width: Width,
    inputs: usize,
    tiles: Vec<Tile>,
    scales: Vec<f32>,
    /// Of each row, the sum of its weights.
    sums: Vec<f32>,
    biases: Vec<f32>,
}

/// To the nearest whole number, ties to even: adding 1.5 * 2^23 leaves no room for a fraction. Faster than asking for
/// it where the processor has no instruction.
fn nearest(small: f32) -> i32 {
    ((small + 12_582_912.0) - 12_582_912.0) as i32
}

impl Linear {
    /// An empty one; the rows come with [`Linear::push`]. `inputs` is a multiple of 32, and rows must be in the end.
    pub fn new(width: Width, inputs: usize, outputs: usize) -> Self {
        let empty = Tile([[0; DEPTH]; ROWS]);
        let tiles = Vec::with_capacity(inputs / DEPTH * outputs / ROWS);
        let [scales, sums, biases] = [0; 3].map(|_| Vec::with_capacity(outputs));
        let mut made = Self { width, inputs, tiles, scales, sums, biases };
        made.tiles.resize(inputs / DEPTH * outputs / ROWS, empty);
        made
    }

    /// Adds rows: weights in Q4_0, and a bias each.
    pub fn push(&mut self, blocks: &[u8], biases: &[f32]) {
        let mut row = vec![0.0; self.inputs];
        for (blocks, bias) in blocks.chunks_exact(q4::bytes_for(self.inputs)).zip(biases) {
            q4::unpack(blocks, &mut row);
            self.push_row(&row, *bias);
        }
    }

    /// Adds one row.
    pub fn push_row(&mut self, row: &[f32], bias: f32) {
        let top = row.iter().fold(1e-9f32, |top, w| top.max(w.abs()));
        let limit = self.width.limit() as f32;
        let inverse = limit / top;
        let number = self.scales.len();
        let steps = self.inputs / DEPTH;
        let tiles = &mut self.tiles[number / ROWS * steps..][..steps];
        let mut sum = 0;
        for (tile, weights) in tiles.iter_mut().zip(row.as_chunks::<DEPTH>().0) {
            let whole = weights.map(|w| nearest(w * inverse));
            sum += whole.iter().sum::<i32>();
            tile.0[number % ROWS] = whole.map(|w| (w + self.width.offset()) as u8);
        }
        self.scales.push(top / limit);
        self.sums.push(sum as f32 * (top / limit));
        self.biases.push(bias);
    }

    /// The weights of one row, and what 1 of them is worth.
    pub fn row(&self, number: usize) -> (Vec<i8>, f32) {
        let offset = self.width.offset();
        let tiles = self.tiles(number / ROWS * ROWS).iter();
        let weights = tiles.flat_map(|tile| tile.0[number % ROWS].map(|w| (i32::from(w) - offset) as i8));
        (weights.collect(), self.scales[number])
    }

    pub fn width(&self) -> Width {
        self.width
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many rows there are. A multiple of 32.
    pub fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// The tiles of sixteen rows from `row`, a multiple of sixteen.
    pub fn tiles(&self, row: usize) -> &[Tile] {
        let steps = self.inputs / DEPTH;
        &self.tiles[row / ROWS * steps..][..steps]
    }

    /// The scales of rows from `row`.
    pub fn scales<const N: usize>(&self, row: usize) -> &[f32; N] {
        first(&self.scales, row)
    }

    /// The sums of the weights of rows from `row`: what 1 more in each input adds.
    pub fn sums<const N: usize>(&self, row: usize) -> &[f32; N] {
        first(&self.sums, row)
    }

    /// The biases of rows from `row`.
    pub fn biases<const N: usize>(&self, row: usize) -> &[f32; N] {
        first(&self.biases, row)
    }
}

/// `N` numbers from `at`.
fn first<const N: usize>(numbers: &[f32], at: usize) -> &[f32; N] {
    numbers[at..].first_chunk().expect("rows come in whole tiles")
}

/// Tokens in 8 bits: a number is `middle + scale * byte`. Blocks of tokens that a kernel works on together lie together: the
/// first four bytes of each token of the block, then the next four of each, and so on.
#[derive(Debug, Default)]
pub(crate) struct Quantised {
    inputs: usize,
    /// How many tokens a block has at most.
    most: usize,
    bytes: Vec<[i8; DEPTH]>,
    /// One token, before it is laid among the others.
    row: Vec<[i8; DEPTH]>,
    packed: Vec<Packed>,
}

/// What is kept of a token beside its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Packed {
    /// What a byte of 1 is worth.
    pub scale: f32,
    /// What a byte of 0 is.
    pub middle: f32,
    /// The sum of the bytes: what the offset of weights adds too much is `offset * sum`.
    pub sum: i32,
}

impl Quantised {
    /// Makes room for `tokens` of `inputs` numbers each, in blocks of at most `most`; `inputs` is a multiple of 32.
    pub(super) fn resize(&mut self, tokens: usize, inputs: usize, most: usize) {
        (self.inputs, self.most) = (inputs, most);
        self.bytes.resize(tokens * inputs / DEPTH, [0; DEPTH]);
        self.row.resize(inputs / DEPTH, [0; DEPTH]);
        self.packed.resize(tokens, Packed::default());
    }

    /// Takes all tokens, one after the other, from `fill`, which writes bytes.
    #[inline(always)]
    pub(super) fn fill(&mut self, mut fill: impl FnMut(usize, &mut [i8]) -> Packed) {
        let steps = self.inputs / DEPTH;
        for (first, count) in blocks(self.tokens(), self.most) {
            let block = &mut self.bytes[first * steps..][..count * steps];
            for t in 0..count {
                let token = first + t;
                self.packed[token] = fill(token, self.row.as_flattened_mut());
                for (group, four) in block.chunks_exact_mut(count).zip(&self.row) {
                    group[t] = *four;
                }
            }
        }
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    pub fn tokens(&self) -> usize {
        self.packed.len()
    }

    /// How many tokens a block has at most.
    pub fn most(&self) -> usize {
        self.most
    }

    /// The blocks: first token, and how many.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        blocks(self.tokens(), self.most)
    }

    /// The bytes of the block of `T` tokens from `first`, four of each token together.
    pub(super) fn block<const T: usize>(&self, first: usize) -> &[[[i8; DEPTH]; T]] {
        let steps = self.inputs / DEPTH;
        self.bytes[first * steps..][..T * steps].as_chunks().0
    }

    pub(super) fn scale(&self, token: usize) -> f32 {
        self.packed[token].scale
    }

    pub(super) fn middle(&self, token: usize) -> f32 {
        self.packed[token].middle
    }

    /// What the sums of one token have too much, because weights carry an offset.
    pub(super) fn excess(&self, token: usize, width: Width) -> i32 {
        self.packed[token].sum.wrapping_mul(width.offset())
    }
}

/// Shares `tokens` out into blocks of about the same size, none above `most`: (first, how many).
pub(super) fn blocks(tokens: usize, most: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
    let count = tokens.div_ceil(most.max(1)).max(1);
    let (each, longer) = (tokens / count, tokens % count);
    (0..count).map(move |i| (i * each + i.min(longer), each + usize::from(i < longer)))
}
