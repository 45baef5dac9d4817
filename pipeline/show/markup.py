"""HTML from values: text is escaped by being text, markup is its own type."""

from __future__ import annotations

from html import escape as _escape


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
    return _escape(str(text)) if isinstance(text, str) else str(text)


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """An element. ``class_`` is class; ``_`` within a name is ``-``; None leaves an attribute out, True is bare.

    >>> tag("td", "<3", class_="m", aria_label="少于 3", hidden=True, title=None)
    '<td class="m" aria-label="少于 3" hidden>&lt;3</td>'
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        word = key.rstrip("_").replace("_", "-")
        parts.append(f" {word}" if value is True else f' {word}="{escape(value)}"')
    parts.append(">")
    parts += [escape(child) for child in children if child is not None]
    parts.append(f"</{name}>")
    return Markup("".join(parts))


def join(parts: object, between: str = "") -> Markup:
    """Several pieces as one; strings among them are escaped."""
    return Markup(between.join(escape(part) for part in parts))  # type: ignore[attr-defined]
