"""A dataset's counted numbers with whose they are and of which time: what the checks of agreement work on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from pipeline.ask import intervals, wordings
from pipeline.ask.cells import Dimensions, cite, dimensions, names_its_time
from pipeline.ask.intervals import Interval
from pipeline.ask.reporters import Level, Reporter
from pipeline.ask.times import Time
from pipeline.store.fetch import FactRow, IndicatorRow, ReportRow

Cell = tuple[str, str, Dimensions, Time]  # town, indicator, dimensions, time

_TOTAL = re.compile("共|累计|总计|合计|全年|上半年|下半年|半年|全镇|全乡|全街道")
_PART = re.compile("其中|包括|分别")
_ROOM = 6
"""Characters of a clause before the word for a total; what is longer names a part: 三个园区累计引进31个."""


class Told(NamedTuple):
    """A fact of an indicator, its value, and what can be relied on.

    ``counted``: it is an achieved number of the whole town. ``first_hand``: its report is of that very time.
    ``following``: the next fact of the same sentence, or None.
    """

    fact: FactRow
    town: str
    indicator: IndicatorRow
    dimensions: Dimensions
    time: Time
    report: Time
    value: Interval
    counted: bool
    following: FactRow | None = None
    level: Level = "town"

    @property
    def first_hand(self) -> bool:
        """Does the report speak of its own time (or of a time that ends with it, as a year's does)?"""
        return self.time.end == self.report.end

    @property
    def cell(self) -> Cell:
        """What it is the value of."""
        return self.town, self.indicator.id, self.dimensions, self.time

    @property
    def lead(self) -> str:
        """What stands before the number in its own clause."""
        fact = self.fact
        clause = wordings.clause(fact.sentence, fact.offset, len(fact.text))
        start = fact.sentence.rfind(clause, 0, fact.offset + len(clause))
        return fact.sentence[max(start, 0) : max(fact.offset, 0)]

    @property
    def is_total(self) -> bool:
        """Does its clause claim the whole of its time? A row, a single event and a part do not."""
        lead = self.lead
        found = _TOTAL.search(lead)
        return (
            found is not None and found.start() <= _ROOM and "\t" not in self.fact.sentence and not _PART.search(lead)
        )


def told(
    facts: Sequence[FactRow],
    reports: Mapping[str, ReportRow],
    who: Mapping[str, Reporter],
    book: Mapping[str, IndicatorRow],
) -> list[Told]:
    """Every fact that an indicator knows, of a known town and time, in the order of ``facts``."""
    times = {
        key: Time(row.period_start, row.period_end)
        for key, row in reports.items()
        if key in who and row.period_start and row.period_end
    }
    made = []
    for fact, other in zip_longest(facts, facts[1:]):
        if fact.indicator is None or fact.report not in times or not fact.period_start or not fact.period_end:
            continue
        indicator, town = book.get(fact.indicator), who[fact.report]
        if indicator is None:
            continue
        said = cite(fact, indicator, reports[fact.report].source)
        is_beside = other is not None and (other.report, other.sentence) == (fact.report, fact.sentence)
        made.append(
            Told(
                fact, town.name, indicator, dimensions(fact.dimensions), Time(fact.period_start, fact.period_end),
                times[fact.report], said.value, said.counted, other if is_beside else None, town.level,
            )
        )  # fmt: skip
    return made


def by_cell(every: Iterable[Told]) -> dict[Cell, list[Told]]:
    """The counted values of one town, indicator, set of dimensions and time; hearsay only where it names its time.

    A number of the plan does not count beside one that is reported.
    """
    groups: dict[Cell, list[Told]] = defaultdict(list)
    for each in every:
        if each.counted and (each.first_hand or names_its_time(each.fact)):
            groups[each.cell].append(each)
    return {cell: [each for each in found if each.fact.role != "plan"] or found for cell, found in groups.items()}


def best(same: Sequence[Told]) -> Told | None:
    """The most precise of a cell's values, totals and first-hand ones first; None where these contradict each other."""
    if len(same) == 1:
        return same[0]
    own = [each for each in same if each.first_hand] or list(same)
    own = [each for each in own if each.is_total] or own
    one = min(own, key=lambda each: each.value.width)
    agree = all(intervals.are_consistent(one.value, other.value) for other in own)
    return one if agree and all(other.fact.unit == one.fact.unit for other in own) else None


def days(time: Time) -> int:
    """How many days a time has."""
    return (date.fromisoformat(time.end) - date.fromisoformat(time.start)).days + 1
