"""Lines → Document: the one place where paragraphs get their text, their spans, their cells and heads.

CONVENTIONS 1: a paragraph is one non-blank line, stripped; a table row is one paragraph, cells joined by one TAB;
notes follow the body; running heads, feet and page numbers come last, outside the paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.errors import Empty, ReadError
from pipeline.model import OUTSIDE, Block, Document, Limits, Source, Span
from pipeline.read.lines import Extract, Line, check_size
from pipeline.read.quality import ENOUGH, USABLE, quality

# str.strip() leaves the signs without width; a line of only these is blank too.
EDGES = " \t\n\r\x0b\x0c\u00a0\u3000\u2002\u2003\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_BREAKS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_INVALID = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LONE = re.compile("[\ud800-\udfff]")
_UNCLEAN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# A head row names things; a cell of digits with at most a unit is data. A year (2023年, 2023) may be a head.
_DATA = r"[-+约近超]?[\d０-９][\d０-９,，.．%％‰/]*\s*[\u4e00-\u9fff]{0,3}"
# A running line that is a page number: - 3 -, 第3页, 3/12.
_NUMBER = r"[-—–·.\s第页共/\d]*\d[-—–·.\s第页共/\d]*|[-—–·.\s第页共]+"
_YEAR = re.compile(r"(19|20)\d\d(年.*|[-/.]\d.*)?$|\d{1,2}月.*$|[1-4]季度$")


def assemble(source: Source, reader: str, found: Extract, limits: Limits) -> Document:
    """The document of what a reader found; raises ``Empty`` without text, ``ReadError`` when it is mostly garbled.

    >>> found = Extract([Line("　一、学习  "), Line("", cells=("投稿", "30篇"), table=1)])
    >>> document = assemble(Source("总结.docx", ""), "docx", found, Limits())
    >>> document.text
    '一、学习\\n投稿\\t30篇'
    >>> [cell.of(document.text) for cell in document.blocks[1].cells]
    ['投稿', '30篇']
    """
    lines = sorted(_clean(found.lines), key=_place)
    pieces: list[str] = []
    blocks: list[Block] = []
    heads = _heads(lines)
    head_spans: dict[int, tuple[Span, ...]] = {}
    at = 0
    for index, line in enumerate(lines):
        text, cells = _row(line, at) if line.cells else (line.text, ())
        head: tuple[Span, ...] = ()
        if line.cells and line.table in heads:
            rows, columns = heads[line.table]
            if index in rows:
                previous = head_spans.get(line.table, ())
                head_spans[line.table] = _deeper(previous, cells, columns)
            elif index > max(rows):
                head = head_spans.get(line.table, ())
        kind = "row" if line.cells and line.kind == "text" else line.kind
        blocks.append(Block(Span(at, at + len(text)), kind, line.level, line.page, cells, head))
        pieces.append(text)
        at += len(text) + 1
        check_size(at, limits)
    text = "\n".join(pieces)
    return _judge(Document(source, reader, text, tuple(blocks), found.steps, 1.0, found.partial, found.message))


def _place(line: Line) -> int:
    return 2 if line.kind in OUTSIDE else 1 if line.kind == "note" else 0


def _clean(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines without breaks, signs that no text may hold, and white space at the ends; blank ones are left out."""
    for line in lines:
        if line.cells:
            cells = tuple(_clean_cell(cell) for cell in line.cells)
            if any(cells):
                yield line._replace(text="", cells=cells)
            continue
        if line.kind in OUTSIDE and re.fullmatch(_NUMBER, line.text.strip(EDGES)):
            line = line._replace(kind="page")
        if _UNCLEAN.search(line.text) is None:
            text = line.text.strip(EDGES)
            if text:
                yield line if text is line.text else line._replace(text=text)
            continue
        for part in _BREAKS.split(line.text):
            text = mended(part).strip(EDGES)
            if text:
                yield line._replace(text=text)


def mended(text: str) -> str:
    """``text`` without control signs; halves of a character become U+FFFD, so that it can be written as UTF-8.

    >>> mended("中\\x01国\\ud800")
    '中国\ufffd'
    """
    return _LONE.sub("\ufffd", _INVALID.sub("", text))


def _clean_cell(cell: str) -> str:
    cell = _SPACES.sub(" ", cell)
    return (cell if _UNCLEAN.search(cell) is None else mended(cell)).strip(EDGES)


def _row(line: Line, at: int) -> tuple[str, tuple[Span, ...]]:
    """The row's text, stripped, and its cells' spans; empty cells at the edges fall on the row's own ends."""
    text = "\t".join(line.cells)
    lead = len(text) - len(text.lstrip("\t"))
    kept = text.strip("\t")
    spans = []
    start = -lead
    for cell in line.cells:
        first = min(max(start, 0), len(kept))
        spans.append(Span(at + first, at + first + len(cell)))
        start += len(cell) + 1
    return kept, tuple(spans)


def _heads(lines: Sequence[Line]) -> dict[int, tuple[set[int], int]]:
    """For each table its head rows (indices into ``lines``) and its number of columns."""
    tables: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.cells and line.table:
            tables.setdefault(line.table, []).append(index)
    heads = {}
    for table, rows in tables.items():
        found = _head_rows([lines[index] for index in rows])
        if found:
            heads[table] = {rows[place] for place in found}, max(len(lines[index].cells) for index in rows)
    return heads


def _head_rows(rows: Sequence[Line]) -> list[int]:
    """Places of the head rows: those the file marks, else the first full row that holds names and no data."""
    marked = [place for place, row in enumerate(rows) if row.is_head and sum(map(bool, row.cells)) > 1]
    if marked or len(rows) < 2:
        return marked if len(marked) < len(rows) else []
    width = max(len(row.cells) for row in rows)
    for place, row in enumerate(rows[:3]):
        filled = [cell for cell in row.cells if cell]
        if len(filled) < 2:
            continue  # a title over the whole table
        if width < 2 or any(is_data(cell) for cell in filled) or place + 1 == len(rows):
            return []
        below = rows[place + 1]
        has_gaps = len(filled) < len(row.cells)
        names_below = [cell for cell in below.cells if cell]
        second = has_gaps and len(names_below) > 1 and not any(map(is_data, names_below)) and place + 2 < len(rows)
        return [place, place + 1] if second else [place]
    return []


def is_data(cell: str) -> bool:
    """Whether a table cell holds a value rather than a name.

    >>> is_data("30篇"), is_data("1,200"), is_data("2023年"), is_data("投稿（篇）")
    (True, True, False, False)
    """
    return re.fullmatch(_DATA, cell) is not None and _YEAR.match(cell) is None


def _deeper(above: tuple[Span, ...], cells: tuple[Span, ...], columns: int) -> tuple[Span, ...]:
    """Column heads of two head rows: the lower one where it names something, else the upper."""
    if not above:
        return cells
    empty = Span(0, 0)
    pairs = [(above[i] if i < len(above) else empty, cells[i] if i < len(cells) else empty) for i in range(columns)]
    return tuple(low if low.end > low.start else high for high, low in pairs)


def _judge(document: Document) -> Document:
    """The document with its quality, partial below the floor; raises when nothing or only mojibake is there."""
    if not any(block.kind not in OUTSIDE for block in document.blocks):
        raise Empty("没有文字 (no text): 文件能打开, 但里面没有可读的内容; 请核对是否交错了文件")
    share = quality(document.text)
    if share < USABLE:
        raise ReadError(
            f"文字成了乱码 (garbled): 可读字符只占 {share:.0%}, 低于 {USABLE:.0%}; 请用原软件另存为 docx 或 pdf 再交",
            cause="garbled",
        )
    if share < ENOUGH and not document.partial:
        return replace(
            document, quality=share, partial="garbled", message=f"可读字符只占 {share:.0%} (garbled in part)"
        )
    return replace(document, quality=share)
