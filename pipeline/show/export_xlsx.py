"""Export into one workbook, a sheet a table: for systems and people that take Excel files."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.model import Towns
from pipeline.show.export_database import Done
from pipeline.show.export_plan import Outgoing
from pipeline.show.whole import replaced

MOST = 1_048_575  # rows of a sheet under its head
WIDE = 18


def export(base: sqlite3.Connection, path: Path, tables: Sequence[Outgoing], owed: Towns | None = None) -> list[Done]:
    """Write the workbook; raises ``InputError`` for a table that does not fit on a sheet."""
    from pipeline.show.xlsx_rows import Book, Rows, Styles

    if not path.parent.is_dir():
        raise InputError(f"{path.parent}: 没有这个文件夹; 请先建好", cause="destination")
    done = []
    with replaced(path) as beside, Book(beside) as book:
        styles = Styles(book.add_format({"bold": True}), book.add_format(), book.add_format({"quote_prefix": True}))
        for table in tables:
            rows = list(table.rows(base, owed))
            if len(rows) > MOST:
                raise InputError(f"{table.name} 有 {len(rows)} 行, 一张工作表放不下; 请导出到 csv", cause="destination")
            sheet = book.add_worksheet(table.name[:31], worksheet_class=Rows)
            sheet.stream(table.names, rows, len(rows), styles)
            sheet.set_column(0, len(table.names) - 1, WIDE)
            sheet.autofilter(0, 0, max(len(rows), 1), len(table.names) - 1)
            sheet.freeze_panes(1, 1)
            done.append(Done(table.name, len(rows), len(rows), 0, 0, 0))
    return done
