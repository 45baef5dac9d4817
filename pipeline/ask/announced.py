"""What a superior announced of a town: the rows of its tables that name the town.

A county's notice (通报) counts the towns in a table, a row for each. Such a number is the town's, but not the town's
own word: it stands beside what the town reported, with the difference, and never takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.ask.reporters import Reporter
from pipeline.store.fetch import FactRow


def of_rows(facts: Iterable[FactRow], who: Mapping[str, Reporter]) -> Iterator[tuple[Reporter, FactRow]]:
    """The town and the fact, marked as announced, for table rows of superiors' reports that begin with a town."""
    towns = {each.town: each for each in who.values() if each.level == "town"}
    for fact in facts:
        author = who.get(fact.report)
        if author is None or author.level == "town" or "\t" not in fact.sentence:
            continue
        named = [towns[cell.strip()] for cell in fact.sentence.split("\t") if cell.strip() in towns]
        if len(named) == 1:
            yield named[0], fact._replace(authority="announced", scope="town")
