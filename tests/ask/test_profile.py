"""A town's profile: only what is sure, and nothing that one small number decides."""

from __future__ import annotations

import json

import pytest

from pipeline.__main__ import main
from pipeline.ask.compare import compare
from pipeline.ask.doubts import doubts
from pipeline.ask.profile import profile
from pipeline.errors import QueryError

H1, H2 = "2022年上半年", "2022年下半年"


@pytest.fixture
def base(dataset, tmp_path):
    """Five towns: the first is surely ahead in one thing, perhaps in another, silent on a third."""
    reports = []
    for n, name in enumerate(("甲镇", "乙镇", "丙镇", "丁镇", "戊镇")):
        said = dataset.Said(name, H1).fact("采用", f"{60 - 10 * n}篇", 60 - 10 * n, 60 - 10 * n)
        said.fact("回复", "30余条", 30, 40, approx="more", unit="条")
        said.fact("会议", f"{20 - n}次", 20 - n, 20 - n)
        if n:
            said.fact("村晚", f"{n + 1}场", n + 1, n + 1)
        else:
            said.fact("山歌", "3首", 3, 3, sentence="山歌 山歌 山歌 3首")
        reports.append(said)
    reports.append(dataset.Said("甲镇", H2).fact("采用", "600篇", 600, 600).fact("会议", "20次", 20, 20))
    reports.append(dataset.Said("甲镇", "2021年下半年").fact("采用", "60篇", 60, 60))
    book = [dataset.indicator("采用", "篇"), dataset.indicator("回复", "条"), dataset.indicator("村晚", "场"),
            dataset.indicator("山歌", "首"), dataset.indicator("会议", "次", nature="process")]  # fmt: skip
    base = dataset.make(tmp_path / "a.db", reports, book)
    yield base
    base.close()


def test_places_are_given_where_they_are_sure(base):
    last = profile(base, "戊镇")
    assert [each.line.name for each in last.behind] == ["采用", ]  # fmt: skip
    assert (last.behind[0].better, last.behind[0].others) == (4, 4)
    assert last.ahead[0].line.name == "村晚"
    names = {each.line.name for told in (last, profile(base, "乙镇")) for each in (*told.ahead, *told.behind)}
    assert "会议" not in names  # work done is not weighed
    assert "回复" not in names  # five times 30余 are a tie


def test_what_a_town_alone_reports_and_never_reports(base):
    told = profile(base, "甲镇")
    assert [line.name for line in told.alone] == ["山歌"]
    assert [line.name for line in profile(base, "乙镇").silent] == []
    base.execute("UPDATE report SET state = 'gone' WHERE period_label != ?", (H1,))
    assert [line.name for line in profile(base, "甲镇").silent] == ["村晚"]


def test_its_own_words(base):
    assert profile(base, "甲镇").words[0][:2] == ("山歌", 3)


def test_an_unknown_town_names_the_nearest(base):
    with pytest.raises(QueryError, match="甲镇"):
        profile(base, "甲乡")


def test_the_command(base, tmp_path, capsys):
    assert main(["compare", "--db", str(tmp_path / "a.db"), "--profile", "戊镇"]) == 0
    assert "靠后的结果" in capsys.readouterr().out
    assert main(["compare", "--db", str(tmp_path / "a.db"), "--profile", "戊镇", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["behind"][0]["indicator"] == "采用"


def test_numbers_to_check_before_they_are_passed_on(base):
    found = {(each.sort, each.town, each.indicator.name, each.time.label) for each in doubts(base, compare(base))}
    assert found == {("leap", "甲镇", "采用", H2)}  # one number of two digits that comes back is chance


def test_two_numbers_that_come_back_are_shown(dataset, tmp_path):
    reports = [
        dataset.Said("甲镇", time).fact("采用", "60篇", 60, 60).fact("会议", "20次", 20, 20).fact("村晚", "3场", 3, 3)
        for time in (H1, H2)
    ]
    book = [dataset.indicator("采用", "篇"), dataset.indicator("村晚", "场"), dataset.indicator("会议", "次")]
    base = dataset.make(tmp_path / "a.db", reports, book)
    found = [(each.sort, each.one.text, each.other.text) for each in doubts(base, compare(base))]
    base.close()
    assert found == [("again", "60篇", "60篇"), ("again", "20次", "20次")]


def test_each_pair_of_numbers_is_named_once(dataset, tmp_path):
    names = ["投稿", "宣讲", "信息", "演出"]
    reports = [dataset.Said("甲镇", time) for time in (H1, H2)]
    for number, name in enumerate(names):
        for report in reports:
            report.fact(name, f"{37 + number}篇", 37 + number, 37 + number)
    base = dataset.make(tmp_path / "a.db", reports, [dataset.indicator(name, "篇") for name in names])
    found = doubts(base, compare(base))
    base.close()
    assert [each.sort for each in found] == ["identical"] * 4
