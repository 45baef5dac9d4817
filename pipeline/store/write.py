"""The only writer of the dataset."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from pipeline.model import Categories, Indicator
from pipeline.store import review
from pipeline.store.database import transaction
from pipeline.store.rows import COLUMNS, Rows

SOURCE = [
    "path",
    "location",
    "sha256",
    "bytes",
    "format",
    "state",
    "cause",
    "message",
    "reader",
    "steps",
    "quality",
    "characters",
    "seconds",
    "same_as",
    "done",
    "run",
]
_INSERT = {
    table: f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    for table, names in COLUMNS.items()
}
_EVIDENCE = COLUMNS["report"].index("evidence")


def begin_run(base: sqlite3.Connection, folders: Sequence[str], settings: str, version: str) -> int:
    """A row for this run; returns its id."""
    with transaction(base):
        cursor = base.execute(
            "INSERT INTO run (started, folders, settings, version) VALUES (?, ?, ?, ?)",
            (_now(), json.dumps(list(folders), ensure_ascii=False), settings, version),
        )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def end_run(base: sqlite3.Connection, run: int) -> None:
    """Say when the run ended."""
    with transaction(base):
        base.execute("UPDATE run SET finished = ? WHERE id = ?", (_now(), run))


def put_source(base: sqlite3.Connection, source: dict[str, Any], rows: Rows | None) -> None:
    """Replace everything that is known of one file by ``source`` and its ``rows``, in one transaction."""
    with transaction(base):
        base.execute("DELETE FROM source WHERE path = ? OR location = ?", (source["path"], source["location"]))
        base.execute(
            f"INSERT INTO source ({', '.join(SOURCE)}) VALUES ({', '.join('?' * len(SOURCE))})",
            [source.get(name) for name in SOURCE],
        )
        if rows:
            _replace_moved(base, rows)
            for row in rows["report"]:
                row[_EVIDENCE] = json.dumps(row[_EVIDENCE], ensure_ascii=False)
            for table in COLUMNS:
                base.executemany(_INSERT[table], rows[table])
            review.apply(base, source["path"])


def _replace_moved(base: sqlite3.Connection, rows: Rows) -> None:
    """The same content under a new path takes its ids along: the old path's rows go."""
    base.executemany("DELETE FROM report WHERE id = ?", [(row[0],) for row in rows["report"]])
    base.executemany("DELETE FROM paragraph WHERE id = ?", [(row[0],) for row in rows["paragraph"] if row[2] is None])


def mark_gone(base: sqlite3.Connection, paths: Iterable[str], run: int) -> None:
    """These files are no longer there: their reports stay in the dataset, as gone."""
    with transaction(base):
        for path in paths:
            base.execute(
                "UPDATE source SET state = 'gone', cause = 'gone', message = ?, run = ? WHERE path = ?",
                ("上次运行时还在, 现在没有了", run, path),
            )
            base.execute("UPDATE report SET state = 'gone' WHERE source = ?", (path,))


def put_indicators(base: sqlite3.Connection, indicators: Sequence[Indicator], version: str) -> None:
    """The table of indicators as the settings say them now."""
    with transaction(base):
        base.execute("DELETE FROM indicator")
        base.executemany(
            "INSERT INTO indicator VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    each.id, each.name, each.topic, each.unit, each.definition, each.nature, each.flow, each.better,
                    each.part_of, version, ordinal,
                )
                for ordinal, each in enumerate(indicators)
            ],
        )  # fmt: skip


def put_categories(base: sqlite3.Connection, categories: Categories) -> None:
    """The table of labels and their names as the settings say them now."""
    axes = (("role", categories.roles), ("topic", categories.topics))
    with transaction(base):
        base.execute("DELETE FROM category")
        base.executemany(
            "INSERT INTO category VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (axis, name, each.name, each.also, each.definition, each.parent, ordinal)
                for axis, named in axes
                for ordinal, (name, each) in enumerate(named.items())
            ],
        )


def refresh_towns(base: sqlite3.Connection) -> None:
    """The table of towns that current reports come from."""
    with transaction(base):
        base.execute("DELETE FROM town")
        base.execute(
            "INSERT OR REPLACE INTO town SELECT DISTINCT town, coalesce(county, ''), coalesce(city, ''),"
            " coalesce(province, ''), town_code FROM report WHERE town IS NOT NULL AND state = 'current'"
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
