"""Who of the roster has reported for each period, who has not, whose file cannot be read, which files are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.ask.reporters import Reporter, reporters
from pipeline.ask.times import Time
from pipeline.model import ReportingUnit, Towns
from pipeline.store.fetch import ReportRow, SourceRow

OWED = frozenset({"summary", "summary_plan", "report"})  # kinds with which a unit reports; a plan or a profile is none
UNREAD = frozenset({"failed", "needs_ocr", "empty"})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Call:
    """One period: the names of the units that reported, that did not, and of those only an unreadable file came."""

    time: Time
    reported: tuple[str, ...]
    missing: tuple[str, ...]
    unread: tuple[tuple[str, str], ...]  # (unit, path)


@dataclass(frozen=True, slots=True)
class Roll:
    """The roster against the dataset. ``nobody`` are (path, the unit that it names, or None) of no unit on the roster.

    ``unread`` are (unit, path) of unreadable files whose period their path does not tell.
    """

    calls: tuple[Call, ...]
    unread: tuple[tuple[str, str], ...]
    nobody: tuple[tuple[str, str | None], ...]


def roll(reports: Sequence[ReportRow], sources: Iterable[SourceRow], towns: Towns) -> Roll | None:
    """The standing of every unit that owes a report; None when towns.yaml lists none."""
    owing = [unit for unit in towns.units if unit.owes]
    if not owing:
        return None
    who = reporters(reports)
    of = {row.id: unit_of(who[row.id], towns) if row.id in who else None for row in reports}
    handed: dict[Time, set[str]] = {}
    for row in reports:
        unit = of[row.id]
        if unit is not None and unit.owes and row.kind in OWED and row.period_start and row.period_end:
            handed.setdefault(Time(row.period_start, row.period_end), set()).add(unit.name)
    read = {row.source for row in reports if of[row.id] is not None}
    nobody = {row.source: (who[row.id].name if row.id in who else None) for row in reports if row.source not in read}
    unread: list[tuple[str, str]] = []
    for source in sources:
        if source.state in UNREAD:
            named = named_in(source.path, towns)
            if named is None:
                nobody[source.path] = None
            elif named.owes:
                unread.append((named.name, source.path))
    calls = tuple(_call(time, handed[time], owing, unread) for time in sorted(handed))
    timed = {path for call in calls for _, path in call.unread} | {
        path for name, path in unread for time in handed if name in handed[time] and _may_be_of(path, time)
    }
    return Roll(calls, tuple(pair for pair in unread if pair[1] not in timed), tuple(sorted(nobody.items())))


def _call(time: Time, handed: set[str], owing: Sequence[ReportingUnit], unread: Sequence[tuple[str, str]]) -> Call:
    broken = tuple((name, path) for name, path in unread if name not in handed and _may_be_of(path, time))
    sent = {name for name, _ in broken}
    names = [unit.name for unit in owing]
    return Call(
        time,
        tuple(name for name in names if name in handed),
        tuple(name for name in names if name not in handed and name not in sent),
        broken,
    )


def unit_of(reporter: Reporter, towns: Towns) -> ReportingUnit | None:
    """The roster's unit that a reporter is: by name or alias, in the same county where both say one."""
    for unit in towns.units:
        county = unit.county or towns.county
        if reporter.town in (unit.name, *unit.aliases) and (not county or reporter.county in (None, county)):
            return unit if reporter.level == "town" else None
    return None


def named_in(path: str, towns: Towns) -> ReportingUnit | None:
    """The unit that a path names, the longest name first."""
    named = [(len(name), unit) for unit in towns.units for name in (unit.name, *unit.aliases) if name in path]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def _may_be_of(path: str, time: Time) -> bool:
    """Does a path speak of this period: its last year, and its half where the path names one?

    >>> _may_be_of("2022年上半年/青禾镇总结.doc", Time("2022-01-01", "2022-06-30"))
    True
    >>> _may_be_of("2022年下半年/青禾镇总结.doc", Time("2022-01-01", "2022-06-30"))
    False
    """
    years = _YEAR.findall(path)
    if not years or years[-1] != time.start[:4]:
        return False
    for word in ("上半年", "下半年"):
        if word in path:
            return time.label.endswith(word)
    return True


def plain(told: Roll) -> dict[str, Any]:
    """The same for machines."""
    return {
        "periods": [
            {
                "period": call.time.label,
                "reported": list(call.reported),
                "missing": list(call.missing),
                "unread": [{"unit": name, "path": path} for name, path in call.unread],
            }
            for call in told.calls
        ],
        "unread": [{"unit": name, "path": path} for name, path in told.unread],
        "nobody": [{"path": path, "unit": name} for path, name in told.nobody],
    }
