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

from pipeline.model import Report

Array = NDArray[np.float32]
SHIPPED = Path(__file__).with_name("vectors.npz")
# How much a paragraph's own direction weighs among the features, its heading's, its section's, its report's.
OWN, ABOVE, AROUND, WHOLE = 2.0, 1.2, 1.5, 1.0
FEW = 3  # paragraphs; what fewer are about says nothing of each


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """``rows``: word → row of ``directions`` (words × size, bytes) and of ``weights``."""

    rows: dict[str, int]
    directions: NDArray[np.int8]
    weights: Array


@functools.lru_cache(maxsize=2)
def load(path: Path = SHIPPED) -> Vectors:
    """Read the table; a fault here is ours, not the user's."""
    with np.load(path, allow_pickle=False) as arrays:
        words = bytes(arrays["words"]).decode("utf-8").split("\n")
        weights = arrays["weights"].astype(np.float32)
        return Vectors({word: row for row, word in enumerate(words)}, arrays["directions"], weights)


def means(vectors: Vectors, report: Report, headings: list[int]) -> Array:
    """For each paragraph four directions one after the other, each with its weight.

    Of its words; of the heading above (``headings``: its row, -1: none); of the rest of its section; of its report.
    """
    find = vectors.rows.get
    index: list[int] = []
    ends: list[int] = []
    for paragraph in report.paragraphs:
        index += [row for row in map(find, paragraph.words) if row is not None]
        ends.append(len(index))
    rows = np.array(index, np.int64)
    weighed = vectors.directions[rows].astype(np.float32) * vectors.weights[rows][:, None]
    own = np.zeros((len(ends), weighed.shape[1]), np.float32)
    starts = np.array([0, *ends[:-1]], np.int64)
    filled = np.array(ends, np.int64) > starts
    if filled.any():
        own[filled] = np.add.reduceat(weighed, starts[filled], axis=0)
    own = _even(own)
    above: Any = np.array(headings, np.int64)
    over = np.where((above >= 0)[:, None], own[above], np.float32(0))
    sections = np.array([paragraph.section for paragraph in report.paragraphs])
    total = np.zeros((int(sections.max()) + 1, own.shape[1]), np.float32)
    np.add.at(total, sections, own)
    around = _even(total[sections] - own)
    whole = _even(own.mean(axis=0, keepdims=True)) if len(own) > FEW else np.zeros_like(own[:1])
    parts = (OWN * own, ABOVE * over, AROUND * around, np.repeat(WHOLE * whole, len(own), axis=0))
    return np.concatenate(parts, axis=1).astype(np.float32)


def _even(rows: Array) -> Array:
    """Rows of length 1; what is nothing stays so."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(length > 1e-4, rows / np.maximum(length, 1e-4), np.float32(0))
