"""The main job on real files: what is read, what is not and why, twice, after a change, after a loss."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import zipfile

import pytest

from pipeline.__main__ import main

TEXTS = {
    "2022年/青禾镇2022年工作总结.txt": "青禾镇2022年宣传工作总结\n一、理论学习\n"
    "全年集中学习28次，撰写心得30余篇。\n二、下步打算\n明年信息上报不低于50条。\n",
    "2022年/柳溪镇2022年工作总结.txt": "柳溪镇2022年宣传工作总结\n一、新闻宣传\n投稿120余篇，刊发45篇。\n",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in TEXTS.items():
        path = tmp_path / "上报" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "上报"


def run(folder, *more):
    return main(["run", str(folder), "--out", str(folder.parent / "out"), "--engine", "alone", *more])


def rows(folder, sql):
    base = sqlite3.connect(folder.parent / "out" / "zongjie.db")
    try:
        return base.execute(sql).fetchall()
    finally:
        base.close()


def everything(folder):
    told = {}
    for table in ("report", "section", "paragraph", "fact", "honour"):
        found = rows(folder, f"SELECT * FROM {table}")
        told[table] = sorted(str(row[1:] if table == "paragraph" else row) for row in found)
    return told


def test_a_folder_becomes_a_dataset_a_page_and_a_spreadsheet(folder):
    assert run(folder) == 0
    out = folder.parent / "out"
    assert {path.name for path in out.iterdir()} >= {"zongjie.db", "report.html", "facts.xlsx", "run.json"}
    assert rows(folder, "SELECT count(*) FROM report")[0][0] == 2
    assert rows(folder, "SELECT low, unit, object FROM fact WHERE text = '28次'") == [(28.0, "次", "集中学习")]
    assert rows(folder, "SELECT kind FROM fact WHERE text = '不低于50条'") == [("target",)]
    manifest = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert manifest


def test_running_twice_changes_nothing(folder, capsys):
    run(folder)
    before = everything(folder)
    capsys.readouterr()
    assert run(folder, "--json") == 0
    assert json.loads(capsys.readouterr().out)["read"] == 0
    assert everything(folder) == before


def test_a_deleted_file_is_gone_and_comes_back(folder):
    run(folder)
    path = folder / "2022年/柳溪镇2022年工作总结.txt"
    path.rename(folder.parent / "aside.txt")
    assert run(folder) == 0
    assert rows(folder, "SELECT state FROM source WHERE path LIKE '%柳溪镇%'") == [("gone",)]
    assert rows(folder, "SELECT state FROM report WHERE town = '柳溪镇'") == [("gone",)]
    assert rows(folder, "SELECT count(*) FROM fact_view WHERE town = '柳溪镇'") == [(0,)]
    (folder.parent / "aside.txt").rename(path)
    assert run(folder) == 0
    assert rows(folder, "SELECT state FROM report WHERE town = '柳溪镇'") == [("current",)]


def test_gone_only_below_the_folders_of_this_run(folder, tmp_path):
    run(folder)
    other = tmp_path / "别处"
    other.mkdir()
    (other / "a.txt").write_text("某地总结\n完成投资3万元。\n", encoding="utf-8")
    assert main(["run", str(other), "--out", str(tmp_path / "out"), "--engine", "alone"]) == 0
    assert rows(folder, "SELECT count(*) FROM source WHERE state = 'gone'") == [(0,)]


def test_only_what_changed_is_done_again(folder, capsys):
    run(folder)
    (folder / "2022年/青禾镇2022年工作总结.txt").write_text(
        "青禾镇2022年宣传工作总结\n集中学习29次。\n", encoding="utf-8"
    )
    capsys.readouterr()
    assert run(folder, "--json") == 0
    assert json.loads(capsys.readouterr().out)["read"] == 1
    assert rows(folder, "SELECT text FROM fact WHERE object = '集中学习'") == [("29次",)]


def test_the_same_content_twice_is_read_once_and_listed_twice(folder):
    shutil.copy(folder / "2022年/青禾镇2022年工作总结.txt", folder / "2022年/青禾镇2022年工作总结 副本.txt")
    assert run(folder) == 0
    assert rows(folder, "SELECT count(*) FROM report WHERE town = '青禾镇'") == [(1,)]
    assert rows(folder, "SELECT count(*) FROM source WHERE state = 'ok'") == [(3,)]
    assert rows(folder, "SELECT count(*) FROM source WHERE same_as IS NOT NULL") == [(1,)]


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_retry_tries_again_only_what_was_not_read(folder, monkeypatch):
    """Failed, partial and waiting for a recogniser; an archive is opened again for an unread member of it."""
    from pipeline import read
    from pipeline.errors import NeedsOcr, ReadError

    plain, seen = read.READERS["txt"], []

    def unsure(data, name, options):
        seen.append(name)
        if name == "坏.txt":
            raise ReadError("坏了")
        if name == "扫描.txt":
            raise NeedsOcr("是图")
        found = plain(data, name, options)
        return found._replace(partial="garbled", message="一半") if name == "半.txt" else found

    monkeypatch.setitem(read.READERS, "txt", unsure)
    for name in ("坏.txt", "扫描.txt", "半.txt", "好.txt"):
        (folder / name).write_text(f"青禾镇2021年总结\n投稿{len(name)}篇。{name}", encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    (folder / "包.zip").write_bytes(packed({"里/坏.txt": "里面", "里/甲.txt": "投稿5篇"}))
    (folder / "好包.zip").write_bytes(packed({"乙.txt": "投稿6篇"}))
    assert run(folder) == 1
    first, seen[:] = list(seen), []
    assert {"好.txt", "乙.txt", "坏.txt"} <= set(first)
    assert run(folder) == 1
    assert seen == []
    assert run(folder, "--retry") == 1
    assert sorted(seen) == sorted(["半.txt", "坏.txt", "扫描.txt", "坏.txt", "甲.txt"])
    monkeypatch.setitem(read.READERS, "txt", plain)
    assert run(folder, "--retry") == 0
    assert rows(folder, "SELECT DISTINCT state FROM source WHERE state NOT IN ('ok', 'empty')") == []


def test_folders_of_one_name_do_not_hide_each_other(folder, tmp_path):
    """In one run and in two; a folder that was moved takes its paths along."""
    for year, number in (("甲年", 3), ("乙年", 4), ("丙年", 5)):
        (tmp_path / year / "上报").mkdir(parents=True)
        (tmp_path / year / "上报" / "总结.txt").write_text(f"青禾镇总结\n投稿{number}篇。", encoding="utf-8")

    def ran(*years):
        assert main(["run", *(str(tmp_path / year / "上报") for year in years), "--out", str(tmp_path / "out"),
                     "--engine", "alone"]) == 0  # fmt: skip
        return {path for (path,) in rows(folder, "SELECT path FROM source WHERE state = 'ok'")}

    assert ran("甲年", "乙年") == {"上报/总结.txt", "乙年/上报/总结.txt"}
    assert ran("丙年") == {"上报/总结.txt", "乙年/上报/总结.txt", "丙年/上报/总结.txt"}
    assert ran("乙年") == {"上报/总结.txt", "乙年/上报/总结.txt", "丙年/上报/总结.txt"}
    (tmp_path / "甲年").rename(tmp_path / "丁年")
    assert ran("丁年") == {"上报/总结.txt", "乙年/上报/总结.txt", "丙年/上报/总结.txt"}
    assert rows(folder, "SELECT count(*) FROM report WHERE state = 'current'") == [(3,)]


def test_a_moved_file_keeps_its_ids(folder):
    run(folder)
    before = rows(folder, "SELECT id FROM fact ORDER BY id")
    (folder / "归档").mkdir()
    (folder / "2022年").rename(folder / "归档/2022年")
    assert run(folder) == 0
    assert rows(folder, "SELECT id FROM fact ORDER BY id") == before


def test_all_engines_give_the_same_rows(folder, tmp_path):
    run(folder)
    alone = everything(folder)
    shutil.rmtree(tmp_path / "out")
    assert main(["run", str(folder), "--out", str(tmp_path / "out"), "--engine", "local", "--workers", "2"]) == 0
    assert everything(folder) == alone


# --- bad input: a clear sentence that names the thing and the remedy, the right code, nothing lost of the rest ---


def test_a_folder_that_does_not_exist(tmp_path, capsys):
    assert main(["run", str(tmp_path / "没有"), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "没有" in said
    assert "检查路径" in said


def test_an_empty_folder(tmp_path, capsys):
    (tmp_path / "空").mkdir()
    assert main(["run", str(tmp_path / "空"), "--out", str(tmp_path / "out")]) == 2
    assert "没有" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="rights do not bind this user")
def test_a_file_without_rights(folder, capsys):
    path = folder / "2022年/柳溪镇2022年工作总结.txt"
    path.chmod(0)
    assert run(folder) == 1
    assert rows(folder, "SELECT state, cause FROM source WHERE path LIKE '%柳溪镇%'") == [("failed", "denied")]
    assert rows(folder, "SELECT count(*) FROM report") == [(1,)]


def test_a_file_that_cannot_be_opened(folder, monkeypatch):
    """As above, for machines on which rights do not bind: opening it is denied."""
    from pathlib import Path

    path, real = folder / "2022年/柳溪镇2022年工作总结.txt", Path.open

    def denied(self, *args, **kwargs):
        if self.name == path.name and args[:1] == ("rb",):
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", denied)
    assert run(folder) == 1
    assert rows(folder, "SELECT state, cause, message FROM source WHERE path LIKE '%柳溪镇%'")[0][:2] == (
        "failed",
        "denied",
    )
    assert rows(folder, "SELECT count(*) FROM report") == [(1,)]


def test_an_empty_file_is_empty_and_all_is_well(folder):
    (folder / "空白.docx").write_bytes(b"")
    assert run(folder) == 0
    assert rows(folder, "SELECT state FROM source WHERE path LIKE '%空白%'") == [("empty",)]


def test_a_truncated_docx_is_named_and_the_rest_is_read(folder, root, capsys):
    whole = next((root / "corpora/samples").rglob("青禾镇*.docx")).read_bytes()
    (folder / "截断.docx").write_bytes(whole[: len(whole) // 2])
    assert run(folder) == 1
    assert "截断.docx" in capsys.readouterr().err
    assert rows(folder, "SELECT state, cause FROM source WHERE path LIKE '%截断%'") == [("failed", "damaged")]
    assert rows(folder, "SELECT count(*) FROM report") == [(2,)]


def test_a_settings_file_with_an_unknown_word(folder, tmp_path, capsys):
    (tmp_path / "设置.yaml").write_text("limits:\n  secconds: 3\n", encoding="utf-8")
    assert run(folder, "--settings", str(tmp_path / "设置.yaml")) == 2
    said = capsys.readouterr().err
    assert "第 2 行" in said
    assert "seconds" in said
    assert not (tmp_path / "out" / "zongjie.db").exists()


def test_an_output_that_is_no_dataset_of_ours_is_left_alone(folder, tmp_path):
    (tmp_path / "out").mkdir()
    foreign = sqlite3.connect(tmp_path / "out" / "zongjie.db")
    foreign.execute("CREATE TABLE theirs (x)")
    foreign.commit()
    foreign.close()
    assert run(folder) == 2
    assert rows(folder, "SELECT name FROM sqlite_master") == [("theirs",)]


def test_a_wrong_command_is_misuse():
    with pytest.raises(SystemExit) as stop:
        main(["nothing"])
    assert stop.value.code == 2


def test_a_large_value_is_not_taken_for_a_telephone_number(folder):
    """Where a file holds a person's number, texts are masked on the way out; values stay values."""
    text = "青禾镇2022年工作总结\n固定资产投资138.12345678亿元，联系人张三13812345678。\n"
    (folder / "2022年/青禾镇2022年工作总结.txt").write_text(text, encoding="utf-8")
    assert run(folder) == 0
    page = (folder.parent / "out/report.html").read_text(encoding="utf-8")
    assert "13812345678" not in page
    assert "138****5678" in page
    assert rows(folder, "SELECT low_text FROM fact WHERE unit = '元'") == [("13812345678",)]
