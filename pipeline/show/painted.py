"""One offline page that paints what was understood over the text: headings, evidence, roles, topics, facts, honours."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.ask.labels import Names
from pipeline.model import Evidence, Fact, Honour, Label, Paragraph, Reading, Report, Span, Stated
from pipeline.show import wording
from pipeline.show.markup import Markup, join, tag
from pipeline.store.personal import masked

HERE = Path(__file__).parent
DEEPEST = 4  # levels that are set in
FIELDS = {
    "title": "标题", "town": "单位", "period": "时期", "kind": "种类", "issuer": "落款或发文单位",
    "published": "发布日期", "as_of": "数据截至", "version": "稿次",
}  # fmt: skip
WHERE = {"text": "正文", "file": "文件名", "folder": "文件夹名", "pin": "指定", "inferred": "推断"}
KEYS = (("evidence", "依据 (下划线)"), ("fact", "数字"), ("honour", "荣誉"), ("run_in", "段内标题"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A painted span: its CSS classes and what it says when pointed at."""

    span: Span
    classes: str
    told: str


def page(readings: Sequence[tuple[str, Reading]], names: Names, show_personal: bool = False) -> str:
    """The whole page for files with their names, in the order given; needs nothing from the net."""
    body = [
        tag("h1", "读懂了什么"),
        tag("p", "左边的颜色是段落的角色, 带问号的没有把握; 指着一处可以看到细节。", class_="note"),
        _key(names),
        *(_file(name, reading, names, show_personal) for name, reading in readings),
    ]
    head = join((
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'),
        tag("title", "、".join(name for name, _ in readings[:3])),
        tag("style", Markup((HERE / "painted.css").read_text(encoding="utf-8"))),
    ))  # fmt: skip
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', tag('main', *body)), lang='zh-CN')}\n"


def _key(names: Names) -> Markup:
    """What is painted how, and the boxes that turn it off."""
    boxes = [tag("label", Markup(f'<input type="checkbox" id="k-{name}" checked> '), told) for name, told in KEYS]
    roles = [tag("span", names.role(role), class_=f"k r-{role}") for role in names.roles]
    facts = [
        tag("mark", told, class_=classes)
        for classes, told in (
            ("fact", "实绩"),
            ("fact target", "目标、要求"),
            ("fact change", "增减、基数"),
            ("honour", "荣誉"),
        )
    ]
    evidence = [
        tag("mark", FIELDS[field], class_=f"evidence e-{field}") for field in ("title", "town", "period", "issuer")
    ]
    return tag("div", *boxes, tag("span", *roles), tag("span", *facts), tag("span", *evidence), class_="key")


def _file(name: str, reading: Reading, names: Names, show_personal: bool) -> Markup:
    document = reading.document
    text = document.text if show_personal else masked(document.text)
    steps = f", 步骤 {'、'.join(document.steps)}" if document.steps else ""
    parts: list[tuple[int, Markup]] = []
    for number, report in enumerate(reading.reports, 1):
        head = tag("h3", f"第 {number} 篇") if len(reading.reports) > 1 else None
        parts.append(
            (report.span.start, join([each for each in (head, *_report(report, text, names)) if each is not None]))
        )
    for paragraph in reading.loose:
        marks = _of_paragraph(paragraph)
        parts.append((paragraph.span.start, _paragraph(paragraph, text, marks, names, 1, "loose", "不属于任何一篇")))
    note = tag("p", f"{len(reading.reports)} 篇, {len(text)} 字, 读法 {document.reader}{steps}", class_="note")
    return tag("section", tag("h2", name), note, *(part for _, part in sorted(parts, key=lambda pair: pair[0])))


def _report(report: Report, text: str, names: Names) -> Iterator[Markup]:
    stated = _stated(report)
    said = []
    for field, (told, score, evidence) in stated.items():
        said += [tag("dt", FIELDS[field]), tag("dd", told, *_why(score, evidence))]
    yield tag("dl", *said, class_="said")
    seen = [
        Mark(each.span, f"evidence e-{field}", f"{FIELDS[field]}的依据: {told}")
        for field, (told, _, evidence) in stated.items()
        for each in evidence
        if each.span is not None
    ]
    seen.sort(key=lambda mark: mark.span)
    for paragraph in report.paragraphs:
        own = paragraph.span
        marks = [
            *_of_paragraph(paragraph),
            *(mark for mark in seen if mark.span.start < own.end and own.start < mark.span.end),
        ]
        section = report.sections[paragraph.section]
        yield _paragraph(paragraph, text, marks, names, section.level or 1, "", "")


def _stated(report: Report) -> Mapping[str, tuple[str, float, tuple[Evidence, ...]]]:
    """Field → what is said, how surely, on which evidence; unknown ones are said to be unknown."""
    town, period = report.town, report.period
    place = " ".join(filter(None, (town.province, town.city, town.county, town.town)))
    told = {
        "title": _of(report.title), "town": (f"{place} {town.code or ''}".strip() or "不明", town.score, town.evidence),
        "period": (_period(report), period.score, period.evidence),
        "kind": (wording.REPORT_KINDS.get(report.kind.value, report.kind.value), report.kind.score, ()),
    }  # fmt: skip
    for field in ("issuer", "published", "as_of", "version"):
        value: Stated | None = getattr(report, field)
        if value is not None:
            told[field] = _of(value)
    return told


def _of(value: Stated | None) -> tuple[str, float, tuple[Evidence, ...]]:
    return (value.value, value.score, value.evidence) if value else ("不明", 0.0, ())


def _period(report: Report) -> str:
    period = report.period
    days = f" ({period.start} 至 {period.end})" if period.start else ""
    return f"{period.label or '不明'}{days}{' 推断' if period.inferred else ''}"


def _why(score: float, evidence: Iterable[Evidence]) -> list[Markup]:
    words = [f"{WHERE[each.where]}「{each.words}」" for each in evidence]
    told = f" {score:.2f}" + (f", {'、'.join(words)}" if words else "")
    return [tag("small", told)] if score else []


def _of_paragraph(paragraph: Paragraph) -> list[Mark]:
    marks = [Mark(each.span, "run_in", f"段内标题 第 {each.level} 层") for each in paragraph.run_ins]
    marks += [Mark(fact.span, f"fact {fact.kind}", _fact(fact)) for fact in paragraph.facts]
    return marks + [Mark(honour.span, "honour", _honour(honour)) for honour in paragraph.honours]


def _fact(fact: Fact) -> str:
    ends = [format(end, "f") if end is not None else "…" for end in (fact.low, fact.high)]
    value = ends[0] if ends[0] == ends[1] else " 至 ".join(ends)
    parts = [
        f"{fact.object or '?'}: {value} {fact.unit}".rstrip(), wording.KINDS[fact.kind], wording.APPROX[fact.approx],
        wording.PERS.get(fact.per or ""), wording.SCOPES.get(fact.scope, fact.scope),
        f"时期 {fact.period.label}" if fact.period and fact.period.label else None,
        f"指标 {fact.indicator}" if fact.indicator else None, "引用上级" if fact.authority != "self" else None,
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _honour(honour: Honour) -> str:
    return " · ".join(
        filter(None, ("荣誉", honour.name, honour.level and f"{honour.level}级", honour.rank, honour.scope))
    )


def _paragraph(
    paragraph: Paragraph, text: str, marks: Sequence[Mark], names: Names, level: int, extra: str, told: str
) -> Markup:
    role = paragraph.role.name if paragraph.role else "other"
    who = tag(
        "div",
        _label(paragraph.role, names.role),
        _label(paragraph.topic, names.topic, plain=True),
        told or None,
        class_="who",
    )
    classes = f"p l{min(level, DEEPEST)} r-{role}{' h' if paragraph.is_heading else ''} {extra}".rstrip()
    return tag("div", who, tag("div", *painted(text, paragraph.span, marks), class_="text"), class_=classes)


def _label(label: Label | None, named: object, plain: bool = False) -> Markup | None:
    if label is None:
        return None
    told = f"{named(label.name)}{'' if label.sure else ' ?'}"  # type: ignore[operator]
    words = f": {' '.join(label.words)}" if label.words else ""
    return tag(
        "span" if plain else "b", told, title=f"{label.score:.2f}{words}", class_=None if label.sure else "doubt"
    )


def painted(text: str, span: Span, marks: Sequence[Mark]) -> list[Markup | str]:
    """The text of a span in pieces: each stretch with the same marks is one element, the rest is plain.

    >>> painted("投稿28篇。", Span(0, 6), [Mark(Span(2, 5), "fact", "28")])
    ['投稿', '<mark class="fact" title="28">28篇</mark>', '。']
    """
    inside = [mark for mark in marks if mark.span.start < span.end and span.start < mark.span.end]
    edges = {span.start, span.end}
    for mark in inside:
        edges |= {max(span.start, mark.span.start), min(span.end, mark.span.end)}
    cuts = sorted(edges)
    pieces: list[Markup | str] = []
    for start, end in itertools.pairwise(cuts):
        over = [mark for mark in inside if mark.span.start <= start and end <= mark.span.end]
        piece = text[start:end]
        if over:
            classes = " ".join(dict.fromkeys(" ".join(mark.classes for mark in over).split()))
            pieces.append(
                tag("mark", piece, class_=classes, title="\n".join(dict.fromkeys(mark.told for mark in over)))
            )
        else:
            pieces.append(piece)
    return pieces
