"""Promises against results on a terminal and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from pipeline.ask.cells import written
from pipeline.ask.ledger import FATES, Entry, Ledger
from pipeline.show import wording
from pipeline.show.columns import clean, table

FATE_WORDS = {
    "kept": "做到",
    "exceeded": "超过",
    "missed": "没有做到",
    "not_mentioned": "没有提到",
    "doubtful": "待核实",
    "no_report": "还没有下期报告",
}
WIDE = 46  # columns of a sentence on a terminal


def ledger(told: Ledger) -> str:
    """A table for each town and time, then problems that are named again."""
    parts = [summary(told)]
    towns = [(name, list(group)) for name, group in groupby(told.due, key=lambda entry: entry.promise.town)]
    if len(towns) > 1:
        rows = [
            [name, kept(own).removeprefix("做到或超过 "), *(sum(e.fate == fate for e in own) for fate in FATES[:-1])]
            for name, own in towns
        ]
        parts.append(table(["单位", "做到或超过", *(FATE_WORDS[fate] for fate in FATES[:-1])], rows))
    key = lambda entry: (entry.promise.town, entry.promise.made)  # noqa: E731
    for (town, made), group in groupby(told.entries, key=key):
        entries = [entry for entry in group if entry.fate != "no_report"]
        if entries:
            rows = [[FATE_WORDS[each.fate], each.promise.thing, promised(each), answer(each),
                     each.promise.fact.sentence, each.answers[0].sentence if each.answers else each.reason]
                    for each in entries]  # fmt: skip
            heads = ["结果", "事项", "承诺", "报告", "承诺原句", "报告原句"]
            parts.append(f"{town} {made.label}所定\n{table(heads, rows, limit=WIDE)}")
    if told.problems:
        rows = [[each.town, each.before.label, each.after.label, clean(each.first)] for each in told.problems]
        parts.append("下期报告里又写到的问题\n" + table(["单位", "先见于", "又见于", "原句"], rows))
    return "\n\n".join(parts)


def summary(told: Ledger) -> str:
    """How many promises met which fate."""
    if not told.entries:
        return "没有见到带数字的目标。"
    counts = "、".join(f"{FATE_WORDS[fate]} {told.count(fate)}" for fate in FATES if told.count(fate))
    return f"带数字的目标 {len(told.entries)} 条: {counts}"


def kept(entries: Sequence[Entry]) -> str:
    """How many of the promises that are due were kept: 做到或超过 9/14 (64%)."""
    reached = sum(entry.fate in ("kept", "exceeded") for entry in entries)
    return f"做到或超过 {reached}/{len(entries)} ({reached / len(entries):.0%})" if entries else "还没有下期报告"


def promised(entry: Entry) -> str:
    """What was promised, as written, with how often where it is so much a month: 每月不少于7条."""
    fact = entry.promise.fact
    return f"{wording.PERS.get(fact.per or '', '')}{written(fact)}"


def answer(entry: Entry) -> str:
    """What the next report says, as written; a sum as it comes out."""
    if entry.result is None:
        return "—"
    if len({each.text for each in entry.answers}) == 1:
        return written(entry.answers[0])
    return f"{wording.interval(entry.result, entry.answers[0].unit)}（{entry.reason or '各说不一'}）"


def plain(told: Ledger) -> Iterator[dict[str, Any]]:
    """A row for every promise and every problem named again; decimals as text."""
    for entry in told.entries:
        own = entry.promise
        low, high = own.target.low, own.target.high
        result = entry.result
        yield {
            "kind": "promise", "town": own.town, "made": own.made.label, "due": own.due.label,
            "indicator": own.indicator.id if own.indicator else None, "thing": own.thing, "text": own.fact.text,
            "unit": own.fact.unit, "per": own.fact.per, "target_low": _text(low), "target_high": _text(high),
            "fate": entry.fate, "result_low": _text(result.low) if result else None,
            "result_high": _text(result.high) if result else None, "reason": entry.reason,
            "sentence": own.fact.sentence, "source": own.source, "fact": own.fact.id,
            "answers": [{"fact": each.id, "text": each.text, "sentence": each.sentence} for each in entry.answers],
            "answer_source": entry.source,
        }  # fmt: skip
    for each in told.problems:
        yield {"kind": "problem", "town": each.town, "before": each.before.label, "after": each.after.label,
               "first": each.first, "again": each.again, "likeness": each.likeness}  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else f"{value:f}"
