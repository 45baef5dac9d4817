"""OpenDocument text: list labels counted from its list styles, notes after the body, deletions left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import ReadError
from pipeline.model import BlockKind, ReadOptions
from pipeline.read.lines import Extract, Line
from pipeline.read.lists import Counters, Level, List
from pipeline.read.numerals import labelled
from pipeline.read.package import Package

NS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE, STYLE, DRAW = (f"{{{NS}{part}:1.0}}" for part in ("text", "table", "office", "style", "drawing"))
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
SKIPPED = frozenset([
    f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}forms",
    f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{TEXT}soft-page-break",
    f"{TEXT}note-citation",
    f"{TEXT}bookmark", f"{TEXT}change", f"{TEXT}ruby-text", f"{OFFICE}event-listeners", f"{DRAW}object", f"{DRAW}image",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
])  # fmt: skip
# The samples that name a number format → the names of ECMA-376.
FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
    "一, 二, 三, ...": "chineseCountingThousand", "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "壹, 貳, 參, ...": "ideographLegalTraditional", "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac", "①, ②, ③, ...": "decimalEnclosedCircle",
    "１, ２, ３, ...": "decimalFullWidth",
    "〇, 一, 二, ...": "ideographDigital", "一, 二, 三, … (traditional)": "taiwaneseCountingThousand",
    "01, 02, 03, ...": "decimalZero",
}  # fmt: skip


@dataclass(slots=True)
class _Story:
    """What the walk through one document carries along."""

    counters: Counters
    list_of_style: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    lines: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    steps: set[str] = field(default_factory=set)
    label: str = ""
    tables: int = 0
    boxes: list[etree._Element] = field(default_factory=list)


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """Paragraphs, rows, notes and running heads of an odt; raises ``ReadError``: damaged, encrypted, bomb."""
    package = Package(data, options.limits)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.part("META-INF/manifest.xml"):
        raise ReadError("odt 有密码 (encrypted); 请去掉密码后再交", cause="encrypted")
    content = package.xml("content.xml")
    styles = package.xml("styles.xml") if "styles.xml" in package else None
    story = _Story(Counters({}))
    for tree in (styles, content):
        if tree is not None:
            _learn(tree, story)
    body = next(content.iter(f"{OFFICE}text"), None)
    if body is None:
        raise ReadError("odt 里没有正文 (no office:text); 请用 WPS 或 LibreOffice 重新另存")
    _walk(body, story, "text")
    lines = story.lines + story.notes
    if styles is not None:
        lines += _running(styles, story)
    if next(content.iter(f"{TEXT}changed-region"), None) is not None:
        story.steps.add("accept_changes")
    partial = "damaged" if package.torn else ""
    message = "XML 不完整, 只读到断裂处 (broken XML, read up to the break); 请重新另存" if partial else ""
    return Extract(lines, tuple(sorted(story.steps)), partial, message)


def _learn(tree: etree._Element, story: _Story) -> None:
    """List styles, which list a paragraph style belongs to, and which text styles are hidden."""
    for element in tree.iter(f"{TEXT}list-style", f"{TEXT}outline-style"):
        name = element.get(f"{STYLE}name", "") if element.tag == f"{TEXT}list-style" else "Outline"
        levels = dict(_level(level) for level in element if level.get(f"{TEXT}level"))
        story.counters.lists[name] = List(name, levels, {})
    hidden = set(story.hidden)
    for element in tree.iter(f"{STYLE}style"):
        for child in element:
            if child.get(f"{TEXT}display") == "none":
                hidden.add(element.get(f"{STYLE}name", ""))
        found = element.get(f"{STYLE}list-style-name")
        if found:
            story.list_of_style[element.get(f"{STYLE}name", "")] = found
    story.hidden = frozenset(hidden)


def _level(element: etree._Element) -> tuple[int, Level]:
    place = int(element.get(f"{TEXT}level", "1")) - 1
    if not element.tag.startswith(f"{TEXT}list-level-style-number") and not element.tag.endswith("outline-level-style"):
        return place, Level(1, "bullet")
    form = element.get(f"{STYLE}num-format", "")
    pattern = element.get(f"{LOEXT}num-list-format")
    if pattern is None:
        shown = int(element.get(f"{TEXT}display-levels", "1"))
        numbers = ".".join(f"%{level + 1}" for level in range(max(0, place - shown + 1), place + 1))
        pattern = f"{element.get(f'{STYLE}num-prefix', '')}{numbers}{element.get(f'{STYLE}num-suffix', '')}"
    else:
        pattern = _plain_pattern(pattern)
    start = int(element.get(f"{TEXT}start-value", "1"))
    return place, Level(start, FORMS.get(form, "decimal"), pattern if form else "")


def _plain_pattern(pattern: str) -> str:
    for level in range(1, 11):
        pattern = pattern.replace(f"%{level}%", f"%{level}")
    return pattern


def _walk(parent: etree._Element, story: _Story, kind: BlockKind) -> None:
    for child in parent:
        tag = child.tag
        if tag == f"{TEXT}p" or tag == f"{TEXT}h":
            _paragraph(child, story, kind)
        elif tag == f"{TEXT}list":
            _list(child, story, kind, "", 0)
        elif tag == f"{TABLE}table":
            _table(child, story, kind)
        elif tag not in SKIPPED and len(child):
            _walk(child, story, kind)


def _paragraph(element: etree._Element, story: _Story, kind: BlockKind) -> None:
    pieces: list[str] = []
    _text(element, story, pieces)
    text = "".join(pieces)
    level = int(element.get(f"{TEXT}outline-level", "0")) if element.tag == f"{TEXT}h" else 0
    label, story.label = story.label, ""
    if level and not label and "Outline" in story.counters.lists and element.get(f"{TEXT}is-list-header") != "true":
        label = story.counters.label("Outline", level - 1) if text.strip() else ""
    if label and text.strip():
        story.steps.add("restore_labels")
        text = labelled(label, text.lstrip())
    if text.strip():
        story.lines.append(Line(text, "heading" if level and kind == "text" else kind, level))
    boxes, story.boxes = story.boxes, []
    for box in boxes:
        _walk(box, story, kind)


def _text(element: etree._Element, story: _Story, pieces: list[str]) -> None:
    _write(element.text, pieces)
    for child in element:
        tag = child.tag
        if tag == f"{TEXT}s":
            pieces.append(" " * min(int(child.get(f"{TEXT}c", "1") or 1), 200))
        elif tag == f"{TEXT}tab":
            pieces.append("\t")
        elif tag == f"{TEXT}line-break":
            pieces.append("\n")
        elif tag == f"{TEXT}note":
            _note(child, story)
        elif tag == f"{DRAW}text-box":
            story.boxes.append(child)
        elif tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph") or child.get(f"{TEXT}style-name") in story.hidden:
            story.steps.add("drop_hidden")
        elif tag not in SKIPPED:
            _text(child, story, pieces)
        _write(child.tail, pieces)


def _write(text: str | None, pieces: list[str]) -> None:
    """White space of the XML collapses to one space, as OpenDocument 1.3 part 3, 6.1.2 says."""
    if text:
        if "\n" in text or "\t" in text or "  " in text:
            text = " ".join(f"_{text}_".split())[1:-1]
        pieces.append(text)


def _note(element: etree._Element, story: _Story) -> None:
    body = element.find(f"{TEXT}note-body")
    if body is not None:
        outer, story.lines = story.lines, []
        label, story.label = story.label, ""
        _walk(body, story, "note")
        story.notes.extend(story.lines)
        story.lines, story.label = outer, label


def _list(element: etree._Element, story: _Story, kind: BlockKind, name: str, depth: int) -> None:
    name = element.get(f"{TEXT}style-name") or name
    for item in element:
        if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
            continue
        is_first = True
        for child in item:
            if child.tag == f"{TEXT}list":
                _list(child, story, kind, name, depth + 1)
                continue
            numbered = is_first and item.tag == f"{TEXT}list-item" and child.tag in (f"{TEXT}p", f"{TEXT}h")
            if numbered:
                own = name or story.list_of_style.get(child.get(f"{TEXT}style-name", ""), "")
                _restart(item, story, own, depth)
                story.label = story.counters.label(own, depth)
                is_first = False
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                _paragraph(child, story, kind)
            else:
                _walk(item, story, kind)
                break


def _restart(item: etree._Element, story: _Story, name: str, depth: int) -> None:
    start = item.get(f"{TEXT}start-value")
    if start and start.isdigit():
        story.counters.restart(name, depth, int(start))


def _table(table: etree._Element, story: _Story, kind: BlockKind) -> None:
    story.tables += 1
    number = story.tables
    heads = {row for part in table.iter(f"{TABLE}table-header-rows") for row in part}
    for row in table.iter(f"{TABLE}table-row"):
        if next(row.iterancestors(f"{TABLE}table"), None) is not table:
            continue
        cells: list[str] = []
        for cell in row:
            if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                text = _cell(cell, story) if cell.tag == f"{TABLE}table-cell" else ""
                times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
                cells.extend([text] * min(times, 64 if text else 8))
        story.lines.append(Line("", kind, cells=tuple(cells), table=number, is_head=row in heads))


def _cell(cell: etree._Element, story: _Story) -> str:
    outer, story.lines = story.lines, []
    _walk(cell, story, "text")
    inner, story.lines = story.lines, outer
    parts = (" ".join(filter(None, line.cells)) if line.cells else line.text.strip() for line in inner)
    return " ".join(filter(None, parts))


def _running(styles: etree._Element, story: _Story) -> list[Line]:
    story.lines = []
    found: list[Line] = []
    for page in styles.iter(f"{STYLE}master-page"):
        for part in page:
            kind: BlockKind = "header" if "header" in part.tag else "footer"
            if "header" in part.tag or "footer" in part.tag:
                _walk(part, story, kind)
    for line in story.lines:
        text = " ".join(filter(None, line.cells)) or line.text.strip()
        if text and all(text != other.text for other in found):
            found.append(Line(text, line.kind))
    return found
