"""The recipe of EXPORT.md: a nightly run and export, with a file in the folder that cannot be read."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
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


@pytest.mark.skipif(os.name == "nt", reason="a shell's line")
def test_the_line_for_cron_does_it_with_a_file_that_fails(recipe, tmp_path, root):
    """The very line of the recipe, with our interpreter as ``zongjie`` and a file as the other system's database."""
    (line,) = re.findall(r"^30 2 \* \* \* (.*)$", recipe, re.MULTILINE)
    place = tmp_path / "zongjie 目录"
    (place / "上报").mkdir(parents=True)
    (place / "上报" / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (place / "上报" / "青禾镇2022年总结.txt").write_text(TEXT.format(n=12), encoding="utf-8")
    (place / "密码.txt").write_text("x\n", encoding="utf-8")
    program = tmp_path / "bin" / "zongjie"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    line = line.replace("/srv/zongjie", f"'{place}'").replace("postgresql://zongjie@db/xc", "sqlite:///theirs.db")
    own = os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(root)}

    def night(said):
        return subprocess.run(["/bin/sh", "-c", said], env=own, cwd=tmp_path, capture_output=True).returncode

    assert night(line) == 0
    with closing(sqlite3.connect(place / "theirs.db")) as there:
        assert there.execute("SELECT text FROM fact").fetchall() == [("12篇",)]
    log = (place / "nightly.log").read_text(encoding="utf-8")
    assert "fact" in log
    assert night(line.replace("run 上报", "run 没有")) != 0
    assert (place / "nightly.log").read_text(encoding="utf-8") == log  # nothing was exported


def test_the_batch_file_for_windows_stops_where_the_line_for_cron_does(recipe):
    (text,) = re.findall(r"```\n(cd /d .*?)```", recipe, re.DOTALL)
    lines = text.splitlines()
    assert lines[1].startswith("zongjie run ")
    assert lines[2] == "if errorlevel 2 exit /b %errorlevel%"  # 1 says that some file was not read
    assert lines[3].startswith("zongjie export ")


def test_the_example_mapping_is_one(recipe):
    (text,) = re.findall(r"```yaml\n(.*?)```", recipe, re.DOTALL)
    assert [each.name for each in export_plan.ready(loads(ExportPlan, text, "EXPORT.md"))] == ["t_xc_zhibiao", "fact"]


def test_the_commands_of_the_recipe_are_understood(recipe):
    typed = re.findall(r"zongjie ((?:run|export) [^;&>\n`\[]+)", recipe)
    assert len(typed) >= 4
    for words in typed:
        parser().parse_args(words.split())
