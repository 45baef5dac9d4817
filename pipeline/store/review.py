"""What people say of labels: kept by paragraph text and headings, and always stronger than the model."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from pipeline.store import originals
from pipeline.store.database import transaction

BETWEEN = " / "


class ReviewRow(NamedTuple):
    """One person's word on a paragraph; an empty label is not judged. ``at`` is an ISO time in UTC."""

    key: str
    person: str
    at: str
    role: str
    topic: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Place:
    """A current paragraph with the headings above it (from the top down, joined); ``key`` is what a review is kept by.

    ``heading`` is the ``ordinal`` of the heading paragraph right above it in its report, None where there is none.
    """

    key: str
    path: str
    n: int
    id: str
    source: str
    report: str | None
    ordinal: int
    heading: int | None
    text: str
    role: str
    role_score: float
    role_sure: int
    role_top: str
    role_by: str
    role_words: str
    topic: str
    topic_score: float
    topic_sure: int
    topic_top: str
    topic_by: str
    topic_words: str


def key(text: str, path: str) -> str:
    """What a review is kept by.

    >>> key("投稿120篇。", "一、新闻舆论") == key("投稿120篇。", "二、新闻舆论")
    False
    """
    return hashlib.sha256(f"{text}\n{path}".encode()).hexdigest()[:16]


def put(base: sqlite3.Connection, rows: Iterable[ReviewRow]) -> None:
    """Keep what was said (a person's later word replaces the earlier one) and apply it; all or nothing."""
    with transaction(base):
        for row in rows:
            base.execute(
                "INSERT INTO review VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (key, person) DO UPDATE SET at = excluded.at,"
                " role = CASE excluded.role WHEN '' THEN role ELSE excluded.role END,"
                " topic = CASE excluded.topic WHEN '' THEN topic ELSE excluded.topic END",
                row,
            )
        apply(base)


def withdraw(base: sqlite3.Connection, person: str, keys: Iterable[str]) -> None:
    """Take back what a person said of these paragraphs; another's word, else what was found, stands again."""
    with transaction(base):
        base.executemany("DELETE FROM review WHERE person = ? AND key = ?", [(person, key) for key in keys])
        apply(base)


def rows(base: sqlite3.Connection) -> list[ReviewRow]:
    """Everything that was said, in the order of time."""
    return list(map(ReviewRow._make, base.execute("SELECT * FROM review ORDER BY at, person, key")))


def apply(base: sqlite3.Connection, source: str | None = None) -> None:
    """Put the latest word of people over what was found, in all paragraphs or in those of one file.

    What was found is kept, and stands again where nobody says otherwise any more. Facts wait for ``corrections``.
    """
    if base.execute("SELECT 1 FROM review UNION ALL SELECT 1 FROM paragraph_found LIMIT 1").fetchone() is None:
        return
    where = "(p.text IN (SELECT text FROM review) OR p.n IN (SELECT n FROM paragraph_found))"
    where += " AND p.source = ?" if source is not None else ""
    latest: dict[tuple[str, str], str] = {}
    for row in rows(base):
        latest |= {(row.key, axis): label for axis, label in (("role", row.role), ("topic", row.topic)) if label}
    for place in places(base, where, () if source is None else (source,), current=False):
        role, topic = latest.get((place.key, "role"), ""), latest.get((place.key, "topic"), "")
        if role or topic:
            originals.keep(base, place.n)
            originals.put_over(base, place.n, role, topic)
        else:
            originals.restore(base, place.n)


def places(
    base: sqlite3.Connection, where: str = "1", values: tuple[str, ...] = (), current: bool = True
) -> list[Place]:
    """Paragraphs with the headings above them, in the order of files; ``where`` is our own SQL over paragraph p."""
    shown = "AND (r.state IS NULL OR r.state = 'current')" if current else ""
    cursor = base.execute(
        "SELECT p.n, p.id, p.source, p.report, p.ordinal, p.section, p.start, p.text, p.role, p.role_score,"
        " p.role_sure, p.role_top, p.role_by, p.role_words, p.topic, p.topic_score, p.topic_sure, p.topic_top,"
        " p.topic_by, p.topic_words"
        f" FROM paragraph p LEFT JOIN report r ON r.id = p.report WHERE ({where}) {shown}"
        " ORDER BY p.source, p.line",
        values,
    )
    found = [tuple(row) for row in cursor]
    sections = sections_of(base, {row[3] for row in found if row[3]})
    starts = _starts(base, sections)
    made = []
    for n, own, path, report, ordinal, section, start, text, *rest in found:
        way = _way(sections.get(report, {}), section, start)
        above = BETWEEN.join(heading for _, heading in way)
        heading = starts.get((report, way[-1][0])) if way else None
        made.append(Place(key(text, above), above, n, own, path, report, ordinal, heading, text, *rest))
    return made


Sections = dict[int, tuple[int, int, str]]  # number → parent, start, heading


def sections_of(base: sqlite3.Connection, reports: set[str]) -> dict[str, Sections]:
    """The sections of these reports."""
    found: dict[str, Sections] = {}
    for report in sorted(reports):
        rows = base.execute("SELECT ordinal, parent, start, heading FROM section WHERE report = ?", (report,))
        found[report] = {ordinal: (parent, start, heading) for ordinal, parent, start, heading in rows}
    return found


def _starts(base: sqlite3.Connection, sections: dict[str, Sections]) -> dict[tuple[str, int], int]:
    """Where a report's paragraphs begin → their ordinal."""
    found = {}
    for report in sections:
        for start, ordinal in base.execute("SELECT start, ordinal FROM paragraph WHERE report = ?", (report,)):
            found[report, start] = ordinal
    return found


def _way(sections: Sections, number: int, start: int) -> list[tuple[int, str]]:
    """Start and text of the headings above a paragraph, from the top down; the report's own title is left out."""
    way: list[tuple[int, str]] = []
    while number > 0 and number in sections:
        parent, at, heading = sections[number]
        if heading and at != start:  # a heading does not stand under itself
            way.append((at, heading))
        number = parent
    return way[::-1]


def now() -> str:
    """The time as reviews hold it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
