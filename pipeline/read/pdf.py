"""Pdf: pdfium's text, paragraphs rebuilt, tables on ruled pages, pages without text to the recogniser."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline.errors import NeedsOcr, ReadError
from pipeline.model import BlockKind, ReadOptions
from pipeline.read import ocr
from pipeline.read.lines import Extract, Line
from pipeline.read.pdf_page import Page, Visual, page
from pipeline.read.pdf_paragraphs import Placed, ordered, paragraphs, put, running
from pipeline.read.pdf_tables import Table, tables
from pipeline.read.quality import ENOUGH, quality

MOST_PAGES = 2000
PICTURED = 0.5  # share of a page covered by a picture, with fewer than FEW characters of text: a scan
FEW = 30
OCR_SHARE = 0.6  # of the document's time that recognition may take: what is read by then is kept, the rest said
MOST_TABLE_PAGES = 60  # pdfplumber takes 30 ms a page and more


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """The paragraphs, rows and running lines of a pdf.

    Raises ``ReadError`` (encrypted, damaged, too_large) and ``NeedsOcr`` where all pages are pictures.
    """
    document, password = _open(data, options.passwords)
    try:
        if len(document) > MOST_PAGES:
            raise ReadError(
                f"有 {len(document)} 页, 上限 {MOST_PAGES} (too many pages); 请拆分后再交", cause="too_large"
            )
        pages = [_page(document, index) for index in range(len(document))]
        wanted = [one.number for one in pages if _is_picture(one)]
        ruled = [one.number for one in pages if one.is_ruled and one.lines and one.number not in wanted]
        found_tables = tables(data, password, ruled[:MOST_TABLE_PAGES], document) if ruled else {}
        pages, steps, partial, message = _recognised(pages, wanted, document, options)
    finally:
        document.close()
    lines = _lines(pages, found_tables)
    steps = ("join_lines", *(("find_tables",) if any(found_tables.values()) else ()), *steps)
    return Extract(lines, steps, partial, message)


def _open(data: bytes, passwords: Sequence[str]) -> tuple[Any, str | None]:
    import pypdfium2
    import pypdfium2.raw as pdfium

    for password in (None, *passwords):
        try:
            return pypdfium2.PdfDocument(data, password=password), password
        except pypdfium2.PdfiumError as fault:
            if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(fault):
                continue
            raise ReadError(f"pdf 已损坏 (damaged: {fault}); 请重新导出或重新扫描") from None
    tried = "所给的密码都不对 (no password fits)" if passwords else "没有给密码 (no password given)"
    raise ReadError(f"pdf 需要密码才能打开, {tried}; 请在设置 passwords 里补上密码", cause="encrypted")


def _page(document: Any, index: int) -> Page:
    import pypdfium2

    try:
        return page(document, index)
    except pypdfium2.PdfiumError as fault:
        raise ReadError(f"第 {index + 1} 页已损坏 (damaged page: {fault}); 请重新导出或重新扫描") from None


def _is_picture(one: Page) -> bool:
    """A page without text that holds a picture, or whose fonts say no signs."""
    text = "".join(line.text for line in one.lines)
    if not text:
        return one.images > 0
    if one.pictured > PICTURED and len(text) < FEW:
        return True  # a scan with a date or a page number typed over it
    return quality(text) < ENOUGH and len(text) > 20


def _recognised(
    pages: list[Page], wanted: list[int], document: Any, options: ReadOptions
) -> tuple[list[Page], tuple[str, ...], str, str]:
    """The pages, those that are pictures recognised where a recogniser is installed; else what is missing."""
    if not wanted:
        return pages, (), "", ""
    if not (options.ocr and ocr.is_installed()):
        return pages, (), *_unread(pages, wanted, ocr.REMEDY)
    until = time.monotonic() + OCR_SHARE * options.limits.seconds
    done, left = list(pages), []
    for number in wanted:
        if time.monotonic() > until and number != wanted[0]:
            left.append(number)
            continue
        lines = ocr.page_lines_of(document[number - 1])
        if lines:
            done[number - 1] = replace(pages[number - 1], lines=lines)
    steps = (f"recognise pages {_listed([number for number in wanted if number not in left])}",)
    return (
        done,
        steps,
        *(_unread(pages, left, "时间用完了, 请加大 limits.seconds 后 zongjie run --retry") if left else ("", "")),
    )


def _unread(pages: Sequence[Page], numbers: Sequence[int], remedy: str) -> tuple[str, str]:
    """Cause and sentence for pages without usable text; raises ``NeedsOcr`` where no page of the file has any."""
    if all(not one.lines for one in pages) and len(numbers) == sum(1 for one in pages if one.images):
        raise NeedsOcr(f"{len(numbers)} 页都是图片 (scanned pages); {remedy}")
    blank = any(not pages[number - 1].lines or pages[number - 1].pictured > PICTURED for number in numbers)
    return "scan" if blank else "garbled", f"第 {_listed(numbers)} 页读不出文字 (pages without usable text); {remedy}"


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers[:20])) + ("…" if len(numbers) > 20 else "")


def _lines(pages: Sequence[Page], found_tables: dict[int, list[Table]]) -> list[Line]:
    """Reading order: text and tables by their height on the page, running lines told apart."""
    apart = running(pages)
    outside: list[Line] = []
    columns: list[list[Visual]] = []
    numbers: list[int] = []
    for one in pages:
        kinds = apart.get(one.number, {})
        boxes = [table.box for table in found_tables.get(one.number, [])]
        kept = []
        for place, line in enumerate(one.lines):
            if place in kinds:
                outside.append(Line(line.text, kinds[place], page=one.number))
            elif not any(_is_in(line, box) for box in boxes):
                kept.append(line)
        for column in ordered(one, kept):
            columns.append(column)
            numbers.append(one.number)
    placed = put(columns, numbers)
    return _with_tables(placed, pages, found_tables) + outside


def _is_in(line: Visual, box: tuple[float, float, float, float]) -> bool:
    x0, top, x1, bottom = box
    across, down = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    return x0 - 2 <= across <= x1 + 2 and top - 2 <= down <= bottom + 2


def _with_tables(placed: list[Placed], pages: Sequence[Page], found_tables: dict[int, list[Table]]) -> list[Line]:
    """Paragraphs, cut where a table stands between them, and the tables' rows; a table may go on over the page."""
    lines: list[Line] = []
    start = count = 0
    before: tuple[int, Table] | None = None
    for one in pages:
        for table in sorted(found_tables.get(one.number, []), key=lambda table: table.box[1]):
            end = start
            while end < len(placed) and (
                placed[end].page < one.number
                or (placed[end].page == one.number and placed[end].line.top < table.box[1])
            ):
                end += 1
            lines.extend(paragraphs(placed[start:end]))
            goes_on = end == start and before is not None and _goes_on(before, one.number, table)
            count += not goes_on
            lines.extend(_rows(table, count, one.number, before[1] if goes_on and before else None))
            before, start = (one.number, table), end
    kind: BlockKind = "text"
    return lines + [line._replace(kind=kind) for line in paragraphs(placed[start:])]


def _goes_on(before: tuple[int, Table], number: int, table: Table) -> bool:
    return before[0] == number - 1 and len(before[1].rows[0]) == len(table.rows[0])


def _rows(table: Table, count: int, number: int, before: Table | None) -> list[Line]:
    rows = table.rows[1:] if before is not None and table.rows[0] == before.rows[0] else table.rows
    return [Line("", page=number, cells=row, table=count) for row in rows]
