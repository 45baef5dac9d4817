"""Corrections: the doubtful first, kept, stronger than the model, agreed on, learned from."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing

import openpyxl
import pytest

from pipeline import settings
from pipeline.annotate import classify
from pipeline.ask import compare, ledger, search
from pipeline.ask import review as ask
from pipeline.commands import learn, material, review
from pipeline.engine import corrections
from pipeline.engine import run as engine
from pipeline.errors import InputError
from pipeline.learn import weak
from pipeline.store import database, index
from pipeline.store import review as kept
from pipeline.store.review import ReviewRow

TEXT = """青石镇2023年上半年宣传思想工作总结
今年以来，全镇上下齐心，各项工作稳步推进，现将情况总结如下。
一、加强理论武装
党委中心组学习12次，宣讲46场，撰写心得体会120篇。
镇里给十二个村各配了一台投影仪和一套音响，大家用起来很顺手。
二、抓好新闻宣传
上半年对外投稿120余篇，采用36篇。
三、存在的问题
稿件质量不高，村里写稿的人少。
四、下半年打算
下半年投稿不少于150篇，举办通讯员培训2期。
"""


@pytest.fixture
def made(tmp_path):
    """A folder with one report, run into a dataset; its path."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "青石镇2023年上半年总结.txt").write_text(TEXT, encoding="utf-8")
    run(tmp_path)
    return tmp_path / "zongjie.db"


def run(folder, text: str | None = None):
    if text is not None:
        (folder / "in/青石镇2023年上半年总结.txt").write_text(text, encoding="utf-8")
    with closing(database.create(folder / "zongjie.db")) as base:
        engine.run(base, [folder / "in"], folder, settings.everything(None), engine="alone")


def opened(path):
    base = database.create(path)
    base.row_factory = sqlite3.Row
    return closing(base)


def labels(path, words):
    with opened(path) as base:
        row = base.execute("SELECT role, topic, topic_by FROM paragraph WHERE instr(text, ?)", (words,)).fetchone()
    return tuple(row)


def correct(path, words, person="甲", role="", topic=""):
    with opened(path) as base:
        (place,) = (each for each in kept.places(base) if words in each.text)
        kept.put(base, [ReviewRow(place.key, person, kept.now(), role, topic, place.text, place.path)])


def test_a_correction_wins_and_survives_another_run(made):
    assert labels(made, "投影仪")[1] != "livelihood"
    correct(made, "投影仪", topic="livelihood")
    assert labels(made, "投影仪")[1:] == ("livelihood", "person")
    run(made.parent, TEXT.replace("采用36篇", "采用37篇"))  # the file changed: all its rows are made anew
    assert labels(made, "投影仪")[1:] == ("livelihood", "person")
    assert labels(made, "37篇")[2] == "model"


def kinds(path, words):
    """What each number of a paragraph claims."""
    with opened(path) as base:
        rows = base.execute(
            "SELECT f.text, f.kind FROM fact f JOIN paragraph p ON p.id = f.paragraph WHERE instr(p.text, ?)"
            " ORDER BY f.start",
            (words,),
        )
        return dict(map(tuple, rows))


def everything(path):
    """All labels and facts as they stand."""
    with opened(path) as base:
        paragraphs = base.execute("SELECT id, role, role_sure, role_by, topic, topic_by FROM paragraph ORDER BY n")
        facts = base.execute("SELECT * FROM fact ORDER BY id")
        return [tuple(row) for row in paragraphs], [tuple(row) for row in facts]


def answered(path, command, monkeypatch, words, role):
    """A person's word on one paragraph, said through a workbook."""
    with opened(path) as base:
        base.execute("UPDATE paragraph SET role_sure = 0, role_score = 0 WHERE instr(text, ?)", (words,))
    book = path.parent / "核对.xlsx"
    assert command(review, "--db", str(path), "--out", str(book), "--by", "甲") == 0
    filled(book, words, 角色改为=role)
    assert command(review, "--db", str(path), "--in", str(book), "--by", "甲") == 0


def told(path, cut):
    """What search, comparison and ledger say of the one report."""
    with opened(path) as base:
        index.catch_up(base)
        hits = search.search(base, "宣讲>40", cut).hits
        lines = compare.compare(base).lines
        promised = {entry.promise.fact.text for entry in ledger.ledger(base).entries}
        return len(hits), repr(lines), promised & {"12次", "46场", "120篇"}


def test_a_corrected_role_changes_what_its_numbers_claim(made, command, monkeypatch, cut):
    assert set(kinds(made, "中心组").values()) == {"achieved"}
    hits, lines, promised = told(made, cut)
    assert (hits, promised) == (1, set())
    answered(made, command, monkeypatch, "中心组", "plan")
    assert set(kinds(made, "中心组").values()) == {"target"}
    after = told(made, cut)
    assert (after[0], after[2]) == (0, {"12次", "46场", "120篇"})
    assert after[1] != lines
    run(made.parent)  # nothing changed
    assert set(kinds(made, "中心组").values()) == {"target"}
    run(made.parent, TEXT.replace("采用36篇", "采用37篇"))  # all rows are made anew
    assert set(kinds(made, "中心组").values()) == {"target"}
    assert set(kinds(made, "37篇").values()) == {"achieved"}


def test_a_plan_that_is_none_reports_what_was_reached(made, command, monkeypatch):
    run(made.parent, TEXT.replace("下半年投稿不少于150篇，", "投稿150篇，"))
    assert kinds(made, "通讯员培训")["2期"] == "target"
    answered(made, command, monkeypatch, "通讯员培训", "achievement")
    assert kinds(made, "通讯员培训")["2期"] == "achieved"


def test_a_withdrawn_correction_leaves_everything_as_it_was(made, command):
    before = everything(made)
    correct(made, "中心组", role="plan")
    with opened(made) as base:
        assert corrections.settle(base, settings.everything(None)) == 1
    assert everything(made) != before
    assert command(review, "--db", str(made), "--undo", "中心组", "--by", "甲") == 0
    assert everything(made) == before
    with opened(made) as base:
        assert kept.rows(base) == []
        assert base.execute("SELECT count(*) FROM paragraph_found").fetchone()[0] == 0


def test_what_nobody_said_cannot_be_withdrawn(made, command):
    correct(made, "中心组", "甲", role="plan")
    with pytest.raises(InputError, match="没有核对过"):
        command(review, "--db", str(made), "--undo", "中心组", "--by", "乙")


def test_a_corrected_topic_links_anew_and_leaves_the_kinds(made):
    before = kinds(made, "中心组")
    correct(made, "中心组", topic="news")
    with opened(made) as base:
        assert corrections.settle(base, settings.everything(None)) == 1
        reasons = [row[0] for row in base.execute(
            "SELECT indicator_reason FROM fact JOIN paragraph p ON p.id = fact.paragraph"
            " WHERE instr(p.text, '中心组') AND indicator IS NOT NULL")]  # fmt: skip
        assert not any("主题相合" in reason for reason in reasons)
        assert corrections.settle(base, settings.everything(None)) == 0  # once
    assert kinds(made, "中心组") == before


def test_a_correction_is_for_these_words_under_these_headings(made):
    correct(made, "投影仪", topic="livelihood")
    run(made.parent, TEXT.replace("一、加强理论武装", "一、抓好硬件保障"))
    assert labels(made, "投影仪")[2] == "model"


def test_the_doubtful_come_first_and_are_asked_once(made):
    with opened(made) as base:
        doubts = ask.doubtful(base, "甲")
        scores = [doubt.score for doubt in doubts]
        assert scores == sorted(scores, reverse=True)
        every = ask.doubtful(base, "甲", sure_too=True)
        assert len(every) == len({doubt.place.key for doubt in every}) == 11
        base.execute("UPDATE paragraph SET topic_sure = 0, topic_score = 0.1 WHERE instr(text, '投影仪')")
        assert "投影仪" in ask.doubtful(base, "甲")[0].place.text
    correct(made, "投影仪", "甲", "achievement", "team")
    with opened(made) as base:
        assert not any("投影仪" in doubt.place.text for doubt in ask.doubtful(base, "甲"))


def test_a_topic_against_its_heading_is_doubted(made):
    with opened(made) as base:
        base.execute("UPDATE paragraph SET topic_sure = 1, topic_score = 1.0, role_sure = 1, topic = 'theory'")
        base.execute("UPDATE paragraph SET topic = 'rural' WHERE instr(text, '投影仪')")
        (doubt,) = ask.doubtful(base)
        assert doubt.reasons == ("与标题不一致",)


def test_two_people_and_how_far_they_agree(made):
    for words, one, other in (
        ("中心组", "theory", "theory"),
        ("投影仪", "team", "livelihood"),
        ("120余篇", "news", "news"),
    ):
        correct(made, words, "甲", topic=one)
        correct(made, words, "乙", topic=other)
    with opened(made) as base:
        (told,) = ask.agreements(kept.rows(base))
        assert (told.both, told.share) == (3, 0.6667)
        assert told.kappa == pytest.approx(0.5714, abs=0.001)
        assert "投影仪" in ask.doubtful(base, "丙")[0].place.text
        assert "两人意见不同" in ask.doubtful(base, "丙")[0].reasons
    assert labels(made, "投影仪")[1] == "livelihood"  # the later word counts


def test_one_key_an_answer(made, command, monkeypatch, capsys):
    with opened(made) as base:
        base.execute("UPDATE paragraph SET role_sure = 1, topic_sure = 1")
        base.execute(
            "UPDATE paragraph SET topic_sure = 0, topic_top = 'news:0.400 team:0.300 culture:0.200', topic_score = 0.4"
            " WHERE instr(text, '投影仪')"
        )
    monkeypatch.setattr("sys.stdin", io.StringIO("z\n2\n"))  # an unknown key is passed over
    assert command(review, "--db", str(made), "--by", "甲") == 0
    assert labels(made, "投影仪")[1:] == ("team", "person")
    assert "2 队伍与保障" in capsys.readouterr().out


def filled(path, words="投影仪", **cells):
    """The written workbook with cells of the first row with these words filled in."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if words in str(sheet.cell(row, heads["段落"]).value):
            for name, value in cells.items():
                sheet.cell(row, heads[name], value)
            book.save(path)
            return row
    raise AssertionError("not written")


@pytest.fixture
def workbook(made, command):
    with opened(made) as base:
        base.execute("UPDATE paragraph SET topic_sure = 0 WHERE instr(text, '投影仪')")
    path = made.parent / "待看.xlsx"
    assert command(review, "--db", str(made), "--out", str(path), "--by", "甲") == 0
    return path


def test_a_workbook_goes_out_and_comes_back(made, workbook, command):
    filled(workbook, 角色改为="成效做法", 类别改为="民生")
    assert command(review, "--db", str(made), "--in", str(workbook), "--by", "乙") == 0
    assert labels(made, "投影仪") == ("achievement", "livelihood", "person")
    with opened(made) as base:
        assert [(row.person, row.role, row.topic) for row in kept.rows(base)] == [("乙", "achievement", "livelihood")]


@pytest.mark.parametrize(
    ("cells", "told"),
    [({"编号": "0123456789abcdef", "类别改为": "民生"}, "unknown id"), ({"类别改为": "民声"}, "不是一个标签")],
)
def test_a_wrong_line_is_named_and_nothing_is_changed(made, workbook, command, cells, told):
    row = filled(workbook, **cells)
    with pytest.raises(InputError, match=f"第 {row} 行") as fault:
        command(review, "--db", str(made), "--in", str(workbook))
    assert told in str(fault.value)
    with opened(made) as base:
        assert kept.rows(base) == []


def test_headings_teach_weakly(made, configured, cut, cues):
    with opened(made) as base:
        (report,) = material.examples(material.own_reports(base), configured, cut)
    told = weak.labelled(report.report, cues)
    said = {
        paragraph.span.of(report.report.document.text)[:6]: pair
        for paragraph, *pair in zip(report.report.paragraphs, told.roles, told.topics, strict=True)
    }
    assert said["党委中心组学"][1] == "theory"
    assert said["上半年对外投"][1] == "news"
    assert said["稿件质量不高"][0] == "problem"
    assert said["下半年投稿不"][0] == "plan"
    assert said["一、加强理论"] == ["", ""]


def test_learning_from_a_dataset_shows_what_changes_and_asks(made, few, command, monkeypatch, capsys, tmp_path):
    correct(made, "投影仪", "甲", "achievement", "livelihood")
    out = tmp_path / "m.npz"
    words = ("--corpora", str(few), "--out", str(out), "--from", str(made))
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    monkeypatch.setattr(weak, "WEIGHTS", (0.0, 0.3))
    assert command(learn, *words) == 0
    assert not out.exists()
    assert "段里有" in capsys.readouterr().out
    assert command(learn, *words, "--yes") == 0
    assert classify.load(out).card["from"] is True
    assert "类别" in out.with_suffix(".card.txt").read_text(encoding="utf-8")


def test_a_correction_is_learned_from_even_when_its_paragraph_is_gone(made, configured, cut):
    correct(made, "投影仪", "甲", "achievement", "livelihood")
    with opened(made) as base:
        assert any(
            "livelihood" in example.topics for example in material.examples(material.own_reports(base), configured, cut)
        )
        assert material.own_corrections(base, cut, material.known(configured.categories)) == []
    run(made.parent, "另一份总结\n全镇种植水稻三千亩。\n")
    with opened(made) as base:
        (example,) = material.own_corrections(base, cut, material.known(configured.categories))
        assert example.topics == ("livelihood",)
