"""Words as points: words of like meaning lie near one another, so that an unseen word is not an unknown one.

``vectors.npz`` holds some 50,000 words with a direction each (64 bytes) and a weight that makes common words light. It
is distilled once from a multilingual sentence encoder (see corpora/README.md); at run time it is a table.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Report

Array = NDArray[np.float32]
SHIPPED = Path(__file__).with_name("vectors.npz")
OWN, ABOVE = 2.0, 1.2  # how much a paragraph's own direction weighs among the features, and its heading's


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """``rows``: word → row of ``directions`` (words × size, bytes) and of ``weights``."""

    rows: dict[str, int]
    directions: NDArray[np.int8]
    weights: Array

    @property
    def size(self) -> int:
        """How many features ``means`` gives: a paragraph's own and its heading's."""
        return 2 * int(self.directions.shape[1])


@functools.lru_cache(maxsize=2)
def load(path: Path = SHIPPED) -> Vectors:
    """Read the table; a fault here is ours, not the user's."""
    with np.load(path, allow_pickle=False) as arrays:
        words = bytes(arrays["words"]).decode("utf-8").split("\n")
        weights = arrays["weights"].astype(np.float32)
        return Vectors({word: row for row, word in enumerate(words)}, arrays["directions"], weights)


def means(vectors: Vectors, report: Report, headings: list[int]) -> Array:
    """For each paragraph the direction of its words and that of the heading above (``headings``: its row, -1: none)."""
    words = [paragraph.words for paragraph in report.paragraphs]
    every = np.fromiter(map(vectors.rows.get, chain.from_iterable(words), repeat(-1)), np.int64)
    ends = np.cumsum([len(each) for each in words], dtype=np.int64)
    known = every >= 0
    rows = every[known]
    weighed = vectors.directions.take(rows, axis=0).astype(np.float32) * vectors.weights[rows][:, None]
    own = sums(weighed, np.concatenate(([0], np.cumsum(known)))[ends], np.float32)
    own /= np.linalg.norm(own, axis=1, keepdims=True) + 1e-6
    above: Any = np.array(headings, np.int64)
    over = np.where((above >= 0)[:, None], own[above], np.float32(0))
    return np.concatenate([OWN * own, ABOVE * over], axis=1).astype(np.float32)


def sums(rows: Array, ends: NDArray[np.int64], kind: type[np.floating[Any]]) -> Array:
    """Rows added up run by run; ``ends`` says where each run ends, and a run without rows is zero.

    >>> sums(np.ones((3, 1), np.float32), np.array([2, 2, 3]), np.float64).tolist()
    [[2.0], [0.0], [1.0]]
    """
    added = np.zeros((len(ends), rows.shape[1]), np.float32)
    starts = np.concatenate(([0], ends[:-1]))
    filled = ends > starts
    if filled.any():
        added[filled] = np.add.reduceat(rows, starts[filled], axis=0, dtype=kind)
    return added
