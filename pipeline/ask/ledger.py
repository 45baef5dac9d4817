"""Promises against results: what a report planned, and what the next one says of it.

A promise is a number that a plan sets; its answer is the number that the same town's report of the following time
gives for the same thing: the same indicator and details, or else the same words and unit. The fate is decided by the
intervals alone. Where the answer is not sure to be of the same thing, or the intervals overlap, the fate is
``doubtful``: for a person to read, both sentences beside each other.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.ask import intervals, matching
from pipeline.ask.intervals import Interval
from pipeline.ask.problems import Repeated, repeated
from pipeline.ask.reporters import reporters
from pipeline.ask.roster import unknown
from pipeline.ask.times import Time, asked
from pipeline.errors import QueryError
from pipeline.store import fetch
from pipeline.store.fetch import FactRow, IndicatorRow, ReportRow

Fate = Literal["kept", "exceeded", "missed", "not_mentioned", "doubtful", "no_report"]
FATES: tuple[Fate, ...] = ("missed", "doubtful", "not_mentioned", "kept", "exceeded", "no_report")


class Promise(NamedTuple):
    """A number that a plan set: ``made`` is the report's time, ``due`` the time whose report should answer."""

    town: str
    made: Time
    due: Time
    fact: FactRow
    target: Interval
    indicator: IndicatorRow | None
    source: str

    @property
    def thing(self) -> str:
        """What was promised, in the book's words or the report's own."""
        return self.indicator.name if self.indicator else self.fact.object


class Entry(NamedTuple):
    """A promise and its fate; ``answers`` are the facts that decide, ``result`` what they come to."""

    promise: Promise
    fate: Fate
    result: Interval | None = None
    answers: tuple[FactRow, ...] = ()
    source: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All promises by town and time, and the problems that a next report names again."""

    entries: tuple[Entry, ...]
    problems: tuple[Repeated, ...]

    @property
    def due(self) -> tuple[Entry, ...]:
        """The promises whose time has come: there is a report that could answer."""
        return tuple(entry for entry in self.entries if entry.fate != "no_report")

    def count(self, fate: Fate) -> int:
        """How many promises met this fate."""
        return sum(entry.fate == fate for entry in self.entries)


def ledger(
    base: sqlite3.Connection,
    towns: Sequence[str] = (),
    periods: Sequence[str] = (),
    facts: Sequence[FactRow] | None = None,
) -> Ledger:
    """The promises of all towns or these; ``periods`` are the times in which they were made.

    Raises ``QueryError`` for a town or time that the dataset does not know.
    """
    reports = fetch.reports(base)
    who = reporters(reports)
    dated = {row.id: (who[row.id].name, time) for row in reports if row.id in who and (time := _time(row))}
    names = _chosen([name for name, _ in dated.values()], towns)
    made = _periods({time for _, time in dated.values()}, periods)
    said: dict[tuple[str, Time], list[FactRow]] = defaultdict(list)
    for fact in fetch.facts(base) if facts is None else facts:
        if fact.report in dated and dated[fact.report][0] in names:
            said[dated[fact.report]].append(fact)
    book = {row.id: row for row in fetch.indicators(base)}
    sources = {row.id: row.source for row in reports}
    known = set(dated.values())
    entries = [
        _answered(promise, said, known, book, sources)
        for (town, time), facts in sorted(said.items(), key=lambda item: item[0])
        if time in made
        for promise in promises(town, time, facts, book, sources)
    ]
    return Ledger(tuple(entries), repeated(base, {key: own for key, own in dated.items() if own[0] in names}))


def _time(row: ReportRow) -> Time | None:
    return Time(row.period_start, row.period_end) if row.period_start and row.period_end else None


def _chosen(known: Iterable[str], towns: Sequence[str]) -> set[str]:
    every = set(known)
    for town in towns:
        if town not in every:
            raise QueryError(unknown("单位", town, sorted(every)))
    return set(towns) or every


def _periods(known: set[Time], periods: Sequence[str]) -> set[Time]:
    found = set()
    for words in periods:
        time = asked(words)
        if time is None or time not in known:
            raise QueryError(unknown("时期", words, [each.label for each in sorted(known)]))
        found.add(time)
    return found or known


def promises(
    town: str, made: Time, facts: Iterable[FactRow], book: Mapping[str, IndicatorRow], sources: Mapping[str, str]
) -> list[Promise]:
    """The numbers that a report's plan sets: targets, and frequencies (每月不少于8条) that it promises to hold.

    Outside the plan a target counts when its time lies ahead, or when it stands in a heading (回复率保证100%).
    """
    due = made.after
    found = []
    for fact in facts:
        if fact.kind not in ("target", "norm") or fact.scope in ("superior", "other"):
            continue
        is_plan = fact.role == "plan"
        ahead = bool(fact.period_from == "clause" and fact.period_end and fact.period_end > made.end)
        if not (is_plan or (fact.kind == "target" and (ahead or fact.role == "heading"))):
            continue
        indicator = book.get(fact.indicator) if fact.indicator else None
        value = intervals.of(fact.low_text, fact.high_text, fact.approx)
        target = _times(value, matching.listed(fact))
        found.append(Promise(town, made, due, fact, target, indicator, sources[fact.report]))
    return found


def _times(value: Interval, count: int) -> Interval:
    if count == 1:
        return value
    low, high = (None if end is None else end * count for end in (value.low, value.high))
    return value._replace(low=low, high=high)


def _answered(
    promise: Promise,
    said: Mapping[tuple[str, Time], Sequence[FactRow]],
    known: set[tuple[str, Time]],
    book: Mapping[str, IndicatorRow],
    sources: Mapping[str, str],
) -> Entry:
    if (promise.town, promise.due) not in known:
        return Entry(promise, "no_report", reason=f"没有{promise.due.label}的报告")
    found = matching.answer(
        promise.fact, promise.indicator, promise.due, said.get((promise.town, promise.due), ()),
        said.get((promise.town, promise.made), ()), book,
    )  # fmt: skip
    if found is None:
        return Entry(promise, "not_mentioned")
    target = _times(promise.target, found.times)
    source = sources[found.facts[0].report]
    down = bool(promise.indicator and promise.indicator.better == "down") or target.low is None
    fate = judged(target, found.value, down)
    reason = found.reason
    if not found.is_sure:
        fate, reason = "doubtful", found.reason or "不能确定说的是同一件事"
    elif fate == "doubtful":
        reason = "数字有余地, 不能确定是否达到"
    return Entry(promise, fate, found.value, found.facts, source, reason)


def judged(target: Interval, result: Interval, down: bool = False) -> Fate:
    """Did the result reach the target? ``down``: less is better (投诉控制在5件以内).

    >>> from pipeline.ask.intervals import of
    >>> judged(of("30", "30", "exact"), of("30", "40", "more"))
    'kept'
    >>> judged(of("800", None, "over"), of("800", "800", "exact"))
    'missed'
    >>> judged(of("30", None, "at_least"), of("28", "32", "range"))
    'doubtful'
    >>> judged(of(None, "5", "at_most"), of("3", "3", "exact"), down=True)
    'exceeded'
    """
    if down:
        goal = target.high if target.high is not None else target.low
        low, high, is_open = _negative(result.high), _negative(result.low), target.high_open
        goal = _negative(goal)
    else:
        goal = target.low if target.low is not None else target.high
        low, high, is_open = result.low, result.high, target.low_open
    if goal is None:
        return "doubtful"
    if low is not None and low > goal:
        return "exceeded"
    if low is not None and low == goal and not is_open:
        return "exceeded" if (result.high_open if down else result.low_open) else "kept"
    if high is not None and (high < goal or (high == goal and (is_open or (not down and result.high_open)))):
        return "missed"
    return "doubtful"


def _negative(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value
