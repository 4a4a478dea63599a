"""Few bits a weight, in standard ONNX operators that every runtime has.

A weight is stored as a whole number, its level, and read back as level × step. A step is
a share of the root mean square of a matrix, of a word's row, or of a place's row. Levels
are bytes here; most are close to 0, so that a Huffman code (deflate, by which the folder
is packed for the wire) keeps them in about three bits. Uniform levels under an entropy
code need fewer bits for the same error than a fixed number of levels a block.

For the layers nothing in level × step is an input of the graph, so the runtime folds it
into fp32 matrices once, when it loads the model: Node, WASM and WebGPU then all run the
same fp32 arithmetic. The word table is read row by row as texts need it and stays a byte
a weight in memory.
"""

import numpy as np
import onnx
from onnx import helper, numpy_helper

ZERO = 128  # the byte that means level 0
MOST = 127  # the largest level


def to_levels(weights: np.ndarray, step: np.ndarray) -> np.ndarray:
    """Levels as bytes, `ZERO` added; weights beyond the largest level are cut to it."""
    levels = np.clip(np.rint(weights / step), -MOST, MOST)
    return (levels + ZERO).astype(np.uint8)


def step_of(weights: np.ndarray, share: float, axis: int | None = None) -> np.ndarray:
    """`share` × root mean square, of all weights or along an axis; 1 where all are 0."""
    size = np.sqrt(np.mean(weights.astype(np.float64) ** 2, axis=axis, keepdims=True))
    return np.where(size > 0, share * size, 1.0).astype(np.float16).astype(np.float32)


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

    def floats(self, levels: str, step: str) -> str:
        """(level − ZERO) × step in fp32."""
        wide = self.node("Cast", [levels], to=onnx.TensorProto.FLOAT)
        centred = self.node("Sub", [wide, self.constant("zero", np.float32([ZERO]))])
        return self.node("Mul", [centred, step])

    def splice(self, place: onnx.NodeProto) -> None:
        """Puts the new nodes in front of `place`, in order."""
        at = list(self.graph.node).index(place)
        for offset, node in enumerate(self.nodes):
            self.graph.node.insert(at + offset, node)


def level_matmuls(model: onnx.ModelProto, share: float) -> int:
    """Rewrites each MatMul by a constant [inputs, outputs]: one step a matrix."""
    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    places = [n for n in graph.node if n.op_type == "MatMul" and n.input[1] in weights]
    for place in places:
        name = place.input[1]
        matrix = numpy_helper.to_array(weights[name])
        step = step_of(matrix, share)
        rewriter = Rewriter(graph, name)
        levels = rewriter.constant("levels", to_levels(matrix, step))
        place.input[1] = rewriter.floats(levels, rewriter.constant("step", step.ravel()))
        rewriter.splice(place)
        graph.initializer.remove(weights[name])
    return len(places)


def level_words(model: onnx.ModelProto, name: str, share: float) -> None:
    """Rewrites the Gather of the word table: one step a word."""
    graph = model.graph
    table = next(tensor for tensor in graph.initializer if tensor.name == name)
    place = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == name)
    words = numpy_helper.to_array(table)
    step = step_of(words, share, axis=1)
    rewriter = Rewriter(graph, name)
    rows = rewriter.node(
        "Gather", [rewriter.constant("levels", to_levels(words, step)), place.input[1]]
    )
    halves = rewriter.constant("step", step.astype(np.float16))
    narrow = rewriter.node("Gather", [halves, place.input[1]])
    wide = rewriter.node("Cast", [narrow], to=onnx.TensorProto.FLOAT)
    last = rewriter.floats(rows, wide)
    rewriter.nodes[-1].output[0] = place.output[0]
    assert last != place.output[0]
    rewriter.splice(place)
    graph.node.remove(place)
    graph.initializer.remove(table)


def level_places(model: onnx.ModelProto, name: str, share: float) -> None:
    """Rewrites the position table: one step a place, folded at load like a matrix."""
    graph = model.graph
    table = next(tensor for tensor in graph.initializer if tensor.name == name)
    places = numpy_helper.to_array(table)
    step = step_of(places, share, axis=1)
    readers = [n for n in graph.node if name in n.input]
    rewriter = Rewriter(graph, name)
    levels = rewriter.constant("levels", to_levels(places, step))
    whole = rewriter.floats(levels, rewriter.constant("step", step))
    rewriter.splice(readers[0])
    for reader in readers:
        at = list(reader.input).index(name)
        reader.input[at] = whole
    graph.initializer.remove(table)


def half_constants(model: onnx.ModelProto, least: int = 256) -> int:
    """Stores biases and norms of `least` numbers or more as fp16, cast back to fp32 at load."""
    graph = model.graph
    wide = [
        tensor for tensor in graph.initializer
        if tensor.data_type == onnx.TensorProto.FLOAT and np.prod(tensor.dims) >= least
    ]
    for tensor in wide:
        narrow = numpy_helper.to_array(tensor).astype(np.float16)
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(narrow, f"{tensor.name}.half"))
        cast = helper.make_node(
            "Cast", [f"{tensor.name}.half"], [tensor.name], f"{tensor.name}.cast", to=onnx.TensorProto.FLOAT
        )
        graph.node.insert(0, cast)
    return len(wide)
