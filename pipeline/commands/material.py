"""What `learn` and `score` learn from and measure by, read and structured as the program itself does it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from pipeline import read, settings, structure
from pipeline.annotate import categories
from pipeline.annotate.cues import Cues
from pipeline.annotate.words import Cut, with_words
from pipeline.errors import InputError, SettingsError
from pipeline.learn import taught
from pipeline.learn.corpus import Known, Labelled, Line
from pipeline.learn.fit import Example
from pipeline.model import Categories, Configured, Report, Source
from pipeline.store import review


def completed(
    reports: Sequence[Example], named: Categories, cut: Cut, cues: Cues, file: Path | None = None
) -> list[Example]:
    """Labelled reports with what categories.yaml adds; raises ``SettingsError`` for a label without an example."""
    counts = taught.counted(reports, "topic")
    new = frozenset(name for name, each in named.topics.items() if each.parent is None and not counts[name])
    made = [*taught.without_claims_on(new, reports, cues), *taught.examples(named, cut, reports)]
    for axis, label in taught.untaught(named, made):
        path = settings.table_file("categories.yaml", file)
        line = settings.label_line(path, axis, label)
        raise SettingsError(
            f"{path} 第 {line} 行: 标签 {label!r} 一个例子也没有 (no example), 模型没有改动; "
            "请在它的 examples 下写十来段例子, 或在标注语料里标出来"
        )
    return made


def known(named: Categories) -> Known:
    """What the words of labelled files mean; standard labels that this taxonomy leaves out say nothing."""
    roles, topics = categories.both(named)
    ours = categories.both(settings.load(Categories, settings.folder() / "categories.yaml"))
    return Known(roles.meant, topics.meant, frozenset(label for axis in ours for label in axis.standard))


def examples(labelled: Sequence[Labelled], configured: Configured, cut: Cut) -> list[Example]:
    """Labelled reports as the program itself reads and structures them, each with its labels."""
    return [example for each in labelled for example in _examples(each, configured, cut)]


def _examples(labelled: Labelled, configured: Configured, cut: Cut) -> list[Example]:
    name = Path(labelled.name).with_suffix(".txt").name
    document = read.read_bytes(labelled.text.encode("utf-8"), name, Source(name, ""), configured.reading)
    reports, _ = structure.split(document, configured.places)
    starts = _line_starts(labelled)
    return [_example(with_words(report, cut), starts, labelled) for report in reports if report.paragraphs]


def _line_starts(labelled: Labelled) -> dict[int, int]:
    """Where each labelled line begins in the text → its number."""
    at, starts = 0, {}
    for number, line in enumerate(labelled.lines):
        starts[at] = number
        at += len(line.text) + 1
    return starts


def _example(report: Report, starts: dict[int, int], labelled: Labelled) -> Example:
    """A paragraph that the reader sees otherwise than it was written has no label."""
    numbers = [starts.get(paragraph.span.start) for paragraph in report.paragraphs]
    lines = [Line("", "", "") if number is None else labelled.lines[number] for number in numbers]
    return Example(report, tuple(line.role for line in lines), tuple(line.topic for line in lines))


def own_reports(base: sqlite3.Connection) -> list[Labelled]:
    """The reports of a dataset; what people have said of a paragraph is its label, everything else has none."""
    rows = base.execute(
        "SELECT p.report, p.text, CASE p.role_by WHEN 'person' THEN p.role ELSE '' END,"
        " CASE p.topic_by WHEN 'person' THEN p.topic ELSE '' END FROM paragraph p JOIN report r ON r.id = p.report"
        " WHERE r.state = 'current' ORDER BY p.report, p.ordinal"
    )
    lines: dict[str, list[Line]] = {}
    for report, text, role, topic in rows:
        lines.setdefault(report, []).append(Line(role, topic, " ".join(text.splitlines())))
    return [Labelled(report, {}, tuple(told)) for report, told in lines.items()]


def own_corrections(base: sqlite3.Connection, cut: Cut, meant: Known) -> list[Example]:
    """Corrections whose paragraph is no longer in the dataset: without a report around them."""
    here = {place.key for place in review.places(base, "p.text IN (SELECT text FROM review)")}
    latest = {row.key: row for row in review.rows(base) if row.key not in here}
    return [
        Example(taught.lone(row.text, cut), (meant.role(row.role) or "",), (meant.topic(row.topic) or "",))
        for row in latest.values()
    ]


def folder_of(named: str | None) -> Path:
    """The folder of labelled texts: the one named, else our own; raises ``InputError``."""
    folder = Path(named) if named else settings.folder().parent / "corpora" / "train"
    if not folder.is_dir():
        raise InputError(f"{folder}: 没有标注语料; 请用 --corpora 指明文件夹", cause="usage")
    return folder
