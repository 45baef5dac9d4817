"""Facts of paragraphs whose labels people have changed, found again by their word."""

from __future__ import annotations

import sqlite3

from pipeline.model import Configured, Fact, FactContext
from pipeline.store import corrections
from pipeline.store.corrections import Waiting

YEAR_END = "12-31"


def settle(base: sqlite3.Connection, configured: Configured) -> int:
    """Bring the facts of all that wait in line with what people said; how many paragraphs these were.

    Kinds, links and what else hangs on a label change with it; comparison, ledger and page read them from the rows.
    """
    waiting = corrections.waiting(base)
    if waiting:
        corrections.put(base, [(each, _found_again(each, configured)) for each in waiting])
    return len(waiting)


def _found_again(each: Waiting, configured: Configured) -> tuple[Fact, ...]:
    from pipeline.annotate import again  # much to load, and most runs have nothing corrected

    heading = each.headings[-1] if each.headings else ""
    return again.find(each.found, each.text, _context(each), each.model_role, heading, each.place, configured)


def _context(each: Waiting) -> FactContext:
    """What is known around the paragraph, as ``annotate.mark`` sees it in the file."""
    from pipeline.annotate import stances, tables

    above = stances.announced_by(each.title, each.headings[1:])
    ends_year = (each.period.end or "").endswith(YEAR_END)
    *_, head = tables.heads(each.table) if each.table else [()]
    return FactContext(
        role=each.role,
        topic=each.topic,
        section_role=above,
        cells=tables.cells_of(each.text),
        head=head,
        town=each.place.town,
        county=each.place.county,
        year=each.period.year,
        half=each.period.half or (stances.SECOND if ends_year else None),
        is_settled=each.is_role_said,
    )
