"""After a run: which paragraphs are copies of which. Candidates by fingerprints, every pair verified by its texts.

Equal forms are exact copies; near ones share most of their text; contained ones share a passage. Pairs are kept as
they are and never merged: that a copies b and b copies c says nothing of a and c.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.annotate import copies
from pipeline.annotate.copies import Masked
from pipeline.store import duplicates
from pipeline.store.duplicates import Copy, Pair, Text

SHORTEST = 16  # masked characters: headings and table rows are not copied, they are the form
NEAR = 0.5  # share of equal text from which two paragraphs are near-copies
PASSAGE = 24  # masked characters in one run that make a contained passage
MOST_ALIKE = 40  # paragraphs that share a fingerprint; more is a set phrase, not a trace
COMMON_TOWNS = 4  # towns from which on a passage is a common formula
_BATCH = 4_000_000  # candidate pairs held at once


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph to compare."""

    text: Text
    masked: Masked


def find(base: sqlite3.Connection) -> int:
    """Fill ``paragraph_copy`` and ``duplicate`` for the current reports; returns how many pairs were found."""
    names = duplicates.names(base)
    units = [Unit(text, masked) for text in duplicates.texts(base) if len((masked := copies.mask(text.text, names)).form) >= SHORTEST]
    groups = _groups(units)
    first = [members[0] for members in groups.values()]
    pairs = list(_verified(units, first, _candidates(units, first)))
    duplicates.put(base, _counts(units, groups, pairs), [*_exact(units, groups), *pairs])
    return len(pairs)


def _groups(units: Sequence[Unit]) -> dict[str, list[int]]:
    """Indices of paragraphs by form."""
    groups: dict[str, list[int]] = defaultdict(list)
    for n, unit in enumerate(units):
        groups[unit.masked.form].append(n)
    return groups


def _candidates(units: Sequence[Unit], first: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of indices (into ``first``) that share a band or two fingerprints, each once."""
    bands = np.empty((len(first), copies.BANDS), dtype=np.uint64)
    marks: list[Any] = []
    owners: list[Any] = []
    for row, n in enumerate(first):
        form = units[n].masked.form
        bands[row] = copies.bands(form)
        found, _ = copies.fingerprints(form)
        found = np.unique(found)
        marks.append(found)
        owners.append(np.full(len(found), row, dtype=np.uint32))
    if not first:
        return
    keys = [_pairs(bands[:, band], np.arange(len(first), dtype=np.uint32)) for band in range(copies.BANDS)]
    keys.append(_pairs(np.concatenate(marks), np.concatenate(owners)))
    for pair in np.unique(np.concatenate(keys)).tolist():
        yield pair >> 32, pair & 0xFFFFFFFF


def _pairs(values: Any, owners: Any) -> Any:
    """Pairs of owners of equal values as ``low << 32 | high``, uint64; values that too many own are left out."""
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order].astype(np.uint64)
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    sizes = np.diff(np.r_[starts, len(values)])
    found = []
    for distance in range(1, MOST_ALIKE):
        usable = starts[(sizes > distance) & (sizes <= MOST_ALIKE)]
        if not len(usable):
            break
        lengths = sizes[(sizes > distance) & (sizes <= MOST_ALIKE)] - distance
        at = np.repeat(usable, lengths) + _ramp(lengths)
        one, other = owners[at], owners[at + distance]
        found.append(np.unique(np.minimum(one, other) << np.uint64(32) | np.maximum(one, other)))
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.uint64)


def _ramp(lengths: Any) -> Any:
    """0, 1, … for each length in turn."""
    ends = np.cumsum(lengths)
    return np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)


def _verified(units: Sequence[Unit], first: Sequence[int], candidates: Iterator[tuple[int, int]]) -> Iterator[Pair]:
    """Near or contained, by the texts themselves."""
    for a, b in candidates:
        one, other = units[first[a]], units[first[b]]
        if a == b:
            continue
        pair = compared(one, other)
        if pair is not None:
            yield pair


def compared(one: Unit, other: Unit) -> Pair | None:
    """The verdict on two paragraphs, or None when they only have words in common."""
    first, second = one.masked, other.masked
    alike = copies.resemblance(first.form, second.form)
    if alike >= NEAR:
        return Pair(one.text.n, other.text.n, "near", round(alike, 3), 0, first.length, 0, second.length)
    short, long_ = (first, second) if len(first.form) <= len(second.form) else (second, first)
    runs = [run for run in copies.covered(short.form, long_.form, 12) if run[2] >= PASSAGE]
    if not runs:
        return None
    share = sum(length for _, _, length in runs) / len(short.form)
    start, there, length = max(runs, key=lambda run: run[2])
    own, far = short.span(start, start + length), long_.span(there, there + length)
    if short is not first:
        own, far = far, own
    return Pair(one.text.n, other.text.n, "contained", round(share, 3), own.start, own.end, far.start, far.end)


def _exact(units: Sequence[Unit], groups: dict[str, list[int]]) -> Iterator[Pair]:
    """Each exact copy with the first of its form; the form in ``paragraph_copy`` tells the others."""
    for members in groups.values():
        lead = units[members[0]]
        for n in members[1:]:
            yield Pair(lead.text.n, units[n].text.n, "exact", 1.0, 0, lead.masked.length, 0, units[n].masked.length)


def _counts(units: Sequence[Unit], groups: dict[str, list[int]], pairs: Sequence[Pair]) -> Iterator[Copy]:
    """How often and where each paragraph stands: its form's group, and what its pairs reach."""
    index = {unit.text.n: n for n, unit in enumerate(units)}
    linked: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        if pair.kind == "near":
            linked[index[pair.one]].add(index[pair.other])
            linked[index[pair.other]].add(index[pair.one])
    for form, members in groups.items():
        reached = {twin for near in linked.get(members[0], ()) for twin in groups[units[near].masked.form]}
        every = [units[n].text for n in (*members, *reached)]
        towns = {(text.county, text.town) for text in every if text.town}
        years = {text.year for text in every if text.year}
        told = copies.key(form)
        for n in members:
            yield Copy(units[n].text.n, told, len(members) - 1, len(every) - 1, len(towns), len(years), int(len(towns) >= COMMON_TOWNS))
