"""Do the stored numbers agree: within one report, between reports of one town, and between towns.

Every finding names two facts with their sentences; nothing is corrected. Of two values of one thing the more precise
one is said to count (``better``), never the first. Whoever reads this asks back at the town: so a finding must be
worth a question, and what can be explained by the words is left out.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from pipeline.ask import hindsight, intervals
from pipeline.ask.cells import RATES, Dimensions
from pipeline.ask.mismatch import SORTS, Mismatch, mismatch, plain
from pipeline.ask.reporters import reporters
from pipeline.ask.times import Time
from pipeline.ask.told import Cell, Told, best, by_cell, days, told
from pipeline.store import fetch
from pipeline.store.fetch import FactRow

_EVENTS = frozenset(("场", "期", "堂", "批", "节"))
_DAILY = Decimal(8)
"""More talks, trainings or performances a day than a town's staff can hold, every day of the period."""
_SHARE = re.compile("(?<!完成)(?<!增长)(?<!达标)率$")
"""Shares of a whole; more than the whole of a plan may be fulfilled."""
_LENGTHS = frozenset(("year", "half", "quarter"))
_SAME_AT_LEAST = 4
_SAME_SHARE = Decimal("0.6")
_SMALL = Decimal(10)
"""Small counts agree by chance (2 trainings, 4 meetings); only greater ones tell of a copy."""


def find(base: sqlite3.Connection, facts: Sequence[FactRow] | None = None) -> list[Mismatch]:
    """Every mismatch of a dataset, by town, then the gravest sort first; ``facts`` where the caller has them all."""
    book = {row.id: row for row in fetch.indicators(base)}
    rows = fetch.reports(base)
    every = told(
        fetch.facts(base) if facts is None else facts, {row.id: row for row in rows}, reporters(rows), book
    )  # fmt: skip
    stored = by_cell(every)
    found = [
        *_twice(stored),
        *_parts(every),
        *_spans(stored),
        *hindsight.find(every, stored),
        *_rates(every),
        *_identical(every),
    ]
    return sorted(found, key=lambda each: (each.town, SORTS.index(each.sort), each.one.id))


def _twice(stored: Mapping[Cell, Sequence[Told]]) -> Iterator[Mismatch]:
    """One thing told twice in two sentences: inconsistent, or the same less precisely."""
    for same in stored.values():
        totals = [each for each in same if each.first_hand and each.is_total] if len(same) > 1 else []
        for one, other in combinations(totals, 2):
            if one.fact.sentence == other.fact.sentence or one.fact.unit != other.fact.unit:
                continue
            if not intervals.are_consistent(one.value, other.value):
                if not _is_said_there(one, other, same) and not _is_said_there(other, one, same):
                    reason = f"同一件事两处说法不一致: {one.fact.text}／{other.fact.text}"
                    yield mismatch("inconsistent", one, other, reason)
            elif one.value != other.value:
                yield mismatch("restated", one, other, f"同一件事详略不同: {one.fact.text}／{other.fact.text}")


def _is_said_there(one: Told, other: Told, same: Sequence[Told]) -> bool:
    """Does the other's sentence hold a number that agrees with this one? Then its own number is of something else."""
    return any(
        each.fact.sentence == other.fact.sentence and intervals.are_consistent(each.value, one.value) for each in same
    )


def _parts(every: Sequence[Told]) -> Iterator[Mismatch]:
    """``采用57篇，省级4篇、市级15篇、县级40篇``: parts by level that are more than the total beside them."""
    sentences: dict[tuple[str, int, str, str, str], list[Told]] = defaultdict(list)
    for each in every:
        if each.counted:
            fact = each.fact
            sentences[fact.report, fact.paragraph, fact.sentence, each.indicator.id, fact.unit].append(each)
    for said in sentences.values():
        whole = next((each for each in said if "level" not in dict(each.dimensions)), None)
        parts = [each for each in said if "level" in dict(each.dimensions)]
        if whole is None or len(parts) < 2:  # one part alone is no sum
            continue
        together = intervals.total(each.value for each in parts)
        if intervals.is_above(together, whole.value):
            yield mismatch("parts", whole, parts[0], f"各部分相加 {plain(together)} 超过合计 {whole.fact.text}")


def _spans(stored: Mapping[Cell, Sequence[Told]]) -> Iterator[Mismatch]:
    """Quarters against their half, halves against their year: only for what may be summed."""
    series: dict[tuple[str, str, Dimensions], dict[Time, Told]] = defaultdict(dict)
    for (town, indicator, dimensions, time), same in stored.items():
        one = best(same)
        if one is not None and one.indicator.flow == "flow" and one.fact.unit not in RATES:
            series[town, indicator, dimensions][time] = one
    for times in series.values():
        for time, whole in times.items() if len(times) > 1 else ():
            if time.length not in _LENGTHS or not (whole.time == whole.report or whole.is_total):
                continue
            inner = sorted(
                each for each, one in times.items()
                if each != time and time.start <= each.start and each.end <= time.end
                and one.fact.unit == whole.fact.unit
            )  # fmt: skip
            parts = [times[each] for each in _covering(inner, time)]
            together = intervals.total(part.value for part in parts)
            if parts and not intervals.are_consistent(together, whole.value):
                reason = f"分期相加 {plain(together)} 与全期 {whole.fact.text} 不一致"
                yield mismatch("spans", whole, parts[0], reason)
            for part in [] if parts else [times[each] for each in inner]:
                if intervals.is_above(part.value, whole.value):
                    yield mismatch("spans", whole, part, f"一部分时间 {part.fact.text} 多于全期 {whole.fact.text}")


def _covering(inner: Sequence[Time], whole: Time) -> list[Time]:
    """The fewest stated times that follow one another and fill the whole; none when there is a gap."""
    chain: list[Time] = []
    while not chain or chain[-1].end < whole.end:
        following = [
            time for time in inner
            if (time.start == whole.start if not chain else days(Time(chain[-1].end, time.start)) == 2)
        ]  # fmt: skip
        if not following:
            return []
        chain.append(max(following, key=lambda time: time.end))
    return chain


def _rates(every: Sequence[Told]) -> Iterator[Mismatch]:
    """More events than days allow, and shares above the whole."""
    for each in every:
        if not each.counted or each.value.low is None or each.level != "town":
            continue
        number = Decimal(days(each.time))
        if each.fact.unit in _EVENTS and each.value.low > number * _DAILY:
            average = f"平均每天 {each.value.low / number:.1f}{each.fact.unit}"
            yield mismatch("rate", each, each, f"{number} 天里 {each.fact.text}, {average}, 请核对")
        elif each.fact.unit == "%" and each.value.low > 100 and _SHARE.search(each.indicator.name):
            yield mismatch("rate", each, each, f"{each.indicator.name} {each.fact.text} 超过 100%")


def _identical(every: Sequence[Told]) -> Iterator[Mismatch]:
    """Most exact numbers of one report stand in another: of a second town, or of the same town's other year."""
    numbers: dict[str, dict[tuple[str, Dimensions], Told]] = defaultdict(dict)
    for each in every:
        if each.counted and each.value.is_exact and each.value.low is not None and each.value.low >= _SMALL:
            numbers[each.fact.report][each.indicator.id, each.dimensions] = each
    for mine, theirs in combinations(numbers.values(), 2):
        shared = [(mine[key], theirs[key]) for key in mine.keys() & theirs.keys()]
        equal = [(one, other) for one, other in shared if one.value == other.value and one.fact.unit == other.fact.unit]
        if len(equal) < _SAME_AT_LEAST or len(equal) < _SAME_SHARE * len(shared):
            continue
        for one, other in sorted(equal, key=lambda pair: pair[0].fact.id):
            if one.town == other.town and one.time == other.time:
                continue
            whose = f"与{other.town}相同" if one.town != other.town else f"与本单位{other.time.label}相同"
            yield mismatch("identical", one, other, f"{one.fact.text} {whose}, 两份报告共有 {len(equal)} 个相同的数")
