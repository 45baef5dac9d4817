"""What a report says of earlier times against what was reported then: earlier values, and growth since them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.ask import intervals
from pipeline.ask.cells import names_its_time
from pipeline.ask.intervals import Interval
from pipeline.ask.mismatch import Mismatch, mismatch, plain
from pipeline.ask.times import Time
from pipeline.ask.told import Cell, Told, best
from pipeline.store.fetch import FactRow

_YEAR_ON_YEAR = re.compile("同比|同期|[比较同](?:去年|上年)(?!下半年|上半年|[一二三四]季度)")
_HALF_ON_HALF = re.compile("[比较同](?:今年|本年)?上半年|环比")
_LINK = re.compile(
    "[，,、（(\\s]*(?:与|同|较|比|相比|去年|上年|今年|本年|同期|上半年|下半年|全年|的|同比|环比|又|再|净|增长|增加|增幅|上升|提高|提升|"
    "多|下降|减少|降低|少|了|达|为|约)*"
)
"""All that may stand between a number and its own growth; a noun there begins another thing."""
_IN_WORDS = re.compile("[番倍成半]")
"""翻一番, 近一倍, 三成: nobody means such a growth to a percent."""
_ROUNDING = Decimal("0.6")
"""How far a growth in percent may be off by rounding."""


def find(told: Sequence[Told], stored: Mapping[Cell, Sequence[Told]]) -> Iterator[Mismatch]:
    """Baselines, results of other times, and growth; ``stored`` are the counted values by cell."""
    for each in told:
        if each.fact.kind == "baseline" and each.fact.scope == "town" and not each.fact.per and "每" not in each.lead:
            yield from _baseline(each, stored)
        elif each.counted and not each.first_hand and names_its_time(each.fact):
            yield from _hearsay(each, stored.get(each.cell, ()), told)
        if each.counted and each.following is not None and each.following.kind == "change":
            yield from _growth(each, each.following, stored)


def _baseline(each: Told, stored: Mapping[Cell, Sequence[Told]]) -> Iterator[Mismatch]:
    """``由12篇增至20篇``: the 12 must be what some report said, of the time that is named or else of those before."""
    named = each.fact.period_from == "clause" and each.time != each.report
    times = [each.time] if named else [each.report.before, each.report.year_before]
    found = [
        one for time in times for one in stored.get((*each.cell[:3], time), ()) if one.fact.report != each.fact.report
    ]
    if found and not any(_agree(each.value, one.value) for one in found):
        other = found[0]
        reason = f"这里说原来是 {each.fact.text}, {other.time.label}报的是 {other.fact.text}"
        yield mismatch("earlier", each, other, reason)


def _hearsay(each: Told, same: Sequence[Told], told: Sequence[Told]) -> Iterator[Mismatch]:
    """``上半年投稿40篇`` in the next report, where the first half's own report said 32."""
    own = [one for one in same if one.first_hand and one.fact.unit == each.fact.unit]
    if not own or any(_agree(each.value, one.value) for one in own):
        return
    beside = [one for one in told if one.fact.sentence == each.fact.sentence and one.fact.report == each.fact.report]
    if any(
        one.indicator == each.indicator and intervals.are_consistent(one.value, other.value)
        for one in beside
        for other in own
    ):
        return  # the sentence names the reported value too: this number is of another time
    reason = f"{own[0].time.label}的报告写的是 {own[0].fact.text}, 后来的报告说那时是 {each.fact.text}"
    yield mismatch("earlier", each, own[0], reason)


def _agree(one: Interval, other: Interval) -> bool:
    """Nobody asks back because 突破40万 was told as 40万 later: ends that touch agree."""
    closed = [Interval(each.low, each.high) for each in (one, other)]
    return intervals.are_consistent(*closed)


def _growth(each: Told, change: FactRow, stored: Mapping[Cell, Sequence[Told]]) -> Iterator[Mismatch]:
    """``投稿120篇，同比增长20%`` and ``较上半年多6篇`` against the value that was reported then."""
    before = counted_from(each.time, change.sentence[each.fact.offset + len(each.fact.text) : change.offset])
    value = intervals.of(change.low_text, change.high_text, change.approx)
    if before is None or change.unit not in ("%", each.fact.unit) or _IN_WORDS.search(change.text):
        return
    others = [one for one in stored.get((*each.cell[:3], before), ()) if one.fact.report != each.fact.report]
    other = best(others) if others else None
    if other is None:
        return
    real = contradicting(each.value, other.value, value, change.direction == "down", _in_percent(change, each.fact))
    if real is not None:
        end = "%" if change.unit == "%" else each.fact.unit
        reason = f"这里说 {change.text}, 按{other.time.label}报的 {other.fact.text} 算是 {plain(real)}{end}"
        yield mismatch("growth", each, other, reason)


def _in_percent(change: FactRow, fact: FactRow) -> bool:
    return change.unit == "%" and fact.unit != "%"


def counted_from(time: Time, between: str) -> Time | None:
    """The time that a growth is counted from, by the words between the value and the growth; None when unclear.

    >>> counted_from(Time("2022-07-01", "2022-12-31"), "，较上半年增加").label
    '2022年上半年'
    >>> counted_from(Time("2022-07-01", "2022-12-31"), "，其中市级比上半年增加")
    """
    if not _LINK.fullmatch(between):
        return None
    if _HALF_ON_HALF.search(between) and "去年" not in between and "上年" not in between:
        return time.before if time.start.endswith("07-01") else None
    return time.year_before if _YEAR_ON_YEAR.search(between) else None


def contradicting(new: Interval, old: Interval, told: Interval, down: bool, in_percent: bool) -> Interval | None:
    """The growth from ``old`` to ``new`` where it cannot be the growth that is told; None where it can.

    >>> from pipeline.ask.intervals import of
    >>> one, two = of("120", "120", "exact"), of("100", "100", "exact")
    >>> contradicting(one, two, of("20", "20", "exact"), False, True)
    >>> contradicting(one, two, of("35", "35", "exact"), False, True).low
    Decimal('20.0')
    """
    if told.low is None or told.high is None:
        return None
    low, high = sorted((-told.low, -told.high) if down else (told.low, told.high))
    real = intervals.growth(new, old) if in_percent else intervals.difference(new, old)
    loose = _ROUNDING if in_percent else Decimal(0)
    is_other = real is not None and not intervals.are_consistent(real, Interval(low - loose, high + loose))
    return real if is_other else None
