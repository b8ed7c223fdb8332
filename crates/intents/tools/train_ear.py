"""Trains the ear, src/safety/ear.bin: see src/safety/ear.rs and docs/adr/0020.

    cargo build --release -p ventanilla-intents --example ear_layers
    ear_layers --phrases intents --encoder FILE.vte --out clean crates/intents/ear/*.jsonl
    ear_layers --phrases intents --encoder FILE.vte --out light --noise light crates/intents/ear/*.jsonl
    ear_layers --phrases intents --encoder FILE.vte --out heavy --noise heavy crates/intents/ear/*.jsonl
    python3 train_ear.py FINGERPRINT ../src/safety/ear.bin clean light clean heavy

FINGERPRINT is what ear_layers prints of the encoder. Each round learns from the next of the files, in turn. Needs jax and
numpy, some 8 GB of disk and as much memory; takes a quarter of an hour with two cores.
"""

import json
import struct
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

# None, then the dangers, in the order of SAFETY.
DANGERS = {"emergency.immediate": 1, "crisis.self_harm": 2, "crisis.violence": 3}
ANSWERS = 4
# Those of ear_layers.rs.
LAYERS = [12, 10, 8, 6]
WIDTH = 384
INPUTS = len(LAYERS) * WIDTH
UNITS = 256
LOOKS = 4
# LOUDNESS of ear.rs.
LOUDNESS = 8.0
ROUNDS = 18
# Texts that are learnt together: of about the same length, filled up to one of these numbers of pieces.
BATCH = 128
LENGTHS = np.array([8, 12, 16, 24, 32, 48, 64, 96, 128])
FASTEST = 1e-3
DECAY = 1e-2
FORGOTTEN = 0.15
# How much of a label is shared out among all answers: some labels are wrong.
DOUBT = 0.02


class Texts:
    def __init__(self, name):
        lines = [json.loads(line) for line in open(f"{name}.jsonl")]
        self.labels = np.array([DANGERS.get(line["intent"], 0) for line in lines])
        self.pieces = np.array([line["pieces"] for line in lines])
        self.first = np.r_[0, np.cumsum(self.pieces)[:-1]]
        self.states = np.memmap(f"{name}.bf16", np.uint16, "r").reshape(-1, INPUTS)

    def batches(self, random):
        """(pieces, which texts), in random order."""
        length = np.searchsorted(LENGTHS, self.pieces)
        made = []
        for number, pieces in enumerate(LENGTHS):
            these = random.permutation(np.flatnonzero(length == number))
            made += [(pieces, these[at : at + BATCH]) for at in range(0, len(these), BATCH)]
        return [made[at] for at in random.permutation(len(made))]

    def batch(self, pieces, these):
        """States, which of them are there, labels, and which texts count: always BATCH of them."""
        states, there = np.zeros((BATCH, pieces, INPUTS), np.uint16), np.zeros((BATCH, pieces), bool)
        there[len(these) :, 0] = True
        for row, text in enumerate(these):
            count = self.pieces[text]
            states[row, :count] = self.states[self.first[text] :][:count]
            there[row, :count] = True
        labels = np.zeros(BATCH, int)
        labels[: len(these)] = self.labels[these]
        return states, there, labels, (np.arange(BATCH) < len(these)).astype(np.float32)


def numbers(states):
    return jax.lax.bitcast_convert_type(jnp.asarray(states), jnp.bfloat16).astype(jnp.float32)


def level(x):
    """The same length for each layer."""
    layers = x.reshape(*x.shape[:-1], len(LAYERS), WIDTH)
    return (layers / (jnp.linalg.norm(layers, axis=-1, keepdims=True) + 1e-6) * LOUDNESS).reshape(x.shape)


def hear(p, mean, states, there, key=None):
    centred = (numbers(states) - mean) * there[..., None]
    whole = jax.nn.relu(level(centred.sum(1)) @ p["whole"] + p["whole bias"])
    pieces = jax.nn.relu(level(centred) @ p["piece"] + p["piece bias"])
    loudest = jnp.where(there[..., None], pieces, 0).max(1)
    shares = jax.nn.softmax(jnp.where(there[..., None], pieces @ p["looks"], -1e9), 1)
    seen = jnp.einsum("btl,btu->blu", shares, pieces).reshape(len(states), -1)
    felt = jnp.concatenate([whole, loudest, seen], -1)
    if key is not None:
        felt = felt * jax.random.bernoulli(key, 1 - FORGOTTEN, felt.shape) / (1 - FORGOTTEN)
    return felt @ p["answers"] + p["answers bias"]


def fresh(random):
    def weights(inputs, outputs, size=1.0):
        return jnp.asarray(random.normal(0, size * np.sqrt(2 / inputs), (inputs, outputs)), jnp.float32)

    felt = (2 + LOOKS) * UNITS
    return {
        "whole": weights(INPUTS, UNITS),
        "whole bias": jnp.zeros(UNITS),
        "piece": weights(INPUTS, UNITS),
        "piece bias": jnp.zeros(UNITS),
        "looks": weights(UNITS, LOOKS, 0.3),
        "answers": weights(felt, ANSWERS, 0.3),
        "answers bias": jnp.zeros(ANSWERS),
    }


def loss(p, mean, states, there, labels, counts, key):
    said = jax.nn.log_softmax(hear(p, mean, states, there, key))
    wanted = jax.nn.one_hot(labels, ANSWERS) * (1 - DOUBT) + DOUBT / ANSWERS
    return -(counts * (wanted * said).sum(-1)).sum() / counts.sum()


@jax.jit
def step(p, m, v, number, pace, mean, *batch):
    """Adam, with decay of the weights."""
    lost, slope = jax.value_and_grad(loss)(p, mean, *batch)
    m = jax.tree.map(lambda a, b: 0.9 * a + 0.1 * b, m, slope)
    v = jax.tree.map(lambda a, b: 0.999 * a + 0.001 * b * b, v, slope)
    c1, c2 = 1 - 0.9**number, 1 - 0.999**number
    p = jax.tree.map(lambda w, a, b: w - pace * (a / c1 / (jnp.sqrt(b / c2) + 1e-8) + DECAY * w), p, m, v)
    return p, m, v, lost


def train(names):
    random, start = np.random.default_rng(1), time.time()
    read = {name: Texts(name) for name in names}
    some = read[names[0]].states
    mean = np.asarray(numbers(some[:: len(some) // 40_000 + 1]).mean(0))
    p = fresh(random)
    m = v = jax.tree.map(jnp.zeros_like, p)
    rounds = [names[at % len(names)] for at in range(ROUNDS)]
    number, steps = 0, sum(len(read[name].batches(random)) for name in rounds)
    for name in rounds:
        lost = []
        for batch in read[name].batches(random):
            number += 1
            pace = FASTEST * min(1, number / 60) * max(0.02, 1 - number / steps)
            key = jax.random.fold_in(jax.random.key(1), number)
            p, m, v, one = step(p, m, v, float(number), pace, mean, *read[name].batch(*batch), key)
            lost.append(one)
        print(f"{name}: loss {np.mean([float(one) for one in lost]):.4f}, {time.time() - start:.0f} s", flush=True)
    return {name: np.asarray(values) for name, values in p.items()}, mean


def rows(weights, biases):
    """Each unit in 8 bits: its bias, what 1 is worth, the bytes."""
    packed = b""
    for unit, bias in zip(weights.T, biases):
        scale = max(abs(unit).max() / 127, 1e-12)
        packed += struct.pack("<ff", bias, scale) + np.round(unit / scale).astype(np.int8).tobytes()
    return packed


def pack(p, mean, fingerprint):
    file = b"VENTEAR2" + struct.pack("<I", len(fingerprint)) + fingerprint.encode()
    file += struct.pack("<I", len(LAYERS)) + struct.pack(f"<{len(LAYERS)}I", *LAYERS)
    file += struct.pack("<III", WIDTH, UNITS, LOOKS) + mean.astype("<f4").tobytes()
    file += rows(p["whole"], p["whole bias"]) + rows(p["piece"], p["piece bias"])
    file += p["looks"].T.astype("<f4").tobytes()
    for weights, bias in zip(p["answers"].T, p["answers bias"]):
        file += struct.pack("<f", bias) + weights.astype("<f4").tobytes()
    return file


if __name__ == "__main__":
    trained, of_all = train(sys.argv[3:])
    with open(sys.argv[2], "wb") as file:
        file.write(pack(trained, of_all, sys.argv[1]))
