"""Which paragraphs answer a query: rows of the index, and the reports they stand in; the order is another's matter."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from pipeline.ask.conditions import FACTS, Condition, Expand, Values, condition, weighed
from pipeline.ask.query import Both, Field, Node, Not, Number, leaves

# A heading names what the paragraphs below it say; residue says nothing. BM25 prefers short texts, we do not.
_WEIGHTS = "CASE f.role WHEN 'heading' THEN 0.35 WHEN 'other' THEN 0.3 WHEN 'closing' THEN 0.6 ELSE 1 END"


class Row(NamedTuple):
    """A paragraph that answers; ``score`` is BM25 weighed by role, smaller is better."""

    n: int
    report: str
    topic: str
    role: str
    score: float


class Report(NamedTuple):
    """What hits are counted and ordered by of the report they stand in."""

    id: str
    town: str | None
    year: int | None
    kind: str
    start: str | None
    state: str


def answer(base: sqlite3.Connection, node: Node, expand: Expand, most: int | None = None) -> list[Row]:
    """Every paragraph that answers, unordered; of one that asks for words alone only the best ``most`` by BM25."""
    told: Condition = condition(node, expand)
    values: Values
    if told.match and most is not None and told.sql == "1":
        sql = (
            f"SELECT f.n, f.report, f.topic, f.role, rank * {_WEIGHTS} FROM (SELECT rowid AS n, rank FROM"
            " paragraph_characters WHERE paragraph_characters MATCH ? ORDER BY rank LIMIT ?) c"
            " CROSS JOIN paragraph_facet f ON f.n = c.n"
        )
        values = (told.match, most)
    elif told.match:
        sql = (
            f"SELECT f.n, f.report, f.topic, f.role, rank * {_WEIGHTS} FROM paragraph_characters"
            f" CROSS JOIN paragraph_facet f ON f.n = paragraph_characters.rowid WHERE paragraph_characters MATCH ? AND {told.sql}"  # noqa: E501
        )
        values = (told.match, *told.values)
    elif match := weighed(node, expand):
        sql = (
            f"SELECT f.n, f.report, f.topic, f.role, coalesce(c.score, 0) * {_WEIGHTS} FROM paragraph_facet f LEFT JOIN"
            " (SELECT rowid, rank AS score FROM paragraph_characters WHERE paragraph_characters MATCH ?) c"
            f" ON c.rowid = f.n WHERE {told.sql}"
        )
        values = (match, *told.values)
    else:
        sql = f"SELECT f.n, f.report, f.topic, f.role, 0.0 FROM paragraph_facet f WHERE {told.sql}"
        values = told.values
    return list(map(Row._make, _plain(base).execute(sql, values)))


def _plain(base: sqlite3.Connection) -> sqlite3.Cursor:
    """For thousands of rows: plain tuples, which are made in half the time."""
    cursor = base.cursor()
    cursor.row_factory = None
    return cursor


def answer_by_report(base: sqlite3.Connection, node: Node, expand: Expand) -> list[Row]:
    """By report: what stands side by side need not stand in one paragraph; all its paragraphs that have a part."""
    parts = node.parts if isinstance(node, Both) else (node,)
    fields = tuple(part for part in parts if isinstance(part, Field))
    others = tuple(part for part in parts if not isinstance(part, Field))
    if len(others) < 2:
        return answer(base, node, expand)
    found: dict[int, Row] = {}
    kept: set[str] | None = None
    for part in others:
        if isinstance(part, Not):
            continue
        rows = answer(base, Both((part, *fields)), expand)
        for row in rows:
            known = found.get(row[0])
            found[row[0]] = Row(*row) if known is None else known._replace(score=known.score + row[4])
        kept = {row[1] for row in rows} if kept is None else kept & {row[1] for row in rows}
    if kept is None:
        return answer(base, node, expand)
    for part in others:
        if isinstance(part, Not):
            kept -= {row[1] for row in answer(base, Both((part.part, *fields)), expand)}
    return [row for row in found.values() if row.report in kept]


def reports_of(base: sqlite3.Connection, rows: Sequence[Row]) -> dict[str, Report]:
    """The reports of these rows, by their ids (and others, when there are many)."""
    wanted = set(map(itemgetter(1), rows))
    sql = "SELECT id, town, period_year, kind, period_start, state FROM report"
    if len(wanted) < 1500:
        found: Iterable[tuple] = _plain(base).execute(  # type: ignore[type-arg]
            f"{sql} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(wanted)),)
        )
    else:
        found = _plain(base).execute(sql)
    return {row[0]: row for row in map(Report._make, found)}


def current(base: sqlite3.Connection, rows: list[Row], reports: dict[str, Report]) -> list[Row]:
    """Without reports that are superseded or gone, and without what stood loose in files that are gone."""
    away = {key for key, report in reports.items() if report.state != "current"}
    if any(not row[1] for row in rows):
        loose = base.execute(
            "SELECT n FROM paragraph WHERE report IS NULL AND source IN (SELECT path FROM source WHERE state = 'gone')"
        )
        lost = {n for (n,) in loose}
        rows = [row for row in rows if row[1] or row[0] not in lost]
    return [row for row in rows if row[1] not in away] if away else rows


def numbers(base: sqlite3.Connection, node: Node) -> dict[int, float]:
    """The greatest number of the query's indicators in each paragraph."""
    names = [each.name if isinstance(each, Number) else str(each.values[0])
             for each in leaves(node) if isinstance(each, Number) or (isinstance(each, Field) and each.name == "indicator")]  # fmt: skip  # noqa: E501
    found: dict[int, float] = {}
    for name in names:
        sql = FACTS.replace("SELECT p.n", "SELECT p.n, max(x.low)") + " AND x.low IS NOT NULL GROUP BY p.n"
        for n, value in base.execute(sql, (name, name, name)):
            found[n] = max(value, found.get(n, value))
    return found
