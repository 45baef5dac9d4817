"""Refill cards: nothing of the old time stands outside a slot; a slot is filled only from the new time's facts."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import settings
from pipeline.ask.slots import Fresh, OldFact, bare, card, slots
from pipeline.model import Span, Wording

WORDING = settings.question_table(Wording, "wording.yaml")
WHEN = ("2024-01-01", "2024-06-30")
WAS = ("2023-01-01", "2023-06-30")
FIXED = re.compile(r"12345|12348|12315|1[12]\d|[2345]A|[45]G|7×24|24小时|千万工程")


LABEL = re.compile(r"^\s*(?:[（(]\d{1,2}[)）]|\d{1,2}(?:[、)）]|[.．](?!\d)))")


def made(text: str, facts=(), fresh=None, foreign=False):
    return slots(text, facts, (), fresh or {}, WORDING, ["青禾镇", "青禾"], WHEN, foreign, WAS)


def old_numbers(text: str) -> list[str]:
    """Digits, and Chinese numerals before a classifier, that are left in a text."""
    rest = FIXED.sub("", LABEL.sub("", text))
    return re.findall(r"\d+|[二三四五六七八九十百千]+(?:场|篇|人次|户|名|万|届|期)", rest)


def paragraphs(root):
    found = []
    for file in sorted((root / "corpora").rglob("*.tsv")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.startswith(("achievement\t", "plan\t", "problem\t", "overview\t")):
                found.append(line.split("\t", 2)[2])
    return found


def test_no_old_number_stands_outside_a_slot_in_a_thousand_paragraphs(root):
    texts = paragraphs(root)[:3000:2]
    assert len(texts) >= 1000
    left = {text: old_numbers(bare(text, made(text))) for text in texts}
    assert not {text: numbers for text, numbers in left.items() if numbers}


@given(st.text("集中学习投稿篇次,，。0123456789１２三十余万年月日上半比%．.-", max_size=40))
def test_no_digit_is_left_and_slots_are_apart(text):
    found = made(text)
    assert not re.search(r"\d", FIXED.sub("", LABEL.sub("", bare(text, found))))
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
    assert all(slot.old == slot.span.of(text) for slot in found)
    assert all(slot.new is None for slot in found if slot.kind == "number")


def test_a_slot_takes_this_time_s_fact_and_shows_the_old_value():
    text = "上半年集中学习28次，比上半年多。"
    fact = OldFact(7, 10, "28次", "次", "achieved", "集中学习", "group_study", "集中学习", "")
    fresh = {("group_study", "", "achieved"): Fresh("31次", "本稿", "集中学习31次")}
    found = made(text, [fact], fresh)
    assert [(slot.label, slot.old, slot.new) for slot in found if slot.kind == "number"] == [
        ("上半年集中学习[次]", "28次", "31次")
    ]
    assert card(text, found).startswith("【时间: 上半年】集中学习【上半年集中学习[次]: 31次】，比【时间: 待填】")
    other = {("group_study", "", "target"): Fresh("31次", "本稿", "")}
    assert all(slot.new is None for slot in made(text, [fact], other) if slot.kind == "number")


@pytest.mark.parametrize(
    ("text", "kind", "old"),
    [
        ("深入学习党的二十大精神，村民热情很高", "meeting", "党的二十大精神"),
        ("6月25日，镇里召开大会", "date", "6月25日"),
        ("二〇〇九年十月，书屋建成", "date", "二〇〇九年"),
        ("村民覃守田被评为先进", "person", "覃守田"),
        ("白鹭村的做法在全镇推开", "place", "白鹭村"),
        ("演出四十多场", "number", "四十多场"),
        ("回复率保持100%", "number", "100%"),
    ],
)
def test_what_was_of_its_time_is_a_typed_slot(text, kind, old):
    assert (kind, old) in [(slot.kind, slot.old) for slot in made(text)]


@pytest.mark.parametrize(
    "text", ["各村普遍建立了制度", "“三会一课”坚持得好", "12345热线办得好", "一批群众受益", "全镇各村都动了起来"]
)
def test_what_is_of_no_time_is_left(text):
    assert not made(text)


def test_another_town_s_names_are_slots():
    found = made("青禾镇打造“稻花香”宣讲小分队", foreign=True)
    assert [(slot.kind, slot.old) for slot in found] == [("place", "青禾镇"), ("name", "“稻花香”")]
    assert not made("青禾镇打造“稻花香”宣讲小分队")


def test_expired_wording_is_a_slot_with_its_rule():
    (slot,) = [slot for slot in made("开展党史学习教育，成效明显") if slot.kind == "meeting"] or [None]
    assert slot is None or slot.old == "党史学习教育"
    late = slots("抓好群众路线教育实践活动", (), (), {}, WORDING, (), WHEN)
    assert [(slot.kind, slot.old, bool(slot.warning)) for slot in late] == [("meeting", "群众路线教育实践活动", True)]
    assert Span(2, 12) == late[0].span or late[0].span.of("抓好群众路线教育实践活动") == "群众路线教育实践活动"
