"""Which labels a person should look at first, and how far two people agree."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.store import review
from pipeline.store.review import Place, ReviewRow

AXES = ("role", "topic")
AGAINST_HEADING = 0.5  # what a contradiction to the heading adds to the doubt
DISPUTED = 2.0  # two people disagree: before everything else


@dataclass(frozen=True, slots=True)
class Doubt:
    """A paragraph to look at: how doubtful (greater is worse), why, and which of its two labels is doubted."""

    place: Place
    score: float
    axes: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two people on one axis: what both judged, the share they agree on, and Cohen's kappa (None: no variety)."""

    axis: str
    one: str
    other: str
    both: int
    share: float
    kappa: float | None


def doubtful(base: sqlite3.Connection, person: str = "", sure_too: bool = False) -> list[Doubt]:
    """Paragraphs whose labels are doubted, the worst first; those that ``person`` has judged are left out.

    A label is doubted when the model does not rely on it, when the topic contradicts a heading that it does rely on,
    or when two people disagree. The same text under the same headings is asked for once. ``sure_too`` lists all.
    """
    said = review.rows(base)
    done = {(row.key, axis) for row in said if row.person == person for axis in AXES if getattr(row, axis)}
    judged = {(row.key, axis) for row in said for axis in AXES if getattr(row, axis)}
    disputed = _disputed(said)
    places = review.places(base)
    headings: dict[tuple[str | None, int | None], Place] = {(each.report, each.ordinal): each for each in places}
    found: dict[str, Doubt] = {}
    for place in places:
        if place.key in found or place.report is None:
            continue
        told = list(_reasons(place, headings.get((place.report, place.heading)), disputed, judged))
        told = [(axis, score, why) for axis, score, why in told if (place.key, axis) not in done]
        if told or sure_too:
            found[place.key] = Doubt(
                place, max((score for _, score, _ in told), default=0.0),
                tuple(dict.fromkeys(axis for axis, _, _ in told)), tuple(dict.fromkeys(why for _, _, why in told)),
            )  # fmt: skip
    return sorted(found.values(), key=lambda doubt: (-doubt.score, doubt.place.source, doubt.place.ordinal))


def _reasons(
    place: Place, heading: Place | None, disputed: set[tuple[str, str]], judged: set[tuple[str, str]]
) -> Iterable[tuple[str, float, str]]:
    for axis in AXES:
        if (place.key, axis) in disputed:
            yield axis, DISPUTED, "两人意见不同"
        elif (place.key, axis) not in judged and not getattr(place, f"{axis}_sure"):
            yield axis, 1.0 - getattr(place, f"{axis}_score"), "把握不足"
    settled = heading is not None and heading.topic_sure and heading.topic != "general"
    if heading is None or not settled or place.topic == heading.topic or (place.key, "topic") in judged:
        return
    if place.role not in ("heading", "other", "closing"):
        yield "topic", AGAINST_HEADING + 1.0 - place.topic_score, "与标题不一致"


def _disputed(said: Sequence[ReviewRow]) -> set[tuple[str, str]]:
    words: dict[tuple[str, str], set[str]] = {}
    for row in said:
        for axis in AXES:
            if label := getattr(row, axis):
                words.setdefault((row.key, axis), set()).add(label)
    return {where for where, labels in words.items() if len(labels) > 1}


def agreements(said: Sequence[ReviewRow]) -> list[Agreement]:
    """Every two people that judged the same paragraphs, by axis."""
    people = sorted({row.person for row in said})
    found = []
    for axis in AXES:
        of = {name: {row.key: getattr(row, axis) for row in said if row.person == name} for name in people}
        for n, one in enumerate(people):
            for other in people[n + 1 :]:
                pairs = [(label, of[other][key]) for key, label in of[one].items() if label and of[other].get(key)]
                if pairs:
                    share = sum(a == b for a, b in pairs) / len(pairs)
                    found.append(Agreement(axis, one, other, len(pairs), round(share, 4), kappa(pairs)))
    return found


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa: agreement beyond what chance would give; None when both always say the same one label.

    >>> kappa([("news", "news"), ("news", "news"), ("team", "team"), ("team", "news")])
    0.5
    """
    count = len(pairs)
    ones, others = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(ones[label] * others[label] for label in ones) / count**2
    share = sum(a == b for a, b in pairs) / count
    return None if chance == 1 else round((share - chance) / (1 - chance), 4)
