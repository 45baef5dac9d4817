"""Datasets of older versions are brought up to date where they are: the committed files were written by those versions.

When the version moves, write a small dataset with the version before, and add it here as old/N.db.gz.
"""

from __future__ import annotations

import gzip
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.ask.compare import compare
from pipeline.ask.ledger import ledger
from pipeline.errors import InputError
from pipeline.store import corrections, database, fetch, index, review

OLD = sorted((Path(__file__).parent / "old").glob("*.db.gz"))
KEPT = ("report", "section", "paragraph", "fact", "honour", "indicator", "town", "source", "run")


def shape(base: sqlite3.Connection) -> dict[str, set[str]]:
    """Tables and views with their columns, indexes and triggers by name; what FTS keeps for itself left out."""
    found: dict[str, set[str]] = {}
    for kind, name in base.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"):
        if re.search(r"_(data|idx|docsize|config|content)$", name):
            continue
        columns = base.execute(f'PRAGMA table_info("{name}")').fetchall() if kind in ("table", "view") else []
        found[f"{kind} {name}"] = {row[1] for row in columns}
    return found


def rows(base: sqlite3.Connection, columns: dict[str, list[str]]) -> dict[str, list[tuple]]:
    return {
        table: sorted(map(tuple, base.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()), key=str)
        for table, names in columns.items()
    }


@pytest.fixture(params=OLD, ids=lambda path: path.name.split(".")[0])
def old(request, tmp_path):
    path = tmp_path / "zongjie.db"
    with gzip.open(request.param) as packed, path.open("wb") as out:
        shutil.copyfileobj(packed, out)
    return path


def test_there_is_an_old_file_of_every_version():
    assert [int(path.name.split(".")[0]) for path in OLD] == list(range(1, database.VERSION))


def test_an_old_dataset_becomes_a_new_one_with_all_its_rows(old, tmp_path):
    with closing(sqlite3.connect(old)) as base:
        columns = {table: [row[1] for row in base.execute(f"PRAGMA table_info({table})")] for table in KEPT}
        before = rows(base, columns)
    with closing(database.create(old)) as base, closing(database.create(tmp_path / "new.db")) as new:
        assert base.execute("PRAGMA user_version").fetchone()[0] == database.VERSION
        assert shape(base) == shape(new)
        assert rows(base, columns) == before
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(before["fact"]) == 6


def test_a_migrated_dataset_can_be_asked(old):
    with pytest.raises(InputError, match="旧版本"):
        database.open_read_only(old)
    with closing(database.create(old)) as base:
        index.catch_up(base)
    with closing(database.open_read_only(old)) as base:
        assert len(fetch.reports(base)) == 2
        assert compare(base).lines
        assert ledger(base).entries
        found = base.execute("SELECT count(*) FROM paragraph_index WHERE paragraph_index MATCH '学习'").fetchone()
        assert found[0] > 0


def test_migrating_twice_changes_nothing(old):
    database.create(old).close()
    first = old.read_bytes()
    database.create(old).close()
    assert old.read_bytes() == first


def test_a_correction_of_an_older_version_can_be_withdrawn(tmp_path):
    path = tmp_path / "zongjie.db"
    with gzip.open(Path(__file__).parent / "old/3.db.gz") as packed:
        path.write_bytes(packed.read())
    with closing(database.create(path)) as base:
        (waiting,) = corrections.waiting(base)
        assert (waiting.role, waiting.model_role, len(waiting.found)) == ("achievement", "plan", 1)
        review.withdraw(base, "甲", [row.key for row in review.rows(base)])
        label = "SELECT role, role_by FROM paragraph WHERE instr(text, '明年信息')"
        assert tuple(base.execute(label).fetchone()) == ("plan", "model")
        assert corrections.waiting(base) == []
