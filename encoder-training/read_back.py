"""Reads the weights of an exported encoder back into a student, to be trained further.

They are levels × steps, exactly what the runtime computes with; what lay between the
levels when they were trained is lost.
"""

import json
import zlib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from bert_graph import TextToStates
from levels import ZERO

MODEL_FILE = "onnx/model.onnx"


def read_file(folder: Path, name: str) -> bytes:
    """A file of a model folder: plain, or as `hearth.json` packed it for the wire."""
    listed = folder / "hearth.json"
    files = json.loads(listed.read_text("utf-8"))["files"] if listed.exists() else []
    packed = next((file for file in files if file["name"] == name and "file" in file), None)
    if packed is None:
        return (folder / name).read_bytes()
    wire = (folder / packed["file"]).read_bytes()
    return zlib.decompress(wire) if packed["packing"] == "deflate" else wire


def matrix_names(graph: onnx.GraphProto) -> dict[str, str]:
    """The student's name of each matrix → the name its constants have in the graph."""
    names = {}
    for node in graph.node:
        if node.op_type == "MatMul" and ".Transpose" in node.input[1]:
            layer = node.name.strip("/").removesuffix("/MatMul").replace("/", ".")
            names[f"{layer}.weight"] = node.input[1].rsplit(".", 1)[0]
    return names


def weights_of(graph: onnx.GraphProto) -> dict[str, torch.Tensor]:
    """Every weight of a graph that `to_levels` wrote, by the student's names, in fp32."""
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    matrices = matrix_names(graph)

    def read(prefix: str, *steps: str) -> np.ndarray:
        value = constants[f"{prefix}.levels"].astype(np.float32) - ZERO
        for step in steps:
            value = value * constants[f"{prefix}.{step}"].astype(np.float32)
        return value

    weights = {name: read(name, "steps") for name in ("words.weight", "places")}
    weights |= {name: read(prefix, "rows", "columns") for name, prefix in matrices.items()}
    halves = [name for name in constants if name.endswith(".half")]
    weights |= {name.removesuffix(".half"): constants[name].astype(np.float32) for name in halves}
    return {name: torch.from_numpy(value) for name, value in weights.items()}


def load_exported(student: TextToStates, folder: Path) -> None:
    """Puts the weights of the encoder in `folder`, plain or packed, into the student."""
    graph = onnx.load_from_string(read_file(folder, MODEL_FILE)).graph
    student.load_state_dict(weights_of(graph))
