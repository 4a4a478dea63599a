"""Caches the teacher's vectors for a balanced sample of short texts.

Writes `texts.txt` (a text a line, shuffled) and `vectors.f16` (unit vectors,
[texts, 384], raw) under --work. Started again it goes on where it stopped; stopped
early, what is there is still balanced, because the order is random. A `texts.txt` that is
there already, as `multilingual_texts.py` writes it, is taken as it is. Each thread is a
process with a teacher of its own, so that none waits for another on a busy machine.
"""

import argparse
import lzma
import multiprocessing
import os
import random
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertModel

from teacher import PRECISIONS, add_precision_argument, add_teacher_argument, add_threads_argument, add_work_arguments, prefix_of, teacher_folder
from workers import pad

DIM = 384
CHUNK = 512  # texts written at a time
BATCH = 128
SPOKEN = frozenset({  # questions and what people say to a machine
    "queries_wellformed", "sgd_utterances", "taskmaster", "tatoeba", "trivia_questions",
})


def texts_by_source(data: Path) -> dict[str, list[str]]:
    """The distinct texts of `text/short-texts.tsv.xz` (source TAB text)."""
    sources = defaultdict(dict)
    with lzma.open(data / "text/short-texts.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            source, text = line.rstrip("\n").split("\t", 1)
            sources[source][text] = None
    return {source: list(texts) for source, texts in sources.items()}


def fair_share(limits: list[tuple[int, int]], count: int) -> int:
    """The largest share by which sources of (size, shares it may give) give at most `count` texts."""
    low, high = 0, max(size for size, _ in limits)
    while low < high:
        share = (low + high + 1) // 2
        given = sum(min(size, share * times) for size, times in limits)
        low, high = (share, high) if given <= count else (low, share - 1)
    return low


def choose_texts(sources: dict[str, list[str]], options) -> list[str]:
    """About `--count` texts, sources as even as their sizes and `--spoken` allow, shuffled."""
    chance = random.Random(options.seed)
    times = {source: options.spoken if source in SPOKEN else 1 for source in sources}
    share = fair_share([(len(texts), times[source]) for source, texts in sources.items()], options.count)
    chosen = []
    for source, texts in sorted(sources.items()):
        chosen += chance.sample(texts, min(share * times[source], len(texts)))
    chance.shuffle(chosen)
    return chosen


def open_teacher(folder: Path, max_tokens: int, precision: str):
    """On one thread. Texts → unit vectors fp16 [texts, 384], by the teacher in `precision`; a text → its tokens."""
    torch.set_num_threads(1)
    bert = BertModel.from_pretrained(folder, add_pooling_layer=False)
    bert = bert.eval().to(getattr(torch, PRECISIONS[precision]))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(max_tokens)
    prefix = prefix_of(folder)

    @torch.inference_mode()
    def encode(texts: list[str]) -> np.ndarray:
        ids, mask = pad([encoding.ids for encoding in tokenizer.encode_batch([prefix + text for text in texts])])
        states = bert(ids, mask).last_hidden_state.float()
        sums = (states * mask[:, :, None]).sum(1)
        return torch.nn.functional.normalize(sums, dim=1).half().numpy()

    def length_of(text: str) -> int:
        return len(tokenizer.encode(text).ids)

    return encode, length_of


def start_worker(folder: Path, max_tokens: int, precision: str) -> None:
    """Gives a process its teacher, and a session of its own: a busy machine's time is shared among sessions."""
    os.setsid()
    global encode, length_of
    encode, length_of = open_teacher(folder, max_tokens, precision)


def encode_chunk(texts: list[str]) -> np.ndarray:
    """Batches of similar length; the answer is in the order given."""
    order = sorted(range(len(texts)), key=lambda row: length_of(texts[row]))
    vectors = np.empty((len(texts), DIM), np.float16)
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        vectors[rows] = encode([texts[row] for row in rows])
    return vectors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with text/short-texts.tsv.xz")
    parser.add_argument("--count", type=int, default=160_000, help="texts chosen (default 160000)")
    parser.add_argument("--spoken", type=int, default=1,
                        help="shares that each source of questions and commands gives (default 1)")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so long (default: never)")
    add_precision_argument(parser)
    add_work_arguments(parser)
    add_teacher_argument(parser)
    add_threads_argument(parser)
    options = parser.parse_args()
    started = time.monotonic()

    options.work.mkdir(parents=True, exist_ok=True)
    listed, cached = options.work / "texts.txt", options.work / "vectors.f16"
    if not listed.exists():
        chosen = choose_texts(texts_by_source(options.data), options)
        listed.write_text("\n".join(chosen) + "\n", "utf-8")
    texts = listed.read_text("utf-8").split("\n")[:-1]
    done = cached.stat().st_size // (DIM * 2) if cached.exists() else 0
    chunks = [texts[start : start + CHUNK] for start in range(done, len(texts), CHUNK)]
    asked = [teacher_folder(options.teacher), options.max_tokens, options.precision]
    workers = multiprocessing.Pool(options.threads, start_worker, asked)
    with workers, cached.open("ab") as file:
        file.truncate(done * DIM * 2)
        for vectors in workers.imap(encode_chunk, chunks):
            vectors.tofile(file)
            file.flush()
            done += len(vectors)
            print(f"\r{done:,} of {len(texts):,} texts, {time.monotonic() - started:.0f} s", end="", flush=True)
            if time.monotonic() - started > options.minutes * 60:
                break
    print()


if __name__ == "__main__":
    main()
