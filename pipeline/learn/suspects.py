"""Labels of the training texts that look wrong: models that have not seen the report are sure of another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.learn.fit import Example, Judged, Learned

UNLIKELY = 0.1  # the label's own chance, at most
LIKELY = 0.6  # the other one's, at least


@dataclass(frozen=True, slots=True)
class Suspect:
    """A doubtful label: where it stands (``example``, ``paragraph`` from 0), what it says, what is likelier."""

    example: int
    paragraph: int
    axis: str
    label: str
    chance: float
    other: str
    other_chance: float
    text: str


def suspects(examples: Sequence[Example], learned: Learned) -> list[Suspect]:
    """The most doubtful first."""
    found = [*_axis(examples, learned.role, "role"), *_axis(examples, learned.topic, "topic")]
    return sorted(found, key=lambda each: (each.chance - each.other_chance, each.example, each.paragraph))


def _axis(examples: Sequence[Example], judged: Judged, axis: str) -> list[Suspect]:
    found, row = [], -1
    for number, example in enumerate(examples):
        for place, paragraph in enumerate(example.report.paragraphs):
            row += 1
            true = int(judged.truth[row])
            if true < 0:
                continue
            best = int(judged.chances[row].argmax())
            own, other = float(judged.chances[row, true]), float(judged.chances[row, best])
            if own <= UNLIKELY and other >= LIKELY:
                said = paragraph.span.of(example.report.document.text)
                names = judged.names
                found.append(
                    Suspect(number, place, axis, names[true], round(own, 3), names[best], round(other, 3), said)
                )
    return found
