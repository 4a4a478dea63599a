"""How far a student's vectors are from its teacher's."""

import numpy as np
import torch

SIMILARITY_WEIGHT = 20.0
FAINTEST = 0.1  # of the mean variance: directions of less count as if they had so much


def fine_metric(vectors: np.ndarray) -> torch.Tensor:
    """A matrix [dim, dim] by which differences are multiplied, so that faint directions count.

    The square of a difference along a principal direction of the teacher's vectors is
    divided by that direction's standard deviation, and all by one number, so that an
    error of the same share of every direction's variance counts as in 1 − cosine.
    """
    variances, directions = np.linalg.eigh(np.cov(vectors.T.astype(np.float32)))
    variances = np.maximum(variances, FAINTEST * variances.mean())
    weights = 0.5 * variances.sum() / (np.sqrt(variances) * np.sqrt(variances).sum())
    return torch.from_numpy((directions * np.sqrt(weights)).astype(np.float32))


def loss_of(mine: torch.Tensor, teachers: torch.Tensor, metric: torch.Tensor | None) -> torch.Tensor:
    apart = 1 - (mine * teachers).sum(1).mean()
    similarity = (mine @ mine.T - teachers @ teachers.T).square().mean()
    loss = apart + SIMILARITY_WEIGHT * similarity
    return loss if metric is None else loss + ((mine - teachers) @ metric).square().sum(1).mean()
