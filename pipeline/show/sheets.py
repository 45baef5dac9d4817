"""Plain worksheets for people: one style for all workbooks, text that is never a formula, pages that print."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.show.xlsx_rows import DANGEROUS

LONGEST = 32767  # characters that a cell may hold
Value = str | float | int | Decimal | None


class Sheets:
    """An open XlsxWriter workbook with our formats."""

    def __init__(self, book: Any) -> None:
        body = {"font_name": "宋体", "font_size": 10.5, "valign": "top"}
        self.book = book
        self.head = book.add_format(body | {"bold": True, "bg_color": "#E8ECEF", "bottom": 1, "text_wrap": True})
        self.plain = book.add_format(body)
        self.wrapped = book.add_format(body | {"text_wrap": True})
        self.quoted = book.add_format(body | {"quote_prefix": True})
        self.number = book.add_format(body | {"align": "right"})
        self.gap = book.add_format(body | {"align": "right", "font_color": "#6B7075"})
        self.doubt = book.add_format(body | {"align": "right", "bg_color": "#FBE9D0"})

    def add(self, name: str, columns: Sequence[tuple[str, int]]) -> Any:
        """A worksheet with its head row; ``columns`` are (head, width in characters)."""
        sheet = self.book.add_worksheet(name)
        for n, (head, wide) in enumerate(columns):
            sheet.write_string(0, n, head, self.head)
            sheet.set_column(n, n, wide)
        return sheet

    def row(self, sheet: Any, n: int, values: Sequence[Value], style: Any = None) -> None:
        """Values from the first column on; nothing is written for None."""
        for column, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                own = self.quoted if value.startswith(DANGEROUS) else style or self.plain
                sheet.write_string(n, column, value[:LONGEST], own)
            else:
                sheet.write_number(n, column, float(value), style or self.number)

    def finish(
        self, sheet: Any, columns: Sequence[tuple[str, int]], rows: int, freeze: tuple[int, int] = (1, 1)
    ) -> None:
        """A filter over everything, a frozen head, a page that prints: landscape, one page wide."""
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
        sheet.freeze_panes(*freeze)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
