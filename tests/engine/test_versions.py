"""Drafts of one report: the newest or the pinned one counts, the others are superseded until it goes."""

from __future__ import annotations

import json
import os
import sqlite3

import pytest

from pipeline.__main__ import main
from pipeline.engine import versions

BODY = """{town}2022年宣传工作总结
2022年，{town}的宣传工作有序推进。
一、理论学习
党委中心组全年集中学习{n}次，各支部书记轮流上台讲，讲完了大家一起议。
二、对外宣传
全年在县级以上媒体发稿30篇，其中省级2篇，村里的广播早晚各响一次。
三、群众文化
文化站办了三场戏，来的人很多，农家书屋也有人管、有人用。
"""
OTHER = """柳沟镇2022年意识形态工作情况报告
一、压实责任
书记带头管阵地，和十五名支部书记逐个谈话，把责任清单贴在墙上。
二、管好阵地
对微信群登记备案，对出版物逐本清点，下架破旧过期的书刊。
"""


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def run(folder, *more):
    assert main(["run", str(folder), "--out", str(folder.parent / "out"), "--engine", "alone", *more]) == 0


def states(folder):
    base = sqlite3.connect(folder.parent / "out" / "zongjie.db")
    try:
        rows = base.execute("SELECT source, state FROM report WHERE state != 'gone'").fetchall()
        return {path.split("/", 1)[1]: state for path, state in rows}
    finally:
        base.close()


def draft(n, town="柳沟镇"):
    return BODY.format(town=town, n=n)


@pytest.mark.parametrize(
    ("names", "counts"),
    [
        (("柳沟镇总结（初稿）.txt", "柳沟镇总结（修改稿）.txt", "柳沟镇总结（定稿）.txt"), 2),
        (("柳沟镇总结（定稿）.txt", "柳沟镇总结（重报）.txt"), 1),
        (("柳沟镇总结.txt", "柳沟镇总结（初稿）.txt"), 0),
        (("柳沟镇总结.txt", "柳沟镇总结(改).txt"), 1),
        (("柳沟镇总结20230103.txt", "柳沟镇总结20230110.txt"), 1),
    ],
)
def test_the_newest_draft_counts(tmp_path, names, counts):
    folder = write(tmp_path / "上报", {name: draft(12 + at) for at, name in enumerate(names)})
    run(folder)
    want = {name: "current" if at == counts else "superseded" for at, name in enumerate(names)}
    assert states(folder) == want


def test_without_marks_the_file_written_last_counts(tmp_path):
    folder = write(tmp_path / "上报", {"a/柳沟镇总结.txt": draft(12), "b/柳沟镇总结.txt": draft(13)})
    os.utime(folder / "a/柳沟镇总结.txt", (2e9, 2e9))
    os.utime(folder / "b/柳沟镇总结.txt", (1e9, 1e9))
    run(folder)
    assert states(folder) == {"a/柳沟镇总结.txt": "current", "b/柳沟镇总结.txt": "superseded"}


def test_when_the_newer_draft_goes_the_older_one_counts_again(tmp_path):
    folder = write(tmp_path / "上报", {"柳沟镇总结（初稿）.txt": draft(12), "柳沟镇总结（定稿）.txt": draft(13)})
    run(folder)
    assert states(folder)["柳沟镇总结（初稿）.txt"] == "superseded"
    (folder / "柳沟镇总结（定稿）.txt").unlink()
    run(folder)
    assert states(folder) == {"柳沟镇总结（初稿）.txt": "current"}
    write(folder, {"柳沟镇总结（定稿）.txt": draft(13)})
    run(folder)
    assert states(folder) == {"柳沟镇总结（初稿）.txt": "superseded", "柳沟镇总结（定稿）.txt": "current"}


def test_a_pin_decides_which_draft_counts(tmp_path):
    files = {"柳沟镇总结（初稿）.txt": draft(12), "柳沟镇总结（定稿）.txt": draft(13)}
    folder = write(tmp_path / "上报", files)
    write(
        tmp_path, {"自己/settings.yaml": "tables: .\n", "自己/towns.yaml": "pins:\n  - {path: '*初稿*', final: true}\n"}
    )
    run(folder, "--settings", str(tmp_path / "自己/settings.yaml"))
    assert states(folder) == {"柳沟镇总结（初稿）.txt": "current", "柳沟镇总结（定稿）.txt": "superseded"}


def test_two_reports_of_one_town_and_year_are_no_drafts(tmp_path):
    files = {"宣传.txt": draft(12), "意识形态.txt": OTHER, "别的镇.txt": draft(12, "望川镇")}
    folder = write(tmp_path / "上报", files)
    run(folder)
    assert set(states(folder).values()) == {"current"}


def test_status_and_search_show_the_replaced_draft(tmp_path, capsys):
    files = {"柳沟镇总结（初稿）.txt": draft(12).replace("三场戏", "五场皮影"), "柳沟镇总结（定稿）.txt": draft(13)}
    folder = write(tmp_path / "上报", files)
    run(folder)
    database = ["--db", str(tmp_path / "out" / "zongjie.db")]
    capsys.readouterr()
    main(["status", *database])
    told = capsys.readouterr().out
    assert "已被新稿代替的报告 1 份" in told
    assert "柳沟镇总结（初稿）.txt (初稿) → 上报/柳沟镇总结（定稿）.txt" in told
    main(["search", *database, "--json", "皮影"])
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert row["superseded"] is True
    main(["search", *database, "皮影"])
    assert "在已被新稿代替的报告里" in capsys.readouterr().out


def test_a_run_without_drafts_reads_no_report_again(tmp_path, monkeypatch):
    folder = write(tmp_path / "上报", {"甲.txt": draft(12), "乙.txt": draft(12, "望川镇")})
    monkeypatch.setattr(versions.versions, "text", lambda *_: pytest.fail("no report needed comparing"))
    run(folder)
