"""Paragraphs whose facts wait to be found again because people have changed their labels; who finds them is not us."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.model import Fact, Period, Place
from pipeline.store import originals, review
from pipeline.store.database import transaction
from pipeline.store.rows import Row, fact_of, fact_row

_SAID = (
    "trim(CASE p.role_by WHEN 'person' THEN p.role ELSE '' END || ' '"
    " || CASE p.topic_by WHEN 'person' THEN p.topic ELSE '' END)"
)
"""The labels of people as ``paragraph_found.said`` holds them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paragraph with all that its facts hang on.

    ``role`` and ``topic`` stand now, ``is_role_said`` when a person gave the role, ``said`` is what people say of both;
    ``model_role`` and ``found`` are what the program found. ``title`` is the report's; ``headings`` those of its
    sections from the top down, the paragraph's own last. ``table`` are the texts of the report's paragraphs up to this
    one, only for a row of a table.
    """

    n: int
    id: str
    report: str
    text: str
    role: str
    topic: str
    is_role_said: bool
    said: str
    model_role: str
    found: tuple[Fact, ...]
    title: str
    headings: tuple[str, ...]
    table: tuple[str, ...]
    place: Place
    period: Period


def waiting(base: sqlite3.Connection) -> list[Waiting]:
    """All whose present facts are by other labels than people say."""
    rows = base.execute(
        f"SELECT p.n, p.id, p.report, p.text, p.role, p.topic, p.role_by = 'person', {_SAID}, k.role, k.facts,"
        " coalesce(r.title, ''), p.section, p.ordinal, r.town, r.county, r.city, r.province, r.town_code,"
        " r.period_label, r.period_start, r.period_end, r.period_year, r.period_half"
        " FROM paragraph_found k JOIN paragraph p ON p.n = k.n JOIN report r ON r.id = p.report"
        f" WHERE k.said != {_SAID} ORDER BY p.n"
    )
    return [_waiting(base, *row) for row in rows.fetchall()]


def _waiting(
    base: sqlite3.Connection, n: int, own: str, report: str, text: str, role: str, topic: str, is_said: int, said: str,
    model_role: str, facts: str, title: str, section: int, ordinal: int, *rest: Any,
) -> Waiting:  # fmt: skip
    found = tuple(fact_of(row, text) for row in json.loads(facts))
    table = _above(base, report, ordinal) if "\t" in text else ()
    headings = _headings(base, report, section)
    place, period = Place(*rest[:5]), Period(*rest[5:])
    return Waiting(
        n, own, report, text, role, topic, bool(is_said), said, model_role, found, title, headings, table, place, period
    )


def put(base: sqlite3.Connection, found_again: Iterable[tuple[Waiting, tuple[Fact, ...]]]) -> None:
    """Replace the facts of paragraphs that waited; all or nothing."""
    with transaction(base):
        for each, facts in found_again:
            rows: list[Row] = [fact_row(fact, each.id, each.report, 0, each.period, each.text) for fact in facts]
            originals.put_facts(base, each.n, rows)
            base.execute("UPDATE paragraph_found SET said = ? WHERE n = ?", (each.said, each.n))


def _above(base: sqlite3.Connection, report: str, ordinal: int) -> tuple[str, ...]:
    rows = base.execute(
        "SELECT text FROM paragraph WHERE report = ? AND ordinal <= ? ORDER BY ordinal", (report, ordinal)
    )
    return tuple(row[0] for row in rows)


def _headings(base: sqlite3.Connection, report: str, section: int) -> tuple[str, ...]:
    """Of the section and those above it, from the top down; "" where a section has none."""
    sections = review.sections_of(base, {report})[report]
    way: list[str] = []
    while section in sections:
        parent, _, heading = sections[section]
        way.append(heading)
        section = parent if parent < section else -1
    return tuple(way[::-1])
