"""The recipe of EXPORT.md: a nightly run and export, with a file in the folder that cannot be read."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from pipeline.__main__ import main, parser
from pipeline.model import ExportPlan
from pipeline.settings import loads
from pipeline.show import export_plan

TEXT = "青禾镇2022年宣传工作总结\n一、新闻宣传\n全年投稿{n}篇。\n"


@pytest.fixture
def recipe(root):
    return (root / "pipeline/EXPORT.md").read_text(encoding="utf-8")


def test_a_file_that_fails_does_not_stop_the_export(tmp_path):
    folder, out, dest = tmp_path / "上报", tmp_path / "outputs", f"sqlite:///{tmp_path / 'theirs.db'}"
    folder.mkdir()
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")

    def night(number):
        (folder / "青禾镇2022年总结.txt").write_text(TEXT.format(n=number), encoding="utf-8")
        assert main(["run", str(folder), "--out", str(out), "--engine", "alone"]) == 1
        assert main(["export", dest, "--db", str(out / "zongjie.db"), "--changes"]) == 0
        with closing(sqlite3.connect(tmp_path / "theirs.db")) as there:
            assert there.execute("SELECT state FROM source WHERE path LIKE '%坏%'").fetchall() == [("failed",)]
            return there.execute("SELECT text FROM fact").fetchall()

    assert night(12) == [("12篇",)]
    assert night(12) == [("12篇",)]
    assert night(15) == [("15篇",)]


def test_the_example_mapping_is_one(recipe):
    (text,) = re.findall(r"```yaml\n(.*?)```", recipe, re.DOTALL)
    assert [each.name for each in export_plan.ready(loads(ExportPlan, text, "EXPORT.md"))] == ["t_xc_zhibiao", "fact"]


def test_the_commands_of_the_recipe_are_understood(recipe):
    typed = re.findall(r"zongjie ((?:run|export) [^;&>\n`\[]+)", recipe)
    assert len(typed) >= 4
    for words in typed:
        parser().parse_args(words.split())
