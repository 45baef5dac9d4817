"""Word 97–2003 (.doc, Kingsoft's .wps): the piece table, list labels, tables, notes; Word 6/95 as plain text."""

from __future__ import annotations

import io
import re
import struct
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.errors import ReadError
from pipeline.model import BlockKind, ReadOptions
from pipeline.read import doc_properties as properties
from pipeline.read.doc_properties import BODY_LEVEL, Paragraph, Runs
from pipeline.read.grid import EdgedRow, gridded
from pipeline.read.lines import Extract, Line
from pipeline.read.lists import Counters
from pipeline.read.numerals import labelled

WORD_97, WORD_6 = 0xA5EC, 0xA5DC
COMPLEX, ENCRYPTED, SECOND_TABLE, OBFUSCATED = 0x0004, 0x0100, 0x0200, 0x8000
CHINESE = (0x0804, 0x1004, 0x0404, 0x0C04)
# Places of pairs (offset, size) in the header's table of tables, [MS-DOC] 2.5.6.
STYLES, HEADERS, CHARACTERS, PARAGRAPHS, PIECES, LISTS, OVERRIDES = 1, 11, 12, 13, 33, 73, 74
FOOTNOTES = 2
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14([^\x13\x14\x15]*)\x15|\x13[^\x13\x14\x15]*\x15")
_MARK = re.compile("[\r\x07\x0c]")
_SIGNS = str.maketrans({
    "\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None, "\x01": None, "\x02": None, "\x05": None, "\x08": None,
    "\x13": None, "\x14": None, "\x15": None, "\x03": None, "\x04": None,
})  # fmt: skip
DAMAGED = "请用 Word 或 WPS 打开后另存为 docx"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text: its first character, where it lies in the file, and whether it takes one byte a sign."""

    first: int
    offset: int
    is_narrow: bool


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """Paragraphs, rows and notes of a doc; raises ``ReadError``: damaged, encrypted, unsupported."""
    streams = _streams(data)
    word = streams.get("WordDocument", b"")
    if len(word) < 0x200:
        raise ReadError(f"doc 里没有正文 (no WordDocument stream); {DAMAGED}")
    magic, flags = struct.unpack_from("<H", word)[0], struct.unpack_from("<H", word, 10)[0]
    if magic == WORD_6 or (magic == WORD_97 and struct.unpack_from("<H", word, 2)[0] < 0xC1):
        return _old(word, flags)
    if magic != WORD_97:
        raise ReadError(f"不是 Word 的 doc (magic {magic:#06x}); {DAMAGED}", cause="unsupported")
    if flags & ENCRYPTED:
        raise ReadError("doc 有密码 (encrypted); 请在设置 passwords 里补上密码", cause="encrypted")
    table = streams.get("1Table" if flags & SECOND_TABLE else "0Table", b"")
    try:
        return _Reading(word, table).extract()
    except (struct.error, IndexError, OverflowError) as fault:
        raise ReadError(f"doc 的内部索引已损坏 (damaged: {fault}); {DAMAGED}") from None


def _streams(data: bytes) -> dict[str, bytes]:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as opened:
            names = ("WordDocument", "0Table", "1Table")
            return {name: opened.openstream(name).read() for name in names if opened.exists(name)}
    except (OSError, struct.error, IndexError, ValueError, TypeError, OverflowError, MemoryError) as fault:
        raise ReadError(f"doc 的容器已损坏 (damaged container: {fault}); {DAMAGED}") from None


class _Reading:
    """One Word 97–2003 file while it is read."""

    def __init__(self, word: bytes, table: bytes) -> None:
        self._word, self._table = word, table
        self._steps: set[str] = set()
        self._pieces, self._text = self._assembled()
        self._styles = properties.styles(table, self._at(STYLES))
        self._runs: Runs = properties.paragraph_runs(word, table, self._at(PARAGRAPHS), self._styles)
        self._counters = Counters(properties.lists(table, self._at(LISTS), self._at(OVERRIDES)))
        self._drop()

    def _at(self, place: int) -> tuple[int, int]:
        start, size = struct.unpack_from("<II", self._word, 154 + 8 * place)
        return (start, size) if start + size <= len(self._table) else (0, 0)

    def _assembled(self) -> tuple[list[_Piece], str]:
        """[MS-DOC] 2.8.35: the pieces of the text in order."""
        start, size = struct.unpack_from("<II", self._word, 154 + 8 * PIECES)
        clx = self._table[start : start + size]
        at = 0
        while clx[at : at + 1] == b"\x01":
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if clx[at : at + 1] != b"\x02":
            raise ReadError(f"doc 里找不到文字的索引 (no piece table); {DAMAGED}")
        length = struct.unpack_from("<I", clx, at + 1)[0]
        index = clx[at + 5 : at + 5 + length]
        count = (len(index) - 4) // 12
        firsts = struct.unpack_from(f"<{count + 1}I", index)
        pieces, texts = [], []
        for place in range(count):
            raw = struct.unpack_from("<I", index, 4 * (count + 1) + 8 * place + 2)[0]
            signs = firsts[place + 1] - firsts[place]
            if signs < 0 or signs > len(self._word):
                raise ReadError(f"doc 的文字索引已损坏 (damaged piece table); {DAMAGED}")
            is_narrow = bool(raw & 0x40000000)
            offset = (raw & 0x3FFFFFFF) // 2 if is_narrow else raw & 0x3FFFFFFF
            pieces.append(_Piece(firsts[place], offset, is_narrow))
            stored = self._word[offset : offset + (signs if is_narrow else 2 * signs)]
            text = stored.decode("cp1252", "replace") if is_narrow else _wide(stored)
            texts.append(text.ljust(signs, "\x00"))
        self._firsts = [piece.first for piece in pieces]
        return pieces, "".join(texts)

    def _offset(self, sign: int) -> int:
        """Where a character lies in the file."""
        piece = self._pieces[bisect_right(self._firsts, sign) - 1]
        step = sign - piece.first
        return piece.offset + (step if piece.is_narrow else 2 * step)

    def _drop(self) -> None:
        """Deleted and hidden characters become NUL, which is dropped with the paragraph's other signs."""
        ranges, steps = properties.dropped_runs(self._word, self._table, self._at(CHARACTERS))
        if not ranges:
            return
        signs = list(self._text)
        for place, piece in enumerate(self._pieces):
            end = self._firsts[place + 1] if place + 1 < len(self._pieces) else len(signs)
            width = 1 if piece.is_narrow else 2
            last = piece.offset + width * (end - piece.first)
            for start, stop in ranges:
                low, high = max(start, piece.offset), min(stop, last)
                for sign in range(
                    piece.first + (low - piece.offset) // width, piece.first + (high - piece.offset) // width
                ):
                    if 0 <= sign < len(signs):
                        signs[sign] = "\x00"
        self._text = "".join(signs)
        self._steps |= steps

    def extract(self) -> Extract:
        """The stories in the order of CONVENTIONS: body, text boxes, notes, running heads."""
        body, notes, heads, _, comments, ends, boxes, _ = struct.unpack_from("<8I", self._word, 0x4C)
        at = [0, body, body + notes, body + notes + heads]
        after = at[3] + struct.unpack_from("<I", self._word, 0x4C + 12)[0] + comments
        lines = self._story(0, body, "text")
        lines += self._story(after + ends, after + ends + boxes, "text")
        lines += self._story(at[1], at[2], "note") + self._story(after, after + ends, "note")
        lines += _distinct(self._story(at[2], at[3], "header"))
        return Extract(lines, tuple(sorted(self._steps)))

    def _story(self, start: int, end: int, kind: BlockKind) -> list[Line]:
        lines: list[Line] = []
        rows: list[EdgedRow] = []
        cells: list[str] = []
        inner: list[str] = []
        carried = ""
        at = start
        end = min(end, len(self._text))
        while at < end:
            found = _MARK.search(self._text, at, end)
            stop = found.start() if found else end
            about = self._runs.at(self._offset(min(stop, end - 1)))
            raw = carried + self._text[at:stop]
            mark = found[0] if found else "\r"
            at = stop + 1
            if found is None and self._text[stop - 1 : stop] == "\x00" and not raw.strip("\x00"):
                break
            if raw.count("\x13") > raw.count("\x15") and raw.count("\x13") > raw.count("\x14") and mark == "\r":
                carried = raw  # a field's instruction that runs over paragraphs
                continue
            carried = ""
            if about.is_row_end and about.in_table:
                rows.append(_row(cells, about))
                cells, inner = [], []
                continue
            text = self._paragraph(raw, about)
            if about.in_table:
                inner.append(text)
                if mark == "\x07" or about.is_cell_end:
                    cells.append(" ".join(part.strip() for part in inner if part.strip()))
                    inner = []
                continue
            self._close(rows, lines, kind)
            level = about.outline + 1 if about.outline < BODY_LEVEL and kind == "text" else 0
            lines.append(Line(text, "heading" if level and kind == "text" else kind, level))
        if cells or inner:
            lines.append(Line(" ".join([*cells, *inner]), kind))
        self._close(rows, lines, kind)
        return lines

    def _paragraph(self, raw: str, about: Paragraph) -> str:
        text = raw
        if "\x13" in text:
            while (shorter := _FIELD.sub(r"\1", text)) != text:
                text = shorter
        text = text.replace("\x00", "").translate(_SIGNS)
        label = self._counters.label(str(about.list_id), about.list_level) if about.list_id and text.strip() else ""
        if label:
            self._steps.add("restore_labels")
            return labelled(label, text.lstrip())
        return text

    def _close(self, rows: list[EdgedRow], lines: list[Line], kind: BlockKind) -> None:
        if not rows:
            return
        number = 1 + max((line.table for line in lines), default=0)
        for row, cells in zip(rows, gridded(rows), strict=True):
            lines.append(Line("", kind, cells=cells, table=number, is_head=row.is_head))
        rows.clear()


def _row(cells: list[str], about: Paragraph) -> EdgedRow:
    covered = about.covered
    texts = tuple("" if place < len(covered) and covered[place] else text for place, text in enumerate(cells))
    return EdgedRow(texts, about.edges if len(about.edges) == len(texts) else (), about.is_head)


def _wide(stored: bytes) -> str:
    """UTF-16 with one character a unit, so that places in the text stay places in the file."""
    text = (
        stored.decode("utf-16-le", "surrogatepass")
        if len(stored) % 2 == 0
        else stored[:-1].decode("utf-16-le", "replace")
    )
    if any(sign > "\uffff" for sign in text):
        return "".join(sign if sign <= "\uffff" else sign + "\x00" for sign in text)
    return text


def _distinct(lines: list[Line]) -> list[Line]:
    """Running heads and feet, each once."""
    seen: dict[str, Line] = {}
    for line in lines:
        text = line.text.strip() or " ".join(filter(None, line.cells))
        if text:
            seen.setdefault(text, Line(text, "header"))
    return list(seen.values())


def _old(word: bytes, flags: int) -> Extract:
    """Word 6 and 95: one stretch of bytes in the code page of its language."""
    if flags & ENCRYPTED:
        raise ReadError("doc 有密码 (encrypted); 请在设置 passwords 里补上密码", cause="encrypted")
    if flags & COMPLEX:
        raise ReadError(f"是快速保存的 Word 6/95 文件 (fast-saved), 读不了; {DAMAGED}", cause="unsupported")
    (language,) = struct.unpack_from("<H", word, 6)
    first, last = struct.unpack_from("<II", word, 0x18)
    encoding = "gb18030" if language in CHINESE or flags & 0x4000 else "cp1252"
    text = word[first : min(last, len(word))].decode(encoding, "replace")
    (body,) = struct.unpack_from("<I", word, 0x34)
    text = text[:body] if encoding == "cp1252" else text
    while (shorter := _FIELD.sub(r"\1", text)) != text:
        text = shorter
    rows = _MARK.split(text.replace("\x07\x07", "\r").replace("\x07", "\t").replace("\x00", ""))
    return Extract([Line(row.translate(_SIGNS)) for row in rows], ("read_word_6",))
