"""A workbook whose rows are streamed as XML: ten thousand facts in a tenth of the time cell calls take.

``Book.add_worksheet(name, worksheet_class=Rows)``; widths, panes, filters and styles stay XlsxWriter's. A text stands
once in the file however many cells say it. It is never a formula; what a spreadsheet might take for one gets the quote
prefix too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from xlsxwriter import workbook
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 32767  # characters that a cell may hold
KEPT = 50_000  # cells that a column remembers as XML: a sheet may have a million
BLOCK = 500  # rows that are written at a time
HERE = "\0"  # stands for the row's number in a cell that is remembered; no text has it
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ESCAPE = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

# XlsxWriter knows no level of compression. With each text once in it a file is smaller at level 2 than it was with
# inline texts at zlib's 6, which takes three times as long.
workbook.ZipFile = functools.partial(ZipFile, compresslevel=2)


class Styled(NamedTuple):
    """A value with a style of its own, in a sheet whose other cells have the plain one."""

    value: str | float | int
    style: Format


Value = str | float | int | Styled | None


class Book(workbook.Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """A workbook for streamed sheets; ``with Book(path) as book`` writes the file at the end."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), _PLAIN)
        self.str_table = Texts()

    def _get_packager(self) -> Packager:
        return _Package()


class Texts(SharedStringTable):  # type: ignore[misc]
    """The texts of a workbook with their numbers; it grows while sheets are written."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 1  # the workbook names its table of texts before the first sheet is written

    def _sort_string_data(self) -> None:
        """Nothing to sort: numbers are given in order."""

    def number(self, text: str) -> int:
        """The text's place in the table."""
        return self.string_table.setdefault(text, len(self.string_table))  # type: ignore[no-any-return]


class _Package(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        told = _SharedStrings()
        told.string_table = self.workbook.str_table
        told._set_xml_writer(self._filename("xl/sharedStrings.xml"))
        told._assemble_xml_file()


class _SharedStrings(SharedStrings):  # type: ignore[misc]
    def _write_sst_strings(self) -> None:
        self.fh.write("".join([f"<si>{_text(text)}</si>" for text in self.string_table.string_table]))


class Styles(NamedTuple):
    """The formats of a streamed sheet: its head row, every other cell, text that must not become a formula."""

    head: Format
    plain: Format
    quoted: Format


class Rows(Worksheet):  # type: ignore[misc]
    """A worksheet that takes its rows from ``stream``, called once with the rows under the head row."""

    def stream(self, head: Sequence[str], rows: Iterable[Sequence[Value]], count: int, styles: Styles) -> None:
        """``head`` in row 1, then ``rows`` (as many as ``count``, each as long as ``head``)."""
        self.streamed = (head, rows, styles)
        self.links: list[str] = []
        self.dim_rowmin, self.dim_rowmax, self.dim_colmin, self.dim_colmax = 0, count, 0, len(head) - 1

    def link(self, row: int, column: int, place: str) -> None:
        """The cell (both from 0) leads to ``place`` ('事实'!A5); may be called while rows are made."""
        self.links.append(f'<hyperlink ref="{xl_col_to_name(column)}{row + 1}" location="{escape(place)}"/>')

    def _write_sheet_data(self) -> None:
        head, rows, styles = self.streamed
        names = [xl_col_to_name(n) for n in range(len(head))]
        top = [_Column(name, styles.head, styles.quoted, self.str_table) for name in names]
        columns = [_Column(name, styles.plain, styles.quoted, self.str_table) for name in names]
        made = ["<sheetData>", _row(1, top, head)]
        for n, row in enumerate(rows, 2):
            made.append(_row(n, columns, row))
            if len(made) >= BLOCK:
                self.fh.write("".join(made))
                made = []
        self.fh.write("".join(made) + "</sheetData>")

    def _write_hyperlinks(self) -> None:
        if self.links:
            self.fh.write(f"<hyperlinks>{''.join(self.links)}</hyperlinks>")


class _Column(dict[Value, str]):
    """Values of a column → their cells as XML, with ``HERE`` for the row's number; nothing for no value."""

    def __init__(self, name: str, plain: Format, quoted: Format, texts: Texts) -> None:
        super().__init__()
        self.name, self.plain, self.quoted, self.texts = name, plain, quoted, texts

    def __missing__(self, value: Value) -> str:
        if len(self) >= KEPT:
            self.clear()
        made = self[value] = self._cell(value, self.plain)
        return made

    def _cell(self, value: Value, style: Format) -> str:
        if isinstance(value, Styled):
            return self._cell(value.value, value.style)
        if value is None or value == "":
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, str):
            return f'<c r="{self.name}{HERE}" s="{style._get_xf_index()}"><v>{value!r}</v></c>'
        if value.startswith(DANGEROUS) and style is self.plain:
            style = self.quoted
        return f'<c r="{self.name}{HERE}" s="{style._get_xf_index()}" t="s"><v>{self.texts.number(value)}</v></c>'


def _row(n: int, columns: Sequence[_Column], values: Sequence[Value]) -> str:
    cells = "".join([column[value] for column, value in zip(columns, values, strict=True)])
    return f'<row r="{HERE}">{cells}</row>'.replace(HERE, str(n))


def _text(text: str) -> str:
    """An element that holds a text."""
    if text.isalnum() and len(text) < LONGEST:  # most are: nothing to escape
        return f"<t>{text}</t>"
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{keep}>{escape(text)}</t>"


def escape(text: str) -> str:
    """For an XML text node; characters that XML forbids are left out.

    >>> escape("a<b\\x00&c")
    'a&lt;b&amp;c'
    """
    if not text.isprintable():
        text = _NOT_XML.sub("", text)
    return text[:LONGEST].translate(_ESCAPE) if "&" in text or "<" in text or ">" in text else text[:LONGEST]
