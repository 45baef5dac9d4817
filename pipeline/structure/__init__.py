"""Document → Reports: collections split, the heading tree, paragraphs, town, period, kind.

``split`` is the whole room: a pure function of the document and of what is known of places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import OUTSIDE, Document, Paragraph, Places, Report, Span
from pipeline.structure import (
    collection,
    dates,
    endings,
    headings,
    kind,
    openers,
    paths,
    period,
    place,
    signs,
    title,
    traditional,
    tree,
)
from pipeline.structure.collection import Piece
from pipeline.structure.lines import Line, shape


def split(document: Document, places: Places) -> tuple[tuple[Report, ...], tuple[Paragraph, ...]]:
    """The reports of a document, and the loose paragraphs that belong to none, both in document order.

    Every block that is a paragraph (not a running head, foot or page number) is exactly one paragraph, in one report
    or loose. Sections tile their report and begin where a paragraph begins. Linear in the length of the text.
    """
    plain = traditional.simplified(document.text)
    if plain is not document.text:
        reports, loose = _split(replace(document, text=plain), places)
        return tuple(traditional.as_written(report, document) for report in reports), loose
    return _split(document, places)


def _split(document: Document, places: Places) -> tuple[tuple[Report, ...], tuple[Paragraph, ...]]:
    text = document.text
    shaped = []
    for block in document.blocks:
        span = block.span
        if block.kind not in OUTSIDE and span.end > span.start:
            shaped.append(shape(block, text[span.start : span.end]))
    lines = headings.decide(shaped)
    pieces = collection.split(lines)
    reports = tuple(_report(document, lines, pieces, ordinal, places) for ordinal in range(len(pieces)))
    loose = []
    at = 0
    for piece in pieces:
        loose += [_loose(line, is_front=at == 0) for line in lines[at : piece.first]]
        at = piece.last + 1
    loose += [_loose(line, is_front=False) for line in lines[at:]]
    return reports, tuple(loose)


def _loose(line: Line, is_front: bool) -> Paragraph:
    """A paragraph of no report; above the first one a page's own title is a heading too."""
    is_heading = headings.is_heading(line) or (is_front and title.is_title(line))
    block = line.block
    return Paragraph(block.span, 0, block.kind, is_heading, line.run_ins, block.cells, block.head)


def _report(document: Document, lines: Sequence[Line], pieces: Sequence[Piece], ordinal: int, places: Places) -> Report:
    piece, alone = pieces[ordinal], len(pieces) == 1
    own: Sequence[Line] = lines[piece.first : piece.last + 1]
    path = document.source.path
    front = title.find(own, path if alone else "", piece.title, int(piece.is_opener))
    span = Span(own[0].block.span.start, own[-1].block.span.end)
    own = _settle_front(own, front)
    sections, owners = tree.grow(own, span, front.span)
    what = kind.find(front.title, own[front.body :] if front.first == 0 else own, lines[: pieces[0].first])
    around = lines if alone else (*lines[: pieces[0].first], *own)
    signed = endings.signature(own)
    dated = dates.signed(own, front.body)
    covered = period.find(own, front, what.value if what.score else "unknown", "" if piece.is_opener else path, dated)
    return Report(
        document,
        span,
        front.title,
        place.find(signs.Scene(own, around, front, signed, path, alone), places),
        covered,
        what,
        sections,
        tuple(_paragraph(line, owner) for line, owner in zip(own, owners, strict=True)),
        front.issuer or signed,
        dates.published(around) or (None if alone else dates.published(lines[: dates.FRONT_OF_PAGE])),
        dates.as_of(own, covered, dated),
        paths.version(front.title, path),
    )


def _paragraph(line: Line, section: int) -> Paragraph:
    block = line.block
    return Paragraph(block.span, section, block.kind, headings.is_heading(line), line.run_ins, block.cells, block.head)


FRONT_LINES = 4  # how far down an opener (篇一, …总结1:) may stand that is not itself the title


def _settle_front(lines: Sequence[Line], front: title.Front) -> tuple[Line, ...]:
    """Title lines are headings; a collection's opener is one too, but opens no section of its own."""
    result = list(lines)
    for index, line in enumerate(result[: max(FRONT_LINES, front.body)]):
        if front.first <= index <= front.last:
            result[index] = headings.as_title(line)
        elif index < FRONT_LINES and openers.opens(line):
            result[index] = headings.as_opener(line)
    for index in front.again:
        result[index] = headings.as_opener(result[index])
    return tuple(result)
