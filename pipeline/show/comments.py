"""Remarks as Word comments: in a copy of the draft when it is a docx, else in a new docx with the draft's text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ask.draft import Draft
from pipeline.errors import InputError

AUTHOR, INITIALS = "zongjie", "ZJ"
LONGEST = 1500  # characters of a comment


@dataclass(frozen=True, slots=True)
class Remark:
    """``line`` is the paragraph of the file (non-blank ones, from 0), ``quote`` its words (empty: all of it)."""

    line: int
    quote: str
    text: str


def write(data: bytes, draft: Draft, remarks: Sequence[Remark], out: Path) -> None:
    """Write the commented copy; raises ``InputError`` when it cannot be written."""
    import docx

    document = docx.Document(io.BytesIO(data)) if data.startswith(b"PK") and b"word/document.xml" in data else None
    if document is None:
        document = docx.Document()
        for part in draft.parts:
            document.add_paragraph(part.text)
    paragraphs = [each for each in _paragraphs(document) if each.text.strip()]
    by_text = {part.line: part.text for part in draft.parts}
    for remark in remarks:
        at = _place(paragraphs, by_text.get(remark.line, ""), remark.line)
        runs = _runs(paragraphs[at], remark.quote) if at is not None else []
        if runs:
            document.add_comment(runs=runs, text=_plain(remark.text)[:LONGEST], author=AUTHOR, initials=INITIALS)
    try:
        document.save(str(out))
    except OSError as fault:
        raise InputError(f"{out}: 写不进去 ({fault.strerror}); 文件若在 Word 里开着请先关闭", cause="usage") from None


def _paragraphs(document: Any) -> Iterator[Any]:
    """Every paragraph in the order of the text, those of tables too."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield from row.cells[0].paragraphs[:1] if row.cells else []
        else:
            yield block


def _place(paragraphs, text: str, line: int) -> int | None:  # type: ignore[no-untyped-def]
    """The paragraph that a line of the draft is: the same text, the nearest to its place; list labels are not in Word's text."""  # noqa: E501
    if not paragraphs:
        return None
    near = sorted(range(len(paragraphs)), key=lambda at: abs(at - line))
    for at in near:
        said = paragraphs[at].text.strip()
        if said and (said == text or text.endswith(said) or text.startswith(said)):
            return at
    return min(line, len(paragraphs) - 1)


def _runs(paragraph, quote: str):  # type: ignore[no-untyped-def]
    """First and last run that hold the quotation, or the whole paragraph's."""
    runs = [run for run in paragraph.runs if run.text]
    if not runs:
        return []
    start = paragraph.text.find(quote) if quote else -1
    if start < 0:
        return [runs[0], runs[-1]]
    touched, at = [], 0
    for run in runs:
        if at < start + len(quote) and start < at + len(run.text):
            touched.append(run)
        at += len(run.text)
    return [touched[0], touched[-1]] if touched else [runs[0], runs[-1]]


def _plain(text: str) -> str:
    """Without characters that XML cannot hold."""
    return "".join(each for each in text if each in "\n\t" or (ord(each) >= 32 and not 0xD800 <= ord(each) <= 0xDFFF))
