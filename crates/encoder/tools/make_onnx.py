#!/usr/bin/env python3
"""Makes model.onnx beside what the example export_weights wrote: the same weights, in f32, for ONNX Runtime.

    pip install onnx
    make_onnx.py FOLDER

The original's repository has a model.onnx of its own; this one is for running our weights there, to compare.
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

OPSET = 20  # the first with Gelu


def read(folder):
    """The tensors of model.safetensors, all in f32."""
    b = (folder / "model.safetensors").read_bytes()
    length, = struct.unpack_from("<Q", b)
    header = json.loads(b[8:8 + length])
    header.pop("__metadata__", None)
    numbers = np.frombuffer(b, "<f4", offset=8 + length)
    return {
        name: numbers[t["data_offsets"][0] // 4:t["data_offsets"][1] // 4].reshape(t["shape"])
        for name, t in header.items()
    }


class Graph:
    def __init__(self, tensors):
        self.tensors, self.nodes, self.constants = tensors, [], {}

    def constant(self, name, array):
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def __call__(self, kind, *inputs, **attributes):
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def numbers(self, array):
        return self.constant(f"numbers_{len(self.constants)}", np.array(array, np.int64))

    def weights(self, name):
        return self.constant(name, self.tensors[name])

    def linear(self, name, x):
        # MatMul wants inputs x outputs.
        table = self.constant(f"{name}.weight", self.tensors[f"{name}.weight"].T)
        return self("Add", self("MatMul", x, table), self.weights(f"{name}.bias"))

    def norm(self, name, x, epsilon):
        weights, biases = self.weights(f"{name}.weight"), self.weights(f"{name}.bias")
        return self("LayerNormalization", x, weights, biases, axis=-1, epsilon=epsilon)


def embed(g, epsilon):
    e = "embeddings."
    words = g("Gather", g.weights(e + "word_embeddings.weight"), "input_ids")
    length = g("Shape", "input_ids", start=1, end=2)
    positions = g("Slice", g.weights(e + "position_embeddings.weight"), g.numbers([0]), length, g.numbers([0]))
    kind = g.constant(e + "kind", g.tensors[e + "token_type_embeddings.weight"][0])
    return g.norm(e + "LayerNorm", g("Add", g("Add", words, positions), kind), epsilon)


def layer(g, i, x, heads, hidden, epsilon, hide):
    name = f"encoder.layer.{i}."
    split, joined = g.numbers([0, 0, heads, hidden // heads]), g.numbers([0, 0, hidden])

    def part(which, order):
        y = g.linear(f"{name}attention.self.{which}", x)
        return g("Transpose", g("Reshape", y, split), perm=order)

    scale = g.constant(f"scale_{i}", np.array((hidden / heads) ** -0.5, np.float32))
    scores = g("Mul", g("MatMul", part("query", [0, 2, 1, 3]), part("key", [0, 2, 3, 1])), scale)
    seen = g("MatMul", g("Softmax", g("Add", scores, hide), axis=-1), part("value", [0, 2, 1, 3]))
    seen = g("Reshape", g("Transpose", seen, perm=[0, 2, 1, 3]), joined)
    seen = g.linear(f"{name}attention.output.dense", seen)
    x = g.norm(f"{name}attention.output.LayerNorm", g("Add", x, seen), epsilon)
    wide = g("Gelu", g.linear(f"{name}intermediate.dense", x))
    return g.norm(f"{name}output.LayerNorm", g("Add", x, g.linear(f"{name}output.dense", wide)), epsilon)


def main(folder):
    config = json.loads((folder / "config.json").read_text())
    hidden, epsilon = config["hidden_size"], config["layer_norm_eps"]
    g = Graph(read(folder))
    # What is masked gets a score that leaves it nothing.
    mask = g("Unsqueeze", g("Cast", "attention_mask", to=TensorProto.FLOAT), g.numbers([1, 2]))
    one, far = (g.constant(n, np.array(v, np.float32)) for n, v in (("one", 1), ("far", -1e9)))
    hide = g("Mul", g("Sub", one, mask), far)
    x = embed(g, epsilon)
    for i in range(config["num_hidden_layers"]):
        x = layer(g, i, x, config["num_attention_heads"], hidden, epsilon, hide)
    g.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
    put = helper.make_tensor_value_info
    ids = [put(name, TensorProto.INT64, ["batch", "length"]) for name in ("input_ids", "attention_mask")]
    out = put("last_hidden_state", TensorProto.FLOAT, ["batch", "length", hidden])
    graph = helper.make_graph(g.nodes, "e5", ids, [out], list(g.constants.values()))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    checker.check_model(model)
    (folder / "model.onnx").write_bytes(model.SerializeToString())


if len(sys.argv) != 2:
    sys.exit(__doc__)
main(Path(sys.argv[1]))
