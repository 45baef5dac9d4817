"""Indexes and copies are brought up to date when a question needs them, and forget what is no longer there."""

from __future__ import annotations

import sqlite3

import pytest

from pipeline.__main__ import main
from pipeline.engine import derive
from pipeline.store import database, index


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "上报"
    folder.mkdir()
    for town in ("青禾镇", "柳溪镇"):
        text = f"{town}2022年宣传工作总结\n一、志愿服务\n全镇开展志愿服务活动36场，服务群众2000余人次，群众都说好。\n"
        (folder / f"{town}2022年总结.txt").write_text(text, encoding="utf-8")
    return folder


def run(folder):
    assert main(["run", str(folder), "--out", str(folder.parent / "out"), "--engine", "alone"]) == 0


def found(folder, query, capsys):
    capsys.readouterr()
    assert main(["search", query, "--db", str(folder.parent / "out/zongjie.db"), "--json", "--no-fold"]) == 0
    return capsys.readouterr()


def test_the_first_question_fills_the_indexes_and_says_so(folder, capsys):
    run(folder)
    first = found(folder, "志愿服务 role:achievement", capsys)
    assert first.out.count("\n") >= 2
    assert "整理检索索引" in first.err
    assert "整理检索索引" not in found(folder, "志愿服务", capsys).err


def test_what_is_changed_is_found_and_what_is_gone_is_not(folder, capsys):
    run(folder)
    found(folder, "志愿服务", capsys)
    changed = "青禾镇2022年总结\n修建文化广场3个，添置器材40余件。\n"
    (folder / "青禾镇2022年总结.txt").write_text(changed, encoding="utf-8")
    (folder / "柳溪镇2022年总结.txt").unlink()
    run(folder)
    assert "文化广场" in found(folder, "文化广场", capsys).out
    assert found(folder, "志愿服务", capsys).out == ""


def test_the_indexes_hold_just_the_paragraphs(folder):
    """Through inserts, replacements and deletions; checked by the index's own integrity check."""
    run(folder)
    base = database.create(folder.parent / "out/zongjie.db")
    for _ in range(2):
        derive.catch_up(base)
        assert not derive.is_behind(base)
        base.execute("INSERT INTO paragraph_index(paragraph_index) VALUES ('integrity-check')")
        facets = base.execute("SELECT count(*) FROM paragraph_facet").fetchone()
        assert facets == base.execute("SELECT count(*) FROM paragraph").fetchone()
        base.execute("DELETE FROM source WHERE path LIKE '%青禾镇%'")
    base.close()


def test_a_deleted_number_is_never_given_again(folder):
    run(folder)
    base = database.create(folder.parent / "out/zongjie.db")
    last = base.execute("SELECT max(n) FROM paragraph").fetchone()[0]
    index.catch_up(base)
    base.execute("DELETE FROM source")
    base.close()
    (folder / "青禾镇2022年总结.txt").write_text("青禾镇2022年总结\n新修文化广场3个。\n", encoding="utf-8")
    run(folder)
    base = sqlite3.connect(folder.parent / "out/zongjie.db")
    assert base.execute("SELECT min(n) FROM paragraph").fetchone()[0] > last
    base.close()
