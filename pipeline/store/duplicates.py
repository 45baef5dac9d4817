"""Near-copies in the dataset: the texts to compare, and the only place where they are written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Literal, NamedTuple

from pipeline.store.database import transaction

_ENDINGS = ("街道办事处", "街道", "办事处", "镇", "乡", "县", "区", "市", "州", "省", "旗")


class Text(NamedTuple):
    """A paragraph of a current report, and who says it when."""

    n: int
    text: str
    report: str
    town: str | None
    county: str | None
    year: int | None


class Pair(NamedTuple):
    """Two paragraphs that are copies, with the passage that both have (in each one's text)."""

    one: int
    other: int
    kind: Literal["exact", "near", "contained"]
    score: float
    one_start: int
    one_end: int
    other_start: int
    other_end: int


class Copy(NamedTuple):
    """How often a paragraph stands in the dataset: a row of ``paragraph_copy``."""

    n: int
    form: str
    exact: int
    others: int
    towns: int
    years: int
    common: int


def texts(base: sqlite3.Connection) -> Iterable[Text]:
    """Every paragraph that can be copied, in the order of the dataset."""
    rows = base.execute(
        "SELECT p.n, p.text, p.report, r.town, r.county, r.period_year FROM paragraph p JOIN report r ON r.id = p.report"  # noqa: E501
        " WHERE r.state = 'current' AND p.role NOT IN ('heading', 'other') AND p.block != 'row' ORDER BY p.n"
    )
    return (Text(*row) for row in rows)


def names(base: sqlite3.Connection) -> frozenset[str]:
    """Names of the units that report and of what lies above them, in full and without their ending (青禾镇, 青禾)."""
    found: set[str] = set()
    for row in base.execute("SELECT DISTINCT town, county, city, province FROM report"):
        for name in row:
            if name:
                stem = next((name.removesuffix(end) for end in _ENDINGS if name.endswith(end)), name)
                found |= {name, stem} if len(stem) > 1 else {name}
    return frozenset(found)


def put(base: sqlite3.Connection, counts: Iterable[Copy], pairs: Iterable[Pair]) -> None:
    """Replace all that is known of copies."""
    with transaction(base):
        base.execute("DELETE FROM duplicate")
        base.execute("DELETE FROM paragraph_copy")
        base.executemany("INSERT INTO paragraph_copy VALUES (?, ?, ?, ?, ?, ?, ?)", counts)
        base.executemany("INSERT OR REPLACE INTO duplicate VALUES (?, ?, ?, ?, ?, ?, ?, ?)", pairs)


def is_stale(base: sqlite3.Connection) -> bool:
    """Are there paragraphs of current reports that were not compared yet, or compared ones that no longer count?"""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM paragraph_copy c LEFT JOIN paragraph p ON p.n = c.n LEFT JOIN report r ON r.id = p.report"  # noqa: E501
        " WHERE r.state IS NOT 'current')"
    )
    return bool(base.execute(sql).fetchone()[0])
