"""The dataset's own labels: their names for people, and what a person's word for one means."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.errors import QueryError
from pipeline.store import fetch
from pipeline.store.fetch import CategoryRow

if TYPE_CHECKING:
    from pipeline.ask.query import Node

AXES = ("role", "topic")


@dataclass(frozen=True, slots=True)
class Names:
    """Label → its name, in the taxonomy's order; a label without a name is shown as it is.

    >>> Names(topics={"news": "新闻舆论"}).topic("news"), Names().role("plan")
    ('新闻舆论', 'plan')
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)

    def role(self, label: str) -> str:
        """A role's name."""
        return self.roles.get(label, label)

    def topic(self, label: str) -> str:
        """A topic's name."""
        return self.topics.get(label, label)

    def topic_order(self, label: str) -> tuple[int, str]:
        """Where a topic stands in the taxonomy; unknown ones last."""
        order = list(self.topics)
        return (order.index(label) if label in self.topics else len(order), label)


UNNAMED = Names()  # every label is shown as it is


def names(base: sqlite3.Connection) -> Names:
    """The names of the standard labels, as the last run knew them."""
    told: dict[str, dict[str, str]] = {axis: {} for axis in AXES}
    for row in fetch.categories(base):
        if row.parent is None:
            told[row.axis][row.id] = row.name
    return Names(told["role"], told["topic"])


def meanings(base: sqlite3.Connection, axis: str) -> dict[str, str]:
    """Every word for a label of this axis (id, name, other names, a county's own) → the label that rows hold."""
    rows = {row.id: row for row in fetch.categories(base) if row.axis == axis}
    return {word: _top(row, rows).id for row in rows.values() for word in (row.id, row.name, *row.also.split())}


def _top(row: CategoryRow, rows: Mapping[str, CategoryRow]) -> CategoryRow:
    return row if row.parent is None or row.parent not in rows else _top(rows[row.parent], rows)


def understood(node: Node, base: sqlite3.Connection) -> Node:
    """A query's tree with the labels that it names; raises ``QueryError`` with a guess for one that there is not."""
    from pipeline.ask.query import Both, Either, Field, Not  # pages name labels and never see a query

    match node:
        case Field(("role" | "topic") as axis, (str(word),)):
            return Field(axis, (meant(word, axis, base),))
        case Not(part):
            return Not(understood(part, base))
        case Both(parts):
            return Both(tuple(understood(part, base) for part in parts))
        case Either(parts):
            return Either(tuple(understood(part, base) for part in parts))
        case _:
            return node


def meant(word: str, axis: str, base: sqlite3.Connection) -> str:
    """The label that a person's word means; raises ``QueryError``."""
    known = meanings(base, axis)
    if word in known:
        return known[word]
    near = difflib.get_close_matches(word, known, n=1)
    every = " ".join(row.name for row in fetch.categories(base) if row.axis == axis)
    hint = f"是不是 {near[0]}?" if near else f"可用的有 {every or '(数据集里还没有, 请先运行 zongjie run)'}"
    raise QueryError(f"{axis}:{word}: 没有 {word!r}; {hint}")
