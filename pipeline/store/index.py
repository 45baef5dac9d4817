"""The search indexes, filled when the first question needs them: a run that nobody searches does not pay for them."""

from __future__ import annotations

import sqlite3

from pipeline.store.database import transaction


def is_behind(base: sqlite3.Connection) -> bool:
    """Are there paragraphs that the indexes do not hold yet?"""
    newest, upto, compared = _state(base)
    return newest > min(upto, compared)


def catch_up(base: sqlite3.Connection) -> None:
    """Put the paragraphs written since the last time into all search indexes."""
    newest, upto, _ = _state(base)
    if newest <= upto:
        return
    with transaction(base):
        since = (upto,)
        base.execute("INSERT INTO paragraph_index(rowid, words) SELECT n, words FROM paragraph WHERE n > ?", since)
        base.execute(
            "INSERT INTO paragraph_facet SELECT n, coalesce(report, ''), topic, role FROM paragraph WHERE n > ?", since
        )
        base.execute(
            "INSERT INTO paragraph_characters(rowid, pairs) SELECT n, character_pairs(text) FROM paragraph WHERE n > ?",
            since,
        )
        base.execute("UPDATE indexed SET upto = ?", (newest,))


def compared(base: sqlite3.Connection) -> None:
    """All paragraphs have been compared for copies."""
    with transaction(base):
        base.execute("UPDATE indexed SET compared = ?", (_state(base)[0],))


def _state(base: sqlite3.Connection) -> tuple[int, int, int]:
    """The newest paragraph, and up to which the indexes and the comparison reach."""
    row = base.execute("SELECT coalesce((SELECT max(n) FROM paragraph), 0), upto, compared FROM indexed").fetchone()
    return row[0], row[1], row[2]
