"""The whole room in one pass: words, role and topic, facts with their indicators, honours."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from pathlib import Path

from pipeline.annotate import classify, facts, headings, honours, indicators, rules, stances, tables
from pipeline.annotate.classify import Model
from pipeline.annotate.cues import Cues, cues_of
from pipeline.annotate.words import Cut, cutter, with_words
from pipeline.model import (
    Configured,
    Fact,
    FactContext,
    Indicators,
    Label,
    Media,
    Paragraph,
    Reading,
    Report,
    Units,
)

RESIDUE = Label("other", 1.0, sure=True, top=(("other", 1.0),), decided_by="rule")
NO_TOPIC = Label("general", 1.0, sure=True, top=(("general", 1.0),), decided_by="rule")


@dataclass(frozen=True, slots=True)
class Annotator:
    """What the room needs, loaded once: how words are cut, the model, units and indicators.

    ``why``: the words that decided are told for every label, not only for unsure ones.
    """

    cut: Cut
    model: Model
    cues: Cues
    units: Units
    indicators: Indicators
    media: Media
    why: bool = False


def annotator(configured: Configured) -> Annotator:
    """Load dictionary and model; raises ``SettingsError``."""
    path = Path(configured.model) if configured.model else classify.SHIPPED
    cut = cutter(configured.words)
    hints = cues_of(configured.categories, cut)
    return Annotator(cut, classify.load(path), hints, configured.units, configured.indicators, configured.media)


def mark(reading: Reading, tools: Annotator) -> Reading:
    """The same reading with words, labels, facts and honours in every paragraph."""
    text = reading.document.text
    reports = tuple(mark_report(report, tools) for report in reading.reports)
    loose = tuple(
        replace(paragraph, words=tuple(tools.cut(paragraph.span.of(text))), role=RESIDUE, topic=NO_TOPIC)
        for paragraph in reading.loose
    )
    return replace(reading, reports=reports, loose=loose)


def mark_report(report: Report, tools: Annotator) -> Report:
    """One report, annotated."""
    cut = with_words(report, tools.cut)
    told = classify.labels(tools.model, cut, tools.cues, tools.why)
    listed = _listed(cut, told)
    above = _stances(cut)
    labels = [
        _settled(paragraph, pair, is_listed, above[paragraph.section], cut)
        for (paragraph, pair), is_listed in zip(_paired(cut, told), listed, strict=True)
    ]
    ahead = _ahead(cut, labels)
    heads = tables.heads(paragraph.span.of(cut.document.text) for paragraph in cut.paragraphs)
    is_district = _is_district(cut)
    marked = tuple(
        _marked(
            paragraph,
            role,
            topic,
            cut,
            is_district,
            "plan" if is_listed else above[paragraph.section],
            is_ahead,
            head,
            tools,
        )
        for (paragraph, (role, topic)), head, is_ahead, is_listed in zip(
            _paired(cut, labels), heads, ahead, listed, strict=True
        )
    )
    return replace(cut, paragraphs=marked)


_DISTRICT = re.compile("(?<![社园景小新])区(?:委(?!员)|政府|人大|直[部机单])")
_REGIONS = ("广西", "内蒙古", "宁夏", "新疆", "西藏")


def _is_district(report: Report) -> bool:
    """Whether 全区 is a city's district here: by the county, else by who is named, else by a street office."""
    if report.town.county and report.town.county.endswith("区"):
        return True
    text = report.document.text
    if (report.town.province or "").startswith(_REGIONS) or "自治区" in text:
        return False
    return _DISTRICT.search(text) is not None or (report.town.town or "").endswith("街道")


def _last_half(report: Report) -> int | None:
    """The half-year that a report ends with: 2 for a whole year's as well."""
    return report.period.half or (2 if (report.period.end or "").endswith("12-31") else None)


def _stances(report: Report) -> list[str | None]:
    """For each section what its own heading, or one above it, announces: ``plan``, ``rules``, ``back`` or nothing.

    The title announces rules (奖励办法), but no plan: a report's plan is said by its headings.
    """
    text = report.document.text
    is_rules = report.title is not None and rules.is_rule_heading(report.title.value)
    found: list[str | None] = []
    for section in report.sections:
        own = section.parent >= 0 and section.heading is not None
        said = section.heading.of(text) if own and section.heading is not None else ""
        above = found[section.parent] if 0 <= section.parent < len(found) else (stances.RULES if is_rules else None)
        found.append(stances.announced(said, above))
    return found


def _unless_plan(role: str) -> str:
    """A role that the model is not sure of and nothing bears out is no plan: most of a report looks back."""
    return "achievement" if role == "plan" else role


_SURE = 0.6
"""A report is held for a plan from this score of its kind on."""


def _ahead(report: Report, labels: list[tuple[Label, Label]]) -> list[bool | None]:
    """For each paragraph whether the report looks ahead there or before; None all through where it never does."""
    found: list[bool | None] = []
    is_behind = False
    is_ahead = report.kind.value == "plan" and report.kind.score >= _SURE
    for paragraph, (role, _) in _paired(report, labels):
        if not is_ahead and role.name in ("plan", "heading", "overview"):
            is_title = role.name != "plan" and paragraph.section == 0  # a title's year is the report's name
            year = None if is_title else report.period.year
            said = paragraph.span.of(report.document.text)
            is_double = role.name == "heading" and headings.names_what_is_done(said)  # 目标任务完成情况, 总结及打算
            is_ahead = not is_double and stances.leads_ahead(said, year, _last_half(report))
            is_ahead = is_ahead or (is_behind and role.name == "plan" and role.sure)
        is_behind = is_behind or role.name == "problem"  # what is lacking stands at the end of what was done
        found.append(is_ahead)
    return found if is_ahead else [None] * len(found)


_NO_ITEMS = frozenset(("heading", "closing", "problem", "other"))


def _listed(report: Report, told: list[tuple[Label, Label]]) -> list[bool]:
    """For each paragraph whether it is an item of a list that a plan announces (``下半年打好五张牌：``).

    So is what goes on below a paragraph that opens the plan (``下半年，我镇将…``), until something looks back.
    """
    found, is_open, half = [], False, _last_half(report)
    for paragraph, (role, _) in _paired(report, told):
        said = paragraph.span.of(report.document.text)
        goes_on = is_open and (stances.is_listed(said) or (role.name not in _NO_ITEMS and not stances.looks_back(said)))
        is_open = goes_on or stances.announces_list(said, half) or stances.opens_plan(said, half)
        found.append(is_open)
    return found


def _paired(report: Report, labels: list[tuple[Label, Label]]) -> list[tuple[Paragraph, tuple[Label, Label]]]:
    return list(zip(report.paragraphs, labels, strict=True))


def _settled(
    paragraph: Paragraph, told: tuple[Label, Label], is_listed: bool, above: str | None, report: Report
) -> tuple[Label, Label]:
    """What a web page wraps around its article is ``other``, whatever the model thinks; so a listed item is a plan.

    Below a heading that looks back (一、上半年工作总结) what says that it is done, with no word of the future, is none.
    """
    role, topic = told
    if role.name == "plan" and above == headings.BACK and not is_listed:
        said = paragraph.span.of(report.document.text)
        if stances.looks_back(said) and not stances.looks_ahead(said):
            return replace(role, name="achievement", decided_by="rule"), topic
    if is_listed and role.name == "achievement":
        return replace(role, name="plan", decided_by="rule"), topic
    return (RESIDUE, topic) if paragraph.kind == "residue" else (role, topic)


def _marked(
    paragraph: Paragraph,
    role: Label,
    topic: Label,
    report: Report,
    is_district: bool,
    above: str | None,
    is_ahead: bool | None,
    head: tuple[str, ...],
    tools: Annotator,
) -> Paragraph:
    text, start = report.document.text, paragraph.span.start
    said = paragraph.span.of(text)
    section = report.sections[paragraph.section]
    cells = tuple(cell.shifted(-start) for cell in paragraph.cells)
    is_trusted = is_ahead or (is_ahead is None and role.sure and stances.looks_ahead(headings.up_to_last_number(said)))
    is_trusted = is_trusted and above != headings.BACK
    context = FactContext(
        role=role.name if is_trusted or above in _SETTLED else _unless_plan(role.name),
        topic=topic.name,
        section_role=above,
        cells=cells or tables.cells_of(said),
        head=tuple(cell.of(text) for cell in paragraph.head) if cells else head,
        town=report.town.town,
        county=report.town.county,
        year=report.period.year,
        half=_last_half(report),
        is_borne_out=bool(is_ahead),
    )
    found = facts.find(said, context, tools.units)
    heading = section.heading.of(text) if section.heading else ""
    heading = "\n".join((heading, *context.head))  # a table's head names the topic of its cells
    linked = indicators.link(found, said, topic.name, heading, tools.indicators, tools.media, report.town)
    moved = tuple(_shifted(fact, start) for fact in linked)
    is_rule = above == stances.RULES  # what may be won is laid down there, nobody has won it
    honoured = () if is_rule else honours.find(said, is_district)
    won = tuple(replace(honour, span=honour.span.shifted(start)) for honour in honoured)
    return Paragraph(*(*_FOUND(paragraph), role, topic, moved, won))


_SETTLED = ("plan", stances.RULES)
"""The headings that bear out what the model holds for a plan."""
_FOUND = attrgetter(*(field.name for field in fields(Paragraph)[:-4]))
"""What a paragraph is before it is marked: all but its last four fields."""


def _shifted(fact: Fact, by: int) -> Fact:
    """The fact with its spans moved."""
    return fact._replace(span=fact.span.shifted(by), sentence=fact.sentence.shifted(by))
