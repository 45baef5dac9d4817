"""Words of like meaning, and how near paragraphs are to a query in meaning, from the shipped table of word vectors."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.annotate import vectors


@functools.lru_cache(maxsize=1)
def _table() -> Any:
    """Every word's direction with length 1; made when the first query needs it."""
    import numpy as np

    rows = vectors.load().directions.astype(np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-4))


def direction(words: Iterable[str]) -> Any | None:
    """Where a few words point together, with length 1; None when the table knows none of them."""
    import numpy as np

    known = vectors.load()
    rows = [known.rows[word] for word in words if word in known.rows]
    if not rows:
        return None
    point = (_table()[rows] * known.weights[rows][:, None]).sum(axis=0)
    return point / max(float(np.linalg.norm(point)), 1e-4)


def kin(words: Sequence[str], most: int, least: float) -> list[tuple[str, float]]:
    """The table's words nearest in meaning to these together, with their likeness (cosine), the nearest first.

    >>> [word for word, _ in kin(["招商"], 60, 0.7) if word in ("招商引资", "养老")]
    ['招商引资']
    """
    import numpy as np

    point = direction(words)
    if point is None:
        return []
    likeness = _table() @ point
    near = np.flatnonzero(likeness >= least)
    near = near[np.argsort(-likeness[near], kind="stable")]
    names = _names()
    found = ((names[int(row)], float(likeness[row])) for row in near)
    return [(word, score) for word, score in found if len(word) > 1 and word not in words][:most]


@functools.lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    return tuple(vectors.load().rows)


def likeness(point: Any, texts: Sequence[Sequence[str]]) -> list[float]:
    """Cosine of a direction and each text's words, every word counted once; 0 for a text without a known word."""
    import numpy as np

    known = vectors.load()
    rows = [sorted({known.rows[word] for word in words if word in known.rows}) for words in texts]
    every = np.fromiter((row for each in rows for row in each), np.int64)
    ends = np.cumsum([len(each) for each in rows])
    weighed = _table()[every] * known.weights[every][:, None]
    points = vectors.sums(weighed, ends, np.float32)
    sizes = np.maximum(np.linalg.norm(points, axis=1), 1e-4)
    return [float(score) for score in (points @ point) / sizes]
