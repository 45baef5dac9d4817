"""Numbers to check before they are passed on: what does not agree, leaps, outliers, and the same numbers again.

None of these says that a number is wrong. They are for the officer who asks back, and stay out of what is shared.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from pipeline.ask import reconcile
from pipeline.ask.cells import CONTRADICTED, RATES, Cell
from pipeline.ask.compare import Comparison, Line
from pipeline.ask.mismatch import SORTS, Mismatch, Sort
from pipeline.ask.times import Time
from pipeline.store.fetch import FactRow

LEAP = 5  # times the town's own number of the time before, up or down
FAR = 10  # times the median of the towns
ENOUGH = 5  # towns that a median needs
LEAST = 10  # smaller numbers leap and repeat by chance
MANY = 100  # a number of three digits does not come back by chance; smaller ones must be two at least


def doubts(base: sqlite3.Connection, comparison: Comparison, facts: Sequence[FactRow] | None = None) -> list[Mismatch]:
    """Everything that should be checked, town by town, the gravest first; each pair of numbers once.

    ``facts`` are all facts where the caller has them. What is only told less precisely the second time comes last.
    """
    found = [*reconcile.find(base, facts), *beside(comparison)]
    kept: dict[tuple[str, str, frozenset[tuple[str, str]]], Mismatch] = {}
    for each in sorted(found, key=lambda each: SORTS.index(each.sort)):
        said = frozenset((fact.sentence, fact.text) for fact in (each.one, each.other))
        kept.setdefault((each.town, each.indicator.id, said), each)
    return sorted(kept.values(), key=lambda each: (each.sort == "restated", each.town, SORTS.index(each.sort)))


def beside(comparison: Comparison) -> list[Mismatch]:
    """What shows only when cells are laid side by side: contradictions within one, leaps, outliers, repetitions."""
    by_key = {(line.indicator.id, line.dimensions, line.time): line for line in comparison.lines}
    again: dict[tuple[str, Time], list[Mismatch]] = defaultdict(list)
    found = []
    for line in comparison.lines:
        for each in _of_line(line, by_key.get((line.indicator.id, line.dimensions, line.time.before))):
            if each.sort == "again":
                again[each.town, each.time].append(each)
            else:
                found.append(each)
    for same in again.values():
        if len(same) > 1 or any((each.one.low or 0) >= MANY for each in same):
            found += same
    return found


def _of_line(line: Line, before: Line | None) -> Iterator[Mismatch]:
    exact = [cell.value.low for cell in line.cells if cell.value and cell.value.low is not None]
    middle = median(exact) if len(exact) >= ENOUGH else None
    for n, cell in enumerate(line.cells):
        if cell.inconsistent:
            if cell.reason == CONTRADICTED:
                yield _contradiction(line, cell)
            continue  # which of the numbers is the right one is not known
        if cell.value is None or cell.value.low is None or cell.derived or line.indicator.unit in RATES:
            continue
        own, fact = cell.value.low, _chosen(cell)
        if middle is not None and own >= LEAST and middle > 0 and own > middle * FAR:
            yield _made("outlier", line, cell, fact, fact, f"{cell.text}, 各单位的中位数是 {middle:f}")
        old = before.cells[n] if before else None
        if before and old and old.value and old.value.low and not old.derived and not old.inconsistent:
            yield from _since(line, cell, old, before.time.label)


def _contradiction(line: Line, cell: Cell) -> Mismatch:
    counted = [each.fact for each in cell.facts if each.counted]
    other = next(fact for fact in counted if fact.sentence != counted[0].sentence)
    return _made("inconsistent", line, cell, counted[0], other, f"同一件事说法不一致: {cell.text}")


def _since(line: Line, cell: Cell, old: Cell, time: str) -> Iterator[Mismatch]:
    """Against the time before."""
    now, then = cell.value, old.value
    if now is None or then is None or now.low is None or then.low is None or max(now.low, then.low) < LEAST:
        return
    if now.low >= then.low * LEAP or now.low * LEAP <= then.low:
        yield _made("leap", line, cell, _chosen(cell), _chosen(old), f"{cell.text}, {time}是 {old.text}")
    elif now == then and now.is_exact and line.indicator.flow == "flow":
        yield _made("again", line, cell, _chosen(cell), _chosen(old), f"{cell.text}, 与{time}一样")


def _chosen(cell: Cell) -> FactRow:
    counted = [each.fact for each in cell.facts if each.counted]
    return next((fact for fact in counted if fact.id == cell.chosen), counted[0])


def _made(sort: Sort, line: Line, cell: Cell, one: FactRow, other: FactRow, reason: str) -> Mismatch:
    return Mismatch(
        sort, cell.town, line.indicator, line.dimensions, line.time, one, other, cell.chosen or one.id, reason
    )
