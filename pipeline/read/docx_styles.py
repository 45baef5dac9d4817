"""What a docx's styles and lists say of a paragraph: its list, its outline level, whether its runs are hidden."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from pipeline.read.lists import Level, List

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL, ILVL, TYPE = f"{W}val", f"{W}ilvl", f"{W}type"
P_PR, R_PR, NUM_PR, NUM_ID, OUTLINE = f"{W}pPr", f"{W}rPr", f"{W}numPr", f"{W}numId", f"{W}outlineLvl"
VANISH, STYLE = f"{W}vanish", f"{W}style"
OFF = ("0", "false", "off")
BODY_LEVEL = 9  # outlineLvl 9 says "body text"
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TOC_NAME = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)


class Style(NamedTuple):
    """A paragraph style, inheritance resolved; ``list_id``/``list_level`` None = says nothing."""

    name: str = ""
    list_id: str | None = None
    list_level: str | None = None
    outline: int | None = None
    is_hidden: bool = False
    is_toc: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles of a document by id, and the one that holds where a paragraph names none."""

    by_id: dict[str, Style]
    default: str | None
    hidden_runs: frozenset[str]  # character styles whose text is hidden
    hides: bool = False  # whether any style hides text


def value(element: etree._Element | None, tag: str) -> str | None:
    """The ``w:val`` of a child, None where either is missing."""
    child = None if element is None else element.find(tag)
    return None if child is None else child.get(VAL)


def is_on(element: etree._Element | None, tag: str) -> bool:
    """A toggle property: there, and not switched off."""
    child = None if element is None else element.find(tag)
    return child is not None and child.get(VAL) not in OFF


# The styles part of Word's own template is 30 KB and the same in most files of a run: kept by its bytes' checksum.
_CACHE: OrderedDict[tuple[int, int], Styles] = OrderedDict()
_CACHED = 32


def cached_styles(key: tuple[int, int]) -> Styles | None:
    """Styles read before in this process; ``key`` is the part's checksum and size."""
    return _CACHE.get(key)


def read_styles(root: etree._Element, key: tuple[int, int]) -> Styles:
    """``word/styles.xml`` with ``basedOn`` chains resolved (a chain that bites its tail ends there)."""
    raw: dict[str, tuple[Style, str | None]] = {}
    default = None
    hidden: set[str] = set()
    for element in root.iterchildren(STYLE):
        identity = element.get(f"{W}styleId", "")
        kind = element.get(TYPE, "paragraph")
        is_hidden = is_on(element.find(R_PR), VANISH)
        if kind == "character" and is_hidden:
            hidden.add(identity)
        if kind != "paragraph" and kind != "numbering":
            continue
        raw[identity] = _own(element, is_hidden), value(element, f"{W}basedOn")
        if kind == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
            default = identity
    by_id = {identity: _resolved(identity, raw) for identity in raw}
    hides = bool(hidden) or any(style.is_hidden for style in by_id.values())
    styles = Styles(by_id, default, frozenset(hidden), hides)
    _CACHE[key] = styles
    while len(_CACHE) > _CACHED:
        _CACHE.popitem(last=False)
    return styles


def _own(element: etree._Element, is_hidden: bool) -> Style:
    name = value(element, f"{W}name") or ""
    properties = element.find(P_PR)
    numbered = None if properties is None else properties.find(NUM_PR)
    outline = value(properties, OUTLINE)
    named = _HEADING_NAME.match(name)
    level = int(outline) if outline and outline.isdigit() else int(named[1]) - 1 if named else None
    list_id = value(numbered, NUM_ID)
    return Style(name, list_id, value(numbered, ILVL), level, is_hidden, _TOC_NAME.match(name) is not None)


def _resolved(identity: str, raw: dict[str, tuple[Style, str | None]]) -> Style:
    style, base = raw[identity]
    seen = {identity}
    while base in raw and base not in seen:
        seen.add(base)
        above, base = raw[base]
        list_id = above.list_id if style.list_id is None else style.list_id
        list_level = above.list_level if style.list_level is None else style.list_level
        outline = above.outline if style.outline is None else style.outline
        hidden = style.is_hidden or above.is_hidden
        style = Style(style.name, list_id, list_level, outline, hidden, style.is_toc or above.is_toc)
    return style


def read_lists(root: etree._Element, styles: Styles) -> dict[str, List]:
    """``word/numbering.xml``: every ``w:num`` by its id."""
    abstracts: dict[str, dict[int, Level]] = {}
    linked: dict[str, str] = {}
    by_num: dict[str, str] = {}
    for element in root.iterchildren(f"{W}abstractNum"):
        identity = element.get(f"{W}abstractNumId", "")
        abstracts[identity] = dict(_level(level) for level in element.iterchildren(f"{W}lvl"))
        link = value(element, f"{W}numStyleLink")
        if link:
            linked[identity] = link
    nums = list(root.iterchildren(f"{W}num"))
    for element in nums:
        by_num[element.get(NUM_ID, "")] = value(element, f"{W}abstractNumId") or ""
    lists = {}
    for element in nums:
        identity = element.get(NUM_ID, "")
        abstract = by_num[identity]
        style = styles.by_id.get(linked.get(abstract, ""))
        if style and style.list_id in by_num:  # a list that says "as the list style X"
            abstract = by_num[style.list_id]
        lists[identity] = _list(element, abstract, abstracts.get(abstract, {}))
    return lists


def _list(element: etree._Element, abstract: str, levels: dict[int, Level]) -> List:
    own = dict(levels)
    starts = {}
    for override in element.iterchildren(f"{W}lvlOverride"):
        place = int(override.get(ILVL, "0"))
        level = override.find(f"{W}lvl")
        if level is not None:
            own[place] = _level(level)[1]
        start = value(override, f"{W}startOverride")
        if start is not None:
            starts[place] = _whole(start, 1)
    return List(abstract, own, starts)


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return min(int(text or ""), 1_000_000)
    except ValueError:
        return otherwise


def _level(element: etree._Element) -> tuple[int, Level]:
    form = element.find(f"{W}numFmt")
    if form is None:  # a newer format inside mc:AlternateContent; the first one is the real one
        form = next(element.iter(f"{W}numFmt"), None)
    name = "decimal" if form is None else form.get(VAL, "decimal")
    if name == "custom" and form is not None:
        name = form.get(f"{W}format", "decimal")
    restart = value(element, f"{W}lvlRestart")
    hidden = is_on(element.find(R_PR), VANISH)
    return _whole(element.get(ILVL), 0), Level(
        _whole(value(element, f"{W}start"), 0),  # ECMA-376 17.9.25: no start element means 0
        "none" if hidden else name,
        "" if hidden else value(element, f"{W}lvlText") or "",
        None if restart is None else _whole(restart, 0),
        is_on(element, f"{W}isLgl"),
    )
