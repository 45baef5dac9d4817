"""Indicator links measured on labelled facts: python tests/annotate/links.py [gate|dev|fresh|blind]

``gate`` (corpora/eval/links.tsv) labels the even-numbered reports, ``dev`` (corpora/eval/links_development.tsv) the
odd-numbered ones: both are development material by now, what differs is listed.
``fresh`` (corpora/eval/links_fresh.tsv) labels the excerpts g*.tsv of corpora/eval/links, written for it: the gate
until it was read to find errors, development material since. ``blind`` (corpora/eval/links_blind.tsv) labels those
called h*.tsv, by another hand: of ``blind`` only totals.
All were labelled from the definitions of configs/indicators.yaml. A fact is found by its paragraph and span in what
``annotate`` prints.
Precision: right links among those said on labelled facts. Recall: right links among the facts labelled with one.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from pipeline.learn import corpus

ROOT = Path(__file__).resolve().parents[2]
FILES = {"gate": "links.tsv", "dev": "links_development.tsv", "fresh": "links_fresh.tsv", "blind": "links_blind.tsv"}
EXCERPTS = {"fresh": "g", "blind": "h"}
YOUNGER = frozenset(
    [
        "civilized_families", "hamlets", "villager_groups", "safety_sense", "forest_area", "sanitation_drives",
        "unemployment_rate", "school_places", "childcare_places", "elderly_adaptation", "livelihood_projects",
        "charging_piles", "lifts_added", "back_streets", "affordable_homes", "bridges_repaired", "gas_pipes",
        "reservoirs", "poultry_sold",
    ]
)  # fmt: skip
"""Entries made after the labels of ``gate`` and ``dev``: a fact labelled ``-`` there may well be one of theirs, so that
a link counts neither way. ``fresh`` was labelled with all of them."""
NONE, YOUNG = "-", "(younger)"
Place = tuple[str, str, int, int]  # report, paragraph's text, start, end
Said = dict[Place, tuple[str, dict[str, str]]]


def labels(texts: dict[tuple[str, int], str], which: str) -> dict[Place, dict[str, str]]:
    """Each labelled fact by its place."""
    with (ROOT / "corpora/eval" / FILES[which]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        (row["doc"], texts[row["doc"], int(row["paragraph"])], int(row["start"]), int(row["end"])): row for row in rows
    }


def paragraphs(which: str) -> dict[tuple[str, int], str]:
    """The paragraphs by report and number of the reports that a half, or one of the sets of excerpts, labels."""
    if which in EXCERPTS:
        reports = corpus.read(ROOT / "corpora/eval/links", corpus.Known())
        named = [(Path(one.name).stem, one) for one in reports]
        return {
            (name, n): line.text
            for name, one in named
            if name.startswith(EXCERPTS[which])
            for n, line in enumerate(one.lines)
        }
    lines = (ROOT / "corpora/eval/facts.jsonl").read_text(encoding="utf-8").splitlines()
    return {(Path(row["doc"]).stem, row["paragraph"]): row["text"] for row in map(json.loads, lines)}


def _entries() -> list[dict[str, str]]:
    entries: list[dict[str, str]] = yaml.safe_load((ROOT / "configs/indicators.yaml").read_text("utf-8"))["indicators"]
    return entries


def names(*, by_id: bool = False) -> set[str]:
    """The Chinese names of the book's indicators, or their ids."""
    return {entry["id" if by_id else "name"] for entry in _entries()}


def said(texts: dict[tuple[str, int], str], reports: set[str], younger: frozenset[str]) -> Said:
    """What the program says of the reports' facts: the indicator's Chinese name (or ``-``) and its dimensions."""
    told = {entry["id"]: YOUNG if entry["id"] in younger else entry["name"] for entry in _entries()}
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{report}.txt" for report in sorted(reports)]
        for file in files:
            lines = [text for (report, _), text in sorted(texts.items()) if report == file.stem]
            file.write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, "-m", "pipeline", "annotate", *map(str, files)]
        output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout
    return {
        (Path(row["doc"]).stem, row["text"], fact["start"], fact["end"]): (
            told.get(fact["indicator"], NONE),
            fact["dimensions"],
        )
        for row in map(json.loads, output.splitlines())
        for fact in row["facts"]
    }


def figures(true: dict[Place, dict[str, str]], found: Said) -> dict[str, float]:
    """Counts, precision and recall, and how many of the right links carry the labelled dimensions."""
    pairs = [(row, *found.get(place, (NONE, {}))) for place, row in true.items()]
    right = [(row, dimensions) for row, name, dimensions in pairs if name == row["indicator"] != NONE]
    claims = sum(name != NONE and not (name == YOUNG and row["indicator"] == NONE) for row, name, _ in pairs)
    wanted = sum(row["indicator"] != NONE for row, _, _ in pairs)
    marked = [(row, dimensions) for row, dimensions in right if row["dimensions"]]
    agree = sum(
        all(dimensions.get(key) == value for key, value in (pair.split("=") for pair in row["dimensions"].split(";")))
        for row, dimensions in marked
    )
    return {
        "facts": len(pairs),
        "found": sum(place in found for place in true),
        "labelled": wanted,
        "said": claims,
        "younger": sum(name == YOUNG for _, name, _ in pairs),
        "right": len(right),
        "precision": round(len(right) / max(1, claims), 4),
        "recall": round(len(right) / max(1, wanted), 4),
        "dimensions": round(agree / max(1, len(marked)), 4),
    }


def without_doubt(true: dict[Place, dict[str, str]]) -> dict[Place, dict[str, str]]:
    """Without the facts that the labeller called doubtful, a growth or so much for each."""
    notes = ("doubtful", "growth", "each")
    return {place: row for place, row in true.items() if not any(word in row["note"] for word in notes)}


def measured(which: str) -> tuple[dict[Place, dict[str, str]], Said]:
    """The labels of a half or of a set of excerpts, and what the program says of its reports."""
    texts = paragraphs(which)
    true = labels(texts, which)
    return true, said(texts, {place[0] for place in true}, frozenset() if which in EXCERPTS else YOUNGER)


def differences(true: dict[Place, dict[str, str]], found: Said) -> Iterator[str]:
    """Each fact that is linked otherwise than labelled: its words, the label, what is said."""
    for place, row in true.items():
        name = found[place][0] if place in found else "not found"
        if name != row["indicator"] and (name, row["indicator"]) != (YOUNG, NONE):
            report, text, start, end = place
            words = f"{text[max(0, start - 30) : start]}【{text[start:end]}】{text[end : end + 20]}"
            yield "\t".join((report, row["indicator"], name, row["note"], words.replace("\t", "｜")))


def main(which: str) -> None:
    """All labelled facts, then the clear ones; what differs is listed, but never for ``blind``."""
    true, found = measured(which)
    if which != "blind":
        print(*differences(true, found), sep="\n")
    for title, some in (("all", true), ("clear", without_doubt(true))):
        print(title, *(f"{name} {value}" for name, value in figures(some, found).items()), sep="  ")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "gate")
