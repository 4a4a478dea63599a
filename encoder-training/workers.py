"""A student's vectors, by weights that are or are not as levels hold them."""

import torch

from bert_graph import TextToStates
from levels import Shares, as_read_back


def pad(ids: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask, [texts, longest]; [PAD] is 0."""
    longest = max(len(row) for row in ids)
    padded = torch.tensor([row + [0] * (longest - len(row)) for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
    return padded, mask


def vectors_of(
    student: TextToStates, weights: dict, ids: list[list[int]], precision: torch.dtype = torch.bfloat16
) -> torch.Tensor:
    """Unit vectors [texts, dim] by a student of those weights."""
    padded, mask = pad(ids)
    with torch.autocast("cpu", torch.bfloat16, enabled=precision == torch.bfloat16):
        states = torch.func.functional_call(student, weights, (padded, mask))
    return torch.nn.functional.normalize((states.float() * mask[:, :, None]).sum(1), dim=1)


def weights_used(student: TextToStates, shares: Shares | None) -> dict[str, torch.Tensor]:
    """Copies of the parameters, as levels hold them if there are shares; gradients end there."""
    weights = {}
    for name, parameter in student.named_parameters():
        kept = as_read_back(name, parameter, shares) if shares else parameter
        weights[name] = kept.detach().requires_grad_(parameter.requires_grad)
    return weights
