"""Who reports: one name for each unit of the dataset, so that two towns of one name are never one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.store.fetch import ReportRow

Level = Literal["town", "county", "city", "province"]


@dataclass(frozen=True, slots=True)
class Reporter:
    """A unit that reports. ``name`` is unique in the dataset: the county is added where two share a name."""

    name: str
    town: str
    county: str | None
    level: Level = "town"


def reporters(reports: Iterable[ReportRow]) -> dict[str, Reporter]:
    """Report id → the unit that speaks; reports whose unit is unknown are left out.

    A report that names no county belongs to the only county in which the dataset knows that town.
    """
    rows = [row for row in reports if _finest(row)]
    counties: dict[tuple[Level, str], set[str]] = defaultdict(set)
    for row in rows:
        level, name, above = _said(row)
        if above:
            counties[level, name].add(above)
    found = {}
    for row in rows:
        level, name, above = _said(row)
        known = counties[level, name]
        own = above or (next(iter(known)) if len(known) == 1 else None)
        shown = f"{name}（{own or '县不明'}）" if len(known) > 1 else name
        found[row.id] = Reporter(shown, name, own, level)
    return found


def _finest(row: ReportRow) -> str | None:
    return row.town or row.county or row.city or row.province


def _said(row: ReportRow) -> tuple[Level, str, str | None]:
    if row.town:
        return "town", row.town, row.county
    if row.county:
        return "county", row.county, row.city
    if row.city:
        return "city", row.city, row.province
    return "province", row.province or "", None
