"""What the program had found where people say otherwise: kept beside their word, and put back when it is withdrawn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from pipeline.store.rows import COLUMNS, Row

_FACT = ", ".join(COLUMNS["fact"])
_INSERT = f"INSERT INTO fact ({_FACT}) VALUES ({', '.join('?' * len(COLUMNS['fact']))})"
_LABELS = "role, role_sure, role_by, topic, topic_sure, topic_by"


def keep(base: sqlite3.Connection, n: int) -> None:
    """Keep a paragraph's labels and facts as they were found, before the first word of a person changes them."""
    if base.execute("SELECT 1 FROM paragraph_found WHERE n = ?", (n,)).fetchone() is not None:
        return
    of = f"SELECT {_FACT} FROM fact WHERE paragraph = (SELECT id FROM paragraph WHERE n = ?) ORDER BY start, id"
    told = json.dumps([list(row) for row in base.execute(of, (n,))], ensure_ascii=False)
    base.execute(f"INSERT INTO paragraph_found SELECT n, {_LABELS}, ?, '' FROM paragraph WHERE n = ?", (told, n))


def put_over(base: sqlite3.Connection, n: int, role: str, topic: str) -> None:
    """Put people's labels over those that were found; an empty one says nothing."""
    for axis, label in (("role", role), ("topic", topic)):
        if label:
            told = f"UPDATE paragraph SET {axis} = ?, {axis}_by = 'person', {axis}_sure = 1 WHERE n = ?"
            base.execute(told, (label, n))
        else:
            names = f"{axis}, {axis}_by, {axis}_sure"
            found = f"SELECT {names} FROM paragraph_found WHERE n = ?"
            base.execute(f"UPDATE paragraph SET ({names}) = ({found}) WHERE n = ?", (n, n))


def restore(base: sqlite3.Connection, n: int) -> None:
    """Labels and facts as they were found, where something else stood."""
    row = base.execute("SELECT facts, said FROM paragraph_found WHERE n = ?", (n,)).fetchone()
    if row is None:
        return
    put_over(base, n, "", "")
    if row[1]:
        put_facts(base, n, json.loads(row[0]))
    base.execute("DELETE FROM paragraph_found WHERE n = ?", (n,))


def put_facts(base: sqlite3.Connection, n: int, rows: Sequence[Row]) -> None:
    """Replace the facts of a paragraph."""
    base.execute("DELETE FROM fact WHERE paragraph = (SELECT id FROM paragraph WHERE n = ?)", (n,))
    base.executemany(_INSERT, rows)
