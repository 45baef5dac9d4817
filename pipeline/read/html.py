"""Web pages and what Word pastes into them: one paragraph a block, list labels counted, the page's frame set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import Empty
from pipeline.model import BlockKind, ReadOptions
from pipeline.read.encoding import decode
from pipeline.read.html_residue import Candidate, is_frame, settled
from pipeline.read.lines import Extract, Line, words
from pipeline.read.numerals import labelled, number

DROPPED = words(
    "script style noscript template head title meta link object embed iframe svg canvas audio video map select "
    "option button input textarea datalist rt rp del xml"
)
BLOCKS = words(
    "html body p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table caption thead tbody tfoot tr td th section article "
    "main header footer nav aside blockquote pre address figure figcaption fieldset form hr center details summary"
)
LIST_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
CSS_FORMS = {
    "decimal": "decimal", "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter", "lower-latin": "lowerLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "none": "none",
    "cjk-ideographic": "chineseCountingThousand", "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand", "decimal-leading-zero": "decimalZero", "disc": "none",
}  # fmt: skip
IDEOGRAPHIC = ("chineseCountingThousand",)
RUNNING: dict[str, BlockKind] = {"header": "header", "footer": "footer"}  # LibreOffice's titles of these parts
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_SPACE = re.compile("[ \t\r\n\f]+")
# A line end between two wide characters is no space (CSS Text 3, 4.1.2).
_WIDE_BREAK = re.compile(
    "(?<=[\u2e80-\u9fff\uff00-\uffef“”])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[\u2e80-\u9fff\uff00-\uffef“”])"
)
_BULLET = re.compile(r"[\s\xa0]*[·•●○■□◆◇▪➢ØüqlnuvwF§o\uf000-\uf0ff-][\s\xa0]*")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*>")


@dataclass(slots=True)
class _Page:
    """What the walk through one page carries along."""

    found: list[Candidate] = field(default_factory=list)
    steps: set[str] = field(default_factory=set)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0  # characters of the open line that stand in links
    label: str = ""
    level: int = 0
    frame: int = 0  # depth of open elements that belong to the page's frame
    links: int = 0  # depth of open links
    tables: int = 0
    keeps_breaks: int = 0  # depth of open <pre>

    def flush(self) -> None:
        """End the open line."""
        text = "".join(self.pieces)
        if not self.keeps_breaks:
            text = _WIDE_BREAK.sub("", text)
            text = "\n".join(_SPACE.sub(" ", part) for part in text.split("\v"))
        if text.strip():
            if self.label:
                text, self.label = labelled(self.label, text.lstrip()), ""
                self.steps.add("restore_labels")
            kind: BlockKind = "heading" if self.level else "text"
            share = self.linked / max(1, len(text))
            for part in text.split("\n"):
                self.found.append(Candidate(Line(part, kind, self.level), share, self.frame > 0))
        self.pieces.clear()
        self.linked = 0

    def write(self, text: str | None) -> None:
        """Text of the open line."""
        if text:
            self.pieces.append(text)
            if self.links:
                self.linked += len(text.strip())


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """The lines of a page; what surrounds its article comes out as ``residue``."""
    text, encoding = decode(data)
    found = read_text(text)
    return found if encoding == "utf-8" else found._replace(steps=(f"decode {encoding}", *found.steps))


def read_text(text: str) -> Extract:
    """The lines of a page given as text.

    >>> [line.text for line in read_text("<ol><li>抓学习<li>抓宣传</ol><p>上半年<br>下半年").lines]
    ['1.抓学习', '2.抓宣传', '上半年', '下半年']
    """
    text = _PROLOGUE.sub("", text).replace("\x00", "")
    if not text.strip():
        raise Empty("网页里没有文字 (empty page); 请核对是否保存完整")
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise Empty("网页里没有文字 (empty page); 请核对是否保存完整")
    page = _Page()
    _walk(root, page)
    page.flush()
    lines = settled(page.found)
    if any(line.kind == "residue" for line in lines):
        page.steps.add("set_page_frame_apart")
    return Extract(lines, tuple(sorted(page.steps)))


def _walk(element: etree._Element, page: _Page) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in DROPPED:
        return
    style = element.get("style") or ""
    if (style and _HIDDEN.search(style)) or element.get("hidden") is not None:
        if any(map(str.strip, element.itertext())):
            page.steps.add("drop_hidden")
        return
    if tag == "br":
        page.write("\v")
        return
    running = RUNNING.get(element.get("title") or "") if tag == "div" else None
    if running:
        _running(element, running, page)
        return
    if tag in BLOCKS:
        _block(element, tag, page)
    elif "mso-list" in style and "gnore" in style:
        _word_label(element, page)
    elif tag == "a" and element.get("href"):
        page.links += 1
        _inside(element, page)
        page.links -= 1
    else:
        _inside(element, page)


def _running(element: etree._Element, kind: BlockKind, page: _Page) -> None:
    """A running head or foot that a word processor saved into the page."""
    page.flush()
    text = " ".join("".join(element.itertext()).split())
    if text:
        page.found.append(Candidate(Line(text, kind), 0.0, False))


def _inside(element: etree._Element, page: _Page) -> None:
    page.write(element.text)
    for child in element:
        _walk(child, page)
        page.write(child.tail)


def _block(element: etree._Element, tag: str, page: _Page) -> None:
    page.flush()
    frame = is_frame(element)
    page.frame += frame
    if tag == "table" and _is_data_table(element):
        _table(element, page)
    elif tag in ("ol", "ul", "dl"):
        _list(element, tag, page)
    else:
        outer, page.level = page.level, int(tag[1]) if tag[0] == "h" and tag[1:].isdigit() else page.level
        page.keeps_breaks += tag == "pre"
        _inside(element, page)
        page.flush()
        page.keeps_breaks -= tag == "pre"
        page.level = outer
    page.flush()
    page.frame -= frame


def _word_label(element: etree._Element, page: _Page) -> None:
    """Word writes the label of a list into the text; a bullet is left out, the space after a label too."""
    label = "".join(element.itertext()).strip(" \t\r\n\xa0")
    if _BULLET.fullmatch(label):
        page.steps.add("drop_bullets")
    else:
        page.label = label


def _list(element: etree._Element, tag: str, page: _Page) -> None:
    css = _LIST_STYLE.search(element.get("style") or "")
    form = CSS_FORMS.get(css[1].lower(), "decimal") if css else LIST_FORMS.get(element.get("type") or "1", "decimal")
    count = _whole(element.get("start"), 1)
    page.write(element.text)
    for child in element:
        if child.tag == "li" and tag == "ol":
            count = _whole(child.get("value"), count)
            mark = "、" if form in IDEOGRAPHIC else "."
            page.flush()
            page.label = "" if form == "none" else number(count, form) + mark
            count += 1
        _walk(child, page)
        page.label = "" if child.tag == "li" else page.label
        page.write(child.tail)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.strip().lstrip("-").isdigit() and len(text) < 8 else otherwise


def _is_data_table(table: etree._Element) -> bool:
    """A table of data has at least two columns and cells that are no pages of their own."""
    if sum(1 for _ in table.iter("table")) > 1:
        return False
    widths = [sum(1 for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr")]
    if not widths or max(widths) < 2:
        return False
    return not any(_is_page(cell) for cell in table.iter("td", "th"))


def _is_page(cell: etree._Element) -> bool:
    if next(cell.iter("h1", "h2", "h3", "ul", "ol", "form"), None) is not None:
        return True
    return sum(1 for part in cell.iter("p", "div") if "".join(part.itertext()).strip()) > 4


def _table(table: etree._Element, page: _Page) -> None:
    page.tables += 1
    covered: dict[tuple[int, int], None] = {}
    for caption in table.iterchildren("caption"):
        _inside(caption, page)
        page.flush()
    for place, row in enumerate(table.iter("tr")):
        cells: list[str] = []
        names = 0
        for cell in row.iterchildren("td", "th"):
            while (place, len(cells)) in covered:
                cells.append("")
            wide, deep = _spanned(cell, "colspan"), _spanned(cell, "rowspan")
            for down in range(1, deep):
                for right in range(wide):
                    covered[place + down, len(cells) + right] = None
            cells.extend([_cell(cell, page), *[""] * (wide - 1)])
            names += cell.tag == "th"
        while (place, len(cells)) in covered:
            cells.append("")
        in_head = row.getparent() is not None and row.getparent().tag == "thead"
        is_head = in_head or (names > 1 and names == len(row))
        page.found.append(Candidate(Line("", "text", 0, 0, tuple(cells), page.tables, is_head), 0.0, page.frame > 0))


def _spanned(cell: etree._Element, side: str) -> int:
    return max(1, min(_whole(cell.get(side), 1), 64))


def _cell(cell: etree._Element, page: _Page) -> str:
    inner = _Page(steps=page.steps)
    _inside(cell, inner)
    inner.flush()
    return " ".join(found.line.text.strip() for found in inner.found)
