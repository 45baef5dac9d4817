"""The book of indicators proves itself: its examples link, its negatives do not, its cues are used."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from pipeline import settings
from pipeline.annotate import indicators
from pipeline.model import Fact, Indicator, Indicators, Media, Place, Span

BOOK = settings.load(Indicators, settings.folder() / "indicators.yaml")
MEDIA = settings.load(Media, settings.folder() / "media.yaml")
MARKS = re.compile(r"[「」【】]")
UNITS = sorted({unit for each in BOOK.indicators for unit in f"{each.unit} {each.also}".split()}, key=len)
TOPICS = "theory news ideology civilization culture team party economy rural construction environment livelihood governance administration general"


def fact_of(line: str, kind: str = "achieved") -> tuple[Fact, str]:
    """The fact that a line marks, and the line without its marks; the longest known unit that ends the number."""
    plain = MARKS.sub("", line)
    number = line[line.index("【") + 1 : line.index("】")]
    start = len(MARKS.sub("", line[: line.index("【")]))
    thing = line[line.index("「") + 1 : line.index("」")] if "「" in line else ""
    bare = re.sub(r"以上|以下|左右|场次$", lambda found: "场" if found[0] == "场次" else "", number)
    known = [unit for unit in UNITS if bare.endswith(unit)]
    unit = known[-1] if known else re.sub(r"^.*?[0-9]+[余多万亿]*", "", bare)
    fact = Fact(
        Span(start, start + len(number)), Decimal(1), Decimal(1), unit, "exact", "achieved", thing,
        sentence=Span(0, len(plain)), direction="up" if kind == "change" else None,
    )  # fmt: skip
    return fact, plain


def linked(line: str, topic: str, place: Place = Place()) -> Fact:
    fact, plain = fact_of(line)
    return indicators.link((fact,), plain, topic, "", BOOK, MEDIA, place)[0]


def lines(which: str) -> list[tuple[Indicator, str]]:
    return [(each, line) for each in BOOK.indicators for line in getattr(each, which).splitlines()]


@pytest.mark.parametrize(("indicator", "line"), lines("examples"), ids=lambda value: getattr(value, "id", value))
def test_example_links(indicator: Indicator, line: str) -> None:
    fact = linked(line, indicator.topic)
    assert (fact.indicator, fact.indicator_reason != "") == (indicator.id, True)
    assert indicators.THRESHOLD <= fact.indicator_score <= 1


@pytest.mark.parametrize(("indicator", "line"), lines("negatives"), ids=lambda value: getattr(value, "id", value))
def test_negative_does_not(indicator: Indicator, line: str) -> None:
    assert linked(line, indicator.topic).indicator != indicator.id


def test_book_is_sound() -> None:
    assert len(BOOK.indicators) >= 150
    for field in ("id", "name"):
        assert [
            name for name, times in Counter(getattr(each, field) for each in BOOK.indicators).items() if times > 1
        ] == []
    parents = {each.id: each.part_of for each in BOOK.indicators}
    for name in parents:
        seen: set[str] = set()
        at: str | None = name
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = parents[at]
    for each in BOOK.indicators:
        assert re.fullmatch(r"[a-z][a-z0-9_]+", each.id)
        assert each.topic in TOPICS.split()
        assert len(each.examples.splitlines()) >= 2
        assert len(each.definition) > 4
        assert set(each.dimensions.split()) <= {"level", "outlet", "star"}


def cues(which: str) -> list[tuple[Indicator, str]]:
    return [(each, cue) for each in BOOK.indicators for cue in getattr(each, which).split() if "@" not in cue]


def family(indicator: Indicator) -> set[str]:
    """The indicator, the total it is a part of, and its parts."""
    parts = {each.id for each in BOOK.indicators if each.part_of == indicator.id}
    return {indicator.id, *parts} | ({indicator.part_of} if indicator.part_of else set())


@pytest.mark.parametrize("which", ["cues", "weak"])
def test_every_cue_is_alive(which: str) -> None:
    """Each cue by itself, said of its own unit in its own topic, leads to its indicator: none is dead or another's."""
    dead = []
    for indicator, cue in cues(which):
        context = [word for word in indicator.context.split() if not word.startswith("@")]
        before = f"{context[0]}，" if context and which == "weak" else ""
        thing, *rest = cue.lstrip("=").split("+")
        said = f"{''.join(rest)}「{thing}」" if cue.startswith("=") else f"「{thing}{''.join(rest)}」"
        line = f"{before}{said}【5{indicator.unit}】"
        if linked(line, indicator.topic).indicator not in family(indicator):
            dead.append((indicator.id, cue, linked(line, indicator.topic).indicator))
    assert dead == []
