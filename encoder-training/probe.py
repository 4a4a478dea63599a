"""Judges a student on validation parts alone, as its levels will ship; the test parts are evaluate.py's.

CLINC150's validation part by a linear probe, and STS-B dev. Reads what
`distill.py` wrote, a checkpoint of a run that goes on included.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import measures
from bert_graph import TextToStates, load_student
from cut_words import MAX_TOKENS
from evaluate import teacher_encoder
from export_onnx import kept_ids
from levels import Shares
from read_back import load_exported
from teacher import PRECISIONS, add_common_arguments, add_precision_argument, add_shares_argument, teacher_folder
from workers import vectors_of, weights_used

VALIDATION_TEXTS = 20  # of each intent: all there are
BATCH = 64


def student_encoder(student: TextToStates, tokenizer: Tokenizer, shares: Shares, precision: torch.dtype):
    """Texts → unit vectors fp32 [texts, dim]."""
    weights = weights_used(student, shares)

    @torch.no_grad()
    def encode(texts: list[str]) -> np.ndarray:
        ids = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        vectors = np.empty((len(ids), student.words.embedding_dim), np.float32)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = vectors_of(student, weights, [ids[row] for row in rows], precision).numpy()
        return vectors

    return encode


def open_encoder(options):
    """The student at --student, else the encoder in --start, else the teacher."""
    teacher = teacher_folder(options.teacher)
    if not (options.student or options.start):
        return teacher_encoder(teacher)
    saved = torch.load(options.student, weights_only=True) if options.student else {}
    student = load_student(teacher, kept_ids(options.model, teacher), MAX_TOKENS, saved.get("layers", options.layers))
    if options.student:
        student.load_state_dict(saved["student"])
    else:
        load_exported(student, options.start)
    tokenizer = Tokenizer.from_file(str(options.model / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    return student_encoder(student, tokenizer, Shares(*options.shares), getattr(torch, PRECISIONS[options.precision]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with eval")
    parser.add_argument("--student", type=Path, help="student.pt or checkpoint.pt of distill.py")
    parser.add_argument("--start", type=Path, help="folder of an exported encoder instead")
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 2, 5], help="of the teacher (default 0 2 5)")
    add_precision_argument(parser)
    add_shares_argument(parser)
    add_common_arguments(parser)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    encoder = open_encoder(options)
    intents = measures.read_intents(options.data / "eval/clinc150/data.json.gz", "val", VALIDATION_TEXTS)
    print(f"CLINC150 validation {measures.probe_accuracy(encoder, intents):.4f}", flush=True)
    print(f"STS-B dev {measures.spearman(encoder, measures.read_pairs(options.data / 'eval/stsb/dev.tsv.gz')):.4f}")


if __name__ == "__main__":
    main()
