"""What a Word 97–2003 file says of its paragraphs and characters: properties, styles, lists ([MS-DOC])."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.read.lists import Level, List

# [MS-DOC] 2.6: the properties that change what is text and how it is counted.
S_IN_TABLE, S_ROW_END, S_DEPTH, S_LEVEL, S_LIST, S_OUTLINE = 0x2416, 0x2417, 0x6649, 0x260A, 0x460B, 0x2640
S_INNER_CELL, S_INNER_ROW = 0x244B, 0x244C
S_DELETED, S_HIDDEN, S_TABLE, S_TABLE_HEAD, S_TABS, S_STYLE = 0x0800, 0x083C, 0xD608, 0x3404, 0xC615, 0x4600
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
# [MS-OSHARED] 2.2.1.3 MSONFC → the names of ECMA-376.
FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 8: "hex",
    10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 15: "decimalHalfWidth", 16: "japaneseLegal",
    17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero",
    23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 32: "ideographZodiacTraditional",
    33: "taiwaneseCounting", 34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital",
    37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 57: "numberInDash", 255: "none",
}  # fmt: skip
BODY_LEVEL = 9
PAGE = 512  # bytes of a page of formatted properties


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph's properties; ``list_id`` 0 = none, ``edges`` the right edges of a row's cells (in a row end)."""

    in_table: bool = False
    is_row_end: bool = False
    is_cell_end: bool = False  # of a nested table, whose marks are ordinary paragraph marks
    list_id: int = 0
    list_level: int = 0
    outline: int = BODY_LEVEL
    edges: tuple[int, ...] = ()
    covered: tuple[bool, ...] = ()
    is_head: bool = False
    depth: int = 0


PLAIN = Paragraph()


@dataclass(frozen=True, slots=True)
class Runs:
    """Ranges of file offsets and what holds for each."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    values: tuple[Paragraph, ...]

    def at(self, offset: int) -> Paragraph:
        """The properties at a file offset."""
        place = bisect_right(self.starts, offset) - 1
        return self.values[place] if place >= 0 and offset < self.ends[place] else PLAIN


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The property modifiers of a list of them: code and operand; ends quietly where the list is cut."""
    at = 0
    while at + 2 <= len(data):
        code = data[at] | data[at + 1] << 8
        at += 2
        kind = code >> 13
        if kind == 6:
            if code == S_TABLE:
                size, at = int.from_bytes(data[at : at + 2], "little") - 1, at + 2
            else:
                size, at = (data[at] if at < len(data) else 0), at + 1
                if code == S_TABS and size == 255:
                    return  # its length is counted in another way; nothing that matters here follows it
        else:
            size = _SIZES[kind]
        yield code, data[at : at + size]
        at += max(size, 0)


def changed(base: Paragraph, data: bytes) -> Paragraph:
    """``base`` with the modifiers of ``data`` applied."""
    values: dict[str, object] = {}
    for code, operand in modifiers(data):
        number = int.from_bytes(operand[:2], "little")
        if code == S_IN_TABLE:
            values["in_table"] = bool(number)
        elif code in (S_ROW_END, S_INNER_ROW):
            values["is_row_end"] = bool(number)
        elif code == S_INNER_CELL:
            values["is_cell_end"] = bool(number)
        elif code == S_LEVEL:
            values["list_level"] = min(number, 8)
        elif code == S_LIST:
            values["list_id"] = 0 if number in (0, 0xF801) else number
        elif code == S_OUTLINE:
            values["outline"] = number
        elif code == S_DEPTH:
            values["depth"] = int.from_bytes(operand[:4], "little", signed=True)
        elif code == S_TABLE_HEAD:
            values["is_head"] = bool(number)
        elif code == S_TABLE:
            values["edges"], values["covered"] = _cells(operand)
    return replace(base, **values) if values else base  # type: ignore[arg-type]


def _cells(operand: bytes) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    """[MS-DOC] 2.9.327: right edges of the cells, and which are continuations of merged ones."""
    if not operand:
        return (), ()
    count = operand[0]
    if len(operand) < 1 + 2 * (count + 1):
        return (), ()
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    covered = []
    for place in range(count):
        at = 1 + 2 * (count + 1) + 20 * place
        flags = int.from_bytes(operand[at : at + 2], "little")
        across = flags & 3 == 2 or flags & 3 == 3
        covered.append(across or (flags & 0x20 != 0 and flags & 0x40 == 0))
    return edges[1:], tuple(covered)


def paragraph_runs(word: bytes, table: bytes, at: tuple[int, int], styles: list[Paragraph]) -> Runs:
    """All paragraph properties by file offset; ``at`` is place and size of the index in the table stream."""
    starts, ends, values = [], [], []
    known: dict[bytes, Paragraph] = {}
    for page in _pages(word, table, at):
        count = page[PAGE - 1]
        if 4 * (count + 1) + 13 * count > PAGE:
            continue
        offsets = struct.unpack_from(f"<{count + 1}I", page)
        for place in range(count):
            record = _record(page, 2 * page[4 * (count + 1) + 13 * place])
            found = known.get(record)
            if found is None:
                style = int.from_bytes(record[:2], "little")
                base = styles[style] if style < len(styles) else PLAIN
                found = known[record] = changed(base, record[2:])
            starts.append(offsets[place])
            ends.append(offsets[place + 1])
            values.append(found)
    if starts != sorted(starts):
        order = sorted(range(len(starts)), key=starts.__getitem__)
        starts, ends = [starts[place] for place in order], [ends[place] for place in order]
        values = [values[place] for place in order]
    return Runs(tuple(starts), tuple(ends), tuple(values))


def _record(page: bytes, at: int) -> bytes:
    if not at:
        return b""
    size = page[at]
    if size:
        return page[at + 1 : at + 2 * size]
    return page[at + 2 : at + 2 + 2 * page[at + 1]] if at + 1 < PAGE else b""


def dropped_runs(word: bytes, table: bytes, at: tuple[int, int]) -> tuple[list[tuple[int, int]], set[str]]:
    """File ranges of text that is deleted or hidden, and the steps that leaving it out is."""
    dropped: list[tuple[int, int]] = []
    steps: set[str] = set()
    for page in _pages(word, table, at):
        count = page[PAGE - 1]
        if 4 * (count + 1) + count > PAGE:
            continue
        offsets = struct.unpack_from(f"<{count + 1}I", page)
        for place in range(count):
            start = 2 * page[4 * (count + 1) + place]
            if not start:
                continue
            for code, operand in modifiers(page[start + 1 : start + 1 + page[start]]):
                if code in (S_DELETED, S_HIDDEN) and operand[:1] in (b"\x01", b"\x81"):
                    dropped.append((offsets[place], offsets[place + 1]))
                    steps.add("accept_changes" if code == S_DELETED else "drop_hidden")
    return dropped, steps


def _pages(word: bytes, table: bytes, at: tuple[int, int]) -> Iterator[bytes]:
    start, size = at
    count = (size - 4) // 8
    if count <= 0 or start + size > len(table):
        return
    for number in struct.unpack_from(f"<{count}I", table, start + 4 * (count + 1)):
        first = (number & 0x3FFFFF) * PAGE
        page = word[first : first + PAGE]
        if len(page) == PAGE:
            yield page


def styles(table: bytes, at: tuple[int, int]) -> list[Paragraph]:
    """[MS-DOC] 2.9.271: the paragraph properties of every style, inheritance resolved."""
    data = table[at[0] : at[0] + at[1]]
    if len(data) < 6:
        return []
    header = int.from_bytes(data[:2], "little")
    count, base_size = struct.unpack_from("<HH", data, 2)
    raw: list[tuple[int, int, bytes]] = []
    start = 2 + header
    for _ in range(min(count, 4096)):
        size = int.from_bytes(data[start : start + 2], "little")
        raw.append(_style(data[start + 2 : start + 2 + size], base_size))
        start += 2 + size + (size & 1)
    return [_resolved(place, raw) for place in range(len(raw))]


def _style(record: bytes, base_size: int) -> tuple[int, int, bytes]:
    """Built-in number, style it is based on, its paragraph modifiers (paragraph styles only)."""
    if len(record) < base_size + 2 or base_size < 8:
        return 0xFFF, 0xFFF, b""
    first, second = struct.unpack_from("<HH", record)
    name = int.from_bytes(record[base_size : base_size + 2], "little")
    at = base_size + 2 + 2 * name + 2
    size = int.from_bytes(record[at : at + 2], "little")
    own = record[at + 4 : at + 2 + size] if second & 15 == 1 else b""
    return first & 0xFFF, second >> 4, own


def _resolved(place: int, raw: list[tuple[int, int, bytes]]) -> Paragraph:
    chain, seen = [], set()
    while place < len(raw) and place not in seen:
        seen.add(place)
        chain.append(place)
        place = raw[place][1]
    found = PLAIN
    for index in reversed(chain):
        built_in, _, own = raw[index]
        if 1 <= built_in <= 9:  # heading 1 … heading 9
            found = replace(found, outline=built_in - 1)
        found = changed(found, own)
    return found


def lists(table: bytes, formats: tuple[int, int], overrides: tuple[int, int]) -> dict[str, List]:
    """The file's lists by the number that paragraphs name them by; empty when the tables are cut."""
    try:
        return _lists(table, _formats(table, formats), overrides)
    except (struct.error, IndexError):
        return {}


def _formats(table: bytes, at: tuple[int, int]) -> dict[int, dict[int, Level]]:
    start, size = at
    if size < 2:
        return {}
    count = int.from_bytes(table[start : start + 2], "little")
    found: dict[int, dict[int, Level]] = {}
    at_level = start + size
    for place in range(min(count, 4096)):
        head = start + 2 + 28 * place
        (identity,) = struct.unpack_from("<i", table, head)
        is_simple = table[head + 26] & 1
        levels = {}
        for depth in range(1 if is_simple else 9):
            levels[depth], at_level = _level(table, at_level)
        found[identity] = levels
    return found


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """[MS-DOC] 2.9.150: one level, and where the next begins."""
    first, form, flags = struct.unpack_from("<iBB", table, at)
    chars, paragraph, limit = table[at + 24], table[at + 25], table[at + 26]
    start = at + 28 + chars + paragraph
    size = int.from_bytes(table[start : start + 2], "little")
    text = table[start + 2 : start + 2 + 2 * size].decode("utf-16-le", "replace")
    pattern = "".join(f"%{ord(sign) + 1}" if sign < "\x09" else sign for sign in text)
    restart = limit if flags & 8 else None
    return Level(first, FORMS.get(form, "decimal"), pattern, restart, bool(flags & 4)), start + 2 + 2 * size


def _lists(table: bytes, formats: dict[int, dict[int, Level]], at: tuple[int, int]) -> dict[str, List]:
    start, size = at
    if size < 4:
        return {}
    count = min(int.from_bytes(table[start : start + 4], "little"), 4096)
    found: dict[str, List] = {}
    data = start + 4 + 16 * count
    for place in range(count):
        head = start + 4 + 16 * place
        (identity,) = struct.unpack_from("<i", table, head)
        levels, starts = dict(formats.get(identity, {})), {}
        data += 4
        for _ in range(table[head + 12]):
            first, flags = struct.unpack_from("<iI", table, data)
            data += 8
            depth = flags & 15
            if flags & 32:
                levels[depth], data = _level(table, data)
            if flags & 16:
                starts[depth] = levels[depth].start if flags & 32 and depth in levels else first
        found[str(place + 1)] = List(str(identity), levels, starts)
    return found
