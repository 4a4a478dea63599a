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


def read_pairs(work: Path, texts: int) -> np.ndarray:
    """The row of the first of each two neighbours that belong in one batch; of those that have a vector."""
    path = work / "pairs.txt"
    rows = np.array(path.read_text("utf-8").split() if path.exists() else [], int)
    return rows[rows + 1 < texts]


def without_mean(vectors: np.ndarray, folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors less their mean, unit again, and the mean [dim], kept in `folder`.

    Some teachers put all texts into a narrow cone (a mean of length .88 of 1); what tells texts apart is the rest.
    """
    path = folder / "mean.f32"
    if not path.exists():
        vectors.astype(np.float32).mean(0).tofile(path)
    mean = np.fromfile(path, np.float32)
    rest = vectors.astype(np.float32) - mean
    return (rest / np.linalg.norm(rest, axis=1, keepdims=True)).astype(np.float16), mean


def batches_of(lengths: np.ndarray, size: int, seed: int, pairs: np.ndarray) -> list[np.ndarray]:
    """Rows of each batch of one epoch: texts of similar length, in random order; pairs stay together.

    `pairs` are the rows of firsts; a batch has one text too many where a pair ends it.
    """
    chance = np.random.default_rng(seed)
    leaders = np.setdiff1d(np.arange(len(lengths)), pairs + 1)
    widths = np.where(np.isin(leaders, pairs), 2, 1)
    order = chance.permutation(len(leaders))
    batches = []
    for start in range(0, len(order), size * SORTED_TOGETHER):
        some = order[start : start + size * SORTED_TOGETHER]
        some = some[np.argsort(lengths[leaders[some]], kind="stable")]
        batch_of = (np.cumsum(widths[some]) - 1) // size
        for batch in range(batch_of[-1] + 1):
            rows, width = leaders[some[batch_of == batch]], widths[some[batch_of == batch]]
            batches.append(np.concatenate([rows, rows[width == 2] + 1]))
    return [batches[row] for row in chance.permutation(len(batches))]
