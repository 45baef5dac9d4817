"""The plan of an export made ready: which tables go out, under which names, which columns and rows."""

from __future__ import annotations

import difflib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.errors import QueryError
from pipeline.model import ExportPlan, ExportTable, Towns
from pipeline.show.export_tables import TABLES, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One table on its way: ``name`` is the destination's (perhaps with a schema), ``names`` its columns.

    ``columns`` are ours in the same order; ``key`` is the place of the key, ``deleted`` of the mark of gone rows or -1.
    """

    table: Table
    name: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    key: int
    deleted: int
    where: tuple[tuple[int, frozenset[str]], ...]
    places: tuple[int, ...]

    @property
    def key_name(self) -> str:
        """The destination's name of the key."""
        return self.names[self.key]

    def rows(self, base: sqlite3.Connection, owed: Towns | None) -> Iterator[Row]:
        """The rows that are wanted, in the destination's columns. A key never comes twice."""
        whole = self.places == tuple(range(len(self.table.columns)))
        for row in self.table.rows(base, owed):
            if all(str(row[place]) in wanted for place, wanted in self.where):
                yield row if whole else tuple(row[place] for place in self.places)


def ready(plan: ExportPlan) -> list[Outgoing]:
    """The tables of a plan; raises ``QueryError`` for a table or column that we do not have, with the nearest one."""
    wanted = plan.tables or tuple(ExportTable(name) for name in TABLES)
    made = [_outgoing(each, plan) for each in wanted]
    names = [each.name for each in made]
    for name in names:
        if names.count(name) > 1:
            raise QueryError(f"两张表都导出到 {name!r} (same destination twice); 请给 to 写不同的名字")
    return made


def _outgoing(asked: ExportTable, plan: ExportPlan) -> Outgoing:
    table = TABLES.get(asked.table)
    if table is None:
        raise QueryError(_unknown("没有这张表", asked.table, TABLES))
    ours = [column.name for column in table.columns]
    mapped = dict(asked.columns) or {name: name for name in ours}
    for name in (*mapped, *asked.where):
        if name not in ours:
            raise QueryError(_unknown(f"表 {table.name} 没有这一列", name, ours))
    if table.key not in mapped:
        raise QueryError(f"表 {table.name} 的 columns 里要有 {table.key} (the key): 没有它, 重复导出会变成两份")
    if plan.gone == "mark" and "deleted" not in mapped:
        raise QueryError(f"表 {table.name}: gone 是 mark 时, columns 里要有 deleted")
    for name, values in asked.where.items():
        choices = table.columns[ours.index(name)].choices
        for value in values if choices else ():
            if str(value) not in choices:  # a slip would export nothing, and delete what was exported before
                raise QueryError(_unknown(f"表 {table.name} 的 {name} 没有这个值", str(value), choices))
    places = tuple(ours.index(name) for name in mapped)
    where = tuple((ours.index(name), frozenset(values)) for name, values in asked.where.items())
    names, kept = tuple(mapped.values()), tuple(table.columns[place] for place in places)
    key = list(mapped).index(table.key)
    deleted = list(mapped).index("deleted") if "deleted" in mapped else -1
    return Outgoing(table, asked.to or table.name, names, kept, key, deleted, where, places)


def _unknown(what: str, word: str, known: Iterable[str]) -> str:
    every = list(known)
    near = difflib.get_close_matches(word, every, n=1, cutoff=0.4)
    return f"{what}: {word!r} (unknown); {f'是不是 {near[0]!r}?' if near else '可用的是 ' + ', '.join(every)}"


def digest(row: Row) -> str:
    """What a row says, in sixteen characters: it differs when any value does."""
    return hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
