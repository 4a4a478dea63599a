"""What an encoder is judged by. `encoder` turns texts into unit vectors [texts, dim]."""

import csv
import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

RIDGE = 1.0  # added to each feature's sum of squares in a linear probe
CLINC_TRAIN, CLINC_TEST, SST_TEXTS = 20, 10, 3_000  # texts an intent; texts a part


@dataclass
class Films:
    """Plots, and "title. genres. year" of the same films."""

    plots: list[str]
    titles: list[str]


@dataclass
class Probe:
    """A linear classifier's task: texts and labels to learn from, and to be asked."""

    train: tuple[list[str], list[str]]
    test: tuple[list[str], list[str]]


def read_pairs(path: Path) -> tuple[list[str], list[str], np.ndarray]:
    """The two sentences of each row and people's score, 0–5."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows[0][0].replace(".", "").isdigit():
        rows = rows[1:]
    return [r[1] for r in rows], [r[2] for r in rows], np.array([float(r[0]) for r in rows])


def read_films(path: Path, count: int) -> Films:
    """A seeded sample of the films that have a plot."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["plot"].strip()]
    rows = random.Random(0).sample(rows, min(count, len(rows)))
    titles = [f"{r['title']}. {r['genres'].replace('|', ', ')}. {r['year']}" for r in rows]
    return Films([r["plot"] for r in rows], titles)


@dataclass
class Shelf:
    """Books: what is told of each without its author or genres, and those kept aside."""

    without_author: list[str]
    without_genres: list[str]
    authors: list[str]
    genres: list[frozenset[str]]


def read_shelf(path: Path, count: int) -> Shelf:
    """The first `count` books with genres, in the file's order (most read first)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["genres"].strip()][:count]
    return Shelf(
        [f"{r['title']}. {r['genres'].replace('|', ', ')}. {r['year']}" for r in rows],
        [f"{r['title']}. {r['authors']}" for r in rows],
        [r["authors"].split(",")[0].strip() for r in rows],
        [frozenset(r["genres"].split("|")) for r in rows],
    )


def read_intents(path: Path, asked: str = "test", each: int = CLINC_TEST) -> Probe:
    """CLINC150, the 150 intents, evenly thinned; `asked` names the part to be asked."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        data = json.load(file)
    return Probe(thin(data["train"], CLINC_TRAIN), thin(data[asked], each))


def thin(rows: list[list[str]], each: int) -> tuple[list[str], list[str]]:
    """The first `each` texts of every label."""
    seen, texts, labels = {}, [], []
    for text, label in rows:
        seen[label] = seen.get(label, 0) + 1
        if seen[label] <= each:
            texts.append(text)
            labels.append(label)
    return texts, labels


def read_sentiment(folder: Path) -> Probe:
    """SST-2: a seeded sample of the training part, and the test part."""

    def read(name: str) -> tuple[list[str], list[str]]:
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split(" ", 1) for line in lines]
        rows = random.Random(0).sample(rows, min(SST_TEXTS, len(rows)))
        return [text for _, text in rows], [label for label, _ in rows]

    return Probe(read("train.txt.gz"), read("test.txt.gz"))


def spearman(encoder, pairs) -> float:
    first, second, scores = pairs
    return float(spearmanr((encoder(first) * encoder(second)).sum(1), scores).statistic)


def plot_to_title(encoder, films: Films) -> float:
    """MRR@10 of a film's own title line, asked by its plot, among all. A tie counts against it."""
    scores = encoder(films.plots) @ encoder(films.titles).T
    ranks = (scores >= np.diag(scores)[:, None]).sum(1)
    return float(np.where(ranks <= 10, 1 / ranks, 0).mean())


def nearest(vectors: np.ndarray, count: int) -> np.ndarray:
    """Rows of the `count` others of highest cosine, best first, [rows, count]."""
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -np.inf)
    return np.argsort(-scores, axis=1, kind="stable")[:, :count]


def author_companions(encoder, shelf: Shelf) -> float:
    """MRR@10 of the nearest book by the same author, of the books whose author has another."""
    authors = np.array(shelf.authors)
    near = nearest(encoder(shelf.without_author), 10)
    same = authors[near] == authors[:, None]
    first = np.where(same.any(1), 1 / (same.argmax(1) + 1), 0)
    names, counts = np.unique(authors, return_counts=True)
    return float(first[np.isin(authors, names[counts > 1])].mean())


def genre_companions(encoder, shelf: Shelf) -> float:
    """Mean Jaccard overlap of a book's genres with those of its 10 nearest."""
    near = nearest(encoder(shelf.without_genres), 10)
    overlaps = [
        len(mine & shelf.genres[row]) / len(mine | shelf.genres[row])
        for mine, rows in zip(shelf.genres, near) for row in rows
    ]
    return float(np.mean(overlaps))


def probe_accuracy(encoder, probe: Probe) -> float:
    """Share right of a ridge regression from vectors to one-hot labels."""
    labels, rows = np.unique(probe.train[1], return_inverse=True)
    x = with_one(encoder(probe.train[0])).astype(np.float64)
    targets = np.eye(len(labels))[rows]
    weights = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ targets)
    answers = labels[(with_one(encoder(probe.test[0])) @ weights).argmax(1)]
    return float((answers == np.array(probe.test[1])).mean())


def agreement(encoder, teacher, texts: list[str]) -> float:
    """Mean cosine of the two encoders' vectors of the same texts."""
    return float((encoder(texts) * teacher(texts)).sum(1).mean())


def with_one(vectors: np.ndarray) -> np.ndarray:
    return np.hstack([vectors, np.ones((len(vectors), 1), vectors.dtype)])
