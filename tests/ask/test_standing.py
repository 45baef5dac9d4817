"""The roster: for each period who reported, who did not, whose file cannot be read; files that are nobody's."""

from __future__ import annotations

import json

from pipeline.ask.standing import plain, roll
from pipeline.ask.status import status
from pipeline.model import ReportingUnit, Towns
from pipeline.show import terminal
from pipeline.store import fetch

TOWNS = Towns(
    "岚川县",
    (
        ReportingUnit("甲溪镇"),
        ReportingUnit("乙溪镇", aliases=("老溪乡",)),
        ReportingUnit("丙溪镇"),
        ReportingUnit("丁溪农场", code="LC-NC"),
        ReportingUnit("县直机关", owes=False),
    ),
)


def base(dataset, path):
    said = [
        dataset.Said("甲溪镇", "2022年上半年"),
        dataset.Said("乙溪镇", "2022年上半年"),
        dataset.Said("甲溪镇", "2022年下半年"),
        dataset.Said("外县镇", "2022年上半年"),
        dataset.Said("甲溪镇", "2022年上半年", county="别的县"),
        dataset.Said(None, None, county=None),
    ]
    made = dataset.make(path / "a.db", said, [])
    for name, state in (
        ("2022年上半年/丙溪镇总结", "failed"), ("2022年下半年/老溪乡总结", "needs_ocr"), ("杂/丙溪镇", "empty"),
        ("杂/不知谁的", "failed"), ("2022年上半年/甲溪镇总结旧", "failed"), ("杂/~$甲溪镇", "skipped"),
    ):  # fmt: skip
        dataset.unread(made, 1, f"{name}.docx", state, "damaged", "损坏")
    return made


def test_who_has_reported_and_who_has_not(dataset, tmp_path):
    made = base(dataset, tmp_path)
    told = roll(fetch.reports(made), fetch.sources(made), TOWNS)
    assert told is not None
    first, second = told.calls
    assert (first.time.label, first.reported, first.missing) == ("2022年上半年", ("甲溪镇", "乙溪镇"), ("丁溪农场",))
    assert first.unread == (("丙溪镇", "2022年上半年/丙溪镇总结.docx"),)
    assert (second.reported, second.missing) == (("甲溪镇",), ("丙溪镇", "丁溪农场"))
    assert second.unread == (("乙溪镇", "2022年下半年/老溪乡总结.docx"),)
    assert told.unread == (("丙溪镇", "杂/丙溪镇.docx"),)
    nobody = dict(told.nobody)
    assert nobody.pop("杂/不知谁的.docx") is None
    assert sorted(nobody.values(), key=str) == [None, "外县镇", "甲溪镇（别的县）"]


def test_a_plan_is_no_report(dataset, tmp_path):
    made = base(dataset, tmp_path)
    made.execute("UPDATE report SET kind = 'plan' WHERE town = '乙溪镇'")
    told = roll(fetch.reports(made), fetch.sources(made), TOWNS)
    assert told is not None
    assert "乙溪镇" in told.calls[0].missing


def test_status_prints_it_and_says_it_to_machines(dataset, tmp_path):
    made = base(dataset, tmp_path)
    told = status(made, TOWNS)
    printed = terminal.status(told)
    assert "2022年上半年: 应报 4, 已报 2\n  已报: 甲溪镇、乙溪镇\n  未报: 丁溪农场\n  报了但读不出来: 丙溪镇" in printed
    assert "外县镇不在名册上" in printed
    assert told.roll is not None
    assert json.loads(json.dumps(plain(told.roll)))["periods"][1]["missing"] == ["丙溪镇", "丁溪农场"]


def test_without_a_roster_nothing_is_said(dataset, tmp_path):
    made = base(dataset, tmp_path)
    assert roll(fetch.reports(made), fetch.sources(made), Towns()) is None
    assert "应报" not in terminal.status(status(made))
