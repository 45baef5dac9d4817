"""Whole sentences, each number with the indicator it belongs to: facts are found and linked as in a report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.annotate import facts, indicators
from pipeline.model import FactContext, Indicators, Media, Units

BOOK = settings.load(Indicators, settings.folder() / "indicators.yaml")
MEDIA = settings.load(Media, settings.folder() / "media.yaml")
UNITS = settings.load(Units, settings.folder() / "units.yaml")
NAMES = {each.id: each.name for each in BOOK.indicators}
SENTENCES = [
    sentence
    for file in sorted((Path(__file__).parents[2] / "corpora/cases").glob("link-sentences*.json"))
    for sentence in json.loads(file.read_text("utf-8"))
]
MARK = re.compile(r"\{([^{}]+):([^{}]+)\}")


@pytest.mark.parametrize(
    ("topic", "marked"), SENTENCES, ids=[f"{n} {marked[:12]}" for n, (_, marked) in enumerate(SENTENCES)]
)
def test_sentence(topic: str, marked: str) -> None:
    """``{26次:第一议题}``: the number and the indicator's name, ``-`` for a number that is none's."""
    assert {name for _, name in MARK.findall(marked)} <= {*NAMES.values(), "-"}
    text = MARK.sub(r"\1", marked)
    told = tuple(facts.find(text, FactContext("achievement", topic), UNITS))
    linked = indicators.link(told, text, topic, "", BOOK, MEDIA)
    found = {fact.span.of(text): NAMES.get(fact.indicator or "", "-") for fact in linked}
    wanted = dict(MARK.findall(marked))
    assert {number: found.get(number, "-") for number in wanted} == wanted
