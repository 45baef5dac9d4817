"""Numbers that should agree: each sort of mismatch is found with both its sentences, and not where all is well."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from pipeline.ask import reconcile

FIRST, SECOND, YEAR = "2022年上半年", "2022年下半年", "2022年"


def sorts(dataset: ModuleType, path: Path, *said: object) -> list[tuple[str, str, str]]:
    indicators = [dataset.indicator(name, unit) for name, unit in (("投稿", "篇"), ("宣讲", "场"), ("回复率", "%"))]
    base = dataset.make(path / "a.db", list(said), indicators)
    found = reconcile.find(base)
    base.close()
    assert all(each.one.sentence and each.other.sentence for each in found)
    return [(each.sort, each.one.text, each.other.text) for each in found]


def test_one_thing_told_twice(dataset, tmp_path):
    said = dataset.Said("甲镇", FIRST).fact("投稿", "30余篇", 30, 40, approx="more", sentence="共投稿30余篇。")
    said.fact("投稿", "45篇", 45, 45, sentence="共投稿45篇。").fact("投稿", "32篇", 32, 32, sentence="全镇投稿达32篇。")
    found = sorts(dataset, tmp_path, said)
    assert ("inconsistent", "30余篇", "45篇") in found
    assert ("restated", "30余篇", "32篇") in found


def test_a_single_event_is_no_second_total(dataset, tmp_path):
    said = dataset.Said("甲镇", FIRST).fact("宣讲", "65场", 65, 65, sentence="共宣讲65场。")
    said.fact("宣讲", "3场", 3, 3, sentence="在集市宣讲3场。").fact(
        "宣讲", "16", 16, 16, unit="场", sentence="东村\t16"
    )
    assert sorts(dataset, tmp_path, said) == []


def test_the_more_precise_value_is_the_better(dataset, tmp_path):
    said = dataset.Said("甲镇", FIRST).fact("投稿", "30余篇", 30, 40, approx="more", sentence="共投稿30余篇。")
    said.fact("投稿", "32篇", 32, 32, sentence="全镇投稿达32篇。")
    base = dataset.make(tmp_path / "a.db", [said], [dataset.indicator("投稿", "篇")])
    (found,) = reconcile.find(base)
    base.close()
    assert found.better == found.other.id
    assert found.other.text == "32篇"


@pytest.mark.parametrize(("parts", "is_wrong"), [((4, 15, 40), True), ((4, 15, 38), False)])
def test_parts_against_their_total(dataset, tmp_path, parts, is_wrong):
    sentence = f"投稿57篇，省级{parts[0]}篇、市级{parts[1]}篇、县级{parts[2]}篇。"
    said = dataset.Said("甲镇", FIRST).fact("投稿", "57篇", 57, 57, sentence=sentence)
    for level, number in zip("省市县", parts, strict=True):
        said.fact("投稿", f"{number}篇", number, number, sentence=sentence, dimensions=f"level={level}")
    assert [sort for sort, _, _ in sorts(dataset, tmp_path, said)] == (["parts"] if is_wrong else [])


@pytest.mark.parametrize(("year", "is_wrong"), [(100, False), (120, True)])
def test_halves_against_their_year(dataset, tmp_path, year, is_wrong):
    first = dataset.Said("甲镇", FIRST).fact("投稿", "40篇", 40, 40)
    second = dataset.Said("甲镇", SECOND).fact("投稿", "60篇", 60, 60)
    second.fact("投稿", f"{year}篇", year, year, period_label=YEAR, sentence=f"全年投稿{year}篇。")
    assert [sort for sort, _, _ in sorts(dataset, tmp_path, first, second)] == (["spans"] if is_wrong else [])


@pytest.mark.parametrize(("rate", "is_wrong"), [(20, False), (35, True)])
def test_stated_growth_against_the_stored_value(dataset, tmp_path, rate, is_wrong):
    before = dataset.Said("甲镇", "2021年").fact("投稿", "100篇", 100, 100)
    sentence = f"投稿120篇，同比增长{rate}%。"
    now = dataset.Said("甲镇", "2022年").fact("投稿", "120篇", 120, 120, sentence=sentence)
    now.fact(None, f"{rate}%", rate, rate, unit="%", kind="change", direction="up", sentence=sentence)
    found = sorts(dataset, tmp_path, before, now)
    assert found == ([("growth", "120篇", "100篇")] if is_wrong else [])


def test_an_earlier_value_told_otherwise(dataset, tmp_path):
    before = dataset.Said("甲镇", "2021年").fact("投稿", "100篇", 100, 100)
    now = dataset.Said("甲镇", "2022年").fact("投稿", "80篇", 80, 80, kind="baseline", sentence="由80篇增至120篇。")
    assert sorts(dataset, tmp_path, before, now) == [("earlier", "80篇", "100篇")]


QUIET = [
    ("由上半年的30余篇增加到52篇。", [("30余篇", 30, 40, "baseline"), ("52篇", 52, 52, "achieved")]),
    ("上报59篇，与上半年相比少2篇，采用21篇。", [("21篇", 21, 21, "achieved")]),
    ("东村、西村、南村三个园区累计引进91篇。", [("91篇", 91, 91, "achieved")]),
    ("共投稿40余篇，其中市级21篇。", [("40余篇", 40, 50, "achieved"), ("21篇", 21, 21, "achieved")]),
]


@pytest.mark.parametrize(("sentence", "said"), QUIET)
def test_what_the_words_explain_is_no_finding(dataset, tmp_path, sentence, said):
    before = dataset.Said("甲镇", FIRST).fact("投稿", "35篇", 35, 35, sentence="共投稿35篇。")
    own = dataset.Said("甲镇", SECOND).fact("投稿", "45篇", 45, 45, sentence="下半年投稿45篇。")
    for text, low, high, kind in said:
        label = FIRST if "上半年" in sentence else SECOND
        own.fact("投稿", text, low, high, kind=kind, sentence=sentence, period_label=label, period_from="clause",
                 approx="exact" if low == high else "more")  # fmt: skip
    assert [each for each in sorts(dataset, tmp_path, before, own) if each[0] != "restated"] == []


def test_growth_in_words_and_a_frequency_are_no_finding(dataset, tmp_path):
    before = dataset.Said("甲镇", "2021年").fact("投稿", "100篇", 100, 100)
    sentence = "投稿208篇，比去年同期翻一番还拐弯。"
    now = dataset.Said("甲镇", "2022年").fact("投稿", "208篇", 208, 208, sentence=sentence)
    now.fact(None, "翻一番", 100, 100, unit="%", kind="change", direction="up", sentence=sentence)
    now.fact("投稿", "两篇", 2, 2, unit="篇", kind="baseline", sentence="由每月两篇增加到每月四篇。")
    assert sorts(dataset, tmp_path, before, now) == []


def test_what_a_later_report_says_of_a_time(dataset, tmp_path):
    before = dataset.Said("甲镇", FIRST).fact("投稿", "32篇", 32, 32, sentence="投稿32篇。")
    later = dataset.Said("甲镇", SECOND).fact(
        "投稿", "40篇", 40, 40, period_label=FIRST, period_from="clause", sentence="上半年共投稿40篇。"
    )
    assert sorts(dataset, tmp_path, before, later) == [("earlier", "40篇", "32篇")]


@pytest.mark.parametrize(("more", "is_wrong"), [(8, False), (18, True)])
def test_growth_since_the_first_half_in_pieces(dataset, tmp_path, more, is_wrong):
    before = dataset.Said("甲镇", FIRST).fact("投稿", "32篇", 32, 32)
    sentence = f"投稿40篇，较上半年增加{more}篇。"
    now = dataset.Said("甲镇", SECOND).fact("投稿", "40篇", 40, 40, sentence=sentence)
    now.fact(None, f"{more}篇", more, more, kind="change", direction="up", sentence=sentence)
    assert sorts(dataset, tmp_path, before, now) == ([("growth", "40篇", "32篇")] if is_wrong else [])


def test_more_than_the_days_allow(dataset, tmp_path):
    said = dataset.Said("甲镇", YEAR).fact("宣讲", "3268场", 3268, 3268).fact("回复率", "103%", 103, 103)
    other = dataset.Said("乙镇", YEAR).fact("宣讲", "326场", 326, 326).fact("回复率", "100%", 100, 100)
    found = sorts(dataset, tmp_path, said, other)
    assert [(sort, text) for sort, text, _ in found] == [("rate", "3268场"), ("rate", "103%")]


@pytest.mark.parametrize("town", ["甲镇", "乙镇"])
def test_the_same_numbers_in_two_towns_or_years(dataset, tmp_path, town):
    names = ["投稿", "宣讲", "信息", "演出"]
    reports = [dataset.Said("甲镇", "2021年"), dataset.Said(town, "2022年"), dataset.Said("丙镇", "2022年")]
    for number, name in enumerate(names):
        for at, report in enumerate(reports):
            value = 37 + number + (11 * number if at == 2 else 0)
            report.fact(name, f"{value}篇", value, value)
    base = dataset.make(tmp_path / "a.db", reports, [dataset.indicator(name, "篇") for name in names])
    found = [each for each in reconcile.find(base) if each.sort == "identical"]
    base.close()
    assert len(found) == len(names)
    assert {each.one.text for each in found} == {"37篇", "38篇", "39篇", "40篇"}
