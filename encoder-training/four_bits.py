"""Four bits a weight, in standard ONNX operators that every runtime has.

A weight is stored as a byte table (two weights a byte: low half, high half) and fp32
scales, and read back as (nibble − 8) · scale by Gather, BitwiseAnd, BitShift, Concat,
Cast, Sub and Mul. For the layers nothing in that is an input of the graph, so the
runtime folds it into fp32 matrices once, when it loads the model: Node, WASM and
WebGPU then all run the same fp32 arithmetic. The word table is read row by row as
texts need it and stays four bits in memory.
"""

import numpy as np
import onnx
from onnx import helper, numpy_helper

LOW_HALF = 15
HALF_BITS = 4
ZERO = 8.0  # the nibble that means 0
HALF_FROM = 256  # numbers; shorter constants are not worth a Cast
SHRINKS = np.linspace(0.7, 1.0, 31)  # scale candidates, as a share of max |w| / 8


def quantise_rows(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of fp32 → (nibbles 0–15 uint8, one scale a row), least squared error.

    The weight of largest size may land on −8, so the scale carries its sign.
    """
    largest = np.take_along_axis(weights, np.abs(weights).argmax(1)[:, None], 1)
    best_error = np.full(len(weights), np.inf)
    best = np.zeros_like(weights, dtype=np.uint8), np.ones((len(weights), 1), np.float32)
    for shrink in SHRINKS:
        scale = (largest * shrink / -ZERO).astype(np.float32)
        scale[scale == 0] = 1.0
        nibbles = np.clip(np.rint(weights / scale) + ZERO, 0, 15)
        error = (((nibbles - ZERO) * scale - weights) ** 2).sum(1)
        better = error < best_error
        best_error[better] = error[better]
        best[0][better] = nibbles[better].astype(np.uint8)
        best[1][better] = scale[better]
    return best


def pack_halves(nibbles: np.ndarray) -> np.ndarray:
    """[rows, n] nibbles → [rows, n/2] bytes: first half of a row low, second half high."""
    half = nibbles.shape[1] // 2
    return nibbles[:, :half] | (nibbles[:, half:] << HALF_BITS)


class Rewriter:
    """Adds nodes and constants to a graph under one prefix."""

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

    def unpack(self, packed: str) -> str:
        """Bytes → signed steps −8…7 in fp32, last axis twice as long."""
        low = self.node("BitwiseAnd", [packed, self.constant("and", np.uint8([LOW_HALF]))])
        high = self.node(
            "BitShift", [packed, self.constant("shift", np.uint8([HALF_BITS]))], direction="RIGHT"
        )
        both = self.node("Concat", [low, high], axis=-1)
        steps = self.node("Cast", [both], to=onnx.TensorProto.FLOAT)
        return self.node("Sub", [steps, self.constant("zero", np.float32([ZERO]))])

    def splice(self, place: onnx.NodeProto) -> None:
        """Puts the new nodes in front of `place`, in order."""
        at = list(self.graph.node).index(place)
        for offset, node in enumerate(self.nodes):
            self.graph.node.insert(at + offset, node)


def four_bit_matmuls(model: onnx.ModelProto, block: int) -> int:
    """Rewrites each MatMul by a constant [inputs, outputs]; blocks run along the inputs."""
    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    places = [n for n in graph.node if n.op_type == "MatMul" and n.input[1] in weights]
    for place in places:
        name = place.input[1]
        matrix = numpy_helper.to_array(weights[name])
        inputs, outputs = matrix.shape
        nibbles, scales = quantise_rows(matrix.T.reshape(-1, block))
        rewriter = Rewriter(graph, name)
        steps = rewriter.unpack(rewriter.constant("packed", pack_halves(nibbles)))
        blocks = rewriter.node("Mul", [steps, rewriter.constant("scales", scales)])
        shape = rewriter.constant("shape", np.int64([outputs, inputs]))
        rows = rewriter.node("Reshape", [blocks, shape])
        place.input[1] = rewriter.node("Transpose", [rows], perm=[1, 0])
        rewriter.splice(place)
        graph.initializer.remove(weights[name])
    return len(places)


def four_bit_words(model: onnx.ModelProto, name: str) -> None:
    """Rewrites the Gather of the word table: one scale a word."""
    graph = model.graph
    table = next(tensor for tensor in graph.initializer if tensor.name == name)
    place = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == name)
    nibbles, scales = quantise_rows(numpy_helper.to_array(table))
    rewriter = Rewriter(graph, name)
    packed = rewriter.constant("packed", pack_halves(nibbles))
    bytes_ = rewriter.node("Gather", [packed, place.input[1]])
    steps = rewriter.unpack(bytes_)
    scale = rewriter.node("Gather", [rewriter.constant("scales", scales), place.input[1]])
    rewriter.nodes.append(helper.make_node("Mul", [steps, scale], [place.output[0]], f"{name}.words"))
    rewriter.splice(place)
    graph.node.remove(place)
    graph.initializer.remove(table)


def half_constants(model: onnx.ModelProto) -> int:
    """Stores scales, places, biases and norms as fp16, cast back to fp32 at load."""
    graph = model.graph
    wide = [
        tensor for tensor in graph.initializer
        if tensor.data_type == onnx.TensorProto.FLOAT and np.prod(tensor.dims) >= HALF_FROM
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
