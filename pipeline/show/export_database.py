"""Rows into somebody's database: all or nothing, by stable keys, and never a row that is not ours.

Everything happens in one transaction: an export that is interrupted leaves what was there. What we wrote is remembered
in the destination (table ``zongjie_export``: key and digest of every row), so that a row whose source is gone can be
told from one that somebody else put there, and an export of changes only sends what differs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from pipeline.errors import InputError
from pipeline.model import Towns
from pipeline.show.export_plan import Outgoing, digest
from pipeline.show.export_tables import Column, Row

BATCH = 5000
STATE = "zongjie_export"  # our own table in the destination
GONE = "gone"  # the digest of a row that was marked as deleted


@dataclass(frozen=True, slots=True)
class Done:
    """What an export did to one table, or would do."""

    table: str
    rows: int
    new: int
    changed: int
    same: int
    gone: int


class Target(Protocol):
    """A database that rows can be put into. Calls after ``transaction`` happen inside it."""

    def transaction(self, dry: bool) -> AbstractContextManager[None]:
        """Commits at the end, takes everything back after a fault or when ``dry``."""

    def unfit(self, table: Outgoing) -> list[str]:
        """What of an existing table does not fit, a sentence each; empty when it fits or is not there."""

    def statements(self, table: Outgoing) -> list[str]:
        """The SQL that would run, for people."""

    def prepare(self, tables: Sequence[Outgoing]) -> None:
        """Make the tables that are not there, our own too."""

    def state(self, name: str) -> dict[str, str]:
        """Key → digest of the rows that we wrote to a table."""

    def put(self, table: Outgoing, batches: Iterable[list[Row]]) -> None:
        """Insert or update rows by key."""

    def remove(self, table: Outgoing, keys: list[str], mark: bool) -> None:
        """Delete rows, or mark them as deleted."""

    def remember(self, name: str, digests: list[tuple[str, str]], forget: list[str]) -> None:
        """Keep what was written."""


def export(
    base: sqlite3.Connection,
    target: Target,
    tables: Sequence[Outgoing],
    owed: Towns | None = None,
    gone: Literal["delete", "mark"] = "delete",
    *,
    changes: bool = False,
    dry: bool = False,
) -> list[Done]:
    """Bring the destination to what the dataset says. ``changes``: send only what differs from the last export.

    Raises ``InputError`` with a list of everything that does not fit, before anything is written.
    """
    problems = [problem for table in tables for problem in target.unfit(table)]
    if problems:
        raise InputError("目标数据库里的表对不上, 什么都没有写:\n  " + "\n  ".join(problems), cause="destination")
    if not dry:
        target.prepare(tables)
    with target.transaction(dry):
        return [_one(base, target, table, owed, gone == "mark", changes, dry) for table in tables]


def _one(
    base: sqlite3.Connection, target: Target, table: Outgoing, owed: Towns | None, mark: bool, changes: bool, dry: bool
) -> Done:
    old = target.state(table.name)
    count = {"rows": 0, "new": 0, "changed": 0, "same": 0}
    seen: set[str] = set()
    digests: list[tuple[str, str]] = []

    def batches() -> Iterator[list[Row]]:
        batch: list[Row] = []
        for row in table.rows(base, owed):
            key, own = row[table.key], digest(row)
            seen.add(key)
            was = old.get(key)
            kind = "new" if was in (None, GONE) else "same" if was == own else "changed"
            count[kind] += 1
            if kind != "same":
                digests.append((key, own))
            if kind != "same" or not changes:
                batch.append(row)
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    if dry:
        for _ in batches():
            pass
    else:
        target.put(table, batches())
    lost = [key for key, own in old.items() if key not in seen and not (mark and own == GONE)]
    if not dry:
        if lost:
            target.remove(table, lost, mark)
        marks = [(key, GONE) for key in lost] if mark else []
        target.remember(table.name, [*digests, *marks], [] if mark else lost)
    return Done(table.name, len(seen), count["new"], count["changed"], count["same"], len(lost))


TYPES = {
    "text": ("char", "text", "string", "clob", "enum", "uuid", "json"),
    "date": ("date", "timestamp", "datetime", "char", "text"),
    "number": ("double", "real", "float", "numeric", "decimal", "number"),
    "integer": ("int", "serial", "double", "real", "float", "numeric", "decimal", "number", "bool", "bit"),
}


def misfits(table: Outgoing, columns: dict[str, tuple[str, bool]], unique: set[str]) -> list[str]:
    """What of an existing table does not fit: ``columns`` are name → (type, must be filled by us), ``unique`` keys."""
    found = []
    for name, own in zip(table.names, table.columns, strict=True):
        if name not in columns:
            found.append(f"表 {table.name} 没有列 {name} ({_wanted(own)})")
        elif not any(word in columns[name][0].lower() for word in TYPES[own.kind]):
            found.append(f"表 {table.name} 的列 {name} 是 {columns[name][0]}, 应能放{_wanted(own)}")
    for name, (_, is_needed) in columns.items():
        if is_needed and name not in table.names:
            found.append(f"表 {table.name} 的列 {name} 不许为空, 而我们没有它的值")
    if table.key_name in columns and table.key_name not in unique:
        found.append(f"表 {table.name} 的列 {table.key_name} 没有主键或唯一约束, 不能按键更新")
    return found


def _wanted(column: Column) -> str:
    return {"text": "文字", "date": "日期", "number": "数", "integer": "整数"}[column.kind]
