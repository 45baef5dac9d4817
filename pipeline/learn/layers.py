"""The first step's two layers, learned from labelled paragraphs: what both questions ask of a text is learned once.

Roles are also learned by a plain regression, and the mean of both counts: look and place, which speak for roles one by
one, are what it is good at.

Stochastic descent (Adam) over small lots of paragraphs. In each lot a good part of the features and of the inner units
is left out, so that no word is relied on alone, and labels count as a little doubtful, since two people disagree on one
topic in thirty. The same numbers come out each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.annotate.classify import Array, softmax

UNITS = 48
LOT = 64  # paragraphs
ROUNDS = 12  # times that each paragraph is looked at
LEAST = 400  # lots, however few paragraphs there are
PACE = 3e-3  # how far a weight may move at once; less and less in the second half
FORGOTTEN, SILENT = 0.4, 0.3  # shares of features and of inner units left out
DOUBT = 0.1  # the share of a label's chance that all names divide
SHRINK = 0.01  # of the weights of features, at each step
NEVER = -60.0  # the bias of a name without an example

STRENGTH = 0.7  # of the plain regression: inverse regularisation
EXACT = 3e-3  # how far the plain regression is fitted

Layers = tuple[Array, tuple[Array, ...]]
"""Features and one bias × units; for each question units and one bias × names."""


class _Moments:
    """Adam's memory of one array: the running mean of its slopes and of their squares."""

    def __init__(self, shape: tuple[int, ...], keep: float) -> None:
        self.mean, self.square = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        self.keep = np.float32(keep)

    def move(self, slope: Array, turn: int, rows: Any = slice(None)) -> Array:
        """The direction to go: the slope, each number by its own usual size. ``rows`` are those that have a slope."""
        mean = self.mean[rows] * np.float32(0.9) + np.float32(0.1) * slope
        square = self.square[rows] * self.keep + (1 - self.keep) * slope * slope
        self.mean[rows], self.square[rows] = mean, square
        far = np.sqrt(square / np.float32(1 - self.keep**turn)) + np.float32(1e-6)
        return np.asarray(mean / np.float32(1 - 0.9**turn) / far, np.float32)


def learn(matrix: Any, truths: Sequence[NDArray[np.int64]], sizes: Sequence[int], weights: NDArray[Any]) -> Layers:
    """Both layers from a sparse matrix (paragraphs × features) and true numbers (-1: none) of roles and of topics."""
    inner, (of_roles, of_topics) = _bent(matrix, truths, sizes, weights)
    known, roles = truths[0] >= 0, sizes[0]
    plain = _plain(matrix[known], truths[0][known], roles, weights[known])
    inner = np.concatenate((inner, np.pad(plain, ((0, 1), (0, 0)))), axis=1)
    of_roles = np.concatenate((of_roles[:-1], np.eye(roles, dtype=np.float32), of_roles[-1:])) / np.float32(2)
    of_topics = np.concatenate((of_topics[:-1], np.zeros((roles, sizes[1]), np.float32), of_topics[-1:]))
    return inner, (of_roles, of_topics)


def _plain(matrix: Any, truth: NDArray[np.int64], size: int, weights: NDArray[Any]) -> Array:
    """Weights features × names of a multinomial logistic regression."""
    from sklearn.linear_model import LogisticRegression

    full = np.zeros((matrix.shape[1], size), np.float32)
    if len(np.unique(truth)) < 2:
        return full
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=300, tol=EXACT)
    model.fit(matrix, truth, sample_weight=weights.astype(np.float32))  # of one kind with the matrix: half the time
    if len(model.classes_) == 2:
        full[:, model.classes_[1]] = model.coef_[0]
    else:
        full[:, model.classes_] = model.coef_.T
    return full


def _bent(matrix: Any, truths: Sequence[NDArray[np.int64]], sizes: Sequence[int], weights: NDArray[Any]) -> Layers:
    """Both layers by descent; a unit is silent below zero."""
    chance = np.random.default_rng(0)
    inner = chance.standard_normal((matrix.shape[1] + 1, UNITS), np.float32) * np.float32(0.05)
    outer = chance.standard_normal((UNITS + 1, sum(sizes)), np.float32) * np.float32(UNITS**-0.5)
    inner[-1], outer[-1] = 0, 0
    wanted, weighed = _wanted(truths, sizes, weights)
    of_inner, of_bias, of_outer = _Moments(inner.shape, 0.99), _Moments((UNITS,), 0.999), _Moments(outer.shape, 0.999)
    lots, turn = -(-matrix.shape[0] // LOT), 0
    rounds = max(ROUNDS, -(-LEAST // max(lots, 1)))
    for _ in range(rounds):
        order = chance.permutation(matrix.shape[0])
        for first in range(0, len(order), LOT):
            lot = order[first : first + LOT]
            rows, part = _part(matrix[lot], chance)
            sums = part @ inner[rows] + inner[-1]
            heard = (chance.random(sums.shape, np.float32) >= SILENT) * np.float32(1 / (1 - SILENT)) * (sums > 0)
            units = sums * heard
            wrong = (_chances(units @ outer[:-1] + outer[-1], sizes) - wanted[lot]) * weighed[lot] / np.float32(LOT)
            back = (wrong @ outer[:-1].T) * heard
            turn += 1
            pace = np.float32(PACE * min(1.0, 2 * (1 - turn / (rounds * lots)) + 0.02))
            old = inner[rows]
            inner[rows] = old - pace * (of_inner.move(part.T @ back, turn, rows) + np.float32(SHRINK) * old)
            inner[-1] -= pace * of_bias.move(back.sum(axis=0), turn)
            outer -= pace * of_outer.move(np.concatenate((units.T @ wrong, wrong.sum(axis=0)[None])), turn)
    return inner, _divided(outer, truths, sizes)


def _part(rows: Any, chance: np.random.Generator) -> tuple[NDArray[np.int64], Any]:
    """The features that a lot has, and the lot over these alone, with a share of them left out."""
    from scipy.sparse import csr_matrix

    met, place = np.unique(rows.indices, return_inverse=True)
    kept = (chance.random(len(place), np.float32) >= FORGOTTEN) * np.float32(1 / (1 - FORGOTTEN))
    return met, csr_matrix((rows.data * kept, place, rows.indptr), shape=(rows.shape[0], len(met)))


def _wanted(truths: Sequence[NDArray[np.int64]], sizes: Sequence[int], weights: NDArray[Any]) -> tuple[Array, Array]:
    """The chance that each name should have, and what that weighs: both paragraphs × names of all questions."""
    wanted, weighed = [], []
    for truth, size in zip(truths, sizes, strict=True):
        rows = np.full((len(truth), size), DOUBT / size, np.float32)
        known = np.flatnonzero(truth >= 0)
        rows[known, truth[known]] += np.float32(1 - DOUBT)
        wanted.append(rows)
        weighed.append(np.repeat((weights * (truth >= 0)).astype(np.float32)[:, None], size, axis=1))
    return np.concatenate(wanted, axis=1), np.concatenate(weighed, axis=1)


def _chances(scores: Array, sizes: Sequence[int]) -> Array:
    """Each question's scores as chances."""
    return np.concatenate([softmax(part) for part in np.split(scores, np.cumsum(sizes)[:-1], axis=1)], axis=1)


def _divided(outer: Array, truths: Sequence[NDArray[np.int64]], sizes: Sequence[int]) -> tuple[Array, ...]:
    """Each question's own names; one without an example is never said."""
    parts = np.split(outer, np.cumsum(sizes)[:-1], axis=1)
    for part, truth in zip(parts, truths, strict=True):
        part[-1, np.setdiff1d(np.arange(part.shape[1]), truth)] = NEVER
    return tuple(parts)
