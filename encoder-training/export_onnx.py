"""Writes the encoder as ONNX, few bits a weight: the teacher cut, or a trained student."""

import argparse
import json
import tempfile
import zlib
from pathlib import Path

import onnx
import torch

from bert_graph import TextToStates, export_fp32, load_student
from cut_words import MAX_TOKENS, compact
from levels import Shares, to_levels
from read_back import MODEL_FILE
from teacher import add_common_arguments, add_shares_argument, teacher_folder


def pieces_of(tokenizer: Path) -> list[str]:
    """In the order of ids, word pieces as well as pieces with scores."""
    listed = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    return [piece for piece, _ in listed] if isinstance(listed, list) else sorted(listed, key=listed.__getitem__)


def kept_ids(model_folder: Path, teacher: Path) -> list[int]:
    """The teacher's id of each kept piece, in the order of the cut tokenizer."""
    ids = {piece: id for id, piece in enumerate(pieces_of(teacher / "tokenizer.json"))}
    return [ids[piece] for piece in pieces_of(model_folder / "tokenizer.json")]


def open_student(teacher: Path, ids: list[int], path: Path | None, layers: list[int] | None) -> TextToStates:
    """The teacher with its cut words, all of its layers or those named, or what `distill.py` saved at `path`."""
    if path is None:
        return load_student(teacher, ids, MAX_TOKENS, layers)
    saved = torch.load(path, weights_only=True)
    student = load_student(teacher, ids, MAX_TOKENS, saved["layers"])
    student.load_state_dict(saved["student"])
    return student


def write_config(teacher: Path, model_folder: Path, words: int, layers: int) -> None:
    config = json.loads((teacher / "config.json").read_text("utf-8"))
    names = (
        "model_type", "hidden_size", "intermediate_size", "num_attention_heads",
        "num_hidden_layers", "hidden_act", "layer_norm_eps", "pad_token_id",
    )
    kept = {name: config[name] for name in names}
    kept |= {"architectures": ["BertModel"], "vocab_size": words, "max_position_embeddings": MAX_TOKENS}
    kept["num_hidden_layers"] = layers
    (model_folder / "config.json").write_text(compact(kept), "utf-8")


def wire_bytes(path: Path) -> int:
    """About what the file is once packed for the wire."""
    return len(zlib.compress(path.read_bytes(), 9))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_shares_argument(parser)
    parser.add_argument("--student", type=Path, help="weights trained by distill.py (default: the teacher's)")
    parser.add_argument("--layers", type=int, nargs="+", help="of the teacher, without --student (default: all)")
    add_common_arguments(parser)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)

    teacher = teacher_folder(options.teacher)
    ids = kept_ids(options.model, teacher)
    student = open_student(teacher, ids, options.student, options.layers)
    with tempfile.TemporaryDirectory() as folder:
        model = export_fp32(student, Path(folder) / "fp32.onnx")
    to_levels(model.graph, Shares(*options.shares))
    onnx.checker.check_model(model)

    path = options.model / MODEL_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, path)
    write_config(teacher, options.model, len(ids), len(student.layers))
    print(f"{len(ids):,} words; {path.name} {path.stat().st_size:,} bytes, {wire_bytes(path):,} packed")


if __name__ == "__main__":
    main()
