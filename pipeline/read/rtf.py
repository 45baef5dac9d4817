"""Rich text: control words and groups; bytes in the code page of their font; labels, tables, notes, deletions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.errors import ReadError
from pipeline.model import BlockKind, ReadOptions
from pipeline.read.grid import EdgedRow, gridded
from pipeline.read.lines import Extract, Line, words
from pipeline.read.numerals import labelled

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z\r\n])|"
    rb"\\(?P<end>[\r\n])|(?P<brace>[{}])|(?P<break>[\r\n]+)|(?P<text>[^\\{}\r\n]+)"
)
# Charsets of fonts → Python's code pages; the same numbers as in Windows' LOGFONT.
CHARSETS = {
    0: "cp1252", 1: "", 2: "symbol", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8"}
# Groups whose words are no text of the document. Those after \* are skipped unless known.
SKIPPED = words(
    "fonttbl colortbl stylesheet info pict object themedata colorschememapping latentstyles datastore listtable "
    "listoverridetable revtbl rsidtbl generator xmlnstbl mmathPr filetbl fldinst atnid atnauthor annotation atnref "
    "atndate bkmkstart bkmkend pnseclvl nonshppict sp pgdsctbl wgrffmtfilter ftnsep ftnsepc aftnsep aftnsepc ftncn "
    "aftncn objdata blipuid picprop template passwordhash docvar userprops listpicture formfield xform tc xe private "
    "factoidname oldcprops oldpprops oldsprops oldtprops"
)
STARRED = words("shptxt shpinst footnote listtext pntext nesttableprops fldrslt")
NOTES = frozenset(["footnote"])
RUNNING: dict[str, BlockKind] = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
}  # fmt: skip
SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u3000", "enspace": " ", "qmspace": " ",
}  # fmt: skip
MOST_DEPTH = 2000
DAMAGED = "请用 Word 或 WPS 另存为 docx"


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and gives back."""

    skip: bool = False
    story: str = "body"
    charset: str = ""
    uc: int = 1
    hidden: bool = False
    deleted: bool = False
    is_label: bool = False
    is_fresh: bool = True  # nothing but a star has been seen in this group
    is_starred: bool = False


@dataclass(slots=True)
class _Story:
    """Lines of the body, a note or a running head while they are filled."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    rows: list[EdgedRow] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    merged: bool = False
    in_table: bool = False
    is_head: bool = False
    outline: int = 9


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """The paragraphs, rows and notes of an rtf; what is deleted or hidden is left out."""
    if b"\\rtf" not in data[:1024]:
        raise ReadError(f"不是 rtf (no \\rtf mark); {DAMAGED}")
    return _Reading(data).extract()


class _Reading:
    """One rtf file while it is read."""

    def __init__(self, data: bytes) -> None:
        self._data = data[data.index(b"{\\rtf") if b"{\\rtf" in data[:1024] else 0 :]
        self._state = _State()
        self._stack: list[_State] = []
        self._stories: dict[str, _Story] = {"body": _Story("text")}
        self._fonts: dict[int, str] = {}
        self._font: int | None = None
        self._default = "cp1252"
        self._bytes = bytearray()
        self._swallow = 0  # signs that stand in for a \\u and are not read
        self._steps: set[str] = set()
        self._in_fonts = 0
        self._styles: dict[int, int] = {}
        self._style_depth = 0
        self._style = 0

    def extract(self) -> Extract:
        """Walk the tokens."""
        at = 0
        data = self._data
        while at < len(data):
            token = _TOKEN.match(data, at)
            if token is None:
                at += 1
                continue
            at = token.end()
            kind = token.lastgroup
            if kind == "brace":
                self._brace(token["brace"])
            elif kind in ("word", "number"):
                at = self._word(token["word"].decode("ascii"), token["number"], at)
            elif kind == "hex":
                self._byte(int(token["hex"], 16))
            elif kind == "text":
                self._plain(token["text"])
            elif kind == "sign":
                self._sign(token["sign"])
            elif kind == "end":
                self._word("par", None, at)
        self._flush()
        return self._finished()

    def _finished(self) -> Extract:
        torn = bool(self._stack)
        lines: list[Line] = []
        for story in self._stories.values():
            self._paragraph(story)
            self._close(story)
            lines.extend(story.lines)
        message = f"rtf 的括号没有闭合, 只读到断裂处 (cut off); {DAMAGED}" if torn else ""
        return Extract(lines, tuple(sorted(self._steps)), "damaged" if torn else "", message)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{":
            if len(self._stack) > MOST_DEPTH:
                raise ReadError("rtf 的分组套了太多层 (nested too deeply), 像炸弹; 未读", cause="bomb")
            self._stack.append(self._state)
            self._state = replace(self._state, is_fresh=True)
        elif self._stack:
            before, self._state = self._state, self._stack.pop()
            if before.story != self._state.story:
                self._paragraph(self._stories[before.story])
            depth = len(self._stack)
            self._in_fonts = 0 if depth < self._in_fonts else self._in_fonts
            self._style_depth = 0 if depth < self._style_depth else self._style_depth

    def _word(self, word: str, number: bytes | None, at: int) -> int:
        value = int(number) if number else None
        if word == "u" and value is not None:
            self._unicode(value)
            return at
        if word == "bin":
            return at + max(0, value or 0)
        self._flush()
        self._swallow = 0
        state, fresh = self._state, self._state.is_fresh
        if fresh:
            starred = state.is_starred
            self._state = replace(state, is_fresh=False, is_starred=False)
            if starred and word not in STARRED:
                self._state = replace(self._state, skip=True)
            self._destination(word)
        if self._in_fonts:
            self._font_word(word, value)
        elif self._style_depth:
            self._style_word(word, value)
        elif not self._state.skip:
            self._format(word, value)
        return at

    def _destination(self, word: str) -> None:
        state = self._state
        if word == "fonttbl":
            self._in_fonts = len(self._stack)
            self._state = replace(state, skip=True)
        elif word == "stylesheet":
            self._style_depth = len(self._stack)
            self._state = replace(state, skip=True)
        elif word in SKIPPED:
            self._state = replace(state, skip=True)
        elif word in ("listtext", "pntext"):
            self._state = replace(state, is_label=True)
        elif word in NOTES and not state.skip:
            self._open("note", "note")
        elif word in RUNNING and not state.skip:
            self._open(RUNNING[word], RUNNING[word])
        elif word == "shptxt" and not state.skip:
            self._open("box", "text")
        elif word == "nonesttables":
            self._state = replace(state, skip=True)

    def _open(self, name: str, kind: BlockKind) -> None:
        self._stories.setdefault(name, _Story(kind))
        self._state = replace(self._state, story=name)

    def _font_word(self, word: str, value: int | None) -> None:
        if word == "f" and value is not None:
            self._font = value
        elif word == "fcharset" and self._font is not None:
            self._fonts[self._font] = CHARSETS.get(value or 0, "")
        elif word == "cpg" and self._font is not None:
            self._fonts[self._font] = PAGES.get(value or 0, f"cp{value}")

    def _style_word(self, word: str, value: int | None) -> None:
        if word == "s" and value is not None:
            self._style = value
        elif word == "outlinelevel" and value is not None:
            self._styles[self._style] = value

    def _format(self, word: str, value: int | None) -> None:
        state, story = self._state, self._stories[self._state.story]
        if word in SIGNS:
            self._write(SIGNS[word])
        elif word in ("par", "sect", "page"):
            self._paragraph(story)
        elif word == "pard":
            story.in_table = False
            story.outline = 9
        elif word == "plain":
            self._state = replace(state, hidden=False, deleted=False)
        elif word == "s":
            story.outline = self._styles.get(value or 0, 9)
        elif word == "outlinelevel":
            story.outline = 9 if value is None else value
        elif word == "f":
            self._state = replace(state, charset=self._fonts.get(value or 0, ""))
        elif word == "uc":
            self._state = replace(state, uc=max(0, value or 0))
        elif word == "v":
            self._state = replace(state, hidden=value != 0)
        elif word == "deleted":
            self._state = replace(state, deleted=value != 0)
        elif word == "ansicpg":
            self._default = PAGES.get(value or 0, f"cp{value}" if value else "cp1252")
        elif word == "mac":
            self._default = "mac_roman"
        else:
            self._table_word(word, value, story)

    def _table_word(self, word: str, value: int | None, story: _Story) -> None:
        if word == "intbl":
            story.in_table = True
        elif word in ("cell", "nestcell"):
            self._cell(story, is_inner=word == "nestcell")
        elif word == "row":
            self._row(story)
        elif word == "trowd":
            story.edges, story.covered, story.is_head = [], [], False
        elif word == "trhdr":
            story.is_head = True
        elif word in ("clvmrg", "clmrg"):
            story.merged = True
        elif word == "cellx":
            story.edges.append(value or 0)
            story.covered.append(story.merged)
            story.merged = False

    def _unicode(self, value: int) -> None:
        self._flush()
        self._swallow = self._state.uc
        code = value & 0xFFFF if value < 0 else value
        if not self._state.skip and code <= 0x10FFFF:
            self._write(chr(code))

    def _byte(self, value: int) -> None:
        if self._swallow:
            self._swallow -= 1
        elif not self._state.skip:
            self._bytes.append(value)

    def _plain(self, text: bytes) -> None:
        cut = min(self._swallow, len(text))
        self._swallow -= cut
        self._state = replace(self._state, is_fresh=False) if self._state.is_fresh else self._state
        if not self._state.skip:
            self._bytes.extend(text[cut:])

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":  # a group that old readers skip; so do we, but for those that hold text
            self._state = replace(self._state, is_fresh=True, is_starred=True)
        elif self._swallow and sign in b"\\{}":
            self._swallow -= 1
        elif not self._state.skip:
            plain = {b"~": "\xa0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}.get(sign, "")
            self._flush()
            self._write(plain)

    def _flush(self) -> None:
        """Bytes read so far as text of the current font's code page."""
        if not self._bytes:
            return
        stored, self._bytes = bytes(self._bytes), bytearray()
        charset = self._state.charset or self._default
        if charset == "symbol":
            self._write("".join(chr(0xF000 + byte) if byte > 0x7F else chr(byte) for byte in stored))
            return
        try:
            self._write(stored.decode(charset))
        except (UnicodeDecodeError, LookupError):
            self._write(stored.decode("gb18030", "replace"))

    def _write(self, text: str) -> None:
        state = self._state
        if state.skip or not text:
            return
        if state.hidden or state.deleted:
            self._steps.add("accept_changes" if state.deleted else "drop_hidden")
            return
        story = self._stories[state.story]
        (story.label if state.is_label else story.pieces).append(text)

    def _text(self, story: _Story) -> str:
        text = "".join(story.pieces)
        label = "".join(story.label).strip()
        story.pieces, story.label = [], []
        if label and text.strip() and not _is_bullet(label):
            self._steps.add("restore_labels")
            return labelled(label, text.lstrip())
        return text

    def _paragraph(self, story: _Story) -> None:
        text = self._text(story)
        if story.in_table:
            story.parts.append(text)
            return
        if not text.strip():
            return
        self._close(story)
        level = story.outline + 1 if story.outline < 9 and story.kind == "text" else 0
        story.lines.append(Line(text, "heading" if level else story.kind, level))

    def _cell(self, story: _Story, is_inner: bool) -> None:
        story.parts.append(self._text(story))
        if not is_inner:
            story.cells.append(" ".join(part.strip() for part in story.parts if part.strip()))
            story.parts = []

    def _row(self, story: _Story) -> None:
        texts = tuple(
            "" if place < len(story.covered) and story.covered[place] else text
            for place, text in enumerate(story.cells)
        )
        if texts:
            edges = tuple(story.edges) if len(story.edges) == len(texts) else ()
            story.rows.append(EdgedRow(texts, edges, story.is_head))
        story.cells, story.parts = [], []
        story.in_table = False

    def _close(self, story: _Story) -> None:
        if not story.rows:
            return
        number = 1 + max((line.table for line in story.lines), default=0)
        for row, cells in zip(story.rows, gridded(story.rows), strict=True):
            story.lines.append(Line("", story.kind, cells=cells, table=number, is_head=row.is_head))
        story.rows = []


def _is_bullet(label: str) -> bool:
    """A label without a letter or digit, or from a symbol font.

    >>> _is_bullet("•"), _is_bullet("\\uf0b7"), _is_bullet("一、"), _is_bullet("①")
    (True, True, False, False)
    """
    return not any(sign.isalnum() or sign.isnumeric() for sign in label if not "\ue000" <= sign <= "\uf8ff")
