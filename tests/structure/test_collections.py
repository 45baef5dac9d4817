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
