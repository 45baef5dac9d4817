"""Export into a folder: csv, jsonl, parquet or SQL files, with a data package that says what everything means.

The folder is there whole or not at all: everything is written beside it and then takes its place. For systems that
are joined by disk ``changes`` writes numbered folders instead, each with what changed since the one before.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.errors import InputError
from pipeline.model import Towns
from pipeline.show.compare_csv import defused
from pipeline.show.export_database import Done
from pipeline.show.export_plan import Outgoing, digest
from pipeline.show.export_sqlite import create, quoted, upsert
from pipeline.show.export_tables import Row

Write = Callable[[Path, Outgoing, Iterable[Row]], int]
MEMORY = ".zongjie-export.db"  # what the numbered folders hold so far
BATCH = 20_000  # rows of a parquet group


def write_csv(path: Path, table: Outgoing, rows: Iterable[Row]) -> int:
    """UTF-8 with a byte order mark, as Excel wants it; text that looks like a formula is defused."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        out = csv.writer(lines)
        out.writerow(table.names)
        for row in rows:
            out.writerow([defused(value) for value in row])
            count += 1
    return count


def write_jsonl(path: Path, table: Outgoing, rows: Iterable[Row]) -> int:
    """One object a line; text as it is."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for row in rows:
            lines.write(json.dumps(dict(zip(table.names, row, strict=True)), ensure_ascii=False) + "\n")
            count += 1
    return count


def write_sql(path: Path, table: Outgoing, rows: Iterable[Row]) -> int:
    """CREATE TABLE IF NOT EXISTS and an upsert for every row, in one transaction, as SQLite and PostgreSQL take it."""
    count = 0
    head = upsert(table).partition(" VALUES ")
    then = head[2].partition(")")[2]
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        lines.write(f"BEGIN;\n{create(table)};\n")
        for row in rows:
            lines.write(f"{head[0]} VALUES ({', '.join(map(literal, row))}){then};\n")
            count += 1
        lines.write("COMMIT;\n")
    return count


def literal(value: object) -> str:
    """A value as standard SQL writes it.

    >>> literal("Bob's"), literal(None), literal(3.5)
    ("'Bob''s'", 'NULL', '3.5')
    """
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("\x00", "").replace("'", "''") + "'"
    return repr(value)


def write_parquet(path: Path, table: Outgoing, rows: Iterable[Row]) -> int:
    """Typed columns, zstd; needs the extra ``zongjie[parquet]``."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise InputError('parquet 要先安装 pip install "zongjie[parquet]"', cause="destination") from None
    kinds = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "date": pyarrow.date32(),
    }
    schema = pyarrow.schema([(name, kinds[own.kind]) for name, own in zip(table.names, table.columns, strict=True)])
    dates = [n for n, own in enumerate(table.columns) if own.kind == "date"]
    count = 0
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as out:
        for batch in _batches(rows):
            columns: list[Any] = list(zip(*batch, strict=True))
            for n in dates:
                columns[n] = [date.fromisoformat(day) if day else None for day in columns[n]]
            arrays = [pyarrow.array(values, own.type) for values, own in zip(columns, schema, strict=True)]
            out.write_table(pyarrow.table(arrays, schema=schema))
            count += len(batch)
    return count


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


FORMATS: dict[str, tuple[str, Write]] = {
    "csv": (".csv", write_csv),
    "jsonl": (".jsonl", write_jsonl),
    "parquet": (".parquet", write_parquet),
    "sql": (".sql", write_sql),
}


def export(
    base: sqlite3.Connection,
    folder: Path,
    tables: Sequence[Outgoing],
    formats: Sequence[str],
    owed: Towns | None = None,
) -> list[Done]:
    """Write the folder anew. Raises ``InputError`` when it holds something that is not an export of ours."""
    recovered(folder)
    _ours(folder)
    made = folder.with_name(folder.name + ".part")
    shutil.rmtree(made, ignore_errors=True)
    try:
        made.mkdir(parents=True)
        done = [_write(base, made, table, formats, owed) for table in tables]
        package(made, tables, formats, {each.table: each.rows for each in done})
        _take_place(made, folder)
    except PermissionError as fault:
        raise InputError(
            f"{folder}: 写不进去 ({fault.strerror}); 请先关闭正在打开其中文件的程序, 再运行一次", cause="destination"
        ) from None
    except OSError as fault:
        raise InputError(f"{folder}: 写不成 ({fault.strerror}); 原有的没有动", cause="destination") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return done


def recovered(folder: Path) -> None:
    """An export that was stopped between the two renames left the old folder aside: it comes back."""
    aside = folder.with_name(folder.name + ".old")
    if aside.is_dir():
        if folder.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(folder)


def _take_place(made: Path, folder: Path) -> None:
    aside = folder.with_name(folder.name + ".old")
    if folder.exists():
        folder.rename(aside)
    made.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)


def _ours(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: 是一个文件, 不是文件夹; 请换一个地方", cause="destination")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    told = folder / "datapackage.json"
    if not told.is_file() or '"zongjie' not in told.read_text(encoding="utf-8", errors="replace"):
        raise InputError(f"{folder}: 里面有别的文件, 没有动它; 请导出到一个新的或空的文件夹", cause="destination")


def _write(base: sqlite3.Connection, folder: Path, table: Outgoing, formats: Sequence[str], owed: Towns | None) -> Done:
    count = 0
    for name in formats:
        suffix, write = FORMATS[name]
        count = write(folder / f"{table.name}{suffix}", table, table.rows(base, owed))
    return Done(table.name, count, count, 0, 0, 0)


def export_changes(
    base: sqlite3.Connection,
    folder: Path,
    tables: Sequence[Outgoing],
    formats: Sequence[str],
    owed: Towns | None = None,
) -> list[Done]:
    """Write a further numbered folder with the rows that are new, changed or gone (``deleted`` = 1) since the last one.

    The numbers are remembered in the folder; a folder that was not finished is written again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    memory = sqlite3.connect(folder / MEMORY, isolation_level=None)
    try:
        memory.execute("CREATE TABLE IF NOT EXISTS number (n INTEGER)")
        memory.execute("CREATE TABLE IF NOT EXISTS said (name TEXT, key TEXT, digest TEXT, PRIMARY KEY (name, key))")
        number = memory.execute("SELECT coalesce(max(n), 0) + 1 FROM number").fetchone()[0]
        final, made = folder / f"{number:06d}", folder / f"{number:06d}.part"
        for unfinished in (final, made):
            shutil.rmtree(unfinished, ignore_errors=True)
        made.mkdir()
        memory.execute("BEGIN IMMEDIATE")
        done = [_changes(base, memory, made, table, formats, owed) for table in tables]
        package(made, tables, formats, {each.table: each.new + each.changed + each.gone for each in done})
        memory.execute("INSERT INTO number VALUES (?)", (number,))
        made.rename(final)
        memory.execute("COMMIT")
    finally:
        memory.close()
    return done


def _changes(
    base: sqlite3.Connection, memory: sqlite3.Connection, folder: Path, table: Outgoing, formats: Sequence[str],
    owed: Towns | None,
) -> Done:  # fmt: skip
    if table.deleted < 0:
        raise InputError(f"表 {table.name}: 只导出变动时, columns 里要有 deleted", cause="destination")
    old = dict(memory.execute("SELECT key, digest FROM said WHERE name = ?", (table.name,)))
    rows = {row[table.key]: row for row in table.rows(base, owed)}
    digests = {key: digest(row) for key, row in rows.items()}
    changed = [row for key, row in rows.items() if old.get(key) != digests[key]]
    gone = [key for key in old if key not in rows]
    blank: list[Any] = [None] * len(table.names)
    out = [*changed, *(_marked(blank, table, key) for key in gone)]
    for name in formats:
        suffix, write = FORMATS[name]
        write(folder / f"{table.name}{suffix}", table, out)
    memory.executemany("DELETE FROM said WHERE name = ? AND key = ?", [(table.name, key) for key in gone])
    memory.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?)", [(table.name, k, d) for k, d in digests.items()])
    new = sum(row[table.key] not in old for row in changed)
    return Done(table.name, len(rows), new, len(changed) - new, len(rows) - len(changed), len(gone))


def _marked(blank: Sequence[Any], table: Outgoing, key: str) -> Row:
    row = list(blank)
    row[table.key], row[table.deleted] = key, 1
    return tuple(row)


# --- what everything means ----------------------------------------------------------------------------------------

FRICTIONLESS = {"text": "string", "integer": "integer", "number": "number", "date": "date"}
MEDIA = {"csv": "text/csv", "jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet",
         "sql": "application/sql"}  # fmt: skip


def package(folder: Path, tables: Sequence[Outgoing], formats: Sequence[str], counts: Mapping[str, int]) -> None:
    """``datapackage.json`` (Frictionless) over the files, and a JSON Schema for every table in ``schemas/``."""
    (folder / "schemas").mkdir()
    resources = []
    for table in tables:
        path = folder / "schemas" / f"{table.name}.schema.json"
        path.write_text(json.dumps(schema(table), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        for name in formats:
            file = folder / f"{table.name}{FORMATS[name][0]}"
            told: dict[str, Any] = {
                "name": f"{table.table.name}-{name}".replace("_", "-"), "path": file.name, "title": table.table.title,
                "format": name, "mediatype": MEDIA[name], "bytes": file.stat().st_size,
                "hash": "sha256:" + _sha256(file),
            }  # fmt: skip
            if name == "csv":
                told |= {"profile": "tabular-data-resource", "encoding": "utf-8-sig", "schema": table_schema(table)}
            if name != "sql":
                told["rows"] = counts[table.name]
            resources.append(told)
    whole = {
        "name": "zongjie-export", "profile": "data-package", "title": "乡镇工作总结数据",
        "description": "空值是没有说到, 不等于零; 近似的数 (余、约、不低于) 是上下限之间的范围。"
        "csv 里像公式的文字前面加了单引号。",
        "created_by": f"zongjie {__version__}", "resources": resources,
    }  # fmt: skip
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def table_schema(table: Outgoing) -> dict[str, Any]:
    """The columns as Frictionless names them."""
    fields = []
    for n, (name, own) in enumerate(zip(table.names, table.columns, strict=True)):
        limits: dict[str, Any] = {"required": True, "unique": True} if n == table.key else {}
        if own.choices:
            limits["enum"] = list(own.choices)
        field: dict[str, Any] = {"name": name, "type": FRICTIONLESS[own.kind], "title": own.title}
        fields.append(
            field | ({"description": own.about} if own.about else {}) | ({"constraints": limits} if limits else {})
        )
    return {"fields": fields, "primaryKey": table.key_name, "missingValues": [""]}


def schema(table: Outgoing) -> dict[str, Any]:
    """A JSON Schema (2020-12) for one row as ``jsonl`` writes it."""
    kinds = {"text": "string", "integer": "integer", "number": "number", "date": "string"}
    properties: dict[str, Any] = {}
    for n, (name, own) in enumerate(zip(table.names, table.columns, strict=True)):
        told: dict[str, Any] = {
            "title": own.title,
            "type": kinds[own.kind] if n == table.key else [kinds[own.kind], "null"],
        }
        if own.kind == "date":
            told["format"] = "date"
        if own.choices:
            told["enum"] = [*own.choices, None]
        properties[name] = told | ({"description": own.about} if own.about else {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": table.table.title, "type": "object",
        "properties": properties, "required": list(table.names), "additionalProperties": False,
    }  # fmt: skip


def dry_statements(tables: Sequence[Outgoing]) -> list[str]:
    """What a dry run says of files: their columns."""
    return [f"{table.name}: {', '.join(map(quoted, table.names))}" for table in tables]
