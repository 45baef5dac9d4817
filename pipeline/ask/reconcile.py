"""Do the stored numbers agree: within one report, between reports of one town, and between towns.

Every finding names two facts with their sentences; nothing is corrected. Of two values of one thing the more precise
one is said to count (``better``), never the first.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Literal

from pipeline.ask import intervals
from pipeline.ask.cells import Cited, Dimensions, cite, dimensions
from pipeline.ask.intervals import Interval
from pipeline.store import fetch
from pipeline.store.fetch import FactRow, IndicatorRow, ReportRow

Sort = Literal[
    "restated",  # the same thing told twice, once more precisely
    "inconsistent",  # the same thing told twice, and both cannot be right
    "parts",  # parts that are together more than their total
    "spans",  # quarters against their half-year, halves against their year
    "earlier",  # an earlier value told otherwise than it was reported
    "growth",  # a stated growth that does not follow from the stored earlier value
    "rate",  # more than can be done in the time
    "identical",  # the same numbers in two towns, or of one town in two years
]

_EVENTS = frozenset(("场", "期", "堂", "批", "节"))
_TOTAL = re.compile("共|累计|总计|合计|全年|上半年|下半年|半年|全镇|全乡|全街道")
_YEAR_ON_YEAR = re.compile("同比|[比较](?:去年|上年)(?!下半年|上半年|[一二三四]季度)")
_DAILY = Decimal(8)
"""More talks, trainings or performances a day than a town's staff can hold, every day of the period."""
_NEAR = 16
"""How near before a number the word stands that makes it a total."""
_SAME_AT_LEAST = 4
_SAME_SHARE = Decimal("0.6")
_SMALL = Decimal(10)
"""Small counts agree by chance (2 trainings, 4 meetings); only greater ones tell of a copy."""
_ROUNDING = Decimal("0.6")
"""How far a growth in percent may be off by rounding."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with whose it is, of which time, and its value."""

    fact: FactRow
    town: str
    indicator: str
    dimensions: Dimensions
    start: date
    end: date
    value: Interval
    counted: bool


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two numbers that should agree: what sort, both facts, which of them is the more precise, and why."""

    sort: Sort
    town: str
    indicator: str
    one: FactRow
    other: FactRow
    better: str
    reason: str


def find(base: sqlite3.Connection) -> list[Mismatch]:
    """Every mismatch of a dataset, by town, then sort."""
    book = {row.id: row for row in fetch.indicators(base)}
    reports = {row.id: row for row in fetch.reports(base)}
    facts = fetch.indicated(base)
    told = [each for each in (_told(fact, book, reports) for fact in facts) if each is not None]
    found = [
        *_twice(told),
        *_parts(told),
        *_spans(told, book),
        *_earlier(told),
        *_growth(told, fetch.facts(base)),
        *_rates(told, book),
        *_identical(told),
    ]
    return sorted(found, key=lambda each: (each.town, each.sort, each.one.id))


def _told(fact: FactRow, book: dict[str, IndicatorRow], reports: dict[str, ReportRow]) -> Told | None:
    report, indicator = reports.get(fact.report), book.get(fact.indicator or "")
    start, end = fact.period_start, fact.period_end
    if report is None and indicator is None:
        return None
    if report is None or indicator is None or report.town is None or start is None or end is None:
        return None
    said: Cited = cite(fact, indicator, report.source)
    return Told(
        fact, report.town, indicator.id, dimensions(fact.dimensions), date.fromisoformat(start),
        date.fromisoformat(end), said.value, said.counted,
    )  # fmt: skip


def _better(one: Told, other: Told) -> str:
    return one.fact.id if one.value.width <= other.value.width else other.fact.id


def _mismatch(sort: Sort, one: Told, other: Told, reason: str) -> Mismatch:
    return Mismatch(sort, one.town, one.indicator, one.fact, other.fact, _better(one, other), reason)


def _grouped(told: Iterable[Told], *, by_report: bool) -> dict[tuple[object, ...], list[Told]]:
    """Counted achieved values of one town, indicator, set of dimensions and time."""
    groups: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for each in told:
        if each.counted:
            key: tuple[object, ...] = (each.town, each.indicator, each.dimensions, each.start, each.end)
            groups[(*key, each.fact.report) if by_report else key].append(each)
    return groups


def _twice(told: Sequence[Told]) -> Iterator[Mismatch]:
    """One thing told twice in two sentences: inconsistent, or the same less precisely."""
    for same in _grouped(told, by_report=False).values():
        for one, other in combinations(same, 2):
            if one.fact.sentence == other.fact.sentence or not (_is_total(one) and _is_total(other)):
                continue
            if not intervals.are_consistent(one.value, other.value):
                yield _mismatch(
                    "inconsistent", one, other, f"同一件事两处说法不一致: {one.fact.text}／{other.fact.text}"
                )
            elif one.value != other.value:
                yield _mismatch("restated", one, other, f"同一件事详略不同: {one.fact.text}／{other.fact.text}")


def _is_total(each: Told) -> bool:
    """Whether a sentence claims the whole of its time; a row and a single event (演出3场) are parts of it."""
    before = each.fact.sentence[: each.fact.offset]
    return "\t" not in each.fact.sentence and _TOTAL.search(before[-_NEAR:]) is not None


def _parts(told: Sequence[Told]) -> Iterator[Mismatch]:
    """``采用57篇，省级4篇、市级15篇、县级40篇``: parts by level that are more than the total beside them."""
    sentences: dict[tuple[str, int, str, str], list[Told]] = defaultdict(list)
    for each in told:
        if each.counted:
            sentences[each.fact.report, each.fact.paragraph, each.fact.sentence, each.indicator].append(each)
    for said in sentences.values():
        whole = next((each for each in said if "level" not in dict(each.dimensions)), None)
        parts = [each for each in said if "level" in dict(each.dimensions)]
        if whole is None or len(parts) < 2:  # one part alone is no sum
            continue
        together = intervals.total(each.value for each in parts)
        if intervals.is_above(together, whole.value):
            yield _mismatch("parts", whole, parts[0], f"各部分相加 {_plain(together)} 超过合计 {whole.fact.text}")


def _spans(told: Sequence[Told], book: dict[str, IndicatorRow]) -> Iterator[Mismatch]:
    """Quarters against their half, halves against their year: only for what may be summed."""
    series: dict[tuple[str, str, Dimensions], dict[tuple[date, date], Told]] = defaultdict(dict)
    for same in _grouped(told, by_report=False).values():
        best = min(same, key=lambda each: each.value.width)
        if book[best.indicator].flow == "flow" and best.fact.unit not in ("%", "‰"):
            series[best.town, best.indicator, best.dimensions][best.start, best.end] = best
    for times in series.values():
        for (start, end), whole in times.items():
            inner = sorted(key for key in times if key != (start, end) and start <= key[0] and key[1] <= end)
            covering = _covering(inner, start, end)
            parts = [times[key] for key in covering]
            together = intervals.total(part.value for part in parts)
            if parts and not intervals.are_consistent(together, whole.value):
                yield _mismatch(
                    "spans", whole, parts[0], f"分期相加 {_plain(together)} 与全期 {whole.fact.text} 不一致"
                )
            for part in [] if parts else [times[key] for key in inner]:
                if intervals.is_above(part.value, whole.value):
                    yield _mismatch("spans", whole, part, f"一部分时间 {part.fact.text} 多于全期 {whole.fact.text}")


def _covering(inner: Sequence[tuple[date, date]], start: date, end: date) -> list[tuple[date, date]]:
    """The fewest stated times that follow one another from ``start`` to ``end``; none when there is a gap."""
    chain: list[tuple[date, date]] = []
    at = start
    while at <= end:
        following = [key for key in inner if key[0] == at]
        if not following:
            return []
        chain.append(max(following, key=lambda key: key[1]))
        at = date.fromordinal(chain[-1][1].toordinal() + 1)
    return chain


def _earlier(told: Sequence[Told]) -> Iterator[Mismatch]:
    """A baseline (由12篇增至20篇) against what was reported for the year before, in another report."""
    stored = _grouped(told, by_report=False)
    for each in told:
        if each.fact.kind != "baseline" or each.fact.scope != "town":
            continue
        for before in _year_before(each, stored):
            if not intervals.are_consistent(each.value, before.value):
                yield _mismatch(
                    "earlier", each, before, f"这里说去年同期 {each.fact.text}, 当时报的是 {before.fact.text}"
                )


def _year_before(each: Told, stored: dict[tuple[object, ...], list[Told]]) -> list[Told]:
    try:
        start, end = (day.replace(year=day.year - 1) for day in (each.start, each.end))
    except ValueError:  # 29 February
        return []
    same = stored.get((each.town, each.indicator, each.dimensions, start, end), [])
    return [one for one in same if one.fact.report != each.fact.report]


def _growth(told: Sequence[Told], facts: Sequence[FactRow]) -> Iterator[Mismatch]:
    """``投稿120篇，同比增长20%`` against the value that was reported a year before."""
    stored = _grouped(told, by_report=False)
    following = {one.id: other for one, other in pairwise(facts) if one.sentence == other.sentence}
    for each in told:
        change = following.get(each.fact.id)
        if (
            not each.counted
            or change is None
            or change.kind != "change"
            or change.unit != "%"
            or not _YEAR_ON_YEAR.search(change.sentence)
        ):
            continue
        rate = intervals.of(change.low_text, change.high_text, change.approx)
        if rate.low is None or rate.high is None:
            continue
        sign = -1 if change.direction == "down" else 1
        low, high = sorted((sign * rate.low, sign * rate.high))
        for before in _year_before(each, stored):
            real = intervals.growth(each.value, before.value)
            if real is None:
                continue
            claimed = Interval(low - _ROUNDING, high + _ROUNDING)
            if not intervals.are_consistent(real, claimed):
                reason = f"这里说 {change.text}, 按去年报的 {before.fact.text} 算是 {_plain(real)}%"
                yield _mismatch("growth", each, before, reason)


def _rates(told: Sequence[Told], book: dict[str, IndicatorRow]) -> Iterator[Mismatch]:
    """More events than days allow, and shares above the whole."""
    for each in told:
        if not each.counted or each.value.low is None:
            continue
        days = Decimal((each.end - each.start).days + 1)
        if each.fact.unit in _EVENTS and each.value.low > days * _DAILY:
            reason = f"{days} 天里 {each.fact.text}, 平均每天 {each.value.low / days:.1f}{each.fact.unit}, 请核对"
            yield _mismatch("rate", each, each, reason)
        elif each.fact.unit == "%" and each.value.low > 100 and book[each.indicator].name.endswith("率"):
            yield _mismatch("rate", each, each, f"{book[each.indicator].name} {each.fact.text} 超过 100%")


def _identical(told: Sequence[Told]) -> Iterator[Mismatch]:
    """Most exact numbers of one report stand in another: of a second town, or of the same town's other year."""
    numbers: dict[str, dict[tuple[str, Dimensions], Told]] = defaultdict(dict)
    for each in told:
        if each.counted and each.value.is_exact and each.value.low is not None and each.value.low >= _SMALL:
            numbers[each.fact.report][each.indicator, each.dimensions] = each
    for mine, theirs in combinations(numbers.values(), 2):
        shared = [(mine[key], theirs[key]) for key in mine.keys() & theirs.keys()]
        equal = [(one, other) for one, other in shared if one.value == other.value and one.fact.unit == other.fact.unit]
        if len(equal) < _SAME_AT_LEAST or len(equal) < _SAME_SHARE * len(shared):
            continue
        for one, other in sorted(equal, key=lambda pair: pair[0].fact.id):
            if one.town == other.town and (one.start, one.end) == (other.start, other.end):
                continue
            whose = f"与{other.town}相同" if one.town != other.town else f"与本镇 {other.start.year} 年相同"
            yield _mismatch("identical", one, other, f"{one.fact.text} {whose}, 两份报告共有 {len(equal)} 个相同的数")


def _plain(value: Interval) -> str:
    low, high = (None if bound is None else f"{bound:.2f}".rstrip("0").rstrip(".") for bound in (value.low, value.high))
    if low == high:
        return str(low)
    return f"{low or '…'}–{high or '…'}"
