"""Saved mail (.eml) and saved web pages (.mht): the text in them; attached files are members of the mail."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.model import ReadOptions
from pipeline.read import html, txt
from pipeline.read.lines import Extract, Line

if TYPE_CHECKING:
    from email.message import EmailMessage

MOST_ATTACHED = 20


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """A saved page: its html part; a mail: subject and text, html where there is no plain text."""
    message = _message(data)
    is_page = message.get_content_type() == "multipart/related" and "from" not in message
    body = _body(message, ("html", "plain") if is_page else ("plain", "html"))
    lines: list[Line] = []
    if not is_page and message["subject"]:
        lines.append(Line(str(message["subject"]), "residue"))
    steps: tuple[str, ...] = ()
    if body is not None:
        found = _part(body)
        lines, steps = lines + found.lines, found.steps
    return Extract(lines, steps)


def parts(data: bytes) -> list[tuple[str, bytes]]:
    """A mail with files attached as names and bytes, its own text first; empty for a mail without."""
    message = _message(data)
    attached = [(part.get_filename() or "附件", _payload(part)) for part in _attached(message)]
    body = _body(message, ("plain", "html"))
    own = [("正文.html" if body.get_content_type() == "text/html" else "正文.txt", _payload(body))] if body else []
    return own + attached if attached else []


def _message(data: bytes) -> EmailMessage:
    import email  # takes 20 ms to load, and mail is rare
    import email.policy

    return email.message_from_bytes(data, policy=email.policy.default)


def _attached(message: EmailMessage) -> list[EmailMessage]:
    found = [part for part in message.walk() if part.is_attachment()]
    return found[:MOST_ATTACHED]


def _body(message: EmailMessage, preferred: tuple[str, str]) -> EmailMessage | None:
    kinds = [f"text/{kind}" for kind in preferred]
    texts = [part for part in message.walk() if part.get_content_type() in kinds and not part.is_attachment()]
    for kind in kinds:
        for part in texts:
            if part.get_content_type() == kind and _payload(part).strip():
                return part
    return None


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _part(part: EmailMessage) -> Extract:
    data = _payload(part)
    charset = part.get_content_charset()
    readers: dict[str, Callable[[bytes, str, ReadOptions], Extract]] = {"text/html": html.read, "text/plain": txt.read}
    if charset and charset.lower() not in ("utf-8", "gb2312", "gbk", "gb18030", "big5", "us-ascii"):
        with contextlib.suppress(LookupError, ValueError):  # a name that no codec has: the bytes decide
            data = data.decode(charset).encode("utf-8")
    return readers[part.get_content_type()](data, "", ReadOptions())
