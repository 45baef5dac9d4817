"""Facts in whole reports: what headings and titles say of the time of the numbers below them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.engine import process, tools
from pipeline.model import Failure

CASES = Path(__file__).resolve().parents[2] / "corpora/cases/facts-documents.json"


@pytest.mark.parametrize("case", json.loads(CASES.read_text(encoding="utf-8")), ids=lambda case: case["why"])
def test_kinds_below_headings(case: dict[str, Any]) -> None:
    text = "\n\n".join([case["title"], *case["lines"]]) + "\n"
    result = process.process(text.encode("utf-8"), case["title"] + ".txt", tools.ready(None))
    assert not isinstance(result, Failure)
    said = {
        fact.span.of(result.document.text): fact.kind
        for report in result.reports
        for paragraph in report.paragraphs
        for fact in paragraph.facts
    }
    assert said == case["kinds"]
