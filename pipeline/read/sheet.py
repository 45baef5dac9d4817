"""Spreadsheets, each sheet a table: xlsx and ods straight from their XML, xls through xlrd where it is installed."""

from __future__ import annotations

import itertools
import posixpath
import re
import struct
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from pipeline.errors import ReadError
from pipeline.model import ReadOptions
from pipeline.read.lines import Extract, Line
from pipeline.read.package import Package

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TRUTH = {"TRUE": "是", "FALSE": "否"}
MOST_COLUMNS = 256
MOST_ROWS = 100_000
# Built-in formats that show a share or a date (ECMA-376 part 1, 18.8.30).
PERCENT = {9: 0, 10: 2}
DATES = frozenset([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_DATE_LETTERS = re.compile(r"[ymdhs]|年|月|日", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """Every visible sheet of an xlsx: its name as a heading, its rows as one table."""
    package = Package(data, options.limits)
    shared = _shared(package)
    formats = _formats(package)
    lines: list[Line] = []
    for number, (title, part) in enumerate(_sheets(package), 1):
        rows = list(_rows(package.xml(part), shared, formats))
        if any(any(row) for row in rows):
            lines.append(Line(title, "heading", 1))
            lines.extend(as_lines(rows, number))
    return Extract(lines, (), "damaged" if package.torn else "", "表格 XML 不完整 (broken XML)" if package.torn else "")


def as_lines(rows: Iterable[tuple[str, ...]], number: int) -> Iterator[Line]:
    """Rows as lines: columns and rows that are empty throughout are left out."""
    kept = [row for row in rows if any(row)]
    used = [
        place for place in range(max(map(len, kept), default=0)) if any(place < len(row) and row[place] for row in kept)
    ]
    for row in kept:
        yield Line("", cells=tuple(row[place] if place < len(row) else "" for place in used), table=number)


def _shared(package: Package) -> list[str]:
    if "xl/sharedStrings.xml" not in package:
        return []
    root = package.xml("xl/sharedStrings.xml")
    return ["".join(text.text or "" for text in _texts(item)) for item in root.iterchildren(f"{M}si")]


def _texts(item: etree._Element) -> Iterator[etree._Element]:
    for text in item.iter(f"{M}t"):
        parent = text.getparent()
        if parent is None or parent.tag != f"{M}rPh":  # how a name is pronounced
            yield text


def _formats(package: Package) -> list[tuple[str, int]]:
    """For each cell style: ``percent`` with its decimals, ``date`` or ``plain``."""
    if "xl/styles.xml" not in package:
        return []
    root = package.xml("xl/styles.xml")
    own = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in root.iter(f"{M}numFmt")}
    styles = root.find(f"{M}cellXfs")
    return [_format(int(one.get("numFmtId", "0")), own) for one in ([] if styles is None else styles)]


def _format(number: int, own: dict[int, str]) -> tuple[str, int]:
    if number in PERCENT:
        return "percent", PERCENT[number]
    if number in DATES:
        return "date", 0
    code = _QUOTED.sub("", own.get(number, "")).split(";")[0]
    if "%" in code:
        return "percent", len(code.partition(".")[2].rstrip("%"))
    return ("date", 0) if code and _DATE_LETTERS.search(code) and "0" not in code and "#" not in code else ("plain", 0)


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    if "xl/workbook.xml" not in package:
        raise ReadError("xlsx 里没有工作簿 xl/workbook.xml (no workbook); 请用 Excel 或 WPS 重新另存")
    targets = {}
    if "xl/_rels/workbook.xml.rels" in package:
        targets = {one.get("Id"): one.get("Target", "") for one in package.xml("xl/_rels/workbook.xml.rels").iter(REL)}
    for sheet in package.xml("xl/workbook.xml").iter(f"{M}sheet"):
        target = targets.get(sheet.get(R_ID), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        if sheet.get("state") in (None, "visible") and part in package:
            yield sheet.get("name", ""), part


def _rows(root: etree._Element, shared: list[str], formats: list[tuple[str, int]]) -> Iterator[tuple[str, ...]]:
    for count, row in enumerate(root.iter(f"{M}row")):
        if count >= MOST_ROWS:
            return
        if row.get("hidden") in ("1", "true"):
            continue
        cells: list[str] = []
        for cell in row.iterchildren(f"{M}c"):
            column = _column(cell.get("r"), len(cells))
            if column >= MOST_COLUMNS:
                break
            cells.extend([""] * (column - len(cells)))
            cells.append(_value(cell, shared, formats))
        yield tuple(cells)


def _column(reference: str | None, otherwise: int) -> int:
    found = _CELL.match(reference or "")
    if found is None:
        return otherwise
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return max(column - 1, otherwise)


def _value(cell: etree._Element, shared: list[str], formats: list[tuple[str, int]]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{M}t"))
    stored = cell.findtext(f"{M}v") or ""
    if kind == "s":
        return shared[int(stored)] if stored.isdigit() and int(stored) < len(shared) else ""
    if kind == "b":
        return "是" if stored == "1" else "否"
    if kind != "n" or not stored:
        return "" if kind == "e" else stored
    style = cell.get("s", "0")
    form = formats[int(style)] if style.isdigit() and int(style) < len(formats) else ("plain", 0)
    return shown(stored, form)


def shown(stored: str, form: tuple[str, int]) -> str:
    """A number as the sheet shows it: shares with their sign, dates as dates, no binary dust.

    >>> shown("0.236", ("percent", 1)), shown("45112", ("date", 0)), shown("18.600000000000001", ("plain", 0))
    ('23.6%', '2023-07-05', '18.6')
    """
    try:
        number = float(stored)
    except ValueError:
        return stored
    kind, places = form
    if kind == "percent":
        return f"{100 * number:.{places}f}%"
    if kind == "date" and 1 <= number < 2_958_466:
        moment = datetime(1899, 12, 30) + timedelta(days=number)
        return moment.strftime("%Y-%m-%d") if number == int(number) else moment.strftime("%Y-%m-%d %H:%M")
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else f"{number:.12g}"


def read_ods(data: bytes, name: str, options: ReadOptions) -> Extract:
    """Every visible sheet of an OpenDocument spreadsheet."""
    package = Package(data, options.limits)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.part("META-INF/manifest.xml"):
        raise ReadError("ods 有密码 (encrypted); 请去掉密码后再交", cause="encrypted")
    lines: list[Line] = []
    content = package.xml("content.xml")
    styles = {one.get(f"{STYLE}name") for one in content.iter(f"{STYLE}style") if _is_hidden(one)}
    for number, table in enumerate(content.iter(f"{TABLE}table"), 1):
        if table.get(f"{TABLE}style-name") in styles:
            continue
        rows = list(itertools.islice(_ods_rows(table), MOST_ROWS))
        if any(any(row) for row in rows):
            lines.append(Line(table.get(f"{TABLE}name", ""), "heading", 1))
            lines.extend(as_lines(rows, number))
    return Extract(lines)


def _ods_rows(table: etree._Element) -> Iterator[tuple[str, ...]]:
    for row in table.iter(f"{TABLE}table-row"):
        if row.get(f"{TABLE}visibility") in ("collapse", "filter"):
            continue
        cells: list[str] = []
        for cell in row:
            text = _ods_value(cell)
            times = _count(cell.get(f"{TABLE}number-columns-repeated"))
            cells.extend([text] * min(times, MOST_COLUMNS - len(cells), MOST_COLUMNS if text else 16))
        # rows below the sheet's end are repeated by the million, and empty
        yield from [tuple(cells)] * (_count(row.get(f"{TABLE}number-rows-repeated")) if any(cells) else 1)


def _ods_value(cell: etree._Element) -> str:
    """What the cell shows; dates and truth values as the other formats give them."""
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "date":
        return str(cell.get(f"{OFFICE}date-value", ""))[:16].replace("T", " ").removesuffix(" 00:00")
    text = " ".join("".join(part.itertext()) for part in cell.iterchildren(f"{TEXT}p"))
    return TRUTH.get(text, text)


def _count(stated: str | None) -> int:
    return min(int(stated), MOST_ROWS) if stated and stated.isascii() and stated.isdigit() else 1


def _is_hidden(style: etree._Element) -> bool:
    return any(child.get(f"{TABLE}display") == "false" for child in style)


def read_xls(data: bytes, name: str, options: ReadOptions) -> Extract:
    """Every visible sheet of an Excel 97–2003 workbook; raises ``ReadError`` where xlrd is not installed."""
    try:
        import xlrd
    except ImportError:
        remedy = "pip install xlrd"
        raise ReadError(f"读 xls 要先安装组件 (missing extra): {remedy}; 或另存为 xlsx", cause="unsupported") from None
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Silent())
        sheets = [sheet for sheet in book.sheets() if sheet.visibility == 0]
        tables = [(sheet.name, [_xls_row(book, sheet, row) for row in range(sheet.nrows)]) for sheet in sheets]
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as fault:
        if "encrypt" in str(fault).lower() or "password" in str(fault).lower():
            raise ReadError("xls 有密码 (encrypted); 请去掉密码后再交", cause="encrypted") from None
        raise ReadError(f"xls 已损坏 (damaged: {fault}); 请另存为 xlsx") from None
    except (
        struct.error,
        IndexError,
        KeyError,
        ValueError,
        AssertionError,
        AttributeError,
        TypeError,
        OverflowError,
    ) as fault:
        raise ReadError(f"xls 已损坏 (damaged: {fault}); 请另存为 xlsx") from None
    lines: list[Line] = []
    for number, (title, rows) in enumerate(tables, 1):
        if any(any(row) for row in rows):
            lines.append(Line(title, "heading", 1))
            lines.extend(as_lines(rows, number))
    return Extract(lines)


def _xls_row(book: Any, sheet: Any, row: int) -> tuple[str, ...]:
    return tuple(_xls_value(book, sheet.cell(row, column)) for column in range(min(sheet.row_len(row), MOST_COLUMNS)))


def _xls_value(book: Any, cell: Any) -> str:
    kind, value = cell.ctype, cell.value
    if kind == 1:
        return str(value)
    if kind == 4:
        return "是" if value else "否"
    if kind not in (2, 3):
        return ""
    number = book.xf_list[cell.xf_index].format_key
    code = book.format_map[number].format_str if number in book.format_map else ""
    return shown(repr(value), ("date", 0) if kind == 3 else _format(number, {number: code}))


class _Silent:
    """Where xlrd's warnings go."""

    def write(self, text: str) -> None:
        """Nothing: a file's faults are said by exceptions."""
