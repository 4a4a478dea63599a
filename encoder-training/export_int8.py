"""What Hearth's encoder is timed against: all-MiniLM-L6-v2 whole, int8 by dynamic quantisation.

Six layers and all 30,522 words, as a transformers.js folder:

    python export_int8.py [--out ../.cache/minilm-int8]

`bench/encoder.ts` reads it. Nothing of it ships.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from bert_graph import export_fp32, load_student
from cut_words import MAX_TOKENS
from teacher import add_threads_argument, teacher_folder

MODEL_FILE = "onnx/model_quantized.onnx"  # the name transformers.js gives to dtype q8
# The places' table is cut to MAX_TOKENS, and whoever opens the folder must know.
LIMITS = {"tokenizer_config.json": "model_max_length", "config.json": "max_position_embeddings"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Path(__file__).parent.parent / ".cache/minilm-int8"
    parser.add_argument("--out", type=Path, default=default, help="folder to write (default .cache/minilm-int8)")
    add_threads_argument(parser)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    teacher = teacher_folder()
    words = len(json.loads((teacher / "tokenizer.json").read_text("utf-8"))["model"]["vocab"])
    path = options.out / MODEL_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fp32 = Path(folder) / "fp32.onnx"
        export_fp32(load_student(teacher, list(range(words)), MAX_TOKENS), fp32)
        quantize_dynamic(fp32, path, weight_type=QuantType.QInt8)
    shutil.copyfile(teacher / "tokenizer.json", options.out / "tokenizer.json")
    for name, limit in LIMITS.items():
        settings = json.loads((teacher / name).read_text("utf-8")) | {limit: MAX_TOKENS}
        (options.out / name).write_text(json.dumps(settings, indent=2) + "\n", "utf-8")
    print(f"{words:,} words; {path} {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
