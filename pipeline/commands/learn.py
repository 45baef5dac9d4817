"""``zongjie learn``: labelled reports in, the model of roles and topics out."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from pipeline import read, settings, structure
from pipeline.annotate import categories, classify, features
from pipeline.annotate.words import Cut, cutter, with_words
from pipeline.commands.common import OK, settings_file
from pipeline.errors import InputError, SettingsError
from pipeline.learn import corpus, fit, taught
from pipeline.learn.corpus import Known, Labelled
from pipeline.learn.fit import Example
from pipeline.model import Categories, Configured, Report, Source
from pipeline.show.talk import Talk

HELP = "从标注语料训练角色与类别模型"


def add(parser: ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--corpora", metavar="DIR", help="标注语料所在文件夹 (默认为自带语料)")
    parser.add_argument("--out", metavar="FILE", help="模型写到哪里 (默认为设置里的 model, 没有则替换自带模型)")


def run(args: Namespace, talk: Talk) -> int:
    """Fit and write the model; what it was made of is printed."""
    configured = settings.everything(settings_file(args))
    cut = cutter(configured.words)
    cues = features.cues(configured.categories, cut)
    made = material(_folder(args), configured, cut, cues, settings_file(args))
    roles, topics = categories.both(configured.categories)
    model = fit.fit(made, cues, roles.standard, topics.standard).model
    out = Path(args.out or configured.model or classify.SHIPPED)
    classify.save(model, out)
    print(json.dumps({"model": out.name, **model.card}, ensure_ascii=False))
    talk(f"模型写好了: {out}", f"model written: {out}")
    return OK


def _folder(args: Namespace) -> Path:
    folder = Path(args.corpora) if args.corpora else settings.folder().parent / "corpora" / "train"
    if not folder.is_dir():
        raise InputError(f"{folder}: 没有标注语料; 请用 --corpora 指明文件夹", cause="usage")
    return folder


def material(folder: Path, configured: Configured, cut: Cut, cues: features.Cues, file: Path | None) -> list[Example]:
    """Everything there is to learn from: labelled reports and the examples of categories.yaml."""
    reports = examples(corpus.read(folder, known(configured.categories)), configured, cut)
    if not reports:
        raise InputError(f"{folder}: 里面没有 .tsv 标注文件; 每行应为「角色<TAB>类别<TAB>正文」", cause="usage")
    return completed(reports, configured.categories, cut, cues, file)


def completed(
    reports: Sequence[Example], named: Categories, cut: Cut, cues: features.Cues, file: Path | None = None
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
    numbers = [starts[paragraph.span.start] for paragraph in report.paragraphs]
    lines = [labelled.lines[number] for number in numbers]
    return Example(report, tuple(line.role for line in lines), tuple(line.topic for line in lines))
