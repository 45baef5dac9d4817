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
from pipeline.store import duplicates
from pipeline.store.duplicates import Copy, Pair, Text

SHORTEST = 16  # masked characters: headings and table rows are not copied, they are the form
NEAR = 0.5  # share of equal text from which two paragraphs are near-copies
PASSAGE = 24  # masked characters in one run that make a contained passage
MOST_ALIKE = 40  # paragraphs that share a fingerprint; more is a set phrase, not a trace
COMMON_TOWNS = 4  # towns from which on a passage is a common formula
ALIKE = 0.25  # share of equal MinHash values from which two forms are compared; a pair of NEAR has about 0.4


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph to compare, and its form."""

    text: Text
    form: str


def find(base: sqlite3.Connection) -> int:
    """Fill ``paragraph_copy`` and ``duplicate`` for the current reports; returns how many pairs were found."""
    names = duplicates.names(base)
    units = [
        Unit(text, form) for text in duplicates.texts(base) if len(form := copies.form(text.text, names)) >= SHORTEST
    ]
    groups = _groups(units)
    first = [units[members[0]] for members in groups.values()]
    found = (compared(first[a], first[b], names) for a, b in _candidates([unit.form for unit in first]))
    pairs = [pair for pair in found if pair is not None]
    duplicates.put(base, _counts(units, groups, pairs), [*_exact(units, groups), *pairs])
    return len(pairs)


def _groups(units: Sequence[Unit]) -> dict[str, list[int]]:
    """Indices of paragraphs by form."""
    groups: dict[str, list[int]] = defaultdict(list)
    for n, unit in enumerate(units):
        groups[unit.form].append(n)
    return groups


def _candidates(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of forms worth a look, each once: alike by their signatures, or with two marks in common."""
    if not forms:
        return
    told = copies.sketch(forms)
    keys = copies.bands(told.signatures)
    own = np.arange(len(forms), dtype=np.uint32)
    near = [np.unique(_pairs(keys[:, band], own)) for band in range(copies.BANDS)]
    pairs = np.unique(np.concatenate(near))
    alike = np.concatenate([
        (told.signatures[part >> np.uint64(32)] == told.signatures[part & np.uint64(0xFFFFFFFF)]).mean(axis=1) >= ALIKE
        for part in np.array_split(pairs, len(pairs) // 50_000 + 1)
    ])  # fmt: skip
    shared, times = np.unique(_pairs(told.marks, told.owners), return_counts=True)
    for pair in np.union1d(pairs[alike], shared[times >= 2]).tolist():
        yield pair >> 32, pair & 0xFFFFFFFF


def _pairs(values: Any, owners: Any) -> Any:
    """Pairs of owners of equal values as ``low << 32 | high``, uint64; values that too many own are left out."""
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order].astype(np.uint64)
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    sizes = np.diff(np.r_[starts, len(values)])
    found = [np.zeros(0, dtype=np.uint64)]
    for distance in range(1, MOST_ALIKE):
        usable = (sizes > distance) & (sizes <= MOST_ALIKE)
        if not usable.any():
            break
        lengths = sizes[usable] - distance
        at = np.repeat(starts[usable], lengths) + _ramp(lengths)
        one, other = owners[at], owners[at + distance]
        found.append((np.minimum(one, other) << np.uint64(32) | np.maximum(one, other))[one != other])
    return np.concatenate(found)


def _ramp(lengths: Any) -> Any:
    """0, 1, … for each length in turn."""
    ends = np.cumsum(lengths)
    return np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)


def compared(one: Unit, other: Unit, names: frozenset[str] = frozenset()) -> Pair | None:
    """The verdict on two paragraphs, or None when they only have words in common."""
    alike = copies.resemblance(one.form, other.form)
    if alike >= NEAR:
        return Pair(one.text.n, other.text.n, "near", round(alike, 3), 0, len(one.text.text), 0, len(other.text.text))
    short, long_ = (one, other) if len(one.form) <= len(other.form) else (other, one)
    runs = [run for run in copies.covered(short.form, long_.form, 12) if run[2] >= PASSAGE]
    if not runs:
        return None
    share = sum(length for _, _, length in runs) / len(short.form)
    start, there, length = max(runs, key=lambda run: run[2])
    own = copies.mask(short.text.text, names).span(start, start + length)
    far = copies.mask(long_.text.text, names).span(there, there + length)
    if short is not one:
        own, far = far, own
    return Pair(one.text.n, other.text.n, "contained", round(share, 3), own.start, own.end, far.start, far.end)


def _exact(units: Sequence[Unit], groups: dict[str, list[int]]) -> Iterator[Pair]:
    """Each exact copy with the first of its form; the form in ``paragraph_copy`` tells the others."""
    for members in groups.values():
        lead = units[members[0]]
        for n in members[1:]:
            yield Pair(lead.text.n, units[n].text.n, "exact", 1.0, 0, len(lead.text.text), 0, len(units[n].text.text))


def _counts(units: Sequence[Unit], groups: dict[str, list[int]], pairs: Sequence[Pair]) -> Iterator[Copy]:
    """How often and where each paragraph stands: its form's group, and what its pairs reach."""
    index = {unit.text.n: n for n, unit in enumerate(units)}
    linked: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        if pair.kind == "near":
            linked[index[pair.one]].add(index[pair.other])
            linked[index[pair.other]].add(index[pair.one])
    for form, members in groups.items():
        reached = {twin for near in linked.get(members[0], ()) for twin in groups[units[near].form]}
        every = [units[n].text for n in (*members, *reached)]
        towns = {(text.county, text.town) for text in every if text.town}
        years = {text.year for text in every if text.year}
        told = copies.key(form)
        for n in members:
            yield Copy(
                units[n].text.n,
                told,
                len(members) - 1,
                len(every) - 1,
                len(towns),
                len(years),
                int(len(towns) >= COMMON_TOWNS),
            )
