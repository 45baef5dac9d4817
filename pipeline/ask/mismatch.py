"""What the checks of agreement find: two numbers that should agree and do not, both with their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.ask.cells import Dimensions
from pipeline.ask.intervals import Interval
from pipeline.ask.times import Time
from pipeline.ask.told import Told
from pipeline.store.fetch import FactRow, IndicatorRow

Sort = Literal[
    "inconsistent",  # the same thing told twice, and both cannot be right
    "parts",  # parts that are together more than their total
    "spans",  # quarters against their half-year, halves against their year
    "earlier",  # an earlier value told otherwise than it was reported
    "growth",  # a stated growth that does not follow from the stored earlier value
    "rate",  # more than can be done in the time
    "identical",  # the same numbers in two towns, or of one town in two years
    "again",  # the numbers of the time before, to the last digit
    "leap",  # many times the town's own number of the time before, or a small part of it
    "outlier",  # far above what all the others report
    "restated",  # the same thing told twice, once more precisely: nothing is wrong
]
SORTS: tuple[Sort, ...] = (
    "inconsistent", "parts", "spans", "earlier", "growth", "rate", "identical", "again", "leap", "outlier", "restated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two numbers that should agree: what sort, whose, both facts, the more precise one's id, and why.

    ``other`` is ``one`` itself where a number is doubtful alone (more talks than days allow).
    """

    sort: Sort
    town: str
    indicator: IndicatorRow
    dimensions: Dimensions
    time: Time
    one: FactRow
    other: FactRow
    better: str
    reason: str


def mismatch(sort: Sort, one: Told, other: Told, reason: str) -> Mismatch:
    """Between two numbers; the narrower one is the more precise."""
    better = one if one.value.width <= other.value.width else other
    return Mismatch(
        sort, one.town, one.indicator, one.dimensions, one.time, one.fact, other.fact, better.fact.id, reason
    )


def plain(value: Interval) -> str:
    """Both ends to two decimals, for a reason.

    >>> from pipeline.ask.intervals import of
    >>> plain(of("30", "40.5", "range")), plain(of("30", None, "over"))
    ('30–40.5', '30–…')
    """
    low, high = (None if bound is None else f"{bound:.2f}".rstrip("0").rstrip(".") for bound in (value.low, value.high))
    return str(low) if low == high else f"{low or '…'}–{high or '…'}"
