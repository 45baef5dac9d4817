"""Promises against results: the same thing, the intervals, and never a guess."""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path

import pytest

from pipeline.ask.ledger import ledger
from pipeline.errors import QueryError

H1, H2, NEXT = "2022年上半年", "2022年下半年", "2023年上半年"
PLAN = {"kind": "target", "role": "plan"}


@pytest.fixture
def kept(dataset, tmp_path):
    """The only entry of a ledger of these reports."""
    bases = []

    def ask(*reports, book=None, every=False):
        base = dataset.make(
            tmp_path / f"{len(bases)}.db", list(reports), book or [dataset.indicator("投稿", "篇", flow="flow")]
        )
        bases.append(base)
        told = ledger(base)
        return told if every else told.entries[0]

    yield ask
    for base in bases:
        base.close()


FATES = [
    (("不少于50篇", 50, None, "at_least"), ("62篇", 62, 62, "exact"), "exceeded"),
    (("不少于50篇", 50, None, "at_least"), ("50篇", 50, 50, "exact"), "kept"),
    (("50篇", 50, 50, "exact"), ("50余篇", 50, 60, "more"), "kept"),
    (("50篇", 50, 50, "exact"), ("近50篇", 45, 50, "near"), "missed"),
    (("50篇", 50, 50, "exact"), ("约50篇", 45, 55, "about"), "doubtful"),
    (("突破50篇", 50, None, "over"), ("50篇", 50, 50, "exact"), "missed"),
    (("50篇", 50, 50, "exact"), ("38篇", 38, 38, "exact"), "missed"),
]


@pytest.mark.parametrize(("target", "result", "fate"), FATES)
def test_the_fate_is_decided_by_the_intervals(kept, dataset, target, result, fate):
    said = dataset.Said("甲镇", H1).fact("投稿", *target[:3], approx=target[3], unit="篇", **PLAN)
    after = dataset.Said("甲镇", H2).fact("投稿", *result[:3], approx=result[3], unit="篇")
    entry = kept(said, after)
    assert entry.fate == fate
    assert entry.answers[0].text == result[0]


def test_silence_is_not_a_failure_and_a_missing_report_is_not_silence(kept, dataset):
    said = dataset.Said("甲镇", H1).fact("投稿", "50篇", 50, 50, **PLAN)
    other = dataset.Said("甲镇", H2).fact(None, "3支", 3, 3, object="队伍", sentence="组建队伍3支。")
    assert kept(said, other).fate == "not_mentioned"
    assert kept(said, dataset.Said("甲镇", NEXT).fact("投稿", "60篇", 60, 60)).fate == "no_report"
    assert kept(said, dataset.Said("乙镇", H2).fact("投稿", "60篇", 60, 60)).fate == "no_report"


def test_a_frequency_is_counted_over_the_time(kept, dataset):
    monthly = dataset.Said("甲镇", H1).fact(
        "投稿", "不少于8篇", 8, None, unit="篇", approx="at_least", per="month", **PLAN
    )
    assert kept(monthly, dataset.Said("甲镇", H2).fact("投稿", "47篇", 47, 47)).fate == "missed"
    assert kept(monthly, dataset.Said("甲镇", H2).fact("投稿", "48篇", 48, 48)).fate == "kept"


def test_a_promise_for_the_year_is_answered_by_both_halves(kept, dataset):
    said = dataset.Said("甲镇", H1).fact("投稿", "30篇", 30, 30, sentence="已投稿30篇。")
    said.fact("投稿", "90篇", 90, 90, period_label="2022年", period_from="clause", sentence="全年投稿90篇。", **PLAN)
    entry = kept(said, dataset.Said("甲镇", H2).fact("投稿", "61篇", 61, 61))
    assert (entry.fate, entry.result.low) == ("exceeded", 91)
    assert len(entry.answers) == 2


def test_what_a_report_names_beside_its_goal_is_the_answer(kept, dataset):
    said = dataset.Said("甲镇", H1).fact("投稿", "60篇", 60, 60, **PLAN)
    after = dataset.Said("甲镇", H2)
    for text, low in (("60篇", 60), ("66篇", 66), ("6篇", 6)):
        after.fact("投稿", text, low, low, sentence="投稿定的60篇，写了66篇，多6篇。")
    entry = kept(said, after)
    assert (entry.fate, entry.answers[0].text) == ("exceeded", "66篇")


def test_a_monthly_bound_that_is_said_to_have_been_held_was_kept(kept, dataset):
    monthly = dataset.Said("甲镇", H1).fact(
        "投稿", "不少于7篇", 7, None, unit="篇", approx="at_least", per="month", **PLAN
    )
    after = dataset.Said("甲镇", H2).fact("投稿", "51篇", 51, 51, sentence="投稿51篇,哪个月都没少于7篇。")
    after.fact(None, "少于7篇", None, 7, unit="篇", approx="at_most", sentence="投稿51篇,哪个月都没少于7篇。")
    assert kept(monthly, after).fate == "kept"


def test_words_alike_of_another_thing_are_doubtful_and_never_not_mentioned(kept, dataset):
    book = [dataset.indicator("信息", "条"), dataset.indicator("投稿", "篇")]
    monthly = dataset.Said("甲镇", H1).fact("信息", "不少于8条", 8, None, unit="条", approx="at_least", per="month",
                                           sentence="信息上报每月不少于8条。", **PLAN)  # fmt: skip
    after = dataset.Said("甲镇", H2).fact("投稿", "50条", 50, 50, sentence="信息工作渐入佳境，累计上报50条。")
    assert kept(monthly, after, book=book).fate == "doubtful"


def test_other_things_of_the_same_unit_are_no_answer(kept, dataset):
    book = [dataset.indicator("投稿", "篇"), dataset.indicator("学习心得", "篇", topic="theory")]
    said = dataset.Said("甲镇", H1).fact("投稿", "50篇", 50, 50, **PLAN)
    after = dataset.Said("甲镇", H2).fact("学习心得", "80篇", 80, 80, sentence="撰写学习心得80篇。")
    assert kept(said, after, book=book).fate == "not_mentioned"


def test_a_target_of_the_reports_own_time_is_no_promise(kept, dataset):
    said = dataset.Said("甲镇", H2).fact(
        "投稿", "50篇", 50, 50, kind="target", period_label=H2, period_from="clause", sentence="年初定下投稿50篇。"
    )
    assert kept(said, dataset.Said("甲镇", NEXT), every=True).entries == ()


def test_problems_named_again_word_for_word(kept, dataset):
    first = dataset.Said("甲镇", H1).fact(
        None, "2人", 2, 2, role="problem", sentence="一是宣传队伍力量薄弱，专职人员只有2人，疲于应付。"
    )
    again = dataset.Said("甲镇", H2).fact(
        None, "2人", 2, 2, role="problem", sentence="宣传队伍力量依然薄弱，专职人员只有2人，疲于应付。"
    )
    told = kept(first, again, every=True)
    assert [(each.before.label, each.after.label) for each in told.problems] == [(H1, H2)]
    assert told.problems[0].likeness > 0.9


def test_unknown_towns_and_times_name_the_nearest(dataset, tmp_path):
    base = dataset.make(tmp_path / "a.db", [dataset.Said("甲镇", H1)], [])
    with pytest.raises(QueryError, match="甲镇"):
        ledger(base, towns=["甲乡"])
    with pytest.raises(QueryError, match=H1):
        ledger(base, periods=["2021年"])
    base.close()


# --- the samples: 122 planted promises whose fate is known --------------------------------------------------------

RIGHT, DOUBTFUL, WRONG = 118, 3, 0  # of 122, when roles and kinds (done or planned) are told by the truth
RIGHT_ALONE, WRONG_ALONE = 116, 1  # from the files alone


@pytest.fixture(scope="module")
def promised(root):
    spec = importlib.util.spec_from_file_location("promised", root / "tests/ask/promised.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["promised"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def samples(root, tmp_path_factory):
    """The samples read from their files."""
    from pipeline.__main__ import main

    out = tmp_path_factory.mktemp("samples")
    assert main(["run", str(root / "corpora/samples"), "--out", str(out), "--engine", "alone"]) == 1
    return out / "zongjie.db"


def told_truly(base, folder: Path) -> None:
    """Give every fact of the truth its own kind and every paragraph its own role: the ledger alone is measured."""
    for file in sorted(folder.glob("*/*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            role, tab, rest = line.partition("\t")
            if tab and not line.startswith("#"):
                base.execute("UPDATE paragraph SET role = ? WHERE text = ?", (role, rest.partition("\t")[2].strip()))
    sql = (
        "SELECT f.id, f.start, p.text, f.low, f.high FROM fact f JOIN report r ON r.id = f.report JOIN paragraph p"
        " ON p.id = f.paragraph WHERE r.town LIKE '%' || ? AND r.period_label = ? AND instr(p.text, ?)"
    )
    for file in sorted(folder.glob("truth_s*.tsv")):
        lines = file.read_text(encoding="utf-8").splitlines()
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            quote = row["quote"].replace("\\t", "\t")
            low, high = (float(row[name]) if row[name] else None for name in ("low", "high"))
            for fact, start, text, least, most in base.execute(sql, (row["town"], row["period"], quote)).fetchall():
                at = text.find(quote)
                if at <= start < at + len(quote) and (least == low or most == high):
                    base.execute("UPDATE fact SET kind = ? WHERE id = ?", (row["kind"], fact))
                    break


def test_the_planted_promises_of_the_samples(samples, promised, root):
    from pipeline.store import database

    every = promised.planted()
    base = database.create(samples)
    count, rest = promised.judged(ledger(base), every)
    assert count["right"] >= RIGHT_ALONE, rest
    assert count["wrong"] <= WRONG_ALONE, rest
    told_truly(base, root / "corpora/eval/samples")
    count, rest = promised.judged(ledger(base), every)
    base.close()
    assert count["right"] >= RIGHT, rest
    assert count["right"] >= 0.95 * len(every)
    assert count["doubtful"] <= DOUBTFUL
    assert count["wrong"] <= WRONG, rest
