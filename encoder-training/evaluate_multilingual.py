"""Compares the multilingual encoder with its teacher, language by language; prints two tables.

STS-B dev in eleven languages (machine-translated but for English), and translations found
among English sentences. Nothing is written but the figures that --figures remembers, so
that a teacher that was asked once is not asked again.
"""

import argparse
import functools
import hashlib
from pathlib import Path

import numpy as np
import torch
from scipy.stats import spearmanr

import measures
from evaluate import onnx_encoder, remembered, teacher_encoder
from multilingual_texts import read_scored
from read_back import MODEL_FILE, read_file
from teacher import add_common_arguments, teacher_folder

PROBE_TEXTS = 10  # texts an intent that are asked


def asked_once(encoder):
    """The same encoder, which remembers every text's vector."""
    known = {}

    def encode(texts: list[str]) -> np.ndarray:
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            known.update(zip(fresh, encoder(fresh)))
        return np.stack([known[text] for text in texts])

    return encode


def correlation(encoder, pairs: list[tuple[float, str, str]]) -> float:
    """Spearman's, of cosines and people's scores."""
    scores, first, second = zip(*pairs)
    return float(spearmanr((encoder(list(first)) * encoder(list(second))).sum(1), scores).statistic)


def translations_found(encoder, texts: list[str], english: list[str]) -> float:
    """Share of texts whose nearest English sentence is the one they were translated from."""
    nearest = (encoder(texts) @ encoder(english).T).argmax(1)
    return float(np.mean([english[row] == own for row, own in zip(nearest, english)]))


def tasks(data: Path, every: int) -> dict:
    """Name of each figure → what measures it, given an encoder."""
    scored = read_scored(data / "text-multi/stsb-dev.tsv.gz")
    english = [pair[1] for pair in scored["en"]][::every]
    intents = measures.read_intents(data / "eval/clinc150/data.json.gz", "val", PROBE_TEXTS)
    found = {}
    for language, pairs in sorted(scored.items()):
        thinned = pairs[::every]
        found[f"STS-B {language}"] = functools.partial(correlation, pairs=thinned)
        if language != "en":
            texts = [pair[1] for pair in thinned]
            found[f"translations {language}"] = functools.partial(translations_found, texts=texts, english=english)
    return found | {"CLINC150": functools.partial(measures.probe_accuracy, probe=intents)}


def measure(name: str, key: str, open_encoder, columns: dict, figures: Path) -> dict[str, float]:
    encoder = functools.cache(lambda: asked_once(open_encoder()))
    return remembered(figures, f"{name} {key}", lambda column: columns[column](encoder()), list(columns))


def table(title: str, teacher: dict, mine: dict) -> str:
    """A row a language, and their mean."""
    names = [name for name in mine if name.startswith(title)]
    lines = [f"| {title} | teacher | encoder | share |", "|---|---|---|---|"]
    lines += [f"| {n.removeprefix(title).strip()} | {teacher[n]:.4f} | {mine[n]:.4f} | {mine[n] / teacher[n]:.3f} |" for n in names]
    shares = [mine[name] / teacher[name] for name in names]
    means = np.mean([teacher[name] for name in names]), np.mean([mine[name] for name in names])
    return "\n".join([*lines, f"| mean | {means[0]:.4f} | {means[1]:.4f} | {np.mean(shares):.3f} (least {min(shares):.3f}) |"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with text-multi and eval")
    parser.add_argument("--every", type=int, default=4, help="one pair in so many (default 4)")
    parser.add_argument("--figures", type=Path, default=Path(__file__).parent / "out/figures-multilingual.json",
                        help="remembers figures by the model's hash")
    parser.add_argument("--teacher-alone", action="store_true", help="measure the teacher and stop")
    add_common_arguments(parser)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    columns = tasks(options.data, options.every)
    folder = teacher_folder(options.teacher)
    teacher = measure("teacher", f"every {options.every}", lambda: teacher_encoder(folder), columns, options.figures)
    if options.teacher_alone:
        return
    key = hashlib.sha256(read_file(options.model, MODEL_FILE)).hexdigest()[:16]
    mine = measure(key, f"every {options.every}", lambda: onnx_encoder(options.model, options.threads), columns, options.figures)
    for title in ("STS-B", "translations"):
        print(table(title, teacher, mine), end="\n\n")
    print(f"CLINC150 validation, linear probe: {mine['CLINC150']:.4f}, teacher {teacher['CLINC150']:.4f}")


if __name__ == "__main__":
    main()
