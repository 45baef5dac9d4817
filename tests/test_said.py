"""What a person is told when the file, the dataset or the words are not as expected: a sentence, never a traceback."""

from __future__ import annotations

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
