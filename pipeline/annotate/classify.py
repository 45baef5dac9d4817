"""Role and topic of every paragraph, decided with its report in view. Plain arrays; no scikit-learn at run time.

Two steps. The first sees a paragraph and the headings above it (``features``) and has two layers; its inner units serve
both questions, so that a text's features are added up once, and a unit for each role is a plain regression's score,
which says half of what is thought of roles. The second weighs the first's opinion of the paragraph with that
of its neighbours, its section, its part and the report, so that a plan part stays plan until a heading says otherwise;
its few weights are the same for every label, which leaves nothing to memorise. The arrays are made by ``learn`` and
travel as ``model.npz``.
"""

from __future__ import annotations

import functools
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.annotate import features, vectors
from pipeline.annotate.cues import Cues
from pipeline.annotate.memory import Column, Spoken, spoken
from pipeline.errors import SettingsError
from pipeline.model import Label, Report

Array = NDArray[np.float32]
SHIPPED = Path(__file__).with_name("model.npz")
FORMAT = 6


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The known features in their order; for each namespace the row of what is met in it, -1 for what is not known."""

    names: tuple[str, ...]
    rows: dict[str, Column]


def table(names: Sequence[str]) -> Table:
    """The table of these features.

    >>> from pipeline.annotate.memory import WORDS
    >>> known = table(["bias", "w:宣讲"])
    >>> known.rows["w:"].at(WORDS.numbers([["宣讲", "没见过"]])).tolist()
    [1, -1]
    """
    spaces: dict[str, dict[str, int]] = {space: {} for space in features.SPACES}
    for number, name in enumerate(names):
        space = name[:2] if name[:2] in spaces else ""
        spaces[space][name[len(space) :]] = number
    return Table(tuple(names), {space: _column(space, known) for space, known in spaces.items()})


def _column(space: str, known: dict[str, int]) -> Column:
    return Column(features.SPACES[space], lambda words: [known.get(word, -1) for word in words], np.int64)


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the two questions, role or topic. ``thresholds`` is the score from which a label may be relied on."""

    names: tuple[str, ...]
    first: Array  # inner units, then one bias × names
    second: Array  # opinions (see ``opinions``), then one bias for each name
    follows: Array  # names × names: log chance that the second name follows the first
    thresholds: Array  # names


@dataclass(frozen=True, slots=True)
class Model:
    """What ``learn`` made: the feature table, the inner units and both axes, with a card: from what and how good."""

    table: Table
    inner: Array  # features, then the directions of ``vectors``, then one bias × units; those of roles come last
    role: Axis
    topic: Axis
    card: dict[str, Any]


@functools.lru_cache(maxsize=4)
def load(path: Path = SHIPPED) -> Model:
    """Read a model file; raises ``SettingsError`` when it is not one of ours."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            card = json.loads(bytes(arrays["card"]).decode("utf-8"))
            if card.get("format") != FORMAT:
                raise SettingsError(f"{path}: 模型是别的版本做的 (format {card.get('format')}); 请运行 zongjie learn")
            names = bytes(arrays["features"]).decode("utf-8").split("\n")
            inner = arrays["inner"].astype(np.float32)
            axes = [
                Axis(
                    tuple(card[axis]),
                    arrays[f"{axis}_first"].astype(np.float32),
                    arrays[f"{axis}_second"].astype(np.float32),
                    arrays[f"{axis}_follows"].astype(np.float32),
                    arrays[f"{axis}_thresholds"].astype(np.float32),
                )
                for axis in ("role", "topic")
            ]
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as fault:
        raise SettingsError(f"{path}: 不是可用的模型文件 ({fault}); 请运行 zongjie learn") from None
    return Model(table(names), inner, axes[0], axes[1], card)


def save(model: Model, path: Path) -> None:
    """Write a model as arrays and names; float16, since a weight's third digit decides nothing."""
    arrays: dict[str, Any] = {
        "card": np.frombuffer(json.dumps(model.card, ensure_ascii=False).encode("utf-8"), np.uint8),
        "features": np.frombuffer("\n".join(model.table.names).encode("utf-8"), np.uint8),
        "inner": model.inner.astype(np.float16),
    }
    for name, axis in (("role", model.role), ("topic", model.topic)):
        arrays[f"{name}_first"] = axis.first.astype(np.float32)
        arrays[f"{name}_second"] = axis.second.astype(np.float32)
        arrays[f"{name}_follows"] = axis.follows.astype(np.float32)
        arrays[f"{name}_thresholds"] = axis.thresholds.astype(np.float32)
    with path.open("wb") as out:
        np.savez_compressed(out, **arrays)


def labels(model: Model, report: Report, cues: Cues, why: bool = False) -> list[tuple[Label, Label]]:
    """Role and topic of each paragraph of a report, in order; the paragraphs must have their words.

    The words that decided are told for labels that are not sure, with ``why`` for all.
    """
    if not report.paragraphs:
        return []
    features.make_room()
    words = spoken(report)
    found = indices(model.table, report, words, cues)
    heads = heading_rows(report)
    directions = vectors.means(vectors.load(), report, words, heads)
    known = len(model.table.names)
    units = heard(
        _sum(model.inner[:known], *found) + directions @ model.inner[known:-1] + model.inner[-1], len(model.role.names)
    )
    told = []
    for axis in (model.role, model.topic):
        seen = softmax(units @ axis.first[:-1] + axis.first[-1])
        chances = softmax(second(axis, opinions(report, seen, axis.follows, heads)))
        told.append(_labels(model, axis, chances, Seen(found, units), why))
    return list(zip(told[0], told[1], strict=True))


def heard(sums: Array, roles: int) -> Array:
    """What the inner units say of each paragraph: nothing below zero, but for the last ones, one for each role."""
    bent = sums.shape[1] - roles
    sums[:, :bent] = np.maximum(sums[:, :bent], 0)
    return sums


def second(axis: Axis, seen: Array) -> Array:
    """The second step's scores, paragraphs × names."""
    kinds = seen.shape[0]
    return np.asarray(np.tensordot(axis.second[:kinds], seen, axes=1) + axis.second[kinds:], np.float32)


Found = tuple[NDArray[np.int64], Array, NDArray[np.int64]]


class Seen(NamedTuple):
    """What the first step saw of a report: the known features, and how loud each inner unit is in each paragraph."""

    found: Found
    units: Array


def indices(table: Table, report: Report, words: Spoken, cues: Cues) -> Found:
    """Known features of all paragraphs in one line: row of the table, weight, and where each paragraph ends."""
    found = features.seen(report, words, cues)
    rows = np.concatenate([table.rows[each.space].at(each.number) for each in found])
    known = np.flatnonzero(rows >= 0)
    owner = np.concatenate([each.owner for each in found])[known]
    weight = np.concatenate([each.weight for each in found])[known]
    order = np.argsort(owner, kind="stable")
    ends = np.cumsum(np.bincount(owner, minlength=len(report.paragraphs)))
    return rows[known][order], weight[order], ends


def _sum(matrix: Array, index: NDArray[np.int64], weight: Array, ends: NDArray[np.int64]) -> Array:
    """Rows of ``matrix`` times weights, added up paragraph by paragraph: paragraphs × units.

    One paragraph at a time: its rows are few enough to stay near the processor, which is twice as fast as all at once.
    """
    added = np.zeros((len(ends), matrix.shape[1]), np.float32)
    first = 0
    for row, last in enumerate(ends.tolist()):
        np.dot(weight[first:last], matrix.take(index[first:last], axis=0), out=added[row])
        first = last
    return added


def softmax(scores: Array) -> Array:
    """Rows of scores as rows of probabilities."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def opinions(report: Report, seen: Array, follows: Array, heads: Sequence[int]) -> Array:
    """What the first step thinks around each paragraph, as log chances: opinions × paragraphs × names.

    Of itself; of the one before and after, through what follows what; of the two before and after as they are; of
    the other paragraphs of its section, of its part (the level-1 section), of the whole report; of the heading above
    (its row in ``heads``). Nine for body paragraphs, then nine for headings, which listen to other things.
    """
    logs = np.log(seen + 1e-3)
    sections = np.array([paragraph.section for paragraph in report.paragraphs])
    parts = np.array(_parts(report))[sections]
    body = np.array([not paragraph.is_heading for paragraph in report.paragraphs])
    blank = np.full(seen.shape[1], -np.log(seen.shape[1]), np.float32)
    told = np.stack([
        logs,
        _shifted(seen @ follows, 1),
        _shifted(seen @ follows.T, -1),
        _shifted(logs, 1) + _shifted(logs, 2),
        _shifted(logs, -1) + _shifted(logs, -2),
        _others(seen, sections, body),
        _others(seen, parts, body),
        _others(seen, np.zeros_like(sections), body),
        np.stack([logs[head] if head >= 0 else blank for head in heads]),
    ])  # fmt: skip
    return np.concatenate([told * body[None, :, None], told * ~body[None, :, None]]).astype(np.float32)


def _parts(report: Report) -> list[int]:
    """For each section the level-1 section it lies in."""
    parts: list[int] = []
    for number, section in enumerate(report.sections):
        parts.append(number if section.parent <= 0 else parts[section.parent])
    return parts


def _shifted(rows: Array, step: int) -> Array:
    """Row i holds row i - step; zeros beyond the ends."""
    moved = np.zeros_like(rows)
    if 0 < step < len(rows):
        moved[step:] = rows[:-step]
    elif -len(rows) < step < 0:
        moved[:step] = rows[-step:]
    return moved


def _others(seen: Array, groups: NDArray[Any], body: NDArray[np.bool_]) -> Array:
    """Log of the mean opinion of the body paragraphs of each one's group, itself left out, drawn to the even one."""
    size, names = int(groups.max()) + 1, seen.shape[1]
    total, count = np.zeros((size, names)), np.zeros(size)
    np.add.at(total, groups[body], seen[body])
    np.add.at(count, groups[body], 1.0)
    own = np.where(body[:, None], seen, 0.0)
    mean = (total[groups] - own + 1.0 / names) / (count[groups] - body + 1.0)[:, None]
    return np.asarray(np.log(mean + 1e-3), np.float32)


def heading_rows(report: Report) -> list[int]:
    """For each paragraph the row of the heading it stands under, -1 when there is none."""
    starts = {paragraph.span.start: row for row, paragraph in enumerate(report.paragraphs)}
    of_section = [starts.get(section.span.start, -1) if section.heading else -1 for section in report.sections]
    found = []
    for row, paragraph in enumerate(report.paragraphs):
        section = paragraph.section
        if of_section[section] == row:
            section = report.sections[section].parent
        found.append(of_section[section] if section > 0 else -1)
    return found


def _labels(model: Model, axis: Axis, chances: Array, seen: Seen, why: bool) -> list[Label]:
    order = np.argsort(-chances, axis=1)[:, :3]
    thresholds = axis.thresholds.tolist()
    told = []
    for row, (best, scores) in enumerate(zip(order.tolist(), chances.tolist(), strict=True)):
        top = tuple((axis.names[i], round(scores[i], 4)) for i in best)
        sure = scores[best[0]] >= thresholds[best[0]]
        words = () if sure and not why else _reasons(model, axis, seen, row, best[0])
        told.append(Label(top[0][0], top[0][1], sure, top, words=words))
    return told


REASONS = 5
_SPOKEN = ("w:", "h:", "f:", "l:")  # namespaces whose names are words of the text or of the heading above


def _reasons(model: Model, axis: Axis, seen: Seen, row: int, name: int) -> tuple[str, ...]:
    """The words that spoke most for a name, through the units that were heard, in a paragraph; the strongest first."""
    index, weight, ends = seen.found
    own = slice(ends[row - 1] if row else 0, ends[row])
    columns = index[own]
    spoken_for = (axis.first[:-1, name] - axis.first[:-1].mean(axis=1)) * (seen.units[row] != 0)
    spoke = (model.inner[columns] @ spoken_for) * weight[own]
    told: dict[str, None] = {}
    for place in np.argsort(-spoke)[: 4 * REASONS].tolist():
        feature = model.table.names[columns[place]]
        if spoke[place] <= 0 or len(told) == REASONS:
            break
        if feature[:2] in _SPOKEN and len(feature) > 3:  # a word of one character says nothing to a person
            told[feature[2:]] = None
    return tuple(told)
