"""Few bits a weight, in standard ONNX operators that every runtime has.

A weight is stored as a whole number, its level, and read back as level × step. Levels are
bytes here; most are close to 0, so that a Huffman code (deflate, by which the folder is
packed for the wire) keeps them in about three bits. Uniform levels under an entropy code
need fewer bits for the same error than a fixed number of levels a block.

A step is a share of the root mean square: of a row, for words and places; of row and
column together (rows × columns / whole), for a matrix.

For the layers nothing in level × step is an input of the graph, so the runtime folds it
into fp32 matrices once, when it loads the model: Node, WASM and WebGPU then all run the
same fp32 arithmetic. The word table is read row by row as texts need it and stays a byte
a weight in memory.
"""

from dataclasses import dataclass

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

ZERO = 128  # the byte that means level 0
MOST = 127  # the largest level


@dataclass
class Shares:
    """Steps as shares of the root mean square; 0 leaves those weights in fp32."""

    layers: float
    words: float
    places: float


def half(values: torch.Tensor) -> torch.Tensor:
    """As fp16 keeps them; 1 where nothing is to be scaled."""
    kept = values.half().float()
    return torch.where(kept > 0, kept, torch.ones_like(kept))


def root_mean_square(weights: torch.Tensor, axis: int) -> torch.Tensor:
    return weights.square().mean(axis, keepdim=True).sqrt()


def row_steps(weights: torch.Tensor, share: float) -> torch.Tensor:
    """One step a row, [rows, 1]."""
    return half(share * root_mean_square(weights, 1))


def matrix_steps(weights: torch.Tensor, share: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Steps [rows, 1] and [1, columns], whose product is each weight's step."""
    whole = weights.square().mean().sqrt()
    return half(share * root_mean_square(weights, 1)), half(root_mean_square(weights, 0) / whole)


def nearest_levels(weights: torch.Tensor, steps: torch.Tensor) -> torch.Tensor:
    return (weights / steps).round().clamp(-MOST, MOST)


def as_read_back(name: str, weights: torch.Tensor, shares: Shares) -> torch.Tensor:
    """What a parameter of the graph is once it went through levels; gradients pass as they are."""
    with torch.no_grad():
        if weights.ndim < 2:
            kept = weights.half().float()
        elif name in ("words.weight", "places"):
            steps = row_steps(weights, shares.words if name == "words.weight" else shares.places)
            kept = nearest_levels(weights, steps) * steps
        else:
            rows, columns = matrix_steps(weights, shares.layers)
            kept = nearest_levels(weights, rows * columns) * (rows * columns)
        change = kept - weights
    return weights + change


class Rewriter:
    """Puts nodes and constants, named after a weight, in front of a node of a graph."""

    def __init__(self, graph: onnx.GraphProto, prefix: str):
        self.graph, self.prefix, self.nodes = graph, prefix, []

    def constant(self, name: str, array: np.ndarray) -> str:
        full = f"{self.prefix}.{name}"
        self.graph.initializer.append(numpy_helper.from_array(array, full))
        return full

    def node(self, operator: str, inputs: list[str], **attributes) -> str:
        output = f"{self.prefix}.{operator}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], output, **attributes))
        return output

    def halves(self, name: str, values: torch.Tensor) -> str:
        """A constant kept in fp16."""
        return self.constant(name, values.numpy().astype(np.float16))

    def levels(self, weights: torch.Tensor, steps: torch.Tensor) -> str:
        """A constant of levels, `ZERO` added."""
        return self.constant("levels", (nearest_levels(weights, steps) + ZERO).numpy().astype(np.uint8))

    def wide(self, narrow: str) -> str:
        return self.node("Cast", [narrow], to=onnx.TensorProto.FLOAT)

    def times(self, levels: str, steps: list[str]) -> str:
        """(level − ZERO) × each of the steps, all fp32."""
        value = self.node("Sub", [self.wide(levels), self.constant("zero", np.float32([ZERO]))])
        for step in steps:
            value = self.node("Mul", [value, step])
        return value

    def splice(self, place: onnx.NodeProto) -> None:
        """Puts the new nodes in front of `place`, in order."""
        at = list(self.graph.node).index(place)
        for offset, node in enumerate(self.nodes):
            self.graph.node.insert(at + offset, node)


def take(graph: onnx.GraphProto, name: str) -> torch.Tensor:
    """A constant of the graph, removed from it."""
    tensor = next(tensor for tensor in graph.initializer if tensor.name == name)
    graph.initializer.remove(tensor)
    return torch.from_numpy(numpy_helper.to_array(tensor).copy())


def replace_input(node: onnx.NodeProto, old: str, new: str) -> None:
    node.input[list(node.input).index(old)] = new


def level_matmuls(graph: onnx.GraphProto, share: float) -> None:
    """Rewrites each MatMul by a constant [inputs, outputs]."""
    constants = {tensor.name for tensor in graph.initializer}
    for place in [n for n in graph.node if n.op_type == "MatMul" and n.input[1] in constants]:
        name = place.input[1]
        weights = take(graph, name).T.contiguous()  # [outputs, inputs], as torch has it
        rows, columns = matrix_steps(weights, share)
        rewriter = Rewriter(graph, name)
        steps = [rewriter.wide(rewriter.halves(*side)) for side in (("rows", rows), ("columns", columns))]
        matrix = rewriter.times(rewriter.levels(weights, rows * columns), steps)
        replace_input(place, name, rewriter.node("Transpose", [matrix], perm=[1, 0]))
        rewriter.splice(place)


def level_words(graph: onnx.GraphProto, name: str, share: float) -> None:
    """Rewrites the Gather of the word table."""
    place = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == name)
    words = take(graph, name)
    steps = row_steps(words, share)
    rewriter = Rewriter(graph, name)
    rows = rewriter.node("Gather", [rewriter.levels(words, steps), place.input[1]])
    # Cast first, which is folded: WebGPU without shader-f16 cannot gather fp16.
    scales = rewriter.node("Gather", [rewriter.wide(rewriter.halves("steps", steps)), place.input[1]])
    rewriter.times(rows, [scales])
    rewriter.nodes[-1].output[0] = place.output[0]
    rewriter.splice(place)
    graph.node.remove(place)


def level_places(graph: onnx.GraphProto, name: str, share: float) -> None:
    """Rewrites the position table, which is folded at load like a matrix."""
    reader = next(n for n in graph.node if name in n.input)
    places = take(graph, name)
    steps = row_steps(places, share)
    rewriter = Rewriter(graph, name)
    scales = rewriter.wide(rewriter.halves("steps", steps))
    table = rewriter.times(rewriter.levels(places, steps), [scales])
    replace_input(reader, name, table)
    rewriter.splice(reader)


def half_constants(graph: onnx.GraphProto) -> None:
    """Stores biases and norms as fp16, cast back to fp32 at load."""
    vectors = [
        tensor.name for tensor in graph.initializer
        if tensor.data_type == onnx.TensorProto.FLOAT and np.prod(tensor.dims) > 1
    ]
    for name in vectors:
        rewriter = Rewriter(graph, name)
        wide = rewriter.wide(rewriter.halves("half", take(graph, name)))
        readers = [n for n in graph.node if name in n.input]
        for reader in readers:
            replace_input(reader, name, wide)
        rewriter.splice(readers[0])


def to_levels(graph: onnx.GraphProto, shares: Shares) -> None:
    """Rewrites a graph of fp32 weights; what it then computes is what `as_read_back` says."""
    if shares.words:
        level_words(graph, "words.weight", shares.words)
    if shares.places:
        level_places(graph, "places", shares.places)
    if shares.layers:
        level_matmuls(graph, shares.layers)
        half_constants(graph)
