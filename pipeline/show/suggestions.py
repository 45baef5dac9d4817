"""Suggestions as refill cards: on a terminal, as rows, as remarks beside a draft's paragraphs."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from pipeline.ask.slots import SLOT_NAMES, TO_FILL, card
from pipeline.ask.suggest import Suggestion, Wanted
from pipeline.show.columns import clean
from pipeline.show.comments import Remark

Told = Sequence[tuple[int, Wanted, Sequence[Suggestion]]]


def page(told: Told) -> str:
    """Each paragraph of the draft with its cards."""
    parts = []
    for line, wanted, found in told:
        head = f"第 {line + 1} 段" if line >= 0 else "查找"
        parts.append(f"{head}: {clean(wanted.text, 80)}")
        parts += [_card(number, each, wanted) for number, each in enumerate(found, 1)]
        if not found:
            parts.append("   没有可用的旧文。")
    return "\n".join(parts)


def _card(number: int, each: Suggestion, wanted: Wanted) -> str:
    lines = [
        f"  {number}. {clean(where(each))}  相似 {each.score:.2f} (文字 {each.wording:.2f}、意思 {each.meaning:.2f}、位置 {each.place:.2f})"  # noqa: E501
    ]
    lines.append(f"     {clean(card(each.past.text, each.slots))}")
    if each.slots:
        lines.append(f"     旧值: {clean('; '.join(_old(slot) for slot in each.slots))}")
    if wanted.text and difference(wanted.text, each.past.text):
        lines.append(f"     与本段不同: {clean(difference(wanted.text, each.past.text), 160)}")
    lines += [f"     注意: {clean(warning)}" for warning in each.warnings]
    return "\n".join(lines)


def _old(slot) -> str:  # type: ignore[no-untyped-def]
    filled = f" → {slot.new} ({slot.source})" if slot.new else f" → {TO_FILL}"
    return f"{SLOT_NAMES[slot.kind]} {slot.old}{filled}"


def where(each: Suggestion) -> str:
    """Whose text it is."""
    past = each.past
    return " · ".join(filter(None, (past.town or "单位不明", past.period or "时期不明", past.source)))


def difference(mine: str, past: str) -> str:
    """What only one of the two texts says: ``+`` the past one, ``-`` the draft's. Empty when they have little in common.

    >>> difference("组织宣讲12场，群众欢迎。", "组织宣讲9场，群众喜爱。")
    '-12 +9 -欢迎 +喜爱'
    """  # noqa: E501
    told = difflib.SequenceMatcher(None, mine, past, autojunk=False)
    if told.quick_ratio() < 0.5 or told.ratio() < 0.5:
        return ""
    parts = []
    for kind, a, b, c, d in told.get_opcodes():
        if kind != "equal":
            parts += [f"-{mine[a:b]}"] if b > a else []
            parts += [f"+{past[c:d]}"] if d > c else []
    return " ".join(parts)


def row(each: Suggestion) -> dict[str, Any]:
    """A suggestion for machines; slots are [start, end) in ``text``."""
    return {
        "paragraph": each.past.id, "source": each.past.source, "town": each.past.town, "period": each.past.period,
        "text": each.past.text, "card": card(each.past.text, each.slots), "score": each.score, "wording": each.wording,
        "meaning": each.meaning, "place": each.place, "warnings": list(each.warnings), "used": each.used,
        "slots": [
            {"start": slot.span.start, "end": slot.span.end, "kind": slot.kind, "label": slot.label, "old": slot.old,
             "new": slot.new, "source": slot.source}
            for slot in each.slots
        ],
    }  # fmt: skip


def remarks(told: Told) -> list[Remark]:
    """A comment a suggestion."""
    made = []
    for line, _, found in told:
        for number, each in enumerate(found, 1):
            lines = [f"[可参考 {number}] {where(each)}", card(each.past.text, each.slots)]
            lines += [f"旧值: {'; '.join(_old(slot) for slot in each.slots)}"] if each.slots else []
            lines += [f"注意: {warning}" for warning in each.warnings]
            made.append(Remark(max(line, 0), "", "\n".join(lines)))
    return made
