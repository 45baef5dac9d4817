"""Word in one XML file: flat OPC (``pkg:package``) and Word 2003 XML, both put into a package and read as docx."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from pipeline.errors import ReadError
from pipeline.model import ReadOptions
from pipeline.read import docx
from pipeline.read.doc_properties import FORMS
from pipeline.read.lines import Extract
from pipeline.read.package import parse

PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
NEW = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{OLD}}}"
AML = "{http://schemas.microsoft.com/aml/2001/core}"
GONE = ("Word.Deletion", "Word.Comment")


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """Paragraphs, rows, notes and running heads; raises ``ReadError``: damaged, bomb."""
    root, torn = parse(data, name)
    parts = dict(_flat(root) if root.tag == f"{PKG}package" else _older(root))
    if "word/document.xml" not in parts:
        raise ReadError(f"{name}: 不是 Word 的 XML (no Word document); 请用 Word 或 WPS 另存为 docx")
    found = docx.read(_packed(parts), name, options)
    if torn and not found.partial:
        return found._replace(partial="damaged", message="XML 不完整, 只读到断裂处 (broken XML); 请重新另存")
    return found


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def _flat(root: etree._Element) -> Iterator[tuple[str, bytes]]:
    """The parts that a flat package holds as elements."""
    for part in root.iterchildren(f"{PKG}part"):
        place = str(part.get(f"{PKG}name", "")).lstrip("/")
        content, stored = part.find(f"{PKG}xmlData"), part.findtext(f"{PKG}binaryData")
        if not place or place.endswith("/"):
            continue
        if content is not None and len(content):
            yield place, etree.tostring(content[0], encoding="utf-8")
        elif stored:
            try:
                yield place, base64.b64decode(stored)
            except binascii.Error:
                continue


def _older(root: etree._Element) -> Iterator[tuple[str, bytes]]:
    """Word 2003's one document as the parts of a docx; what is deleted in it is left out."""
    body = root.find(f"{W}body")
    if body is None:
        return
    for mark in list(root.iter(f"{AML}annotation")):
        if mark.get(f"{W}type") in GONE:
            _drop(mark)
    for listed in root.iter(f"{W}listPr"):
        listed.tag = f"{W}numPr"
        for number in listed.iterchildren(f"{W}ilfo"):
            number.tag = f"{W}numId"
    heads = [*root.iter(f"{W}hdr", f"{W}ftr")]
    notes = [*root.iter(f"{W}footnote", f"{W}endnote")]
    for apart in (*heads, *notes):
        _drop(apart)
    yield "word/document.xml", _renamed(_element("document", body))
    styles, lists = root.find(f"{W}styles"), root.find(f"{W}lists")
    if styles is not None:
        yield "word/styles.xml", _renamed(styles)
    if lists is not None:
        yield "word/numbering.xml", _renamed(_numbering(lists))
    if notes:
        yield "word/footnotes.xml", _renamed(_element("footnotes", *notes))
    for number, head in enumerate(heads):
        yield f"word/{'header' if head.tag == f'{W}hdr' else 'footer'}{number}.xml", _renamed(head)


def _drop(element: etree._Element) -> None:
    """Take an element out, not what follows it."""
    parent = element.getparent()
    if parent is None:
        return
    before, after = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + after
    else:
        parent.text = (parent.text or "") + after
    element.tail = None
    parent.remove(element)


def _element(name: str, *children: etree._Element) -> etree._Element:
    made = etree.Element(f"{W}{name}", nsmap={"w": OLD})
    made.extend(children)
    return made


def _numbering(lists: etree._Element) -> etree._Element:
    """``w:lists`` in the words of ``numbering.xml``."""
    made = _element("numbering")
    for define in list(lists.iterchildren(f"{W}listDef")):
        define.tag = f"{W}abstractNum"
        define.set(f"{W}abstractNumId", define.get(f"{W}listDefId", ""))
        for form in define.iter(f"{W}nfc"):
            form.tag = f"{W}numFmt"
            code = form.get(f"{W}val", "")
            form.set(f"{W}val", FORMS.get(int(code), "decimal") if code.isdecimal() else "decimal")
        for after in define.iter(f"{W}suff"):
            after.set(f"{W}val", after.get(f"{W}val", "").lower())
        made.append(define)
    for used in list(lists.iterchildren(f"{W}list")):
        used.tag = f"{W}num"
        used.set(f"{W}numId", used.get(f"{W}ilfo", ""))
        for define in used.iterchildren(f"{W}ilst"):
            define.tag = f"{W}abstractNumId"
        made.append(used)
    return made


def _renamed(element: etree._Element) -> bytes:
    written: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
    return written.replace(OLD.encode(), NEW.encode())
