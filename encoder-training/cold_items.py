"""How well text vectors rank items that nobody has chosen yet, on validation items alone.

    mean   cosine to the mean vector of what the user chose
    ridge  S = H_known m^-c (K + λI)^-1 k · p^c, K = cosine; m: users of a known item, p: those
           expected of a new one by the same ridge; H: the user's choices
    sum    the same, K = vectors + words + genres + years
    build  the builder's kernel (src/build/models/cold-start/kernel.ts), H = EASE's predictions
           + 0.2 of the choices
"""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix

KNOWN = 3_000  # known items that new ones are mixtures of, the most chosen: as the builder
LIST = 20
YEARS, NAMES, GENRES = 8.0, 2.0, 0.5  # the builder's defaults
EASE_RIDGE, SELF = 600.0, 0.2
RIDGES = {"ridge": (1, 3, 10, 30), "sum": (3, 10, 30, 100), "build": (4, 8, 16, 32)}
WEIGHTS = {"ridge": (1.0,), "sum": (1.0,), "build": (0.5, 1.0, 2.0)}  # of the text vectors
POWERS = 0.0, 0.3
RESAMPLES = 1_000


@dataclass
class Catalogue:
    """Training choices, validation choices, and the likeness [known + new, known] of each kind."""

    texts: list[str]
    chosen: csr_matrix  # [users, items] of training
    known: np.ndarray
    new: np.ndarray
    history: csr_matrix  # [cases, known]
    targets: np.ndarray  # [cases, new] bool
    predicted: np.ndarray  # [cases, known], H of `build`
    likeness: dict[str, np.ndarray]


def read_facts(folder: Path, seed: int) -> dict:
    """What the builder reads of the items of `folder`, by item-facts.ts."""
    script = Path(__file__).parent / "item-facts.ts"
    command = ["npx", "tsx", str(script), str(folder), str(seed)]
    return json.loads(subprocess.run(command, cwd=script.parent, check=True, capture_output=True).stdout)


def sparse(table: dict, columns: int) -> csr_matrix:
    values = table.get("values", np.ones(len(table["indices"])))
    return csr_matrix((np.float32(values), table["indices"], table["indptr"]), (len(table["indptr"]) - 1, columns))


def open_catalogue(folder: Path, seed: int) -> Catalogue:
    facts = read_facts(folder, seed)
    items = len(facts["texts"])
    chosen, found = sparse(facts["train"], items), sparse(facts["valid"], items)
    counts = chosen.getnnz(0)
    most = np.argsort(-counts, kind="stable")[:KNOWN]
    known, new = np.sort(most[counts[most] > 0]), np.array(facts["validRows"])
    cases = np.flatnonzero((found.getnnz(1) > 0) & (chosen[:, known].getnnz(1) > 0))
    history = chosen[cases][:, known]
    predicted = history @ (ease(chosen[:, known]) + SELF * np.eye(len(known), dtype=np.float32))
    targets = found[cases][:, new].toarray() > 0
    return Catalogue(facts["texts"], chosen, known, new, history, targets, predicted, likeness(facts, known, new))


def ease(chosen: csr_matrix) -> np.ndarray:
    """B of EASE (Steck 2019), [known, known]."""
    gram = (chosen.T @ chosen).toarray().astype(np.float64)
    inverse = np.linalg.inv(gram + EASE_RIDGE * np.eye(len(gram)))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights.astype(np.float32)


def likeness(facts: dict, known: np.ndarray, new: np.ndarray) -> dict[str, np.ndarray]:
    """What the kernels are made of but for the text vectors, by the builder's own features."""
    rows = np.concatenate([known, new])

    def alike(table: dict, values: bool = True) -> np.ndarray:
        features = sparse(table if values else {**table, "values": np.ones(len(table["indices"]))}, table["columns"])
        return (features[rows] @ features[known].T).toarray()

    sizes = np.diff(facts["genres"]["indptr"])
    apart = sizes[rows, None] + sizes[None, known] - 2 * alike(facts["genres"], values=False)
    years = np.array(facts["years"], float)
    gaps = np.abs(years[rows, None] - years[None, known])
    unknown = np.isnan(years)
    gaps = np.where(unknown[rows, None] & unknown[None, known], 0, np.where(np.isnan(gaps), np.inf, gaps))
    return {
        "words": sum(alike(table) for table in facts["words"]),
        "names": sum(alike(table) for table in facts["names"]),
        "genres": alike(facts["genres"]),
        "mix": np.exp(-apart / facts["meanGenres"]),
        "years": np.exp(-gaps / YEARS),
    }


def kernel(name: str, cosine: np.ndarray, weight: float, parts: dict[str, np.ndarray]) -> np.ndarray:
    """K of known and new items against the known, [known + new, known]."""
    if name == "ridge":
        return cosine
    if name == "sum":
        return cosine + parts["words"] / 2 + parts["genres"] + parts["years"]
    written = 1 + weight * cosine + parts["words"] + NAMES * parts["names"]
    return written * (1 + parts["mix"] + GENRES * parts["genres"]) * (1 + parts["years"])


def centred(vectors: np.ndarray) -> np.ndarray:
    away = vectors - vectors.mean(0)
    return away / np.linalg.norm(away, axis=1, keepdims=True)


def judge(catalogue: Catalogue, vectors: np.ndarray) -> dict[str, np.ndarray]:
    """Best setting of each way of ranking → [cases, 2]: recall@20 and NDCG@20 of every user.

    `vectors` [known + new, dim], unit rows.
    """
    size = len(catalogue.known)
    best = {"mean": measure(catalogue.history @ (vectors[:size] @ vectors[size:].T), catalogue.targets)}
    cosines = {"ridge": vectors @ vectors[:size].T}
    cosines["sum"] = cosines["build"] = centred(vectors) @ centred(vectors)[:size].T
    for name, ridges in RIDGES.items():
        trials = [
            (f"{name} {weight:g} {ridge} {power:g}", measure(scores, catalogue.targets))
            for weight in WEIGHTS[name]
            for ridge in ridges
            for power, scores in ridge_scores(catalogue, name, kernel(name, cosines[name], weight, catalogue.likeness), ridge)
        ]
        chosen, figures = max(trials, key=lambda trial: trial[1][:, 1].mean())
        print(f"    {chosen}: {figures.mean(0).round(4)}", flush=True)
        best[name] = figures
    return best


def ridge_scores(catalogue: Catalogue, name: str, similar: np.ndarray, ridge: float):
    """Each popularity power with the scores [cases, new] by it."""
    size = len(catalogue.known)
    alpha = cho_solve(cho_factor(similar[:size] + ridge * np.eye(size, dtype=np.float32)), similar[size:].T)
    logs = np.log(catalogue.chosen[:, catalogue.known].getnnz(0))
    logs = logs - logs.mean()
    history = catalogue.predicted if name == "build" else catalogue.history
    for power in POWERS:
        held = np.exp(-power * logs)[:, None] * alpha * np.exp(power * (logs @ alpha))
        yield power, history @ held.astype(np.float32)


def measure(scores: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """[cases, 2]: hits / targets among the first 20, and binary NDCG. Of ties the lower row wins."""
    first = np.argsort(-np.asarray(scores), axis=1, kind="stable")[:, :LIST]
    hits = np.take_along_axis(targets, first, 1)
    gains = 1 / np.log2(np.arange(2, LIST + 2))
    wanted = targets.sum(1)
    ideal = np.cumsum(gains)[np.minimum(wanted, LIST) - 1]
    return np.stack([hits.sum(1) / wanted, hits @ gains / ideal], 1)


def interval(before: np.ndarray, after: np.ndarray, seed: int = 0) -> np.ndarray:
    """Bootstrap by user of the mean difference: [3, 2], 2.5 %, mean, 97.5 %."""
    gains, chance = after - before, np.random.default_rng(seed)
    means = np.stack([gains[chance.integers(len(gains), size=len(gains))].mean(0) for _ in range(RESAMPLES)])
    return np.stack([np.quantile(means, 0.025, 0), gains.mean(0), np.quantile(means, 0.975, 0)])


def compare(before: dict[str, dict], after: dict[str, dict]) -> None:
    """Prints what each way of ranking reaches, and the difference with its 95 % interval."""
    for source, ways in after.items():
        for way, figures in ways.items():
            low, mean, high = interval(before[source][way], figures)
            recall, ndcg = (f"{figures[:, i].mean():.4f} {mean[i]:+.4f} ({low[i]:+.4f} to {high[i]:+.4f})" for i in (0, 1))
            print(f"  {source} {way}: recall@20 {recall}, ndcg@20 {ndcg}", flush=True)
