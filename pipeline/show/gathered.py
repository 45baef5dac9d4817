"""What both the page and the workbook are made of; a run gathers it once."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from pipeline.ask.compare import SAME_TIME, Comparison, compare
from pipeline.model import Towns
from pipeline.store import fetch
from pipeline.store.fetch import FactRow


class Given(NamedTuple):
    """All facts, and the towns side by side with growth against the same time of the year before."""

    facts: list[FactRow]
    comparison: Comparison


def gathered(base: sqlite3.Connection, owed: Towns | None = None) -> Given:
    """Read the facts once and lay the towns side by side."""
    facts = fetch.facts(base)
    return Given(facts, compare(base, against=SAME_TIME, owed=owed, facts=facts))
