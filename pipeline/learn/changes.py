"""What a new model says otherwise than the one in use, on the user's own reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.annotate import classify
from pipeline.annotate.classify import Model
from pipeline.annotate.cues import Cues
from pipeline.model import Report

NAMED = 8  # examples that are shown


@dataclass(frozen=True, slots=True)
class Change:
    """One label that would be another: ``axis``, before, after, the text."""

    axis: str
    before: str
    after: str
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All of them, out of how many paragraphs; how many labels are sure before and after (role, topic)."""

    paragraphs: int
    changed: tuple[Change, ...]
    sure_before: tuple[int, int]
    sure_after: tuple[int, int]


def changes(old: Model, new: Model, reports: Sequence[Report], cues: Cues) -> Changes:
    """Both models on the same reports."""
    changed, count = [], 0
    sure = [[0, 0], [0, 0]]
    for report in reports:
        told = zip(classify.labels(old, report, cues), classify.labels(new, report, cues), strict=True)
        for paragraph, (before, after) in zip(report.paragraphs, told, strict=True):
            count += 1
            for n, axis in enumerate(("role", "topic")):
                sure[0][n] += before[n].sure
                sure[1][n] += after[n].sure
                if before[n].name != after[n].name:
                    said = paragraph.span.of(report.document.text)
                    changed.append(Change(axis, before[n].name, after[n].name, said))
    return Changes(count, tuple(changed), (sure[0][0], sure[0][1]), (sure[1][0], sure[1][1]))


def text(told: Changes) -> str:
    """For people: how many, which way, some examples."""
    ways = Counter((each.axis, each.before, each.after) for each in told.changed)
    lines = [f"{told.paragraphs} 段里有 {len(told.changed)} 个标签会变"]
    lines += [f"  {before} → {after}  {count}" for (_, before, after), count in ways.most_common(12)]
    lines += [f"  例: {each.before} → {each.after}: {each.text[:50]}" for each in told.changed[:NAMED]]
    for n, name in enumerate(("角色", "类别")):
        lines.append(f"  有把握的{name}: {told.sure_before[n]} → {told.sure_after[n]} 段")
    return "\n".join(lines)


def row(told: Changes) -> dict[str, Any]:
    """For machines."""
    ways = Counter((each.axis, each.before, each.after) for each in told.changed)
    return {
        "paragraphs": told.paragraphs,
        "changed": len(told.changed),
        "ways": [{"axis": axis, "before": one, "after": other, "count": n} for (axis, one, other), n in ways.items()],
        "sure_before": list(told.sure_before),
        "sure_after": list(told.sure_after),
    }
