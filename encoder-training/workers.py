"""A student's vectors and gradients, a batch shared out among threads."""

import copy
import math
from concurrent.futures import ThreadPoolExecutor

import torch

from bert_graph import TextToStates
from levels import Shares, as_read_back


def pad(ids: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask, [texts, longest]; [PAD] is 0."""
    longest = max(len(row) for row in ids)
    padded = torch.tensor([row + [0] * (longest - len(row)) for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
    return padded, mask


def vectors_of(student: TextToStates, weights: dict, ids: list[list[int]]) -> torch.Tensor:
    """Unit vectors [texts, dim] by a student of those weights."""
    padded, mask = pad(ids)
    with torch.autocast("cpu", torch.bfloat16):
        states = torch.func.functional_call(student, weights, (padded, mask))
    return torch.nn.functional.normalize((states.float() * mask[:, :, None]).sum(1), dim=1)


def weights_used(student: TextToStates, shares: Shares | None) -> dict[str, torch.Tensor]:
    """Copies of the parameters, as levels hold them if there are shares; gradients end there."""
    weights = {}
    for name, parameter in student.named_parameters():
        kept = as_read_back(name, parameter, shares) if shares else parameter
        weights[name] = kept.detach().requires_grad_(parameter.requires_grad)
    return weights


class Workers:
    """Threads that each take a part of every batch; none waits for another within a pass.

    One pool of arithmetic threads inside every operation does the same on an idle machine,
    and stands still on a busy one.
    """

    def __init__(self, student: TextToStates, threads: int):
        torch.set_num_threads(1)
        self.students = [copy.deepcopy(student) for _ in range(threads)]
        self.pool = ThreadPoolExecutor(threads)

    def vectors(self, weights: dict, ids: list[list[int]]) -> list[torch.Tensor]:
        """Of each part, in order; together those of all texts."""
        size = math.ceil(len(ids) / len(self.students))
        parts = [ids[start : start + size] for start in range(0, len(ids), size)]
        return list(self.pool.map(lambda student, part: vectors_of(student, weights, part), self.students, parts))

    def gradients(self, weights: dict, parts: list[torch.Tensor], upon: torch.Tensor) -> list[torch.Tensor]:
        """Of each weight that learns, where `upon` [texts, dim] is the loss's gradient upon the vectors."""
        learnt = [weight for weight in weights.values() if weight.requires_grad]
        shares = upon.split([len(part) for part in parts])
        found = self.pool.map(lambda part, share: torch.autograd.grad(part, learnt, share), parts, shares)
        return [sum(gradients) for gradients in zip(*found)]
