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
APPLICATION = 0x7A6A6965  # "zjie" in the file's head: a stranger's database is never written to


def create(path: Path) -> sqlite3.Connection:
    """Open for writing; a new file gets the schema, an older one is migrated. Raises ``InputError`` when foreign."""
    path.parent.mkdir(parents=True, exist_ok=True)
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
