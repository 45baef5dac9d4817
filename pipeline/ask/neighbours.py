"""Words of like meaning, and how near paragraphs are to a query in meaning, from the shipped table of word vectors."""

from __future__ import annotations

import functools
import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.annotate import vectors

_END = re.compile(r"[。；;！？!?\n]")


@functools.lru_cache(maxsize=1)
def _table() -> Any:
    """Every word's direction with length 1; made when the first query needs it."""
    import numpy as np

    rows = vectors.load().directions.astype(np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-4))


def direction(words: Iterable[str]) -> Any | None:
    """Where a few words point together, with length 1; None when the table knows none of them."""
    import numpy as np

    known = vectors.vocabulary()
    rows = [known[word] for word in words if word in known]
    if not rows:
        return None
    point = (_table()[rows] * vectors.load().weights[rows][:, None]).sum(axis=0)
    return point / max(float(np.linalg.norm(point)), 1e-4)


def kin(several: Sequence[Sequence[str]], most: int, least: float) -> list[list[tuple[str, float]]]:
    """For each group the table's words nearest to it in meaning, with their likeness (cosine), the nearest first.

    All groups go through the table at once: reading it is what takes time.

    >>> [word for word, _ in kin([["招商"]], 60, 0.7)[0] if word in ("招商引资", "养老")]
    ['招商引资']
    """
    import numpy as np

    points = [direction(words) for words in several]
    known = [point for point in points if point is not None]
    columns = iter((_table() @ np.array(known).T).T) if known else iter(())
    return [
        [] if point is None else _nearest(next(columns), words, most, least)
        for words, point in zip(several, points, strict=True)
    ]


def _nearest(likeness: Any, words: Sequence[str], most: int, least: float) -> list[tuple[str, float]]:
    import numpy as np

    near = np.flatnonzero(likeness >= least)
    near = near[np.argsort(-likeness[near], kind="stable")]
    names = _names()
    found = ((names[int(row)], float(likeness[row])) for row in near)
    return [(word, score) for word, score in found if len(word) > 1 and word not in words][:most]


@functools.lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    return tuple(vectors.vocabulary())


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What a query means: where its words point together, each word's own direction, and how much each tells."""

    point: Any
    words: Any
    weights: Any


def meaning(words: Iterable[str]) -> Meaning | None:
    """None when the table knows none of the words."""
    known = vectors.vocabulary()
    rows = [known[word] for word in dict.fromkeys(words) if word in known]
    point = direction(words)
    return None if point is None else Meaning(point, _table()[rows], vectors.load().weights[rows])


class Nearness(NamedTuple):
    """Cosines with a query's meaning: of a whole text, of its nearest sentence, of the nearest word to each word."""

    whole: float = 0.0
    sentence: float = 0.0
    words: float = 0.0


def nearness_to(asked: Meaning, texts: Sequence[Sequence[Sequence[str]]]) -> list[Nearness]:
    """How near each text, given as its sentences' words, is to a query; nothing for one without a known word.

    >>> near, far = nearness_to(meaning(["招商"]), [[["引资", "签约"]], [["养老", "院"]]])
    >>> near.whole > far.whole, near.words > far.words
    (True, True)
    """
    import numpy as np

    known = vectors.vocabulary()
    rows = [[[known[word] for word in dict.fromkeys(words) if word in known] for words in each] for each in texts]
    rows = [[words for words in each if words] for each in rows]
    every = np.fromiter((row for each in rows for words in each for row in words), np.int64)
    if not len(every):
        return [Nearness()] * len(texts)
    directions = _table()[every]
    starts = np.cumsum([0, *(len(words) for each in rows for words in each)])[:-1]
    points = np.add.reduceat(directions * vectors.load().weights[every][:, None], starts)
    told = [each for each in rows if each]
    of_text = np.cumsum([0, *(len(each) for each in told)])[:-1]
    wholes = np.add.reduceat(points, of_text)
    sentence = np.maximum.reduceat((points @ asked.point) / _lengths(points), of_text)
    nearest = np.maximum.reduceat(directions @ asked.words.T, starts[of_text]) @ asked.weights / asked.weights.sum()
    found = zip((wholes @ asked.point) / _lengths(wholes), sentence, nearest, strict=True)
    return [Nearness(*map(float, next(found))) if each else Nearness() for each in rows]


def _lengths(points: Any) -> Any:
    import numpy as np

    return np.maximum(np.linalg.norm(points, axis=1), 1e-4)


def sentences(text: str, words: Iterable[str]) -> list[list[str]]:
    """The words of each sentence that has one, of two signs or more.

    >>> sentences("宣讲四十场；听众不多。", ["宣讲", "四十", "场", "听众", "不多"])
    [['宣讲', '四十'], ['听众', '不多']]
    """
    ends = [found.start() for found in _END.finditer(text)]
    told: dict[int, list[str]] = {}
    at = 0
    for word in words:
        place = text.find(word, at)
        if place >= 0:
            at = place + len(word)
            if len(word) > 1:
                told.setdefault(bisect(ends, place), []).append(word)
    return list(told.values())


def nearness(one: Sequence[Sequence[str]], others: Sequence[Sequence[Sequence[str]]]) -> list[float]:
    """How near in meaning, 0…1, each text comes to all of one's sentences: the mean of its nearest to each of them."""
    import numpy as np

    ends = np.cumsum([0, *(len(each) for each in others)])
    if not one or not ends[-1]:
        return [0.0] * len(others)
    cosines = np.maximum(_points([sentence for each in others for sentence in each]) @ _points(one).T, 0.0)
    return [float(cosines[start:end].max(axis=0).mean()) if end > start else 0.0 for start, end in pairwise(ends)]


def _points(texts: Sequence[Sequence[str]]) -> Any:
    """Each text's direction, with length 1 (0 where no word is known); every word counts once."""
    import numpy as np

    known = vectors.vocabulary()
    rows = [sorted({known[word] for word in words if word in known}) for words in texts]
    every = np.fromiter((row for each in rows for row in each), np.int64)
    weighed = _table()[every] * vectors.load().weights[every][:, None]
    points = vectors.sums(weighed, np.cumsum([len(each) for each in rows]), np.float32)
    return points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), np.float32(1e-4))
