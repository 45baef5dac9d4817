"""What a person is told when the file, the dataset or the words are not as expected: a sentence, never a traceback."""

from __future__ import annotations

import csv
import json
import sqlite3

import pytest

from pipeline.__main__ import main

TEXTS = {
    "青禾镇2022年上半年总结.txt": "青禾镇2022年上半年宣传工作总结\n集中学习12次。投稿60篇，采用40篇。\n",
    "柳溪镇2022年上半年总结.txt": "柳溪镇2022年上半年宣传工作总结\n集中学习15次。投稿45篇，采用30篇。\n",
}


@pytest.fixture
def made(tmp_path, capsys):
    """A folder of two towns, read."""
    folder = tmp_path / "上 报"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert main(["run", str(folder), "--out", str(tmp_path / "out"), "--engine", "alone"]) == 0
    capsys.readouterr()
    return tmp_path


def asked(made, *words):
    return main([words[0], "--db", str(made / "out" / "zongjie.db"), *words[1:]])


@pytest.mark.parametrize("spoil", [lambda data: b"no dataset at all" * 50, lambda data: data[: len(data) // 3]])
def test_a_file_that_is_no_dataset_is_said_and_left_alone(made, capsys, spoil):
    path = made / "out" / "zongjie.db"
    path.write_bytes(spoil(path.read_bytes()))
    before = path.read_bytes()
    for words in (["status"], ["compare"], ["ledger"]):
        assert asked(made, *words) == 2
        assert "zongjie.db" in capsys.readouterr().err
    assert main(["run", str(made / "上 报"), "--out", str(made / "out"), "--engine", "alone"]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_dataset_that_another_run_is_writing_is_said(made, capsys, monkeypatch):
    patient = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **more: patient(*given, **{"timeout": 0.1, **more}))
    other = patient(made / "out" / "zongjie.db")
    other.execute("BEGIN EXCLUSIVE")
    assert main(["run", str(made / "上 报"), "--out", str(made / "out"), "--engine", "alone"]) == 2
    assert "另一个程序正在写" in capsys.readouterr().err
    other.close()


def test_a_run_and_the_status_count_the_same(made, capsys):
    main(["run", str(made / "上 报"), "--out", str(made / "out"), "--engine", "alone", "--json"])
    told = json.loads(capsys.readouterr().out)
    asked(made, "status", "--json")
    status = json.loads(capsys.readouterr().out)
    assert (told["report"], told["paragraph"], told["fact"]) == (
        status["reports"], status["paragraphs"], status["facts"],
    )  # fmt: skip


def test_a_ranking_of_work_done_says_why_it_has_no_places(made, capsys):
    assert asked(made, "compare", "--indicator", "投稿", "--rank") == 0
    told = capsys.readouterr()
    assert "过程性指标" in told.err
    assert "第1" not in told.out
    assert asked(made, "compare", "--indicator", "投稿", "--rank", "--rank-process") == 0
    told = capsys.readouterr()
    assert "过程性指标" not in told.err
    assert "第1" in told.out


def test_a_profile_is_not_silently_left_unwritten(made, capsys):
    assert asked(made, "compare", "--profile", "青禾镇", "--out", str(made / "画像.docx")) == 2
    assert "--profile" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["facts.csv", "数据.sqlite", "a.txt"])
def test_an_export_makes_no_folder_that_is_named_like_a_file(made, capsys, name):
    assert asked(made, "export", str(made / name)) == 2
    assert "文件夹" in capsys.readouterr().err
    assert not (made / name).exists()


def test_an_export_says_where_it_wrote(made, capsys):
    assert asked(made, "export", str(made / "导 出")) == 0
    assert "导 出: 8 张表" in capsys.readouterr().err


def test_a_folder_is_no_draft(made, capsys):
    assert asked(made, "check", str(made)) == 2
    assert "文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["check", "没有.docx"], ["suggest", "空.txt"]])
def test_a_file_is_named_once(made, capsys, monkeypatch, words):
    monkeypatch.chdir(made)
    (made / "空.txt").write_bytes(b"")
    assert asked(made, *words) == 2
    assert capsys.readouterr().err.count(words[1]) == 1


def test_a_check_without_a_past_says_so(made, capsys):
    draft = made / "稿.txt"
    draft.write_text("松岭镇2022年下半年宣传工作总结\n投稿70篇，采用44篇。\n", encoding="utf-8")
    assert asked(made, "check", str(draft)) in (0, 3)
    assert "没有 松岭镇 的报告" in capsys.readouterr().err
    draft.write_text("青禾镇2022年下半年宣传工作总结\n投稿70篇，采用44篇。\n", encoding="utf-8")
    assert asked(made, "check", str(draft)) in (0, 3)
    assert "没有 青禾镇 的报告" not in capsys.readouterr().err


def test_a_suggestion_for_a_town_without_reports_says_so_and_comments_need_a_draft(made, capsys):
    assert asked(made, "suggest", "--text", "集中学习", "--town", "松岭镇") == 0
    assert "没有 松岭镇" in capsys.readouterr().err
    assert asked(made, "suggest", "--text", "集中学习", "--out", str(made / "a.docx")) == 2
    assert capsys.readouterr().out == ""


def test_names_that_are_not_near_are_not_called_near(made, capsys):
    assert asked(made, "compare", "--towns", "xyz") == 2
    assert "相近" not in capsys.readouterr().err
    assert asked(made, "compare", "--towns", "青禾") == 2
    assert "相近的有: 青禾镇" in capsys.readouterr().err


def test_the_caption_of_a_table_with_last_years_year_is_severe(made, capsys):
    draft = made / "稿.txt"
    draft.write_text(
        "青禾镇2023年上半年宣传工作总结\n一、工作情况\n各村创建情况见下表。\n表1 青禾镇各村2022年上半年文明创建情况\n",
        encoding="utf-8",
    )
    assert asked(made, "check", str(draft)) == 3
    assert "2022年" in capsys.readouterr().out


def test_numbers_of_a_table_are_shown_with_the_unit_of_its_head(made, capsys):
    (made / "上 报" / "松岭镇2022年上半年总结.md").write_text(
        "# 松岭镇2022年上半年宣传工作总结\n\n经费投入情况如下。\n\n"
        "| 项目 | 经费投入（万元） |\n|---|---|\n| 合计 | 18.5 |\n",
        encoding="utf-8",
    )
    assert main(["run", str(made / "上 报"), "--out", str(made / "out"), "--engine", "alone"]) == 0
    asked(made, "compare", "--indicator", "经费投入")
    assert "18.5万元" in capsys.readouterr().out


def test_a_town_whose_report_names_no_time_has_reported(made, capsys):
    (made / "上 报" / "松岭镇总结.txt").write_text(
        "松岭镇宣传工作总结\n一、学习\n集中学习9次。\n二、宣传\n投稿8篇。\n", encoding="utf-8"
    )
    main(["run", str(made / "上 报"), "--out", str(made / "out"), "--engine", "alone"])
    capsys.readouterr()
    asked(made, "status")
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("松岭镇"))
    assert row.endswith("1 份")
    assert "时期不明" in (made / "out" / "report.html").read_text(encoding="utf-8")


def test_a_town_is_exported_once_though_only_one_of_its_reports_names_the_county(made, capsys):
    (made / "上 报" / "青禾镇2022年下半年总结.txt").write_text(
        "岚川县青禾镇2022年下半年宣传工作总结\n集中学习13次。投稿61篇，采用41篇。\n", encoding="utf-8"
    )
    main(["run", str(made / "上 报"), "--out", str(made / "out"), "--engine", "alone"])
    asked(made, "export", str(made / "exp"))
    counties = {}
    for table in ("town", "report", "fact", "paragraph", "town_indicator"):
        with (made / "exp" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row.get("town", row.get("name")) == "青禾镇"]
        counties[table] = {row["county"] for row in rows}
        assert table != "town" or len(rows) == 1
    assert set(map(frozenset, counties.values())) == {frozenset({"岚川县"})}


def test_a_rate_is_not_called_summable(made):
    folder = made / "上 报"
    for town in ("松岭镇", "云坪乡", "石桥镇"):
        (folder / f"{town}2022年上半年总结.txt").write_text(
            f"{town}2022年上半年宣传工作总结\n网上群众留言回复率98.6%。投稿8篇。\n", encoding="utf-8"
        )
    main(["run", str(folder), "--out", str(made / "out"), "--engine", "alone"])
    page = (made / "out" / "report.html").read_text(encoding="utf-8")
    assert "% · 结果 · 比率(不可累加)" in page
    assert "% · 结果 · 流量" not in page


def test_contradicting_numbers_are_not_among_the_sentences_to_quote(made):
    import docx

    (made / "上 报" / "松岭镇2022年上半年总结.txt").write_text(
        "松岭镇2022年上半年宣传工作总结\n一、学习\n集中学习9次。\n二、小结\n集中学习12次。投稿8篇。\n", encoding="utf-8"
    )
    main(["run", str(made / "上 报"), "--out", str(made / "out"), "--engine", "alone"])
    asked(made, "compare", "--out", str(made / "a.docx"))
    told = [each.text for each in docx.Document(str(made / "a.docx")).paragraphs]
    sure = told[: next(n for n, text in enumerate(told) if text.startswith("待核实"))]
    assert "个单位数据对照（2022年上半年）" in told[0]
    assert any("投稿" in text for text in sure)
    assert not any("集中学习" in text for text in sure)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check"], "缺少 DRAFT"),
        (["chek", "a.txt"], "是不是 check"),
        (["search", "--most", "abc", "词"], "应是不小于 0 的整数"),
        (["export", "x", "--format", "pdf"], "不能是 'pdf'"),
        (["compare", "--indicator"], "--indicator 后面缺一个值"),
        (["status", "--nonsense"], "不认识的参数: --nonsense"),
    ],
)
def test_a_misused_command_line_is_said_in_chinese(capsys, words, told):
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert told in said
    assert not any(english in said for english in ("usage", "error", "required", "invalid", "argument"))


def test_help_is_chinese_unless_english_is_asked_for(capsys):
    both = (["check", "--help"], "用法", "usage"), (["check", "--lang", "en", "--help"], "usage", "用法")
    for words, has, hasnt in both:
        with pytest.raises(SystemExit):
            main(words)
        said = capsys.readouterr().out
        assert has in said
        assert hasnt not in said


def test_an_option_before_the_command_is_said(capsys):
    assert main(["--db", "a.db", "status"]) == 2
    assert "写在命令后面" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["compare", "--out", "{}.xlsx"], ["compare", "--out", "{}.html"], ["compare", "--out", "{}.docx"],
        ["compare", "--out", "{}.csv"], ["ledger", "--out", "{}.xlsx"], ["review", "--out", "{}.xlsx"],
        ["export", "{}.xlsx"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["没有/表", "夹"])
def test_a_file_that_cannot_be_written_is_said(made, capsys, monkeypatch, words, where):
    monkeypatch.chdir(made)
    for ending in ("xlsx", "html", "docx", "csv"):
        (made / f"夹.{ending}").mkdir()
    assert asked(made, *(word.format(where) for word in words)) == 2
    said = capsys.readouterr().err
    assert "文件夹" in said
    assert "Traceback" not in said
    assert not list(made.glob("**/*.part"))


def test_a_commented_draft_is_a_word_file_beside_the_draft(made, capsys):
    draft = made / "稿.docx"
    import docx

    document = docx.Document()
    document.add_paragraph("青禾镇2022年下半年宣传工作总结")
    document.add_paragraph("投稿70篇，采用44篇。")
    document.save(str(draft))
    before = draft.read_bytes()
    for out in (made / "批注.pdf", made / "没有" / "批注.docx", draft):
        for command in ("check", "suggest"):
            assert asked(made, command, str(draft), "--out", str(out)) == 2
            assert capsys.readouterr().out == ""
    assert draft.read_bytes() == before


def test_what_is_missing_in_the_whole_draft_is_listed_once(made, capsys):
    draft = made / "稿.txt"
    draft.write_text("青禾镇2022年下半年宣传工作总结\n一、工作\n开展宣讲9场。\n", encoding="utf-8")
    asked(made, "check", str(draft))
    line = next(line for line in capsys.readouterr().out.splitlines() if "缺漏" in line)
    assert line.count("集中学习") == 1


def test_kinds_of_reports_are_shown_in_the_words_that_a_query_takes():
    from pipeline.ask import query
    from pipeline.show import wording

    assert query.KIND_NAMES == wording.REPORT_KINDS
