"""Export into an SQLite file. Nothing but Python's own library is needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError
from pipeline.show.export_database import STATE, misfits
from pipeline.show.export_plan import Outgoing
from pipeline.show.export_tables import Row

TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}
_OURS = 0x7A6A6965  # our own dataset's mark: an export never writes into a dataset


class SqliteTarget:
    """An SQLite file that is made when it is not there."""

    def __init__(self, path: Path) -> None:
        if not path.parent.is_dir():
            raise InputError(f"{path.parent}: 没有这个文件夹; 请先建好", cause="destination")
        try:
            self.base = sqlite3.connect(path, isolation_level=None)
            if self.base.execute("PRAGMA application_id").fetchone()[0] == _OURS:
                raise InputError(f"{path}: 这是 zongjie 的数据集本身; 请导出到另一个文件", cause="destination")
        except sqlite3.Error as fault:
            raise InputError(f"{path}: 不是 SQLite 数据库, 或打不开 ({fault})", cause="destination") from None
        self.base.execute("PRAGMA synchronous = NORMAL")

    def close(self) -> None:
        """Let the file go."""
        self.base.close()

    @contextmanager
    def transaction(self, dry: bool) -> Iterator[None]:
        """All or nothing."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("ROLLBACK" if dry else "COMMIT")

    def unfit(self, table: Outgoing) -> list[str]:
        """By the file's own description of the table."""
        told = self.base.execute(f"PRAGMA table_info({quoted(table.name)})").fetchall()
        if not told:
            return []
        columns = {name: (kind, bool(needed) and default is None and not place)
                   for _, name, kind, needed, default, place in told}  # fmt: skip
        keys = [name for _, name, _, _, _, place in told if place]
        unique = set(keys) if len(keys) == 1 else set()
        for _, index, is_unique, *_ in self.base.execute(f"PRAGMA index_list({quoted(table.name)})").fetchall():
            parts = self.base.execute(f"PRAGMA index_info({quoted(index)})").fetchall()
            if is_unique and len(parts) == 1:
                unique.add(parts[0][2])
        return misfits(table, columns, unique)

    def statements(self, table: Outgoing) -> list[str]:
        """CREATE and the upsert."""
        return [create(table), upsert(table)]

    def prepare(self, tables: Sequence[Outgoing]) -> None:
        """CREATE TABLE IF NOT EXISTS."""
        with self.transaction(dry=False):
            for table in tables:
                self.base.execute(create(table))
            self.base.execute(
                f"CREATE TABLE IF NOT EXISTS {STATE} (target TEXT, row_key TEXT, row_digest TEXT,"
                " PRIMARY KEY (target, row_key)) WITHOUT ROWID"
            )

    def state(self, name: str) -> dict[str, str]:
        """From our own table, when it is there."""
        if not self.base.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (STATE,)).fetchone():
            return {}
        return dict(self.base.execute(f"SELECT row_key, row_digest FROM {STATE} WHERE target = ?", (name,)))

    def put(self, table: Outgoing, batches: Iterable[list[Row]]) -> None:
        """INSERT … ON CONFLICT DO UPDATE."""
        sql = upsert(table)
        for batch in batches:
            self.base.executemany(sql, batch)

    def remove(self, table: Outgoing, keys: list[str], mark: bool) -> None:
        """DELETE, or UPDATE deleted = 1."""
        name, key = quoted(table.name), quoted(table.key_name)
        change = f"UPDATE {name} SET {quoted(table.names[table.deleted])} = 1" if mark else f"DELETE FROM {name}"
        self.base.executemany(f"{change} WHERE {key} = ?", [(each,) for each in keys])

    def remember(self, name: str, digests: list[tuple[str, str]], forget: list[str]) -> None:
        """Into our own table."""
        self.base.executemany(
            f"INSERT INTO {STATE} VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET row_digest = excluded.row_digest",
            [(name, key, own) for key, own in digests],
        )
        self.base.executemany(f"DELETE FROM {STATE} WHERE target = ? AND row_key = ?", [(name, key) for key in forget])


def quoted(name: str) -> str:
    """An identifier.

    >>> quoted('单位"指标')
    '"单位""指标"'
    """
    return '"' + name.replace('"', '""') + '"'


def create(table: Outgoing) -> str:
    """The table as SQLite makes it."""
    columns = [f"{quoted(name)} {TYPES[own.kind]}{' PRIMARY KEY' if n == table.key else ''}"
               for n, (name, own) in enumerate(zip(table.names, table.columns, strict=True))]  # fmt: skip
    return f"CREATE TABLE IF NOT EXISTS {quoted(table.name)} ({', '.join(columns)})"


def upsert(table: Outgoing) -> str:
    """Insert, or update where the key is there."""
    names = ", ".join(map(quoted, table.names))
    sets = ", ".join(
        f"{quoted(name)} = excluded.{quoted(name)}" for n, name in enumerate(table.names) if n != table.key
    )
    then = f"DO UPDATE SET {sets}" if sets else "DO NOTHING"
    return (
        f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({', '.join('?' * len(table.names))})"
        f" ON CONFLICT ({quoted(table.key_name)}) {then}"
    )
