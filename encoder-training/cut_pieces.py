"""Stage 1 of the multilingual encoder: keep the SentencePiece pieces that are used.

Counts how often the teacher's tokenizer uses each of its 250,002 pieces in each language,
every language the same weight whatever its amount of text (English more, those that
nobody asked for less), and keeps: the special tokens, the single characters of the scripts
that are read, and the pieces of most weight. For scripts of which there is little text the
teacher's own scores stand in for counts. A word that was dropped is spelt from shorter pieces.

Scores are kept in sixteenths of the teacher's unit, as whole numbers: sums of them are
exact, so that every implementation of the search finds the same pieces.
"""

import argparse
import copy
import json
import os
import unicodedata
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path

from tokenizers import Tokenizer

from cut_words import MAX_TOKENS, compact, count_pieces, read_texts
from multilingual_texts import ASKED, LESS, read_alike, read_languages
from teacher import add_common_arguments, teacher_folder

PARTS = 16  # of the teacher's unit of score
ENGLISH = 4.0  # shares of English; every other language asked for has one
EVERY = 12  # of the English short texts one in so many is counted
CHECKED = 120  # texts of a language whose tokens are compared before and after
WHOLE = (  # scripts of which every single character is kept
    "LATIN", "DIGIT", "ARABIC", "ARABIC-INDIC", "CYRILLIC", "GREEK", "DEVANAGARI", "THAI", "HEBREW",
    "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "COMBINING", "IDEOGRAPHIC",
)
LETTERS = "LM"  # Unicode's categories of letters and marks; what is neither is a sign and kept
# Of scripts with little text or many characters: pieces kept by the teacher's own scores.
BY_SCORE = {"CJK": (4_300, 900), "HANGUL": (1_250, 1_300), "THAI": (200, 350)}  # single characters, longer pieces


def script_of(character: str) -> str:
    return unicodedata.name(character, "?").split()[0]


def is_single(piece: str) -> bool:
    return len(piece.removeprefix("▁") or piece) == 1


def is_always_kept(piece: str) -> bool:
    """Signs, and single characters of the scripts that are read whole."""
    if not is_single(piece):
        return False
    character = piece[-1]
    return unicodedata.category(character)[0] not in LETTERS or script_of(character) in WHOLE


def by_score(pieces: list[tuple[str, float]]) -> set[str]:
    """The likeliest pieces of the scripts in BY_SCORE, by the teacher."""
    left = {(script, single): count for script, counts in BY_SCORE.items() for single, count in zip((True, False), counts)}
    kept = set()
    for piece, _ in sorted(pieces, key=lambda pair: -pair[1]):
        scripts = {script_of(character) for character in piece.removeprefix("▁")}
        place = (scripts.pop(), is_single(piece)) if len(scripts) == 1 else None
        if left.get(place, 0) > 0:
            left[place] -= 1
            kept.add(piece)
    return kept


def texts_counted(data: Path) -> dict[str, list[str]]:
    """Language → texts: sentences, STS-B's training part, English short texts."""
    texts = defaultdict(list, read_languages(data / "text-multi/sentences.tsv.gz"))
    for language, pairs in read_alike(data / "text-multi/stsb-train.tsv.gz").items():
        texts["zh-CN" if language == "zh" else language] += [text for pair in pairs for text in pair]
    texts["en"] = list(islice(read_texts(data), 0, None, EVERY)) + texts["en"]
    return texts


def share_of(language: str) -> float:
    return ENGLISH if language == "en" else 1.0 if language in ASKED else LESS


def weights_of(tokenizer: Tokenizer, texts: dict[str, list[str]]) -> Counter:
    """Id → its share of the uses in each language, added up."""
    weights = Counter()
    for language, listed in sorted(texts.items()):
        counts = count_pieces(tokenizer, listed)
        total = counts.total()
        for id, count in counts.items():
            weights[id] += share_of(language) * count / total
    return weights


def choose(vocabulary: list[tuple[str, float]], weights: Counter, specials: int, total: int) -> list[int]:
    """`total` ids in the teacher's order."""
    scored = by_score(vocabulary[specials:])
    always = [id for id, (piece, _) in enumerate(vocabulary)
              if id < specials or is_always_kept(piece) or piece in scored]
    if total < len(always):
        raise SystemExit(f"too few pieces: got --total {total}, expected ≥ {len(always)}")
    kept = set(always)
    rest = [id for id, _ in weights.most_common() if id not in kept]
    return sorted(always + rest[: total - len(always)])


def cut_tokenizer(definition: dict, kept: list[int]) -> dict:
    """The same tokenizer over the kept pieces, scores in whole sixteenths."""
    cut = copy.deepcopy(definition)
    vocabulary = definition["model"]["vocab"]
    cut["model"]["vocab"] = [[vocabulary[id][0], round(vocabulary[id][1] * PARTS)] for id in kept]
    return cut


def growth(before: Tokenizer, after: Tokenizer, texts: dict[str, list[str]]) -> str:
    """Tokens after per token before, and the share of unknown ones, by language."""
    cells = []
    for language, listed in sorted(texts.items()):
        sample = listed[:: max(1, len(listed) // CHECKED)][:CHECKED]
        long, short = (sum(len(e.ids) for e in t.encode_batch(sample)) for t in (before, after))
        unknown = sum(e.ids.count(after.token_to_id("<unk>")) for e in after.encode_batch(sample))
        cells.append(f"{language} {short / long:.2f} ({unknown / short:.2%})")
    return ", ".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with text-multi and text")
    parser.add_argument("--total", type=int, default=28_000, help="pieces in all (default 28000)")
    add_common_arguments(parser)
    options = parser.parse_args()
    os.environ["RAYON_NUM_THREADS"] = str(options.threads)

    definition = json.loads((teacher_folder(options.teacher) / "tokenizer.json").read_text("utf-8"))
    tokenizer = Tokenizer.from_str(compact(definition))
    texts = texts_counted(options.data)
    weights = weights_of(tokenizer, texts)
    kept = choose(definition["model"]["vocab"], weights, len(definition["added_tokens"]), options.total)
    cut = compact(cut_tokenizer(definition, kept))

    options.model.mkdir(parents=True, exist_ok=True)
    (options.model / "tokenizer.json").write_text(cut, "utf-8")
    (options.model / "tokenizer_config.json").write_text(
        compact({"tokenizer_class": "XLMRobertaTokenizer", "model_max_length": MAX_TOKENS}), "utf-8"
    )
    covered = sum(weights[id] for id in kept) / weights.total()
    print(f"kept {len(kept):,} of {len(definition['model']['vocab']):,} pieces, {covered:.2%} of the uses")
    print(f"tokens after ÷ before (unknown): {growth(tokenizer, Tokenizer.from_str(cut), texts)}")


if __name__ == "__main__":
    main()
