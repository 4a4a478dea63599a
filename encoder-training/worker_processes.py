"""A student's vectors and gradients, a batch shared out among processes; none waits for another within a pass.

A busy machine's time is shared out among sessions, so each process has one of its own.
Weights and gradients lie in memory that all see; between the two passes each keeps its own graph.
"""

import math
import os

import torch
import torch.multiprocessing as multiprocessing

from bert_graph import TextToStates
from workers import vectors_of


def serve(student: TextToStates, weights: dict, gradients: dict, pipe, precision: torch.dtype) -> None:
    """Answers a part's vectors, then, told the loss's gradient upon them, fills `gradients`."""
    os.setsid()
    torch.set_num_threads(1)
    while (ids := pipe.recv()) is not None:
        vectors = vectors_of(student, weights, ids, precision)
        pipe.send(vectors.detach().numpy())
        upon = torch.from_numpy(pipe.recv())
        fill(gradients, torch.autograd.grad(vectors, [weights[name] for name in gradients], upon))
        pipe.send(True)


def fill(gradients: dict, found) -> None:
    with torch.no_grad():
        for kept, gradient in zip(gradients.values(), found):
            kept.copy_(gradient)


class WorkerProcesses:
    """This process takes the first part of a batch, the others one part each."""

    def __init__(self, student: TextToStates, count: int, precision: torch.dtype):
        torch.set_num_threads(1)
        self.student, self.precision = student, precision
        self.weights = {name: shared(parameter) for name, parameter in student.named_parameters()}
        learnt = [name for name, parameter in student.named_parameters() if parameter.requires_grad]
        self.gradients = [{name: shared(self.weights[name]) for name in learnt} for _ in range(count)]
        for name in learnt:
            self.weights[name].requires_grad_()
        self.pipes = [self.start(gradients) for gradients in self.gradients[1:]]

    def start(self, gradients: dict):
        mine, other = multiprocessing.Pipe()
        asked = (self.student, self.weights, gradients, other, self.precision)
        multiprocessing.get_context("fork").Process(target=serve, args=asked, daemon=True).start()
        return mine

    def vectors(self, weights: dict, ids: list[list[int]]) -> torch.Tensor:
        """Unit vectors of all texts, by these weights; without a graph."""
        with torch.no_grad():
            for name, weight in weights.items():
                self.weights[name].copy_(weight)
        size = math.ceil(len(ids) / len(self.gradients))
        parts = [ids[start : start + size] for start in range(0, len(ids), size)]
        self.asked = self.pipes[: len(parts) - 1]
        for pipe, part in zip(self.asked, parts[1:]):
            pipe.send(part)
        self.mine = vectors_of(self.student, self.weights, parts[0], self.precision)
        return torch.cat([self.mine.detach(), *(torch.from_numpy(pipe.recv()) for pipe in self.asked)])

    def learn(self, upon: torch.Tensor) -> dict[str, torch.Tensor]:
        """Each weight's gradient, where `upon` [texts, dim] is the loss's upon the vectors."""
        sizes = [len(self.mine)] * len(self.asked)
        first, *others = upon.split([len(self.mine), *sizes[:-1], len(upon) - sum(sizes)] if sizes else [len(upon)])
        for pipe, part in zip(self.asked, others):
            pipe.send(part.numpy())
        found = self.gradients[0]
        fill(found, torch.autograd.grad(self.mine, [self.weights[name] for name in found], first))
        for pipe, other in zip(self.asked, self.gradients[1:]):
            pipe.recv()
            for name, gradient in other.items():
                found[name] += gradient
        return found


def shared(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.detach().clone().share_memory_()
