"""What headings say of the paragraphs below them: weak labels, and how much to trust them.

Paragraphs under 一、加强理论武装 are evidence for ``theory``, those under 存在的问题 for ``problem``. Not every one
is, so they weigh little; how little is found by cross-validation on texts that people have labelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.annotate import features, parts
from pipeline.annotate.cues import Cues, hints_of
from pipeline.learn import fit
from pipeline.learn.fit import Example, Judged, Learned
from pipeline.model import Report

WEIGHTS = (0.0, 0.1, 0.3, 1.0)
CLEAR = 0.6  # the share of a heading's cues that its topic must have
PART_ROLES = {"problem": "problem", "plan": "plan", "review": "achievement"}


@dataclass(frozen=True, slots=True)
class Trial:
    """A weight and what it does to labelled texts in cross-validation: mean log loss of both axes, shares right."""

    weight: float
    loss: float
    role: float
    topic: float


def labelled(report: Report, cues: Cues) -> Example:
    """A report with what its headings say of the paragraphs below them; empty labels where they say nothing."""
    kinds = parts.part_kinds(report)
    text = report.document.text
    topics: list[str] = []
    for number, section in enumerate(report.sections):
        own = ""
        if number and section.heading is not None:
            own = _topic(features.heading_words(report, number), cues)
        topics.append(own or (topics[section.parent] if number and section.parent >= 0 else ""))
    told = []
    for paragraph in report.paragraphs:
        body = not paragraph.is_heading and paragraph.kind == "text" and len(paragraph.span.of(text)) > 12
        told.append((PART_ROLES.get(kinds[paragraph.section], ""), topics[paragraph.section]) if body else ("", ""))
    return Example(report, tuple(role for role, _ in told), tuple(topic for _, topic in told))


def _topic(words: Sequence[str], cues: Cues) -> str:
    found = {
        label.removeprefix("topic="): count
        for label, count in hints_of(words, cues).items()
        if label.startswith("topic=")
    }
    if not found:
        return ""
    best = max(found, key=lambda name: found[name])
    return best if best != "general" and found[best] >= CLEAR * sum(found.values()) else ""


def best(
    examples: Sequence[Example],
    weak: Sequence[Example],
    cues: Cues,
    roles: Sequence[str],
    topics: Sequence[str],
) -> tuple[Learned, list[Trial]]:
    """The model with the weight that labelled texts like best, and what each weight does to them."""
    trials, chosen = [], None
    for weight in WEIGHTS if any(any(each.roles) or any(each.topics) for each in weak) else WEIGHTS[:1]:
        more = [replace(each, weight=weight) for each in weak] if weight else []
        learned = fit.fit([*examples, *more], cues, roles, topics)
        count = sum(len(each.report.paragraphs) for each in examples)
        role, topic = _figures(learned.role, count), _figures(learned.topic, count)
        trials.append(Trial(weight, round(role[0] + topic[0], 4), round(role[1], 4), round(topic[1], 4)))
        if chosen is None or trials[-1].loss < min(each.loss for each in trials[:-1]):
            chosen = learned
    assert chosen is not None
    return chosen, trials


def _figures(judged: Judged, count: int) -> tuple[float, float]:
    """Mean log loss and share right over the first ``count`` paragraphs: those that people labelled."""
    truth, chances = judged.truth[:count], judged.chances[:count]
    said = truth >= 0
    rows = np.arange(int(said.sum()))
    loss = -np.log(chances[said][rows, truth[said]] + 1e-6)
    return float(loss.mean()), float((chances[said].argmax(axis=1) == truth[said]).mean())
