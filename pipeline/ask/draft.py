"""A draft: what a clerk is about to send, read like any file, before it is in any dataset."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import Fact, Reading, Report, Span


@dataclass(frozen=True, slots=True)
class Number:
    """A fact of a draft; ``span`` and ``sentence`` are in its paragraph."""

    span: Span
    sentence: Span
    text: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    approx: str
    kind: str
    object: str
    per: str | None
    direction: str | None
    scope: str
    indicator: str | None
    dimensions: tuple[tuple[str, str], ...]
    own_time: bool  # the clause says a time of its own


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a draft: ``line`` counts the file's paragraphs from 0, ``heading`` is the section's."""

    line: int
    text: str
    words: tuple[str, ...]
    role: str
    topic: str
    block: str
    heading: str
    numbers: tuple[Number, ...]
    cells: tuple[Span, ...] = ()
    head: tuple[str, ...] = ()
    topics: tuple[tuple[str, float], ...] = ()  # the likeliest with their scores


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with what it says of itself; ``end`` is the last day of its time (ISO) or None."""

    name: str
    sha256: str
    title: str
    kind: str
    town: str | None
    county: str | None
    city: str | None
    province: str | None
    start: str | None
    end: str | None
    year: int | None
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """All paragraphs."""
        return "\n".join(part.text for part in self.parts)


def drafted(reading: Reading, town: str | None = None, county: str | None = None) -> Draft:
    """The draft that a file holds: its longest report, else its loose paragraphs; ``town`` pins whose it is."""
    text = reading.document.text
    report = max(reading.reports, key=lambda each: each.span.end - each.span.start, default=None)
    paragraphs = sorted(
        (paragraph for each in reading.reports for paragraph in each.paragraphs), key=lambda paragraph: paragraph.span
    ) or list(reading.loose)
    every = sorted([*(p.span for each in reading.reports for p in each.paragraphs), *(p.span for p in reading.loose)])
    lines = {span: n for n, span in enumerate(every)}
    sections = {id(p): _heading(each, p.section, text) for each in reading.reports for p in each.paragraphs}
    parts = []
    for paragraph in paragraphs:
        start = paragraph.span.start
        parts.append(
            Part(
                lines[paragraph.span], paragraph.span.of(text), paragraph.words,
                paragraph.role.name if paragraph.role else "other", paragraph.topic.name if paragraph.topic else "general",  # noqa: E501
                paragraph.kind, sections.get(id(paragraph), ""),
                tuple(_number(fact, start, text) for fact in paragraph.facts),
                tuple(cell.shifted(-start) for cell in paragraph.cells), tuple(cell.of(text) for cell in paragraph.head),  # noqa: E501
                paragraph.topic.top if paragraph.topic else (),
            )
        )  # fmt: skip
    source = reading.document.source
    place = report.town if report else None
    period = report.period if report else None
    return Draft(
        source.path, source.sha256, report.title.value if report and report.title else "",
        report.kind.value if report else "other", town or (place.town if place else None),
        county or (place.county if place else None), place.city if place else None, place.province if place else None,
        period.start if period else None, period.end if period else None, period.year if period else None, tuple(parts),
    )  # fmt: skip


def _heading(report: Report, section: int, text: str) -> str:
    heading = report.sections[section].heading
    return heading.of(text) if heading else ""


def _number(fact: Fact, start: int, text: str) -> Number:
    return Number(
        fact.span.shifted(-start), fact.sentence.shifted(-start), fact.span.of(text), fact.low, fact.high, fact.unit,
        fact.approx, fact.kind, fact.object, fact.per, fact.direction, fact.scope, fact.indicator, fact.dimensions,
        fact.period is not None,
    )  # fmt: skip
