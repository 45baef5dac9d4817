"""Documents written for a test: marked lines → Document, and what structure makes of it → the same marks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline import structure
from pipeline.model import Block, BlockKind, Document, Places, Report, Source, Span

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "corpora" / "cases"
PLACES = Places(str(ROOT / "configs" / "gazetteer"))


def document(lines: Iterable[str | tuple[str, BlockKind, int]], path: str = "文件.txt") -> Document:
    """A document of these lines; a line may come with its block kind and outline level."""
    texts, blocks, at = [], [], 0
    for line in lines:
        text, kind, level = (line, "text", 0) if isinstance(line, str) else line
        blocks.append(Block(Span(at, at + len(text)), kind, level))
        texts.append(text)
        at += len(text) + 1
    return Document(Source(path, "0" * 64), "txt", "\n".join(texts), tuple(blocks))


def marked(lines: Iterable[tuple[str, str]], path: str = "文件.txt") -> Document:
    """``h1`` is a heading by the file's own word, ``r`` a table row, any other mark an ordinary line."""
    return document(
        [
            (text, "heading", int(mark[1]))
            if mark[0] == "h"
            else (text, "row", 0)
            if mark == "r"
            else (text, "text", 0)
            for mark, text in lines
        ],
        path,
    )


def marks(report: Report) -> list[str]:
    """Per paragraph: T title, H1 heading of level 1, R2 run-in, G part without heading, O opener, - text, r row."""
    opened = {section.span.start: section for section in report.sections[1:]}
    title = report.sections[0].heading
    found = []
    for paragraph in report.paragraphs:
        section = opened.get(paragraph.span.start)
        if title is not None and title.start <= paragraph.span.start < title.end:
            found.append("T")
        elif section is None:
            found.append("r" if paragraph.kind == "row" else "O" if paragraph.is_heading else "-")
        elif section.heading is None:
            found.append("G")
        else:
            found.append(f"{'H' if paragraph.is_heading else 'R'}{section.level}")
    return found


def reports(document: Document, places: Places = PLACES) -> tuple[Report, ...]:
    return structure.split(document, places)[0]
