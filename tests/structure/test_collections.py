"""One file, many reports: corpora/cases/structure-collections.json. Marks: the report's number, - for loose."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline import structure
from tests.structure import written

FILES: list[dict[str, Any]] = json.loads((written.CASES / "structure-collections.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", FILES, ids=[case["name"] for case in FILES])
def test_collection(case: dict[str, Any]) -> None:
    document = written.document([text for _, text in case["lines"]])
    reports, loose = structure.split(document, written.PLACES)
    found = {
        paragraph.span.start: str(number) for number, report in enumerate(reports, 1) for paragraph in report.paragraphs
    }
    found |= {paragraph.span.start: "-" for paragraph in loose}
    assert [[found[block.span.start], block.span.of(document.text)] for block in document.blocks] == case["lines"]
    assert [report.title.value if report.title else "" for report in reports] == case["titles"]


def test_a_word_of_the_page_above_each_opener_takes_no_title_away() -> None:
    """Such a word belongs to the report below it; that its title stood one line lower once ended in a crash."""
    said = "全镇累计投稿120篇，采用45篇，举办培训3期，大家干劲很足，工作有了新起色。"
    names = ["青禾镇上半年宣传思想工作总结", "柳溪镇上半年宣传思想工作总结", "白水镇上半年宣传思想工作总结"]
    lines = [
        line
        for number, name in zip("一二三", names, strict=True)
        for line in ("general", f"篇{number}：{name}", "overview", said, "一、抓学习", said)
    ]
    reports, _ = structure.split(written.document(lines), written.PLACES)
    assert [report.title.value if report.title else "" for report in reports] == names
