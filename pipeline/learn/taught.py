"""What ``configs/categories.yaml`` itself teaches: its examples and counter-examples, and labels that are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.annotate.categories import top
from pipeline.annotate.cues import Cues, hints_of
from pipeline.annotate.words import Cut
from pipeline.learn.fit import Example
from pipeline.model import (
    Categories,
    Category,
    Document,
    Paragraph,
    Period,
    Place,
    Report,
    Section,
    Source,
    Span,
    Stated,
)

ENOUGH = 40  # labelled paragraphs; a label with fewer has its own examples weigh up to HEAVIEST each
HEAVIEST, LIGHTEST = 4.0, 0.5  # one without a report around it says less than one within


def examples(categories: Categories, cut: Cut, corpora: Sequence[Example] = ()) -> list[Example]:
    """The examples of categories.yaml, each a paragraph without a report; rare labels' weigh more."""
    counts = {axis: counted(corpora, axis) for axis in ("role", "topic")}
    return [
        *_axis(categories.roles, cut, "role", counts["role"]),
        *_axis(categories.topics, cut, "topic", counts["topic"]),
    ]


def _axis(named: Mapping[str, Category], cut: Cut, axis: str, counts: Counter[str]) -> list[Example]:
    told = [
        (text, top(label, named))
        for name, category in named.items()
        for text, label in (
            *((text, name) for text in category.examples),
            *((each.text, each.label) for each in category.counter_examples),
        )
    ]
    own = Counter(label for _, label in told)
    made = []
    for text, label in told:
        short = ENOUGH - counts[label]
        weight = min(HEAVIEST, max(LIGHTEST, short / own[label]))
        said = ((label,), ("",)) if axis == "role" else (("",), (label,))
        made.append(Example(lone(text.strip(), cut), *said, weight=weight))
    return made


def lone(text: str, cut: Cut) -> Report:
    """A report of one paragraph."""
    span = Span(0, len(text))
    document = Document(Source("", ""), "txt", text, ())
    paragraph = Paragraph(span, 0, words=tuple(cut(text)))
    whole = Section("", 0, -1, None, span, span)
    return Report(document, span, None, Place(), Period(), Stated("other", 0.0, ()), (whole,), (paragraph,))


def counted(corpora: Sequence[Example], axis: str) -> Counter[str]:
    """How many paragraphs have each label."""
    return Counter(label for each in corpora for label in getattr(each, f"{axis}s") if label)


def untaught(categories: Categories, examples: Sequence[Example]) -> list[tuple[str, str]]:
    """Standard labels that not one example teaches, as (roles or topics, label)."""
    missing = []
    for axis, named in (("role", categories.roles), ("topic", categories.topics)):
        counts = counted(examples, axis)
        missing += [(f"{axis}s", name) for name, each in named.items() if each.parent is None and not counts[name]]
    return missing


def without_claims_on(new: frozenset[str], corpora: Sequence[Example], cues: Cues) -> list[Example]:
    """The corpora, silent on the topic where a topic that they do not know has the most cues.

    They were labelled before it was there: what they call ``economy`` may be the new ``tourism``.
    """
    return [replace(each, topics=_silenced(each, new, cues)) for each in corpora] if new else list(corpora)


def _silenced(example: Example, new: frozenset[str], cues: Cues) -> tuple[str, ...]:
    topics = []
    for paragraph, topic in zip(example.report.paragraphs, example.topics, strict=True):
        found = hints_of([word for word in paragraph.words if word[0].isalpha()], cues)
        of = {label.removeprefix("topic="): count for label, count in found.items() if label.startswith("topic=")}
        most = max(of.values(), default=0)
        topics.append("" if any(of.get(name, 0) == most for name in new) and most else topic)
    return tuple(topics)
