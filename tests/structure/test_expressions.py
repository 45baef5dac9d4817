"""Labels, periods and town names by themselves: corpora/cases/structure-expressions.json."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.structure import gazetteer, labels, names, times
from tests.structure import written

CASES: dict[str, Any] = json.loads((written.CASES / "structure-expressions.json").read_text(encoding="utf-8"))
TABLES = gazetteer.load(written.PLACES.gazetteer)


@pytest.mark.parametrize(("text", "style", "value", "written_as"), CASES["labels"])
def test_label(text: str, style: str | None, value: int, written_as: str) -> None:
    found = labels.parse(text)
    if style is None:
        assert found is None
    else:
        assert found is not None
        assert (found.style, found.value, found.text) == (style, value, written_as)
        assert text[: found.end].startswith(written_as)


@pytest.mark.parametrize("style", labels.STYLES, ids=[style.name + style.starts[:1] for style in labels.STYLES])
def test_every_style_has_a_case(style: labels.Style) -> None:
    assert style.name in {case[1] for case in CASES["labels"]} | {"han_half", "letter"}
    for start in style.starts:
        assert start in labels.STARTS


@pytest.mark.parametrize(("text", "want"), CASES["periods"])
def test_period(text: str, want: list[Any]) -> None:
    found = [
        "unknown"
        if item.unknown
        else [item.year, str(item.last_year)]
        if item.last_year
        else [item.year, *(item.months or (None, None))]
        for item in times.expressions(text)
    ]
    assert found == want


@pytest.mark.parametrize(("text", "want"), CASES["names"])
def test_name(text: str, want: list[str]) -> None:
    assert [f"{name.area}|{name.name}" for name in names.find(text, TABLES)] == want
