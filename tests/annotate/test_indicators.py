"""The book of indicators proves itself: its examples link, its negatives do not, its cues are used."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import settings
from pipeline.annotate import facts, indicators
from pipeline.errors import SettingsError
from pipeline.model import Fact, FactContext, Indicator, Indicators, Media, Place, Span, Units

BOOK = settings.load(Indicators, settings.folder() / "indicators.yaml")
MEDIA = settings.load(Media, settings.folder() / "media.yaml")
UNIT_BOOK = settings.load(Units, settings.folder() / "units.yaml")
MARKS = re.compile(r"[「」【】]")
UNITS = sorted({unit for each in BOOK.indicators for unit in f"{each.unit} {each.also}".split()}, key=len)
TOPICS = (
    "theory news ideology civilization culture team party economy rural construction environment livelihood "
    "governance administration general"
)
NOWHERE = Place()
SUM = Decimal(1_000_000)
"""Yuan: less than some hundreds is what one person gets, no indicator's number."""


def fact_of(line: str, kind: str = "achieved") -> tuple[Fact, str]:
    """The fact that a line marks, and the line without its marks; the longest known unit that ends the number."""
    plain = MARKS.sub("", line)
    number = line[line.index("【") + 1 : line.index("】")]
    start = len(MARKS.sub("", line[: line.index("【")]))
    thing = line[line.index("「") + 1 : line.index("」")] if "「" in line else ""
    bare = re.sub(r"以上|以下|左右|场次$", lambda found: "场" if found[0] == "场次" else "", number)
    known = [unit for unit in UNITS if bare.endswith(unit)]
    unit = known[-1] if known else re.sub(r"^.*?[0-9]+[余多万亿]*", "", bare)
    value = SUM if unit == "元" else Decimal(1)
    fact = Fact(
        Span(start, start + len(number)), value, value, unit, "exact", "achieved", thing,
        sentence=Span(0, len(plain)), direction="up" if kind == "change" else None,
    )  # fmt: skip
    return fact, plain


def linked(line: str, topic: str, place: Place = NOWHERE) -> Fact:
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
        thing, *more = cue.lstrip("=^").rstrip("!").split("+")
        rest = "".join(word for word in more if word[0] not in "#@")
        unit = next((word[1:].split("/")[0] for word in more if word[0] == "#"), indicator.unit)
        said = f"{rest}「{thing}」" if cue.startswith("=") else f"「{thing}{rest}」"
        line = f"{before}{said}【5{unit}】" if cue[0] != "^" else f"{rest}全镇【5{unit}】「{thing}」"
        if linked(line, indicator.topic).indicator not in family(indicator):
            dead.append((indicator.id, cue, linked(line, indicator.topic).indicator))
    assert dead == []


CASES = json.loads((Path(__file__).resolve().parents[2] / "corpora" / "cases" / "indicators.json").read_text("utf-8"))


def facts_of(text: str, told: list[Any]) -> tuple[Fact, ...]:
    """The facts of a case: number, unit, object and what else is said of them, in the order of the text."""
    found, at = [], 0
    for number, unit, thing, *more in told:
        more_said = more[0] if more else {}
        start = text.index(number, at)
        at = start + len(number)
        value = Decimal(0) if more_said.get("zero") else SUM if unit == "元" else Decimal(1)
        found.append(
            Fact(
                Span(start, at), value, value, unit, "exact", "achieved", thing,
                direction=more_said.get("direction"), per=more_said.get("per"), sentence=Span(0, len(text)),
            )
        )  # fmt: skip
    return tuple(found)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["name"], marks=[pytest.mark.xfail(strict=True)] if "known_failure" in case else [])
        for case in CASES
    ],
)
def test_case(case: dict[str, Any]) -> None:
    told = facts_of(case["text"], case["facts"])
    place = Place(county=case.get("county", "岚川县"))
    found = indicators.link(told, case["text"], case["topic"], case.get("heading", ""), BOOK, MEDIA, place)
    assert [[fact.indicator, dict(fact.dimensions)] for fact in found] == case["expect"]


PIECES = st.lists(
    st.sampled_from(
        [
            *"宣讲投稿采用信息市级以上省县，。、（）其中分别第等的",
            "中心组",
            "志愿者",
            "媒体",
            "文艺演出",
            "回复率",
            "\t",
            "x",
        ]
    ),
    max_size=30,
).map("".join)


@given(
    st.lists(st.tuples(PIECES, st.sampled_from(UNITS), PIECES), min_size=1, max_size=6),
    st.sampled_from(["news", "general"]),
)
def test_linking_only_adds(parts: list[tuple[str, str, str]], topic: str) -> None:
    """Whatever the text: nothing of a fact changes but its link, and linking again changes nothing."""
    text, marks = "", []
    for before, unit, thing in parts:
        text += f"{before}{thing}5{unit}"
        marks.append(
            Fact(Span(len(text) - 1 - len(unit), len(text)), Decimal(5), Decimal(5), unit, "exact", "achieved", thing)
        )
    once = indicators.link(tuple(marks), text, topic, "", BOOK, MEDIA)
    bare = [f._replace(indicator=None, indicator_score=0.0, indicator_reason="", dimensions=()) for f in once]
    assert bare == marks
    assert indicators.link(tuple(marks), text, topic, "", BOOK, MEDIA) == once
    for fact in once:
        assert (fact.indicator is None) == (fact.indicator_score < indicators.THRESHOLD)
        assert (fact.indicator is None) == (not fact.indicator_reason)


@pytest.mark.parametrize("piece", ["市级", "其中", "宣讲、", "5", "去年同期"])
def test_long_monotonous_text_is_no_trap(piece: str) -> None:
    text = piece * 5000
    told = tuple(
        Fact(Span(at, at + 1), Decimal(5), Decimal(5), "场", "exact", "achieved", piece * 12)
        for at in range(0, len(text) - 1, 40)
    )
    assert len(indicators.link(told, text, "theory", piece * 200, BOOK, MEDIA)) == len(told)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "preaching_sessions"}, "写了两次"),
        ({"part_of": "nothing"}, "不是已有的指标"),
        ({"follows": "nothing"}, "follows 'nothing' 不是已有的指标"),
        ({"cues": "讲"}, "太短"),
    ],
)
def test_a_wrong_book_is_refused(change: dict[str, str], message: str) -> None:
    talks = next(each for each in BOOK.indicators if each.id == "preaching_sessions")
    other = replace(talks, **{"id": "other", **change})  # type: ignore[arg-type]
    wrong = replace(BOOK, indicators=(talks, other))
    with pytest.raises(SettingsError, match=message):
        indicators.link(facts_of("宣讲5场", [["5场", "场", "宣讲"]]), "宣讲5场", "theory", "", wrong, MEDIA)


def test_examples_link_from_bare_text() -> None:
    """The same examples with nothing marked: found, read and linked by the room itself."""
    missed = []
    for indicator, line in lines("examples"):
        wanted, text = fact_of(line)
        found = facts.find(text, FactContext(topic=indicator.topic), UNIT_BOOK)
        linked_here = indicators.link(found, text, indicator.topic, "", BOOK, MEDIA)
        if not any(each.indicator == indicator.id and each.span.start < wanted.span.end for each in linked_here):
            missed.append(text)
    assert len(missed) <= len(lines("examples")) * 0.01, missed


def test_promised_growth_is_no_total() -> None:
    """地区生产总值力争增长7% promises no sum; a growth that was reached is told of its indicator."""
    text = "地区生产总值力争增长7%。"
    growth = Fact(
        Span(9, 11), Decimal(7), Decimal(7), "%", "exact", "target", "地区生产总值", direction="up",
        sentence=Span(0, len(text)),
    )  # fmt: skip
    for kind, expected in (("target", None), ("change", "gdp")):
        fact = growth._replace(kind=kind)  # type: ignore[arg-type]
        assert indicators.link((fact,), text, "economy", "", BOOK, MEDIA)[0].indicator == expected
