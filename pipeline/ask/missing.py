"""What the draft lacks beside the last report: standard parts, figures, answers to targets; and what is new in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.ask.draft import Draft
from pipeline.ask.finding import Cited, Finding
from pipeline.model import Span

NOWHERE = Span(0, 0)
_PARTS = {"achievement": "成效做法", "problem": "存在问题", "plan": "下步安排"}
_SUMMARIES = ("summary", "summary_plan", "report")
LENGTHY = 600  # characters below which a draft is a note, not a report with parts
MOST = 12  # figures that are named; the rest is counted


class Earlier(NamedTuple):
    """The town's last report before the draft's time."""

    id: str
    source: str
    period: str | None
    start: str | None


class Told(NamedTuple):
    """A fact of the last report that an indicator knows."""

    indicator: str
    name: str
    kind: str
    text: str
    sentence: str
    paragraph: str
    source: str
    town: str | None
    period: str | None
    part_of: str | None


def earlier(base: sqlite3.Connection, draft: Draft, skip: frozenset[str]) -> list[Earlier]:
    """The draft's town's reports before its time, the newest first."""
    if not draft.town or not draft.start:
        return []
    rows = base.execute(
        "SELECT id, source, period_label, period_start FROM report WHERE state = 'current' AND town = ? AND period_start < ?"  # noqa: E501
        " AND (? IS NULL OR county IS NULL OR county = ?) ORDER BY period_start DESC, period_end DESC",
        (draft.town, draft.start, draft.county, draft.county),
    )
    return [each for each in (Earlier(*tuple(row)) for row in rows) if each.id not in skip]


def find(base: sqlite3.Connection, draft: Draft, skip: frozenset[str]) -> Iterator[Finding]:
    """Parts, targets and figures that a reader of the last report will miss."""
    past = earlier(base, draft, skip)
    yield from _parts(base, draft, past)
    if not past:
        return
    facts = _facts(base, past[0].id)
    here = {x.indicator for part in draft.parts for x in part.numbers if x.indicator}
    yield from _targets(facts, here)
    yield from _figures(facts, here, past[0])


def _parts(base: sqlite3.Connection, draft: Draft, past: list[Earlier]) -> Iterator[Finding]:
    if draft.kind not in _SUMMARIES or sum(len(part.text) for part in draft.parts) < LENGTHY:
        return
    roles = [part.role for part in draft.parts if part.role != "heading"]
    headings = "".join(part.text for part in draft.parts if part.role == "heading")
    words = {"achievement": "做法成效工作", "problem": "问题不足短板差距困难", "plan": "打算安排计划思路目标举措"}
    for role, name in _PARTS.items():
        if role in roles or any(words[role][at : at + 2] in headings for at in range(0, len(words[role]), 2)):
            continue
        had = (
            bool(past)
            and base.execute(
                "SELECT EXISTS (SELECT 1 FROM paragraph WHERE report = ? AND role = ?)", (past[0].id, role)
            ).fetchone()[0]
        )
        told = f"没有“{name}”这一部分" + (f", {past[0].period or '上一份报告'}里有" if had else "")
        sure = had or draft.kind != "report"
        yield Finding("missing", "warning" if sure else "note", -1, NOWHERE, name, told)


def _facts(base: sqlite3.Connection, report: str) -> list[Told]:
    rows = base.execute(
        "SELECT f.indicator, i.name, f.kind, f.text, f.sentence, p.id, p.source, r.town, r.period_label, i.part_of FROM fact f"  # noqa: E501
        " JOIN indicator i ON i.id = f.indicator JOIN paragraph p ON p.id = f.paragraph JOIN report r ON r.id = f.report"  # noqa: E501
        " WHERE f.report = ? AND f.scope = 'town' ORDER BY p.ordinal, f.start",
        (report,),
    )
    return [Told(*tuple(row)) for row in rows]


def _targets(facts: list[Told], here: set[str]) -> Iterator[Finding]:
    """A target of the last report about which this one says nothing."""
    seen: set[str] = set()
    for told in facts:
        if told.kind == "target" and told.indicator not in here and told.indicator not in seen:
            seen.add(told.indicator)
            cited = Cited(told.paragraph, told.source, told.town, told.period, told.sentence)
            yield Finding(
                "missing",
                "note",
                -1,
                NOWHERE,
                f"{told.name} {told.text}",
                f"上一份报告定下的目标“{told.name} {told.text}”没有交代",
                cited,
            )


def _figures(facts: list[Told], here: set[str], past: Earlier) -> Iterator[Finding]:
    """One note that names the figures the last report had."""
    names = list(dict.fromkeys(told.name for told in facts if told.kind == "achieved" and told.indicator not in here))
    if names:
        more = f" 等 {len(names)} 项" if len(names) > MOST else ""
        yield Finding(
            "missing",
            "note",
            -1,
            NOWHERE,
            "、".join(names[:MOST]),
            f"{past.period or '上一份报告'}有这些数字, 本稿没有: {'、'.join(names[:MOST])}{more}",
        )


def fresh(base: sqlite3.Connection, draft: Draft, skip: frozenset[str]) -> tuple[str, ...]:
    """Names of the indicators that this draft has and the town's last report had not."""
    past = earlier(base, draft, skip)
    if not past:
        return ()
    before = {told.indicator for told in _facts(base, past[0].id)}
    names = dict(base.execute("SELECT id, name FROM indicator").fetchall())
    mine = dict.fromkeys(
        x.indicator for part in draft.parts for x in part.numbers if x.indicator and x.kind == "achieved"
    )
    return tuple(names.get(each, each) for each in mine if each not in before)
