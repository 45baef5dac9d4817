"""Word's docx (docm, dotx, strict, WPS): straight from the XML, list labels restored, tracked changes accepted."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import ReadError
from pipeline.model import BlockKind, ReadOptions
from pipeline.read.docx_styles import (
    BODY_LEVEL,
    NUM_ID,
    NUM_PR,
    OFF,
    OUTLINE,
    P_PR,
    R_PR,
    VAL,
    VANISH,
    Style,
    Styles,
    W,
    cached_styles,
    is_on,
    read_lists,
    read_styles,
    value,
)
from pipeline.read.lines import Extract, Line
from pipeline.read.lists import Counters
from pipeline.read.numerals import labelled
from pipeline.read.package import Package

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
T, R, P, TBL, TR, TC = f"{W}t", f"{W}r", f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
BOX, CHOICE, ALTERNATE, FIELD = f"{W}txbxContent", f"{MC}Choice", f"{MC}AlternateContent", f"{W}fldChar"
SDT, SDT_PR, SYM = f"{W}sdt", f"{W}sdtPr", f"{W}sym"
P_STYLE, R_STYLE, DEL = f"{W}pStyle", f"{W}rStyle", f"{W}del"
TR_PR, TC_PR = f"{W}trPr", f"{W}tcPr"

# What one element writes. Everything else is looked into.
WRITES = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
# Properties, deletions, instructions, the reading of ruby, old versions, what is drawn: never text of the document.
SKIPPED = frozenset(
    [DEL, P_PR, R_PR, SDT_PR]
    + [f"{W}{name}" for name in (
        "moveFrom", "instrText", "delText", "delInstrText", "sectPr", "tblPr", "tblGrid", "tblPrEx", "rt", "softHyphen",
        "sdtEndPr", "footnoteRef", "endnoteRef", "annotationRef", "pgNum", "fldData", "ruby_pr", "customXmlPr",
    )]
    + [f"{MC}Fallback", "{http://schemas.openxmlformats.org/officeDocument/2006/math}ctrlPr"]
)  # fmt: skip
# A paragraph without any of these is the sum of its w:t, which lxml finds in C. They are sought once in a whole part:
# looking for so many names in every paragraph takes longer than reading it.
SPECIAL = (
    FIELD, BOX, ALTERNATE, SDT, SYM, *WRITES, DEL, f"{W}moveFrom", f"{W}rt",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
)  # fmt: skip
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# Signs that Word takes from a symbol font although Unicode has them.
SYMBOLS = {
    ("Wingdings", 0xFC): "✓", ("Wingdings", 0xFE): "☑", ("Wingdings", 0xA8): "☐", ("Wingdings", 0x6F): "☐",
    ("Wingdings 2", 0x52): "☑", ("Wingdings 2", 0xA3): "☐", ("Wingdings 2", 0x50): "✓", ("Symbol", 0xB1): "±",
    ("Symbol", 0xB0): "°", ("Symbol", 0xB4): "×", ("Symbol", 0xA3): "≤", ("Symbol", 0xB3): "≥",
}  # fmt: skip


@dataclass(slots=True)
class _Story:
    """What the walk through one document carries along."""

    styles: Styles
    counters: Counters
    lines: list[Line] = field(default_factory=list)
    steps: set[str] = field(default_factory=set)
    checks_hidden: bool = False  # whether any run of this document can be hidden
    checks_marks: bool = False  # whether any paragraph mark can be deleted or hidden
    special: frozenset[etree._Element] = frozenset()  # paragraphs that are more than the sum of their w:t
    tables: int = 0
    fields: list[bool] = field(default_factory=list)  # open fields; True while inside the instruction
    carried: str = ""  # text of a paragraph whose mark is deleted or hidden: it runs on into the next


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """Paragraphs, table rows, notes, running heads of a docx; raises ``ReadError``: damaged, bomb, encrypted."""
    package = Package(data, options.limits)
    main = _main_part(package)
    folder = main.rpartition("/")[0]
    raw = package.part(main)
    styles = _styles(package, f"{folder}/styles.xml")
    body = package.tree(raw, main)
    story = _Story(styles, Counters({}))
    story.checks_hidden = b"vanish" in raw or styles.hides
    story.checks_marks = b"specVanish" in raw or b"moveFrom" in raw or b":del " in raw or b"<del " in raw
    lists = f"{folder}/numbering.xml"
    if lists in package:
        story.counters = Counters(read_lists(package.xml(lists), styles))
    story.special = _special(body)
    _walk(body, story)
    _end_paragraph(story)
    for part in ("footnotes", "endnotes"):
        if f"{folder}/{part}.xml" in package:
            _notes(package.xml(f"{folder}/{part}.xml"), story)
    _running(package, folder, story)
    partial = "damaged" if package.torn else ""
    message = "XML 不完整, 只读到断裂处 (broken XML, read up to the break); 请重新另存" if partial else ""
    return Extract(story.lines, tuple(sorted(story.steps)), partial, message)


def _main_part(package: Package) -> str:
    if "word/document.xml" in package:
        return "word/document.xml"
    if "_rels/.rels" in package:
        for relation in package.xml("_rels/.rels").iter(f"{RELS}Relationship"):
            target = str(relation.get("Target", "")).lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in package:
                return target
    raise ReadError("docx 里没有正文部件 word/document.xml (no main part); 请用 Word 或 WPS 重新另存")


def _styles(package: Package, part: str) -> Styles:
    if part not in package:
        return Styles({}, None, frozenset())
    data = package.part(part)
    key = zlib.crc32(data), len(data)
    return cached_styles(key) or read_styles(package.xml(part), key)


def _special(root: etree._Element) -> frozenset[etree._Element]:
    """The paragraphs of a part that are more than the sum of their w:t."""
    return frozenset(paragraph for element in root.iter(*SPECIAL) for paragraph in element.iterancestors(P))


def _walk(parent: etree._Element, story: _Story, kind: BlockKind = "text") -> None:
    """Every paragraph and table below ``parent`` in order, through content controls, insertions and the like."""
    for child in parent:
        tag = child.tag
        if tag == P:
            _paragraph(child, story, kind)
        elif tag == TBL:
            _table(child, story, kind)
        elif tag in SKIPPED:
            continue
        elif tag == SDT and _is_placeholder(child):
            story.steps.add("drop_placeholders")
        elif tag == ALTERNATE:
            _walk(_chosen(child), story, kind)
        elif len(child):
            _walk(child, story, kind)


def _chosen(alternate: etree._Element) -> etree._Element:
    """The first choice of a compatibility block, or its fallback where the choice is empty."""
    choice = alternate.find(CHOICE)
    if choice is not None and len(choice):
        return choice
    fallback = alternate.find(f"{MC}Fallback")
    return alternate if fallback is None else fallback


def _is_placeholder(control: etree._Element) -> bool:
    return is_on(control.find(SDT_PR), f"{W}showingPlcHdr")


def _paragraph(paragraph: etree._Element, story: _Story, kind: BlockKind) -> None:
    properties = paragraph[0] if len(paragraph) and paragraph[0].tag == P_PR else paragraph.find(P_PR)
    style, list_id, place, outline, runs_on = _properties(properties, story)
    label = (
        story.counters.label(list_id, place)
        if list_id and not (story.checks_marks and _has_deleted_mark(properties))
        else ""
    )
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    if story.checks_hidden or story.fields or paragraph in story.special:
        if not style.is_hidden:
            _runs(paragraph, story, pieces, boxes)
        text = "".join(pieces)
    else:
        text = (
            "".join([piece.text or "" for piece in paragraph.iter(T)])
            if len(paragraph) > (properties is not None)
            else ""
        )
    if label and text.strip():
        text = labelled(label, text.lstrip())
        story.steps.add("restore_labels")
    text, story.carried = story.carried + text, ""
    if runs_on:
        story.carried = text
    elif text:
        story.lines.append(_line(text, style, outline, kind, story))
    for box in boxes:
        _walk(box, story, kind)


def _line(text: str, style: Style, outline: int, kind: BlockKind, story: _Story) -> Line:
    if kind == "text" and style.is_toc:
        story.steps.add("set_contents_apart")
        return Line(text, "residue")
    if kind == "text" and outline < BODY_LEVEL:
        return Line(text, "heading", outline + 1)
    return Line(text, kind)


def _end_paragraph(story: _Story) -> None:
    if story.carried:
        story.lines.append(Line(story.carried))
        story.carried = ""


def _has_deleted_mark(properties: etree._Element | None) -> bool:
    mark = None if properties is None else properties.find(R_PR)
    return mark is not None and (mark.find(DEL) is not None or mark.find(f"{W}moveFrom") is not None)


def _properties(properties: etree._Element | None, story: _Story) -> tuple[Style, str | None, int, int, bool]:
    """Style, list id, list level, outline level, and whether the paragraph runs on into the next."""
    style_id = list_id = list_level = outline = None
    runs_on = False
    if properties is not None:
        for child in properties:
            tag = child.tag
            if tag == P_STYLE:
                style_id = child.get(VAL)
            elif tag == NUM_PR:
                list_id, list_level = value(child, NUM_ID), value(child, f"{W}ilvl")
            elif tag == OUTLINE:
                outline = child.get(VAL)
            elif tag == R_PR and story.checks_marks:
                deleted = child.find(DEL) is not None or child.find(f"{W}moveFrom") is not None
                runs_on = deleted or is_on(child, f"{W}specVanish")
                if deleted:
                    story.steps.add("accept_changes")
    style = story.styles.by_id.get(style_id or story.styles.default or "", _PLAIN)
    list_id = style.list_id if list_id is None else list_id
    list_level = style.list_level if list_level is None else list_level
    level = _number(outline, style.outline)
    return style, None if list_id == "0" else list_id, _number(list_level, 0), level, runs_on


_PLAIN = Style()


def _number(text: str | None, otherwise: int | None) -> int:
    if text is not None and text.isdigit():
        return int(text)
    return BODY_LEVEL if otherwise is None else otherwise


def _runs(parent: etree._Element, story: _Story, pieces: list[str], boxes: list[etree._Element]) -> None:
    """The text of a paragraph's runs into ``pieces``; text boxes found on the way into ``boxes``."""
    fields = story.fields
    for child in parent:
        tag = child.tag
        if tag in (T, MATH_TEXT):
            if not (fields and any(fields)):
                pieces.append(child.text or "")
        elif tag == R:
            if not (story.checks_hidden and _is_hidden(child, story)):
                _runs(child, story, pieces, boxes)
        elif tag in SKIPPED:
            if tag == DEL:
                story.steps.add("accept_changes")
        elif tag in WRITES:
            if not (fields and any(fields)):
                pieces.append(WRITES[tag])
        elif tag == FIELD:
            _field(child.get(f"{W}fldCharType"), fields)
        elif tag == BOX:
            boxes.append(child)
        elif tag == SYM:
            pieces.append(_symbol(child))
        elif tag == SDT and _is_placeholder(child):
            story.steps.add("drop_placeholders")
        elif tag == ALTERNATE:
            _runs(_chosen(child), story, pieces, boxes)
        elif len(child):
            _runs(child, story, pieces, boxes)


def _is_hidden(run: etree._Element, story: _Story) -> bool:
    properties = run.find(R_PR)
    if properties is None:
        return False
    own = properties.find(VANISH)
    if own is not None:
        hidden = own.get(VAL) not in OFF
    else:
        hidden = (value(properties, R_STYLE) or "") in story.styles.hidden_runs
    if hidden:
        story.steps.add("drop_hidden")
    return hidden


def _field(kind: str | None, fields: list[bool]) -> None:
    """A complex field opens with its instruction; its result, between ``separate`` and ``end``, is text."""
    if kind == "begin":
        fields.append(True)
    elif kind == "separate" and fields:
        fields[-1] = False
    elif kind == "end" and fields:
        fields.pop()


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    known = SYMBOLS.get((element.get(f"{W}font", ""), code & 0xFF))
    return known or (chr(code) if 0x20 <= code < 0xD800 else "")


def _table(table: etree._Element, story: _Story, kind: BlockKind) -> None:
    _end_paragraph(story)
    rows = list(_rows(table))
    cells = [cell for row in rows for cell in _cells(row)]
    if len(cells) == 1:  # a frame around paragraphs, not a table
        _walk(cells[0], story, kind)
        return
    story.tables += 1
    number = story.tables
    for row in rows:
        texts = _row(row, story)
        is_head = is_on(row.find(TR_PR), f"{W}tblHeader")
        story.lines.append(Line("", kind, 0, 0, texts, number, is_head))


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == TR:
            properties = child.find(TR_PR)
            if properties is None or not (properties.find(DEL) is not None or is_on(properties, f"{W}hidden")):
                yield child
        elif child.tag not in SKIPPED and len(child):
            yield from _rows(child)


def _cells(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == TC:
            yield child
        elif child.tag not in SKIPPED and child.tag != TR_PR and len(child):
            yield from _cells(child)


def _row(row: etree._Element, story: _Story) -> tuple[str, ...]:
    """The row's cells; what a merged cell covers is empty."""
    properties = row.find(TR_PR)
    texts = [""] * min(_number(value(properties, f"{W}gridBefore"), 0), 63)
    for cell in _cells(row):
        properties = cell.find(TC_PR)
        if properties is None:
            texts.append(_cell(cell, story))
            continue
        merge = properties.find(f"{W}vMerge")
        is_covered = merge is not None and merge.get(VAL, "continue") == "continue"
        if properties.find(f"{W}cellDel") is not None:
            story.steps.add("accept_changes")
            is_covered = True
        texts.append("" if is_covered else _cell(cell, story))
        texts.extend([""] * (min(max(_number(value(properties, f"{W}gridSpan"), 1), 1), 63) - 1))
    return tuple(texts)


def _cell(cell: etree._Element, story: _Story) -> str:
    """A cell's paragraphs, nested tables too, joined by a space."""
    outer, story.lines = story.lines, []
    _walk(cell, story)
    _end_paragraph(story)
    inner, story.lines = story.lines, outer
    parts = (" ".join(filter(None, line.cells)) if line.cells else line.text.strip() for line in inner)
    return " ".join(filter(None, parts))


def _notes(root: etree._Element, story: _Story) -> None:
    story.special = _special(root)
    for note in root:
        if note.get(f"{W}type", "normal") == "normal":
            _walk(note, story, "note")
            _end_paragraph(story)


def _running(package: Package, folder: str, story: _Story) -> None:
    """Running heads and feet, each part once: outside the paragraphs."""
    seen: set[str] = set()
    for part in package:
        stem = part.removeprefix(f"{folder}/")
        kind: BlockKind = "header" if stem.startswith("header") else "footer"
        if stem == part or not stem.startswith(("header", "footer")) or not stem.endswith(".xml"):
            continue
        root = package.xml(part)
        inner = _Story(story.styles, Counters({}), checks_hidden=story.checks_hidden, special=_special(root))
        _walk(root, inner, kind)
        _end_paragraph(inner)
        for line in inner.lines:
            text = " ".join(filter(None, line.cells)) if line.cells else line.text.strip()
            if text and text not in seen:
                seen.add(text)
                story.lines.append(Line(text, kind))
