"""Reports of one unit for one period, and which of them count: the only place where that is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from pipeline.store.database import transaction


class Draft(NamedTuple):
    """A report that another of the same unit and period may replace. ``alone``: the only one of its file."""

    id: str
    source: str
    location: str
    title: str | None
    kind: str
    county: str | None
    version: str | None
    state: str
    alone: int


def groups(base: sqlite3.Connection) -> list[list[Draft]]:
    """Reports of one town for one known period, where there are several; what is gone left out."""
    found: dict[tuple[str, str, str], list[Draft]] = {}
    rows = base.execute(
        "SELECT r.town, r.period_start, r.period_end, r.id, r.source, s.location, r.title, r.kind, r.county, r.version,"
        " r.state, (SELECT count(*) FROM report o WHERE o.source = r.source) = 1"
        " FROM (SELECT town, period_start, period_end FROM report WHERE state != 'gone' AND town IS NOT NULL"
        "  AND period_start IS NOT NULL GROUP BY town, period_start, period_end HAVING count(*) > 1) g"
        " JOIN report r ON r.town = g.town AND r.period_start = g.period_start AND r.period_end = g.period_end"
        " JOIN source s ON s.path = r.source WHERE r.state != 'gone' ORDER BY r.source, r.ordinal"
    )
    for town, start, end, *draft in rows:
        found.setdefault((town, start, end), []).append(Draft(*draft))
    return list(found.values())


def text(base: sqlite3.Connection, report: str) -> str:
    """What a report says, without headings and residue."""
    rows = base.execute(
        "SELECT text FROM paragraph WHERE report = ? AND role NOT IN ('heading', 'other') ORDER BY ordinal", (report,)
    )
    return "\n".join(text for (text,) in rows)


def settle(base: sqlite3.Connection, superseded: Collection[str]) -> bool:
    """Exactly these reports are superseded, all others that are not gone count; True when that changes anything."""
    known = {key for (key,) in base.execute("SELECT id FROM report WHERE state = 'superseded'")}
    wanted = set(superseded)
    if known == wanted:
        return False
    with transaction(base):
        base.executemany("UPDATE report SET state = 'current' WHERE id = ?", [(key,) for key in known - wanted])
        base.executemany("UPDATE report SET state = 'superseded' WHERE id = ?", [(key,) for key in wanted - known])
        base.execute("UPDATE indexed SET compared = 0")  # what counts is compared for copies, nothing else
    return True
