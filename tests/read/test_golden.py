"""The same report in every format gives the same paragraphs, labels included; what holds for every document."""

from __future__ import annotations

import importlib.util
import itertools
from pathlib import Path

import pytest
from reading import GOLDEN, document_of

from pipeline.model import OUTSIDE
from pipeline.read import READERS

FILES = sorted(path for path in GOLDEN.iterdir() if not path.name.endswith(".expected.txt"))
SCANS = pytest.mark.skipif(not importlib.util.find_spec("faster_paddle"), reason="zongjie[ocr] is not installed")
NEED = {".doc": "olefile", ".wps": "olefile", ".xls": "xlrd"}


def marked(path: Path):
    marks = [SCANS] if "-scan" in path.name else []
    if path.suffix in NEED:
        need = NEED[path.suffix]
        marks.append(pytest.mark.skipif(not importlib.util.find_spec(need), reason=f"{need} is not installed"))
    return pytest.param(path, id=path.name, marks=marks)


def expected(path: Path) -> list[str]:
    report = path.name.split(".")[0].split("-")[0]
    return (GOLDEN / f"{report}.expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", [marked(path) for path in FILES])
def test_same_paragraphs(path: Path) -> None:
    document = document_of(path.read_bytes(), path.name)
    inside = [block for block in document.blocks if block.kind not in OUTSIDE and block.kind != "residue"]
    assert [block.span.of(document.text) for block in inside] == expected(path)
    assert document.quality == 1.0
    assert document.partial == ""


@pytest.mark.parametrize("path", [marked(path) for path in FILES])
def test_every_document_keeps_the_contract(path: Path) -> None:
    data = path.read_bytes()
    document = document_of(data, path.name)
    text = document.text
    lines = [block.span.of(text) for block in document.blocks]
    assert "\n".join(lines) == text
    assert all(line == line.strip() and line and "\n" not in line for line in lines)
    for one, two in itertools.pairwise(document.blocks):
        assert one.span.end + 1 == two.span.start
    for block in document.blocks:
        for one, two in itertools.pairwise(block.cells):
            assert one.end <= two.start
        assert all(block.span.start <= cell.start <= cell.end <= block.span.end for cell in block.cells)
        assert all(head.end <= block.span.start for head in block.head)
    assert document_of(data, path.name) == document


def test_at_least_three_files_of_each_format() -> None:
    counts = dict.fromkeys(READERS, 0)
    for path in FILES:
        if path.suffix not in NEED or importlib.util.find_spec(NEED[path.suffix]):
            if "-scan" in path.name and not importlib.util.find_spec("faster_paddle"):
                continue
            counts[document_of(path.read_bytes(), path.name).reader] += 1
    few = {form for form, count in counts.items() if count < 3}
    uninstalled = {"image"} if not importlib.util.find_spec("faster_paddle") else set()
    assert few <= uninstalled | ({"xls"} if not importlib.util.find_spec("xlrd") else set())


def test_rows_know_their_heads() -> None:
    document = document_of((GOLDEN / "shuangta.docx").read_bytes(), "shuangta.docx")
    row = next(block for block in document.blocks if "18.5" in block.span.of(document.text))
    pairs = {head.of(document.text): cell.of(document.text) for head, cell in zip(row.head, row.cells, strict=True)}
    assert pairs == {"指标": "文体活动经费", "单位": "万元", "2021年": "18.5", "2022年": "24"}


def test_city_reports_say_the_same_in_docx_and_txt(shared: Path) -> None:
    for path in sorted((shared / "real" / "city_reports" / "docx").glob("*.docx")):
        text = (shared / "real" / "city_reports" / "txt" / f"{path.stem}.txt").read_text(encoding="utf-8")
        document = document_of(path.read_bytes(), path.name)
        assert "".join(document.text.split()) == "".join(text.split()), path.stem


def test_town_profiles_say_the_same_in_html_and_txt(shared: Path) -> None:
    for path in sorted((shared / "real" / "town_profiles").glob("*.html")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        document = document_of(path.read_bytes(), path.name)
        assert "".join(document.text.split()) == "".join(text.split()), path.stem
