"""Facts: the cases as data, the laws that hold for any text, the settings that count, the floors on gold."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.annotate import facts, honours, quantities, spellings
from pipeline.model import Fact, FactContext, Span, Units

CASES = Path(__file__).resolve().parents[2] / "corpora/cases"
TOWN, YEAR = "青石镇", 2023


def cases(name: str) -> list[Any]:
    rows = json.loads((CASES / name).read_text(encoding="utf-8"))
    failing = pytest.mark.xfail(strict=True, reason="known failure")
    return [
        pytest.param(row, id=row.get("text", row.get("why", ""))[:28], marks=failing)
        if row.get("status") == "known-failure"
        else pytest.param(row, id=row.get("text", row.get("why", ""))[:28])
        for row in rows
    ]


def as_case(fact: Fact, text: str) -> dict[str, Any]:
    """A fact as its case writes it: defaults left out."""
    row: dict[str, Any] = {
        "span": fact.span.of(text),
        "low": _plain(fact.low),
        "high": _plain(fact.high),
        "unit": fact.unit,
        "kind": fact.kind,
        "object": fact.object,
    }
    if fact.approx != "exact":
        row["approx"] = fact.approx
    for name, value in (("per", fact.per), ("direction", fact.direction)):
        if value:
            row[name] = value
    if fact.scope != "town":
        row["scope"] = fact.scope
    if fact.authority != "self":
        row["authority"] = fact.authority
    if fact.period:
        row["period"] = fact.period.label
    return row


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


@pytest.mark.parametrize("case", cases("facts-meaning.json"))
def test_meaning(case: dict[str, Any], units: Units) -> None:
    text = case["text"]
    context = FactContext(role=case.get("role", "achievement"), town=TOWN, year=YEAR)
    said = [as_case(fact, text) for fact in facts.find(text, context, units)]
    assert said == case.get("facts", [])


@pytest.mark.parametrize("case", cases("facts-names.json"))
@pytest.mark.parametrize("role", ["achievement", "plan"])
def test_names_and_dates_are_no_facts(case: dict[str, Any], role: str, units: Units) -> None:
    text = case["text"]
    assert [fact.span.of(text) for fact in facts.find(text, FactContext(role=role), units)] == []


@pytest.mark.parametrize("case", cases("facts-rows.json"))
def test_table_rows(case: dict[str, Any], units: Units) -> None:
    text, cells, at = "\t".join(case["cells"]), [], 0
    for cell in case["cells"]:
        cells.append(Span(at, at + len(cell)))
        at += len(cell) + 1
    context = FactContext(cells=tuple(cells), head=tuple(case["head"]), town=case["town"])
    said = facts.find(text, context, units)
    assert [fact.span.of(text) for fact in said] == [row["span"] for row in case["facts"]]
    for fact, row in zip(said, case["facts"], strict=True):
        assert (_plain(fact.low), fact.unit, fact.object, fact.scope) == (
            row["low"],
            row["unit"],
            row["object"],
            row["scope"],
        )
        assert fact.kind == row.get("kind", "achieved")
        assert fact.direction == row.get("direction")


@pytest.mark.parametrize("case", cases("facts-honours.json"))
def test_honours(case: dict[str, Any]) -> None:
    text = case["text"]
    said = [
        {"span": one.span.of(text), "name": one.name, "level": one.level, "rank": one.rank, "scope": one.scope}
        for one in honours.find(text)
    ]
    assert said == case["honours"]


def test_there_are_enough_cases() -> None:
    rows = [row for path in CASES.glob("facts-*.json") for row in json.loads(path.read_text(encoding="utf-8"))]
    assert len(rows) >= 300
    assert sum(row.get("status") == "negative" for row in rows) >= 60
    assert sum(row.get("status") == "known-failure" for row in rows) >= 5


# --- settings -------------------------------------------------------------------------------------------------------


def entries() -> list[str]:
    text = (CASES.parents[1] / "configs/units.yaml").read_text(encoding="utf-8")
    assert text
    from pipeline import settings as loader

    loaded = loader.loads(Units, text, "units.yaml")
    return list(spellings.vocabulary(loaded).names)


# A unit needs its own surroundings where its sign means something else nearly everywhere.
SURROUNDINGS = {
    "年": "历时{}，", "周年": "历时{}，", "月": "", "周": "为期{}，", "日": "为期{}，", "岁": "平均年龄{}，",
    "周岁": "平均年龄{}，", "分": "考核得分{}，", "级": "发生{}地震，", "度": "用电{}，", "兆": "带宽{}，",
    "天": "为期{}，", "秒": "用时{}，", "方": "开挖土方{}，",
}  # fmt: skip


@pytest.mark.parametrize("spelling", entries())
def test_every_unit_entry_counts(spelling: str, units: Units) -> None:
    """Each spelling is read with its own name and dimension; without the entry it is not."""
    name, dimension = spellings.vocabulary(units).names[spelling]
    template = SURROUNDINGS.get(spelling, "共有{}，")
    number = "3.2" if dimension == "level" else "3"
    if not template:
        assert name == "月"
        return
    text = template.format(number + spelling)
    said = quantities.find(text, units)
    assert [(one.unit, one.dimension) for one in said] == [(name, dimension)], text
    without = quantities.find(text, Units((), {"none": "〇〇"}))
    assert [(one.unit, one.dimension) for one in without] != [(name, dimension)]


# --- laws -----------------------------------------------------------------------------------------------------------

ALPHABET = (
    "0123456789０９.,，。、；：一二三十百千万亿零几数余多来半成折分之点近约超过不低于以上左右内"
    "个篇名亩元%％年月日第每增长至由（）“”《》\t 建文化站"
)


@given(st.text(ALPHABET, max_size=60))
@settings(max_examples=400, deadline=None)
def test_spans_are_ordered_apart_and_inside(text: str) -> None:
    said = facts.find(text, FactContext(), UNITS)
    at = 0
    for fact in said:
        assert at <= fact.span.start < fact.span.end <= len(text)
        assert fact.sentence.start <= fact.span.start
        assert fact.span.end <= fact.sentence.end or fact.rule == "row"
        at = fact.span.end
        if fact.low is not None and fact.high is not None:
            assert fact.low <= fact.high
    assert facts.find(text, FactContext(), UNITS) == said


@given(st.text(ALPHABET, max_size=40), st.sampled_from(["plan", "achievement", "other"]))
@settings(max_examples=200, deadline=None)
def test_what_stands_before_the_paragraph_does_not_move_its_facts(text: str, role: str) -> None:
    """A finished sentence in front shifts the spans and changes no value."""
    front = "工作有序开展。"
    alone = facts.find(text, FactContext(role=role), UNITS)
    behind = facts.find(front + text, FactContext(role=role), UNITS)
    if text[:1] not in ("”", "’", "）", " ", "\t", "，", "、") and "." not in text[:4]:
        assert [(f.span.shifted(len(front)), f.low, f.high, f.unit) for f in alone] == [
            (f.span, f.low, f.high, f.unit) for f in behind
        ]


RUNS = [
    "1",
    "十",
    "余",
    "12，",
    "三、",
    "10余",
    "百分之",
    "“",
    "、",
    "1-",
    "，000",
    "每",
    "万",
    "点",
    "由1个",
    "未发生",
]


@pytest.mark.parametrize("repeated", RUNS)
@pytest.mark.parametrize("end", ["个", "", "增至3个"])
def test_long_runs_are_read_to_their_end(repeated: str, end: str, units: Units) -> None:
    """A pattern that blows up never comes back from these; what is found stays inside and apart."""
    text = repeated * (20_000 // len(repeated)) + end
    spans = [fact.span for fact in facts.find(text, FactContext(), units)]
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(span.end <= len(text) for span in spans)
    assert all(honour.span.end <= len(text) for honour in honours.find(text))


# --- gold -----------------------------------------------------------------------------------------------------------


def test_floors_on_gold(shared: Path, units: Units) -> None:
    """The figures that the annotated paragraphs must reach; the roles are gold's own."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("score", shared / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    gold = module.rows(shared / "gold/paragraphs.jsonl")
    predicted = [_annotated(row, units) for row in gold]
    result, _ = module.score(gold, predicted)
    assert result["span"]["f1"] >= 0.96
    assert result["whole"]["f1"] >= 0.93
    assert result["fields"]["kind"] >= 0.95
    assert result["fields"]["approx"] >= 0.98
    assert result["fields"]["object"] >= 0.85
    assert result["honours"]["f1"] >= 0.80


def _annotated(row: dict[str, Any], units: Units) -> dict[str, Any]:
    text = row["text"]
    found = facts.find(text, FactContext(role=row["role"], topic=row["topic"]), units)
    return {
        "text": text,
        "role": row["role"],
        "topic": row["topic"],
        "facts": [
            {
                "start": fact.span.start, "end": fact.span.end, "unit": fact.unit,
                "low": _number(fact.low), "high": _number(fact.high), "approx": fact.approx, "kind": fact.kind,
                "object": fact.object, "per": fact.per, "direction": fact.direction,
            }
            for fact in found
        ],
        "honours": [{"start": one.span.start, "end": one.span.end} for one in honours.find(text)],
    }  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _units() -> Units:
    from pipeline import settings as loader

    return loader.load(Units, CASES.parents[1] / "configs/units.yaml")


UNITS = _units()


COUNTING = [
    *"一二三四五六七八九十百千万亿两半过几余多近约超第个元亩人户次年月日成倍比增降达从",
    "过半",
    "大半",
    "翻番",
    "分之",
]
COUNTING += ["百分之", "％", "，", "。", "、", "0", "12", "3.5", "（", "）"]


@example("一分之亿亿亿", "")
@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(COUNTING), min_size=1, max_size=8).map("".join),
    st.sampled_from(["", "achievement", "plan", "problem", "profile"]),
)
def test_no_short_text_of_number_words_raises(units: Units, text: str, role: str) -> None:
    """过半 alone in its paragraph is a whole text; there is nothing before or after to look at."""
    for fact in facts.find(text, FactContext(role=role), units):
        assert 0 <= fact.span.start < fact.span.end <= len(text)
