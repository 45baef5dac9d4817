"""Numbers to check before they are passed on: contradictions, leaps, outliers, and the same number again.

None of these says that a number is wrong. They are for the officer who asks back, and stay out of what is shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Literal

from pipeline.ask import intervals
from pipeline.ask.cells import ELSEWHERE, RATES, Cell
from pipeline.ask.compare import Comparison, Line
from pipeline.ask.times import Time

Why = Literal["contradiction", "leap", "outlier", "again"]
LEAP = 5  # times the town's own number of the time before, up or down
FAR = 10  # times the median of the towns
ENOUGH = 5  # towns that a median needs
LEAST = 10  # smaller numbers leap and repeat by chance


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell, why it should be checked, and what it is compared with in words."""

    why: Why
    line: Line
    cell: Cell
    told: str


def doubts(comparison: Comparison) -> list[Doubt]:
    """Everything that should be checked, in the order of the lines."""
    by_key = {(line.indicator.id, line.dimensions, line.time): line for line in comparison.lines}
    return [each for line in comparison.lines for each in _of_line(line, by_key)]


def _of_line(line: Line, by_key: dict[tuple[str, tuple[tuple[str, str], ...], Time], Line]) -> Iterator[Doubt]:
    exact = [cell.value.low for cell in line.cells if cell.value and cell.value.low is not None]
    middle = median(exact) if len(exact) >= ENOUGH else None
    before = by_key.get((line.indicator.id, line.dimensions, _time_before(line.time)))
    for n, cell in enumerate(line.cells):
        if cell.inconsistent:
            yield Doubt("contradiction", line, cell, cell.reason)
        elif cell.value is not None:
            for each in cell.facts:
                if each.reason == ELSEWHERE and not intervals.are_consistent(each.value, cell.value):
                    yield Doubt("contradiction", line, cell, f"别期报告写的是 {each.fact.text}: {each.fact.sentence}")
        if cell.value is None or cell.value.low is None or line.indicator.unit in RATES:
            continue
        own = cell.value.low
        if middle is not None and own >= LEAST and middle > 0 and own > middle * FAR:
            yield Doubt("outlier", line, cell, f"各单位的中位数是 {middle}")
        old = before.cells[n] if before else None
        if old and old.value and old.value.low and not old.derived and not cell.derived:
            yield from _beside(line, cell, own, old.value.low, before.time.label if before else "")


def _beside(line: Line, cell: Cell, own: Decimal, old: Decimal, time: str) -> Iterator[Doubt]:
    if max(own, old) < LEAST:
        return
    if own >= old * LEAP or own * LEAP <= old:
        yield Doubt("leap", line, cell, f"{time}是 {old}")
    elif own == old and line.indicator.flow == "flow" and cell.value is not None and cell.value.is_exact:
        yield Doubt("again", line, cell, f"与{time}一字不差: {old}")


def _time_before(time: Time) -> Time:
    """The half before a half, the year before a year."""
    if time.length == "half":
        year = int(time.start[:4])
        if time.start.endswith("01-01"):
            return Time(f"{year - 1}-07-01", f"{year - 1}-12-31")
        return Time(f"{year}-01-01", f"{year}-06-30")
    return time.year_before
