"""Title, town, period, kind and the rest that a report says of itself: corpora/cases/structure-fronts.json."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.model import Report
from tests.structure import written

FRONTS: list[dict[str, Any]] = json.loads((written.CASES / "structure-fronts.json").read_text(encoding="utf-8"))


def said(report: Report) -> dict[str, Any]:
    """What a report says of itself, flat, by the words of the cases."""
    place, period = report.town, report.period
    stated = {name: getattr(report, name) for name in ("title", "kind", "issuer", "published", "as_of", "version")}
    return {
        **{name: value.value if value is not None else None for name, value in stated.items()},
        "town": place.town,
        "county": place.county,
        "city": place.city,
        "code": place.code,
        "period": period.label,
        "year": period.year,
        "half": period.half,
        "start": period.start,
        "end": period.end,
        "inferred": period.inferred,
    }


@pytest.mark.parametrize("case", FRONTS, ids=[case["name"] for case in FRONTS])
def test_front(case: dict[str, Any]) -> None:
    document = written.document(case["lines"], case["path"])
    (report,) = written.reports(document)
    got = said(report)
    assert {name: got[name] for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize("case", FRONTS, ids=[case["name"] for case in FRONTS])
def test_evidence_stands_where_it_says(case: dict[str, Any]) -> None:
    document = written.document(case["lines"], case["path"])
    (report,) = written.reports(document)
    stated = (report.title, report.kind, report.issuer, report.published, report.as_of, report.version)
    evidence = [item for value in stated if value is not None for item in value.evidence]
    evidence += [*report.town.evidence, *report.period.evidence]
    for item in evidence:
        if item.span is not None:
            assert item.where == "text"
            assert "".join(item.span.of(document.text).split()) == "".join(item.words.split())
        elif item.where in ("file", "folder"):
            assert item.words in case["path"]
    if report.town.town is not None:
        assert report.town.evidence
    if report.period.label is not None:
        assert report.period.evidence
