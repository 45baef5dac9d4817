"""Opening the one SQLite file: made from ``schema.sql``, brought up to date by ``migrations``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError
from pipeline.store import personal
from pipeline.store.characters import pairs
from pipeline.store.migrations import MIGRATIONS

SCHEMA = Path(__file__).with_name("schema.sql")
VERSION = 1 + len(MIGRATIONS)
TROUBLES = {
    sqlite3.SQLITE_BUSY: "另一个程序正在写这个数据集 (locked); 等它做完再试一次",
    sqlite3.SQLITE_READONLY: "写不进去 (read-only); 请检查权限, 或换一个地方",
    sqlite3.SQLITE_IOERR: "读写出错 (disk error); 请检查磁盘或网络盘",
    sqlite3.SQLITE_CORRUPT: "数据集已损坏 (malformed); 请把它改名, 再运行一次 zongjie run 重新做",
    sqlite3.SQLITE_FULL: "磁盘满了 (disk full); 腾出空间再试一次",
    sqlite3.SQLITE_CANTOPEN: "打不开 (cannot open); 请检查路径和权限",
    sqlite3.SQLITE_NOTADB: "这个文件不是 zongjie 的数据集, 或已损坏 (not a database); 没有改动它, 请核对路径",
}
APPLICATION = 0x7A6A6965  # "zjie" in the file's head: a stranger's database is never written to


@contextmanager
def troubles_told(path: Path) -> Iterator[None]:
    """What the file, its disk or another program does to a dataset is said in a sentence; faults of ours pass."""
    try:
        yield
    except sqlite3.DatabaseError as fault:
        told = TROUBLES.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF)
        if told is None:
            raise
        raise InputError(f"{path}: {told}", cause="no_dataset") from None


def create(path: Path) -> sqlite3.Connection:
    """Open for writing; a new file gets the schema, an older one is migrated. Raises ``InputError`` when foreign."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with troubles_told(path):
        return _created(path)


def _created(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, isolation_level=None)
    base.create_function("character_pairs", 1, pairs, deterministic=True)
    try:
        version = base.execute("PRAGMA user_version").fetchone()[0]
        tables = base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        _check(base, path, version, bool(tables))
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute("PRAGMA foreign_keys = ON")
        if not tables:
            base.executescript(
                f"BEGIN;{SCHEMA.read_text(encoding='utf-8')}"
                f"PRAGMA user_version = {VERSION};PRAGMA application_id = {APPLICATION};COMMIT;"
            )
        else:
            for step in range(version, VERSION):
                base.executescript(f"BEGIN;{MIGRATIONS[step - 1]};PRAGMA user_version = {step + 1};COMMIT;")
    except BaseException:
        base.close()
        raise
    return base


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open for asking, numbers of persons masked; raises ``InputError`` when there is no dataset of ours."""
    if not path.is_file():
        raise InputError(f"{path}: 没有这个数据集; 请先运行 zongjie run 文件夹, 或用 --db 指明", cause="no_dataset")
    with troubles_told(path):
        return _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        version = base.execute("PRAGMA user_version").fetchone()[0]
        _check(base, path, version, tables=True)
        if version != VERSION:
            raise InputError(f"{path}: 数据集是旧版本 ({version}); 请再运行一次 zongjie run 以升级", cause="no_dataset")
        personal.hide(base)
    except BaseException:
        base.close()
        raise
    base.row_factory = sqlite3.Row
    return base


def _check(base: sqlite3.Connection, path: Path, version: int, tables: bool) -> None:
    if not tables:
        return
    if base.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise InputError(f"{path}: 这个文件不是 zongjie 的数据集, 没有改动它; 请换一个 --out", cause="no_dataset")
    if version > VERSION:
        raise InputError(f"{path}: 数据集是更新的版本 ({version} > {VERSION}) 做的; 请升级 zongjie", cause="no_dataset")


@contextmanager
def transaction(base: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")
