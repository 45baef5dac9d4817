"""Reading the dataset: one small function a question, one named row a table.

Rows are named tuples: a page reads twelve thousand of them, and a frozen dataclass of thirty fields costs ten times
as much to make. Every function takes an open connection and gives current reports only, unless it says otherwise.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from pipeline.store import personal


class RunRow(NamedTuple):
    """A run: ``started``/``finished`` are ISO times in UTC, ``folders`` a JSON list."""

    id: int
    started: str
    finished: str | None
    folders: str
    settings: str
    version: str


class SourceRow(NamedTuple):
    """A file: ``path`` as people see it, its state, cause and message, what read it and what that cost."""

    path: str
    sha256: str
    bytes: int
    format: str | None
    state: str
    cause: str | None
    message: str | None
    reader: str | None
    steps: str
    quality: float | None
    characters: int
    seconds: float
    same_as: str | None
    run: int


class ReportRow(NamedTuple):
    """A current report: who speaks of which time, and how many paragraphs, facts and honours it holds."""

    id: str
    source: str
    ordinal: int
    title: str | None
    kind: str
    issuer: str | None
    town: str | None
    county: str | None
    city: str | None
    province: str | None
    town_code: str | None
    period_label: str | None
    period_start: str | None
    period_end: str | None
    period_inferred: int
    version: str | None
    paragraphs: int
    facts: int
    honours: int


class DraftRow(NamedTuple):
    """A report that another draft has replaced; ``counts`` is the file that counts instead, None when several might."""

    source: str
    title: str | None
    town: str | None
    period_label: str | None
    version: str | None
    counts: str | None


class FactRow(NamedTuple):
    """A fact with its sentence; ``paragraph`` counts from 0 in the report, ``offset`` is its place in ``sentence``.

    ``low_text``/``high_text`` are exact decimals, None = unbounded; ``dimensions`` as stored (``level=市;stage=…``).
    """

    id: str
    report: str
    start: int
    text: str
    low: float | None
    high: float | None
    low_text: str | None
    high_text: str | None
    unit: str
    approx: str
    kind: str
    object: str
    per: str | None
    direction: str | None
    sentence: str
    scope: str
    authority: str
    period_label: str | None
    period_start: str | None
    period_end: str | None
    period_from: str
    score: float
    indicator: str | None
    dimensions: str
    paragraph: int
    role: str
    topic: str
    offset: int


_FACTS = f"""
SELECT {", ".join(f"f.{name}" for name in FactRow._fields[:-4])}, p.ordinal, p.role, p.topic,
       f.start + 1 - instr(p.text, f.sentence)
FROM report r JOIN fact f ON f.report = r.id JOIN paragraph p ON p.id = f.paragraph
WHERE r.state = 'current'
"""
# What a fact has of its file's own words.
_WORDS = tuple(FactRow._fields.index(name) for name in ("text", "unit", "object", "sentence", "period_label"))
_PLACE = itemgetter(*(FactRow._fields.index(name) for name in ("report", "paragraph", "start")))


class IndicatorRow(NamedTuple):
    """One line of the book of indicators, in the book's order."""

    id: str
    name: str
    topic: str
    unit: str
    definition: str
    nature: str
    flow: str
    better: str
    part_of: str | None
    version: str


class CategoryRow(NamedTuple):
    """A label of the taxonomy; ``axis`` is role or topic, ``parent`` the label that rows hold in its stead."""

    axis: str
    id: str
    name: str
    also: str
    definition: str
    parent: str | None


class TopicRow(NamedTuple):
    """How much a report writes about a topic in a role: paragraphs and characters."""

    report: str
    topic: str
    role: str
    paragraphs: int
    characters: int


class UnlinkedRow(NamedTuple):
    """A thing that is counted in reports and that no indicator knows: how often, in how many reports, one sentence."""

    object: str
    unit: str
    facts: int
    reports: int
    sentence: str


def runs(base: sqlite3.Connection) -> list[RunRow]:
    """All runs, the newest first."""
    found = base.execute("SELECT id, started, finished, folders, settings, version FROM run ORDER BY id DESC")
    return list(map(RunRow._make, found))


def sources(base: sqlite3.Connection) -> list[SourceRow]:
    """Every file that is known, gone ones too, by path."""
    found = base.execute(f"SELECT {', '.join(SourceRow._fields)} FROM source ORDER BY path")
    return list(map(SourceRow._make, found))


def reports(base: sqlite3.Connection) -> list[ReportRow]:
    """Current reports by town and time; unknown towns and times last."""
    own = ", ".join(f"r.{name}" for name in ReportRow._fields[:-3])
    found = base.execute(
        f"SELECT {own}, (SELECT count(*) FROM paragraph p WHERE p.report = r.id),"
        " (SELECT count(*) FROM fact f WHERE f.report = r.id), (SELECT count(*) FROM honour h WHERE h.report = r.id)"
        " FROM report r WHERE r.state = 'current' ORDER BY r.town IS NULL, r.county, r.town, r.period_start IS NULL,"
        " r.period_start, r.source, r.ordinal"
    )
    return list(map(ReportRow._make, found))


def drafts(base: sqlite3.Connection) -> list[DraftRow]:
    """Reports that a later draft of the same unit and period has replaced, by path."""
    found = base.execute(
        "SELECT r.source, r.title, r.town, r.period_label, r.version,"
        " (SELECT CASE count(*) WHEN 1 THEN min(c.source) END FROM report c WHERE c.state = 'current'"
        " AND c.town = r.town AND c.period_start = r.period_start AND c.period_end = r.period_end)"
        " FROM report r WHERE r.state = 'superseded' ORDER BY r.source, r.ordinal"
    )
    return list(map(DraftRow._make, found))


def superseded(base: sqlite3.Connection) -> list[tuple[str, str | None, str]]:
    """Reports that no longer count: (source path, title, state)."""
    found = base.execute("SELECT source, title, state FROM report WHERE state != 'current' ORDER BY source, ordinal")
    return [(path, title, state) for path, title, state in found]


def facts(base: sqlite3.Connection) -> list[FactRow]:
    """Every fact of current reports, in the order of the text within each report."""
    return _facts(base)


def indicated(base: sqlite3.Connection) -> list[FactRow]:
    """The facts that an indicator knows: those that can be compared."""
    return _facts(base, " AND f.indicator IS NOT NULL")


def _facts(base: sqlite3.Connection, condition: str = "") -> list[FactRow]:
    # Rows come in the order of the text but for the reports: to sort them here costs less than in SQL.
    with personal.as_written(base) as is_masked:
        found = columns(base, _FACTS + condition)
        return sorted(map(FactRow._make, map(_masked, found) if is_masked else found), key=_PLACE)


def _masked(row: tuple[Any, ...]) -> list[Any]:
    """A fact without numbers of persons in the words that it has from its file."""
    told = [*row]
    for at in _WORDS:
        if told[at] is not None and len(told[at]) >= personal.SHORTEST:
            told[at] = personal.shown(told[at])
    return told


def indicators(base: sqlite3.Connection) -> list[IndicatorRow]:
    """The book of indicators as the last run knew it."""
    found = base.execute(f"SELECT {', '.join(IndicatorRow._fields)} FROM indicator ORDER BY ordinal")
    return list(map(IndicatorRow._make, found))


def categories(base: sqlite3.Connection) -> list[CategoryRow]:
    """The labels as the last run knew them, in the taxonomy's order."""
    found = base.execute("SELECT axis, id, name, also, definition, parent FROM category ORDER BY axis, ordinal")
    return list(map(CategoryRow._make, found))


def topics(base: sqlite3.Connection) -> list[TopicRow]:
    """Paragraphs and characters by report, topic and role; headings and residue left out."""
    found = base.execute(
        "SELECT p.report, p.topic, p.role, count(*), sum(length(p.text)) FROM paragraph p JOIN report r"
        " ON r.id = p.report WHERE r.state = 'current' AND p.role NOT IN ('heading', 'other')"
        " GROUP BY p.report, p.topic, p.role"
    )
    return list(map(TopicRow._make, found))


def unlinked(base: sqlite3.Connection, limit: int = 20) -> list[UnlinkedRow]:
    """What reports count most often that no indicator knows."""
    found = base.execute(
        "SELECT f.object, f.unit, count(*) AS n, count(DISTINCT f.report) AS m, min(f.sentence) FROM fact f"
        " JOIN report r ON r.id = f.report WHERE r.state = 'current' AND f.indicator IS NULL AND f.kind = 'achieved'"
        " AND f.object != '' GROUP BY f.object, f.unit ORDER BY m DESC, n DESC, f.object LIMIT ?",
        (limit,),
    )
    return list(map(UnlinkedRow._make, found))


def totals(base: sqlite3.Connection) -> tuple[int, int, int, int]:
    """How many current reports, paragraphs of theirs, facts and honours."""
    current = "IN (SELECT id FROM report WHERE state = 'current')"
    counted = base.execute(
        "SELECT (SELECT count(*) FROM report WHERE state = 'current'),"
        f" (SELECT count(*) FROM paragraph WHERE report {current}), (SELECT count(*) FROM fact WHERE report {current}),"
        f" (SELECT count(*) FROM honour WHERE report {current})"
    ).fetchone()
    return counted[0], counted[1], counted[2], counted[3]


def linked(base: sqlite3.Connection) -> int:
    """How many facts of current reports have an indicator."""
    return int(
        base.execute(
            "SELECT count(*) FROM fact f JOIN report r ON r.id = f.report"
            " WHERE r.state = 'current' AND f.indicator IS NOT NULL"
        ).fetchone()[0]
    )


def texts_of_role(base: sqlite3.Connection, role: str) -> list[tuple[str, str]]:
    """(report, text) of the paragraphs of current reports that have this role, in their order."""
    found = base.execute(
        "SELECT p.report, p.text FROM paragraph p JOIN report r ON r.id = p.report WHERE r.state = 'current'"
        " AND p.role = ? ORDER BY p.report, p.ordinal",
        (role,),
    )
    return [(report, text) for report, text in found]


def dates_and_versions(base: sqlite3.Connection) -> dict[str, tuple[str | None, str | None]]:
    """Current report → (as_of, version) as it says of itself."""
    found = base.execute("SELECT id, as_of, version FROM report WHERE state = 'current'")
    return {report: (as_of, version) for report, as_of, version in found}


def columns(base: sqlite3.Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows of one of our own statements, as they come: for tables of a hundred thousand rows."""
    cursor = base.cursor()
    cursor.row_factory = None
    yield from cursor.execute(sql)


def words(base: sqlite3.Connection) -> list[tuple[str, str]]:
    """(report, words parted by blanks) of the paragraphs of current reports, headings and residue left out."""
    found = base.execute(
        "SELECT p.report, p.words FROM paragraph p JOIN report r ON r.id = p.report WHERE r.state = 'current'"
        " AND p.role NOT IN ('heading', 'other')"
    )
    return [(report, text) for report, text in found]
