"""Labelled reports → the arrays that ``annotate.classify`` decides with."""

from __future__ import annotations

import collections
import datetime
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.annotate import classify, features, vectors
from pipeline.annotate.classify import Array, Axis, Model, Table
from pipeline.annotate.cues import Cues
from pipeline.annotate.memory import spoken
from pipeline.annotate.vectors import Vectors
from pipeline.learn.layers import Layers, learn
from pipeline.model import Report

FOLDS = 5  # cross-fitting of the first step: the second must see opinions as fallible as they will be
LEAST = 3  # a feature seen in fewer paragraphs teaches nothing that carries over
SURE = 0.95  # the precision a label must keep above its threshold, in cross-validation


@dataclass(frozen=True, slots=True)
class Example:
    """A report with the labels of its paragraphs, in order; an empty label says nothing of its axis.

    ``weight`` is below 1 for weak labels, above it for the few examples of a new label.
    """

    report: Report
    roles: tuple[str, ...]
    topics: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """What cross-validation thinks of one axis: chances paragraphs × names, true numbers (-1: none), weights."""

    names: tuple[str, ...]
    chances: Array
    truth: NDArray[np.int64]
    weights: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Learned:
    """The model, and for both axes what models that had not seen a report said of it."""

    model: Model
    role: Judged
    topic: Judged


def fit(
    examples: Sequence[Example],
    cues: Cues,
    roles: Sequence[str],
    topics: Sequence[str],
) -> Learned:
    """Learn both axes from whole reports."""
    table = _table(examples, cues)
    known = vectors.load()
    matrix = _stack([_matrix(table, known, example, cues) for example in examples])
    weights = np.concatenate([np.full(len(example.roles), example.weight) for example in examples])
    owner = np.concatenate([np.full(len(example.roles), i) for i, example in enumerate(examples)])
    folds = _folds(examples)[owner]
    reports = [example.report for example in examples]
    sizes = len(roles), len(topics)
    said = [[getattr(example, name) for example in examples] for name in ("roles", "topics")]
    truths = [_numbers(rows, names) for rows, names in zip(said, (roles, topics), strict=True)]

    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    # Two at a time, each in one thread: most of the time is numpy's, which lets the other go on; threads of its own
    # would only wait for one another.
    with threadpool_limits(1), ThreadPoolExecutor(max_workers=2) as pool:

        def layers(fold: int) -> Layers:
            inside = (folds != fold) & ((truths[0] >= 0) | (truths[1] >= 0))
            return learn(matrix[inside], [truth[inside] for truth in truths], sizes, weights[inside])

        *blind, (inner, firsts) = pool.map(layers, (*range(FOLDS), -1))

        def axis(number: int, names: tuple[str, ...]) -> tuple[Axis, Judged]:
            seen = np.zeros((len(owner), len(names)), np.float32)
            for fold, (units, outer) in enumerate(blind):
                outside = folds == fold
                seen[outside] = _opinion(matrix[outside], units, outer[number], sizes[0])
            return _axis(names, said[number], reports, seen, firsts[number], truths[number], weights, owner, folds)

        role, topic = pool.map(axis, (0, 1), (tuple(roles), tuple(topics)))
    card = {
        "format": classify.FORMAT,
        "made": datetime.date.today().isoformat(),
        "reports": sum(len(example.roles) > 1 for example in examples),
        "examples": sum(len(example.roles) == 1 for example in examples),
        "paragraphs": len(owner),
        "features": len(table.names),
        "role": list(roles),
        "topic": list(topics),
    }
    return Learned(Model(table, inner, role[0], topic[0], card), role[1], topic[1])


def _opinion(matrix: Any, inner: Array, outer: Array, roles: int) -> Array:
    """What the first step thinks of rows of the matrix."""
    units = classify.heard(matrix @ inner[:-1] + inner[-1], roles)
    return classify.softmax(np.asarray(units @ outer[:-1] + outer[-1], np.float32))


def _axis(
    names: tuple[str, ...],
    said: Sequence[Sequence[str]],
    reports: Sequence[Report],
    seen: Array,
    first: Array,
    truth: NDArray[np.int64],
    weights: NDArray[Any],
    owner: NDArray[Any],
    folds: NDArray[np.int64],
) -> tuple[Axis, Judged]:
    """The second step for one question, learned from opinions that the first formed without the report (``seen``)."""
    follows = _follows(said, names)
    labelled = truth >= 0
    around = np.concatenate(
        [
            classify.opinions(report, seen[owner == i], follows, classify.heading_rows(report))
            for i, report in enumerate(reports)
        ],
        axis=1,
    )
    second = _shared(around[:, labelled], truth[labelled], weights[labelled])
    scores = np.zeros_like(seen)
    for fold in range(FOLDS):
        inside, outside = (folds != fold) & labelled, folds == fold
        own = _shared(around[:, inside], truth[inside], weights[inside], second)
        axis = Axis(names, first, own, follows, np.zeros(0, np.float32))
        scores[outside] = classify.second(axis, around[:, outside])
    heat = _heat(scores[labelled], truth[labelled])
    honest = classify.softmax(scores / np.float32(heat))
    thresholds = _thresholds(honest[labelled], truth[labelled], len(names))
    return Axis(names, first, second / np.float32(heat), follows, thresholds), Judged(names, honest, truth, weights)


def _heat(scores: Array, truth: NDArray[np.int64]) -> float:
    """The temperature that makes cross-validated scores honest chances: the likeliest of a row of them."""
    rows = np.arange(len(truth))

    def loss(heat: float) -> float:
        return float(-np.log(classify.softmax(scores / np.float32(heat))[rows, truth] + 1e-12).mean())

    return min((0.5 + 0.05 * step for step in range(51)), key=loss)


def _follows(said: Sequence[Sequence[str]], names: Sequence[str]) -> Array:
    """Log chance of each name after each, from the reports' own order, one count added everywhere."""
    of = {name: i for i, name in enumerate(names)}
    counts = np.ones((len(names), len(names)))
    for row in said:
        for one, other in pairwise(row):
            if one in of and other in of:
                counts[of[one], of[other]] += 1
    return np.asarray(np.log(counts / counts.sum(axis=1, keepdims=True)), np.float32)


def _shared(around: Array, truth: NDArray[np.int64], weights: NDArray[Any], start: Array | None = None) -> Array:
    """Weights of the opinions, the same for all names, and a bias for each name: a conditional logit by L-BFGS.

    ``start`` is where to look first: another part's weights are near.
    """
    from scipy.optimize import minimize

    kinds, count, names = around.shape
    data = around.astype(np.float32).reshape(kinds, count * names)  # 32 bits: a fraction of the time
    rows = np.arange(count)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = (values[:kinds].astype(np.float32) @ data).reshape(count, names) + values[kinds:]
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        value = -(weights * np.log(chances[rows, truth] + 1e-12)).sum() + 0.5 * (values @ values)
        wrong = chances * weights[:, None]
        wrong[rows, truth] -= weights
        slope = np.concatenate((data @ wrong.astype(np.float32).ravel(), wrong.sum(axis=0))) + values
        return float(value), slope

    if start is None:
        start = np.zeros(kinds + names, np.float32)
        start[0] = 1.0
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200, "ftol": 1e-7})
    return np.asarray(found.x, np.float32)


def _table(examples: Sequence[Example], cues: Cues) -> Table:
    """The features worth a row: seen in at least ``LEAST`` paragraphs (headings' words in two reports)."""
    seen: collections.Counter[str] = collections.Counter()
    for example in examples:
        for each in features.seen(example.report, spoken(example.report), cues):
            words = features.SPACES[each.space].words
            pairs = np.unique(np.stack((each.owner, each.number)), axis=1)
            if each.space == "h:":  # it stands above many paragraphs of one report
                pairs = np.unique(pairs[1:], axis=1)
            seen.update(each.space + words[number] for number in pairs[-1].tolist())
    return classify.table(sorted(name for name, count in seen.items() if count >= LEAST))


def _matrix(table: Table, known: Vectors, example: Example, cues: Cues) -> Any:
    from scipy.sparse import csr_matrix, hstack

    said = spoken(example.report)
    index, weight, ends = classify.indices(table, example.report, said, cues)
    words = csr_matrix((weight, index, np.concatenate(([0], ends))), shape=(len(ends), len(table.names)))
    directions = vectors.means(known, example.report, said, classify.heading_rows(example.report))
    return hstack([words, csr_matrix(directions)], format="csr", dtype=np.float32)


def _stack(matrices: Sequence[Any]) -> Any:
    from scipy.sparse import vstack

    return vstack(matrices, format="csr")


def _folds(examples: Sequence[Example]) -> NDArray[np.int64]:
    """A fold for each report (never for a paragraph), by its text: other reports beside it do not move it."""
    return np.array([zlib.crc32(each.report.document.text.encode("utf-8")) % FOLDS for each in examples], np.int64)


def _numbers(labels: Sequence[Sequence[str]], names: Sequence[str]) -> NDArray[np.int64]:
    of = {name: i for i, name in enumerate(names)}
    return np.array([of.get(label, -1) for row in labels for label in row], np.int64)


def _thresholds(honest: Array, truth: NDArray[np.int64], size: int) -> Array:
    """For each name the lowest score from which its precision is ``SURE`` in cross-validation."""
    from sklearn.metrics import precision_recall_curve

    found = np.full(size, 0.9, np.float32)
    best, scores = honest.argmax(axis=1), honest.max(axis=1)
    for name in range(size):
        said = best == name
        right = truth[said] == name
        if not right.any():
            found[name] = 0.99 if len(right) else 0.9
            continue
        precision, _, lowest = precision_recall_curve(right, scores[said])
        good = np.flatnonzero(precision[:-1] >= SURE)
        found[name] = lowest[good[0]] if len(good) else 0.99
    return np.clip(found, 0.4, 0.99)
