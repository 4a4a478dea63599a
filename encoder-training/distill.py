"""Trains a student of fewer layers on the teacher's cached vectors.

Loss: 1 − cosine to the teacher's vector, + 20 × squared error of the similarities
within the batch, and with --fine + the squared error in a metric in which directions of
little variance count more. AdamW in bf16 autocast; the rate warms up, then falls to 0 on a
cosine, over --steps, or over --minutes of training whichever the machine's speed. The
last part of it is trained at the levels that will be shipped (levels.py).
A checkpoint is written now and then; started again, it goes on from there.
"""

import argparse
import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from bert_graph import TextToStates, load_student
from cut_words import MAX_TOKENS
from export_onnx import kept_ids
from lessons import Lesson, batches_of, read_lessons, read_pairs, without_mean
from levels import Shares
from losses import fine_metric, loss_of
from read_back import load_exported
from teacher import PRECISIONS, add_common_arguments, add_precision_argument, add_shares_argument, add_work_arguments, teacher_folder
from worker_processes import WorkerProcesses
from workers import weights_used

WARM_UP = 0.03  # share of the training
MAX_NORM = 1.0  # of the gradient
CHECKPOINT_SECONDS = 120
SHOWN_EVERY = 20  # steps
SAMPLED = 256  # texts by which an untrained student's mean is found


@dataclass
class Progress:
    """How far training is; `place` counts batches within the epoch."""

    step: int = 0
    epoch: int = 0
    place: int = 0
    seconds: float = 0.0
    loss: float = 0.0


def rate_at(share: float, peak: float) -> float:
    """Learning rate when `share` (0–1) of the training is done."""
    return peak * min(1.0, share / WARM_UP) * 0.5 * (1 + math.cos(math.pi * min(share, 1.0)))


def save(path: Path, student, optimizer, progress: Progress) -> None:
    """Written beside, then renamed: a stop in between leaves the last one whole."""
    state = {"student": student.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(state | {"progress": asdict(progress)}, path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)


def resume(path: Path, student, optimizer) -> Progress:
    """What `save` wrote, put back; the start if there is nothing."""
    if not path.exists():
        return Progress()
    saved = torch.load(path, weights_only=True)
    student.load_state_dict(saved["student"])
    optimizer.load_state_dict(saved["optimizer"])
    return Progress(**saved["progress"])


def endless_batches(lengths: np.ndarray, options, progress: Progress):
    """Rows of batch after batch, from where `progress` stands, and moves it on."""
    pairs = read_pairs(options.work, len(lengths))
    while True:
        for rows in batches_of(lengths, options.batch, options.seed + progress.epoch, pairs)[progress.place :]:
            progress.place += 1
            yield rows
        progress.epoch, progress.place = progress.epoch + 1, 0


def train(student: TextToStates, ids: list[list[int]], vectors: np.ndarray, options) -> Progress:
    path = options.work / "checkpoint.pt"
    # Places beyond --max-tokens are never seen, so all keep the teacher's geometry.
    for parameter in student.parameters():
        parameter.requires_grad_(parameter is not student.places)
    learnt = [parameter for parameter in student.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learnt, weight_decay=0.0, fused=True)
    metric = fine_metric(vectors) if options.fine else None
    progress = resume(path, student, optimizer)
    workers = WorkerProcesses(student, options.threads, getattr(torch, PRECISIONS[options.precision]))
    batches = endless_batches(np.array([len(row) for row in ids]), options, progress)
    before, saved_at, started = progress.seconds, time.monotonic(), time.monotonic()
    while (share := share_done(progress, options)) < 1:
        rows = next(batches)
        shares = Shares(*options.shares) if share >= options.levels_from else None
        lesson = Lesson([ids[row] for row in rows], torch.from_numpy(vectors[rows]).float(), metric)
        loss = learn(student, workers, lesson, shares)
        step(optimizer, rate_at(share, options.rate))
        progress.step += 1
        progress.loss = 0.98 * (progress.loss or loss) + 0.02 * loss
        progress.seconds = before + time.monotonic() - started
        if progress.step % SHOWN_EVERY == 0:
            show(progress, share)
        if time.monotonic() - saved_at > CHECKPOINT_SECONDS:
            save(path, student, optimizer, progress)
            saved_at = time.monotonic()
    save(path, student, optimizer, progress)
    return progress


def share_done(progress: Progress, options) -> float:
    if options.steps:
        return progress.step / options.steps
    return progress.seconds / (options.minutes * 60)


def learn(student: TextToStates, workers: WorkerProcesses, lesson: Lesson, shares: Shares | None) -> float:
    """Gives every learning parameter its gradient; returns the loss."""
    weights = weights_used(student, shares)
    mine = workers.vectors(weights, lesson.ids).requires_grad_()
    loss = loss_of(mine, lesson.teachers, lesson.metric)
    loss.backward()
    gradients = workers.learn(mine.grad)
    for name, parameter in student.named_parameters():
        parameter.grad = gradients.get(name)
    return loss.item()


def step(optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate
    torch.nn.utils.clip_grad_norm_(optimizer.param_groups[0]["params"], MAX_NORM)
    optimizer.step()


def show(progress: Progress, share: float) -> None:
    print(
        f"\r{share:6.1%}  step {progress.step:,}  epoch {progress.epoch}"
        f"  loss {progress.loss:.4f}  {progress.seconds:.0f} s",
        end="", flush=True,
    )


def take_mean_off(student: TextToStates, ids: list[list[int]]) -> None:
    """Moves the last bias, so that an untrained student's vectors have no mean of their own."""
    sample = ids[:SAMPLED]
    with torch.no_grad():
        means = [student(torch.tensor([row]), torch.ones(1, len(row)))[0].mean(0) for row in sample]
        student.layers[-1].output.LayerNorm.bias -= torch.stack(means).mean(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 2, 5], help="of the teacher (default 0 2 5)")
    parser.add_argument("--start", type=Path, help="an exported encoder's folder or a student.pt to go on from (default: the teacher)")
    parser.add_argument("--minutes", type=float, default=58, help="of training (default 58)")
    parser.add_argument("--steps", type=int, help="steps of training, instead of --minutes")
    parser.add_argument("--batch", type=int, default=128, help="texts a step (default 128)")
    parser.add_argument("--rate", type=float, default=4e-4, help="highest learning rate (default 4e-4)")
    parser.add_argument("--fine", action="store_true", help="the loss also asks for the teacher's faint directions")
    parser.add_argument("--levels-from", type=float, default=0.7,
                        help="share of the training after which weights are levels, 1 for never (default 0.7)")
    parser.add_argument("--without-mean", action="store_true", help="learn the teacher's vectors less their mean")
    add_precision_argument(parser)
    add_shares_argument(parser)
    add_common_arguments(parser)
    add_work_arguments(parser)
    options = parser.parse_args()
    torch.manual_seed(options.seed)

    ids, vectors = read_lessons(options.model, options.work, options.max_tokens)
    teacher = teacher_folder(options.teacher)
    student = load_student(teacher, kept_ids(options.model, teacher), MAX_TOKENS, options.layers)
    if options.start and options.start.is_dir():
        load_exported(student, options.start)
    elif options.start:
        student.load_state_dict(torch.load(options.start, weights_only=True)["student"])
    if options.without_mean:
        vectors, _ = without_mean(vectors, options.work)
        if not options.start:
            take_mean_off(student, ids)
    progress = train(student, ids, vectors, options)
    torch.save({"layers": options.layers, "student": student.state_dict()}, options.work / "student.pt")
    record = {
        "layers": options.layers, "texts": len(ids), "steps": progress.step,
        "minutes": round(progress.seconds / 60, 1), "rate": options.rate, "batch": options.batch,
        "seed": options.seed, "fine": options.fine, "levels_from": options.levels_from, "shares": options.shares, "loss": round(progress.loss, 4),
    }
    (options.work / "student.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    print(f"\n{record}")


if __name__ == "__main__":
    main()
