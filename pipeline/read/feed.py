"""RSS and Atom feeds: each entry's title as a heading, its text read as the page it is."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.errors import ReadError
from pipeline.model import ReadOptions
from pipeline.read import html
from pipeline.read.encoding import decode
from pipeline.read.lines import Extract, Line
from pipeline.read.package import parse

ENTRIES = frozenset(["item", "entry"])
BODIES = ("encoded", "content", "description", "summary")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """The entries of a feed in the file's order."""
    text, encoding = decode(data)
    text = _PROLOGUE.sub("", text).replace("\x00", "")
    try:
        root, torn = parse(text.encode("utf-8", "replace"), name or "feed")
    except etree.XMLSyntaxError as fault:
        raise ReadError(f"订阅文件不是合法的 XML (broken feed: {fault}); 请重新导出") from None
    lines: list[Line] = []
    for entry in root.iter():
        if _name(entry) not in ENTRIES and entry is not root and _name(entry) != "channel":
            continue
        parts = {_name(child): child for child in reversed(entry)}
        title = _text(parts.get("title"))
        if title:
            lines.append(Line(title, "heading", 1 if _name(entry) in ENTRIES else 0))
        body = next((_text(parts[part]) for part in BODIES if part in parts and _text(parts[part])), "")
        if body.strip():
            lines.extend(html.read_text(body).lines)
    steps = () if encoding == "utf-8" else (f"decode {encoding}",)
    message = "XML 不完整, 只读到断裂处 (broken XML, read up to the break)" if torn else ""
    return Extract(lines, steps, "damaged" if torn else "", message)


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: etree._Element | None) -> str:
    """What an element says: escaped html as it is, xhtml written out again."""
    if element is None:
        return ""
    if len(element):
        return "".join([element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)])
    return (element.text or "").strip()
