"""Tables on ruled pdf pages: pdfplumber finds the cells, pdfium says what stands in them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, NamedTuple

from pipeline.read.pdf_page import closed
from pipeline.read.pdf_paragraphs import joint

# What pdfminer lets through on torn files, beside its own.
FAULTS = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError, OSError,
    struct.error, zlib.error, NotImplementedError,
)  # fmt: skip
Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points from the page's upper left


class Table(NamedTuple):
    """A table's place and its rows; a merged continuation is empty."""

    box: Box
    rows: tuple[tuple[str, ...], ...]


def tables(data: bytes, password: str | None, numbers: list[int], document: Any) -> dict[int, list[Table]]:
    """The tables of the pages with these numbers (from 1); a page whose rulings are no table has none."""
    import logging

    import pdfplumber
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it warns of, pdfium has read

    found: dict[int, list[Table]] = {}
    try:
        with pdfplumber.open(io.BytesIO(data), pages=numbers, password=password or "") as opened:
            for page in opened.pages:
                found[page.page_number] = _on(page, document[page.page_number - 1])
                page.close()
    except (PSException, PdfminerException, *FAULTS):
        return found  # pdfminer is stricter than pdfium: the text stands, its table does not
    return found


def _on(page: Any, shown: Any) -> list[Table]:
    text_page = shown.get_textpage()
    left, _, _, top = shown.get_bbox()
    turned = shown.get_rotation() != 0
    found = []
    for table in page.find_tables():
        width = max((len(row.cells) for row in table.rows), default=0)
        if width < 2 or len(table.rows) < 2:
            continue
        if turned:
            rows = tuple(tuple(_joined(cell or "") for cell in row) for row in table.extract())
        else:
            rows = tuple(tuple(_cell(text_page, cell, left, top) for cell in row.cells) for row in table.rows)
        if sum(1 for row in rows for cell in row if cell) > 1:
            found.append(Table(table.bbox, rows))
    text_page.close()
    return found


def _cell(text_page: Any, box: Box | None, left: float, top: float) -> str:
    if box is None:
        return ""
    x0, upper, x1, lower = box
    return _joined(text_page.get_text_bounded(left + x0, top - lower, left + x1, top - upper))


def _joined(text: str) -> str:
    """The lines of a cell, wrapped by its width, as one."""
    joined = ""
    for part in text.splitlines():
        joined = joint(joined, part.strip()) if joined else part.strip()
    return closed(joined)
