"""Chooses what the multilingual encoder is taught on: `texts.txt` and `pairs.txt` under --work.

A text a line. `pairs.txt` lists the row of each first of two neighbours that differ
little, a sentence and its negation for instance; they are taught in one batch, so that the
small difference counts. Everything is shuffled: stopped anywhere, it is still balanced.
"""

import argparse
import gzip
import random
from collections import defaultdict
from pathlib import Path

from little_changes import phrase_of, pairs_by_template, with_one_word_changed, with_words_swapped
from teacher import add_work_arguments
from teacher_vectors import choose_texts, texts_by_source

ASKED = "en zh-CN ja ko de fr es it pt nl pl ru uk tr ar hi vi id".split()  # a whole share each
LESS = 0.4  # of a share for the other languages
PHRASES = 0.35  # of a language's texts are cut to a few words, as a search is


def read_languages(path: Path) -> dict[str, list[str]]:
    """Language → its distinct sentences."""
    found = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            language, text = line.rstrip("\n").split("\t", 1)
            found[language][" ".join(text.split())] = None
    return {language: list(texts) for language, texts in found.items()}


def read_scored(path: Path) -> dict[str, list[tuple[float, str, str]]]:
    """Language → people's score, 0–5, and the two sentences of each pair of STS-B."""
    found = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            language, score, first, second = line.rstrip("\n").split("\t")
            found[language].append((float(score), first, second))
    return found


def read_alike(path: Path) -> dict[str, list[tuple[str, str]]]:
    """The same pairs without their scores: what is taught is the teacher's vectors alone."""
    return {language: [pair[1:] for pair in pairs] for language, pairs in read_scored(path).items()}


def sentences(languages: dict[str, list[str]], share: int, chance: random.Random) -> list[tuple[str]]:
    """Up to `share` texts of each language asked for, sentences and phrases."""
    chosen = []
    for language, texts in sorted(languages.items()):
        count = share if language in ASKED else int(share * LESS)
        for text in chance.sample(texts, min(count, len(texts))):
            chosen.append((phrase_of(text, language, chance) if chance.random() < PHRASES else text,))
    return chosen


def contrasts(languages: dict[str, list[str]], count: int, chance: random.Random) -> list[tuple[str, str]]:
    """`count` pairs of each language asked for, as `little_changes.py` makes them."""
    chosen = []
    for language in ASKED:
        texts = languages[language]
        chosen += pairs_by_template(texts, language, count, chance)
        for change in (with_one_word_changed, with_words_swapped):
            sample = chance.sample(texts, min(count // 2, len(texts)))
            chosen += [(text, other) for text in sample if (other := change(text, texts, chance)) not in (text, None)]
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with text-multi and text")
    parser.add_argument("--each", type=int, default=2_600, help="texts of a language (default 2600)")
    parser.add_argument("--alike", type=int, default=800, help="STS-B training pairs of a language (default 800)")
    parser.add_argument("--contrasts", type=int, default=160, help="made pairs of a kind and language (default 160)")
    parser.add_argument("--count", type=int, default=24_000, help="further English texts (default 24000)")
    parser.set_defaults(spoken=4)
    add_work_arguments(parser)
    options = parser.parse_args()
    chance = random.Random(options.seed)

    languages = read_languages(options.data / "text-multi/sentences.tsv.gz")
    groups = sentences(languages, options.each, chance)
    for _, pairs in sorted(read_alike(options.data / "text-multi/stsb-train.tsv.gz").items()):
        groups += chance.sample(pairs, min(options.alike, len(pairs)))
    groups += contrasts(languages, options.contrasts, chance)
    groups += [(text,) for text in choose_texts(texts_by_source(options.data), options)]
    chance.shuffle(groups)

    rows, texts, pairs = set(), [], []
    for group in groups:
        if not all(group) or group in rows:
            continue
        rows.add(group)
        if len(group) == 2:
            pairs.append(len(texts))
        texts += group
    options.work.mkdir(parents=True, exist_ok=True)
    (options.work / "texts.txt").write_text("\n".join(texts) + "\n", "utf-8")
    (options.work / "pairs.txt").write_text("\n".join(map(str, pairs)) + "\n", "utf-8")
    print(f"{len(texts):,} texts, {len(pairs):,} pairs among them")


if __name__ == "__main__":
    main()
