"""Trains the ear, src/safety/ear.bin: see src/safety/ear.rs and docs/adr/0020.

    cargo build --release -p ventanilla-intents --example ear_layers
    ear_layers --phrases intents --encoder FILE.vte --out clean crates/intents/ear/*.jsonl
    ear_layers --phrases intents --encoder FILE.vte --out light --noise light crates/intents/ear/*.jsonl
    ear_layers --phrases intents --encoder FILE.vte --out heavy --noise heavy crates/intents/ear/*.jsonl
    python3 train_ear.py FINGERPRINT ../src/safety/ear.bin clean light heavy

FINGERPRINT is what ear_layers prints of the encoder. Needs numpy and scikit-learn; takes a minute and 3 GB of memory.
"""

import json
import struct
import sys

import numpy as np
from sklearn.neural_network import MLPClassifier

# None, then the dangers, in the order of SAFETY.
DANGERS = {"emergency.immediate": 1, "crisis.self_harm": 2, "crisis.violence": 3}
# Measured on the development sets: three or ten layers, 64 to 256 units and the mean of three ears are the same within
# what chance does. Counted from 1.
LAYERS = [12, 10, 8, 6]
UNITS = 256
WIDTH = 384
# LOUDNESS of ear.rs.
LOUDNESS = 8.0


def rows(name):
    labels = np.array([DANGERS.get(json.loads(line)["intent"], 0) for line in open(f"{name}.jsonl")])
    numbers = np.memmap(f"{name}.f32", np.float32, "r").reshape(len(labels), -1, WIDTH)
    return [np.array(numbers[:, layer - 1]) for layer in LAYERS], labels


def inputs(layers, means):
    centred = [layer - mean for layer, mean in zip(layers, means)]
    return np.hstack([c / np.linalg.norm(c, axis=1, keepdims=True) * LOUDNESS for c in centred])


def train(names):
    read = [rows(name) for name in names]
    means = [layer.mean(0) for layer in read[0][0]]
    x = np.vstack([inputs(layers, means) for layers, _ in read]).astype(np.float32)
    y = np.concatenate([labels for _, labels in read])
    network = MLPClassifier(
        (UNITS,), alpha=1e-2, batch_size=256, max_iter=4, learning_rate_init=1e-3, random_state=1
    )
    return network.fit(x, y), means


def pack(network, means, fingerprint):
    (into, out), (bias, answers) = network.coefs_, network.intercepts_
    file = b"VENTEAR1" + struct.pack("<I", len(fingerprint)) + fingerprint.encode()
    file += struct.pack("<I", len(LAYERS)) + struct.pack(f"<{len(LAYERS)}I", *LAYERS)
    file += struct.pack("<II", WIDTH, UNITS) + np.concatenate(means).astype("<f4").tobytes()
    for unit in range(UNITS):
        scale = max(abs(into[:, unit]).max() / 127, 1e-12)
        file += struct.pack("<ff", bias[unit], scale) + np.round(into[:, unit] / scale).astype(np.int8).tobytes()
    for answer in range(len(answers)):
        file += struct.pack("<f", answers[answer]) + out[:, answer].astype("<f4").tobytes()
    return file


if __name__ == "__main__":
    trained, of_all = train(sys.argv[3:])
    with open(sys.argv[2], "wb") as file:
        file.write(pack(trained, of_all, sys.argv[1]))
