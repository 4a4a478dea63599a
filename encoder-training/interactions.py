"""Fine-tunes an exported encoder on who chose what, and measures new items before and after.

    python interactions.py --data PATH

An experiment: nothing that ships comes from it. Loss: the squared distance between what
the users of a batch of items chose and what a linear autoencoder with the items' vectors
for weights makes of it (beeFormer, arXiv 2409.10309),

    |unit(X) − unit(X(AAᵀ − I))|²     a user a row, A = the items' unit vectors,

+ μ · (1 − cosine to the encoder's own vector) on texts that are no items. Only
training items and, to judge, validation items are read. In fp32, unless --levels is given.
"""

import argparse
import json
import lzma
import random
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import measures
from bert_graph import TextToStates, load_student
from cold_items import Catalogue, compare, judge, open_catalogue
from cut_words import MAX_TOKENS
from distill import rate_at
from levels import Shares, as_read_back
from probe import VALIDATION_TEXTS
from read_back import load_exported, read_file
from teacher import SHARES, add_common_arguments, add_work_arguments, teacher_folder
from workers import vectors_of

LAYERS = [0, 2, 5]
PART = 64  # texts of similar length encoded at once
USERS = 1_024  # of a batch at most
NEAR_TEXTS = 64  # of a batch, held near the encoder's own vectors
SOURCES = {"books": "books", "ml-1m": "coldstart/ml-1m"}
MAX_NORM = 1.0  # of the gradient
SHOWN_EVERY = 9  # steps: odd, to see each catalogue


@dataclass
class Lessons:
    """Token ids of each catalogue's known items beside who chose them, and of other texts."""

    items: dict[str, list[list[int]]]
    chosen: dict[str, object]  # csr [users, known]
    texts: list[list[int]]
    near: torch.Tensor  # the encoder's own vectors of `texts`


def open_student(model: Path) -> tuple[TextToStates, Tokenizer]:
    """The exported encoder and its tokenizer."""
    tokenizer = Tokenizer.from_buffer(read_file(model, "tokenizer.json"))
    teacher = Tokenizer.from_file(str(teacher_folder() / "tokenizer.json")).get_vocab()
    cut = tokenizer.get_vocab()
    student = load_student(teacher_folder(), [teacher[piece] for piece in sorted(cut, key=cut.get)], MAX_TOKENS, LAYERS)
    load_exported(student, model)
    return student, tokenizer


def tokens(tokenizer: Tokenizer, texts: list[str], most: int) -> list[list[int]]:
    tokenizer.enable_truncation(most)
    return [encoding.ids for encoding in tokenizer.encode_batch(texts)]


def weights_of(student: TextToStates, shares: Shares | None) -> dict[str, torch.Tensor]:
    """The parameters, as levels hold them if there are shares."""
    return {name: as_read_back(name, weight, shares) if shares else weight for name, weight in student.named_parameters()}


def vectors_by_length(student: TextToStates, ids: list[list[int]], shares: Shares | None) -> torch.Tensor:
    """Unit vectors [texts, dim], in the order given."""
    weights = weights_of(student, shares)
    order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
    parts = [order[at : at + PART] for at in range(0, len(order), PART)]
    vectors = torch.cat([vectors_of(student, weights, [ids[row] for row in part]) for part in parts])
    return vectors[torch.tensor(order).argsort()]


@torch.no_grad()
def encode(student: TextToStates, tokenizer: Tokenizer, texts: list[str], shares: Shares | None = None) -> np.ndarray:
    return vectors_by_length(student, tokens(tokenizer, texts, MAX_TOKENS), shares).numpy()


def autoencoder_loss(vectors: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    """Mean over users of |unit(x) − unit(x(AAᵀ − I))|²; `chosen` [users, items]."""
    unit = torch.nn.functional.normalize
    made = chosen @ vectors @ vectors.T - chosen
    return (unit(chosen, dim=1) - unit(made, dim=1)).square().sum(1).mean()


def batches(lessons: Lessons, sources: list[str], size: int, seed: int):
    """Item rows and users' choices of them, catalogue after catalogue, each item once an epoch."""
    chance, waiting = np.random.default_rng(seed), {source: np.empty(0, int) for source in sources}
    while True:
        for source in sources:
            if len(waiting[source]) < size:
                waiting[source] = chance.permutation(len(lessons.items[source]))
            rows, waiting[source] = waiting[source][:size], waiting[source][size:]
            chosen = lessons.chosen[source][:, rows]
            users = chance.permutation(np.flatnonzero(chosen.getnnz(1) > 1))[:USERS]
            yield source, rows, torch.from_numpy(chosen[users].toarray())


def train(student: TextToStates, lessons: Lessons, near: float, options) -> None:
    for parameter in student.parameters():
        parameter.requires_grad_(parameter is not student.places)
    learnt = [parameter for parameter in student.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learnt, weight_decay=0.0, fused=True)
    chance, stream = random.Random(options.seed), batches(lessons, options.sources, options.batch, options.seed)
    for step in range(options.steps):
        source, rows, chosen = next(stream)
        others = chance.sample(range(len(lessons.texts)), NEAR_TEXTS)
        ids = [lessons.items[source][row] for row in rows] + [lessons.texts[row] for row in others]
        vectors = vectors_by_length(student, ids, options.levels)
        loss = autoencoder_loss(vectors[: len(rows)], chosen)
        away = (1 - (vectors[len(rows) :] * lessons.near[others]).sum(1)).mean()
        optimizer.zero_grad()
        (loss + near * away).backward()
        for group in optimizer.param_groups:
            group["lr"] = rate_at((step + 1) / options.steps, options.rate)
        torch.nn.utils.clip_grad_norm_(learnt, MAX_NORM)
        optimizer.step()
        if step % SHOWN_EVERY == 0:
            print(f"  step {step + 1} {source}: loss {loss:.4f}, away {away:.4f}", flush=True)


def read_lessons(student: TextToStates, tokenizer: Tokenizer, catalogues: dict[str, Catalogue], options) -> Lessons:
    with lzma.open(options.data / "text/short-texts.tsv.xz", "rt", encoding="utf-8") as lines:
        texts = [line.rstrip("\n").split("\t", 1)[1] for line in lines]
    texts = random.Random(options.seed).sample(texts, options.texts)
    counts = {name: catalogue.chosen.getnnz(0) for name, catalogue in catalogues.items()}
    rows = {name: np.flatnonzero(count > 0) for name, count in counts.items()}
    items = {
        name: tokens(tokenizer, [catalogue.texts[row] for row in rows[name]], options.max_tokens)
        for name, catalogue in catalogues.items()
    }
    chosen = {name: catalogue.chosen.tocsc()[:, rows[name]].tocsr() for name, catalogue in catalogues.items()}
    ids = tokens(tokenizer, texts, options.max_tokens)
    with torch.no_grad():
        return Lessons(items, chosen, ids, vectors_by_length(student, ids, None))


def report(name: str, encoder, catalogues: dict[str, Catalogue], data: Path) -> dict:
    """What an encoder (texts → unit vectors) makes of sentences and new items; the latter returned."""
    intents = measures.read_intents(data / "eval/clinc150/data.json.gz", "val", VALIDATION_TEXTS)
    stsb = measures.spearman(encoder, measures.read_pairs(data / "eval/stsb/dev.tsv.gz"))
    print(f"{name}: STS-B dev {stsb:.4f}, CLINC150 validation {measures.probe_accuracy(encoder, intents):.4f}", flush=True)
    found = {}
    for source, catalogue in catalogues.items():
        print(f"  {source}", flush=True)
        rows = np.concatenate([catalogue.known, catalogue.new])
        found[source] = judge(catalogue, encoder([catalogue.texts[row] for row in rows]))
    return found


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with books, coldstart/ml-1m, text and eval")
    parser.add_argument("--sources", nargs="+", choices=SOURCES, default=list(SOURCES), help="catalogues to train on (default: all)")
    parser.add_argument("--near", type=float, nargs="*", default=[1, 10], help="each μ to try; none: only measure (default 1 10)")
    parser.add_argument("--steps", type=int, default=80, help="of each training (default 80)")
    parser.add_argument("--batch", type=int, default=512, help="items a step (default 512)")
    parser.add_argument("--rate", type=float, default=2e-4, help="highest learning rate (default 2e-4)")
    parser.add_argument("--texts", type=int, default=4_096, help="texts to hold near (default 4,096)")
    parser.add_argument("--levels", action="store_const", const=Shares(*SHARES), help="train and measure at the levels that ship")
    add_common_arguments(parser)
    add_work_arguments(parser)
    return parser.parse_args()


def main() -> None:
    options = read_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)

    catalogues = {name: open_catalogue(options.data / folder, 1) for name, folder in SOURCES.items()}
    student, tokenizer = open_student(options.model)
    before = report("as it ships", partial(encode, student, tokenizer), catalogues, options.data)
    lessons = read_lessons(student, tokenizer, catalogues, options)
    for near in options.near:
        torch.manual_seed(options.seed)
        load_exported(student, options.model)
        started = time.monotonic()
        train(student, lessons, near, options)
        print(f"  {(time.monotonic() - started) / 60:.1f} minutes", flush=True)
        torch.save({"layers": LAYERS, "student": student.state_dict()}, options.work / f"interactions-{near:g}.pt")
        encoder = partial(encode, student, tokenizer, shares=options.levels)
        compare(before, report(f"μ {near:g}", encoder, catalogues, options.data))


if __name__ == "__main__":
    main()
