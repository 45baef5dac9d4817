"""What we write, opened by LibreOffice and saved again: the same sheets, values, comments and charts.

Runs where soffice is on the machine and skips by name elsewhere; with ZONGJIE_OFFICE=must it may not skip.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pipeline.__main__ import main
from pipeline.show import facts_xlsx

BOOKS = ("对照.xlsx", "台账.xlsx", "facts.xlsx", "导出.xlsx")


@pytest.fixture(scope="module")
def folder(dataset, root, tmp_path_factory) -> Path:
    """Our workbooks of the samples' truth, with a text that would be a formula."""
    place = tmp_path_factory.mktemp("books")
    base = dataset.truth(place / "truth.db", root / "corpora/eval/samples")
    evil = dataset.Said("甲镇", "2023年上半年").fact("投稿", "30篇", 30, 30, sentence="=1+1 投稿30篇。")
    dataset.put(base, 1, evil, 999)
    facts_xlsx.write(base, place / "facts.xlsx")
    base.close()
    asked = ["--db", str(place / "truth.db")]
    assert main(["compare", *asked, "--against", "同期", "--out", str(place / "对照.xlsx")]) == 0
    assert main(["ledger", *asked, "--out", str(place / "台账.xlsx")]) == 0
    assert main(["export", str(place / "导出.xlsx"), *asked]) == 0
    return place


@pytest.fixture(scope="module")
def saved(folder, tmp_path_factory):
    """A workbook as LibreOffice saves it, in another format."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("ZONGJIE_OFFICE") == "must":
            pytest.fail("soffice is not here, and here this test may not skip")
        pytest.skip("no soffice (on Debian: apt-get install libreoffice-calc)")
    home = tmp_path_factory.mktemp("office")

    def save(name: str, kind: str) -> Path:
        out = home / kind.partition(":")[0]
        own = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        words = [program, own, "--headless", "--convert-to", kind, "--outdir", str(out), str(folder / name)]
        subprocess.run(words, check=True, capture_output=True, timeout=300)
        return out / Path(name).with_suffix("." + kind.partition(":")[0]).name

    return save


def values(path: Path) -> dict[str, list[list[object]]]:
    """Sheet → its rows; empty cells at the end are left out, numbers as floats."""
    found = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        rows = [[float(v) if isinstance(v, int | float) else v or None for v in row] for row in sheet.values]
        for row in rows:
            while row and row[-1] is None:
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        found[sheet.title] = rows
    return found


def counted(path: Path) -> tuple[int, int]:
    """Charts, and comments of cells."""
    with zipfile.ZipFile(path) as parts:
        charts = sum(name.startswith("xl/charts/chart") for name in parts.namelist())
    comments = sum(cell.comment is not None for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row)
    return charts, comments


@pytest.mark.parametrize("name", BOOKS)
def test_every_value_comment_and_chart_comes_back(folder, saved, name):
    again = saved(name, "xlsx")
    assert values(again) == values(folder / name)
    assert counted(again) == counted(folder / name)
    formulas = [
        cell for sheet in openpyxl.load_workbook(again) for row in sheet for cell in row if cell.data_type == "f"
    ]
    assert formulas == []


def test_the_first_sheet_as_csv_is_what_it_shows(folder, saved):
    path = saved("对照.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    sheet = openpyxl.load_workbook(folder / "对照.xlsx").worksheets[0]
    assert len(rows) == sheet.max_row
    for mine, shown in zip(sheet.values, rows, strict=True):
        for value, text in zip(mine, shown, strict=False):
            if isinstance(value, int | float):
                assert float(text) == pytest.approx(value)
            else:
                assert text == (value or "")
