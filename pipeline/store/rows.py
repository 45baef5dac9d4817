"""Reading → rows, as plain lists that travel as JSON. Pure: the same reading gives the same ids everywhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pipeline.model import Evidence, Fact, Label, Paragraph, Period, Reading, Report, Span, Stated

Row = list[Any]
Rows = dict[str, list[Row]]

COLUMNS = {
    "report": [
        "id",
        "source",
        "ordinal",
        "title",
        "kind",
        "issuer",
        "town",
        "county",
        "city",
        "province",
        "town_code",
        "town_score",
        "period_label",
        "period_start",
        "period_end",
        "period_year",
        "period_half",
        "period_inferred",
        "period_score",
        "published",
        "as_of",
        "version",
        "evidence",
    ],
    "section": ["report", "ordinal", "parent", "level", "number", "heading", "start", "end"],
    "paragraph": [
        "id",
        "source",
        "report",
        "ordinal",
        "line",
        "section",
        "start",
        "end",
        "text",
        "words",
        "block",
        "role",
        "role_score",
        "role_sure",
        "role_by",
        "role_top",
        "role_words",
        "topic",
        "topic_score",
        "topic_sure",
        "topic_by",
        "topic_top",
        "topic_words",
    ],
    "fact": [
        "id",
        "paragraph",
        "report",
        "start",
        "end",
        "text",
        "low",
        "high",
        "low_text",
        "high_text",
        "unit",
        "approx",
        "kind",
        "object",
        "per",
        "direction",
        "sentence",
        "scope",
        "authority",
        "period_label",
        "period_start",
        "period_end",
        "period_from",
        "rule",
        "score",
        "indicator",
        "indicator_score",
        "indicator_reason",
        "dimensions",
    ],
    "honour": ["id", "paragraph", "report", "start", "end", "text", "name", "level", "rank", "scope"],
}
_WORD = re.compile(r"\w")


def rows(reading: Reading) -> Rows:
    """Rows of every table for one file; columns as in ``COLUMNS``."""
    made: Rows = {table: [] for table in COLUMNS}
    path, text = reading.document.source.path, reading.document.text
    lines = {span: n for n, span in enumerate(sorted(_all_spans(reading)))}
    for ordinal, report in enumerate(reading.reports):
        key = report_id(report, ordinal)
        made["report"].append(_report_row(report, key, path, ordinal))
        for n, section in enumerate(report.sections):
            heading = section.heading.of(text) if section.heading else ""
            made["section"].append(
                [key, n, section.parent, section.level, section.number, heading, section.span.start, section.span.end]
            )
        for n, paragraph in enumerate(report.paragraphs):
            own = f"{key}-{n:04d}"
            made["paragraph"].append(_paragraph_row(paragraph, own, path, key, n, lines[paragraph.span.start], text))
            at = paragraph.span.start
            made["fact"] += [fact_row(fact, own, key, at, report.period, text) for fact in paragraph.facts]
            made["honour"] += _honour_rows(paragraph, own, key, text)
    stem = reading.document.source.sha256[:12]
    for n, paragraph in enumerate(reading.loose):
        own = f"{stem}-loose-{_short(path)[:6]}-{n:04d}"
        made["paragraph"].append(_paragraph_row(paragraph, own, path, None, n, lines[paragraph.span.start], text))
    return made


def report_id(report: Report, ordinal: int) -> str:
    """Content + folder evidence + ordinal: a moved file keeps its ids as long as its path says the same of it."""
    said = [evidence for evidence in (*report.town.evidence, *report.period.evidence) if evidence.where != "text"]
    folder = "|".join(sorted(f"{evidence.where}:{evidence.words}" for evidence in said))
    return _short(f"{report.document.source.sha256}|{folder}|{ordinal}")


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _all_spans(reading: Reading) -> Iterator[int]:
    for report in reading.reports:
        yield from (paragraph.span.start for paragraph in report.paragraphs)
    yield from (paragraph.span.start for paragraph in reading.loose)


def _report_row(report: Report, key: str, path: str, ordinal: int) -> Row:
    town, period = report.town, report.period
    stated = {
        "title": report.title, "kind": report.kind, "issuer": report.issuer,
        "published": report.published, "as_of": report.as_of, "version": report.version,
    }  # fmt: skip
    evidence = {name: _evidence(value.evidence) for name, value in stated.items() if value is not None}
    evidence |= {"town": _evidence(town.evidence), "period": _evidence(period.evidence)}
    return [
        key, path, ordinal, _value(report.title), report.kind.value, _value(report.issuer),
        town.town, town.county, town.city, town.province, town.code, town.score,
        period.label, period.start, period.end, period.year, period.half, int(period.inferred), period.score,
        _value(report.published), _value(report.as_of), _value(report.version), evidence,
    ]  # fmt: skip


def _value(stated: Stated | None) -> str | None:
    return stated.value if stated else None


def _evidence(found: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [
        {"words": each.words, "where": each.where}
        | ({"start": each.span.start, "end": each.span.end} if each.span else {})
        for each in found
    ]


def _paragraph_row(paragraph: Paragraph, key: str, path: str, report: str | None, n: int, line: int, text: str) -> Row:
    words = " ".join(filter(_SAYS.__getitem__, paragraph.words))
    return [
        key, path, report, n, line, paragraph.section, paragraph.span.start, paragraph.span.end,
        paragraph.span.of(text), words, paragraph.kind, *_label(paragraph.role), *_label(paragraph.topic),
    ]  # fmt: skip


class _Says(dict[str, bool]):
    """Word → whether any letter or digit is in it: worked out when it is first met; a few thousand make up a text."""

    def __missing__(self, word: str) -> bool:
        if len(self) > _MOST_WORDS:
            self.clear()
        says = self[word] = _WORD.search(word) is not None
        return says


_MOST_WORDS = 200_000  # then all is forgotten, so that a long run over strange texts does not grow without end
_SAYS = _Says()


def _label(label: Label | None) -> list[Any]:
    if label is None:
        return ["other", 0.0, 0, "rule", "", ""]
    top = " ".join([f"{name}:{score:.3f}" for name, score in label.top])
    return [label.name, label.score, int(label.sure), label.decided_by, top, " ".join(label.words)]


def fact_row(fact: Fact, paragraph_id: str, report_id: str, at: int, period: Period, text: str) -> Row:
    """A fact as its row: ``at`` is where its paragraph begins in ``text``, ``period`` the report's."""
    start, end = fact.span.start - at, fact.span.end - at
    period = fact.period or period
    low, low_text = _bound(fact.low)
    high, high_text = (low, low_text) if fact.high is fact.low else _bound(fact.high)
    return [
        f"{paragraph_id}-{start}-{end}", paragraph_id, report_id, start, end, fact.span.of(text),
        low, high, low_text, high_text, fact.unit, fact.approx, fact.kind,
        fact.object, fact.per, fact.direction, fact.sentence.of(text), fact.scope, fact.authority,
        period.label, period.start, period.end, "clause" if fact.period else "report", fact.rule, fact.score,
        fact.indicator, fact.indicator_score, fact.indicator_reason,
        ";".join([f"{name}={value}" for name, value in fact.dimensions]) if fact.dimensions else "",
    ]  # fmt: skip


def fact_of(row: Row, text: str) -> Fact:
    """The fact that a row holds, without its link; spans relative to ``text``, which is its paragraph's."""
    told = dict(zip(COLUMNS["fact"], row, strict=True))
    span = Span(told["start"], told["end"])
    at = text.find(told["sentence"], max(0, span.end - len(told["sentence"])))
    own = Period(told["period_label"], told["period_start"], told["period_end"])
    low, high = (None if told[name] is None else Decimal(told[name]) for name in ("low_text", "high_text"))
    return Fact(
        span, low, high, told["unit"], told["approx"], told["kind"], told["object"], told["per"], told["direction"],
        Span(at, at + len(told["sentence"])), told["rule"], told["score"], told["scope"], told["authority"],
        own if told["period_from"] == "clause" else None,
    )  # fmt: skip


def _bound(value: Decimal | None) -> tuple[float | None, str | None]:
    """A decimal as a number, and as people write it: without exponent or trailing zeros."""
    if value is None:
        return None, None
    plain = format(value, "f")
    return float(value), plain.rstrip("0").rstrip(".") if "." in plain else plain


def _honour_rows(paragraph: Paragraph, paragraph_id: str, report_id: str, text: str) -> Iterator[Row]:
    for honour in paragraph.honours:
        start, end = honour.span.start - paragraph.span.start, honour.span.end - paragraph.span.start
        yield [
            f"{paragraph_id}-h{start}-{end}", paragraph_id, report_id, start, end, honour.span.of(text),
            honour.name, honour.level, honour.rank, honour.scope,
        ]  # fmt: skip
