"""What a student is taught: texts and the teacher's vectors, batch by batch."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from teacher_vectors import DIM

SORTED_TOGETHER = 64  # batches among which texts of similar length are put together


@dataclass
class Lesson:
    """A batch: token ids of its texts, the teacher's vectors, the metric for faint directions if any."""

    ids: list[list[int]]
    teachers: torch.Tensor
    metric: torch.Tensor | None


def read_lessons(model: Path, work: Path, max_tokens: int) -> tuple[list[list[int]], np.ndarray]:
    """Token ids by the student's tokenizer, and the teacher's vectors [texts, 384]."""
    vectors = np.fromfile(work / "vectors.f16", np.float16).reshape(-1, DIM)
    texts = (work / "texts.txt").read_text("utf-8").split("\n")[: len(vectors)]
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.enable_truncation(max_tokens)
    return [encoding.ids for encoding in tokenizer.encode_batch(texts)], vectors


def batches_of(lengths: np.ndarray, size: int, seed: int) -> list[np.ndarray]:
    """Rows of each batch of one epoch: texts of similar length, in random order."""
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(lengths))
    batches = []
    for start in range(0, len(order), size * SORTED_TOGETHER):
        rows = order[start : start + size * SORTED_TOGETHER]
        rows = rows[np.argsort(lengths[rows], kind="stable")]
        batches += [rows[at : at + size] for at in range(0, len(rows), size)]
    return [batches[row] for row in chance.permutation(len(batches))]
