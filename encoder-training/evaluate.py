"""Compares ONNX encoders with their teacher and writes RESULTS.md."""

import argparse
import functools
import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer
from transformers import BertModel

import measures
from cut_words import MAX_TOKENS
from read_back import MODEL_FILE, read_file
from teacher import add_common_arguments, prefix_of, teacher_folder

BATCH = 64
BOOKS = 2_500
MEGABYTE = 1e6


def open_tokenizer(definition: bytes) -> Tokenizer:
    tokenizer = Tokenizer.from_buffer(definition)
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def encode(texts: list[str], tokenizer: Tokenizer, states_of) -> np.ndarray:
    """Unit vectors [texts, dim]: mean of the real tokens' states. Batches of similar length."""
    order = np.argsort([len(text) for text in texts], kind="stable")
    vectors = [None] * len(texts)
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        encodings = tokenizer.encode_batch([texts[row] for row in rows])
        ids = np.array([e.ids for e in encodings])
        mask = np.array([e.attention_mask for e in encodings])
        sums = (states_of(ids, mask) * mask[:, :, None]).sum(1)
        for row, vector in zip(rows, sums / np.linalg.norm(sums, axis=1, keepdims=True)):
            vectors[row] = vector
    return np.stack(vectors).astype(np.float32)


def teacher_encoder(folder: Path):
    bert = BertModel.from_pretrained(folder, add_pooling_layer=False).eval()
    tokenizer = open_tokenizer((folder / "tokenizer.json").read_bytes())
    prefix = prefix_of(folder)

    def states_of(ids, mask):
        with torch.no_grad():
            return bert(torch.from_numpy(ids), torch.from_numpy(mask)).last_hidden_state.numpy()

    return lambda texts: encode([prefix + text for text in texts], tokenizer, states_of)


def onnx_encoder(folder: Path, threads: int):
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        read_file(folder, MODEL_FILE), settings, providers=["CPUExecutionProvider"]
    )
    tokenizer = open_tokenizer(read_file(folder, "tokenizer.json"))

    def states_of(ids, mask):
        return session.run(None, {"input_ids": ids, "attention_mask": mask})[0]

    return lambda texts: encode(texts, tokenizer, states_of)


def tasks(data: Path, films: int, teacher) -> dict:
    """Name of each column → what measures it, given an encoder."""
    dev, test = (measures.read_pairs(data / f"eval/stsb/{part}.tsv.gz") for part in ("dev", "test"))
    plots = measures.read_films(data / "movies/movies.csv.gz", films)
    shelf = measures.read_shelf(data / "books/books.csv.gz", BOOKS)
    intents = measures.read_intents(data / "eval/clinc150/data.json.gz")
    sentiment = measures.read_sentiment(data / "eval/sst2")
    return {
        "STS-B dev": lambda encoder: measures.spearman(encoder, dev),
        "STS-B test": lambda encoder: measures.spearman(encoder, test),
        "plot → title": lambda encoder: measures.plot_to_title(encoder, plots),
        "author": lambda encoder: measures.author_companions(encoder, shelf),
        "genre": lambda encoder: measures.genre_companions(encoder, shelf),
        "CLINC150": lambda encoder: measures.probe_accuracy(encoder, intents),
        "SST-2": lambda encoder: measures.probe_accuracy(encoder, sentiment),
        "cosine": lambda encoder: measures.agreement(encoder, teacher(), test[0]),
    }


def remembered(path: Path, key: str, measure, columns: list[str]) -> dict[str, float]:
    """Each column's figure for the encoder of that key: read from `path` if there, else measured and kept."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    figures = known.setdefault(key, {})
    for column in columns:
        if column in figures:
            continue
        figures[column] = measure(column)
        print(f"{key}: {column} {figures[column]:.4f}", flush=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(known, indent=2) + "\n", "utf-8")
    return {column: figures[column] for column in columns}


def table(rows: list[tuple[str, float, dict]], columns: list[str]) -> str:
    """Each figure, and its share of the first row's (the teacher's)."""
    lines = ["| " + " | ".join(["encoder", "MB", *columns]) + " |", "|---" * (len(columns) + 2) + "|"]
    for name, size, figures in rows:
        cells = [f"{figures[c]:.4f} ({figures[c] / rows[0][2][c]:.3f})" for c in columns]
        lines.append("| " + " | ".join([name, f"{size / MEGABYTE:.2f}", *cells]) + " |")
    return "\n".join(lines)


def folder_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def measure_all(options) -> str:
    """The table: the teacher first, then the encoder that ships, then the others named."""
    teacher = functools.cache(lambda: teacher_encoder(teacher_folder()))
    columns = tasks(options.data, options.films, teacher)

    def row(name: str, size: int, key: str, open_encoder) -> tuple[str, float, dict]:
        encoder = functools.cache(open_encoder)
        key = f"{key}, {options.films} films"
        measure = lambda column: columns[column](encoder())  # noqa: E731
        return name, size, remembered(options.figures, key, measure, list(columns))

    size = (teacher_folder() / "model.safetensors").stat().st_size
    rows = [row("teacher, fp32", size, "teacher", teacher)]
    folders = [("hearth-encoder, as it ships", options.model)]
    for name, folder in folders + [(n, Path(f)) for n, f in options.also]:
        key = hashlib.sha256(read_file(folder, MODEL_FILE)).hexdigest()[:16]
        open_encoder = functools.partial(onnx_encoder, folder, options.threads)
        rows.append(row(name, folder_bytes(folder), key, open_encoder))
    return table(rows, list(columns))


def main() -> None:
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with eval, movies and books")
    parser.add_argument("--results", type=Path, default=here / "RESULTS.md")
    parser.add_argument("--also", nargs=2, action="append", default=[], metavar=("NAME", "FOLDER"),
                        help="another encoder's row")
    parser.add_argument("--films", type=int, default=2_500, help="of plot → title (default 2500)")
    parser.add_argument("--figures", type=Path, default=here / "out/figures.json",
                        help="remembers figures by the model's hash, to go on from")
    parser.add_argument("--notes", type=Path, default=here / "NOTES.md",
                        help="text that follows the table (default NOTES.md)")
    add_common_arguments(parser)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    notes = options.notes.read_text("utf-8") if options.notes.exists() else ""
    text = (
        "# The encoders beside their teacher\n\n"
        "In brackets: share of the teacher's. MB: whole folder (10⁶ bytes), tokenizer included, as it\n"
        "travels. ONNX files run by onnxruntime. The table is written by `evaluate.py`.\n\n"
        f"{measure_all(options)}\n\n"
        "- STS-B: Spearman correlation of cosine and people's scores.\n"
        f"- plot → title: MRR@10 of \"title. genres. year\" asked by the film's plot, among {options.films:,} films.\n"
        f"- author: MRR@10 of another book by the author, asked by \"title. genres. year\", among {BOOKS:,} books.\n"
        "- genre: Jaccard overlap of a book's genres with its 10 nearest by \"title. authors\".\n"
        "- CLINC150, SST-2: accuracy of a linear probe (150 intents, 20 texts each to learn from; sentiment).\n"
        "- cosine: mean cosine to the teacher's vectors, on STS-B test sentences.\n\n"
        f"{notes}"
    ).rstrip() + "\n"
    options.results.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
