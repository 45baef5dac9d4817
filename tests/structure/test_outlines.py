"""Heading lines, run-in headings and levels: corpora/cases/structure-outlines.json."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline import structure
from tests.structure import written

OUTLINES: list[dict[str, Any]] = json.loads((written.CASES / "structure-outlines.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", OUTLINES, ids=[case["name"] for case in OUTLINES])
def test_outline(case: dict[str, Any]) -> None:
    document = written.marked(case["lines"])
    reports, loose = structure.split(document, written.PLACES)
    assert len(reports) == 1
    found = {p.span.start: mark for p, mark in zip(reports[0].paragraphs, written.marks(reports[0]), strict=True)}
    found |= {p.span.start: "H?" if p.is_heading else "-" for p in loose}
    got = [(found[block.span.start], block.span.of(document.text)) for block in document.blocks]
    want = [(mark.replace("h", "H"), text) for mark, text in case["lines"]]
    assert got == want
