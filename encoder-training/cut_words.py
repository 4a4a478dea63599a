"""Stage 1: keep the words that are used.

Counts how often the teacher's tokenizer uses each of its 30,522 word pieces on a
body of short texts, keeps the most used, and writes the smaller tokenizer.

Kept whatever their count: the five special tokens and every single character (with
and without the `##` of a continued word). A word that was dropped is then spelt from
shorter pieces, and nothing becomes [UNK] that was not [UNK] before.
"""

import argparse
import copy
import json
import lzma
import os
from collections import Counter
from itertools import islice
from pathlib import Path

from tokenizers import Tokenizer

from teacher import add_common_arguments, teacher_folder

MAX_TOKENS = 128  # as the teacher was trained; longer texts are cut
BATCH = 20_000
CHECKED_TEXTS = 20_000


def read_texts(data: Path):
    """Yields each text of `text/short-texts.tsv.xz` (source TAB text)."""
    with lzma.open(data / "text/short-texts.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t", 1)[1]


def batches(items, size: int):
    """Yields lists of up to `size` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def count_pieces(tokenizer: Tokenizer, texts) -> Counter:
    """How often each token id is used."""
    counts = Counter()
    for batch in batches(texts, BATCH):
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            counts.update(encoding.ids)
    return counts


def is_always_kept(piece: str) -> bool:
    """Specials, and single characters with or without `##`."""
    if piece in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"):
        return True
    return len(piece.removeprefix("##")) == 1


def choose_pieces(vocabulary: dict[str, int], counts: Counter, words: int) -> list[str]:
    """The `words` most used pieces and those always kept, in the teacher's order."""
    kept = set(by_use(vocabulary, counts)[:words]) | {p for p in vocabulary if is_always_kept(p)}
    return sorted(kept, key=vocabulary.__getitem__)


def choose_total(vocabulary: dict[str, int], counts: Counter, total: int) -> list[str]:
    """`total` pieces: those always kept, then the most used; in the teacher's order."""
    always = [piece for piece in vocabulary if is_always_kept(piece)]
    if total < len(always):
        raise SystemExit(f"too few pieces: got --total {total}, expected ≥ {len(always)}")
    rest = [piece for piece in by_use(vocabulary, counts) if not is_always_kept(piece)]
    return sorted(always + rest[: total - len(always)], key=vocabulary.__getitem__)


def by_use(vocabulary: dict[str, int], counts: Counter) -> list[str]:
    """Most used first; ties in the teacher's order."""
    return sorted(vocabulary, key=lambda piece: (-counts[vocabulary[piece]], vocabulary[piece]))


def cut_tokenizer(definition: dict, kept: list[str]) -> dict:
    """The same tokenizer over the kept pieces, without what transformers.js sets itself."""
    cut = copy.deepcopy(definition)
    ids = {piece: row for row, piece in enumerate(kept)}
    cut["truncation"] = None
    cut["padding"] = None
    cut["model"]["vocab"] = ids
    for token in cut["added_tokens"]:
        token["id"] = ids[token["content"]]
    for name, token in cut["post_processor"]["special_tokens"].items():
        token["ids"] = [ids[name]]
    return cut


def compact(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def check_identical(definition: dict, texts: list[str]) -> None:
    """Cutting nothing must change no token of any text."""
    pieces = sorted(definition["model"]["vocab"], key=definition["model"]["vocab"].get)
    whole = Tokenizer.from_str(compact(cut_tokenizer(definition, pieces)))
    plain = Tokenizer.from_str(compact(definition))
    plain.no_padding()
    plain.no_truncation()
    for a, b, text in zip(plain.encode_batch(texts), whole.encode_batch(texts), texts):
        if a.ids != b.ids:
            raise SystemExit(f"the uncut copy tokenises differently: {text!r}")


def check_nothing_lost(before: Tokenizer, after: Tokenizer, texts: list[str]) -> float:
    """No new [UNK]; returns tokens after per token before."""
    long, short = before.encode_batch(texts), after.encode_batch(texts)
    unknown = [e.tokens.count("[UNK]") for e in long], [e.tokens.count("[UNK]") for e in short]
    if unknown[0] != unknown[1]:
        raise SystemExit("the cut tokenizer loses characters the teacher's knows")
    return sum(len(e.ids) for e in short) / sum(len(e.ids) for e in long)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with text/short-texts.tsv.xz")
    parser.add_argument("--words", type=int, default=16_000, help="pieces kept by use (default 16000)")
    parser.add_argument("--total", type=int, help="pieces in all, single characters included (instead of --words)")
    add_common_arguments(parser)
    options = parser.parse_args()
    os.environ["RAYON_NUM_THREADS"] = str(options.threads)

    definition = json.loads((teacher_folder() / "tokenizer.json").read_text("utf-8"))
    tokenizer = Tokenizer.from_str(compact(definition))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    counts = count_pieces(tokenizer, read_texts(options.data))
    choose, pieces = (choose_total, options.total) if options.total else (choose_pieces, options.words)
    kept = choose(definition["model"]["vocab"], counts, pieces)
    cut = cut_tokenizer(definition, kept)

    sample = list(islice(read_texts(options.data), 0, None, 70))[:CHECKED_TEXTS]
    check_identical(definition, sample)
    growth = check_nothing_lost(tokenizer, Tokenizer.from_str(compact(cut)), sample)

    options.model.mkdir(parents=True, exist_ok=True)
    (options.model / "tokenizer.json").write_text(compact(cut), "utf-8")
    (options.model / "tokenizer_config.json").write_text(
        compact({"tokenizer_class": "BertTokenizer", "model_max_length": MAX_TOKENS}), "utf-8"
    )
    ids = definition["model"]["vocab"]
    covered = sum(counts[ids[piece]] for piece in kept) / counts.total()
    print(f"kept {len(kept):,} of {len(ids):,} pieces: {covered:.2%} of {counts.total():,} uses")
    print(f"texts grow to {growth:.4f} × as many tokens; tokenizer.json "
          f"{(options.model / 'tokenizer.json').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
