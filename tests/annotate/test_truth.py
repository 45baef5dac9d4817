"""What each town of the samples reports, found by its quote: value, unit and kind of the fact that stands there."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from pipeline.engine import process, tools
from pipeline.learn import corpus
from pipeline.model import Fact, Reading

SAMPLES = Path(__file__).resolve().parents[2] / "corpora/eval/samples"
FLOORS = {"found": 0.999, "value": 0.985, "kind": 0.97}
"""Shares of the truth rows whose quote holds the fact, with its value, with its kind as well; they only rise."""


@lru_cache(maxsize=1)
def facts_by_report() -> dict[str, tuple[str, list[Fact]]]:
    """``老龙湾乡 2022年上半年`` → the report's text and all its facts."""
    ready = tools.ready(None)
    found: dict[str, tuple[str, list[Fact]]] = {}
    for path in sorted(SAMPLES.glob("20*/*.tsv")):
        labelled = corpus.parse(path.read_text(encoding="utf-8"), path.name)
        reading = process.process(labelled.text.encode("utf-8"), f"{path.stem}.txt", ready)
        assert isinstance(reading, Reading)
        marked = [fact for report in reading.reports for paragraph in report.paragraphs for fact in paragraph.facts]
        found[f"{path.stem} {path.parent.name}"] = (reading.document.text, marked)
    return found


def truth() -> Iterator[dict[str, str]]:
    for path in sorted(SAMPLES.glob("truth_*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield row | {"quote": row["quote"].replace("\\t", "\t")}


def within(row: dict[str, str]) -> list[Fact]:
    """The facts that stand inside a truth row's quote."""
    text, facts = facts_by_report().get(f"{row['town']} {row['period']}", ("", []))
    at = text.find(row["quote"])
    return [fact for fact in facts if at >= 0 and at <= fact.span.start and fact.span.end <= at + len(row["quote"])]


def same_value(fact: Fact, row: dict[str, str]) -> bool:
    bounds = tuple(None if bound is None else bound.normalize() for bound in (fact.low, fact.high))
    wanted = tuple(Decimal(row[name]).normalize() if row[name] else None for name in ("low", "high"))
    return bounds == wanted and fact.unit == row["unit"]


def _is_frequency(fact: Fact, kind: str) -> bool:
    """A promised frequency (每月不少于8条) is a norm by the conventions, a target to those who list promises."""
    return kind == "target" and fact.kind == "norm" and fact.per is not None


def verdict(row: dict[str, str]) -> str:
    near = within(row)
    right = [fact for fact in near if same_value(fact, row)]
    if any(fact.kind == row["kind"] or _is_frequency(fact, row["kind"]) for fact in right):
        return "kind"
    return "value" if right else "found" if near else "missing"


@pytest.mark.parametrize("measure", FLOORS)
def test_what_the_towns_report_is_found(measure: str) -> None:
    order = ["missing", "found", "value", "kind"]
    said = Counter(verdict(row) for row in truth() if row["quote"] and (row["low"] or row["high"]))
    reached = sum(number for name, number in said.items() if order.index(name) >= order.index(measure))
    assert reached / said.total() >= FLOORS[measure], said
