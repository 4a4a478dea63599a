"""Stage 3: compare the shipped ONNX file with its teacher on STS-B (Spearman)."""

import argparse
import csv
import gzip
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from scipy.stats import spearmanr
from tokenizers import Tokenizer
from transformers import BertModel

from cut_words import MAX_TOKENS
from export_onnx import MODEL_FILE
from teacher import add_common_arguments, teacher_folder

BATCH = 64
MEGABYTE = 1e6


def read_pairs(path: Path) -> tuple[list[str], list[str], np.ndarray]:
    """The two sentences of each row and people's score, 0–5."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows[0][0].replace(".", "").isdigit():
        rows = rows[1:]
    return [r[1] for r in rows], [r[2] for r in rows], np.array([float(r[0]) for r in rows])


def open_tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def encode(texts: list[str], tokenizer: Tokenizer, states_of) -> np.ndarray:
    """Unit vectors [texts, dim]: mean of the real tokens' states."""
    vectors = []
    for start in range(0, len(texts), BATCH):
        encodings = tokenizer.encode_batch(texts[start : start + BATCH])
        ids = np.array([e.ids for e in encodings])
        mask = np.array([e.attention_mask for e in encodings])
        sums = (states_of(ids, mask) * mask[:, :, None]).sum(1)
        vectors.append(sums / np.linalg.norm(sums, axis=1, keepdims=True))
    return np.concatenate(vectors)


def teacher_encoder(folder: Path):
    bert = BertModel.from_pretrained(folder, add_pooling_layer=False).eval()
    tokenizer = open_tokenizer(folder / "tokenizer.json")

    def states_of(ids, mask):
        with torch.no_grad():
            return bert(torch.from_numpy(ids), torch.from_numpy(mask)).last_hidden_state.numpy()

    return lambda texts: encode(texts, tokenizer, states_of)


def shipped_encoder(folder: Path, threads: int):
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        str(folder / MODEL_FILE), settings, providers=["CPUExecutionProvider"]
    )
    tokenizer = open_tokenizer(folder / "tokenizer.json")

    def states_of(ids, mask):
        return session.run(None, {"input_ids": ids, "attention_mask": mask})[0]

    return lambda texts: encode(texts, tokenizer, states_of)


def spearman(encoder, pairs) -> float:
    first, second, scores = pairs
    return float(spearmanr((encoder(first) * encoder(second)).sum(1), scores).statistic)


def table(rows: list[tuple[str, float, float, float]]) -> str:
    lines = ["| encoder | MB | STS-B dev | STS-B test |", "|---|---|---|---|"]
    lines += [f"| {name} | {size:.1f} | {dev:.4f} | {test:.4f} |" for name, size, dev, test in rows]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with eval/stsb")
    parser.add_argument("--results", type=Path, default=Path(__file__).parent / "RESULTS.md")
    add_common_arguments(parser)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    dev, test = (read_pairs(options.data / f"eval/stsb/{part}.tsv.gz") for part in ("dev", "test"))
    shipped_bytes = sum(f.stat().st_size for f in options.model.rglob("*") if f.is_file())
    teacher_bytes = (teacher_folder() / "model.safetensors").stat().st_size
    rows = []
    for name, encoder, size in (
        ("teacher, fp32", teacher_encoder(teacher_folder()), teacher_bytes),
        ("hearth-encoder, 4 bits", shipped_encoder(options.model, options.threads), shipped_bytes),
    ):
        rows.append((name, size / MEGABYTE, spearman(encoder, dev), spearman(encoder, test)))

    share = rows[1][3] / rows[0][3]
    text = (
        "# The shipped encoder beside its teacher\n\n"
        "Spearman correlation of cosine and people's scores; whole folder in MB (10⁶ bytes),\n"
        "tokenizer included; the ONNX file that ships, run by onnxruntime. Written by `evaluate.py`.\n\n"
        f"{table(rows)}\n\nTest: {share:.4f} of the teacher.\n"
    )
    options.results.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
