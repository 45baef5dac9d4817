"""Words as points: words of like meaning lie near one another, so that an unseen word is not an unknown one.

``vectors.npz`` holds some 50,000 words with a direction each (128 bytes) and a weight that makes common words light. It
is distilled once from a multilingual sentence encoder (see corpora/README.md); at run time it is a table.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.annotate.memory import WORDS, Column, Spoken, distinct
from pipeline.model import Report

Array = NDArray[np.float32]
SHIPPED = Path(__file__).with_name("vectors.npz")
# How much a paragraph's own direction weighs among the features, its heading's, its section's, its report's.
OWN, ABOVE, AROUND, WHOLE = 2.0, 1.2, 1.5, 1.0
TOGETHER = 16  # paragraphs whose words are added up in one go
FEW = 3  # paragraphs; what fewer are about says nothing of each


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """``rows``: word → row of ``directions`` (words × size, bytes) and of ``weights``, -1 for a word unknown."""

    rows: Column
    directions: NDArray[np.int8]
    weights: Array


@functools.lru_cache(maxsize=2)
def vocabulary(path: Path = SHIPPED) -> dict[str, int]:
    """Word → its row, in the table's order."""
    with np.load(path, allow_pickle=False) as arrays:
        return {word: row for row, word in enumerate(bytes(arrays["words"]).decode("utf-8").split("\n"))}


@functools.lru_cache(maxsize=2)
def load(path: Path = SHIPPED) -> Vectors:
    """Read the table; a fault here is ours, not the user's."""
    known = vocabulary(path)
    with np.load(path, allow_pickle=False) as arrays:
        rows = Column(WORDS, lambda met: [known.get(word, -1) for word in met], np.int64)
        return Vectors(rows, arrays["directions"], arrays["weights"].astype(np.float32))


def means(vectors: Vectors, report: Report, spoken: Spoken, headings: list[int]) -> Array:
    """For each paragraph four directions one after the other, each with its weight.

    Of its words; of the heading above (``headings``: its row, -1: none); of the rest of its section; of its report.
    """
    own = _even(_added(vectors, spoken))
    above: Any = np.array(headings, np.int64)
    over = np.where((above >= 0)[:, None], own[above], np.float32(0))
    sections = np.array([paragraph.section for paragraph in report.paragraphs])
    total = np.zeros((int(sections.max()) + 1, own.shape[1]), np.float32)
    np.add.at(total, sections, own)
    around = _even(total[sections] - own)
    whole = _even(own.mean(axis=0, keepdims=True)) if len(own) > FEW else np.zeros_like(own[:1])
    parts = (OWN * own, ABOVE * over, AROUND * around, np.repeat(WHOLE * whole, len(own), axis=0))
    return np.concatenate(parts, axis=1).astype(np.float32)


def _added(vectors: Vectors, spoken: Spoken) -> Array:
    """Weighed directions of each paragraph's words, added up."""
    size = len(spoken.size)
    every = vectors.rows.at(spoken.words)
    known = np.flatnonzero(every >= 0)
    every, owner = every[known], spoken.owner[known]
    added = np.zeros((size, vectors.directions.shape[1]), np.float32)
    place = np.zeros(len(vectors.directions), np.int64)  # of each row among those of the paragraphs at hand
    for first in range(0, size, TOGETHER):
        height = min(TOGETHER, size - first)
        mine = slice(*np.searchsorted(owner, (first, first + height)))
        rows = distinct(every[mine])
        place[rows] = np.arange(len(rows))
        cells = (owner[mine] - first) * len(rows) + place[every[mine]]
        counts = np.bincount(cells, minlength=height * len(rows)).reshape(height, len(rows))
        weighed = vectors.directions.take(rows, axis=0).astype(np.float32) * vectors.weights[rows][:, None]
        added[first : first + height] = counts.astype(np.float32) @ weighed
    return added


def _even(rows: Array) -> Array:
    """Rows of length 1; what is nothing stays so."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(length > 1e-4, rows / np.maximum(length, 1e-4), np.float32(0))


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
