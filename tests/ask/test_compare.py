"""Towns side by side: like with like, missing is missing, nothing more precise than it was written."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal

import pytest

from pipeline.ask.cells import LISTED
from pipeline.ask.compare import compare, plain
from pipeline.errors import QueryError

H1, H2, YEAR, BEFORE = "2022年上半年", "2022年下半年", "2022年", "2021年上半年"


@pytest.fixture
def laid(dataset, tmp_path):
    """Lay these reports side by side: ``laid(reports, indicators, **question)``."""
    bases = []

    def lay(reports, book=None, **question):
        base = dataset.make(tmp_path / f"{len(bases)}.db", reports, book or [dataset.indicator("投稿", "篇")])
        bases.append(base)
        return compare(base, **question)

    yield lay
    for base in bases:
        base.close()


def cell(told, town, time=H1, name="投稿"):
    line = next(line for line in told.lines if line.name == name and line.time.label == time)
    return next(each for each in line.cells if each.town == town)


def line(told, time=H1, name="投稿"):
    return next(line for line in told.lines if line.name == name and line.time.label == time)


def test_missing_zero_and_not_counted_are_three_things(laid, dataset):
    told = laid([
        dataset.Said("甲镇", H1).fact("投稿", "30余篇", 30, 40, approx="more"),
        dataset.Said("乙镇", H1),
        dataset.Said("丙镇", H1).fact("投稿", "0篇", 0, 0),
        dataset.Said("丁镇", H1).fact("投稿", "5篇", 5, 5, scope="village"),
        dataset.Said("戊镇", H2),
    ])  # fmt: skip
    states = {each.town: each.state for each in line(told).cells}
    assert states == {"甲镇": "stated", "乙镇": "missing", "丙镇": "zero", "丁镇": "not_counted", "戊镇": "missing"}
    assert cell(told, "乙镇").value is None
    assert cell(told, "乙镇").reason != cell(told, "戊镇").reason
    assert "村" in cell(told, "丁镇").reason
    assert line(told).coverage == "5 个单位中 2 个填报"
    assert (line(told).total.low, line(told).total.high) == (30, 40)


def test_the_most_precise_of_consistent_values_is_chosen_never_the_first(laid, dataset):
    said = dataset.Said("甲镇", H1).fact("投稿", "30余篇", 30, 40, approx="more", sentence="投稿30余篇。")
    said.fact("投稿", "32篇", 32, 32, sentence="共投稿32篇。").fact(
        "投稿", "近百篇", 30, 100, approx="near", sentence="投稿近百篇。"
    )
    found = cell(laid([said]), "甲镇")
    assert found.text == "32篇"
    assert not found.inconsistent
    assert len(found.facts) == 3


def test_contradictions_are_flagged_with_both_sentences(laid, dataset):
    said = (
        dataset.Said("甲镇", H1)
        .fact("投稿", "32篇", 32, 32, sentence="投稿32篇。")
        .fact("投稿", "28篇", 28, 28, sentence="投了28篇。")
    )
    found = cell(laid([said]), "甲镇")
    assert found.inconsistent
    assert found.chosen is None
    assert (found.value.low, found.value.high) == (28, 32)
    assert {each.fact.sentence for each in found.facts if each.counted} == {"投稿32篇。", "投了28篇。"}


def test_a_report_speaks_first_hand_of_its_own_time_only(laid, dataset):
    own = dataset.Said("甲镇", H1).fact("投稿", "32篇", 32, 32, sentence="投稿32篇。")
    later = dataset.Said("甲镇", H2).fact(
        "投稿", "40篇", 40, 40, period_label=H1, period_from="clause", sentence="上半年共投稿40篇。"
    )
    told = laid([own, later])
    found = cell(told, "甲镇")
    assert (found.text, found.inconsistent) == ("32篇", False)
    assert {(each.fact.text, each.counted) for each in found.facts} == {("32篇", True), ("40篇", False)}
    assert cell(laid([dataset.Said("甲镇", H1), later]), "甲镇").text == "40篇"


def test_a_time_that_only_carries_on_is_not_relied_on(laid, dataset):
    said = dataset.Said("甲镇", H2)
    for text, low in (("40篇", 40), ("46篇", 46)):
        said.fact("投稿", text, low, low, period_label=H1, period_from="clause", sentence="由上半年的40篇增至46篇。")
    assert cell(laid([dataset.Said("甲镇", H1), said]), "甲镇").text == "40篇"


def test_a_plan_does_not_contradict_a_result(laid, dataset):
    said = dataset.Said("甲镇", H1).fact("投稿", "40篇", 40, 40, sentence="投稿40篇。")
    said.fact("投稿", "50篇", 50, 50, sentence="抓投稿，50篇。", role="plan")
    found = cell(laid([said]), "甲镇")
    assert (found.text, found.inconsistent) == ("40篇", False)
    assert cell(laid([dataset.Said("甲镇", H1, facts=said.facts[1:])]), "甲镇").text == "50篇"


def test_several_numbers_of_one_sentence_are_no_contradiction_but_no_sum_either(laid, dataset):
    said = dataset.Said("甲镇", H1)
    for text, low in (("1篇", 1), ("9篇", 9)):
        said.fact("投稿", text, low, low, sentence="通讯1篇、消息9篇。")
    found = cell(laid([said]), "甲镇")
    assert (found.value.low, found.value.high, found.reason) == (1, 9, LISTED)
    now = dataset.Said("乙镇", H1)
    for text, low in (("3篇", 3), ("15篇", 15)):
        now.fact("投稿", text, low, low, sentence="投稿补了3篇,现在15篇。")
    assert cell(laid([now]), "乙镇").text == "15篇"


def test_a_smaller_number_beside_the_whole_is_its_part(laid, dataset):
    said = (
        dataset.Said("甲镇", H1)
        .fact("投稿", "4篇", 4, 4, sentence="文昌社区录用4篇。")
        .fact("投稿", "73篇", 73, 73, sentence="累计投稿73篇。")
    )
    found = cell(laid([said]), "甲镇")
    assert (found.text, found.inconsistent) == ("73篇", False)
    more = (
        dataset.Said("乙镇", H1)
        .fact("投稿", "90篇", 90, 90, sentence="录用90篇。")
        .fact("投稿", "73篇", 73, 73, sentence="累计投稿73篇。")
    )
    assert cell(laid([more]), "乙镇").inconsistent


def test_only_what_was_achieved_counts_and_targets_stand_apart(laid, dataset):
    said = dataset.Said("甲镇", H1).fact(
        "投稿", "50篇", 50, None, kind="target", approx="at_least", sentence="下半年投稿50篇以上。"
    )
    for kind in ("change", "baseline", "norm"):
        said.fact("投稿", "9篇", 9, 9, kind=kind, sentence=f"{kind}9篇。")
    found = cell(laid([said]), "甲镇")
    assert found.state == "not_counted"
    assert [each.fact.text for each in found.targets] == ["50篇"]


@pytest.mark.parametrize("other", [{"scope": "each"}, {"scope": "superior"}, {"scope": "office"}, {"per": "month"},
                                   {"authority": "announced"}, {"unit": "人次"}])  # fmt: skip
def test_what_is_not_the_towns_own_total_does_not_count(laid, dataset, other):
    found = cell(laid([dataset.Said("甲镇", H1).fact("投稿", "5篇", 5, 5, **other)]), "甲镇")
    assert found.state == "not_counted"
    assert found.reason


def test_classifiers_of_one_indicator_count_alike_but_its_own_unit_goes_first(laid, dataset):
    alone = dataset.Said("甲镇", H1).fact("投稿", "5条", 5, 5, unit="条")
    assert cell(laid([alone]), "甲镇").text == "5条"
    both = (
        dataset.Said("乙镇", H1)
        .fact("投稿", "1家", 1, 1, unit="家", sentence="其中1家。")
        .fact("投稿", "5篇", 5, 5, sentence="投稿5篇。")
    )
    assert cell(laid([both]), "乙镇").text == "5篇"


def test_levels_and_stages_are_kept_apart(laid, dataset):
    said = (
        dataset.Said("甲镇", H1)
        .fact("投稿", "76篇", 76, 76)
        .fact("投稿", "11篇", 11, 11, dimensions="stage=adopted;level=市", sentence="市级11篇。")
    )
    told = laid([said])
    assert {each.name: each.cells[0].text for each in told.lines} == {"投稿": "76篇", "投稿（市、adopted）": "11篇"}


def test_years_and_halves_are_never_mixed(laid, dataset):
    told = laid(
        [dataset.Said("甲镇", YEAR).fact("投稿", "90篇", 90, 90), dataset.Said("乙镇", H1).fact("投稿", "40篇", 40, 40)]
    )
    assert cell(told, "甲镇").state == cell(told, "乙镇", YEAR).state == "missing"
    assert cell(told, "甲镇", YEAR).text == "90篇"


def test_a_second_half_is_derived_from_year_and_first_half_and_says_so(laid, dataset):
    first = dataset.Said("甲镇", H1).fact("投稿", "40余篇", 40, 50, approx="more")
    second = dataset.Said("甲镇", H2).fact("投稿", "90篇", 90, 90, period_label=YEAR, period_from="clause")
    found = cell(laid([first, second]), "甲镇", H2)
    assert (found.value.low, found.value.high) == (40, 50)
    assert found.derived
    assert len(found.facts) == 2


def test_a_stock_is_not_subtracted(laid, dataset):
    first = dataset.Said("甲镇", H1).fact("网评员", "20名", 20, 20)
    second = dataset.Said("甲镇", H2).fact("网评员", "22名", 22, 22, period_label=YEAR, period_from="clause")
    found = cell(laid([first, second], [dataset.indicator("网评员", "名", flow="stock")]), "甲镇", H2, "网评员")
    assert (found.value.low, found.text) == (22, "22名")
    assert found.derived


def test_growth_is_against_the_same_time_and_as_wide_as_both(laid, dataset):
    reports = [
        dataset.Said("甲镇", BEFORE).fact("投稿", "50篇", 50, 50),
        dataset.Said("甲镇", H1).fact("投稿", "60余篇", 60, 70, approx="more"),
    ]
    growth = cell(laid(reports, against="同期"), "甲镇").growth
    assert (growth.rate.low, growth.rate.high) == (20, 40)
    assert (growth.difference.low, growth.difference.high) == (10, 20)
    unequal = laid([*reports, dataset.Said("甲镇", YEAR).fact("投稿", "99篇", 99, 99)], against=BEFORE)
    assert cell(unequal, "甲镇", YEAR).growth.rate is None
    assert "不能比" in cell(unequal, "甲镇", YEAR).growth.reason


def test_growth_from_a_missing_value_is_not_growth_from_nothing(laid, dataset):
    told = laid([dataset.Said("甲镇", H1).fact("投稿", "60篇", 60, 60)], against="同期")
    assert cell(told, "甲镇").growth.rate is None


def test_ranks_are_shared_where_intervals_overlap(laid, dataset):
    reports = [
        dataset.Said("甲镇", H1).fact("投稿", "30余篇", 30, 40, approx="more"),
        dataset.Said("乙镇", H1).fact("投稿", "32篇", 32, 32),
        dataset.Said("丙镇", H1).fact("投稿", "40篇", 40, 40),
        dataset.Said("丁镇", H1),
    ]
    told = laid(reports, ranked=True)
    assert [cell(told, town).rank for town in ("甲镇", "乙镇", "丙镇", "丁镇")] == [2, 2, 1, None]
    assert all(each.rank is None for each in line(laid(reports)).cells)


def test_process_is_ranked_only_when_asked_for(laid, dataset):
    reports = [dataset.Said("甲镇", H1).fact("投稿", "3篇", 3, 3), dataset.Said("乙镇", H1).fact("投稿", "2篇", 2, 2)]
    book = [dataset.indicator("投稿", "篇", nature="process")]
    assert cell(laid(reports, book, ranked=True), "甲镇").rank is None
    assert cell(laid(reports, book, process_ranked=True), "乙镇").rank == 2
    fewer = [dataset.indicator("投稿", "篇", better="down")]
    assert cell(laid(reports, fewer, ranked=True), "乙镇").rank == 1


def test_two_towns_of_one_name_are_two(laid, dataset):
    told = laid([
        dataset.Said("城关镇", H1, county="甲县").fact("投稿", "3篇", 3, 3),
        dataset.Said("城关镇", H1, county="乙县").fact("投稿", "5篇", 5, 5),
    ])  # fmt: skip
    assert [town.name for town in told.towns] == ["城关镇（乙县）", "城关镇（甲县）"]
    one = laid(
        [dataset.Said("城关镇", H1, county="甲县").fact("投稿", "3篇", 3, 3), dataset.Said("城关镇", H2, county=None)]
    )
    assert [town.name for town in one.towns] == ["城关镇"]


def test_what_cannot_be_compared_is_counted(laid, dataset):
    told = laid([
        dataset.Said("甲镇", H1).fact("投稿", "3篇", 3, 3),
        dataset.Said(None, H1, county=None).fact("投稿", "4篇", 4, 4),
        dataset.Said("乙镇", None).fact("投稿", "5篇", 5, 5),
        dataset.Said("丙镇", H1, state="superseded").fact("投稿", "6篇", 6, 6),
        dataset.Said(None, H1, county="岚川县").fact("投稿", "7篇", 7, 7),
    ])  # fmt: skip
    assert [town.name for town in told.towns] == ["乙镇", "甲镇"]
    left = told.left_out
    assert (left.without_town, left.without_time, left.undated_facts, left.other_levels) == (1, 1, 1, ("岚川县",))
    assert line(told).stated == 1


UNKNOWN = [
    ({"towns": ["甲乡"]}, "甲镇"),
    ({"indicators": ["投搞"]}, "投稿"),
    ({"periods": ["2022H2"]}, H1),
    ({"against": "去年"}, "同期"),
    ({"against": "2019年上半年"}, H1),
]


@pytest.mark.parametrize(("question", "near"), UNKNOWN)
def test_unknown_words_name_the_nearest(laid, dataset, question, near):
    with pytest.raises(QueryError, match=near):
        laid([dataset.Said("甲镇", H1).fact("投稿", "3篇", 3, 3)], **question)


def test_chosen_towns_and_periods_only(laid, dataset):
    reports = [dataset.Said(town, time).fact("投稿", "3篇", 3, 3) for town in ("甲镇", "乙镇") for time in (H1, H2)]
    told = laid(reports, towns=["甲镇"], periods=["2022H1"], indicators=["投稿"])
    assert [(each.time.label, len(each.cells)) for each in told.lines] == [(H1, 1)]


def test_rates_are_never_summed(laid, dataset):
    reports = [dataset.Said(town, H1).fact("回复率", "95%", 95, 95, unit="%") for town in ("甲镇", "乙镇")]
    assert line(laid(reports, [dataset.indicator("回复率", "%")]), name="回复率").total is None


def test_the_samples_truth_comes_back_cell_by_cell(dataset, root, tmp_path):
    base = dataset.truth(tmp_path / "truth.db", root / "corpora/eval/samples")
    told = compare(base)
    base.close()
    assert len(told.towns) == 8
    rows = list(plain(told))
    stated = {
        (row["town"], row["period"], row["name"]) for row in rows if row["state"] == "stated" and not row["dimensions"]
    }
    assert len(stated) > 350
    mine = [row for row in rows if row["town"] == "青禾镇" and row["period"] == H1 and not row["dimensions"]]
    by_name = {row["name"]: (row["value_low"] and Decimal(row["value_low"]), row["state"]) for row in mine}
    assert by_name["投稿"] == (76, "stated")
    assert by_name["学习心得"] == (30, "stated")
    assert by_name["中心组学习"] == (6, "stated")


def test_every_cell_of_the_samples_truth_is_right_and_every_other_one_missing(dataset, root, tmp_path):
    folder = root / "corpora/eval/samples"
    base = dataset.truth(tmp_path / "truth.db", folder)
    told = compare(base)
    base.close()
    said, units = defaultdict(set), defaultdict(set)
    for file in sorted(folder.glob("truth_s*.tsv")):
        for row in csv.DictReader(
            file.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
        ):
            if row["kind"] == "achieved" and not row["dimension"]:
                ends = tuple(Decimal(row[name]) if row[name] else None for name in ("low", "high"))
                said[row["town"], row["period"], row["indicator"]].add(ends)
                units[row["town"], row["period"], row["indicator"]].add(row["unit"])
    seen = set()
    for line in told.lines:
        for cell in line.cells if not line.dimensions else ():
            key = cell.town, line.time.label, line.name
            values = said.get(key, set())
            if not values:
                assert cell.value is None or cell.derived, key
                continue
            seen.add(key)
            if units[key] == {"人"} and line.indicator.unit == "人次":
                assert cell.state == "not_counted"  # heads are not visits
                continue
            own = (cell.value.low, cell.value.high)
            if len(values) == 1:
                assert own in values, (key, own)
                assert not cell.inconsistent
            else:
                assert cell.inconsistent or own in values, (key, own)
    assert seen == set(said)
    assert len(seen) > 500
