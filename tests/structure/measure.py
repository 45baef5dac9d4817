"""Structure measured on corpora/eval: python tests/structure/measure.py [odd|even|all|gate2|dev] [errors]

``structure.jsonl`` has two halves, odd and even numbers; both are for finding errors (the even one was a gate until it
was read). The gate is ``gate2``, structure_gate.jsonl by another hand: figures only. ``dev`` is
structure_development.jsonl, written by the authors of the rules: for finding errors too, never a gate.
A file's lines become its text; headings are compared by line, reports by their first and last line, the rest by value.
A wrong claim is a value where the label says another or none; a missing one is no claim where the label has a value.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline import read, settings, structure  # noqa: E402
from pipeline.model import Configured, Report, Source  # noqa: E402

Row = dict[str, Any]
SETS = {"gate2": "structure_gate.jsonl", "dev": "structure_development.jsonl"}


def measure(rows: list[Row], configured: Configured) -> tuple[dict[str, float], list[str]]:
    """Figures in 0…1 and a line for each error."""
    counts: Counter[str] = Counter()
    errors: list[str] = []
    for row in rows:
        document = read.read_bytes(
            "\n".join(row["lines"]).encode(), "x.txt", Source(row["path"], ""), configured.reading
        )
        reports, _ = structure.split(document, configured.places)
        of_line = line_numbers(row["lines"])
        _headings(row, reports, of_line, counts, errors)
        spans = [
            (of_line[r.paragraphs[0].span.start], of_line[r.paragraphs[-1].span.start]) for r in reports if r.paragraphs
        ]
        true = [(each["first"], each["last"]) for each in row["reports"]]
        counts["files"] += 1
        right = [span[0] for span in spans] == [span[0] for span in true]
        counts["split"] += right
        if len(true) > 1:
            counts["collections"] += 1
            counts["collections_split"] += right
        if not right:
            errors.append(f"{row['id']} split {spans} should be {true}: {row.get('note')}")
            continue
        counts["exact"] += spans == true
        for label, report in zip(row["reports"], reports, strict=True):
            _about(row, label, report, counts, errors)
    return _figures(counts), errors


def line_numbers(lines: list[str]) -> dict[int, int]:
    """Start of each stripped line in the joined text → its number."""
    starts, at = {}, 0
    for number, line in enumerate(lines):
        lead = len(line) - len(line.lstrip())
        starts[at + lead] = number
        at += len(line) + 1
    return starts


def _headings(
    row: Row, reports: tuple[Report, ...], of_line: dict[int, int], counts: Counter[str], errors: list[str]
) -> None:
    true = {line: level for line, level, _ in row["headings"]}
    titles = {line for lines in row["titles"] for line in lines}
    said: dict[int, int] = {}
    for report in reports:
        levels = {section.heading.start: section.level for section in report.sections[1:] if section.heading}
        by_line = {
            of_line[paragraph.span.start]: next(
                (level for start, level in levels.items() if paragraph.span.start <= start < paragraph.span.end), 0
            )
            for paragraph in report.paragraphs
            if paragraph.is_heading
        }
        said |= {line: level for line, level in by_line.items() if line not in titles}
    counts["heading_said"] += len(said)
    counts["heading_true"] += len(true)
    counts["heading_hit"] += len(said.keys() & true.keys())
    counts["level_hit"] += sum(said[line] == true[line] for line in said.keys() & true.keys())
    errors += [f"{row['id']} no heading: {row['lines'][line][:40]}" for line in sorted(said.keys() - true.keys())]
    errors += [f"{row['id']} missed heading: {row['lines'][line][:40]}" for line in sorted(true.keys() - said.keys())]
    errors += [
        f"{row['id']} level {said[line]} should be {true[line]}: {row['lines'][line][:40]}"
        for line in sorted(said.keys() & true.keys())
        if said[line] != true[line]
    ]


def _about(row: Row, label: Row, report: Report, counts: Counter[str], errors: list[str]) -> None:
    said = {
        "town": report.town.town,
        "county": report.town.county,
        "code": report.town.code,
        "period": report.period.label,
        "start": report.period.start,
        "end": report.period.end,
        "published": report.published.value if report.published else None,
        "as_of": report.as_of.value if report.as_of else None,
        "kind": report.kind.value,
        "title": report.title.value if report.title else None,
    }
    true = {name: label.get(name) for name in said} | {"period": label.get("period_label")}
    for name, value in said.items():
        if name == "code" and true[name] is None:
            continue  # a code is labelled only where the labeller was sure of it
        counts[f"{name}_count"] += 1
        counts[f"{name}_hit"] += value == true[name]
        counts[f"{name}_wrong"] += value is not None and value != true[name]
        if value != true[name]:
            errors.append(f"{row['id']} {name} {value!r} should be {true[name]!r}  [{row['path']}] {row.get('note')}")


def _figures(counts: Counter[str]) -> dict[str, float]:
    precision = counts["heading_hit"] / max(1, counts["heading_said"])
    recall = counts["heading_hit"] / max(1, counts["heading_true"])
    told = {
        "heading_f1": 2 * precision * recall / max(1e-9, precision + recall),
        "level": counts["level_hit"] / max(1, counts["heading_hit"]),
        "split": counts["split"] / counts["files"],
        "collections_split": counts["collections_split"] / max(1, counts["collections"]),
        "exact_ranges": counts["exact"] / counts["files"],
    }
    for name in ("town", "county", "code", "period", "start", "end", "published", "as_of", "kind", "title"):
        told[name] = counts[f"{name}_hit"] / max(1, counts[f"{name}_count"])
        told[f"{name}_wrong_claims"] = counts[f"{name}_wrong"] / max(1, counts[f"{name}_count"])
    return {name: round(value, 4) for name, value in told.items()}


def rows(half: str = "all") -> list[Row]:
    """The labelled set, its half with ``odd`` or ``even`` numbers, the gate or the development set."""
    name = SETS.get(half, "structure.jsonl")
    lines = (ROOT / "corpora/eval" / name).read_text(encoding="utf-8").splitlines()
    every = [json.loads(line) for line in lines if line.strip()]
    return [row for row in every if half in ("all", *SETS) or int(row["id"][1:]) % 2 == (half == "odd")]


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "all"
    figures, found = measure(rows(chosen), settings.everything(None))
    for name, value in figures.items():
        print(f"{name:24} {value}")
    if chosen != "gate2":
        for line in found[: int(sys.argv[2]) if len(sys.argv) > 2 else 0]:
            print(line)
