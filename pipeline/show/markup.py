"""HTML from values: text is escaped by being text, markup is its own type."""

from __future__ import annotations

from functools import lru_cache
from html import escape as _escape

SHORT = 40  # characters of what is likely to stand on a page again: names, units, reasons


class Markup(str):
    """A string that is HTML already."""

    __slots__ = ()


def escape(text: object) -> str:
    """Escape text for HTML; markup and numbers pass as they are.

    >>> escape("<b>&"), escape(Markup("<b>"))
    ('&lt;b&gt;&amp;', '<b>')
    """
    if isinstance(text, Markup):
        return text
    if not isinstance(text, str):
        return str(text)
    return _remembered(text) if len(text) < SHORT else _escape(text)


_remembered = lru_cache(maxsize=1 << 13)(_escape)


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """An element. ``class_`` is class; ``_`` within a name is ``-``; None leaves an attribute out, True is bare.

    >>> tag("td", "<3", class_="m", aria_label="少于 3", hidden=True, title=None)
    '<td class="m" aria-label="少于 3" hidden>&lt;3</td>'
    """
    said = "".join([_attribute(key, value) for key, value in attributes.items()]) if attributes else ""
    inner = "".join([escape(child) for child in children if child is not None])
    return Markup(f"<{name}{said}>{inner}</{name}>")


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    word = key.rstrip("_").replace("_", "-")
    return f" {word}" if value is True else f' {word}="{escape(value)}"'


def join(parts: object, between: str = "") -> Markup:
    """Several pieces as one; strings among them are escaped."""
    return Markup(between.join([escape(part) for part in parts]))  # type: ignore[attr-defined]
