"""What questions need and a run does not: search indexes and copies, brought up to date by the first question."""

from __future__ import annotations

import sqlite3

from pipeline.engine import copies
from pipeline.store import duplicates, index


def is_behind(base: sqlite3.Connection) -> bool:
    """Has the dataset changed since the last time?"""
    return index.is_behind(base) or duplicates.is_stale(base)


def catch_up(base: sqlite3.Connection) -> None:
    """Fill the indexes, and compare paragraphs for copies."""
    index.catch_up(base)
    copies.find(base)
    index.compared(base)
